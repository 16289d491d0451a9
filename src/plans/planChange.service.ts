/**
 * How every change of a plan is made: load, decide by pure rules, then save the plan, its audit events and
 * its grade rows in one transaction. Features that live in the plan (goals) come through here as well.
 */
import { record } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/event.ts';
import { coursesOf } from '../courses/enrolment.service.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { frameworkOf } from '../frameworks/framework.service.ts';
import type { Actor } from '../people/actor.ts';
import { NotFound } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { findPlan, updatePlan } from './plan.store.ts';
import type { Plan } from './plan.ts';
import type { PlanAction, PlanChange } from './planChange.ts';
import { isOtherGrade, planGrade } from './planGrade.ts';
import { summaryOf } from './progress.ts';
import { say } from './say.ts';

/** @throws NotFound when the student has no plan here. */
export async function getPlan(institution: string, student: string): Promise<Plan> {
  const plan = await findPlan(institution, student);
  if (!plan) throw new NotFound(`plan of ${student}`);
  return plan;
}

/**
 * One use case on one plan. `decide` may read and write stores of its own: it runs inside the transaction,
 * and again when MongoDB asks for a retry. Returning the plan unchanged and no action writes nothing.
 * @throws NotFound when a student acts on somebody else's plan; Conflict when another write came first.
 */
export async function changePlan(
  actor: Actor,
  student: string,
  now: Date,
  decide: (plan: Plan) => PlanChange | Promise<PlanChange>,
): Promise<Plan> {
  if (actor.role === 'student' && actor.person !== student) throw new NotFound(`plan of ${student}`);
  return inTransaction(async () => {
    const before = await getPlan(actor.institution, student);
    const change = await decide(before);
    const after = change.plan === before ? before : await save(before, change.plan, actor, now);
    await record(...change.actions.map((action) => eventOf(action, after, actor, now)));
    await sendGrades(before, after, now);
    return after;
  });
}

async function save(before: Plan, plan: Plan, actor: Actor, now: Date): Promise<Plan> {
  const framework = await frameworkOf(plan);
  const own = actor.role === 'student' ? { lastActivityAt: now } : {};
  return updatePlan(before, differing(before, { ...plan, ...own, summary: summaryOf(plan, framework) }));
}

type Writable = Omit<Plan, 'id' | 'institution' | 'person' | 'version' | 'createdAt'>;

function differing(before: Plan, after: Plan): Partial<Writable> {
  const entries = Object.entries(after).filter(([key, value]) => before[key as keyof Plan] !== value);
  return Object.fromEntries(entries) as Partial<Writable>;
}

function eventOf(action: PlanAction, plan: Plan, actor: Actor, at: Date): AuditEvent {
  return {
    institution: plan.institution,
    actor: action.bySystem ? 'system' : actor.person,
    action: action.action,
    subject: plan.person,
    object: action.object ?? { kind: 'plan', id: plan.id },
    changes: action.changes,
    via: action.bySystem ? null : actor.via,
    at,
  };
}

async function sendGrades(before: Plan, after: Plan, now: Date): Promise<void> {
  const framework = await frameworkOf(after);
  const grade = planGrade(after, framework, now, say);
  if (!grade || !isOtherGrade(planGrade(before, framework, now, say), grade)) return;
  for (const { id, planGrade: wanted } of await coursesOf(after.institution, after.person)) {
    if (wanted) await enqueue({ ...grade, course: id });
  }
}

/** Queues a student's plan grade for one course: its column was turned on, or they joined it. */
export async function sendPlanGrade(
  institution: string,
  student: string,
  course: string,
  now: Date,
): Promise<void> {
  const plan = await findPlan(institution, student);
  const grade = plan && planGrade(plan, await frameworkOf(plan), now, say);
  if (grade) await enqueue({ ...grade, course });
}
