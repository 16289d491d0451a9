import sharp from 'sharp';

/** Files as people and attackers send them, made at run time. */

export interface ZipPart {
  name: string;
  content?: string | Buffer;
  /** What the table of contents claims it unpacks to. */
  claims?: number;
  encrypted?: boolean;
}

/** A zip whose parts are stored, not packed; its table of contents may lie. */
export function aZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const { name, content = '', claims, encrypted = false } of parts) {
    const [label, data] = [Buffer.from(name), Buffer.from(content)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(encrypted ? 1 : 0, 6);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(claims ?? data.length, 22);
    local.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(encrypted ? 1 : 0, 8);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(claims ?? data.length, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, label, data);
    table.push(entry, label);
    at += local.length + label.length + data.length;
  }
  const listed = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

const TYPES: ZipPart = { name: '[Content_Types].xml', content: '<Types/>' };

/** A Word file with further parts. */
export function aDocx(...more: ZipPart[]): Buffer {
  return aZip([TYPES, { name: 'word/document.xml', content: '<document>The bridge</document>' }, ...more]);
}

export const aPptx = (): Buffer => aZip([TYPES, { name: 'ppt/presentation.xml', content: '<p/>' }]);
export const anXlsx = (): Buffer => aZip([TYPES, { name: 'xl/workbook.xml', content: '<w/>' }]);

/** A PDF of one empty page, with more in its catalogue or trailer. */
export function aPdf({ catalog = '', trailer = '' } = {}): Buffer {
  return Buffer.from(
    [
      '%PDF-1.7',
      `1 0 obj<</Type/Catalog/Pages 2 0 R${catalog}>>endobj`,
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
      `trailer<</Root 1 0 R/Size 4${trailer}>>`,
      '%%EOF',
      '',
    ].join('\n'),
  );
}

/** A picture with a camera and a place written into it. */
export async function aPhoto(
  format: 'jpeg' | 'png' | 'webp' = 'jpeg',
  { width, height } = { width: 800, height: 500 },
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#f6f1e6' } })
    .withExif({ IFD0: { Make: 'Pocket Camera' }, IFD3: { GPSLatitude: '48/1 51/1 30/1' } })
    .toFormat(format)
    .toBuffer();
}

const ftyp = (brand: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${brand}`),
    Buffer.alloc(4),
    Buffer.from('isommp42'),
  ]);
const media = (): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 16, 0]), Buffer.from('mdat'), Buffer.alloc(4_088, 7)]);

export const anMp4 = (): Buffer => Buffer.concat([ftyp('isom'), media()]);
export const aMov = (): Buffer => Buffer.concat([ftyp('qt  '), media()]);
export const aHeic = (): Buffer => Buffer.concat([ftyp('heic'), media()]);
export const anMp3 = (): Buffer =>
  Buffer.concat([
    Buffer.from('ID3'),
    Buffer.from([3, 0, 0, 0, 0, 0, 10]),
    Buffer.alloc(10),
    Buffer.from([0xff, 0xfb, 0x90, 0x64]),
    Buffer.alloc(4_000),
  ]);

/** The container of older Office files, and of those with a password. */
export function aCompound(inside = ''): Buffer {
  const magic = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  return Buffer.concat([magic, Buffer.alloc(5_000), Buffer.from(inside, 'utf16le'), Buffer.alloc(500)]);
}

/** The string every virus scanner knows, put together so that this file is not it. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(''));
