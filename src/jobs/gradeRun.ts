/**
 * One grade on its way to one LMS: where it goes, whether it may go, the post, and what came of it.
 * Every way out is a status with a reason that a person can read; nothing is dropped.
 */
import type { Course, Enrolment } from '../courses/course.ts';
import type { Grades } from '../lti/grades.ts';
import { connectionOf } from '../lti/known.service.ts';
import type { Connection } from '../lti/platform.ts';
import { LmsError, NotFound } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { Around } from './gradeAround.ts';
import { ColumnBusy, forgetLineItem, lineItemFor } from './lineItem.ts';
import {
  isExhausted,
  isKnownToLms,
  nextAttempt,
  nextTimestamp,
  shareOf,
  SURE_MS,
  toScore,
  wasOverridden,
  type OutboxRow,
} from './outbox.ts';
import { finish, holdsLease, type Outcome } from './outbox.store.ts';

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

/** A grade a worker took, and what is known around it. */
export interface GradeJob {
  row: OutboxRow;
  around: Promise<Around>;
  /** Called as soon as the LMS has answered, before that is written down. */
  answered: (result: RunResult) => void;
}

export async function runGrade(deps: GradeDeps, job: GradeJob): Promise<void> {
  const { row } = job;
  const outcome = await outcomeOf(deps, job);
  if (!(await finish(row, outcome))) deps.log.warn({ row: row.id }, 'the lease of a grade was lost');
}

async function outcomeOf(deps: GradeDeps, { row, around, answered }: GradeJob): Promise<Outcome> {
  try {
    const outcome = await send(deps, row, await around);
    answered('ok');
    return outcome;
  } catch (error) {
    const outcome = failure(deps, row, error);
    answered(error instanceof LmsError && TROUBLE.has(error.reason) ? 'platform-trouble' : 'ok');
    deps.log.info({ row: row.id, status: outcome.status, reason: outcome.reason }, 'a grade was not taken');
    return outcome;
  }
}

async function send(deps: GradeDeps, row: OutboxRow, around: Around): Promise<Outcome> {
  if (isKnownToLms(row, row.last)) return { status: 'confirmed', reason: null };
  const place = await placeOf(deps, row, around);
  if ('status' in place) return place;
  try {
    return await sendTo(deps, row, place);
  } catch (error) {
    if (error instanceof LmsError && error.reason === 'not-found') await forgetLineItem(row, place.lineItem);
    throw error;
  }
}

async function sendTo(deps: GradeDeps, row: OutboxRow, place: Place): Promise<Outcome> {
  if (await overriddenByTeacher(deps, row, place)) return { status: 'skipped', reason: 'override' };
  const now = deps.clock();
  const timestamp = nextTimestamp(row.last?.timestamp ?? null, now);
  if (!timestamp) return inASecond(row, now);
  if (!(await isStillOurs(row, now))) return { status: row.status, reason: 'lease-lost' };
  const { connection, course, lineItem, enrolment } = place;
  const score = toScore(row, enrolment.sub, timestamp);
  const sent = await deps.grades.postScore(connection, lineItem, score, course.scopes);
  if (sent === 'skipped') return { status: 'skipped', reason: 'not-sent-here' };
  return { status: 'sent', reason: null, last: sentScore(row, timestamp, now) };
}

async function isStillOurs(row: OutboxRow, now: Date): Promise<boolean> {
  const leftMs = (row.lease?.until.getTime() ?? 0) - now.getTime();
  return leftMs > SURE_MS || holdsLease(row);
}

/** Nothing was tried. */
function inASecond({ attempts }: OutboxRow, now: Date): Outcome {
  const nextAt = new Date(now.getTime() + 1_000);
  return { status: 'queued', reason: null, attempts: Math.max(0, attempts - 1), nextAt };
}

interface Place {
  connection: Connection;
  course: Course;
  enrolment: Enrolment;
  lineItem: string;
}

/** The LMS, the column and the person there; or why this grade has nowhere to go. */
async function placeOf(deps: GradeDeps, row: OutboxRow, around: Around): Promise<Place | Outcome> {
  const course = around.course(row);
  if (!course) return { status: 'dead', reason: 'course-gone' };
  const enrolment = around.enrolment(row);
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

/** A fault of ours does not go away by itself: fewer tries than for one of the LMS. */
const MOST_INTERNAL = 5;

function failure(deps: GradeDeps, row: OutboxRow, error: unknown): Outcome {
  const now = deps.clock();
  const firstFailedAt = row.firstFailedAt ?? now;
  if (error instanceof ColumnBusy) return inASecond(row, now);
  if (error instanceof NotFound) return { status: 'dead', reason: 'connection-gone' };
  if (!(error instanceof LmsError)) {
    deps.log.error(
      { row: row.id, error: error instanceof Error ? error.stack : 'unknown' },
      'a grade could not be worked on',
    );
    return retryOrStop(deps, row, { reason: 'internal', firstFailedAt }, row.attempts <= MOST_INTERNAL);
  }
  const { reason, retryAfterMs } = error;
  const unsure = TROUBLE.has(reason) ? shareOf(row) : null;
  return {
    ...retryOrStop(deps, row, { reason, firstFailedAt, retryAfterMs }, error.retry),
    ...(unsure === null ? {} : { unsure }),
  };
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
    // The one that has just failed is counted already.
    nextAt: nextAttempt(row.attempts - 1, now, deps.chance(), retryAfterMs),
  };
}
