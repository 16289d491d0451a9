import type { Request, Response } from 'express';
import type { AccessToken, MannerState } from './state.ts';

/** Thrown by a service endpoint to refuse a request; each manner words it in its own shape. */
export class ServiceError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'ServiceError';
    this.status = status;
  }
}

/** Answers with JSON under an exact media type, with charset, as all three LMSs do. */
export function sendAs(res: Response, status: number, mediaType: string, body: unknown): void {
  res.status(status).setHeader('Content-Type', `${mediaType}; charset=utf-8`);
  res.end(body === undefined ? '' : JSON.stringify(body));
}

/** A query value as text; the first one when it was given several times. */
export function queryText(req: Request, name: string): string | null {
  const value = req.query[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : null;
}

/** A query value as a whole number of at least `least`, or null when it is absent or something else. */
export function queryNumber(req: Request, name: string, least: number): number | null {
  const text = queryText(req, name);
  if (text === null || !/^\d{1,9}$/.test(text)) return null;
  return Math.max(least, Number(text));
}

/** A path parameter as text (Express types it as text or list). */
export function param(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
}

/** The access token of a request when it carries at least one of the scopes; throws 401 otherwise. */
export function requireScope(state: MannerState, req: Request, accepted: readonly string[]): AccessToken {
  const header = req.get('authorization') ?? '';
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  const found = token === undefined ? undefined : state.tokens.get(token);
  if (!found || found.expiresAt <= state.now()) throw new ServiceError(401, 'Unauthorized');
  if (!found.scopes.some((scope) => accepted.includes(scope))) throw new ServiceError(401, 'Unauthorized');
  return found;
}

/** Escapes text for HTML, attributes included. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (char) => names[char]!);
}
