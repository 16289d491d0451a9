import { changesBetween, type Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { NotFound } from '../shared/errors.ts';
import { hoursOf, type Experience } from './experience.ts';
import * as store from './experience.store.ts';
import { experienceStandings } from './experienceStanding.ts';

/** @throws NotFound when the student has no such experience. */
export async function getExperience(institution: string, student: string, id: string): Promise<Experience> {
  const found = await store.findExperience(institution, id);
  if (!found || found.person !== student) throw new NotFound(`experience ${id}`);
  return found;
}

/** One write of one experience, with what the plan's components are then worth. The same object writes nothing. */
export async function changeOne(
  actor: Actor,
  student: string,
  id: string,
  action: string,
  now: Date,
  decide: (before: Experience, plan: Plan) => Experience,
): Promise<Experience> {
  const made: { one?: Experience } = {};
  await changePlan(actor, student, now, async (plan) => {
    const before = await getExperience(actor.institution, student, id);
    const after = decide(before, plan);
    made.one = after;
    if (after === before) return unchanged(plan);
    await store.replaceExperience(before, after);
    return editing(plan, actor, action, after, factChanges(before, after), now);
  });
  return made.one as Experience;
}

/** The plan after a write of one of its experiences. Reads the student's experiences within the transaction, after the write. */
export async function editing(
  plan: Plan,
  actor: Actor,
  action: string,
  one: Experience,
  changes: Change[],
  now: Date,
): Promise<PlanChange> {
  const all = await store.listExperiences(plan.institution, plan.person);
  const none = await store.findNoActivity(plan.institution, plan.person);
  return editingPart(plan, actor, {
    part: 'experiences',
    when: 'open',
    action,
    object: { kind: 'experience', id: one.id },
    changes,
    standings: experienceStandings(all, none),
    now,
  });
}

/** What changed, for history. The supervisor's contact stays out of it: history is read by more people. */
export function factChanges(before: Experience | null, after: Experience): Change[] {
  const words = (one: Experience) => ({
    ...one,
    supervisor: one.supervisor.name,
    contact: one.supervisor.contact,
    hours: hoursOf(one),
    confirmed: one.confirmed && `${one.confirmed.how} ${one.confirmed.at.toISOString()}`,
  });
  const empty = { ...words(after), kind: '', title: '', organisation: '' } as unknown as ReturnType<
    typeof words
  >;
  const fields = [
    'kind',
    'title',
    'organisation',
    'from',
    'to',
    'hours',
    'supervisor',
    'contact',
    'reflection',
    'skills',
    'goal',
    'state',
    'confirmed',
    'asked',
    'archivedAt',
  ] as const;
  return changesBetween(before ? words(before) : empty, words(after), fields).map((change) =>
    change.field === 'contact' ? { field: 'contact', from: null, to: null } : change,
  );
}
