/** Which card stands where in the planner: rows are requirement lines, columns grades. Pure. */
import { codeKey, subjectKey } from '../pathways/catalogue.ts';
import type { LineAudit } from '../pathways/line.ts';
import { startOf, type CourseRecord } from '../pathways/record.ts';
import type { Entry } from './coursePlan.ts';
import type { Measured } from './measure.ts';

/** A course in the grid: one that counts, or a suggestion. */
export type Placed = CourseRecord | Entry;

export interface GridRow {
  /** Id of the line; a subject where there is no graduation set; `other` for the rest. */
  id: string;
  label: string | null;
  line: LineAudit | null;
  courses: Placed[];
}

const OTHER = 'other';
/** More rows than this go into the last one: the grid's style sheet knows so many. */
export const MOST_ROWS = 16;

/**
 * One row a line of the graduation set, in its order; without one, a row a subject. A course stands where it counts,
 * else where it would by its subject.
 */
export function gridOf(
  { records, audit }: Pick<Measured, 'records' | 'audit'>,
  suggested: readonly Entry[],
): GridRow[] {
  const lines = audit.sets.find(({ set }) => set.kind === 'graduation')?.lines ?? null;
  const all: Placed[] = [...records, ...suggested];
  const rows = lines ? rowsOfLines(lines) : rowsOfSubjects(all);
  const home = lines
    ? (one: Placed) => homeIn(lines, one)
    : ({ subject }: Placed) => subjectKey(subject) || OTHER;
  const known = new Set(rows.map(({ id }) => id));
  const at = (one: Placed): string => (known.has(home(one)) ? home(one) : OTHER);
  const withOther = all.some((one) => at(one) === OTHER) ? [...rows, rowOf(OTHER, null, null)] : rows;
  return withOther.map((row) => ({ ...row, courses: inOrder(all.filter((one) => at(one) === row.id)) }));
}

function rowsOfLines(lines: readonly LineAudit[]): GridRow[] {
  return lines.slice(0, MOST_ROWS - 1).map((line) => rowOf(line.rule.id, line.rule.label, line));
}

function rowsOfSubjects(all: readonly Placed[]): GridRow[] {
  const names = new Map(all.map(({ subject }) => [subjectKey(subject), subject.trim()]));
  return [...names]
    .filter(([key]) => key !== '')
    .toSorted(([a], [b]) => a.localeCompare(b))
    .slice(0, MOST_ROWS - 1)
    .map(([key, name]) => rowOf(key, name, null));
}

function rowOf(id: string, label: string | null, line: LineAudit | null): GridRow {
  return { id, label, line, courses: [] };
}

/** The line that counts most of it; else the first that would take its subject or code; else any course. */
function homeIn(lines: readonly LineAudit[], one: Placed): string {
  const counted = lines
    .flatMap((line) =>
      line.counted.filter(({ record }) => record.id === one.id).map(({ credits }) => ({ line, credits })),
    )
    .toSorted((a, b) => b.credits - a.credits)[0];
  const open = lines.find(({ rule: { need } }) => takes(need, one));
  const wide = lines.find(
    ({ rule: { need } }) => need.kind === 'credits' && need.subjects.length + need.codes.length === 0,
  );
  return (counted?.line ?? open ?? wide)?.rule.id ?? OTHER;
}

function takes(need: LineAudit['rule']['need'], { code, subject }: Placed): boolean {
  const named = code !== null && need.codes.some((one) => codeKey(one) === codeKey(code));
  return (
    named || (need.kind === 'credits' && need.subjects.some((one) => subjectKey(one) === subjectKey(subject)))
  );
}

function inOrder(all: readonly Placed[]): Placed[] {
  return all.toSorted((a, b) => startOf(a) - startOf(b) || a.title.localeCompare(b.title));
}

/** A cell of one grade: whole-year cards, then fall beside spring; null is an empty half. */
export function halvesOf(courses: readonly Placed[]): {
  year: Placed[];
  pairs: [Placed | null, Placed | null][];
} {
  const of = (term: Placed['term']): Placed[] => courses.filter((one) => one.term === term);
  const [fall, spring] = [of('fall'), of('spring')];
  const pairs = Array.from(
    { length: Math.max(fall.length, spring.length) },
    (_, nth): [Placed | null, Placed | null] => [fall[nth] ?? null, spring[nth] ?? null],
  );
  return { year: of('year'), pairs };
}
