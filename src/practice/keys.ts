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

/** Makes an RSA pair for RS256. */
export type MakePair = () => Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }>;

const newPair: MakePair = () => generateKeyPair('RS256', { modulusLength: 2048 });

async function makeKey(makePair: MakePair): Promise<SigningKey> {
  const { privateKey, publicKey } = await makePair();
  const kid = hexOf(20, secret());
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  return { kid, privateKey, publicJwk };
}

/** A fresh RSA 2048 key ring; nothing of it is ever written to a file. @param makePair by default a new one */
export async function makeKeyRing(makePair: MakePair = newPair): Promise<KeyRing> {
  let keys = [await makeKey(makePair)];
  return {
    current: () => keys.at(-1)!,
    async rotate() {
      const key = await makeKey(makePair);
      keys = [...keys, key];
      return key.kid;
    },
    retireOld() {
      keys = keys.slice(-1);
    },
    publicSet: () => ({ keys: keys.map((key) => key.publicJwk) }),
  };
}
