/**
 * Word, PowerPoint and Excel files are zips. They are never unpacked here: what they are, and whether they are
 * safe to hand to an advisor, is read from the table of contents at the end of the file (APPNOTE 4.3).
 */
import type { FileRefusal, FileType } from './fileType.ts';

/** Reads bytes `from` (included) to `to` (not included). */
export type ReadRange = (from: number, to: number) => Promise<Buffer>;

type Office = Extract<FileType, 'docx' | 'pptx' | 'xlsx'>;
export type OfficeType = { is: Office } | { refused: FileRefusal };

interface Entry {
  name: string;
  encrypted: boolean;
  packed: number;
  unpacked: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_BYTES = 46;

/** A real document of 25 MB stays far below all three; what does not would fill the reader's disk. */
const MOST_ENTRIES = 5_000;
const LARGEST_TABLE = 2 * 1024 * 1024;
const LARGEST_UNPACKED = 400 * 1024 * 1024;
/** Deflate reaches 1032:1 only on one repeated byte; written text stays below 30:1. */
const STEEPEST = 150;
/** Small parts of repeated markup are steep without being large. */
const STEEP_FROM = 10 * 1024 * 1024;

/** What kind of Office file a zip is, or why it is not taken. @param size of the whole file in bytes */
export async function typeOfOffice(read: ReadRange, size: number): Promise<OfficeType> {
  const entries = await tableOf(read, size);
  return entries === null ? { refused: 'broken' } : judged(entries);
}

function judged(entries: readonly Entry[]): OfficeType {
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  const is = kindOf(names);
  if (entries.some(({ encrypted }) => encrypted)) return { refused: 'locked' };
  if (is === null) return { refused: 'type' };
  if ([...names].some(isMacro)) return { refused: 'macros' };
  if ([...names].some(isStrange) || names.size !== entries.length || isBomb(entries))
    return { refused: 'unsafe' };
  return { is };
}

function kindOf(names: ReadonlySet<string>): Office | null {
  if (!names.has('[content_types].xml')) return null;
  if (names.has('word/document.xml')) return 'docx';
  if (names.has('ppt/presentation.xml')) return 'pptx';
  return names.has('xl/workbook.xml') ? 'xlsx' : null;
}

function isMacro(name: string): boolean {
  return /vba|macrosheets?\/|activex|attachedtoolbars/.test(name);
}

/** A path that leads out of the folder it is unpacked in, a program, or an archive in the archive. */
function isStrange(name: string): boolean {
  if (/^\/|\\|(?:^|\/)\.\.(?:\/|$)|\p{Cc}|^[a-z]:/u.test(name)) return true;
  if (/\.(?:zip|7z|rar|gz|tar|jar|exe|dll|scr|com|bat|cmd|ps1|vbs|js|hta|lnk|msi|html?|svg)$/.test(name))
    return true;
  return /\.(?:docm|pptm|xlsm|dotm|potm|xltm|ppam|xlam)$/.test(name);
}

function isBomb(entries: readonly Entry[]): boolean {
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  return unpacked > LARGEST_UNPACKED || (unpacked > STEEP_FROM && unpacked > packed * STEEPEST);
}

/** The table of contents; null where there is none that can be read. Zip64 is for files larger than ours may be. */
async function tableOf(read: ReadRange, size: number): Promise<Entry[] | null> {
  const tailAt = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
  const tail = await read(tailAt, size);
  const at = endIn(tail);
  if (at === null) return null;
  const count = tail.readUInt16LE(at + 10);
  const [bytes, from] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (count > MOST_ENTRIES || bytes > LARGEST_TABLE || from + bytes > tailAt + at) return null;
  return entriesIn(await read(from, from + bytes), count);
}

/** Where the end record begins: the last signature whose comment ends with the file. */
function endIn(tail: Buffer): number | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1)
    if (
      tail.readUInt32LE(at) === END_SIGNATURE &&
      at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length
    )
      return at;
  return null;
}

function entriesIn(table: Buffer, count: number): Entry[] | null {
  const entries: Entry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + ENTRY_BYTES > table.length || table.readUInt32LE(at) !== ENTRY_SIGNATURE) return null;
    const nameEnd = at + ENTRY_BYTES + table.readUInt16LE(at + 28);
    entries.push({
      name: table.toString('utf8', at + ENTRY_BYTES, nameEnd),
      encrypted: (table.readUInt16LE(at + 8) & 1) === 1,
      packed: table.readUInt32LE(at + 20),
      unpacked: table.readUInt32LE(at + 24),
    });
    at = nameEnd + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return at === table.length ? entries : null;
}
