/** What does not work about a course plan, whatever it is measured by: order, load, availability. */
import type { AuditInput } from './audit.ts';
import { codeKey, findIn, GRADES, isOfferedIn, TERMS, type CatalogueCourse, type Term } from './catalogue.ts';
import { isPassing } from './mark.ts';
import { endOf, startOf, type CourseRecord } from './record.ts';

export type Problem =
  /** `needs`: titles or codes of the group, any of which must come first. */
  | { kind: 'prerequisite'; record: CourseRecord; needs: string[]; fix: ProblemFix | null }
  | { kind: 'overload'; grade: number; credits: number; most: number; fix: ProblemFix | null }
  | { kind: 'term'; record: CourseRecord; offered: Term[]; fix: ProblemFix | null }
  | { kind: 'grade'; record: CourseRecord; offered: number[]; fix: ProblemFix | null }
  | { kind: 'closed'; record: CourseRecord; fix: ProblemFix | null }
  | { kind: 'twice'; record: CourseRecord; fix: ProblemFix | null }
  | { kind: 'past'; record: CourseRecord; fix: ProblemFix | null };

/** One tap. */
export type ProblemFix =
  /** `grades`: where they stand now, the earlier first. */
  | { kind: 'swap'; a: string; b: string; grades: [number, number] }
  | { kind: 'move'; record: string; grade: number; term: Term }
  | { kind: 'remove'; record: string }
  /** The page of courses, on this one. */
  | { kind: 'add'; code: string; grade: number | null };

type Input = Pick<AuditInput, 'courses' | 'catalogue' | 'grade' | 'mostCredits'>;

export function problemsOf(input: Input): Problem[] {
  const open = input.courses.filter(({ state }) => state === 'planned');
  return [
    ...open.flatMap((record) => orderOf(record, input)),
    ...overloadsOf(input),
    ...open.flatMap((record) => availabilityOf(record, input)),
    ...open.flatMap((record) => repeatOf(record, input)),
  ];
}

function orderOf(record: CourseRecord, input: Input): Problem[] {
  const course = findIn(input.catalogue, record.code);
  return (course?.prerequisites ?? [])
    .filter((group) => group.length > 0 && !isReady(record, group, input.courses))
    .map((group) => ({
      kind: 'prerequisite',
      record,
      needs: group.map((code) => findIn(input.catalogue, code)?.title ?? code),
      fix: orderFix(record, group, input),
    }));
}

/** Some course of the group is passed, or comes to its end before this one begins. */
function isReady(record: CourseRecord, group: readonly string[], courses: readonly CourseRecord[]): boolean {
  return ofGroup(group, courses).some((one) =>
    one.state === 'completed' ? isPassing(one.mark) : endOf(one) < startOf(record),
  );
}

function ofGroup(group: readonly string[], courses: readonly CourseRecord[]): CourseRecord[] {
  const keys = new Set(group.map(codeKey));
  return courses.filter(({ code }) => code !== null && keys.has(codeKey(code)));
}

/** Change places with the course that must come first; else take this one later; else add what is needed. */
function orderFix(record: CourseRecord, group: readonly string[], input: Input): ProblemFix | null {
  const first = ofGroup(group, input.courses).find(({ state }) => state === 'planned');
  if (first && canSwap(record, first, input))
    return { kind: 'swap', a: record.id, b: first.id, grades: [record.grade, first.grade] };
  const after = ofGroup(group, input.courses).filter(({ state }) => state !== 'completed');
  const from = Math.min(...after.map(endOf));
  const place = after.length > 0 ? placeAfter(record, from, input) : null;
  if (place) return { kind: 'move', record: record.id, ...place };
  const [code] = group;
  return code === undefined || after.length > 0 ? null : { kind: 'add', code, grade: earlier(record, input) };
}

function canSwap(late: CourseRecord, early: CourseRecord, { catalogue, grade }: Input): boolean {
  const fits = (who: CourseRecord, place: CourseRecord): boolean => {
    const course = findIn(catalogue, who.code);
    return (
      (grade === null || place.grade >= grade) &&
      (course === null || (isOfferedIn(course, place.grade) && course.terms.includes(place.term)))
    );
  };
  return endOf(late) < startOf(early) && fits(late, early) && fits(early, late);
}

/** The first place after a half-year in which a course is offered. */
function placeAfter(record: CourseRecord, after: number, input: Input): { grade: number; term: Term } | null {
  return (
    placesOf(findIn(input.catalogue, record.code), record, input).find((place) => startOf(place) > after) ??
    null
  );
}

/** Where a course may be taken from now on, earliest first; the wanted term before the others. */
function placesOf(
  course: CatalogueCourse | null,
  { term }: Pick<CourseRecord, 'term'>,
  { grade }: Pick<Input, 'grade'>,
): { grade: number; term: Term }[] {
  const terms = course ? course.terms : [term];
  const wanted = TERMS.filter((one) => terms.includes(one)).toSorted(
    (a, b) => Number(b === term) - Number(a === term),
  );
  return GRADES.filter(
    (one) => (grade === null || one >= grade) && (!course || isOfferedIn(course, one)),
  ).flatMap((one) => wanted.map((each) => ({ grade: one, term: each })));
}

function earlier(record: CourseRecord, { grade }: Input): number | null {
  const before = record.grade - 1;
  return grade === null || before >= grade ? before : null;
}

function overloadsOf({ courses, catalogue, grade, mostCredits }: Input): Problem[] {
  return GRADES.flatMap((one): Problem[] => {
    const here = courses.filter((record) => record.grade === one);
    const credits = creditsOf(here);
    if (credits <= mostCredits || (grade !== null && one < grade)) return [];
    const movable = here.filter(({ state }) => state === 'planned').toReversed();
    const fix = movable.flatMap((record) => {
      const course = findIn(catalogue, record.code);
      const place = placesOf(course, record, { grade }).find(
        (each) =>
          each.grade !== one &&
          creditsOf(courses.filter((other) => other.grade === each.grade)) + record.credits <= mostCredits,
      );
      return place ? [{ kind: 'move', record: record.id, ...place } as const] : [];
    })[0];
    return [{ kind: 'overload', grade: one, credits, most: mostCredits, fix: fix ?? null }];
  });
}

function creditsOf(records: readonly CourseRecord[]): number {
  return records.reduce((sum, { credits }) => sum + credits, 0);
}

function availabilityOf(record: CourseRecord, input: Input): Problem[] {
  const course = findIn(input.catalogue, record.code);
  const [first] = placesOf(course, record, input);
  const fix: ProblemFix = first
    ? { kind: 'move', record: record.id, ...first }
    : { kind: 'remove', record: record.id };
  if (input.grade !== null && record.grade < input.grade) return [{ kind: 'past', record, fix }];
  if (!course) return [];
  if (!course.active) return [{ kind: 'closed', record, fix: { kind: 'remove', record: record.id } }];
  if (!isOfferedIn(course, record.grade)) return [{ kind: 'grade', record, offered: course.grades, fix }];
  if (course.terms.length === 0 || course.terms.includes(record.term)) return [];
  const [term = record.term] = course.terms;
  const here: ProblemFix = { kind: 'move', record: record.id, grade: record.grade, term };
  return [{ kind: 'term', record, offered: course.terms, fix: here }];
}

/** The same course again, which earns credit once and is passed or in the plan already. */
function repeatOf(record: CourseRecord, { courses, catalogue }: Input): Problem[] {
  const course = findIn(catalogue, record.code);
  if (!course || course.repeatable) return [];
  const key = codeKey(course.code);
  const other = courses.some(
    (one) =>
      one.id !== record.id &&
      one.code !== null &&
      codeKey(one.code) === key &&
      (one.state === 'completed' ? isPassing(one.mark) : isBefore(one, record)),
  );
  return other ? [{ kind: 'twice', record, fix: { kind: 'remove', record: record.id } }] : [];
}

function isBefore(one: CourseRecord, other: CourseRecord): boolean {
  return startOf(one) < startOf(other) || (startOf(one) === startOf(other) && one.id < other.id);
}
