import type { Comment } from '../plans/comment.ts';
import type { Plan } from '../plans/plan.ts';
import type { RequirementSet } from '../pathways/requirement.ts';
import type { Goal } from './goal.ts';
import type { Serving } from './goalServing.ts';

/** What the pages of one goal are made from. */
export interface GoalFacts {
  plan: Plan;
  goal: Goal;
  /** The school's requirement sets that can be chosen. */
  sets: readonly Pick<RequirementSet, 'key' | 'name' | 'kind'>[];
  /** What in the plan serves this goal. */
  serving: readonly Serving[];
  /** On this goal, newest first. */
  comments: readonly Comment[];
  /** Names of those who wrote, by person id. */
  names: ReadonlyMap<string, string>;
  /** Names of the student's advisors; empty where no course is advisory. */
  advisors: readonly string[];
  /** The student, who is the reader. */
  viewer: string;
  /** The school's time zone: due dates are its days. */
  zone: string;
  now: Date;
}
