import { connect } from 'node:net';
import mongoose from 'mongoose';
import { beforeAll, describe, expect, test } from 'vitest';
import { listFiles, receiveFile, removeLeftOverFiles, roomOf } from '../../../src/files/file.service.ts';
import { LARGEST_FILE, LARGEST_ROOM } from '../../../src/files/file.ts';
import { portfolioOf } from '../../../src/portfolio/evidence.service.ts';
import type { Evidence } from '../../../src/portfolio/evidence.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import {
  aCompound,
  aDocx,
  aHeic,
  aMov,
  anMp3,
  anMp4,
  aPdf,
  aPhoto,
  aZip,
  eicar,
} from '../../support/madeFiles.ts';
import { useSchool } from '../../support/school.ts';
import { sendForm, type SentAnswer, type SentForm } from '../../support/sendFile.ts';

const school = useSchool();
let maya: Visitor;
let owner: { institution: string; person: string };

beforeAll(async () => {
  maya = await school.as('student01');
  owner = { institution: school.institution, person: await school.person('student01') };
}, 60_000);

const FIELDS = { kind: 'file', title: 'Robot arm, second version', reflection: 'I tried three designs.' };

function send(file: SentForm['file'], more: Partial<SentForm> = {}, by = maya): Promise<SentAnswer> {
  const to = { tool: school.tool, path: paths.sendEvidence, page: paths.newEvidence };
  return sendForm(by, to, { fields: FIELDS, ...more, file: file ?? null });
}

const items = (): Promise<Evidence[]> => portfolioOf(owner.institution, owner.person);
const newest = async (): Promise<Evidence> => {
  const [last] = (await items()).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  if (!last) throw new Error('nothing was kept');
  return last;
};
const count = (name: string): Promise<number> => mongoose.connection.collection(name).countDocuments({});
const counted = (): Promise<number[]> =>
  Promise.all(['files', 'fileBytes.files', 'fileBytes.chunks', 'evidence', 'idempotencyKeys'].map(count));

/** Everything a file leaves behind, anywhere. What was not kept is removed once the answer is on its way. */
async function stored(): Promise<number[]> {
  const arriving = () => mongoose.connection.collection('files').countDocuments({ state: 'arriving' });
  await expect.poll(arriving, { timeout: 10_000 }).toBe(0);
  return counted();
}

async function expectNothingLeft(before: readonly number[]): Promise<void> {
  await expect.poll(counted, { timeout: 10_000 }).toEqual(before);
}

async function fetched(
  id: string,
  headers: Record<string, string> = {},
  by = maya,
  path = paths.evidenceFile(id),
) {
  const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(school.tool + path, { headers: { cookie, ...headers } });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

describe('a file that is taken', () => {
  test.each([
    ['pdf', () => aPdf(), 'application/pdf'],
    ['docx', () => aDocx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['mp3', () => anMp3(), 'audio/mpeg'],
    ['mp4', () => anMp4(), 'video/mp4'],
  ] as const)(
    '%s comes back byte by byte, as an attachment that can do nothing',
    async (ending, make, mime) => {
      const content = make();
      const answer = await send({ name: `My work.${ending}`, content });
      expect([answer.status, answer.location]).toEqual([303, '/portfolio?done=added']);
      const { id, file } = await newest();
      expect(file).toMatchObject({ name: `My work.${ending}`, type: ending, bytes: content.length });
      const back = await fetched(id);
      expect(back.status).toBe(200);
      expect(back.bytes.equals(content)).toBe(true);
      expect(back.headers.get('content-type')).toBe(mime);
      expect(back.headers.get('content-disposition')).toBe(`attachment; filename="My work.${ending}"`);
      expect(back.headers.get('x-content-type-options')).toBe('nosniff');
      expect(back.headers.get('cache-control')).toBe('no-store');
      expect(back.headers.get('content-security-policy')).toMatch(/^default-src 'none'; sandbox;/);
      expect(back.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    },
  );

  test('a PDF that holds JavaScript is taken, and is only ever an attachment in a sandbox', async () => {
    const content = aPdf({ catalog: '/OpenAction<</S/JavaScript/JS(app.alert(1))>>' });
    expect((await send({ name: 'form.pdf', content })).status).toBe(303);
    const back = await fetched((await newest()).id);
    expect(back.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(back.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('a photo loses its place and camera, and has a small picture for its card', async () => {
    const content = await aPhoto('jpeg', { width: 1_200, height: 800 });
    await send({ name: 'IMG_1.JPG', content }, { fields: { ...FIELDS, alt: 'A robot arm on a table' } });
    const { id, file } = await newest();
    expect(file).toMatchObject({ name: 'IMG_1.jpg', type: 'jpeg', width: 1_200, height: 800 });
    const whole = await fetched(id);
    expect(content.includes('Pocket Camera')).toBe(true);
    expect(whole.bytes.includes('Pocket Camera')).toBe(false);
    const small = await fetched(id, {}, maya, paths.evidencePicture(id));
    expect(small.headers.get('content-type')).toBe('image/webp');
    const page = await maya.get(paths.portfolio);
    expect(page.text).toContain(
      `<img class="pic" src="/evidence/${id}/picture" alt="A robot arm on a table"`,
    );
  });

  test('a picture with a page hidden behind it comes back as a picture only', async () => {
    const content = Buffer.concat([await aPhoto('png'), Buffer.from('<html><script>alert(1)</script>')]);
    await send({ name: 'x.html', content });
    const { id, file } = await newest();
    expect(file?.name).toBe('x.png');
    expect((await fetched(id)).bytes.includes('<script>')).toBe(false);
  });

  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['plan.pdf.exe', 'plan-pdf.pdf'],
    ['cv\u202efdp.exe', 'cvfdp.pdf'],
    [`${'x'.repeat(500)}.pdf`, `${'x'.repeat(100)}.pdf`],
    ['Résumé — 我.pdf', 'Résumé — 我.pdf'],
    ['%0d%0aSet-Cookie: a=1.pdf', 'Set-Cookie- a=1.pdf'],
    ['a;b\\"c.pdf', 'a-b-c.pdf'],
  ])('is called %j safely', async (name, safe) => {
    expect((await send({ name, content: aPdf({ catalog: `/N(${encodeURIComponent(safe)})` }) })).status).toBe(
      303,
    );
    const { id, file } = await newest();
    expect(file?.name).toBe(safe);
    const header = (await fetched(id)).headers.get('content-disposition') ?? '';
    expect(header).toMatch(
      /^attachment; filename=(?:[\w.-]+\.pdf|"[\u0020-\u007e]+\.pdf")(?:; filename\*=UTF-8''[A-Za-z0-9%.~_-]+)?$/,
    );
  });

  test('can be asked for in part', async () => {
    const content = anMp4();
    await send({ name: 'film.mp4', content });
    const { id } = await newest();
    const part = await fetched(id, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 100-199/${content.length}`,
    ]);
    expect(part.bytes.equals(content.subarray(100, 200))).toBe(true);
    expect((await fetched(id, { range: `bytes=${content.length}-` })).status).toBe(416);
  });

  test('given twice is stored once, and can be chosen again instead of sent', async () => {
    const content = aPdf({ catalog: '/Lang(en)' });
    await send({ name: 'first.pdf', content });
    const first = await newest();
    const [files, room] = [await listFiles(owner), await roomOf(owner)];
    await send({ name: 'second.pdf', content });
    const second = await newest();
    expect(second.id).not.toBe(first.id);
    expect(second.file).toEqual(first.file);
    await send(null, { fields: { ...FIELDS, title: 'Again', earlier: first.file?.id ?? '' } });
    expect((await newest()).file).toEqual(first.file);
    expect(await listFiles(owner)).toEqual(files);
    expect(await roomOf(owner)).toEqual(room);
  });
});

describe('a file that is not taken', () => {
  const cases: [string, () => Buffer | Promise<Buffer>, string][] = [
    ['empty.pdf', () => Buffer.alloc(0), 'This file is empty.'],
    [
      'drawing.svg',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'cannot take this kind',
    ],
    ['page.html.png', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'cannot take this kind'],
    ['anim.gif', () => Buffer.from('GIF89a/*\u0000*/=1;alert(1)'), 'cannot take this kind'],
    ['photo.HEIC', aHeic, 'choose “Most compatible”'],
    ['film.mov', aMov, 'Save or share it as an MP4'],
    ['report.docm', () => aDocx({ name: 'word/vbaProject.bin' }), 'holds small programs (macros)'],
    ['report.docx', () => aDocx({ name: 'word/embeddings/more.zip' }), 'holds other files'],
    ['bomb.docx', () => aDocx({ name: 'word/a.bin', claims: 4_000_000_000 }), 'holds other files'],
    ['bomb.zip', () => aZip([{ name: 'a', claims: 4_000_000_000 }]), 'cannot take this kind'],
    ['secret.pdf', () => aPdf({ trailer: '/Encrypt 9 0 R' }), 'locked with a password'],
    ['secret.docx', () => aCompound('EncryptedPackage'), 'locked with a password'],
    ['old.doc', () => aCompound('WordDocument'), 'an older Office file'],
    ['cut.jpg', async () => (await aPhoto()).subarray(0, 300), 'could not be read'],
    ['huge.png', () => aPhoto('png', { width: 9_000, height: 9_000 }), 'too large to open'],
    ['eicar.com', eicar, 'cannot take this kind'],
    ['large.pdf', () => Buffer.concat([aPdf(), Buffer.alloc(LARGEST_FILE)]), 'larger than 25 MB'],
  ];

  test.each(cases)(
    '%s: says why beside the field, keeps the words, and leaves nothing',
    async (name, make, words) => {
      const before = await stored();
      const answer = await send({ name, content: await make() });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('<title>Error: Add evidence | Waymark</title>');
      expect(answer.text).toMatch(new RegExp(`<a href="#file">[^<]*${words.replaceAll(/[()]/g, '\\$&')}`));
      expect(answer.text).toMatch(/id="file-e"[\s\S]*id="file"[^>]*aria-invalid="true"/);
      expect(answer.text).toContain('choose it again.');
      expect(answer.text).toContain('value="Robot arm, second version"');
      expect(answer.text).toContain('I tried three designs.');
      await expectNothingLeft(before);
    },
  );

  test('of exactly 25 MB is taken, one byte more is not', async () => {
    const exact = Buffer.concat([aPdf(), Buffer.alloc(LARGEST_FILE)]).subarray(0, LARGEST_FILE);
    expect((await send({ name: 'exact.pdf', content: exact })).status).toBe(303);
    expect((await newest()).file?.bytes).toBe(LARGEST_FILE);
    const more = Buffer.concat([exact, Buffer.from('x')]);
    expect((await send({ name: 'more.pdf', content: more })).status).toBe(422);
  });

  test('no file, and a file with a form that has no title', async () => {
    const before = await stored();
    const none = await send(null);
    expect([none.status, none.text.includes('Choose a file, or one that you gave before.')]).toEqual([
      422,
      true,
    ]);
    const untitled = await send(
      { name: 'a.pdf', content: aPdf({ catalog: '/A 1' }) },
      { fields: { ...FIELDS, title: ' ' } },
    );
    expect(untitled.status).toBe(422);
    expect(untitled.text).toContain('Say what it is in a few words.');
    expect(untitled.text).toContain('The file could not be: choose it again.');
    await expectNothingLeft(before);
  });
});

describe('the form with a file is protected like every other', () => {
  const pdf = { name: 'a.pdf', content: aPdf({ catalog: '/B 1' }) };

  test.each<[string, Partial<SentForm>, number]>([
    ['another session’s token', { csrf: 'x'.repeat(43) }, 403],
    ['no token', { csrf: '' }, 403],
    ['the file before the token', { fileFirst: true }, 403],
    ['another origin', { headers: { origin: 'https://elsewhere.example' } }, 403],
    ['another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['no key', { key: '' }, 400],
    ['a field that nests', { fields: { ...FIELDS, 'goals[$ne]': 'x' } }, 400],
    ['a field it does not know', { fields: { ...FIELDS, institution: 'x' } }, 422],
    ['a prototype', { fields: { ...FIELDS, __proto__x: 'x' } }, 422],
  ])('%s: nothing is kept', async (_, more, status) => {
    const before = await stored();
    expect((await send(pdf, more)).status).toBe(status);
    await expectNothingLeft(before);
  });

  test('a second file, or one in another field, is refused whole', async () => {
    const before = await stored();
    expect((await send({ ...pdf, field: 'other' })).status).toBe(400);
    await expectNothingLeft(before);
  });

  test('the same key twice is one piece of evidence', async () => {
    const key = crypto.randomUUID();
    const before = (await items()).length;
    const answers = [await send(pdf, { key }), await send(pdf, { key })];
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, '/portfolio?done=added'],
      [303, '/portfolio?done=added'],
    ]);
    expect((await items()).length).toBe(before + 1);
    await stored();
  });

  test('no other route reads multipart', async () => {
    const to = { tool: school.tool, path: paths.portfolio, page: paths.newEvidence };
    const answer = await sendForm(maya, to, { fields: { ...FIELDS, kind: 'text', text: 'x' } });
    expect(answer.status).toBe(403);
  });

  test('a browser that goes away in the middle leaves nothing', async () => {
    const before = await stored();
    const token = /name="_csrf" value="([^"]*)"/.exec((await maya.get(paths.newEvidence)).text)?.[1] ?? '';
    const { hostname, port, host, origin } = new URL(school.tool);
    const cookie = [...maya.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST ${paths.sendEvidence} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n${part('_csrf', token)}${part('_key', crypto.randomUUID())}${part('kind', 'file')}--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n${'x'.repeat(3_000_000)}`,
    );
    await expect.poll(() => count('files'), { timeout: 10_000 }).toBe((before[0] ?? 0) + 1);
    socket.destroy();
    await expect.poll(counted, { timeout: 10_000 }).toEqual(before);
  });
});

describe('the room of a student', () => {
  test('is full at 500 MB, counted in one step for files that come at once', async () => {
    const rooms = mongoose.connection.collection('fileRooms');
    const was = await roomOf(owner);
    const one = aPdf({ catalog: '/C 1' });
    await rooms.updateOne(owner, { $set: { bytes: LARGEST_ROOM - one.length } });
    const before = await stored();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => send({ name: 'a.pdf', content: aPdf({ catalog: `/C ${n}` }) })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(2);
    expect(answers.find(({ status }) => status === 422)?.text).toContain('Your 500 MB for files are used up');
    expect((await stored()).slice(0, 4)).toEqual(before.slice(0, 4).map((n) => n + 1));
    expect((await roomOf(owner)).bytes).toBe(LARGEST_ROOM);
    await rooms.updateOne(owner, { $set: was });
  });

  test('what a crash left is removed after an hour, and nothing else', async () => {
    const now = school.deps.clock();
    const before = await stored();
    await receiveFile(owner, { name: 'left.pdf', stream: pieces(aPdf({ catalog: '/D 1' })) }, now);
    expect(await removeLeftOverFiles(owner.institution, now)).toBe(0);
    expect(await removeLeftOverFiles(owner.institution, new Date(now.getTime() + 3_700_000))).toBe(1);
    await expectNothingLeft(before);
  });
});

async function* pieces(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

describe('whose file it is', () => {
  test('decides who gets it: student, advisor, the family it is shared with, nobody else', async () => {
    await send(
      { name: 'mine.pdf', content: aPdf({ catalog: '/E 1' }) },
      { fields: { ...FIELDS, audience: 'family' } },
    );
    const shared = await newest();
    await send(
      { name: 'mine.pdf', content: aPdf({ catalog: '/E 1' }) },
      { fields: { ...FIELDS, audience: 'advisor' } },
    );
    const kept = await newest();
    const status = async (person: string, id: string) =>
      (await fetched(id, {}, await school.as(person))).status;
    expect(await status('advisor1', shared.id)).toBe(200);
    expect(await status('parent1', shared.id)).toBe(200);
    expect(await status('parent1', kept.id)).toBe(404);
    expect(await status('parent2', shared.id)).toBe(404);
    expect(await status('student02', shared.id)).toBe(404);
    expect((await fetch(school.tool + paths.evidenceFile(shared.id))).status).toBe(401);
  });

  test('another student’s file cannot be chosen, and Student View keeps nothing', async () => {
    const { file } = await newest();
    const other = await school.as('student02');
    const answer = await send(null, { fields: { ...FIELDS, earlier: file?.id ?? '' } }, other);
    expect([answer.status, answer.text.includes('Choose one of your own files.')]).toEqual([422, true]);
    const before = await stored();
    const test = await school.as('teststudent');
    expect((await send({ name: 'a.pdf', content: aPdf() }, {}, test)).status).toBe(403);
    await expectNothingLeft(before);
  });
});
