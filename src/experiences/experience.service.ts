import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import { unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import type { Plan } from '../plans/plan.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import {
  inOrder,
  isActivity,
  LIMITS,
  type Experience,
  type ExperienceFacts,
  type HoursEntry,
} from './experience.ts';
import { changeOne, editing, factChanges } from './experienceChange.service.ts';
import { isSameForm, textsOf } from './experienceForm.ts';
import * as move from './experienceMove.ts';
import * as store from './experience.store.ts';
import { experienceStandings, type NoActivity } from './experienceStanding.ts';

export {
  findNoActivity as noActivityOf,
  listExperiences as experienceRecordsOf,
} from './experience.store.ts';

/** What a student did and did not put away: confirmed ones first, then the newest. For the résumé too. */
export async function experiencesOf(institution: string, student: string): Promise<Experience[]> {
  const all = await store.listExperiences(institution, student);
  return inOrder(all.filter(({ archivedAt }) => archivedAt === null));
}

/** Records a new one as a draft. @throws Invalid over the limit of a plan. */
export async function addExperience(
  actor: Actor,
  facts: ExperienceFacts,
  opportunity: string | null,
  now: Date,
): Promise<Experience> {
  const one: Experience = {
    ...facts,
    id: newId(),
    institution: actor.institution,
    person: actor.person,
    hours: [],
    opportunity,
    state: 'draft',
    confirmed: null,
    asked: null,
    version: 1,
    formVersion: 1,
    createdAt: now,
    changedAt: now,
    archivedAt: null,
  };
  await changePlan(actor, actor.person, now, async (plan) => {
    refuseUnknownGoal(plan, facts.goal);
    const all = await experiencesOf(actor.institution, actor.person);
    if (all.length >= LIMITS.experiences)
      throw new Invalid([
        { field: 'title', message: say('experiences.error.tooMany', { limit: LIMITS.experiences }) },
      ]);
    await store.insertExperience(one);
    if (isActivity(one)) await store.saveNoActivity(actor.institution, actor.person, null);
    return editing(plan, actor, 'experience.added', one, factChanges(null, one), now);
  });
  return one;
}

/**
 * Saves the student's words about it, at any time. The same again writes nothing.
 * @param version the form's version that the writer saw
 * @throws VersionConflict with both texts when another tab saved it since
 */
export async function changeExperience(
  actor: Actor,
  id: string,
  { facts, version }: { facts: ExperienceFacts; version: number },
  now: Date,
): Promise<Experience> {
  return changeOne(actor, actor.person, id, 'experience.changed', now, (before, plan) => {
    refuseUnknownGoal(plan, facts.goal);
    const after = { ...before, ...facts };
    if (isSameForm(before, after)) return before;
    if (before.formVersion !== version) {
      const stored = { words: textsOf(before), version: before.formVersion, at: before.changedAt };
      throw new VersionConflict(stored, textsOf(after));
    }
    return move.describing(before, facts, now);
  });
}

export async function logHours(
  actor: Actor,
  id: string,
  entry: Omit<HoursEntry, 'id'>,
  now: Date,
): Promise<Experience> {
  const made = { ...entry, id: newId() };
  return changeOne(actor, actor.person, id, 'experience.hoursLogged', now, (before) =>
    move.loggingHours(before, made, now),
  );
}

export async function removeHours(actor: Actor, id: string, entry: string, now: Date): Promise<Experience> {
  return changeOne(actor, actor.person, id, 'experience.hoursRemoved', now, (before) =>
    move.removingHours(before, entry, now),
  );
}

/** Gives it to the advisor to confirm. Said twice is said once. */
export async function sendExperience(actor: Actor, id: string, now: Date): Promise<Experience> {
  return changeOne(actor, actor.person, id, 'experience.submitted', now, (before) =>
    before.state === 'submitted' ? before : move.sending(before, now),
  );
}

/** Puts it away or takes it back; nothing is deleted. */
export async function archiveExperience(
  actor: Actor,
  id: string,
  away: boolean,
  now: Date,
): Promise<Experience> {
  const action = away ? 'experience.archived' : 'experience.restored';
  return changeOne(actor, actor.person, id, action, now, (before) =>
    (before.archivedAt !== null) === away
      ? before
      : { ...before, archivedAt: away ? now : null, version: before.version + 1, changedAt: now },
  );
}

/** "None, because …" for activities outside class. @throws Invalid without words, or when there is one. */
export async function sayNoActivity(actor: Actor, why: string, now: Date): Promise<void> {
  const words = why.trim();
  if (words === '') throw new Invalid([{ field: 'why', message: say('experiences.error.none') }]);
  await changePlan(actor, actor.person, now, async (plan) => {
    const before = await store.findNoActivity(actor.institution, actor.person);
    const all = await experiencesOf(actor.institution, actor.person);
    if (before?.why === words) return unchanged(plan);
    if (all.some(isActivity)) throw new Invalid([{ field: 'why', message: say('experiences.error.hasOne') }]);
    const none: NoActivity = { why: words, at: now };
    await store.saveNoActivity(actor.institution, actor.person, none);
    return editingPart(plan, actor, {
      part: 'experiences',
      when: 'open',
      action: 'experience.none',
      object: { kind: 'noActivity', id: actor.person },
      changes: [{ field: 'why', from: before?.why ?? null, to: words }],
      standings: experienceStandings(all, none),
      now,
    });
  });
}

function refuseUnknownGoal(plan: Plan, goal: string | null): void {
  if (goal !== null && !plan.goals.some(({ id }) => id === goal))
    throw new Invalid([{ field: 'goal', message: say('careers.error.goal') }]);
}
