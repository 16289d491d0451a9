/** Who is asking: one person of one institution, as their session says. */
export interface Viewer {
  institution: string;
  person: string;
  /** As shown on pages; kept in the session so that a page needs no look-up for it. */
  name: string;
  administrator: boolean;
  /** In which capacity they came; what they may do is decided by relation, per request. */
  launchedAs: 'student' | 'staff' | 'family' | 'other';
  /** Canvas Student View: sees a sandbox, nothing is stored or graded (lms.md 6.4). */
  testUser: boolean;
  /** The LMS account id of an administrator who acts as this person (lms.md 6.27). */
  masquerader: string | null;
}

/**
 * What the viewer is to the student whose plan it is.
 * `teacher` teaches the student in a course that is not advisory; `observer` was granted sections.
 */
export type Relation = 'self' | 'advisor' | 'teacher' | 'family' | 'observer' | 'none';
