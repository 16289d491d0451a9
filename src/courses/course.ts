/** Course - LTI context of one deployment. Service URLs are the newest a launch told us (AGS 2.0, 3.1). */
export interface Course {
  id: string;
  institution: string;
  platform: string;
  deploymentId: string;
  contextId: string;
  title: string;
  label: string;
  /** Teachers of an advisory course are the advisors of its students. */
  advisory: boolean;
  /** Whether this course's gradebook gets the "Learning plan" column. */
  planGrade: boolean;
  nrpsUrl: string | null;
  lineItemsUrl: string | null;
  scopes: string[];
  planLineItem: string | null;
  roster: RosterState;
  lastLaunchAt: Date;
}

export interface RosterState {
  status: 'never' | 'running' | 'complete' | 'failed' | 'needs-a-person';
  at: Date | null;
  members: number;
  /** Message key of what went wrong, or null. */
  problem: string | null;
}

/** What a person is in one course. `mentor` is a parent or observer; `other` gets no rights. */
export type CourseRole = 'student' | 'teacher' | 'assistant' | 'mentor' | 'administrator' | 'other';

/** Enrolment: one person in one course, from a launch or the roster; a launch's role wins (lms.md, Moodle). */
export interface Enrolment {
  id: string;
  institution: string;
  course: string;
  person: string;
  /** The LMS's id of the person in this course: `sub`, and AGS `userId`. */
  sub: string;
  role: CourseRole;
  active: boolean;
  source: 'launch' | 'roster';
  seenAt: Date;
}

/** Teachers and assistants work with students; the institution's setting decides in which courses. */
export function isStaff(role: CourseRole): boolean {
  return role === 'teacher' || role === 'assistant';
}
