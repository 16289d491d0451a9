import { generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BadLaunch, verifyIdToken } from '../../../src/lti/idToken.ts';
import { newLogin } from '../../../src/lti/login.ts';
import { aPlatform, TOOL } from '../../support/aLaunch.ts';

const NOW = new Date('2026-03-02T10:00:00.400Z');
const seconds = Math.floor(NOW.getTime() / 1000);
const platform = aPlatform();
const params = { iss: platform.issuer, login_hint: 'u', target_link_uri: TOOL };
const login = newLogin(platform, { params, startedAt: null }, NOW);

let keys: { privateKey: CryptoKey; publicKey: CryptoKey };
const asked: string[] = [];
beforeAll(async () => {
  keys = await generateKeyPair('RS256');
});

const claims = (change: JWTPayload = {}): JWTPayload => ({
  iss: platform.issuer,
  aud: platform.clientId,
  sub: 'student-1',
  iat: seconds,
  exp: seconds + 300,
  nonce: login.nonce,
  ...change,
});
const signed = (payload: JWTPayload, header: object = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(keys.privateKey);

function verify(token: string): Promise<JWTPayload> {
  const findKey = async (uri: string, kid: string): Promise<CryptoKey | null> => {
    asked.push(`${uri} ${kid}`);
    return kid === 'k1' ? keys.publicKey : null;
  };
  return verifyIdToken(token, { platform, login: login.record }, findKey, NOW);
}
const accepts = async (change: JWTPayload): Promise<boolean> =>
  verify(await signed(claims(change))).then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(BadLaunch);
      return false;
    },
  );

it('an id_token of this login is taken, and its key looked up at the platform', async () => {
  expect(await verify(await signed(claims()))).toMatchObject({ sub: 'student-1' });
  expect(asked.at(-1)).toBe('https://lms.example/keys k1');
});

describe('clocks may differ by 60 seconds and not by 61 (A16)', () => {
  it.each<[string, JWTPayload, boolean]>([
    ['expired 60 s ago', { iat: seconds - 100, exp: seconds - 60 }, true],
    ['expired 61 s ago', { iat: seconds - 100, exp: seconds - 61 }, false],
    ['issued 60 s from now', { iat: seconds + 60, exp: seconds + 400 }, true],
    ['issued 61 s from now', { iat: seconds + 61, exp: seconds + 400 }, false],
    ['valid from 60 s from now', { nbf: seconds + 60 }, true],
    ['valid from 61 s from now', { nbf: seconds + 61 }, false],
    ['valid since long ago', { nbf: 0 }, true],
    ['issued as long ago as a login may take, and a minute', { iat: seconds - 360 }, true],
    ['issued a second earlier', { iat: seconds - 361 }, false],
    ['with parts of seconds', { iat: seconds - 0.5, exp: seconds + 0.5 }, true],
    ['expiring when it was issued', { exp: seconds }, false],
    ['expiring in the year 9999', { exp: 253_402_300_799 }, true],
  ])('%s', async (_name, change, expected) => {
    expect(await accepts(change)).toBe(expected);
  });
});

describe('who it is for (A7)', () => {
  it.each<[string, JWTPayload, boolean]>([
    ['us in a list', { aud: ['client-1'] }, true],
    ['us, said again by azp', { azp: 'client-1' }, true],
    ['us twice, said again by azp', { aud: ['client-1', 'client-1'], azp: 'client-1' }, true],
    ['us twice', { aud: ['client-1', 'client-1'] }, false],
    ['us and a stranger', { aud: ['client-1', 'x'], azp: 'client-1' }, false],
    ['another', { aud: 'client-2' }, false],
    ['another by azp', { azp: 'client-2' }, false],
    ['nobody', { aud: [] }, false],
    ['null by azp', { azp: null }, false],
  ])('%s', async (_name, change, expected) => {
    expect(await accepts(change)).toBe(expected);
  });
});

it.each([
  {},
  { kid: '' },
  { kid: 'a b' },
  { kid: 'ü' },
  { kid: 'k'.repeat(201) },
  { kid: 7 },
  { alg: 'none' },
  { alg: 'HS256' },
])('a header like %j is refused before any key is looked up', async (header) => {
  const before = asked.length;
  const text = Buffer.from(JSON.stringify({ alg: 'RS256', ...header })).toString('base64url');
  const [, payload, signature] = (await signed(claims())).split('.');
  await expect(verify(`${text}.${payload}.${signature}`)).rejects.toThrow(BadLaunch);
  expect(asked.length).toBe(before);
});

it('no text whatever is taken for a token, and none breaks it', async () => {
  const good = await signed(claims());
  const parts = fc.constantFrom(...good.split('.'), '', 'e30', 'bnVsbA', 'W10');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(parts, parts, parts)
      .map((all) => all.join('.'))
      .filter((one) => one !== good),
    fc
      .tuple(fc.nat(good.length - 1), fc.constantFrom('A', '.', '=', '\u0000'))
      .map(([at, char]) => good.slice(0, at) + char + good.slice(at + 1))
      .filter((one) => one !== good && !sameBits(one, good)),
  );
  await fc.assert(
    fc.asyncProperty(text, async (token) => {
      await expect(verify(token)).rejects.toThrow(BadLaunch);
    }),
    { numRuns: 1_000 },
  );
});

/** The last character of a base64url text has bits that say nothing. */
function sameBits(a: string, b: string): boolean {
  const bytes = (token: string): string =>
    token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('hex'))
      .join('.');
  return bytes(a) === bytes(b);
}
