import express, { Router } from 'express';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp, declarations } from '../../../src/app.ts';
import type { MannerHandle } from '../../../src/practice/handle.ts';
import { assertAllDeclared, mountRoutes } from '../../../src/web/mount.ts';
import { route, type Declaration } from '../../../src/web/route.ts';
import {
  countIn,
  findIn,
  launch,
  postForm,
  sessionCookieOf,
  startLogin,
  tokenFor,
  postLaunch,
} from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

/** What browsers are told with every answer (quality.md C2 to C5, C8 to C10), and who may be mounted at all. */

let ahead = 0;
const school = useSchool({ clock: () => new Date(Date.now() + ahead) });
let lms: MannerHandle;
let cookie: string;
let csrf: string;
let stranger: string;

const signedIn = async (person: string, manner: 'canvas' | 'moodle' = 'canvas'): Promise<string> =>
  sessionCookieOf(await launch(school, school.lms.manners[manner], { person, course: 'advisory' })) ?? '';
const tokenOf = async (session: string): Promise<string> => {
  const html = await (await get('/help', { cookie: session })).text();
  return /name="csrf-token" content="([^"]+)"/.exec(html)?.[1] ?? '';
};
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(school.tool + path, { headers, redirect: 'manual' });

beforeAll(async () => {
  lms = school.lms.manners.canvas;
  cookie = await signedIn('student01');
  csrf = await tokenOf(cookie);
  stranger = await tokenOf(await signedIn('student02'));
});
beforeEach(() => {
  ahead = 0;
});

const ID = 'a'.repeat(24);
/** Every declared route with an id in place of its parameters. */
const all = (method: 'get' | 'post'): Declaration[] =>
  declarations(school.deps).filter((one) => one.method === method);
const pathOf = ({ path }: Declaration): string => path.replaceAll(/:\w+/g, ID);
const routes = (method: 'get' | 'post'): string[] => all(method).map(pathOf);
/** A status with the route it is of, so that a failure says which. */
const told = (path: string, { status }: Response): string => `${path} ${status}`;

function expectRules(response: Response, ancestors?: string): void {
  const headers = response.headers;
  const csp = headers.get('content-security-policy') ?? '';
  const parts = new Map(
    csp.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
  );
  expect(parts.get('default-src')).toBe("'none'");
  expect(parts.get('script-src')).toBe("'self'");
  expect(parts.get('style-src')).toBe("'self'");
  expect(parts.get('base-uri')).toBe("'none'");
  expect(parts.get('object-src')).toBe("'none'");
  expect(parts.get('form-action')).toMatch(/^'self'/);
  expect(parts.get('report-to')).toBe('csp');
  expect(csp).not.toMatch(/unsafe-|nonce-|strict-dynamic/);
  expect(parts.get('frame-ancestors')).toBeDefined();
  expect(parts.get('frame-ancestors')).toBe(ancestors ?? parts.get('frame-ancestors'));
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('cache-control')).toMatch(/no-store|public/);
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('access-control-allow-credentials')).toBeNull();
  expect(headers.get('x-frame-options')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('permissions-policy')).toContain('camera=()');
  expect(headers.get('etag')).toBeNull();
  for (const line of headers.getSetCookie()) {
    expect(line).toMatch(/^__Host-/);
    for (const flag of ['Secure', 'HttpOnly', 'SameSite=None', 'Partitioned', 'Path=/'])
      expect(line.split('; ')).toContain(flag);
    expect(line).not.toMatch(/domain=/i);
  }
}

describe('every answer carries the browser rules', () => {
  it('every declared GET, signed in and not', async () => {
    const own = new URL(lms.issuer).origin;
    for (const path of routes('get')) {
      const anonymous = await get(path);
      expectRules(anonymous);
      expect(told(path, anonymous)).not.toMatch(/ 5\d\d$/);
      const inside = await get(path, { cookie });
      expect(told(path, inside)).not.toMatch(/ 5\d\d$/);
      expectRules(inside, path.startsWith('/lti/') ? undefined : own);
      const kept = path === '/lti/keys' ? 'public, max-age=300' : 'no-store';
      expect(inside.headers.get('cache-control')).toBe(kept);
    }
  });

  it('every declared POST without anything, signed in and not', async () => {
    for (const path of routes('post').filter((one) => one !== '/csp-report'))
      for (const headers of [{}, { cookie }, { cookie, origin: school.tool }]) {
        const response = await postForm(school.tool + path, {}, headers);
        expectRules(response);
        expect(told(path, response)).toMatch(/ 4\d\d$/);
      }
  });

  it.each([
    '/nothing-here',
    '/%',
    '/%00',
    '/assets/nothing.js',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/',
    '/.env',
    '/lti/login',
    '/lti/login?iss[$ne]=x',
    '/lti/launch',
    '//evil.example/',
    '/plan/',
    '/PLAN',
  ])('a page that is not there: %s', async (path) => {
    const response = await get(path);
    expectRules(response, path.startsWith('/assets/') && response.status < 400 ? undefined : '*');
    expect([400, 404]).toContain(response.status);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).not.toContain('evil.example');
  });

  it.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('any other method: %s', async (method) => {
    for (const path of ['/', '/plan', '/lti/login', '/lti/launch', '/nothing']) {
      const response = await fetch(school.tool + path, {
        method,
        headers: { cookie, origin: 'https://evil.example', 'access-control-request-method': 'POST' },
        redirect: 'manual',
      });
      expectRules(response);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get('access-control-allow-methods')).toBeNull();
    }
  });

  it('assets', async () => {
    const html = await (await get('/help')).text();
    const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(1);
    for (const path of assets) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expectRules(response, "'none'");
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it('the steps of a launch, its cookies, and its errors', async () => {
    const request = { person: 'student03', course: 'advisory' };
    const cold = await startLogin(lms, request, {});
    expectRules(cold.response);
    expect(cold.response.headers.getSetCookie()).toHaveLength(1);
    const login = await startLogin(lms, request);
    expectRules(login.response);
    const form = await tokenFor(lms, request, login);
    const arrived = await postLaunch(school, form, login.cookie);
    expect(arrived.headers.getSetCookie().filter((line) => line.startsWith('__Host-waymark='))).toHaveLength(
      1,
    );
    expectRules(arrived, new URL(lms.issuer).origin);
    const replayed = await postLaunch(school, form, login.cookie);
    expectRules(replayed, '*');
    expect(replayed.headers.get('x-reference')).toMatch(/^[0-9A-F]{8}$/);
  });

  it('a page of one LMS’s session is not framed by another’s (C4)', async () => {
    const response = await get('/help', { cookie: await signedIn('student01', 'moodle') });
    const [session] = await findIn('sessions', { frameAncestors: { $exists: true } });
    expect(session?.['frameAncestors']).toEqual([new URL(lms.issuer).origin]);
    expectRules(response, new URL(school.lms.manners.moodle.issuer).origin);
  });
});

describe('a post that is not from our own page is refused (C2)', () => {
  const own = (): Record<string, string> => ({
    cookie,
    origin: school.tool,
    'sec-fetch-site': 'same-origin',
  });
  const form = (token: string | null): string =>
    new URLSearchParams({ ...(token === null ? {} : { _csrf: token }), _key: 'k'.repeat(20) }).toString();
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
  const forms = (): Declaration[] => all('post').filter((one) => (one.protection ?? 'form') === 'form');

  const attacks: [string, () => { headers: Record<string, string>; body: string | FormData }][] = [
    ['without a token', () => ({ headers: { ...own(), ...urlencoded }, body: form(null) })],
    ['with an empty token', () => ({ headers: { ...own(), ...urlencoded }, body: form('') })],
    ['with another session’s token', () => ({ headers: { ...own(), ...urlencoded }, body: form(stranger) })],
    [
      'with another session’s token in the header',
      () => ({ headers: { ...own(), ...urlencoded, 'x-csrf-token': stranger }, body: form(csrf) }),
    ],
    [
      'with two tokens',
      () => ({ headers: { ...own(), ...urlencoded }, body: `${form(csrf)}&_csrf=${csrf}` }),
    ],
    ['as plain text', () => ({ headers: { ...own(), 'content-type': 'text/plain' }, body: form(csrf) })],
    [
      'as JSON',
      () => ({
        headers: { ...own(), 'content-type': 'application/json' },
        body: JSON.stringify({ _csrf: csrf }),
      }),
    ],
    [
      'as multipart',
      () => {
        const body = new FormData();
        body.set('_csrf', csrf);
        return { headers: own(), body };
      },
    ],
    ['without a content type', () => ({ headers: { ...own(), 'content-type': '' }, body: form(csrf) })],
    [
      'from another origin',
      () => ({ headers: { cookie, ...urlencoded, origin: 'https://evil.example' }, body: form(csrf) }),
    ],
    [
      'from the LMS',
      () => ({ headers: { cookie, ...urlencoded, origin: new URL(lms.issuer).origin }, body: form(csrf) }),
    ],
    [
      'from an origin that begins like ours',
      () => ({ headers: { cookie, ...urlencoded, origin: `${school.tool}.evil.example` }, body: form(csrf) }),
    ],
    [
      'from the null origin',
      () => ({ headers: { cookie, ...urlencoded, origin: 'null' }, body: form(csrf) }),
    ],
    ['from nowhere', () => ({ headers: { cookie, ...urlencoded }, body: form(csrf) })],
    [
      'across sites',
      () => ({ headers: { ...own(), ...urlencoded, 'sec-fetch-site': 'cross-site' }, body: form(csrf) }),
    ],
    [
      'from a sibling site',
      () => ({ headers: { ...own(), ...urlencoded, 'sec-fetch-site': 'same-site' }, body: form(csrf) }),
    ],
    [
      'typed into the address bar',
      () => ({ headers: { ...own(), ...urlencoded, 'sec-fetch-site': 'none' }, body: form(csrf) }),
    ],
  ];

  // A form that takes a file is sent as multipart; what it refuses is in test/app/portfolio/upload.test.ts.
  const reads = (one: Declaration, name: string): boolean => name === 'as multipart' && Boolean(one.upload);

  it.each(attacks)('%s: 403 on every form of the product', async (name, attack) => {
    const events = await countIn('auditEvents');
    for (const one of forms().filter((other) => !reads(other, name))) {
      const response = await fetch(school.tool + pathOf(one), {
        method: 'POST',
        redirect: 'manual',
        ...attack(),
      });
      expect(told(one.path, response)).toBe(`${one.path} 403`);
    }
    expect(forms().length).toBeGreaterThan(5);
    expect(await countIn('auditEvents')).toBe(events);
  });

  it('also as a method override or with the token in the address', async () => {
    for (const one of forms()) {
      const path = `${pathOf(one)}?_csrf=${csrf}&_method=POST`;
      expect(
        (
          await fetch(school.tool + path, {
            method: 'POST',
            headers: { ...own(), 'x-http-method-override': 'POST' },
            redirect: 'manual',
          })
        ).status,
      ).toBe(403);
      expect((await get(path, { ...own(), 'x-http-method-override': 'POST' })).status).toBeLessThan(500);
    }
  });

  it('signed out: 401, and what was typed is shown back', async () => {
    const response = await postForm(
      `${school.tool}/sign-out`,
      { words: 'what I wrote <b>' },
      { origin: school.tool },
    );
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('what I wrote &lt;b&gt;');
  });

  it('an older tab keeps its words when somebody else launched meanwhile', async () => {
    const response = await postForm(
      `${school.tool}/sign-out`,
      { _csrf: stranger, words: 'what I wrote' },
      own(),
    );
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('what I wrote');
  });
});

describe('a session ends (C9)', () => {
  const works = async (session: string): Promise<boolean> =>
    (await get('/welcome', { cookie: session })).status === 200;

  it('after half an hour without use', async () => {
    const session = await signedIn('student04');
    ahead = 29 * 60_000;
    expect(await works(session)).toBe(true);
    ahead += 30 * 60_000 + 1_000;
    expect(await works(session)).toBe(false);
  });

  it('after twelve hours, however much it is used', async () => {
    const busy = await signedIn('student05');
    for (let minutes = 20; minutes <= 12 * 60; minutes += 20) {
      ahead = minutes * 60_000 - 5_000;
      expect(await works(busy)).toBe(true);
    }
    ahead = 12 * 60 * 60_000 + 1_000;
    expect(await works(busy)).toBe(false);
  });

  it('at the word of its person, and browsers forget what they kept of it', async () => {
    const session = await signedIn('student06');
    const headers = { cookie: session, origin: school.tool };
    const response = await postForm(
      `${school.tool}/sign-out`,
      { _csrf: await tokenOf(session), _key: 'k'.repeat(20) },
      headers,
    );
    expect(response.status).toBe(303);
    expect(response.headers.get('clear-site-data')).toContain('"cache"');
    expect(response.headers.getSetCookie().some((line) => /^__Host-waymark=;.*1970/.test(line))).toBe(true);
    expectRules(response);
    expect(await works(session)).toBe(false);
  });

  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(5_000), '%00', '{"$ne":null}', '../../x'])(
    'and a token that is none opens nothing (%#)',
    async (token) => {
      expect((await get('/welcome', { cookie: `__Host-waymark=${token}` })).status).toBe(401);
    },
  );
});

describe('nothing is mounted that nobody decided about', () => {
  const settings = { publicOrigin: 'https://waymark.example', clock: () => new Date() };
  const base = { who: { of: 'self' }, changes: [], handle: () => {} } as const;
  const mount =
    (...list: Declaration[]) =>
    () =>
      mountRoutes(list, settings);

  it('a route without a declaration stops the start, however deep it hides', () => {
    const app = createApp(school.deps);
    expect(() => assertAllDeclared(app)).not.toThrow();
    app.get('/open', (_req, res) => void res.send('x'));
    expect(() => assertAllDeclared(app)).toThrow('/open');

    const inner = Router().post('/deep', (_req, res) => void res.send('x'));
    const nested = express().use('/a', Router().use('/b', Router().use(inner)));
    expect(() => assertAllDeclared(nested)).toThrow('/deep');

    const doubled = express().use(mountRoutes([route({ method: 'get', path: '/x', ...base })], settings));
    expect(() => assertAllDeclared(doubled)).not.toThrow();
  });

  it('a GET that declares changes refuses', () => {
    expect(mount(route({ method: 'get', path: '/x', ...base, changes: ['goal.changed'] }))).toThrow(
      'a GET changes nothing',
    );
  });

  it('the same route twice refuses', () => {
    const one = route({ method: 'get', path: '/x', ...base });
    expect(mount(one, one)).toThrow('declared twice');
  });

  it('a post by anyone without a protection of its own refuses', () => {
    const post = {
      method: 'post',
      path: '/x',
      form: z.strictObject({}),
      changes: [],
      handle: () => {},
    } as const;
    expect(mount(route({ ...post, who: { of: 'anyone' } }))).toThrow('how it is protected');
    expect(mount(route({ ...post, who: { of: 'anyone' }, protection: 'form' }))).toThrow(
      'how it is protected',
    );
    expect(mount(route({ ...post, who: { of: 'anyone' }, protection: 'own-secret' }))).not.toThrow();
  });

  it.each(['lti', 'own-secret'] as const)(
    'a post in a session that would pass without its token (%s) refuses',
    (protection) => {
      const post = { method: 'post', path: '/x', changes: [], handle: () => {} } as const;
      expect(mount(route({ ...post, who: { of: 'self' }, protection }))).toThrow('form token');
      expect(mount(route({ ...post, who: { of: 'administrator' }, protection }))).toThrow('form token');
    },
  );

  it('every post of the product that needs no form token is one of the door’s', () => {
    const open = all('post').filter((one) => (one.protection ?? 'form') !== 'form');
    expect(open.map(({ path }) => path).toSorted()).toEqual([
      '/csp-report',
      '/lti/continue',
      '/lti/launch',
      '/lti/login',
      '/lti/register',
    ]);
  });
});
