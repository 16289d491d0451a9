import { exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { hexOf, secret } from './ids.ts';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface KeyRing {
  /** The key that signs now. */
  current(): SigningKey;
  /** Makes a new key sign, and leaves the old ones published. Resolves to the new kid. */
  rotate(): Promise<string>;
  /** Takes every key but the signing one out of the key set. */
  retireOld(): void;
  /** The key set as the LMS publishes it. */
  publicSet(): { keys: JWK[] };
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const kid = hexOf(20, secret());
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  return { kid, privateKey, publicJwk };
}

/** A fresh RSA 2048 key ring; nothing of it is ever written to a file. */
export async function makeKeyRing(): Promise<KeyRing> {
  let keys = [await makeKey()];
  return {
    current: () => keys.at(-1)!,
    async rotate() {
      const key = await makeKey();
      keys = [...keys, key];
      return key.kid;
    },
    retireOld() {
      keys = keys.slice(-1);
    },
    publicSet: () => ({ keys: keys.map((key) => key.publicJwk) }),
  };
}
