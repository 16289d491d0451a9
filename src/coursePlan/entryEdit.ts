/** Changes of the planned courses. Pure: each gives the entries as they are after it, or says why not. */
import {
  findIn,
  GRADES,
  isOfferedIn,
  type Catalogue,
  type CatalogueCourse,
  type Term,
} from '../pathways/catalogue.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import { LIMITS, type CoursePlan, type Entry } from './coursePlan.ts';

export interface Place {
  grade: number;
  term: Term;
}

/** @throws NotFound */
export function entryIn({ entries }: Pick<CoursePlan, 'entries'>, id: string): Entry {
  const found = entries.find((entry) => entry.id === id);
  if (!found) throw new NotFound(`course plan entry ${id}`);
  return found;
}

/** A planned course may be moved and removed; what is completed is a record. @throws Conflict */
export function openEntry(plan: Pick<CoursePlan, 'entries'>, id: string): Entry {
  const entry = entryIn(plan, id);
  if (entry.state !== 'planned')
    throw new Conflict(say(`coursePlan.error.${entry.state}`, { title: entry.title }));
  return entry;
}

/**
 * A course of the catalogue at a place in the plan.
 * @throws Invalid when it is not offered, not in this grade, or not in this half of the year; or the plan is full.
 */
export function entryFrom(
  catalogue: Catalogue,
  code: string,
  place: Place,
  rest: Pick<Entry, 'id' | 'state' | 'note' | 'by' | 'at'>,
): Entry {
  const course = findIn(catalogue, code);
  if (!course?.active) throw new Invalid([{ field: 'code', message: say('coursePlan.error.unknown') }]);
  refusePlace(course, place);
  const { title, subject, credits } = course;
  return { ...rest, code: course.code, title, subject, credits, ...place, mark: null, importId: null };
}

function refusePlace(course: CatalogueCourse, { grade, term }: Place): void {
  const { title } = course;
  if (!isOfferedIn(course, grade))
    throw new Invalid([{ field: 'grade', message: say('coursePlan.error.grade', { title, grade }) }]);
  if (course.terms.length > 0 && !course.terms.includes(term))
    throw new Invalid([{ field: 'term', message: say(`coursePlan.error.term.${term}`, { title }) }]);
}

/** @throws Invalid beyond the limit, or when this course stands at this place already. */
export function withEntry(entries: readonly Entry[], added: Entry): Entry[] {
  if (entries.length >= LIMITS.entries)
    throw new Invalid([{ field: 'code', message: say('coursePlan.error.full', { limit: LIMITS.entries }) }]);
  const same = entries.some(
    ({ code, grade, term, state }) =>
      code === added.code && grade === added.grade && term === added.term && state === added.state,
  );
  if (same)
    throw new Invalid([{ field: 'code', message: say('coursePlan.error.same', { title: added.title }) }]);
  return [...entries, added];
}

/** @throws NotFound, Conflict or Invalid */
export function withMoved(plan: CoursePlan, id: string, place: Place, catalogue: Catalogue): Entry[] {
  const entry = openEntry(plan, id);
  const course = findIn(catalogue, entry.code);
  if (course) refusePlace(course, place);
  return plan.entries.map((one) => (one === entry ? { ...one, ...place } : one));
}

/** Two planned courses change places. @throws as `withMoved` */
export function withSwapped(plan: CoursePlan, a: string, b: string, catalogue: Catalogue): Entry[] {
  const [first, second] = [openEntry(plan, a), openEntry(plan, b)];
  const to = ({ grade, term }: Entry): Place => ({ grade, term });
  const moved = withMoved(plan, a, to(second), catalogue);
  return withMoved({ ...plan, entries: moved }, b, to(first), catalogue);
}

export function withoutEntry(entries: readonly Entry[], id: string): Entry[] {
  return entries.filter((entry) => entry.id !== id);
}

/** Planned courses as they were before the last change; records stay as they are now. */
export function undone(plan: CoursePlan): Entry[] | null {
  if (plan.previous === null) return null;
  const records = plan.entries.filter(({ state }) => state !== 'planned');
  const known = new Set(records.map(({ id }) => id));
  return [...records, ...plan.previous.filter(({ id }) => !known.has(id))];
}

/** "Grade 10, fall": for the audit log. */
export function placeText({ grade, term }: Place): string {
  return say('coursePlan.place', { grade, term: say(`coursePlan.term.${term}`) });
}

export function isGrade(grade: number): boolean {
  return (GRADES as readonly number[]).includes(grade);
}
