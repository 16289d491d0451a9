/**
 * The guard under every request Waymark makes to an LMS, its own and ltijs's alike (quality.md D11, F10).
 * A request made inside `guarded()` may only go to the origins named there, https only and never to a private
 * or loopback address (after DNS) unless insecure mode allows it, follows no redirect, uses no proxy, and is cut
 * after a time and a size. ltijs has no setting for any of this and takes node's global agents, so
 * those are replaced by agents that look up the rules of the surrounding `guarded()`; requests of other
 * libraries, outside of it, pass to the former agent untouched, but ltijs may not call without rules.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { LmsError } from '../shared/errors.ts';
import { errorOf } from './refusal.ts';

/** What one request may do. `origins` may hold `https://*.example.com` for every host below a domain. */
export interface Rules {
  origins: readonly string[];
  allowInsecure: boolean;
  timeoutMs: number;
  maxBytes: number;
  /** Statuses that end the work at once: those after which a library would wait and retry by itself. */
  endAt?: readonly number[];
}

interface Running extends Rules {
  /** Ends the work with this failure; later requests of the same work are refused with it. */
  fail(error: LmsError): void;
  failure: LmsError | undefined;
  response: IncomingMessage | undefined;
}

/** The parts of node's agent that its type declarations leave out. */
interface NodeAgent {
  addRequest(request: ClientRequest, options: object): void;
}

const running = new AsyncLocalStorage<Running>();

/** Where clouds hand out a machine's secrets: refused even in insecure mode. */
const NEVER = ['169.254.169.254', 'fd00:ec2::254'];
/** Idle connections go before most servers close them, so that a call does not meet a closing one. */
const IDLE_MS = 4_000;
const strict = { keepAlive: true, timeout: IDLE_MS, maxSockets: 16 };
const insecure = { ...strict, allowPrivateIPAddress: true, denyIPAddressList: NEVER };

const AGENTS = {
  'http:': {
    strict: new RequestFilteringHttpAgent(strict),
    insecure: new RequestFilteringHttpAgent(insecure),
    front: new http.Agent({ keepAlive: true }),
    former: http.globalAgent,
  },
  'https:': {
    strict: new RequestFilteringHttpsAgent(strict),
    insecure: new RequestFilteringHttpsAgent(insecure),
    front: new https.Agent({ keepAlive: true }),
    former: https.globalAgent,
  },
};
type Scheme = keyof typeof AGENTS;

let installed = false;

/** Puts the guard under the process's global agents. Doing it again changes nothing. */
export function installGuard(): void {
  if (installed) return;
  installed = true;
  for (const scheme of ['http:', 'https:'] as const) {
    (AGENTS[scheme].front as unknown as NodeAgent).addRequest = (request, options) =>
      admit(scheme, request, options);
  }
  http.globalAgent = AGENTS['http:'].front;
  https.globalAgent = AGENTS['https:'].front;
}

/**
 * Runs `work`, whose node http requests obey `rules`. The first breach ends it at once with its LmsError,
 * whatever the library in between makes of the broken request.
 * @returns the result and the last response seen, for its status and headers.
 */
export async function guarded<T>(
  rules: Rules,
  work: () => Promise<T>,
): Promise<{ result: T; response: IncomingMessage | undefined }> {
  installGuard();
  const state: Running = { ...rules, failure: undefined, response: undefined, fail: () => {} };
  const breach = new Promise<never>((_, reject) => {
    state.fail = (error) => reject((state.failure ??= error));
  });
  breach.catch(() => {}); // It may come after the work is done.
  const result = await running.run(state, () => Promise.race([work(), breach]));
  if (state.failure) throw state.failure;
  return { result, response: state.response };
}

function admit(scheme: Scheme, request: ClientRequest, options: object): void {
  const rules = running.getStore();
  if (!rules) {
    if (isFromLtijs(request)) throw blocked('ltijs called without rules');
    (AGENTS[scheme].former as unknown as NodeAgent).addRequest(request, options);
    return;
  }
  if (rules.failure) throw rules.failure;
  refuseAddress(scheme, request, rules);
  watch(request, rules);
  const agent = rules.allowInsecure ? AGENTS[scheme].insecure : AGENTS[scheme].strict;
  (agent as unknown as NodeAgent).addRequest(request, options);
}

function isFromLtijs(request: ClientRequest): boolean {
  return String(request.getHeader('user-agent') ?? '').startsWith('ltijs/');
}

function refuseAddress(scheme: Scheme, request: ClientRequest, rules: Running): void {
  const target = new URL(`${scheme}//${String(request.getHeader('host'))}`);
  const problem = problemWith(target, rules);
  if (problem === null) return;
  const error = blocked(problem);
  rules.fail(error);
  throw error;
}

/** Why this address may not be called, or null. Pure; also asked before a URL is stored. */
export function problemWith(url: URL, rules: Pick<Rules, 'origins' | 'allowInsecure'>): string | null {
  if (url.protocol !== 'https:' && !(rules.allowInsecure && url.protocol === 'http:')) return 'not https';
  if (url.username !== '' || url.password !== '') return 'credentials in the address';
  return rules.origins.some((origin) => covers(origin, url))
    ? null
    : `origin ${url.origin} is not registered`;
}

function covers(origin: string, url: URL): boolean {
  const [scheme, host] = origin.split('://*.');
  return host === undefined
    ? origin === url.origin
    : url.protocol === `${scheme}:` && url.port === '' && url.hostname.endsWith(`.${host}`);
}

const blocked = (detail: string): LmsError => new LmsError('blocked-origin', { retry: false, detail });

function watch(request: ClientRequest, rules: Running): void {
  // A body that unpacks to a thousand times its size must not get past the size limit.
  request.setHeader('accept-encoding', 'identity');
  const cut = (error: LmsError): void => {
    rules.fail(error);
    request.destroy(error);
  };
  const timer = setTimeout(() => cut(timeout(rules.timeoutMs)), rules.timeoutMs);
  request.once('close', () => clearTimeout(timer));
  request.on('error', (error: NodeJS.ErrnoException) => rules.fail(failureOf(error)));
  request.prependListener('response', (response: IncomingMessage) => {
    rules.response = response;
    response.on('error', (error: NodeJS.ErrnoException) => rules.fail(failureOf(error)));
    const problem = problemOf(response, rules);
    if (problem) cut(problem);
    else count(response, rules.maxBytes, cut);
  });
}

function problemOf(response: IncomingMessage, { maxBytes, endAt = [] }: Rules): LmsError | null {
  const status = response.statusCode ?? 0;
  if (endAt.includes(status))
    return errorOf({ call: 'read', status, headers: response.headers, text: '' }, []);
  if (status >= 300 && status < 400 && status !== 304)
    return new LmsError('redirected', { retry: true, detail: `redirect ${status}`, httpStatus: status });
  if (![undefined, '', 'identity'].includes(response.headers['content-encoding']))
    return new LmsError('bad-answer', {
      retry: true,
      detail: 'packed although not asked',
      httpStatus: status,
    });
  return Number(response.headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

/** Counts as the parser hands the bytes over, so that it does not start the flow before the real reader does. */
function count(response: IncomingMessage, maxBytes: number, cut: (error: LmsError) => void): void {
  let bytes = 0;
  const push = response.push.bind(response);
  response.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    bytes += chunk?.length ?? 0;
    if (bytes > maxBytes) {
      cut(tooLarge(maxBytes));
      return false;
    }
    return push(chunk, encoding);
  };
}

const timeout = (ms: number): LmsError =>
  new LmsError('timeout', { retry: true, detail: `no full answer within ${ms} ms` });
const tooLarge = (max: number): LmsError =>
  new LmsError('too-large', { retry: true, detail: `answer above ${max} bytes` });

/** Only the code of a network error is kept: its message may carry an address. */
function failureOf(error: NodeJS.ErrnoException): LmsError {
  if (error instanceof LmsError) return error;
  if (error.message.includes('is not allowed. Because')) return blocked('private address');
  return new LmsError('unreachable', { retry: true, detail: error.code ?? 'network error' });
}
