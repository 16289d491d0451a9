import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetKnown } from '../../../src/lti/known.service.ts';
import { claim } from '../../../src/practice/uris.ts';
import type { MannerHandle } from '../../../src/practice/handle.ts';
import {
  countIn,
  countStored,
  launch,
  postForm,
  postLaunch,
  rostersAreIn,
  sessionCookieOf,
  startLogin,
  tokenFor,
  WARM,
  type LaunchRequest,
} from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

/** Requests that no LMS sends: below 500, nothing stored, and the process lives (D1 to D3, D12 to D14). */

const school = useSchool();
const student: LaunchRequest = { person: 'student01', course: 'advisory' };
let lms: MannerHandle;
let stored: Record<string, number>;
let params: Record<string, string>;

beforeAll(async () => {
  lms = school.lms.manners.canvas;
  await launch(school, lms, student);
  await rostersAreIn();
  params = lms.loginParams(student).params;
  stored = await countStored();
});

async function expectUnharmed(): Promise<void> {
  expect(await countStored()).toEqual(stored);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((await fetch(`${school.tool}/livez`)).status).toBe(200);
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' };
const send = (
  path: string,
  body: string | Buffer | FormData,
  headers: Record<string, string> = formType,
): Promise<Response> => fetch(school.tool + path, { method: 'POST', body, headers, redirect: 'manual' });
const MB10 = 'x'.repeat(10_000_000);

describe('a body that is none of ours', () => {
  const multipart = (): FormData => {
    const form = new FormData();
    form.set('state', 'x');
    form.set('id_token', new Blob(['x'.repeat(1_000_000)]), '../../etc/passwd');
    return form;
  };
  const bodies: [string, number, () => Promise<Response>][] = [
    ['curl -d "state=a b"', 400, () => send('/lti/launch', 'state=a b')],
    ['nothing', 400, () => send('/lti/launch', '')],
    [
      'JSON',
      400,
      () =>
        send('/lti/launch', '{"state":{"$ne":1},"id_token":{"$gt":""}}', {
          'content-type': 'application/json',
        }),
    ],
    ['broken JSON', 400, () => send('/lti/launch', '{"', { 'content-type': 'application/json' })],
    [
      'deep JSON',
      400,
      () => send('/lti/launch', '['.repeat(100_000), { 'content-type': 'application/json' }),
    ],
    [
      'XML',
      400,
      () =>
        send('/lti/launch', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', {
          'content-type': 'text/xml',
        }),
    ],
    ['multipart', 400, () => send('/lti/launch', multipart(), {})],
    [
      'multipart without an end',
      400,
      () =>
        send('/lti/launch', '--x\r\nContent-Disposition: form-data; name="state"\r\n\r\nx', {
          'content-type': 'multipart/form-data; boundary=x',
        }),
    ],
    ['plain text', 400, () => send('/lti/launch', 'state=x&id_token=y', { 'content-type': 'text/plain' })],
    ['10 MB of form', 413, () => send('/lti/launch', `state=x&id_token=${MB10}`)],
    ['10 MB of JSON', 400, () => send('/lti/launch', MB10, { 'content-type': 'application/json' })],
    ['10 MB of login', 413, () => send('/lti/login', `iss=${MB10}`)],
    [
      'a form that unpacks to 50 MB',
      413,
      () =>
        send('/lti/launch', gzipSync(Buffer.alloc(50_000_000, 'x')), {
          ...formType,
          'content-encoding': 'gzip',
        }),
    ],
    [
      'a form said to be packed',
      400,
      () => send('/lti/launch', 'state=x', { ...formType, 'content-encoding': 'gzip' }),
    ],
    [
      'a form packed in a way we do not know',
      400,
      () => send('/lti/launch', 'state=x', { ...formType, 'content-encoding': 'zstd, x' }),
    ],
    [
      'an unknown letter set',
      400,
      () =>
        send('/lti/launch', 'state=x', {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-16',
        }),
    ],
    [
      '10,000 parameters',
      413,
      () => send('/lti/launch', Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&')),
    ],
    ['10,000 times the same parameter', 413, () => send('/lti/login', 'iss=x&'.repeat(10_000))],
    ['900 states', 400, () => send('/lti/launch', 'state=x&'.repeat(900))],
    [
      'names of JavaScript',
      400,
      () =>
        send(
          '/lti/launch',
          '__proto__=x&__proto__[polluted]=1&constructor[prototype][polluted]=1&hasOwnProperty=1&toString=1',
        ),
    ],
    ['broken percents', 401, () => send('/lti/launch', 'state=%&id_token=%zz&%=%')],
    ['only separators', 400, () => send('/lti/launch', '&&&===&&')],
    ['operators', 400, () => send('/lti/launch', 'state[$ne]=x&id_token[$gt]=&state[$where]=sleep(1000)')],
    [
      'view options',
      400,
      () =>
        send(
          '/lti/launch',
          'settings[view options][client]=1&settings[view options][escapeFunction]=1&cache=false&delimiter=x',
        ),
    ],
  ];

  it.each(bodies)('%s → %i', async (_name, status, post) => {
    const response = await post();
    expect(response.status).toBe(status);
    expect(sessionCookieOf(response)).toBeUndefined();
    const text = await response.text();
    expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+|SyntaxError|etc\/passwd/);
    await expectUnharmed();
  });
});

describe('a login that is none (A14, D1, D2)', () => {
  const query = (change: Record<string, string | undefined>): string => {
    const all = Object.entries({ ...params, ...change }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    return new URLSearchParams(all).toString();
  };
  const iss = (): string => params['iss'] ?? '';
  const logins: [string, () => string][] = [
    ['nothing', () => ''],
    ['iss[$ne]', () => `${query({ iss: undefined })}&iss[$ne]=x`],
    ['iss[$regex]', () => `${query({ iss: undefined })}&iss[$regex]=.*`],
    ['iss twice', () => `${query({})}&iss=${encodeURIComponent(iss())}`],
    ['client_id twice', () => `${query({})}&client_id=x`],
    ['login_hint twice', () => `${query({})}&login_hint=x`],
    ['no iss', () => query({ iss: undefined })],
    ['no login_hint', () => query({ login_hint: undefined })],
    ['no target', () => query({ target_link_uri: undefined })],
    ['an unknown iss', () => query({ iss: 'https://unknown.example' })],
    ['iss with a slash', () => query({ iss: `${iss()}/` })],
    ['iss in capitals', () => query({ iss: iss().toUpperCase() })],
    ['iss with https', () => query({ iss: iss().replace('http:', 'https:') })],
    ['iss with a blank', () => query({ iss: `${iss()} ` })],
    ['iss with NUL', () => query({ iss: `${iss()}\u0000` })],
    ['iss of 10 KB', () => query({ iss: 'x'.repeat(10_000) })],
    ['an unknown client', () => query({ client_id: 'unknown' })],
    ['another LMS’s client', () => query({ client_id: school.lms.manners.moodle.tools().at(-1)?.clientId })],
    ['a client that is a pattern', () => query({ client_id: '.*' })],
    ['a hint of 10 KB', () => query({ login_hint: 'x'.repeat(10_000) })],
    ['a hint with NUL', () => query({ login_hint: 'a\u0000b' })],
    ['a target of 10 KB', () => query({ target_link_uri: 'x'.repeat(10_000) })],
    ['names of JavaScript', () => '__proto__[iss]=x&constructor=x'],
  ];

  it.each(logins)('%s → 400, asked either way', async (_name, ask) => {
    const before = await countIn('logins');
    const get = await fetch(`${school.tool}/lti/login?${ask()}`, { redirect: 'manual' });
    const post = await send('/lti/login', ask());
    expect([get.status, post.status]).toEqual([400, 400]);
    expect([...get.headers.getSetCookie(), ...post.headers.getSetCookie()]).toEqual([]);
    expect(await get.text()).not.toContain('unknown.example');
    expect(await countIn('logins')).toBe(before);
  });

  it('two clients of one LMS and no client_id: no guess', async () => {
    const urls = {
      loginUrl: `${school.tool}/lti/login`,
      launchUrls: [`${school.tool}/lti/launch`],
      jwksUrl: `${school.tool}/lti/keys`,
    };
    const moodle = school.lms.manners.moodle;
    const without = { iss: moodle.issuer, login_hint: '1', target_link_uri: school.tool, client_id: '' };
    expect((await postForm(`${school.tool}/lti/login`, without, { cookie: WARM })).status).toBe(302);
    const { accountName: name, deploymentId: _none, ...settings } = moodle.registerTool(urls);
    await school.deps.lti.registration.addManualPlatform(
      { ...settings, family: 'moodle', name },
      school.institution,
      new Date(),
    );
    const { client_id: _empty, ...nobody } = without;
    forgetKnown();
    expect((await postForm(`${school.tool}/lti/login`, nobody)).status).toBe(400);
    // Registered, but approved by nobody.
    expect(
      (await postForm(`${school.tool}/lti/login`, { ...nobody, client_id: settings.clientId })).status,
    ).toBe(400);
  });

  it('parameters we do not know go no further (A23)', async () => {
    const evil = {
      redirect_uri: 'https://evil.example/',
      state: 'mine',
      nonce: 'mine',
      scope: 'admin',
      prompt: 'consent',
      response_mode: 'query',
      canvas_region: 'x',
    };
    const response = await postForm(`${school.tool}/lti/login`, { ...params, ...evil }, { cookie: WARM });
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin).toBe(new URL(lms.issuer).origin);
    expect([...location.searchParams.keys()].toSorted()).toEqual([
      'client_id',
      'login_hint',
      'lti_message_hint',
      'nonce',
      'prompt',
      'redirect_uri',
      'response_mode',
      'response_type',
      'scope',
      'state',
    ]);
    expect(location.href).not.toMatch(/evil|mine|admin|consent|canvas_region/);
    expect(location.searchParams.get('redirect_uri')).toBe(`${school.tool}/lti/launch`);
  });

  it('and a hint comes back to the LMS exactly as it was', async () => {
    const hint = 'a b&c=d#e%20"<>+ü\r\nSet-Cookie: x=1';
    const response = await postForm(
      `${school.tool}/lti/login`,
      { ...params, lti_message_hint: hint },
      { cookie: WARM },
    );
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('lti_message_hint')).toBe(hint);
    expect(response.headers.getSetCookie().join()).not.toContain('x=1');
  });
});

/** Writes bytes to the tool as they are, and gives back what it answered until it hung up or fell silent. */
function raw(text: string): Promise<string> {
  const { port } = new URL(school.tool) as unknown as AddressInfo;
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), 'localhost', () => socket.end(text));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
    socket.setTimeout(3_000, () => socket.destroy());
  });
}
const status = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

describe('bytes that are hardly HTTP (D3, D6)', () => {
  beforeAll(async () => {
    stored = await countStored();
  });
  const requests: [string, string][] = [
    ['a path with another host', 'GET //evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    [
      'a path with another host and a file',
      'GET //evil.example/%2f..%2f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    ['a path with backslashes', 'GET /\\evil.example\\ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    [
      'an address as the path',
      'GET http://evil.example/lti/launch HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    [
      'a path that climbs',
      'GET /assets/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    [
      'another host',
      'GET /lti/login HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n',
    ],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a method nobody knows', 'PWN / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a proxy request', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'trace',
      'TRACE /lti/login HTTP/1.1\r\nHost: x\r\nCookie: __Host-waymark=secret\r\nConnection: close\r\n\r\n',
    ],
    ['no protocol', 'hello\r\n\r\n'],
    [
      'two lengths',
      'POST /lti/launch HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST /lti/launch HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    ['hidden chunks', 'POST /lti/launch HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    [
      'broken chunks',
      'POST /lti/launch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
    ],
    ['a negative length', 'POST /lti/launch HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    [
      'a body that stops',
      'POST /lti/launch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nstate=x',
    ],
    ['a header with NUL', 'GET / HTTP/1.1\r\nHost: x\r\nCookie: a\u0000b\r\n\r\n'],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: x\r\nCookie: a\r\n b=c\r\n\r\n'],
    [
      '10,000 headers',
      `GET / HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 10_000 }, (_, index) => `X-${index}: 1`).join('\r\n')}\r\n\r\n`,
    ],
    ['one header of 100 KB', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['a path of 100 KB', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    [
      'a thousand cookies',
      `GET /plan HTTP/1.1\r\nHost: x\r\nCookie: ${Array.from({ length: 1_000 }, () => '__Host-waymark=x')
        .join('; ')
        .slice(0, 12_000)}\r\nConnection: close\r\n\r\n`,
    ],
  ];

  it.each(requests)('%s', async (_name, text) => {
    const answer = await raw(text);
    expect(status(answer)).toBeLessThan(500);
    expect(answer).not.toMatch(/location:|root:|evil\.example|smuggled|secret|node_modules/i);
    expect(answer.match(/HTTP\/1\.1 200/g) ?? []).toHaveLength(0);
    await expectUnharmed();
  });
});

describe('anything at all', () => {
  const runs = process.env['LONG'] === '1' ? 1_000 : 120;
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '',
      '$ne',
      '__proto__',
      '\u0000',
      '../..',
      '<script>',
      'null',
      '9'.repeat(30),
      "' OR 1=1",
      '{"$gt":""}',
    ),
  );
  const name = fc.oneof(
    fc.constantFrom(
      'state',
      'id_token',
      'proof',
      'error',
      'iss',
      'login_hint',
      'target_link_uri',
      'client_id',
      'lti_message_hint',
      'lti_storage_target',
      '_csrf',
      '_key',
      'code',
      'iss[$ne]',
      '__proto__',
    ),
    odd,
  );
  const fields = fc.array(fc.tuple(name, odd), { maxLength: 12 });
  const path = fc.constantFrom(
    '/lti/launch',
    '/lti/login',
    '/lti/continue',
    '/lti/register',
    '/sign-out',
    '/plan/submit',
  );

  it('posted or asked is answered below 500', async () => {
    const form = (list: [string, string][]): URLSearchParams =>
      new URLSearchParams(
        list.map(([key, value]): [string, string] => [key.toWellFormed(), value.toWellFormed()]),
      );
    await fc.assert(
      fc.asyncProperty(path, fields, async (where, list) => {
        const post = await fetch(school.tool + where, {
          method: 'POST',
          body: form(list),
          headers: { origin: school.tool },
          redirect: 'manual',
        });
        const get = await fetch(`${school.tool}${where}?${form(list).toString()}`, { redirect: 'manual' });
        await Promise.all([post.arrayBuffer(), get.arrayBuffer()]);
        expect(Math.max(post.status, get.status)).toBeLessThan(500);
        expect(sessionCookieOf(post)).toBeUndefined();
      }),
      { numRuns: runs },
    );
    await expectUnharmed();
  }, 120_000);

  const names = fc.constantFrom(
    ...Object.values(claim),
    'sub',
    'name',
    'email',
    'locale',
    'given_name',
    'aud',
    'azp',
    'nonce',
    'iss',
    'exp',
    'iat',
    'nbf',
  );
  it('signed by the LMS is answered below 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(names, fc.jsonValue({ maxDepth: 4 })), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const response = await launch(school, lms, {
            ...student,
            overrides: (claims) => void Object.assign(claims, Object.fromEntries(changes)),
          });
          await response.arrayBuffer();
          expect([303, 400, 401, 403]).toContain(response.status);
        },
      ),
      { numRuns: runs },
    );
  }, 120_000);

  it('and a good launch still works', async () => {
    const login = await startLogin(lms, student);
    const response = await postLaunch(school, await tokenFor(lms, student, login), login.cookie);
    expect(response.status).toBe(303);
  });
});
