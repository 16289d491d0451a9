import type { Score } from '../lti/score.ts';
import type { GradeDecision } from './grade.ts';

/**
 * Where a grade is on its way: queued → sent → confirmed | retrying | dead | skipped (product.md, States).
 * `sent` is the moment between the LMS's 2xx and our reading the result back.
 */
export type OutboxStatus = 'queued' | 'retrying' | 'sent' | 'confirmed' | 'dead' | 'skipped';

/** One row per (institution, key): the latest decision and how far it got. */
export interface OutboxRow extends GradeDecision {
  id: string;
  key: string;
  platform: string;
  status: OutboxStatus;
  /** Rises with every decision; a worker that finished an older one does not close the row. */
  version: number;
  attempts: number;
  nextAt: Date;
  firstFailedAt: Date | null;
  reason: string | null;
  lease: { token: string; until: Date } | null;
  last: SentScore | null;
  /** Shares of the maximum sent since `last` without a good answer: the LMS may hold one of them. */
  tried?: number[];
}

/** What the LMS was last told, to skip what it knows and to notice a teacher's override. */
export interface SentScore {
  at: Date;
  timestamp: Date;
  scoreGiven: number | null;
  scoreMaximum: number;
  gradingProgress: string;
  activityProgress: string;
  comment: string | null;
  submittedAt: Date | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LONGEST_WAIT = 6 * 60 * MINUTE;
const LONGEST_ASKED_WAIT = 60 * MINUTE;

/** How long failed attempts go on before a person must look: 8 days, a school week and both weekends. */
export const GIVE_UP_AFTER = 8 * DAY;

/**
 * When to try again: 10 s, doubled each time up to 6 h, ±20 % so that rows do not march in step; an LMS's
 * Retry-After is obeyed up to one hour. @param chance 0..1
 */
export function nextAttempt(attempts: number, now: Date, chance: number, retryAfterMs?: number): Date {
  const doubled = Math.min(10_000 * 2 ** Math.min(attempts, 20), LONGEST_WAIT);
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_ASKED_WAIT);
  return new Date(now.getTime() + Math.max(asked, doubled * (0.8 + 0.4 * chance)));
}

/** Whether a row that keeps failing has been tried long enough. */
export function isExhausted(firstFailedAt: Date | null, now: Date): boolean {
  return firstFailedAt !== null && now.getTime() - firstFailedAt.getTime() > GIVE_UP_AFTER;
}

/**
 * The timestamp to send: strictly above the last one by at least a second and never in the future
 * (AGS 2.0 3.4.2; Moodle answers 409 inside the same second and blocks later ones after a future one).
 * @returns null when the clock has not passed the last one yet: wait.
 */
export function nextTimestamp(last: Date | null, now: Date): Date | null {
  if (last === null) return now;
  return now.getTime() - last.getTime() >= 1_000 ? now : null;
}

/** True when the LMS already holds exactly this decision. */
export function isKnownToLms(decision: GradeDecision, last: SentScore | null): boolean {
  return (
    last !== null &&
    last.scoreGiven === decision.scoreGiven &&
    last.gradingProgress === decision.gradingProgress &&
    last.activityProgress === decision.activityProgress &&
    last.comment === decision.comment
  );
}

/** What the LMS's grade services must be told of a row. A comment is sent only when it is new (lms.md 1.8). */
export function toScore(row: OutboxRow, userId: string, timestamp: Date): Score {
  const { activityProgress, gradingProgress, scoreGiven, scoreMaximum, comment, submittedAt, last } = row;
  return {
    userId,
    activityProgress,
    gradingProgress,
    timestamp,
    ...(scoreGiven === null ? {} : { scoreGiven, scoreMaximum }),
    ...(comment !== null && comment !== last?.comment ? { comment } : {}),
    ...(submittedAt ? { submittedAt } : {}),
    firstPost: last === null,
    newAttempt: submittedAt !== null && submittedAt.getTime() !== last?.submittedAt?.getTime(),
  };
}

/** Rounding of an LMS that stores two decimals of its own scale. */
const TOLERANCE = 0.006;

/**
 * Whether the gradebook shows another grade than those we sent: then a teacher changed it. A score whose answer was lost
 * may have arrived, and so may this one when a worker died with it.
 */
export function wasOverridden(
  row: OutboxRow,
  result: { score: number | null; maximum: number | null } | null,
): boolean {
  const { last } = row;
  if (!last || last.scoreGiven === null || !result || result.score === null) return false;
  const shown = result.score / (result.maximum ?? last.scoreMaximum);
  const again = row.attempts > 1 ? [shareOf(row)] : [];
  const ours = [shareOf(last), ...(row.tried ?? []), ...again].filter((share) => share !== null);
  return ours.every((share) => Math.abs(shown - share) > TOLERANCE);
}

/** Of the maximum; null without a score. */
export function shareOf(score: Pick<SentScore, 'scoreGiven' | 'scoreMaximum'>): number | null {
  return score.scoreGiven === null ? null : score.scoreGiven / score.scoreMaximum;
}

/** How long a worker holds a row. */
export const LEASE_MS = 60_000;

/** A lease that runs so long still is surely held, by any clock; later it is looked at before the LMS is told anything. */
export const SURE_MS = 30_000;
