import type { RubricChoice } from './rubric.ts';

/** One student's work on one assigned task. Unique per institution, link and person. */
export interface Task {
  id: string;
  institution: string;
  /** The deep-linked assignment it belongs to; its own line item hangs on that. */
  link: string;
  course: string;
  /** The student. */
  person: string;
  template: string;
  templateVersion: number;
  state: TaskState;
  answers: TaskAnswer[];
  /** Rises with each write of the task; two tabs are told apart by it. */
  version: number;
  openedAt: Date | null;
  submittedAt: Date | null;
  /** When an advisor first looked at what was handed in: from then on it cannot be taken back. */
  seenAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  /** The advisor's last words: what to change, or well done. */
  comment: string;
  excuse: string | null;
  /** What it got, out of the link's points; null until accepted. */
  points: number | null;
  /** The level an advisor chose for each criterion of the rubric; empty until then. */
  rubric: RubricChoice[];
  /** What was handed in, oldest first; bounded. */
  attempts: TaskAttempt[];
  /** What happened, oldest first, for the page; bounded. */
  history: TaskHistory[];
  changedAt: Date;
}

export type TaskState =
  'assigned' | 'opened' | 'in_progress' | 'submitted' | 'returned' | 'verified' | 'excused' | 'expired';

export interface TaskAnswer {
  question: string;
  text: string;
}

interface TaskHistory {
  at: Date;
  /** Person id, or `system` for what followed by itself. */
  by: string;
  state: TaskState;
  comment: string;
}

/** One time it was handed in, as it was then. */
export interface TaskAttempt {
  at: Date;
  answers: TaskAnswer[];
  /** Titles of what was shown with it: pieces of the portfolio, experiences. */
  shown: string[];
  /** What became of it; null while it waits. */
  ended: 'returned' | 'verified' | 'withdrawn' | null;
  /** What the advisor said to it. */
  comment: string;
}

/** Longest answer in UTF-16 units, and how much history a page shows. */
export const LONGEST_ANSWER = 10_000;
export const HISTORY_LIMIT = 60;
/** How many times of handing in are kept. */
export const ATTEMPT_LIMIT = 10;

/** Link: a task template placed in one course, as an LMS assignment (deep link) or inside Waymark. */
export interface TaskLink {
  id: string;
  institution: string;
  /** Travels in the deep link's custom parameters; survives a course copy, where ids change (lms.md, Moodle). */
  uuid: string;
  template: string;
  course: string;
  title: string;
  points: number;
  dueAt: Date | null;
  /** `waymark`: assigned here; it has no assignment and no column in the LMS. */
  place: 'lms' | 'waymark';
  /** Links of one choice have the same: any one of them is enough. */
  group: string | null;
  /** Line item URL, once a launch told it. */
  lineItem: string | null;
  /** LTI resource link id, once a launch told it. */
  resourceLinkId: string | null;
  createdBy: string;
  createdAt: Date;
}

/** The due moment is over and nothing has been handed in. */
export function isTaskOverdue(task: Pick<Task, 'state'>, link: Pick<TaskLink, 'dueAt'>, now: Date): boolean {
  const open: readonly TaskState[] = ['assigned', 'opened', 'in_progress', 'returned'];
  return open.includes(task.state) && link.dueAt !== null && link.dueAt < now;
}

/** The student may still write. */
export function isWritable({ state }: Pick<Task, 'state'>): boolean {
  return state === 'opened' || state === 'in_progress' || state === 'returned';
}

/** The student may begin or go on: a task of an advisor's that was never opened counts as well. */
export function mayWork(task: Pick<Task, 'state'>): boolean {
  return task.state === 'assigned' || isWritable(task);
}
