/**
 * A score as Waymark means it (AGS 2.0 section 3.4). The platform's profile turns it into what that LMS must be
 * sent so that it shows it, and nothing more.
 */
export interface Score {
  /** AGS `userId`: the person's `sub` in that course. */
  userId: string;
  activityProgress: 'Initialized' | 'Started' | 'InProgress' | 'Submitted' | 'Completed';
  gradingProgress: 'FullyGraded' | 'Pending' | 'PendingManual' | 'Failed' | 'NotReady';
  scoreGiven?: number;
  scoreMaximum?: number;
  comment?: string;
  /** Of the decision; must rise with each score of one person and line item. */
  timestamp: Date;
  submittedAt?: Date;
  /** Nothing was posted yet for this person and line item: a grade that a teacher gave before then stays. */
  firstPost: boolean;
  /** The student handed in anew: the LMS may count an attempt. */
  newAttempt: boolean;
}

/** Line item to create: one column of the gradebook. */
export interface NewLineItem {
  label: string;
  /** Above 0. */
  scoreMaximum: number;
  resourceId: string;
  tag: string;
}

/** One assignment an advisor puts into a course (Deep Linking 2.0, ltiResourceLink). */
export interface ContentItem {
  url: string;
  title: string;
  text?: string;
  /** Lower-case keys: Schoology loses upper case. */
  custom: Record<string, string>;
  lineItem?: NewLineItem;
  dueAt?: Date;
}

/** True when the LMS gets a grade out of it; everything else is only a state. */
export function isFinal(score: Score): boolean {
  return score.gradingProgress === 'FullyGraded' && score.scoreGiven !== undefined;
}
