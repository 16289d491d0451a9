/**
 * One grade on its way to one LMS: where it goes, whether it may go, the post, and what came of it.
 * Every way out is a status with a reason that a person can read; nothing is dropped.
 */
import { findCourse } from '../courses/course.service.ts';
import { enrolmentOf } from '../courses/enrolment.service.ts';
import type { Course, Enrolment } from '../courses/course.ts';
import type { Grades } from '../lti/grades.ts';
import { connectionOf } from '../lti/known.service.ts';
import type { Connection } from '../lti/platform.ts';
import { LmsError, NotFound } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { ColumnBusy, forgetLineItem, lineItemFor } from './lineItem.ts';
import {
  isExhausted,
  isKnownToLms,
  nextAttempt,
  nextTimestamp,
  toScore,
  wasOverridden,
  type OutboxRow,
} from './outbox.ts';
import { finish, noteAttempt, type Outcome } from './outbox.store.ts';

export interface GradeDeps {
  grades: Grades;
  log: Log;
  clock: () => Date;
  chance: () => number;
}

/** What the dispatcher learns about the platform's health from one row. */
export type RunResult = 'ok' | 'platform-trouble';

/** Faults of the LMS as a whole, not of this row: others of the same platform wait too. */
const TROUBLE = new Set(['unreachable', 'timeout', 'server-error', 'throttled', 'too-large', 'bad-answer']);

export async function runGrade(deps: GradeDeps, row: OutboxRow): Promise<RunResult> {
  try {
    const outcome = await send(deps, row);
    if (!(await finish(row, outcome))) deps.log.warn({ row: row.id }, 'the lease of a grade was lost');
    return 'ok';
  } catch (error) {
    const outcome = await failure(deps, row, error);
    await finish(row, outcome);
    deps.log.info({ row: row.id, status: outcome.status, reason: outcome.reason }, 'a grade was not taken');
    return error instanceof LmsError && TROUBLE.has(error.reason) ? 'platform-trouble' : 'ok';
  }
}

async function send(deps: GradeDeps, row: OutboxRow): Promise<Outcome> {
  if (isKnownToLms(row, row.last)) return { status: 'confirmed', reason: null };
  const place = await placeOf(deps, row);
  if ('status' in place) return place;
  if (await overriddenByTeacher(deps, row, place)) return { status: 'skipped', reason: 'override' };
  const now = deps.clock();
  const timestamp = nextTimestamp(row.last?.timestamp ?? null, now);
  if (!timestamp) return { status: 'queued', reason: null, nextAt: new Date(now.getTime() + 1_000) };
  if (!(await noteAttempt(row))) return { status: row.status, reason: 'lease-lost' };
  const { connection, course, lineItem, enrolment } = place;
  const score = toScore(row, enrolment.sub, timestamp);
  const sent = await deps.grades.postScore(connection, lineItem, score, course.scopes);
  if (sent === 'skipped') return { status: 'skipped', reason: 'not-sent-here' };
  return { status: 'sent', reason: null, last: sentScore(row, timestamp, now) };
}

interface Place {
  connection: Connection;
  course: Course;
  enrolment: Enrolment;
  lineItem: string;
}

/** The LMS, the column and the person there; or why this grade has nowhere to go. */
async function placeOf(deps: GradeDeps, row: OutboxRow): Promise<Place | Outcome> {
  const course = await findCourse(row.institution, row.course);
  if (!course) return { status: 'dead', reason: 'course-gone' };
  const enrolment = await enrolmentOf(row.institution, row.course, row.person);
  if (!enrolment?.active) return { status: 'dead', reason: 'not-in-course' };
  if (enrolment.role !== 'student') return { status: 'skipped', reason: 'not-a-student' };
  const connection = await connectionOf(course, deps.clock());
  const lineItem = await lineItemFor(deps.grades, connection, course, row.item, deps.clock());
  return lineItem ? { connection, course, enrolment, lineItem } : { status: 'dead', reason: 'no-column' };
}

/** Before a regrade the result is read: a grade that is no longer ours is a teacher's, and stays (lms.md 6.8). */
async function overriddenByTeacher(
  deps: GradeDeps,
  row: OutboxRow,
  { connection, course, enrolment, lineItem }: Place,
): Promise<boolean> {
  if (!row.last || row.last.scoreGiven === null) return false;
  try {
    const result = await deps.grades.readResult(connection, lineItem, enrolment.sub, course.scopes);
    return wasOverridden(row, result);
  } catch (error) {
    // Without the right to read results the LMS's own protection must do.
    if (error instanceof LmsError && error.reason === 'missing-scope') return false;
    throw error;
  }
}

function sentScore(row: OutboxRow, timestamp: Date, at: Date): OutboxRow['last'] & object {
  const { scoreGiven, scoreMaximum, gradingProgress, activityProgress, comment, submittedAt } = row;
  return { at, timestamp, scoreGiven, scoreMaximum, gradingProgress, activityProgress, comment, submittedAt };
}

async function failure(deps: GradeDeps, row: OutboxRow, error: unknown): Promise<Outcome> {
  const now = deps.clock();
  const firstFailedAt = row.firstFailedAt ?? now;
  if (error instanceof ColumnBusy)
    return { status: 'queued', reason: null, nextAt: new Date(now.getTime() + 1_000) };
  if (error instanceof NotFound) return { status: 'dead', reason: 'connection-gone' };
  if (!(error instanceof LmsError)) {
    deps.log.error(
      { row: row.id, error: error instanceof Error ? error.stack : 'unknown' },
      'a grade could not be worked on',
    );
    return retryOrStop(deps, row, { reason: 'internal', firstFailedAt }, row.attempts < 5);
  }
  if (error.reason === 'not-found') await forgetLineItem(row);
  return retryOrStop(
    deps,
    row,
    { reason: error.reason, firstFailedAt, retryAfterMs: error.retryAfterMs },
    error.retry,
  );
}

function retryOrStop(
  deps: GradeDeps,
  row: OutboxRow,
  fault: { reason: string; firstFailedAt: Date; retryAfterMs?: number | undefined },
  retry: boolean,
): Outcome {
  const { reason, firstFailedAt, retryAfterMs } = fault;
  const now = deps.clock();
  if (!retry || isExhausted(firstFailedAt, now)) return { status: 'dead', reason, firstFailedAt };
  return {
    status: 'retrying',
    reason,
    firstFailedAt,
    nextAt: nextAttempt(row.attempts, now, deps.chance(), retryAfterMs),
  };
}
