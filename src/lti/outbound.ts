import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { LmsError } from '../shared/errors.ts';
import { guarded, type Rules } from './outboundAgent.ts';

/** Total time of one service call, and the largest answer read. */
export const CALL_LIMITS = { timeoutMs: 15_000, maxBytes: 1_000_000 } as const;

export interface OutboundRequest {
  method?: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/** Limits may be left out: 15 s and 1 MB. */
export type CallRules = Pick<Rules, 'origins' | 'allowInsecure'> & Partial<Rules>;

/**
 * One request under the guard; any status but a redirect is an answer.
 * @throws LmsError unreachable, timeout, too-large, blocked-origin, redirected, bad-answer
 */
export async function guardedFetch(
  address: string,
  rules: CallRules,
  request: OutboundRequest = {},
): Promise<Answer> {
  const url = parseAddress(address);
  const { result } = await guarded({ ...CALL_LIMITS, ...rules }, () => send(url, request));
  return result;
}

/**
 * A JSON document (key set, OpenID configuration) under the guard.
 * @throws LmsError as `guardedFetch`; bad-answer or server-error when it is not 200 with JSON
 */
export async function guardedJson(
  address: string,
  rules: CallRules,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const answer = await guardedFetch(address, rules, { headers: { accept: 'application/json', ...headers } });
  if (answer.status !== 200)
    throw new LmsError(answer.status >= 500 ? 'server-error' : 'bad-answer', {
      retry: true,
      detail: `status ${answer.status} for a document`,
      httpStatus: answer.status,
    });
  return parseJson(answer.text);
}

/** @throws LmsError bad-answer; never with the text in it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LmsError('bad-answer', { retry: true, detail: 'the answer is not JSON' });
  }
}

function parseAddress(address: string): URL {
  if (URL.canParse(address)) {
    const url = new URL(address);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    if (isWeb && url.username === '' && url.password === '') return url;
  }
  throw new LmsError('blocked-origin', { retry: false, detail: 'not a plain web address' });
}

function send(url: URL, request: OutboundRequest): Promise<Answer> {
  const client = url.protocol === 'https:' ? https : http;
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  const headers = {
    'user-agent': 'waymark',
    ...request.headers,
    ...(body ? { 'content-length': String(body.length) } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = client.request(url, { method: request.method ?? 'GET', headers }, (response) => {
      read(response).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
