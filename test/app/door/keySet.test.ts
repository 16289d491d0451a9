import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetKnown } from '../../../src/lti/known.service.ts';
import { proposeDeployment, setPlatformStatus } from '../../../src/lti/platform.store.ts';
import type { Fault } from '../../../src/practice/faults.ts';
import type { MannerHandle } from '../../../src/practice/handle.ts';
import { countIn, launch, sessionCookieOf, type LaunchRequest } from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

/** What the door does while an LMS's key set is slow, gone, broken or hostile (A10 to A13). */

const school = useSchool();
let lms: MannerHandle;
let platforms = 0;
beforeAll(() => {
  lms = school.lms.manners.canvas;
});

interface Connected {
  request: LaunchRequest;
  /** Requests of this platform's own key set so far. */
  fetches(): number;
  fail(fault: Fault): void;
}

/** One more client of the practice LMS, whose key set has an address, and so a cache, of its own. */
async function connected(): Promise<Connected> {
  const [now, { institution, tool, deps }] = [new Date(), school];
  platforms += 1;
  const mark = `set=${platforms}.`;
  const urls = {
    loginUrl: `${tool}/lti/login`,
    launchUrls: [`${tool}/lti/launch`],
    jwksUrl: `${tool}/lti/keys`,
  };
  const { accountName: name, deploymentId, jwksUri, ...settings } = lms.registerTool(urls);
  const manual = { ...settings, family: 'canvas', name, jwksUri: `${jwksUri}?${mark}` };
  const { id } = await deps.lti.registration.addManualPlatform(manual, institution, now);
  await proposeDeployment({ platform: id, deploymentId, institution, status: 'approved' }, now);
  await setPlatformStatus(id, 'active');
  forgetKnown();
  return {
    request: { person: 'student01', course: 'advisory', clientId: settings.clientId },
    fetches: () => lms.requests.filter(({ path }) => path.includes(mark)).length,
    fail: (fault) => lms.failNext({ path: mark, ...fault }),
  };
}

const forged = (request: LaunchRequest, kid: string): LaunchRequest => ({
  ...request,
  overrides: (_claims, header) => {
    header.header = { kid };
  },
});

const jwk = (key: { export(options: { format: 'jwk' }): JsonWebKey }, change: object = {}): object => ({
  ...key.export({ format: 'jwk' }),
  kid: current().kid,
  alg: 'RS256',
  use: 'sig',
  ...change,
});
const current = (): { kid: string } => lms.publicKeys().at(-1) as { kid: string };
const json = (body: unknown): Fault => ({ status: 200, body });

const faults: [string, () => Fault][] = [
  ['hangs', () => ({ delayMs: 20_000 })],
  ['is slow and then fails', () => ({ delayMs: 1_000, status: 502 })],
  ['answers 500', () => ({ status: 500 })],
  ['answers 404', () => ({ status: 404 })],
  ['answers 401', () => ({ status: 401 })],
  ['is a page for people', () => ({ status: 200, contentType: 'text/html', body: '<html>Sign in</html>' })],
  ['is empty', () => ({ status: 200, body: '' })],
  ['is half of it', () => ({ status: 200, body: JSON.stringify({ keys: lms.publicKeys() }).slice(0, -20) })],
  ['has 10 MB', () => ({ status: 200, body: `{"keys":["${'x'.repeat(10_000_000)}"]}` })],
  ['redirects', () => ({ status: 302, headers: { location: `${lms.issuer}/evil-keys` } })],
  ['is cut', () => ({ cut: 'before' })],
  [
    'is packed',
    () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: { keys: lms.publicKeys() } }),
  ],
  ['is a list', () => json(lms.publicKeys())],
  ['is null', () => json(null)],
  ['has no keys', () => json({})],
  ['has no list of keys', () => json({ keys: { 0: current() } })],
  ['has an empty list', () => json({ keys: [] })],
  ['has a thousand keys', () => json({ keys: Array.from({ length: 1_000 }, () => current()) })],
  ['has the kid twice', () => json({ keys: [current(), current()] })],
  [
    'has another key under the same kid',
    () => json({ keys: [current(), jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)] }),
  ],
  [
    'has a shared secret',
    () => json({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: current().kid, alg: 'RS256' }] }),
  ],
  [
    'has a key of 512 bits',
    () => json({ keys: [jwk(generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey)] }),
  ],
  [
    'has a key of 1,024 bits',
    () => json({ keys: [jwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)] }),
  ],
  ['has the exponent 1', () => json({ keys: [{ ...current(), e: 'AQ' }] })],
  [
    'has an elliptic key',
    () => json({ keys: [jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)] }),
  ],
  ['has a key for something else', () => json({ keys: [{ ...current(), use: 'enc' }] })],
  ['has a key for another algorithm', () => json({ keys: [{ ...current(), alg: 'RS512' }] })],
  [
    'has a key that is no key',
    () => json({ keys: [null, 7, 'x', [], { kty: 'RSA', kid: current().kid, n: {}, e: 7 }] }),
  ],
];

describe('a key set that', () => {
  const done = new Map<
    string,
    { status: number; ms: number; again: number; fetches: number; session: boolean }
  >();

  beforeAll(async () => {
    const made: { name: string; fault: () => Fault; client: Connected }[] = [];
    for (const [name, fault] of faults) made.push({ name, fault, client: await connected() });
    const one = async ({ name, fault, client }: (typeof made)[number]): Promise<void> => {
      client.fail(fault());
      const start = performance.now();
      const response = await launch(school, lms, client.request);
      const ms = performance.now() - start;
      const again = await launch(school, lms, client.request);
      const session = (sessionCookieOf(response) ?? sessionCookieOf(again)) !== undefined;
      done.set(name, {
        status: response.status,
        ms,
        again: again.status,
        fetches: client.fetches(),
        session,
      });
    };
    await Promise.all(made.map(one));
  }, 30_000);

  it.each(faults.map(([name]) => name))('%s: 503 within five seconds, and no second request soon', (name) => {
    const { ms, fetches, ...rest } = done.get(name) ?? { ms: Infinity, fetches: Infinity };
    expect(rest).toEqual({ status: 503, again: 503, session: false });
    expect(ms).toBeLessThan(5_000);
    expect(fetches).toBeLessThanOrEqual(1);
  });

  it('was never followed to another address', () => {
    expect(lms.requests.filter(({ path }) => path.includes('evil'))).toEqual([]);
  });
});

describe('keys that were seen before', () => {
  it('serve on while the key set is down, and nobody asks for it again', async () => {
    const client = await connected();
    expect((await launch(school, lms, client.request)).status).toBe(303);
    client.fail({ status: 500, times: 5 });
    expect((await launch(school, lms, forged(client.request, 'new'))).status).toBe(503);
    expect((await launch(school, lms, client.request)).status).toBe(303);
    expect((await launch(school, lms, forged(client.request, 'newer'))).status).toBe(503);
    expect(client.fetches()).toBe(2);
  });

  it('serve on when the LMS publishes a set without a usable key', async () => {
    const client = await connected();
    expect((await launch(school, lms, client.request)).status).toBe(303);
    client.fail(json({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'new' }] }));
    expect((await launch(school, lms, forged(client.request, 'new'))).status).toBe(503);
    expect((await launch(school, lms, client.request)).status).toBe(303);
  });

  it('one broken key costs the others nothing', async () => {
    const client = await connected();
    client.fail(json({ keys: [{ kty: 'RSA', kid: 'broken', n: '%%%', e: {} }, null, ...lms.publicKeys()] }));
    expect((await launch(school, lms, client.request)).status).toBe(303);
    expect(client.fetches()).toBe(1);
  });
});

describe('an unknown key', () => {
  it('that the LMS made a moment ago opens its first launch (A13)', async () => {
    const client = await connected();
    expect((await launch(school, lms, client.request)).status).toBe(303);
    await lms.rotateKeys();
    expect((await launch(school, lms, client.request)).status).toBe(303);
    expect(client.fetches()).toBe(2);
  });

  it('asks the LMS at most once more, however many tokens are forged (A10, A11)', async () => {
    const client = await connected();
    const sessions = await countIn('sessions');
    const rounds = process.env['LONG'] === '1' ? 40 : 4;
    for (let round = 0; round < rounds; round += 1) {
      const tokens = Array.from({ length: 25 }, (_, index) => forged(client.request, `k${round}-${index}`));
      const answers = await Promise.all(tokens.map((token) => launch(school, lms, token)));
      expect(answers.every(({ status }) => status === 401)).toBe(true);
    }
    expect(client.fetches()).toBeLessThanOrEqual(2);
    expect(await countIn('sessions')).toBe(sessions);
    expect((await launch(school, lms, client.request)).status).toBe(303);
  }, 120_000);
});
