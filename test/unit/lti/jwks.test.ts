import { exportJWK, generateKeyPair, type JWK } from 'jose';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeyFinder, KeysUnavailable, type FindKey } from '../../../src/lti/jwks.ts';

const URI = 'https://lms.example/keys';
const HOUR = 3_600_000;

let first: JWK;
let second: JWK;
beforeAll(async () => {
  const make = async (kid: string): Promise<JWK> => ({
    ...(await exportJWK((await generateKeyPair('RS256')).publicKey)),
    kid,
  });
  [first, second] = await Promise.all([make('first'), make('second')]);
});

let now: number;
let fetches: number;
let answer: () => unknown;
let find: FindKey;
beforeEach(() => {
  now = 1_000_000;
  fetches = 0;
  answer = () => ({ keys: [first] });
  find = createKeyFinder(
    async () => {
      fetches += 1;
      await Promise.resolve();
      return answer();
    },
    () => now,
  );
});
const down = (): never => {
  throw new Error('down');
};
const found = async (kid: string): Promise<boolean> => (await find(URI, kid)) !== null;
const unavailable = (kid: string): Promise<void> => expect(find(URI, kid)).rejects.toThrow(KeysUnavailable);

describe('keys are asked for', () => {
  it('once an hour', async () => {
    expect(await found('first')).toBe(true);
    now += HOUR - 1;
    expect(await found('first')).toBe(true);
    expect(fetches).toBe(1);
    now += 1;
    expect(await found('first')).toBe(true);
    expect(fetches).toBe(2);
  });

  it('once for a thousand launches at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 1_000 }, () => found('first')));
    expect(all.every(Boolean)).toBe(true);
    expect(fetches).toBe(1);
  });

  it('at once for a key that is new, though the set was fetched a moment ago (A13)', async () => {
    await found('first');
    answer = () => ({ keys: [first, second] });
    expect(await found('second')).toBe(true);
    expect(fetches).toBe(2);
  });

  it('at most twice for a thousand forged ids, and then every 30 s (A10, A11)', async () => {
    for (let index = 0; index < 1_000; index += 1) expect(await found(`forged-${index}`)).toBe(false);
    expect(fetches).toBe(2);
    now += 29_999;
    expect(await found('forged')).toBe(false);
    expect(fetches).toBe(2);
    now += 1;
    expect(await found('forged')).toBe(false);
    expect(fetches).toBe(3);
  });

  it('for each platform by itself', async () => {
    await found('forged');
    await found('forged');
    expect(await find('https://other.example/keys', 'first')).not.toBeNull();
    expect(fetches).toBe(3);
  });
});

describe('while the LMS is down', () => {
  it('and no key was ever seen: unavailable, and asked again after 30 s', async () => {
    answer = down;
    await unavailable('first');
    await unavailable('first');
    expect(fetches).toBe(1);
    now += 30_000;
    answer = () => ({ keys: [first] });
    expect(await found('first')).toBe(true);
  });

  it('seen keys serve on, for days', async () => {
    await found('first');
    answer = down;
    for (let hours = 0; hours < 72; hours += 1) {
      now += HOUR;
      expect(await found('first')).toBe(true);
    }
    expect(fetches).toBe(73);
  });

  it('an unknown key may be a new one: unavailable, not refused', async () => {
    await found('first');
    answer = down;
    await unavailable('second');
    await unavailable('second');
    expect(fetches).toBe(2);
    expect(await found('first')).toBe(true);
  });
});

it('a key that the LMS took back is not taken any more after the next fetch', async () => {
  await found('first');
  answer = () => ({ keys: [second] });
  expect(await found('second')).toBe(true);
  expect(await found('first')).toBe(false);
});

describe('what cannot be a signing key of its own is left out', () => {
  it.each<[string, () => unknown[]]>([
    ['no kid', () => [{ ...second, kid: undefined }]],
    ['an empty kid', () => [{ ...second, kid: '' }]],
    ['a kid twice', () => [second, { ...first, kid: 'second' }]],
    ['a kid twice, once by something odd', () => [second, { kid: 'second', kty: 'oct', k: 'AAAA' }]],
    ['for encryption', () => [{ ...second, use: 'enc' }]],
    ['for another algorithm', () => [{ ...second, alg: 'PS256' }]],
    ['only to sign', () => [{ ...second, key_ops: ['sign'] }]],
    ['a shared secret', () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'second', alg: 'RS256' }]],
    ['1,024 bits', () => [{ ...second, n: Buffer.alloc(128, 0xff).toString('base64url') }]],
    [
      '1,024 bits behind zeros',
      () => [
        { ...second, n: Buffer.concat([Buffer.alloc(200), Buffer.alloc(128, 0xff)]).toString('base64url') },
      ],
    ],
    ['a modulus of 100 KB', () => [{ ...second, n: Buffer.alloc(100_000, 0xff).toString('base64url') }]],
    ['the exponent 1', () => [{ ...second, e: 'AQ' }]],
    ['the exponent 0', () => [{ ...second, e: 'AA' }]],
    ['no exponent', () => [{ ...second, e: '' }]],
    ['numbers that are no text', () => [{ ...second, n: 7, e: {} }]],
  ])('%s', async (_name, odd) => {
    answer = () => ({ keys: [first, ...odd()] });
    expect(await found('second')).toBe(false);
    expect(await found('first')).toBe(true);
  });
});

it('nothing that an LMS may answer breaks it', async () => {
  const key = fc.record({
    kty: fc.constantFrom('RSA', 'EC', 'oct', 7),
    kid: fc.constantFrom('first', '__proto__', 7, null),
    n: fc.oneof(fc.base64String(), fc.jsonValue()),
    e: fc.constantFrom('AQAB', 'AQ', '', null),
  });
  const set = fc.oneof(
    fc.jsonValue(),
    fc.record({ keys: fc.oneof(fc.array(key, { maxLength: 5 }), fc.jsonValue()) }),
  );
  await fc.assert(
    fc.asyncProperty(set, async (document) => {
      const one = createKeyFinder(
        async () => document,
        () => now,
      );
      const result = await one(URI, 'first').catch((error: unknown) => error);
      expect(result === null || result instanceof KeysUnavailable).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
