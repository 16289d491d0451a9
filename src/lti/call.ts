import { LmsError } from '../shared/errors.ts';
import { guardedFetch, CALL_LIMITS, type Answer, type OutboundRequest } from './outbound.ts';
import type { Rules } from './outboundAgent.ts';
import type { LibraryAnswer } from './ltijs.ts';
import type { Connection, Platform } from './platform.ts';
import { originsFor, profileOf } from './profiles.ts';
import { errorOf, type CallKind } from './refusal.ts';
import type { Tokens } from './tokens.service.ts';

/** What calls to the services of an LMS need. */
export interface Wire {
  tokens: Tokens;
  allowInsecure: boolean;
}

/** What is called for, and with which of the granted scopes. */
export interface Purpose {
  call: CallKind;
  scopes: readonly string[];
}

type Sent = Pick<Answer, 'status' | 'headers' | 'text'> | Extract<LibraryAnswer, { ok: true }>;

/** A service call with a bearer token, by our own client. @throws LmsError for every answer but 2xx */
export function callService(
  wire: Wire,
  connection: Connection,
  purpose: Purpose,
  request: OutboundRequest & { url: string },
): Promise<Answer> {
  return withToken(wire, connection, purpose, async (accessToken) => {
    const { url, ...rest } = request;
    const headers = { ...rest.headers, authorization: `Bearer ${accessToken}` };
    const answer = await guardedFetch(url, rulesFor(wire, connection.platform), { ...rest, headers });
    return answer.status >= 200 && answer.status < 300 ? { done: answer } : { refused: answer };
  });
}

/** A service call made by ltijs. @throws LmsError for every answer but 2xx with JSON */
export function callLibrary(
  wire: Wire,
  connection: Connection,
  purpose: Purpose,
  work: (call: { platform: Platform; accessToken: string; rules: Rules }) => Promise<LibraryAnswer>,
): Promise<Extract<LibraryAnswer, { ok: true }>> {
  const { platform } = connection;
  return withToken(wire, connection, purpose, async (accessToken) => {
    const answer = await work({ platform, accessToken, rules: rulesFor(wire, platform) });
    return answer.ok ? { done: answer } : { refused: answer };
  });
}

type Outcome<T> = { done: T } | { refused: Pick<Answer, 'status' | 'headers' | 'text'> };

/** At a 401 the token is dropped and the call made once more: the LMS may have forgotten it (F12). */
async function withToken<T extends Sent>(
  { tokens }: Wire,
  { platform }: Connection,
  { call, scopes }: Purpose,
  attempt: (accessToken: string) => Promise<Outcome<T>>,
): Promise<T> {
  const token = await tokens.tokenFor(platform, scopes);
  let outcome = await attempt(token);
  if ('refused' in outcome && outcome.refused.status === 401) {
    await tokens.drop(platform, scopes, token);
    outcome = await attempt(await tokens.tokenFor(platform, scopes));
  }
  if ('done' in outcome) return outcome.done;
  throw errorOf({ call, ...outcome.refused }, profileOf(platform.family).refusals);
}

function rulesFor(wire: Wire, platform: Platform): Rules {
  return { ...CALL_LIMITS, origins: originsFor(platform), allowInsecure: wire.allowInsecure };
}

/** The first of these scopes the LMS granted. @throws LmsError missing-scope when it granted none */
export function grantedOne(granted: readonly string[], wished: readonly string[]): string {
  const found = wished.find((scope) => granted.includes(scope));
  if (found !== undefined) return found;
  const names = wished.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)).join(' or ');
  throw new LmsError('missing-scope', { retry: false, detail: `the LMS did not grant ${names}` });
}
