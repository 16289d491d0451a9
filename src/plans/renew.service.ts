import { currentFramework } from '../frameworks/framework.service.ts';
import { LIMITS } from '../goals/goal.ts';
import { courseStandingsOf } from '../coursePlan/change.service.ts';
import type { Actor } from '../people/actor.ts';
import { Conflict, Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { nameOfYear } from '../shared/schoolYear.ts';
import { textsAskedBy } from './credit.ts';
import type { Plan } from './plan.ts';
import { having, moved, unchanged } from './planChange.ts';
import { changePlan } from './planChange.service.ts';
import { yearAt } from './plan.service.ts';
import { carriableGoals, isOfEarlierYear, renewedFields } from './renew.ts';
import { standingsWith } from './standing.ts';
import { say } from './say.ts';

/**
 * Begins the plan of the new school year with what is known already, by the definition the school uses now.
 * @param keep ids of goals that go on; unknown ones are ignored
 * @throws Conflict when its school year is not over, or while an advisor has it
 */
export async function renewPlan(
  actor: Actor,
  student: string,
  keep: readonly string[],
  now: Date,
): Promise<Plan> {
  const year = await yearAt(actor.institution, now);
  const framework = await currentFramework(actor.institution);
  return changePlan(actor, student, now, async (plan) => {
    if (!isOfEarlierYear(plan, year))
      throw new Conflict(say('renew.error.year', { year: nameOfYear(plan.year) }));
    const chosen = carriableGoals(plan).filter(({ id }) => keep.includes(id));
    refuseTooMany(plan, chosen.length);
    const from = nameOfYear(plan.year);
    const action = { action: 'plan.renewed', changes: [{ field: 'year', from, to: nameOfYear(year) }] };
    const change = plan.state === 'not_started' ? unchanged(plan) : moved(unchanged(plan), 'renew', actor);
    const fields = renewedFields(plan, { year, keep: new Set(chosen.map(({ id }) => id)) }, now, newId);
    const courses = await courseStandingsOf({ ...plan, ...fields }, now);
    return having(
      change,
      {
        ...fields,
        standings: standingsWith(fields, courses, now),
        framework: framework.id,
        frameworkVersion: framework.version,
        texts: textsAskedBy(framework),
        migration: null,
        revision: plan.revision + 1,
        ...NOT_YET,
      },
      action,
    );
  });
}

const NOT_YET = { submittedAt: null, approvedAt: null, approvedBy: null, needsAdvisorSince: null } as const;

/** A plan holds so many goals over the years (architecture.md: bounded documents). */
function refuseTooMany(plan: Plan, chosen: number): void {
  if (chosen <= LIMITS.goals && plan.goals.length + chosen <= LIMITS.kept) return;
  throw new Invalid([{ field: 'keep', message: say('goals.error.tooManyGoals', { limit: LIMITS.goals }) }]);
}
