import express, { type Request, type RequestHandler } from 'express';
import { Invalid } from '../shared/errors.ts';

const LIMIT = '256kb';
const MOST_FIELDS = 1_000;

/** How long a body may take to arrive, unless the route takes a file from this person. */
const BODY_MS = 20_000;
const timers = new WeakMap<Request, NodeJS.Timeout>();

/** A body that drips in is cut off (quality.md D3). */
export function limitBodyTime(ms = BODY_MS): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      const timer = setTimeout(() => void (req.complete || req.destroy()), ms).unref();
      timers.set(req, timer);
      res.once('close', () => clearTimeout(timer));
    }
    next();
  };
}

/** This person may send a file here: only the server's own limit holds (`limits.ts`). */
export function allowSlowBody(req: Request): void {
  clearTimeout(timers.get(req));
}

/** A form, or one field of it, that is longer than any of ours. */
export function tooMuchText(detail: string): Invalid {
  return new Invalid([{ field: 'form', message: 'That is too much text for one form.' }], {
    status: 413,
    detail,
  });
}

/**
 * Forms only: a JSON, multipart or text body is not read at all, so that such a post carries neither token nor
 * fields and ends where it needs them (quality.md C2, D3). The parser has no nesting, so `a[$ne]` stays a
 * name with brackets in it that no schema knows.
 */
export function parseForms(): RequestHandler {
  return express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: MOST_FIELDS });
}
