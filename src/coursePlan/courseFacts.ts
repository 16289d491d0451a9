import type { Plan } from '../plans/plan.ts';
import type { CoursePlan } from './coursePlan.ts';
import type { Around } from './measure.ts';

/** A student's course plan with everything it is measured by. */
export interface CourseFacts {
  plan: Plan;
  courses: CoursePlan;
  around: Around;
}
