import { changesBetween } from '../audit/event.ts';
import { experiencesOf } from '../experiences/experience.service.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import { unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { newId } from '../shared/model.ts';
import { resumeStanding } from './afterStandings.ts';
import {
  activityLog,
  addingEntry,
  archivingEntry,
  changingEntry,
  lookingThrough,
  picking,
  type EntryForm,
  type LogLine,
  type Resume,
} from './resume.ts';
import { findResume, saveResume } from './resume.store.ts';

export { findResume as resumeOf } from './resume.store.ts';

/** The résumé and the activity log it is made from. Read one after the other: a transaction allows no two at once. */
export async function resumeWithLog(
  institution: string,
  student: string,
): Promise<{ resume: Resume; log: LogLine[] }> {
  const resume = await findResume(institution, student);
  return { resume, log: activityLog(resume, await experiencesOf(institution, student)) };
}

/** Which lines go in, and the words above them. Possible in every state of the plan, as all of the résumé. */
export async function pickLines(
  actor: Actor,
  form: Pick<Resume, 'picks' | 'profile'>,
  now: Date,
): Promise<void> {
  await change(actor, now, 'resume.changed', (before, log) => picking(before, form, log));
}

/** @throws Invalid over the limit of a log */
export async function addEntry(actor: Actor, form: EntryForm, now: Date): Promise<void> {
  const id = newId();
  await change(actor, now, 'resume.entryAdded', (before) => addingEntry(before, id, form));
}

export async function changeEntry(actor: Actor, id: string, form: EntryForm, now: Date): Promise<void> {
  await change(actor, now, 'resume.entryChanged', (before) => changingEntry(before, id, form));
}

/** Puts an own entry away or takes it back. */
export async function archiveEntry(actor: Actor, id: string, away: boolean, now: Date): Promise<void> {
  const action = away ? 'resume.entryArchived' : 'resume.entryRestored';
  await change(actor, now, action, (before) => archivingEntry(before, id, away, now));
}

/** The student says that they looked it through. @throws Invalid while nothing is in it */
export async function lookThrough(actor: Actor, now: Date): Promise<void> {
  await change(actor, now, 'resume.lookedThrough', (before, log) => lookingThrough(before, log, now));
}

async function change(
  actor: Actor,
  now: Date,
  action: string,
  decide: (before: Resume, log: readonly LogLine[]) => Resume,
): Promise<void> {
  await changePlan(actor, actor.person, now, async (plan) => {
    const before = await findResume(actor.institution, actor.person);
    const experiences = await experiencesOf(actor.institution, actor.person);
    const after = decide(before, activityLog(before, experiences));
    if (after === before) return unchanged(plan);
    await saveResume(after);
    return editingPart(plan, actor, {
      part: 'after',
      when: 'open',
      action,
      object: { kind: 'resume', id: actor.person },
      changes: changesBetween(before, after, ['profile', 'entries', 'picks', 'lookedAt']),
      standings: [resumeStanding(after, activityLog(after, experiences))],
      now,
    });
  });
}
