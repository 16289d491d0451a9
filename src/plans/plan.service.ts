import { record } from '../audit/audit.service.ts';
import { currentFramework, frameworkOf } from '../frameworks/framework.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { schoolYearOf } from '../shared/schoolYear.ts';
import { textsAskedBy } from './credit.ts';
import { componentsOf, starter, type Framework } from './framework.ts';
import { addPlan, findPlan, wasMadeMeanwhile } from './plan.store.ts';
import { emptyProfile, type Plan } from './plan.ts';
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
    const of = { institution, person, year: await yearAt(institution, now) };
    const framework = await currentFramework(institution);
    return await inTransaction(() => makePlan(newPlan(of, now, framework), now));
  } catch (error) {
    if (wasMadeMeanwhile(error)) return getPlan(institution, person);
    throw error;
  }
}

async function makePlan(empty: Omit<Plan, 'id'>, now: Date): Promise<Plan> {
  const { institution, person } = empty;
  const { plan, isNew } = await addPlan(empty);
  if (isNew) {
    const object = { kind: 'plan', id: plan.id };
    await record({ institution, actor: 'system', action: 'plan.created', subject: person, object, at: now });
  }
  return plan;
}

/** The school year that an instant lies in, by the school's own calendar. */
export async function yearAt(institution: string, now: Date): Promise<number> {
  const { zone, yearStarts } = await settingsOf(institution);
  return schoolYearOf(schoolDay(now, zone), yearStarts);
}

/** A plan with nothing in it. */
export function newPlan(
  { institution, person, year }: { institution: string; person: string; year: number },
  now: Date,
  framework: Framework = starter,
): Omit<Plan, 'id'> {
  const empty = {
    state: 'not_started' as const,
    resumeTo: null,
    year,
    firstYear: year,
    grade: null,
    texts: textsAskedBy(framework),
    profile: emptyProfile(),
    goals: [],
    standings: [],
    askedParts: [],
    exemptions: [],
  };
  return {
    ...empty,
    institution,
    person,
    framework: framework.id,
    frameworkVersion: framework.version,
    migration: null,
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
  return changePlan(actor, student, now, async (plan) => {
    // A plan nobody has begun is told what it lacks, as a half-written one is.
    if (plan.state === 'not_started') await checkReady(plan);
    const sent = moved(unchanged(plan), 'submit', actor);
    await checkReady(plan);
    return having(sent, { submittedAt: now, needsAdvisorSince: now });
  });
}

async function checkReady(plan: Plan): Promise<void> {
  const framework = await frameworkOf(plan);
  const missing = notReadyToSend(plan, framework);
  if (missing.length > 0) throw new Invalid(missing.map((part) => problemOf(part, framework)));
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
