/**
 * A grade decision: what a column in the LMS gradebook should say of one person, and since when.
 * Only the latest decision per (course, item, person) counts (architecture.md, "Grades: the outbox").
 */
export interface GradeDecision {
  institution: string;
  course: string;
  person: string;
  item: GradeItem;
  /** AGS 2.0 section 3.4.1. */
  activityProgress: 'Initialized' | 'Started' | 'InProgress' | 'Submitted' | 'Completed';
  gradingProgress: 'FullyGraded' | 'Pending' | 'PendingManual' | 'Failed' | 'NotReady';
  /** Absent: no score is sent with it. */
  scoreGiven: number | null;
  scoreMaximum: number;
  /** One or two sentences; sent only when it differs from the last one sent. */
  comment: string | null;
  /** When the student finished the work: late penalties of the LMS use it (lms.md 6.7). */
  submittedAt: Date | null;
  decidedAt: Date;
}

/** `plan`: the course's "Learning plan" column. `task`: the column of one deep-linked assignment. */
export type GradeItem = { kind: 'plan' } | { kind: 'task'; link: string };

/** The outbox key of a decision, unique within the institution. */
export function gradeKey(decision: Pick<GradeDecision, 'course' | 'person' | 'item'>): string {
  const { course, item, person } = decision;
  return item.kind === 'plan' ? `plan:${course}:${person}` : `task:${course}:${item.link}:${person}`;
}
