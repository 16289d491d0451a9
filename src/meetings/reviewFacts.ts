import type { Plan } from '../plans/plan.ts';
import type { FamilyContact } from './contact.ts';
import type { ReviewCycle } from './cycle.ts';
import type { Meeting } from './meeting.ts';
import type { Period } from './period.ts';
import type { Question } from './question.ts';

/** A student's reviews as a use case or a page reads them. */
export interface Reviews {
  plan: Plan;
  zone: string;
  /** The school's calendar day. */
  today: string;
  /** The one of today; not stored before something is written into it. */
  cycle: ReviewCycle;
  cycles: readonly ReviewCycle[];
  meetings: readonly Meeting[];
  /** The period a day falls in. */
  periodOf: (day: string) => Period;
  now: Date;
}

/** What a page shows beside. */
export interface ReviewFacts extends Reviews {
  /** Reviews in a school year. */
  perYear: number;
  questions: readonly Question[];
  names: ReadonlyMap<string, string>;
}

/** What staff see of a student beside the reviews themselves. */
export interface StaffReviewFacts extends ReviewFacts {
  contacts: readonly FamilyContact[];
  /** Days of this school year with an attempt. */
  attempts: number;
}
