import { settingsOf } from '../institutions/settings.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import type { Actor } from '../people/actor.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { newId } from '../shared/model.ts';
import { CONTACT_LIMITS, type FamilyContact } from './contact.ts';
import { insertContact } from './contact.store.ts';
import { refuse, refuseOthersThanStaff, wordsProblem } from './roles.ts';

export { listContacts } from './contact.store.ts';

export type ContactForm = Pick<FamilyContact, 'day' | 'how' | 'outcome' | 'note'>;

/**
 * Logs an attempt to reach the family. What was said stays out of the student's history: the note is for staff.
 * @throws Invalid for a day that is none or is still to come
 */
export async function logContact(actor: Actor, student: string, form: ContactForm, now: Date): Promise<void> {
  refuseOthersThanStaff(actor);
  const { zone } = await settingsOf(actor.institution);
  const isPast = isDay(form.day) && form.day <= schoolDay(now, zone);
  refuse([
    isPast ? null : { field: 'day', message: say('meetings.error.pastDay') },
    wordsProblem('note', form.note, CONTACT_LIMITS.note, null),
  ]);
  await changePlan(actor, student, now, async (plan) => {
    const { institution, person } = plan;
    const id = newId();
    await insertContact({ id, institution, person, ...form, by: actor.person, at: now });
    const changes = [{ field: 'outcome', from: null, to: form.outcome }];
    return { plan, actions: [{ action: 'family.contacted', object: { kind: 'contact', id }, changes }] };
  });
}
