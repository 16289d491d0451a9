import { historyOf, record } from '../audit/audit.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { findPeople } from '../people/person.service.ts';
import type { Person } from '../people/person.ts';
import type { Comment } from '../plans/comment.ts';
import { listCommentsFor } from '../plans/comment.service.ts';
import { isSandbox } from '../plans/ownPlan.service.ts';
import { planParts, readParts } from '../plans/parts.service.ts';
import type { Plan } from '../plans/plan.ts';
import type { Words } from '../shared/page.ts';
import { currentOf, listSignatures } from '../signatures/signature.service.ts';
import { listTasksOf } from '../tasks/task.service.ts';
import { planDocument, type PlanDocument } from './planDocument.ts';

/** The plan as paper shows it to this reader: families get what is meant for them. */
export async function documentFor(
  actor: Pick<Actor, 'role'>,
  plan: Plan,
  words: Words,
  now: Date,
): Promise<PlanDocument> {
  const [{ name: school, planName }, person] = await Promise.all([
    settingsOf(plan.institution),
    studentOf(plan),
  ]);
  const parts = isSandbox(plan) ? [] : await readParts(plan, words);
  const audience = actor.role === 'family' ? 'family' : 'plan';
  const signatures = isSandbox(plan) ? [] : currentOf(plan, await listSignatures(plan.institution, plan.id));
  return planDocument(words, {
    plan,
    parts,
    signatures,
    student: person?.name ?? '',
    school,
    planName,
    audience,
    now,
  });
}

/** So many events of a plan's history are given along, the newest. */
const EVENTS = 5_000;

/**
 * Everything the plan holds, as data: for the student's own use or the next school's. Staff's notes are no part of
 * it unless staff asks (FERPA 34 CFR 99.3, "sole possession" and records of the student).
 */
export async function planRecords(actor: Actor, plan: Plan, now: Date): Promise<Record<string, unknown>> {
  const { institution, person } = plan;
  const [school, student, comments, tasks, history] = await Promise.all([
    settingsOf(institution),
    studentOf(plan),
    commentsOn(actor, plan),
    listTasksOf(institution, person),
    historyOf(institution, person, { limit: EVENTS }),
  ]);
  return {
    format: 'waymark-plan-1',
    exportedAt: now.toISOString(),
    school: { name: school.name, zone: school.zone, planName: school.planName },
    student: { name: student?.name ?? '', sisId: student?.sisId ?? null },
    plan,
    parts: isSandbox(plan) ? {} : await recordsOf(plan),
    comments,
    tasks,
    history: history.map(({ at, actor: by, action, kind, object, changes }) => ({
      at,
      by,
      action,
      object: { kind, id: object },
      changes,
    })),
  };
}

/** @returns null for a person who is no longer kept */
async function studentOf({ institution, person }: Plan): Promise<Person | null> {
  const [found] = await findPeople(institution, [person]);
  return found ?? null;
}

async function commentsOn(actor: Actor, plan: Plan): Promise<Comment[]> {
  return isSandbox(plan) ? [] : listCommentsFor(actor, plan.person);
}

/** A copy that staff took along is told in the student's history (FERPA 34 CFR 99.32); their own is not. */
export async function tellExport(
  { role, person, via }: Actor,
  plan: Plan,
  form: 'pdf' | 'json' | 'csv',
  at: Date,
): Promise<void> {
  if (role === 'student') return;
  await record({
    institution: plan.institution,
    actor: person,
    action: 'plan.exported',
    subject: plan.person,
    object: { kind: 'plan', id: plan.id },
    changes: [{ field: 'form', from: null, to: form }],
    via,
    at,
  });
}

async function recordsOf(plan: Plan): Promise<Record<string, unknown>> {
  const records: Record<string, unknown> = {};
  for (const part of planParts()) records[part.key] = await part.records(plan);
  return records;
}
