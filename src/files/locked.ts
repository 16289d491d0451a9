/** Files that need a password, told by what is written in them in clear. */

/** `EncryptedPackage`: the stream that a password-protected Office file is wrapped in (MS-OFFCRYPTO 2.3.4). */
const OFFICE_LOCK = Buffer.from('EncryptedPackage', 'utf16le');
/** The trailer's key, never compressed nor encrypted itself (ISO 32000-1, 7.5.5 and 7.6). */
const PDF_LOCK = /\/Encrypt\s*(?:\d{1,10}\s+\d{1,5}\s+R|<<)/;

/** Longest text of a lock that may lie across two pieces, in bytes. */
const OVERLAP = 64;

export type Container = 'pdf' | 'compound';

/** Whether the file is locked; reads it piece by piece. */
export async function isLocked(container: Container, pieces: AsyncIterable<Buffer>): Promise<boolean> {
  let before = Buffer.alloc(0);
  for await (const piece of pieces) {
    const text = Buffer.concat([before, piece]);
    if (container === 'pdf' ? PDF_LOCK.test(text.toString('latin1')) : text.includes(OFFICE_LOCK))
      return true;
    before = text.subarray(Math.max(0, text.length - OVERLAP));
  }
  return false;
}
