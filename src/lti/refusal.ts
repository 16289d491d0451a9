import type { IncomingHttpHeaders } from 'node:http';
import { LmsError, type LmsReason } from '../shared/errors.ts';

/** One line of an LMS's error catalogue: which answer means what. The first match counts. */
export interface RefusalRule {
  status?: readonly number[];
  /** What the body says; without it the status alone decides. */
  text?: RegExp;
  /** Only of this kind of call. */
  call?: CallKind;
  reason: LmsReason;
  /** What a profile recognises the refusal by in the error's `detail`. */
  note?: string;
  /** Whether sending it again later may help without anybody changing anything here. */
  retry: boolean;
}
export type CallKind = 'read' | 'roster' | 'line-item' | 'score' | 'result' | 'token' | 'registration';

/** What several LMSs say alike (lms.md sections 1.8, 4; canvas.ags.errors.json). */
const COMMON: readonly RefusalRule[] = [
  { status: [403, 429], text: /rate limit/i, reason: 'throttled', retry: true },
  { status: [429], reason: 'throttled', retry: true },
  { text: /unpublished/i, reason: 'unpublished', retry: true },
  { text: /concluded/i, reason: 'locked', retry: false },
  {
    call: 'score',
    status: [400, 403, 404, 422],
    text: /user not found|not (a student|enrolled)|user .*(does not exist|could not be found)/i,
    reason: 'not-in-course',
    retry: false,
  },
  { status: [400, 409], text: /before last updated timestamp/i, reason: 'stale-timestamp', retry: true },
  { call: 'score', status: [409], reason: 'stale-timestamp', retry: true },
  { status: [400], text: /in the future/i, reason: 'refused', retry: true },
  { call: 'token', text: /invalid_scope/, reason: 'missing-scope', retry: false },
  { call: 'token', status: [400, 401, 403], reason: 'unauthorized', retry: true },
  { status: [401], reason: 'unauthorized', retry: true },
  { status: [403, 412], reason: 'forbidden', retry: false },
  { status: [404, 410], reason: 'not-found', retry: false },
  { status: [408, 425, 500, 502, 503, 504, 521, 522, 524], reason: 'server-error', retry: true },
];

const LONGEST_WAIT_MS = 60 * 60_000;

export interface Refusal {
  call: CallKind;
  status: number;
  headers: IncomingHttpHeaders;
  /** Body; read for known phrases, never kept. */
  text: string;
}

/** The error an answer above 299 stands for. @param special the LMS's own catalogue, asked first */
export function errorOf(refusal: Refusal, special: readonly RefusalRule[], now = Date.now()): LmsError {
  const rule: Pick<RefusalRule, 'reason' | 'retry' | 'note'> =
    [...special, ...COMMON].find((one) => fits(one, refusal)) ?? fallback(refusal.status);
  const note = rule.note ? `, ${rule.note}` : '';
  return new LmsError(rule.reason, {
    retry: rule.retry,
    detail: `${refusal.call}: status ${refusal.status}${note}`,
    httpStatus: refusal.status,
    retryAfterMs: retryAfter(refusal.headers['retry-after'], now),
  });
}

function fits(rule: RefusalRule, { call, status, text }: Refusal): boolean {
  return (
    (rule.call === undefined || rule.call === call) &&
    (rule.status?.includes(status) ?? true) &&
    (rule.text?.test(text.slice(0, 4_096)) ?? true)
  );
}

function fallback(status: number): Pick<RefusalRule, 'reason' | 'retry'> {
  return status >= 500 ? { reason: 'server-error', retry: true } : { reason: 'refused', retry: false };
}

/** Retry-After in seconds or as a date (RFC 9110 section 10.2.3), at most an hour; nonsense is ignored. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, LONGEST_WAIT_MS) : undefined;
}
