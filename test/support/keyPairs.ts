import { KeyObject } from 'node:crypto';
import { generateKeyPair } from 'jose';
import type { RsaPair } from '../../src/lti/keys.service.ts';
import type { MakePair } from '../../src/practice/keys.ts';

type Pair = Awaited<ReturnType<MakePair>>;

/**
 * An RSA pair costs 0.15 s of a core, and a school needs five: a test process makes each once, and every school
 * in it uses the same ones. They live in memory only.
 */
const made: Promise<Pair>[] = [];

/** Pairs that differ from each other; another source gives the same ones again. */
export function pairSource(): MakePair {
  let next = 0;
  return () => {
    const index = next;
    next += 1;
    return (made[index] ??= generateKeyPair('RS256', { modulusLength: 2048, extractable: true }));
  };
}

/** The same pairs, as the tool keeps its keys. */
export function toolPairSource(make = pairSource()): () => Promise<RsaPair> {
  return async () => {
    const { privateKey, publicKey } = await make();
    return { privateKey: KeyObject.from(privateKey), publicKey: KeyObject.from(publicKey) };
  };
}
