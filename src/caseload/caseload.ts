import type { PlanState } from '../plans/plan.ts';

/** One student of an advisor's courses, as the caseload lists them. */
export interface Case {
  person: string;
  /** As in a list: "Okafor, Maya". */
  name: string;
  sisId: string | null;
  /** The advisory courses shared with the advisor, by id. */
  courses: string[];
  /** `not_started` also for students who never opened Waymark. */
  state: PlanState;
  hasPlan: boolean;
  /** Whole percent; null: nothing counts yet. */
  progress: number | null;
  done: number;
  total: number;
  /** Component and gate keys that are open, in the order they are best done. */
  missing: string[];
  lastActivityAt: Date | null;
  needsAdvisorSince: Date | null;
  /** Hand-ins that wait for verification, longest first. */
  handIns: { task: string; since: Date }[];
}

/** What a student waits for an advisor with, the weightiest first. */
export type Need =
  | { kind: 'plan'; since: Date; begun: boolean }
  | { kind: 'question'; since: Date }
  | { kind: 'task'; since: Date; task: string; count: number };

export function needOf(one: Case): Need | null {
  const { state, needsAdvisorSince: asked } = one;
  if (state === 'submitted' || state === 'in_review')
    return { kind: 'plan', since: asked ?? new Date(0), begun: state === 'in_review' };
  if (asked) return { kind: 'question', since: asked };
  const [first] = one.handIns;
  return first ? { kind: 'task', since: first.since, task: first.task, count: one.handIns.length } : null;
}

/** The caseload's views: one for what waits, the others by where the plan stands. */
export const VIEWS = ['all', 'waiting', 'returned', 'progress', 'notStarted', 'approved'] as const;
export type View = (typeof VIEWS)[number];

const STANDING: Record<PlanState, View | 'aside'> = {
  not_started: 'notStarted',
  draft: 'progress',
  amending: 'progress',
  submitted: 'waiting',
  in_review: 'waiting',
  returned: 'returned',
  approved: 'approved',
  signing: 'approved',
  active: 'approved',
  review_due: 'approved',
  closed: 'approved',
  archived: 'approved',
  on_hold: 'aside',
  transferred: 'aside',
  waived: 'aside',
};

export function isIn(view: View, one: Case): boolean {
  if (view === 'all') return true;
  return view === 'waiting' ? needOf(one) !== null : STANDING[one.state] === view;
}

/** How many students each view has. */
export function countViews(cases: readonly Case[]): Record<View, number> {
  const count = (view: View): number => cases.filter((one) => isIn(view, one)).length;
  return {
    all: cases.length,
    waiting: count('waiting'),
    returned: count('returned'),
    progress: count('progress'),
    notStarted: count('notStarted'),
    approved: count('approved'),
  };
}

const STALE_MS = 28 * 24 * 60 * 60_000;
const WRITING: ReadonlySet<PlanState> = new Set(['draft', 'returned', 'amending']);

/** The student is to write, and has not for four weeks. */
export function isStale({ state, lastActivityAt }: Case, now: Date): boolean {
  return WRITING.has(state) && lastActivityAt !== null && now.getTime() - lastActivityAt.getTime() > STALE_MS;
}

export const SORTS = ['needs', 'name', 'progress', 'activity'] as const;
export type Sort = (typeof SORTS)[number];

/** Where a student stands in a sorted list: two figures, small first; then the name. */
type Key = readonly [number, number];

const RANK: Record<View | 'aside', number> = {
  all: 0,
  waiting: 0,
  notStarted: 2,
  returned: 3,
  progress: 4,
  approved: 5,
  aside: 6,
};
const STALE_RANK = 1;

function keyOf(one: Case, sort: Sort, now: Date): Key {
  switch (sort) {
    case 'needs':
      return needsKey(one, now);
    case 'name':
      return [0, 0];
    case 'progress':
      return [one.progress === null ? 0 : one.progress + 1, 0];
    case 'activity':
      return [one.lastActivityAt?.getTime() ?? 0, 0];
  }
}

/** Those who wait come first, the longest wait first; then who has gone quiet, then who has not begun. */
function needsKey(one: Case, now: Date): Key {
  const need = needOf(one);
  if (need) return [RANK.waiting, need.since.getTime()];
  if (isStale(one, now)) return [STALE_RANK, one.lastActivityAt?.getTime() ?? 0];
  return [RANK[STANDING[one.state]], 0];
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

interface Placed {
  one: Pick<Case, 'person' | 'name'>;
  key: Key;
}

function compare(a: Placed, b: Placed): number {
  return (
    a.key[0] - b.key[0] ||
    a.key[1] - b.key[1] ||
    collator.compare(a.one.name, b.one.name) ||
    (a.one.person < b.one.person ? -1 : Number(a.one.person > b.one.person))
  );
}

/** How many students a page shows. */
export const PAGE_SIZE = 50;

export interface CasePage {
  rows: Case[];
  /** Number of the first row, from 1; 0 where there is none. */
  from: number;
  total: number;
  /** Cursors of the pages before and after: `null` where there is none, `''` for the first page. */
  previous: string | null;
  next: string | null;
}

/**
 * One page of a sorted list. The cursor is a place in the order, not a row: when the row it was made from
 * has moved or gone meanwhile, the list goes on where it stood.
 */
export function pageOf(
  cases: readonly Case[],
  { sort, after, now }: { sort: Sort; after: string; now: Date },
): CasePage {
  const placed = cases.map((one) => ({ one, key: keyOf(one, sort, now) })).toSorted(compare);
  const start = after === '' ? 0 : startAfter(placed, after);
  const rows = placed.slice(start, start + PAGE_SIZE);
  const before = start - PAGE_SIZE - 1;
  return {
    rows: rows.map(({ one }) => one),
    from: rows.length === 0 ? 0 : start + 1,
    total: placed.length,
    previous: start === 0 ? null : cursorOf(placed[before]),
    next: start + PAGE_SIZE < placed.length ? cursorOf(rows.at(-1)) : null,
  };
}

/** No name in it: addresses end up in logs. */
function cursorOf(placed: Placed | undefined): string {
  return placed ? `${placed.key[0]}.${placed.key[1]}.${placed.one.person}` : '';
}

export const CURSOR = /^(\d{1,15})\.(\d{1,15})\.([0-9a-f]{24})$/;

function startAfter(placed: readonly Placed[], cursor: string): number {
  const [, major, minor, person = ''] = CURSOR.exec(cursor) ?? [];
  const name = placed.find(({ one }) => one.person === person)?.one.name ?? '';
  const place: Placed = { one: { person, name }, key: [Number(major ?? 0), Number(minor ?? 0)] };
  const index = placed.findIndex((row) => compare(row, place) > 0);
  return index === -1 ? placed.length : index;
}

/** A plan that waits for an advisor. */
export interface Waiting {
  person: string;
  name: string;
  since: Date | null;
}
