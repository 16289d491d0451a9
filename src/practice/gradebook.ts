import { nextNumber, personOf, Unknown } from './state.ts';
import type { LineItem, MannerState, Result } from './state.ts';

/** One filled cell of the gradebook. `score` is in points of the line item. */
export interface GradebookRow {
  readonly lineItemId: string;
  readonly assignmentId: string | null;
  readonly label: string;
  readonly resourceId: string | null;
  readonly tag: string | null;
  readonly scoreMaximum: number;
  readonly person: string;
  readonly name: string;
  readonly score: number | null;
  readonly comment: string | null;
  readonly comments: readonly string[];
  readonly activityProgress: string | null;
  readonly gradingProgress: string | null;
  readonly attempts: number;
  readonly submittedAt: string | null;
  readonly gradedBy: 'tool' | 'teacher' | null;
}

const key = (lineItemId: string, personKey: string) => `${lineItemId}:${personKey}`;

/** The result of a student in a line item, or null when nothing was ever recorded. */
export function findResult(state: MannerState, lineItemId: string, personKey: string): Result | null {
  return state.results.get(key(lineItemId, personKey)) ?? null;
}

/**
 * A copy of a student's result to work on, or an empty one. Nothing is in the gradebook until
 * `saveResult`, so a score that is refused half-way leaves no trace.
 */
export function draftResult(state: MannerState, lineItemId: string, personKey: string): Result {
  const found = findResult(state, lineItemId, personKey);
  if (found) return { ...found, comments: [...found.comments] };
  return {
    id: String(nextNumber(state, 'result', 90_401)),
    lineItemId,
    personKey,
    score: null,
    comments: [],
    activityProgress: null,
    gradingProgress: null,
    timestamp: null,
    submittedAt: null,
    attempts: 0,
    gradedBy: null,
    overridden: false,
    locked: false,
  };
}

/** Puts a result into the gradebook. */
export function saveResult(state: MannerState, result: Result): void {
  state.results.set(key(result.lineItemId, result.personKey), result);
}

/** All results of a line item. */
export function resultsOf(state: MannerState, item: LineItem): Result[] {
  return [...state.results.values()].filter((result) => result.lineItemId === item.id);
}

/** Line items of a course, in the order they were made; of one client when it is named. */
export function lineItemsIn(state: MannerState, courseId: string, clientId?: string): LineItem[] {
  return [...state.lineItems.values()].filter(
    (item) => item.courseId === courseId && (clientId === undefined || item.clientId === clientId),
  );
}

/** Results of a line item, of the one person with this sub or LMS number when it is given. */
export function resultsFor(state: MannerState, item: LineItem, userId: string | null): Result[] {
  if (userId === null) return resultsOf(state, item);
  const person = state.accounts.get(userId);
  const found = person && findResult(state, item.id, person.key);
  return found ? [found] : [];
}

function rowOf(state: MannerState, item: LineItem, result: Result): GradebookRow {
  return {
    lineItemId: item.id,
    assignmentId: item.assignmentId,
    label: item.label,
    resourceId: item.resourceId,
    tag: item.tag,
    scoreMaximum: item.scoreMaximum,
    person: result.personKey,
    name: personOf(state, result.personKey).name,
    score: result.score,
    comment: result.comments.at(-1) ?? null,
    comments: result.comments,
    activityProgress: result.activityProgress,
    gradingProgress: result.gradingProgress,
    attempts: result.attempts,
    submittedAt: result.submittedAt,
    gradedBy: result.gradedBy,
  };
}

/** Every cell of a course's gradebook that holds something. */
export function gradebookRows(state: MannerState, courseId: string): GradebookRow[] {
  return lineItemsIn(state, courseId).flatMap((item) =>
    resultsOf(state, item).map((result) => rowOf(state, item, result)),
  );
}

/** A teacher types a grade into the gradebook; null takes it away. Moodle then keeps it against the tool. */
export function overrideGrade(
  state: MannerState,
  lineItemId: string,
  personKey: string,
  score: number | null,
): void {
  if (!state.lineItems.has(lineItemId)) throw new Unknown(`There is no line item ${lineItemId}.`);
  const result = draftResult(state, lineItemId, personOf(state, personKey).key);
  const gradedBy = score === null ? null : 'teacher';
  saveResult(state, { ...result, score, gradedBy, overridden: score !== null });
}

/** Locks or unlocks one cell; Moodle answers 500 to a score for a locked one. */
export function lockGrade(state: MannerState, lineItemId: string, personKey: string, locked: boolean): void {
  saveResult(state, { ...draftResult(state, lineItemId, personOf(state, personKey).key), locked });
}

/** Forgets a line item and what was recorded in it. */
export function removeLineItem(state: MannerState, item: LineItem): void {
  for (const result of resultsOf(state, item)) state.results.delete(key(item.id, result.personKey));
  state.lineItems.delete(item.id);
}
