import { record } from '../audit/audit.service.ts';
import type { Actor } from '../people/actor.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { componentsOf, getFramework, starter, type Framework } from './framework.ts';
import { addPlan, findPlan, wasMadeMeanwhile } from './plan.store.ts';
import { emptyPart, type Plan } from './plan.ts';
import { having, moved, unchanged } from './planChange.ts';
import { changePlan, getPlan } from './planChange.service.ts';
import { notReadyToSend, summaryOf, type Missing } from './progress.ts';
import { say } from './say.ts';

export { findPlan, listPlanRows, type PlanRow } from './plan.store.ts';
export { getPlan, sendPlanGrade } from './planChange.service.ts';

/** The student's plan, made at the first launch; launches at once get the same one. */
export async function openPlan(institution: string, person: string, now: Date): Promise<Plan> {
  const found = await findPlan(institution, person);
  if (found) return found;
  try {
    return await inTransaction(() => makePlan(institution, person, now));
  } catch (error) {
    if (wasMadeMeanwhile(error)) return getPlan(institution, person);
    throw error;
  }
}

async function makePlan(institution: string, person: string, now: Date): Promise<Plan> {
  const { plan, isNew } = await addPlan(newPlan(institution, person, now));
  if (isNew) {
    const object = { kind: 'plan', id: plan.id };
    await record({ institution, actor: 'system', action: 'plan.created', subject: person, object, at: now });
  }
  return plan;
}

/** A plan with nothing in it. */
export function newPlan(
  institution: string,
  person: string,
  now: Date,
  framework: Framework = starter,
): Omit<Plan, 'id'> {
  const empty = {
    state: 'not_started' as const,
    resumeTo: null,
    profile: { strengths: emptyPart(), improvements: emptyPart(), interests: emptyPart() },
    goals: [],
    exemptions: [],
  };
  return {
    ...empty,
    institution,
    person,
    framework: framework.id,
    frameworkVersion: framework.version,
    sentFrom: null,
    asideReason: null,
    version: 1,
    revision: 1,
    submittedAt: null,
    approvedAt: null,
    approvedBy: null,
    lastActivityAt: null,
    needsAdvisorSince: null,
    summary: summaryOf(empty, framework),
    createdAt: now,
  };
}

/** The student sends the plan to the advisor. @throws Invalid naming each required part that is not finished. */
export async function submitPlan(actor: Actor, student: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, (plan) => {
    const sent = moved(unchanged(plan), 'submit', actor);
    const framework = getFramework(plan.framework);
    const missing = notReadyToSend(plan, framework);
    if (missing.length > 0) throw new Invalid(missing.map((part) => problemOf(part, framework)));
    return having(sent, { submittedAt: now, needsAdvisorSince: now });
  });
}

function problemOf({ key, why }: Missing, framework: Framework): FieldError {
  const label = componentsOf(framework).find((component) => component.key === key)?.label;
  const part = label ? say(label) : key;
  const reason = why === 'empty' || why === 'changeAsked' ? why : 'unfinished';
  return { field: key, message: say(`plans.error.notReady.${reason}`, { part }) };
}

/** The student takes the plan back, before an advisor has begun to read it. */
export async function withdrawPlan(actor: Actor, student: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, (plan) =>
    having(moved(unchanged(plan), 'withdraw', actor), { needsAdvisorSince: null }),
  );
}
