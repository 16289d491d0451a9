import type { Actor } from '../people/actor.ts';
import { explorationOf } from '../careers/explore.service.ts';
import { savedOf, type SavedOption } from '../careers/exploration.ts';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { changeAfter } from './after.service.ts';
import {
  addingApplication,
  archivingApplication,
  changingApplication,
  movingApplication,
  sayingNoApplication,
  tickingPart,
  type ApplicationForm,
  type ApplicationPart,
  type ApplicationStatus,
} from './application.ts';

/** The programmes the student saved under Explore: an application can be to one of them. */
export async function savedProgrammes(institution: string, student: string): Promise<SavedOption[]> {
  return savedOf(await explorationOf(institution, student), 'programme');
}

/** Lists an application. Possible in every state of the plan, as all that follows. @returns its id */
export async function addApplication(actor: Actor, form: ApplicationForm, now: Date): Promise<string> {
  const id = newId();
  const named = await withProgramme(actor, form);
  await changeAfter(actor, now, { action: 'application.added', id, when: 'open' }, (before) =>
    addingApplication(before, id, named, now),
  );
  return id;
}

export async function changeApplication(
  actor: Actor,
  id: string,
  form: ApplicationForm,
  now: Date,
): Promise<void> {
  const named = await withProgramme(actor, form);
  await changeAfter(actor, now, { action: 'application.changed', id, when: 'open' }, (before) =>
    changingApplication(before, id, named, now),
  );
}

/** @throws Conflict in words when its status does not lead there */
export async function moveApplication(
  actor: Actor,
  id: string,
  to: ApplicationStatus,
  now: Date,
): Promise<void> {
  await changeAfter(actor, now, { action: 'application.moved', id, when: 'open' }, (before) =>
    movingApplication(before, id, to, now),
  );
}

export async function tickPart(
  actor: Actor,
  id: string,
  part: ApplicationPart,
  done: boolean,
  now: Date,
): Promise<void> {
  await changeAfter(actor, now, { action: 'application.partTicked', id, when: 'open' }, (before) =>
    tickingPart(before, id, part, done, now),
  );
}

export async function archiveApplication(actor: Actor, id: string, away: boolean, now: Date): Promise<void> {
  const action = away ? 'application.archived' : 'application.restored';
  await changeAfter(actor, now, { action, id, when: 'open' }, (before) =>
    archivingApplication(before, id, away, now),
  );
}

/** "I will not apply, because …" */
export async function sayNoApplication(actor: Actor, why: string, now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'application.none', id: actor.person, when: 'open' }, (before) =>
    sayingNoApplication(before, why, now),
  );
}

/** A saved programme gives its title where nothing was typed. @throws Invalid for one that is not saved */
async function withProgramme(
  { institution, person }: Actor,
  form: ApplicationForm,
): Promise<ApplicationForm> {
  if (form.programme === null) return form;
  const saved = await savedProgrammes(institution, person);
  const programme = saved.find(({ option }) => option === form.programme);
  if (!programme) throw new Invalid([{ field: 'programme', message: say('after.error.programme') }]);
  return { ...form, where: form.where || programme.title };
}
