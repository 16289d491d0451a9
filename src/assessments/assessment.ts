import type { StandingNow } from '../plans/standing.ts';

/** A test or another measure of what a student knows or can do, with what it tells them. */
export interface Assessment {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  kind: AssessmentKind;
  /** "State math test, grade 8" */
  name: string;
  subject: string;
  /** Calendar day `YYYY-MM-DD` in the school's zone. */
  date: string;
  /** The school year of that day, by the year it begins in. */
  year: number;
  /** As the test writes it: "2460", "B2", "14 of 20". */
  score: string;
  /** What the scale makes of it: "Proficient". */
  level: string;
  /** "What it tells me", in the student's words. */
  tells: string;
  /** Goals of the plan whose starting point it is. */
  goals: string[];
  source: AssessmentSource;
  enteredBy: string;
  importId: string | null;
  /** Put away; kept, and counted nowhere. */
  archivedAt: Date | null;
  /** Rises with each change; two tabs are told apart by it. */
  version: number;
  createdAt: Date;
  changedAt: Date;
}

export const ASSESSMENT_KINDS = ['state', 'national', 'classroom', 'career', 'language', 'other'] as const;
export type AssessmentKind = (typeof ASSESSMENT_KINDS)[number];

export type AssessmentSource = 'import' | 'student' | 'staff';

/** What is known of a result, whoever enters it. */
export type AssessmentFacts = Pick<Assessment, 'kind' | 'name' | 'subject' | 'date' | 'score' | 'level'>;

/** What keeps a student's results bounded. */
export const LIMITS = { results: 200, line: 120, short: 60, text: 2_000, goals: 20 } as const;

export function isKept({ archivedAt }: Pick<Assessment, 'archivedAt'>): boolean {
  return archivedAt === null;
}

/** A student changes the facts of what they entered; what the school entered stays as it is, but for their own words. */
export function mayChangeFacts({ source }: Pick<Assessment, 'source'>): boolean {
  return source === 'student';
}

/**
 * One result of this school year with what it tells the student is whole; one without words is half. It is verified
 * where the school entered it.
 * @param year the plan's school year
 */
export function assessmentStandings(all: readonly Assessment[], year: number): [StandingNow] {
  const now = all.filter((one) => isKept(one) && one.year === year);
  const told = now.filter(({ tells }) => tells !== '');
  const credit = told.length > 0 ? 1 : now.length > 0 ? 0.5 : 0;
  const verified = told.some(({ source }) => source !== 'student');
  return [{ component: 'academic.assessment', credit, verified }];
}

/** The newest first; of one day, as they were entered. */
export function inOrder(all: readonly Assessment[]): Assessment[] {
  return all.toSorted(
    (a, b) => b.date.localeCompare(a.date) || b.createdAt.getTime() - a.createdAt.getTime(),
  );
}

/** The same test on the same day is the same result, however it was written. */
export function isSameTest(
  a: Pick<Assessment, 'name' | 'subject' | 'date'>,
  b: Pick<Assessment, 'name' | 'subject' | 'date'>,
): boolean {
  const key = ({ name, subject, date }: typeof a): string =>
    [name, subject, date].map((word) => word.trim().toLocaleLowerCase('en')).join('\n');
  return key(a) === key(b);
}

/** The texts of a result that a student may write, by the names of the form's fields. */
export function textsOf({
  kind,
  name,
  subject,
  date,
  score,
  level,
  tells,
}: Assessment): Record<string, string> {
  return { kind, name, subject, date, score, level, tells };
}
