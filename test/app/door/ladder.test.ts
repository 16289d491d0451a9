import { beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/shared/crypto.ts';
import type { MannerHandle } from '../../../src/practice/handle.ts';
import {
  cookiesOf,
  countIn,
  postForm,
  postLaunch,
  sessionCookieOf,
  startLogin,
  tokenFor,
  WARM,
  type Fields,
  type LaunchRequest,
  type StartedLogin,
} from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

/** Browsers that keep no cookies in a frame: the steps of architecture.md, "Without cookies". */

let ahead = 0;
const school = useSchool({ clock: () => new Date(Date.now() + ahead) });
const request: LaunchRequest = { person: 'student01', course: 'advisory' };
beforeEach(() => {
  ahead = 0;
});

const attribute = (html: string, name: string): string =>
  (new RegExp(`data-${name}="([^"]*)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
const fieldsOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      (value ?? '').replaceAll('&amp;', '&').replaceAll('&#34;', '"'),
    ]),
  );
const actionsOf = (html: string): string[] =>
  [...html.matchAll(/action="([^"]*)"/g)].map(([, action]) => action ?? '');
const policy = (response: Response, name: string): string =>
  (response.headers.get('content-security-policy') ?? '')
    .split('; ')
    .find((part) => part.startsWith(`${name} `)) ?? '';
const originOf = (lms: MannerHandle): string => new URL(lms.issuer).origin;

/** A login in a browser that brings no cookie at all. */
async function coldLogin(lms: MannerHandle): Promise<StartedLogin & { html: string; secret: string }> {
  const login = await startLogin(lms, request, {});
  const html = login.response.status === 200 ? await login.response.text() : '';
  return { ...login, html, secret: attribute(html, 'value') };
}

async function loginExists({ state }: StartedLogin): Promise<boolean> {
  return (await countIn('logins', { _id: hashOf(state) as never })) === 1;
}

describe.each(['canvas', 'schoology'] as const)('where the LMS keeps data for us (%s)', (manner) => {
  const lms = (): MannerHandle => school.lms.manners[manner];

  it('a browser not yet known to keep cookies stores the proof with the LMS first', async () => {
    const login = await coldLogin(lms());
    expect(login.response.status).toBe(200);
    expect(attribute(login.html, 'lti-storage')).toBe('put');
    expect(attribute(login.html, 'origin')).toBe(originOf(lms()));
    expect(login.secret).toHaveLength(43);
    expect(login.authorize).not.toContain(login.secret);
    expect(login.cookie).toContain(login.secret);
    expect(await countIn('logins', { browserHash: hashOf(login.secret) })).toBe(1);
    expect(policy(login.response, 'frame-ancestors')).toBe(`frame-ancestors ${originOf(lms())}`);
  });

  it('and may be framed by the school’s own host that began it, if that is a plain and safe one', async () => {
    const frames = async (headers: Record<string, string>): Promise<string> =>
      policy((await startLogin(lms(), request, headers)).response, 'frame-ancestors');
    const own = `frame-ancestors ${originOf(lms())}`;
    expect(await frames({ origin: 'https://learn.school.example' })).toBe(
      `${own} https://learn.school.example`,
    );
    expect(await frames({ referer: 'https://learn.school.example/courses/1?x' })).toBe(
      `${own} https://learn.school.example`,
    );
    for (const origin of [
      'null',
      'javascript:x',
      'https://*',
      'https://a;sandbox',
      'https://a,b',
      'ftp://a',
      'x',
    ])
      expect(await frames({ origin })).toBe(own);
  });

  it('a browser known to keep cookies goes straight on', async () => {
    const { response } = await startLogin(lms(), request, { cookie: WARM });
    expect(response.status).toBe(302);
  });

  it('a target that is no frame’s name is left out', async () => {
    const { url, params } = lms().loginParams(request);
    for (const lti_storage_target of ['"><script>alert(1)</script>', '../x', '', 'x'.repeat(65)]) {
      const response = await postForm(url, { ...params, lti_storage_target });
      expect(response.status).toBe(302);
    }
  });

  it('without a cookie the LMS is asked for the proof, and the login stays for it', async () => {
    const login = await coldLogin(lms());
    const form = await tokenFor(lms(), request, login);
    const response = await postLaunch(school, form);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(attribute(html, 'lti-storage')).toBe('get');
    expect(attribute(html, 'key')).toBe(attribute(login.html, 'key'));
    expect(attribute(html, 'origin')).toBe(originOf(lms()));
    expect(actionsOf(html)).toEqual(['/lti/launch', '/lti/login']);
    expect(html).not.toContain(login.secret);
    expect(sessionCookieOf(response)).toBeUndefined();
    expect(await loginExists(login)).toBe(true);
    expect(policy(response, 'form-action')).toBe(`form-action 'self' ${originOf(lms())}`);
    expect(policy(response, 'frame-ancestors')).toBe(`frame-ancestors ${originOf(lms())}`);
  });

  async function proven(): Promise<{
    response: Response;
    code: string;
    form: { id_token: string; state: string };
    secret: string;
  }> {
    const login = await coldLogin(lms());
    const form = await tokenFor(lms(), request, login);
    const response = await postLaunch(school, { ...form, proof: login.secret });
    const html = await response.clone().text();
    expect(await loginExists(login)).toBe(false);
    return { response, code: fieldsOf(html)['code'] ?? '', form, secret: login.secret };
  }
  const go = (code: string, headers: Record<string, string> = { origin: school.tool }): Promise<Response> =>
    postForm(`${school.tool}/lti/continue`, { code }, headers);

  it('proven by storage, a new tab goes on with a code that works once', async () => {
    const { response, code, form, secret } = await proven();
    expect(response.status).toBe(200);
    expect(actionsOf(await response.clone().text())).toEqual(['/lti/continue']);
    expect(sessionCookieOf(response)).toBeUndefined();
    expect(await countIn('continuations', { _id: hashOf(code) as never })).toBe(1);
    const arrived = await go(code);
    expect(arrived.status).toBe(303);
    expect(arrived.headers.get('location')).toBe('/plan');
    const session = sessionCookieOf(arrived) ?? '';
    expect((await fetch(`${school.tool}/help`, { headers: { cookie: session } })).status).toBe(200);
    expect((await go(code)).status).toBe(401);
    expect((await postLaunch(school, { ...form, proof: secret })).status).toBe(401);
  });

  it('a hundred tabs at once: one goes on', async () => {
    const { code } = await proven();
    const answers = await Promise.all(Array.from({ length: 100 }, () => go(code)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(99);
  });

  it('a code older than a minute is spent', async () => {
    const { code } = await proven();
    ahead = 60_001;
    expect((await go(code)).status).toBe(401);
  });

  it('a code is taken from our own pages only', async () => {
    const { code } = await proven();
    const strangers = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: originOf(lms()) },
      { origin: school.tool, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of strangers) expect((await go(code, headers)).status).toBe(403);
    expect((await go(code)).status).toBe(303);
  });

  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(10_000), '{"$ne":1}'])(
    'a code that was never given is refused (%#)',
    async (code) => {
      const response = await go(code);
      expect([401, 422]).toContain(response.status);
      expect(sessionCookieOf(response)).toBeUndefined();
    },
  );

  it('where the LMS kept nothing, a new start is offered', async () => {
    const login = await coldLogin(lms());
    const form = await tokenFor(lms(), request, login);
    const response = await postLaunch(school, { ...form, proof: '' });
    expect(response.status).toBe(401);
    expect(actionsOf(await response.text())).toEqual(['/lti/login']);
    expect(await loginExists(login)).toBe(false);
  });
});

describe('where nothing can be proven (moodle)', () => {
  const lms = (): MannerHandle => school.lms.manners.moodle;

  it('the token is thrown away, and a button starts again in a new tab', async () => {
    const login = await startLogin(lms(), request, {});
    expect(login.response.status).toBe(302);
    const form = await tokenFor(lms(), request, login);
    const response = await postLaunch(school, form);
    const html = await response.text();
    expect(response.status).toBe(401);
    expect(sessionCookieOf(response)).toBeUndefined();
    expect(html).not.toContain(form.id_token);
    expect(await loginExists(login)).toBe(false);
    expect(policy(response, 'form-action')).toBe(`form-action 'self' ${originOf(lms())}`);
    expect((await postLaunch(school, form, login.cookie)).status).toBe(401);

    const again = await postForm(`${school.tool}/lti/login`, fieldsOf(html), { origin: school.tool });
    expect(again.status).toBe(302);
    expect(new URL(again.headers.get('location') ?? '').searchParams.get('login_hint')).toBe(
      fieldsOf(html)['login_hint'],
    );
  });

  it.each(['login_required', 'interaction_required'])(
    'the LMS without a session of its own (%s) gets a new tab too',
    async (error) => {
      const login = await startLogin(lms(), request);
      const response = await postLaunch(school, { state: login.state, error }, login.cookie);
      expect(response.status).toBe(401);
      expect(actionsOf(await response.text())).toEqual(['/lti/login']);
      expect(policy(response, 'form-action')).toContain(originOf(lms()));
      expect(await loginExists(login)).toBe(false);
    },
  );

  it.each(['launch_no_longer_valid', 'invalid_request', '<script>alert(1)</script>', 'x'.repeat(5_000)])(
    'any other refusal says how to open it again (%#)',
    async (error) => {
      const login = await startLogin(lms(), request);
      const response = await postLaunch(school, { state: login.state, error }, login.cookie);
      const html = await response.text();
      expect(response.status).toBe(401);
      expect(actionsOf(html)).toEqual([]);
      expect(html).not.toContain(error);
      expect((await postLaunch(school, { state: login.state, error: 'login_required' })).status).toBe(401);
    },
  );
});

describe('no secret stands in an address (C1)', () => {
  it.each(['canvas', 'schoology', 'moodle'] as const)('of a whole %s launch', async (manner) => {
    const lms = school.lms.manners[manner];
    const login = await startLogin(lms, request);
    const form = await tokenFor(lms, request, login);
    const response = await postLaunch(school, form, login.cookie);
    const location = response.headers.get('location') ?? '';
    expect(location).toBe('/plan');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    const secrets = [...cookiesOf(login.response), ...cookiesOf(response)]
      .map((pair) => pair.split('=')[1] ?? '')
      .filter((value) => value.length > 10);
    expect(secrets.length).toBeGreaterThanOrEqual(2);
    for (const secret of secrets) expect(login.authorize + location).not.toContain(secret);
  });

  it('a token in the query of the launch is not read', async () => {
    const lms = school.lms.manners.canvas;
    const login = await startLogin(lms, request);
    const form = await tokenFor(lms, request, login);
    const query = new URLSearchParams(form).toString();
    const nothing: Fields = {};
    const response = await postForm(`${school.tool}/lti/launch?${query}`, nothing, { cookie: login.cookie });
    expect(response.status).toBe(400);
    expect(
      (await fetch(`${school.tool}/lti/launch?${query}`, { headers: { cookie: login.cookie } })).status,
    ).toBe(404);
    expect(await loginExists(login)).toBe(true);
  });
});
