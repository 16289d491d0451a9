/**
 * Launches by hand: each step of the way through the door, so that a test can change one thing in it. Nothing
 * here follows a redirect or keeps a cookie by itself.
 */
import { createHmac } from 'node:crypto';
import mongoose from 'mongoose';
import type { LaunchFormRequest, MannerHandle } from '../../src/practice/handle.ts';
import { hashOf } from '../../src/shared/crypto.ts';
import type { School } from './school.ts';

export const MANNERS = ['canvas', 'schoology', 'moodle'] as const;
export type LaunchRequest = LaunchFormRequest;

/** What the browser has after `/lti/login`: where it was sent, and the login's cookie. */
export interface StartedLogin {
  response: Response;
  authorize: string;
  state: string;
  nonce: string;
  /** `name=value` of the login's own cookie. */
  cookie: string;
}

/** A browser in which cookies were seen to work: it is sent straight on to the LMS. */
export const WARM = '__Host-wm-cookies=1';

export async function startLogin(
  lms: MannerHandle,
  request: LaunchRequest,
  headers: Record<string, string> = { cookie: WARM },
): Promise<StartedLogin> {
  const { url, params } = lms.loginParams(request);
  const response = await postForm(url, params, headers);
  const text = response.status === 200 ? await response.clone().text() : '';
  const next = /data-next="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  const authorize = response.headers.get('location') ?? next ?? '';
  const query = authorize === '' ? new URLSearchParams() : new URL(authorize).searchParams;
  const cookie = cookiesOf(response).find((pair) => pair.startsWith('__Host-wm-login-')) ?? '';
  return { response, authorize, state: query.get('state') ?? '', nonce: query.get('nonce') ?? '', cookie };
}

/** The form that the LMS posts to us for a login. */
export async function tokenFor(
  lms: MannerHandle,
  request: LaunchRequest,
  login: StartedLogin,
): Promise<{ id_token: string; state: string }> {
  const { fields } = await lms.launchForm(request)(login.authorize);
  return { ...fields };
}

export type Fields = Record<string, string> | [string, string][];

export function postForm(
  url: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers });
}

export function postLaunch(school: School, fields: Fields, cookie?: string): Promise<Response> {
  return postForm(`${school.tool}/lti/launch`, fields, cookie ? { cookie } : {});
}

/** One whole launch. */
export async function launch(school: School, lms: MannerHandle, request: LaunchRequest): Promise<Response> {
  const login = await startLogin(lms, request);
  return postLaunch(school, await tokenFor(lms, request, login), login.cookie);
}

/** `name=value` of every cookie that an answer sets (not of those it clears). */
export function cookiesOf(response: Response): string[] {
  return response.headers
    .getSetCookie()
    .filter((line) => !/expires=thu, 01 jan 1970/i.test(line))
    .map((line) => line.split(';')[0] ?? '');
}

export function sessionCookieOf(response: Response): string | undefined {
  return cookiesOf(response).find((pair) => pair.startsWith('__Host-waymark='));
}

export interface StoredSession {
  institution: string;
  person: string;
  name: string;
  standing: string;
  administrator: boolean;
  testUser: boolean;
  masquerader: string | null;
  returnUrl: string | null;
  frameAncestors: string[];
}

/** The session that an answer began, as it is stored. */
export async function sessionOf(response: Response): Promise<StoredSession | null> {
  const token = sessionCookieOf(response)?.slice('__Host-waymark='.length) ?? '';
  return mongoose.connection.collection<StoredSession>('sessions').findOne({ _id: hashOf(token) as never });
}

export function findIn(collection: string, filter: object): Promise<Record<string, unknown>[]> {
  return mongoose.connection.collection(collection).find(filter).toArray();
}

/** Everything a launch could leave behind, by collection; logins and waiting deployments are counted apart. */
const KEPT = [
  'sessions',
  'people',
  'accounts',
  'enrolments',
  'courses',
  'relationships',
  'auditEvents',
  'deepLinkRequests',
  'continuations',
  'plans',
] as const;

export async function countStored(): Promise<Record<string, number>> {
  const counts = KEPT.map(async (name) => {
    const count = await mongoose.connection.collection(name).estimatedDocumentCount();
    return [name, count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** Rosters come in behind a first launch; a test that counts waits until none is on its way. */
export async function rostersAreIn(): Promise<void> {
  while ((await countIn('courses', { 'roster.status': { $ne: 'complete' } })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

export function countIn(collection: string, filter: object = {}): Promise<number> {
  return mongoose.connection.collection(collection).countDocuments(filter);
}

/** How often the LMS's key set was fetched so far. */
export function keyFetches(lms: MannerHandle): number {
  return lms.requests.filter(({ path }) => path.includes(lms.state.rules.paths.jwks)).length;
}

const encode = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A compact token put together by hand; `sign` gets what would be signed. */
export function forge(
  header: object | string,
  payload: object | string,
  sign: (input: string) => string = () => '',
): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${sign(input)}`;
}

export function hmac(secret: string | Buffer, hash = 'sha256'): (input: string) => string {
  return (input) => createHmac(hash, secret).update(input).digest('base64url');
}

/** Header and claims of a token, unverified. */
export function open(token: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const [header = '', claims = ''] = token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header), claims: JSON.parse(claims) };
}
