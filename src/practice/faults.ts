import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { MannerState } from './state.ts';

// Faults on demand, and the log of service calls. Both sit in front of the service endpoints
// (token, key set, roster, grades, registration), never in front of the pages.

export interface Fault {
  /** Status to answer instead; absent with `delayMs` alone means: late, but right. */
  readonly status?: number;
  /** How many requests it hits; default 1. */
  readonly times?: number;
  /** Seconds (or an HTTP date) for the Retry-After header. */
  readonly retryAfter?: number | string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Cut the connection: before the request has any effect, or after it had. */
  readonly cut?: 'before' | 'after';
  /** Only requests whose path and query contain this text or match this pattern. */
  readonly path?: string | RegExp;
  readonly method?: string;
}

export interface FaultList {
  add(fault: Fault): void;
  clear(): void;
  take(method: string, path: string): Fault | null;
}

const logLimit = 20_000;

function hits(fault: Fault, method: string, path: string): boolean {
  if (fault.method && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === 'string' ? path.includes(fault.path) : fault.path.test(path);
}

/** Faults in the order they were asked for; each is used up after `times` requests. */
export function makeFaultList(): FaultList {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    clear: () => void (waiting = []),
    take(method, path) {
      const found = waiting.find((entry) => entry.left > 0 && hits(entry.fault, method, path));
      if (!found) return null;
      found.left -= 1;
      waiting = waiting.filter((entry) => entry.left > 0);
      return found.fault;
    },
  };
}

/** Keeps method, path, status and body of each service call; the newest 20,000. */
export function logRequests(state: MannerState): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const at = state.now();
    res.on('finish', () => {
      state.requests.push({
        at,
        method: req.method,
        path: req.originalUrl,
        status: res.statusCode,
        body: req.body,
      });
      if (state.requests.length > logLimit) state.requests.splice(0, state.requests.length - logLimit);
    });
    next();
  };
}

function answer(res: Response, fault: Fault): void {
  if (fault.retryAfter !== undefined) res.setHeader('Retry-After', String(fault.retryAfter));
  for (const [name, value] of Object.entries(fault.headers ?? {})) res.setHeader(name, value);
  res.status(fault.status ?? 500).type(fault.contentType ?? 'application/json');
  res.end(typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? { error: 'fault' }));
}

function apply(fault: Fault, req: Request, res: Response, next: NextFunction): void {
  if (fault.cut === 'before') return void req.socket.destroy();
  if (fault.cut === 'after') {
    // The endpoint does its work and believes it answered; the client sees only a broken connection.
    res.end = () => {
      req.socket.destroy();
      return res;
    };
    return next();
  }
  if (fault.status === undefined) return next();
  answer(res, fault);
}

/** Applies the LMS's latency and the next fault that fits. */
export function injectFaults(state: MannerState, latencyMs: number): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const fault = state.faults.take(req.method, req.originalUrl);
    const act = fault ? () => apply(fault, req, res, next) : next;
    const wait = latencyMs + (fault?.delayMs ?? 0);
    if (wait === 0) return act();
    setTimeout(act, wait).unref();
  };
}
