/** What a student takes now: LMS courses, matched to the catalogue by SIS id, code or title, or by hand. */
import { codeKey, findIn, type Catalogue, type CatalogueCourse, type Term } from '../pathways/catalogue.ts';
import type { CourseRecord } from '../pathways/record.ts';
import { countedEntries, type CoursePlan } from './coursePlan.ts';

/** A course of the LMS in which the student is enrolled. */
export interface LmsCourse {
  id: string;
  title: string;
  label: string;
  /** Advisory groups carry no credit unless a person says so. */
  advisory: boolean;
  sisId?: string | null;
}

/** How an LMS course stands to the catalogue. */
export type Match =
  | { kind: 'matched'; course: CatalogueCourse; byHand: boolean }
  /** A person said so, or it is an advisory group. */
  | { kind: 'noCredit'; byHand: boolean }
  | { kind: 'unknown' };

export function matchOf(lms: LmsCourse, catalogue: Catalogue, matches: CoursePlan['matches']): Match {
  const byHand = matches.find(({ course }) => course === lms.id);
  if (byHand) {
    const course = findIn(catalogue, byHand.code);
    return course ? { kind: 'matched', course, byHand: true } : { kind: 'noCredit', byHand: true };
  }
  if (lms.advisory) return { kind: 'noCredit', byHand: false };
  const course = bySisId(lms, catalogue) ?? byCode(lms.label, catalogue) ?? byTitle(lms.title, catalogue);
  return course ? { kind: 'matched', course, byHand: false } : { kind: 'unknown' };
}

function bySisId({ sisId }: LmsCourse, catalogue: Catalogue): CatalogueCourse | null {
  if (!sisId) return null;
  return [...catalogue.values()].find((one) => one.sisId === sisId) ?? byCode(sisId, catalogue);
}

/** A label is the code, or the code with a section or year behind it: "HIST-10-03", "HIST 10 2026". */
function byCode(label: string, catalogue: Catalogue): CatalogueCourse | null {
  const parts = label.split(/[\s_.:/-]+/).filter(Boolean);
  const heads = parts.map((_, nth) => parts.slice(0, parts.length - nth).join(''));
  return heads.map((head) => findIn(catalogue, head)).find((one) => one !== null) ?? null;
}

function byTitle(title: string, catalogue: Catalogue): CatalogueCourse | null {
  const key = codeKey(title);
  const found = [...catalogue.values()].filter((one) => one.active && codeKey(one.title) === key);
  return found.length === 1 ? (found[0] ?? null) : null;
}

interface Now {
  grade: number | null;
  /** Which half of the school year it is. */
  half: Exclude<Term, 'year'>;
}

/**
 * All records of a student: completed, taking now, planned. A planned course of this grade that the LMS shows is
 * being taken keeps its place and becomes current; a completed one is not taken again.
 */
export function recordsOf(
  plan: Pick<CoursePlan, 'entries' | 'matches'>,
  lms: readonly LmsCourse[],
  catalogue: Catalogue,
  now: Now,
): CourseRecord[] {
  const { grade } = now;
  const kept = countedEntries(plan.entries);
  if (grade === null) return kept;
  const taken = takenNow(lms, catalogue, plan.matches);
  const same = ({ code }: CourseRecord, course: CatalogueCourse): boolean =>
    code !== null && codeKey(code) === codeKey(course.code);
  const turned = kept.map((record) =>
    record.state === 'planned' && record.grade === grade && taken.some(({ course }) => same(record, course))
      ? { ...record, state: 'current' as const }
      : record,
  );
  const others = taken.filter(
    ({ course }) =>
      !turned.some((one) => one.grade === grade && one.state !== 'planned' && same(one, course)),
  );
  return [...turned, ...others.map(({ lms: { id }, course }) => currentOf(id, course, grade, now.half))];
}

function takenNow(
  lms: readonly LmsCourse[],
  catalogue: Catalogue,
  matches: CoursePlan['matches'],
): { lms: LmsCourse; course: CatalogueCourse }[] {
  const all = lms.flatMap((one) => {
    const match = matchOf(one, catalogue, matches);
    return match.kind === 'matched' ? [{ lms: one, course: match.course }] : [];
  });
  return [...new Map(all.map((one) => [codeKey(one.course.code), one])).values()];
}

function currentOf(id: string, course: CatalogueCourse, grade: number, half: Now['half']): CourseRecord {
  const { code, title, subject, credits, terms } = course;
  const term = terms.includes('year') || terms.length === 0 ? 'year' : terms.includes(half) ? half : terms[0];
  return {
    id: `lms-${id}`,
    code,
    title,
    subject,
    credits,
    grade,
    term: term ?? 'year',
    state: 'current',
    mark: null,
  };
}

/** The half of a school year a day lies in. @param starts first day of the year, `MM-DD` */
export function halfOf(day: string, starts: string): Now['half'] {
  const month = Number(day.slice(5, 7)) - Number(starts.slice(0, 2));
  return (month + 12) % 12 < 6 ? 'fall' : 'spring';
}
