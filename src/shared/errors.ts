/** A field of a form with what is wrong with it, in the reader's words. */
export interface FieldError {
  field: string;
  message: string;
}

/** The base of every expected error: a status, a sentence for the person, and a detail for the log only. */
export class AppError extends Error {
  readonly status: number;
  readonly detail: string;
  constructor(name: string, status: number, message: string, detail: string) {
    super(message);
    this.name = name;
    this.status = status;
    this.detail = detail;
  }
}

/** Nothing is there, or it belongs to somebody else: the two look the same from outside. */
export class NotFound extends AppError {
  constructor(detail = 'not found') {
    super('NotFound', 404, 'This page does not exist, or it is not yours to see.', detail);
  }
}

/** The person is known, and this is not theirs to do. */
export class Forbidden extends AppError {
  constructor(detail: string, message = 'You do not have access to this.') {
    super('Forbidden', 403, message, detail);
  }
}

/** There is no session, or it has ended. */
export class SignedOut extends AppError {
  constructor(detail = 'no session') {
    super('SignedOut', 401, 'Your session has ended. Go back to your course and open this again.', detail);
  }
}

/** What was sent does not fit; `fields` says where, in words for the person who typed it. */
export class Invalid extends AppError {
  readonly fields: FieldError[];
  constructor(fields: FieldError[], options: { status?: 400 | 413 | 415 | 422; detail?: string } = {}) {
    const message = fields[0]?.message ?? 'This request could not be understood.';
    super(
      'Invalid',
      options.status ?? 422,
      message,
      options.detail ?? fields.map(({ field }) => field).join(','),
    );
    this.fields = fields;
  }
}

/** Somebody else changed the same thing first, or the thing is in a state that does not allow this. */
export class Conflict extends AppError {
  constructor(message: string, detail = message) {
    super('Conflict', 409, message, detail);
  }
}

/** Why an LMS service call failed, in a closed list that pages translate into plain sentences. */
export type LmsReason =
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'blocked-origin'
  | 'redirected'
  | 'unauthorized'
  | 'missing-scope'
  | 'forbidden'
  | 'not-found'
  | 'not-in-course'
  | 'unpublished'
  | 'stale-timestamp'
  | 'locked'
  | 'throttled'
  | 'bad-answer'
  | 'refused'
  | 'server-error';

/** An LMS service refused or failed. `retry` says whether sending it again later may help. */
export class LmsError extends AppError {
  readonly reason: LmsReason;
  readonly retry: boolean;
  readonly httpStatus: number | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(
    reason: LmsReason,
    options: {
      retry: boolean;
      detail: string;
      httpStatus?: number | undefined;
      retryAfterMs?: number | undefined;
    },
  ) {
    super(
      'LmsError',
      503,
      'Your school’s LMS did not answer as expected. Try again in a moment.',
      options.detail,
    );
    this.reason = reason;
    this.retry = options.retry;
    this.httpStatus = options.httpStatus;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Exhaustiveness check for `switch` over a union. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
