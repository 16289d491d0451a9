import type { Term } from './catalogue.ts';

/** One course of one student, as the audit sees it. */
export interface CourseRecord {
  id: string;
  /** Null: not in the catalogue, such as a course of another school. */
  code: string | null;
  title: string;
  subject: string;
  credits: number;
  grade: number;
  term: Term;
  state: RecordState;
  /** Final mark as the school writes it: "B+", "87", "P"; null: none yet or not known. */
  mark: string | null;
}
export type RecordState = 'completed' | 'current' | 'planned';

/** What is surer comes first. */
export const STATE_RANK: Readonly<Record<RecordState, number>> = { completed: 0, current: 1, planned: 2 };

type Placed = Pick<CourseRecord, 'grade' | 'term'>;

/** Half-years since grade 0: when a course begins. */
export function startOf({ grade, term }: Placed): number {
  return grade * 2 + (term === 'spring' ? 1 : 0);
}

/** Half-years since grade 0: when a course ends. */
export function endOf({ grade, term }: Placed): number {
  return grade * 2 + (term === 'fall' ? 0 : 1);
}
