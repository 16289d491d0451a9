import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { Wire } from '../../../src/lti/call.ts';
import { createKeys } from '../../../src/lti/keys.service.ts';
import { createRosterPages, type RosterPage } from '../../../src/lti/roster.ts';
import { createTokens } from '../../../src/lti/tokens.service.ts';
import { createSealer, newToken } from '../../../src/shared/crypto.ts';
import { LmsError } from '../../../src/shared/errors.ts';
import { useDatabase } from '../../support/db.ts';
import { aConnection, json, serve, withTokens, type Seen } from '../../support/lmsServer.ts';

useDatabase({ emptyAfterEach: false });

const sealer = createSealer([Buffer.from(newToken(32), 'base64url').toString('base64')]);
const tokens = createTokens({ keys: createKeys(sealer), sealer, allowInsecure: true });
const wire: Wire = { tokens, allowInsecure: true };
const rosterPages = createRosterPages(wire);

const member = (id: number) => ({ user_id: `u${id}`, roles: ['Learner'], status: 'Active' });
const container = (ids: number[], context = 'c1') => ({
  id: 'x',
  context: { id: context },
  members: ids.map(member),
});
const next = (url: string) => ({ headers: { link: `<${url}>; rel="next"` } });

async function all(
  connection: Parameters<typeof rosterPages>[0],
  url: string,
  options?: { rlid?: string },
): Promise<RosterPage[]> {
  const pages: RosterPage[] = [];
  for await (const page of rosterPages(connection, url, options)) pages.push(page);
  return pages;
}

async function lmsWith(answer: (seen: Seen, response: ServerResponse, origin: string) => void) {
  const lms = await serve(withTokens((seen, response) => answer(seen, response, lms.origin)));
  return lms;
}

test('a roster is read page by page, with the exact Accept header and the token', async () => {
  const lms = await lmsWith((seen, response, origin) => {
    if (seen.url.includes('page=2')) json(response, container([3]));
    else json(response, container([1, 2]), next(`${origin}/roster?page=2`));
  });
  const pages = await all(aConnection(lms.origin), `${lms.origin}/roster?keep=1`, { rlid: 'link 7' });
  expect(pages.map((page) => page.members.map(({ sub }) => sub))).toEqual([['u1', 'u2'], ['u3']]);
  expect(pages[0]?.contextId).toBe('c1');
  const calls = lms.seen.filter(({ url }) => url.startsWith('/roster'));
  expect(calls.map(({ url }) => url)).toEqual(['/roster?keep=1&limit=100&rlid=link+7', '/roster?page=2']);
  expect(calls[0]?.headers).toMatchObject({
    accept: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
    authorization: 'Bearer token-1',
  });
});

test.each([
  ['canvas', '50'],
  ['schoology', '100'],
  ['moodle', '200'],
] as const)('%s is asked for %s members a page', async (family, limit) => {
  const lms = await lmsWith((_, response) => json(response, container([1])));
  await all(aConnection(lms.origin, { family }), `${lms.origin}/roster`);
  expect(lms.seen.at(-1)?.url).toBe(`/roster?limit=${limit}`);
});

test('every LMS’s own way to write a member is understood', async () => {
  const file = (name: string): { members: object[] } => {
    const path = new URL(`../../fixtures/lms/${name}.json`, import.meta.url);
    return (JSON.parse(readFileSync(path, 'utf8')) as { body: { members: object[] } }).body;
  };
  const bodies = [file('canvas.nrps.page1'), file('canvas.nrps.page2'), file('schoology.nrps.page2')];
  const members = bodies.flatMap((body) => body.members);
  const lms = await lmsWith((_, response) =>
    json(response, {
      context: { id: 9 },
      members: [...members, { user_id: 12, roles: [], name: null, email: '' }],
    }),
  );
  const [page] = await all(aConnection(lms.origin), `${lms.origin}/roster`);
  expect(page?.contextId).toBe('9');
  expect(page?.members[2]).toEqual({
    sub: '5d0c8f4e-93b7-4a1d-8c62-7f0e1b9a2d53',
    roles: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
    status: 'Active',
    name: 'Amara Okafor',
    given: 'Amara',
    family: 'Okafor',
    email: 'amara.okafor@northfield.example',
    sisId: 'S204417',
  });
  expect(page?.members.at(-1)).toEqual({ sub: '12', roles: [], status: 'Active' });
});

test('custom parameters of a member are read; unexpanded variables are not', async () => {
  const message = [
    {
      'https://purl.imsglobal.org/spec/lti/claim/custom': {
        canvas_user_id: 4417,
        canvas_user_sis_id: '$Canvas.user.sisSourceId',
      },
    },
  ];
  const lms = await lmsWith((_, response) =>
    json(response, { context: { id: 'c' }, members: [{ ...member(1), message }] }),
  );
  const [page] = await all(aConnection(lms.origin, { family: 'canvas' }), `${lms.origin}/roster`, {
    rlid: 'c',
  });
  expect(page?.members[0]).toMatchObject({ lmsUserId: '4417', custom: { canvas_user_id: '4417' } });
});

test('the token is never sent to a next link of another origin', async () => {
  const thief = await serve((_, response) => json(response, container([2])));
  const lms = await lmsWith((_, response) => json(response, container([1]), next(`${thief.origin}/roster`)));
  const connection = aConnection(lms.origin, { origins: [lms.origin, thief.origin] });
  await expect(all(connection, `${lms.origin}/roster`)).rejects.toMatchObject({ reason: 'blocked-origin' });
  expect(thief.seen).toHaveLength(0);
});

test.each([
  ['a next link to another service', (o: string) => `${o}/lineitems`],
  ['a next link in a circle', (o: string) => `${o}/roster?limit=100`],
  ['a next link that is no address', () => 'http://['],
])('%s ends the roster with an error', async (_name, link) => {
  const lms = await lmsWith((_, response, origin) => json(response, container([1]), next(link(origin))));
  await expect(all(aConnection(lms.origin), `${lms.origin}/roster`)).rejects.toMatchObject({
    reason: 'bad-answer',
  });
});

test('pages without end are noticed', async () => {
  let page = 0;
  const lms = await lmsWith((_, response, origin) =>
    json(response, container([]), next(`${origin}/roster?page=${++page}`)),
  );
  await expect(all(aConnection(lms.origin), `${lms.origin}/roster`)).rejects.toThrow(LmsError);
  expect(page).toBe(1_000);
});

test('a Link header above 2,000 characters still leads on', async () => {
  const lms = await lmsWith((seen, response, origin) => {
    const link = `<${origin}/roster?mark=${'a'.repeat(3_000)}>; rel="current", <${origin}/roster?page=2>; rel="next"`;
    if (seen.url.includes('page=2')) json(response, container([2]));
    else json(response, container([1]), { headers: { link } });
  });
  expect(await all(aConnection(lms.origin), `${lms.origin}/roster`)).toHaveLength(2);
});

test.each([
  [
    'an HTML page',
    (response: ServerResponse) => response.writeHead(200).end('<html>Sign in</html>'),
    'bad-answer',
  ],
  [
    'half a page',
    (response: ServerResponse) => response.writeHead(200).end('{"context":{"id":"c1"},"mem'),
    'bad-answer',
  ],
  ['an empty answer', (response: ServerResponse) => response.writeHead(200).end(), 'bad-answer'],
  ['null', (response: ServerResponse) => json(response, null), 'bad-answer'],
  [
    'a page without members',
    (response: ServerResponse) => json(response, { context: { id: 'c1' } }),
    'bad-answer',
  ],
  [
    'a member without id',
    (response: ServerResponse) => json(response, { context: { id: 'c1' }, members: [{ roles: [] }] }),
    'bad-answer',
  ],
  [
    'a cut connection',
    (response: ServerResponse) =>
      void response.writeHead(200, { 'content-length': '999' }).write('{', () => response.socket?.destroy()),
    'unreachable',
  ],
  ['2 MB', (response: ServerResponse) => response.writeHead(200).end('x'.repeat(2_000_000)), 'too-large'],
  [
    'a redirect',
    (response: ServerResponse) => response.writeHead(302, { location: '/login' }).end(),
    'redirected',
  ],
  ['a refusal', (response: ServerResponse) => json(response, {}, { status: 403 }), 'forbidden'],
  ['a missing course', (response: ServerResponse) => json(response, {}, { status: 404 }), 'not-found'],
  ['an outage', (response: ServerResponse) => json(response, {}, { status: 503 }), 'server-error'],
])('%s on page 2 ends the roster with an error', async (_name, answer, reason) => {
  const lms = await lmsWith((seen, response, origin) => {
    if (seen.url.includes('page=2')) answer(response);
    else json(response, container([1]), next(`${origin}/roster?page=2`));
  });
  const started = Date.now();
  await expect(all(aConnection(lms.origin), `${lms.origin}/roster`)).rejects.toMatchObject({ reason });
  expect(Date.now() - started).toBeLessThan(900);
});

test('an LMS that asks to wait is not waited for: the reason and the time come out', async () => {
  const lms = await lmsWith((_, response) =>
    json(response, {}, { status: 429, headers: { 'retry-after': '1800' } }),
  );
  await expect(all(aConnection(lms.origin), `${lms.origin}/roster`)).rejects.toMatchObject({
    reason: 'throttled',
    retry: true,
    retryAfterMs: 1_800_000,
  });
  expect(lms.seen).toHaveLength(2);
});

test('a page of another course is refused', async () => {
  const lms = await lmsWith((seen, response, origin) => {
    if (seen.url.includes('page=2')) json(response, container([2], 'c2'));
    else json(response, container([1]), next(`${origin}/roster?page=2`));
  });
  await expect(all(aConnection(lms.origin), `${lms.origin}/roster`)).rejects.toMatchObject({
    reason: 'bad-answer',
  });
});

test('a token refused in the middle is renewed once, and the roster goes on', async () => {
  const lms = await lmsWith((seen, response, origin) => {
    if (!seen.url.includes('page=2')) json(response, container([1]), next(`${origin}/roster?page=2`));
    else if (seen.headers.authorization === 'Bearer token-1') json(response, {}, { status: 401 });
    else json(response, container([2]));
  });
  expect(await all(aConnection(lms.origin), `${lms.origin}/roster`)).toHaveLength(2);
  expect(lms.seen.filter(({ url }) => url === '/token')).toHaveLength(2);
});

test('an LMS that refuses every token is asked twice, not for ever', async () => {
  const lms = await lmsWith((_, response) => json(response, {}, { status: 401 }));
  await expect(all(aConnection(lms.origin), `${lms.origin}/roster`)).rejects.toMatchObject({
    reason: 'unauthorized',
  });
  expect(lms.seen.filter(({ url }) => url.startsWith('/roster'))).toHaveLength(2);
});
