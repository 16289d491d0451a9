import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** AES-256-GCM ciphertext: version, nonce, tag and data, base64url. */
export type Sealed = string & { readonly sealed: unique symbol };

/** Seals and opens secrets at rest. `context` is bound in (AAD), so a ciphertext moved elsewhere does not open. */
export interface Sealer {
  seal(plain: string, context: string): Sealed;
  open(sealed: Sealed, context: string): string;
}

/** An unguessable URL-safe token of `bytes` random bytes. */
export function newToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** SHA-256 in base64url: what is stored of a token instead of the token. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Compares two strings without telling by time where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

/** @param secrets base64; the first seals, all of them open (rotation: current, then previous). */
export function createSealer(secrets: readonly string[]): Sealer {
  const keys = secrets.map((secret) => deriveKey(Buffer.from(secret, 'base64')));
  return {
    seal: (plain, context) => encrypt(keys[0] as Buffer, plain, context),
    open: (sealed, context) => openWithAny(keys, sealed, context),
  };
}

function deriveKey(secret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'waymark', 'key-encryption', 32));
}

function encrypt(key: Buffer, plain: string, context: string): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), data]).toString('base64url')}` as Sealed;
}

function openWithAny(keys: readonly Buffer[], sealed: Sealed, context: string): string {
  for (const key of keys) {
    try {
      return decrypt(key, sealed, context);
    } catch {
      // The next key may be the one that sealed it.
    }
  }
  throw new Error(
    'A sealed value does not open: the secret is another one, or the value was moved or changed.',
  );
}

function decrypt(key: Buffer, sealed: Sealed, context: string): string {
  const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
