import { createHash, randomBytes } from 'node:crypto';

// Ids are made from names, not drawn at random, so that a demo which keeps its data
// finds the same people and courses after a restart.

function digest(parts: readonly string[]): string {
  return createHash('sha512').update(parts.join('\u0000')).digest('hex');
}

/** `length` (at most 128) lower-case hexadecimal digits, always the same for the same parts. */
export function hexOf(length: number, ...parts: string[]): string {
  return digest(parts).slice(0, length);
}

/** A version 4 shaped UUID, always the same for the same parts. */
export function uuidOf(...parts: string[]): string {
  const h = digest(parts);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` letters and digits, always the same for the same parts. */
export function lettersOf(length: number, ...parts: string[]): string {
  const bytes = createHash('sha512').update(parts.join('\u0000')).digest();
  return Array.from(bytes.subarray(0, length), (byte) => letters[byte % letters.length]).join('');
}

/** An unguessable value for tokens, cookies and hints. */
export function secret(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

/** An unguessable number of about 60 bits, in decimal digits, as Moodle writes its launch ids. */
export function secretDigits(): string {
  return randomBytes(8).readBigUInt64BE().toString();
}
