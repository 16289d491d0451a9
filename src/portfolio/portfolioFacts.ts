import type { Plan } from '../plans/plan.ts';
import type { Evidence } from './evidence.ts';

/** Something evidence can be tied to, by its name. */
export interface Tie {
  id: string;
  label: string;
}

/** What the pages of one portfolio are made from. */
export interface PortfolioFacts {
  plan: Plan;
  items: Evidence[];
  goals: Tie[];
  courses: Tie[];
  tasks: Tie[];
  /** Names of the student's advisors. */
  advisors: readonly string[];
  /** Names of those who confirmed something, by person id. */
  names: ReadonlyMap<string, string>;
  /** The school's calendar day. */
  today: string;
  now: Date;
}
