/**
 * ltijs as a library, and the only file that knows it. Its server, routes and database are never used: a
 * plugin answers what it asks for a call out of that call's own connection and token, so it holds no state
 * and sees no key. Each call runs under the outbound guard. It makes the calls it can make right: one roster page,
 * the list of line items, the results of one person. Made by our own client instead (`grades.ts`, `deepLink.ts`,
 * `tokens.service.ts`), because ltijs 5.9.9
 * - access token: has no single flight, keeps a token to its last second, never renews after a 401, holds one
 *   without `expires_in` for ever;
 * - line item read: sends no Accept, which Moodle answers with 400; create: Accept is application/json;
 *   update: throws at an empty 204;
 * - score: replaces the timestamp with the time of sending, so that a resend is not the same score, and
 *   does not strip a trailing slash;
 * - deep-linking response: `iat` cannot be set back for a platform whose clock is behind, items of a type
 *   that is not accepted vanish without a word, `errormsg ` has a space in its name.
 * It is loaded at the first call: it brings 38 MB (Express 4, mongoose 7) that the web pages never need.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessToken, DatabasePlugin, IdToken, Provider } from 'ltijs';
import { newToken } from '../shared/crypto.ts';
import { LmsError } from '../shared/errors.ts';
import { guarded, type Rules } from './outboundAgent.ts';
import type { Platform } from './platform.ts';

interface Call {
  platform: Platform;
  accessToken: string;
  rules: Rules;
}

/** What came back: a parsed body, or the status and text of a refusal. */
export type LibraryAnswer =
  | { ok: true; body: unknown; headers: IncomingHttpHeaders }
  | { ok: false; status: number; text: string; headers: IncomingHttpHeaders };

const current = new AsyncLocalStorage<Call>();

/** One page of members (NRPS 2.0). The next page's address is in the answer's Link header. */
export function memberPage(call: Call, url: string): Promise<LibraryAnswer> {
  const token = idToken(call, { namesRoles: { context_memberships_url: url } });
  return ask(call, (provider) => provider.NamesAndRoles.getMembers(token, { url, pages: 1 }));
}

/** The line items with this resource id (AGS 2.0 section 3.2.4). */
export function lineItemList(call: Call, url: string, resourceId: string): Promise<LibraryAnswer> {
  return ask(call, async (provider) => {
    const token = idToken(call, { endpoint: { lineitems: url } });
    return (await provider.Grade.getLineItems(token, { resourceId }, bearer(call))).lineItems;
  });
}

/** A further page of line items, by its own address. */
export function lineItemPage(call: Call, url: string): Promise<LibraryAnswer> {
  return ask(
    call,
    async (provider) => (await provider.Grade.getLineItems(idToken(call), { url }, bearer(call))).lineItems,
  );
}

/** The results of one person (AGS 2.0 section 3.3). @param lineItemUrl without a trailing slash */
export function resultList(call: Call, lineItemUrl: string, userId: string): Promise<LibraryAnswer> {
  return ask(
    call,
    async (provider) => (await provider.Grade.getScores(idToken(call), lineItemUrl, { userId })).scores,
  );
}

/** After these the HTTP client in ltijs would wait, an hour if the LMS says so, and ask again by itself. */
const RETRIED = [408, 413, 429, 500, 502, 503, 504, 521, 522, 524];

async function ask(call: Call, work: (provider: Provider) => Promise<unknown>): Promise<LibraryAnswer> {
  const provider = await load();
  const { result, response } = await guarded({ ...call.rules, endAt: RETRIED }, () =>
    current.run(call, () => work(provider).then((body) => ({ body }), refusalOf)),
  );
  const headers = response?.headers ?? {};
  return 'body' in result ? { ok: true, body: result.body, headers } : { ok: false, headers, ...result };
}

/** ltijs hands on the HTTP client's error, which holds our bearer token: only status and body are taken from it. */
function refusalOf(error: unknown): { status: number; text: string } {
  const { response } = error as { response?: { statusCode: number; body: unknown } };
  if (response && response.statusCode >= 400)
    return { status: response.statusCode, text: typeof response.body === 'string' ? response.body : '' };
  throw new LmsError('bad-answer', { retry: true, detail: 'ltijs could not read the answer' });
}

let loading: Promise<Provider> | undefined;

function load(): Promise<Provider> {
  loading ??= import('ltijs').then(({ Provider }) =>
    // Its key would seal what the plugin stores; the plugin stores nothing.
    Provider.setup(newToken(), { plugin }, { cors: false }),
  );
  return loading;
}

function idToken({ platform }: Call, platformContext: IdToken['platformContext'] = {}): IdToken {
  return { iss: platform.issuer, clientId: platform.clientId, platformContext };
}

function bearer({ accessToken }: Call): AccessToken {
  return { access_token: accessToken, token_type: 'Bearer', expires_in: 3600 };
}

const plugin: DatabasePlugin = {
  setup: async () => true,
  Close: async () => true,
  Get: async (_key, collection) => lookUp(collection),
  Insert: refuseWrite,
  Replace: refuseWrite,
  Modify: refuseWrite,
  Delete: refuseWrite,
};

function lookUp(collection: string): object[] | false {
  const call = current.getStore();
  if (!call) throw new Error('ltijs asked for data outside a call.');
  if (collection === 'platform') return [platformDocument(call.platform)];
  if (collection === 'platformStatus') return [{ active: call.platform.status === 'active' }];
  if (collection === 'accesstoken') return [{ token: bearer(call), createdAt: Date.now() }];
  return false;
}

function platformDocument(platform: Platform): object {
  return {
    platformName: platform.name,
    platformUrl: platform.issuer,
    clientId: platform.clientId,
    authEndpoint: platform.authorizationEndpoint,
    accesstokenEndpoint: platform.tokenEndpoint,
    authorizationServer: platform.tokenAudience,
    kid: platform.id,
    authConfig: { method: 'JWK_SET', key: platform.jwksUri },
  };
}

async function refuseWrite(): Promise<boolean> {
  throw new Error('ltijs has nothing to store here.');
}
