/** Which events of the audit log a reader of a plan sees, and what of their words. */
import type { Change } from '../audit/event.ts';
import type { Happened } from '../caseload/history.ts';
import { PART_KEYS, type PartKey } from '../plans/planPart.ts';

/** Who reads a plan's history. */
export type HistoryReader = 'student' | 'staff';

/** Sign-ins and the like are no change of the plan. */
const NO_CHANGE = ['launch.', 'session.', 'grant.', 'roster.', 'invite.'] as const;
/** Told by another event of the same moment. */
const SAID_TWICE: ReadonlySet<string> = new Set(['signature.requested', 'plan.signatureDeclined']);
/** Work of staff among themselves: a review's draft, and attempts to reach the family. */
const STAFF_ONLY: ReadonlySet<string> = new Set([
  'review.answered',
  'review.noted',
  'family.contacted',
  'task.reviewStarted',
]);

export function isShown({ action, kind, changes }: Happened, reader: HistoryReader): boolean {
  if (SAID_TWICE.has(action) || NO_CHANGE.some((prefix) => action.startsWith(prefix))) return false;
  if (reader === 'staff') return true;
  // A comment for staff is logged without its words (comment.service.ts).
  const isStaffComment = kind === 'comment' && changes.length === 0;
  return !STAFF_ONLY.has(action) && !isStaffComment;
}

/** Events whose old and new words are the plan's own content, which its readers may read anyway. */
const WITH_WORDS = [
  'profile.',
  'goal.',
  'selfReview.',
  'meeting.',
  'question.',
  'signature.',
  'plan.',
] as const;
/** Fields with ids, keys or figures that say nothing to a person. */
const SILENT: ReadonlySet<string> = new Set([
  'snapshot',
  'roles',
  'role',
  'steps',
  'supports',
  'target',
  'state',
  'status',
  'framework',
]);
/** Reasons of staff that a student's own pages do not show either. */
const STAFF_REASONS: ReadonlySet<string> = new Set([
  'plan.held',
  'plan.transferred',
  'plan.waived',
  'plan.resumed',
]);

/** What of an event is told field by field: old and new words, without those that are not the reader's. */
export function wordsOf({ action, changes }: Happened, reader: HistoryReader): Change[] {
  if (!WITH_WORDS.some((prefix) => action.startsWith(prefix))) return [];
  const hidesReason = reader === 'student' && STAFF_REASONS.has(action);
  return changes.filter(
    ({ field, from, to }) =>
      !SILENT.has(field) && !(hidesReason && field === 'reason') && (isPlain(from) || isPlain(to)),
  );
}

function isPlain(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'boolean';
}

const HOUR = 60 * 60_000;

/**
 * Autosave writes the same event many times in a row: it is one, with its last time, from the oldest words to the
 * newest. @param events newest first
 */
export function joined(events: readonly Happened[]): Happened[] {
  return events.reduce<Happened[]>((list, event) => {
    const newer = list.at(-1);
    if (!newer || !isSame(newer, event)) return [...list, event];
    return [...list.slice(0, -1), { ...newer, changes: joinedChanges(event.changes, newer.changes) }];
  }, []);
}

function isSame(newer: Happened, older: Happened): boolean {
  return (
    newer.actor === older.actor &&
    newer.action === older.action &&
    newer.object === older.object &&
    newer.kind !== 'comment' &&
    newer.at.getTime() - older.at.getTime() < HOUR
  );
}

function joinedChanges(older: readonly Change[], newer: readonly Change[]): Change[] {
  const first = new Map(older.map((change) => [change.field, change]));
  const both = newer.map((change) => ({ ...change, from: (first.get(change.field) ?? change).from }));
  return [...both, ...older.filter(({ field }) => !newer.some((change) => change.field === field))];
}

/** The part of the plan an action is about, by the noun it begins with; null: none that we know. */
export function partOfAction(action: string): PartKey | null {
  const noun = action.split('.')[0] ?? '';
  return PART_OF[noun] ?? PART_KEYS.find((key) => key === noun) ?? null;
}

const PART_OF: Readonly<Record<string, PartKey>> = {
  interests: 'inventory',
  skill: 'skills',
  career: 'careers',
  programme: 'careers',
  cluster: 'careers',
  experience: 'experiences',
  assessment: 'assessments',
  course: 'coursePlan',
  application: 'after',
  aid: 'after',
  afterOption: 'after',
  afterStep: 'after',
  resume: 'after',
  evidence: 'portfolio',
  file: 'portfolio',
};
