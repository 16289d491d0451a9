import { courseFactsOf } from '../coursePlan/courseFacts.service.ts';
import { measure } from '../coursePlan/measure.ts';
import { listRequirementSets } from '../pathways/requirement.service.ts';
import type { Actor } from '../people/actor.ts';
import type { Plan } from '../plans/plan.ts';
import { having, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { standingsWith } from '../plans/standing.ts';
import { asksForOtherSets } from './goalSets.ts';

/**
 * `changePlan` for changes of goals: where the goals then ask for other requirement sets, the courses are measured
 * again in the same transaction, so that the audit and the plan's completion never disagree.
 */
export async function changeGoals(
  actor: Actor,
  student: string,
  now: Date,
  decide: (plan: Plan) => PlanChange,
): Promise<Plan> {
  return changePlan(actor, student, now, (before) => remeasured(before, decide(before), now));
}

async function remeasured(before: Plan, change: PlanChange, now: Date): Promise<PlanChange> {
  if (!asksForOtherSets(before.goals, change.plan.goals)) return change;
  const { courses, around } = await courseFactsOf(change.plan, now);
  const standings = standingsWith(change.plan, measure(courses, around).standings, now);
  return having(change, { standings });
}

/** Keys of the sets that a goal of this school may ask for. */
export async function keysOfSets(institution: string): Promise<string[]> {
  return (await listRequirementSets(institution)).map(({ key }) => key);
}
