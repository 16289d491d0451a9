import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeOf } from '../../../src/files/file.ts';
import { safeName } from '../../../src/files/fileName.ts';
import { typeOfHead } from '../../../src/files/fileType.ts';
import { isLocked } from '../../../src/files/locked.ts';
import { typeOfOffice } from '../../../src/files/office.ts';
import { drawAnew } from '../../../src/files/picture.service.ts';
import { rangeOf } from '../../../src/web/sendContent.ts';
import {
  aCompound,
  aDocx,
  aHeic,
  aMov,
  anMp3,
  anMp4,
  anXlsx,
  aPdf,
  aPhoto,
  aPptx,
  aZip,
  eicar,
  type ZipPart,
} from '../../support/madeFiles.ts';

const head = (file: Buffer | string) => typeOfHead(Buffer.from(file).subarray(0, 4_100));

describe('the type of a file', () => {
  test('is told by its beginning, whatever it is called', async () => {
    expect(await head(aPdf())).toEqual({ is: 'pdf' });
    expect(await head(await aPhoto('jpeg'))).toEqual({ is: 'jpeg' });
    expect(await head(await aPhoto('png'))).toEqual({ is: 'png' });
    expect(await head(await aPhoto('webp'))).toEqual({ is: 'webp' });
    expect(await head(anMp3())).toEqual({ is: 'mp3' });
    expect(await head(anMp4())).toEqual({ is: 'mp4' });
    expect(await head(aDocx())).toEqual({ is: 'zip' });
    expect(await head(aCompound())).toEqual({ is: 'compound' });
  });

  test('is refused with help for a phone’s own formats', async () => {
    expect(await head(aHeic())).toEqual({ refused: 'heic' });
    expect(await head(aMov())).toEqual({ refused: 'movie' });
  });

  test.each([
    ['markup', '<!doctype html><script>alert(1)</script>'],
    ['a drawing that can hold script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a drawing with a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a GIF with script behind it', 'GIF89a/*\u0000*/=1;alert(1)'],
    ['a program', 'MZ\u0090\u0000'],
    ['a shell script', '#!/bin/sh\necho'],
    ['plain words', 'Dear diary'],
    ['a PDF that does not begin as one', ' %PDF-1.7'],
    ['what scanners look for', eicar().toString()],
  ])('%s is not taken', async (_, content) => {
    expect(await head(content)).toEqual({ refused: 'type' });
  });

  test('nothing is nothing', async () => {
    expect(await head('')).toEqual({ refused: 'empty' });
  });

  test('any bytes give an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const found = await typeOfHead(Buffer.from(bytes));
        expect('is' in found || 'refused' in found).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an Office file', () => {
  const judge = (zip: Buffer) =>
    typeOfOffice((from, to) => Promise.resolve(zip.subarray(from, to)), zip.length);
  const withPart = (...parts: ZipPart[]) => judge(aDocx(...parts));

  test('is told by its table of contents', async () => {
    expect(await judge(aDocx())).toEqual({ is: 'docx' });
    expect(await judge(aPptx())).toEqual({ is: 'pptx' });
    expect(await judge(anXlsx())).toEqual({ is: 'xlsx' });
    expect(await withPart({ name: 'word/embeddings/Microsoft_Excel_Sheet.xlsx' })).toEqual({ is: 'docx' });
  });

  test.each<[string, string, ZipPart]>([
    ['a macro', 'macros', { name: 'word/vbaProject.bin' }],
    ['an old macro sheet', 'macros', { name: 'xl/macrosheets/sheet1.xml' }],
    ['an ActiveX control', 'macros', { name: 'word/activeX/activeX1.bin' }],
    ['an archive in it', 'unsafe', { name: 'word/embeddings/more.zip' }],
    ['a program in it', 'unsafe', { name: 'word/embeddings/run.EXE' }],
    ['a file with macros in it', 'unsafe', { name: 'word/embeddings/sheet.xlsm' }],
    ['a way out of its folder', 'unsafe', { name: '../../etc/passwd' }],
    ['a way to the root', 'unsafe', { name: '/etc/passwd' }],
    ['a Windows way out', 'unsafe', { name: 'word\\..\\..\\x.xml' }],
    ['a name twice', 'unsafe', { name: 'word/document.xml' }],
    ['more than it can hold', 'unsafe', { name: 'word/media/a.bin', claims: 4_000_000_000 }],
    [
      'a steep promise',
      'unsafe',
      { name: 'word/media/a.bin', content: 'x'.repeat(1000), claims: 20_000_000 },
    ],
    ['a password', 'locked', { name: 'word/secret.xml', encrypted: true }],
  ])('with %s is refused', async (_, refused, part) => {
    expect(await withPart(part)).toEqual({ refused });
  });

  test('is not any zip, half a zip or a zip that lies about itself', async () => {
    expect(await judge(aZip([{ name: 'bomb.txt', claims: 4_000_000_000 }]))).toEqual({ refused: 'type' });
    expect(await judge(aDocx().subarray(0, -30))).toEqual({ refused: 'broken' });
    expect(await judge(Buffer.from('PK\u0003\u0004'))).toEqual({ refused: 'broken' });
    const lying = aDocx();
    lying.writeUInt16LE(9, lying.length - 12);
    expect(await judge(lying)).toEqual({ refused: 'broken' });
    const far = aDocx();
    far.writeUInt32LE(0xffffffff, far.length - 6);
    expect(await judge(far)).toEqual({ refused: 'broken' });
  });

  test('of any bytes is an answer, never an error', async () => {
    const zip = aDocx();
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(255), async (at, byte) => {
        const broken = Buffer.from(zip);
        broken[at] = byte;
        const found = await judge(broken);
        expect('is' in found || 'refused' in found).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a locked file', () => {
  async function* pieces(file: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
  }

  test('is found, also where the word lies across two pieces', async () => {
    const pdf = aPdf({ trailer: '/Encrypt 5 0 R' });
    const office = aCompound('EncryptedPackage');
    for (const size of [7, 33, 5_000]) {
      expect(await isLocked('pdf', pieces(pdf, size))).toBe(true);
      expect(await isLocked('compound', pieces(office, size))).toBe(true);
    }
  });

  test('is not one that only speaks of it', async () => {
    expect(await isLocked('pdf', pieces(aPdf(), 50))).toBe(false);
    expect(await isLocked('pdf', pieces(aPdf({ catalog: '/Title(How to /Encrypt a file)' }), 50))).toBe(
      false,
    );
    expect(await isLocked('compound', pieces(aCompound('WordDocument'), 50))).toBe(false);
  });
});

describe('a file name', () => {
  test.each([
    ['Robot arm.JPG', 'jpeg', 'Robot arm.jpg'],
    ['essay.html', 'pdf', 'essay.pdf'],
    ['essay.html.docx', 'docx', 'essay-html.docx'],
    ['photo.php.jpg', 'jpeg', 'photo-php.jpg'],
    ['v1.2 essay.pdf', 'pdf', 'v1.2 essay.pdf'],
    ['../../etc/passwd', 'pdf', 'passwd.pdf'],
    ['C:\\Users\\x\\plan.pdf', 'pdf', 'plan.pdf'],
    ['a\u0000b.pdf', 'pdf', 'ab.pdf'],
    ['cv\u202efdp.exe', 'pdf', 'cvfdp.pdf'],
    ['line\r\nSet-Cookie: a=b.pdf', 'pdf', 'lineSet-Cookie- a=b.pdf'],
    ['', 'mp3', 'file.mp3'],
    ['.htaccess', 'pdf', 'htaccess.pdf'],
    ['...', 'pdf', 'file.pdf'],
    ['con.pdf', 'pdf', 'con-.pdf'],
    ['Ünïcödé – résumé.pdf', 'pdf', 'Ünïcödé – résumé.pdf'],
    ['我的作品.png', 'png', '我的作品.png'],
  ] as const)('%j is %j', (sent, type, name) => {
    expect(safeName(sent, type)).toBe(name);
  });

  test('of any text is short, on one line and ends as its type does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (sent) => {
        const name = safeName(sent, 'docx');
        expect(name).toMatch(/^[^/\\<>:"|?*%;`$\p{Cc}]+\.docx$/u);
        expect(Array.from(name).length).toBeLessThanOrEqual(106);
        expect(name.startsWith('.')).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(Array.from(safeName(`${'x'.repeat(500)}.pdf`, 'pdf'))).toHaveLength(104);
  });

  test('is told with its size', () => {
    expect(sizeOf(0)).toEqual({ value: 1, unit: 'KB' });
    expect(sizeOf(84 * 1024)).toEqual({ value: 84, unit: 'KB' });
    expect(sizeOf(2.44 * 1024 * 1024)).toEqual({ value: 2.4, unit: 'MB' });
  });
});

describe('a picture', () => {
  test('is drawn anew without what a phone writes into it, and made smaller', async () => {
    const given = await aPhoto('jpeg', { width: 3_000, height: 1_000 });
    expect(given.includes('Pocket Camera')).toBe(true);
    const { whole, small, width, height } = await drawAnew(given, 'jpeg');
    expect([width, height]).toEqual([2_400, 800]);
    expect(whole.includes('Pocket Camera')).toBe(false);
    expect(whole.includes('Exif')).toBe(false);
    expect(small.subarray(8, 12).toString()).toBe('WEBP');
  });

  test('loses what hid behind it', async () => {
    const polyglot = Buffer.concat([await aPhoto('png'), Buffer.from('<script>alert(1)</script>')]);
    const { whole } = await drawAnew(polyglot, 'png');
    expect(whole.includes('<script>')).toBe(false);
  });

  test('that is cut off or claims too much is refused', async () => {
    const cut = (await aPhoto('jpeg')).subarray(0, 400);
    await expect(drawAnew(cut, 'jpeg')).rejects.toMatchObject({ refused: 'broken' });
    const bomb = await aPhoto('png', { width: 9_000, height: 9_000 });
    await expect(drawAnew(bomb, 'png')).rejects.toMatchObject({ refused: 'tooManyPixels' });
  });

  test('is decoded by no other decoder than the three', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>');
    await expect(drawAnew(svg, 'png')).rejects.toMatchObject({ refused: 'broken' });
  });

  test('waits its turn and leaves it again', async () => {
    const photo = await aPhoto('webp');
    const cut = photo.subarray(0, 60);
    const all = await Promise.allSettled([cut, photo, cut, photo, photo].map((one) => drawAnew(one, 'webp')));
    expect(all.map(({ status }) => status[0])).toEqual(['r', 'f', 'r', 'f', 'f']);
  });
});

describe('a range of bytes', () => {
  test.each([
    [undefined, null],
    ['bytes=0-99', { from: 0, to: 100 }],
    ['bytes=900-', { from: 900, to: 1000 }],
    ['bytes=-100', { from: 900, to: 1000 }],
    ['bytes=-5000', { from: 0, to: 1000 }],
    ['bytes=990-5000', { from: 990, to: 1000 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=5-4', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['lines=1-2', null],
  ] as const)('%j', (header, range) => {
    expect(rangeOf(header, 1_000)).toEqual(range);
  });
});
