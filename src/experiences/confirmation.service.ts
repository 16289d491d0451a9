import type { Actor } from '../people/actor.ts';
import { Forbidden } from '../shared/errors.ts';
import type { Confirmation, Experience } from './experience.ts';
import { changeOne } from './experienceChange.service.ts';
import * as move from './experienceMove.ts';

/** An advisor vouches for it: of their own knowledge, after asking the supervisor, or by a signed paper slip. */
export async function confirmExperience(
  actor: Actor,
  student: string,
  id: string,
  { how, note }: Pick<Confirmation, 'how' | 'note'>,
  now: Date,
): Promise<Experience> {
  refuseOthers(actor);
  return changeOne(actor, student, id, 'experience.verified', now, (before) =>
    before.state === 'verified' ? before : move.confirming(before, { how, note, by: actor.person }, now),
  );
}

/** An advisor gives it back with words about what to mend. */
export async function returnExperience(
  actor: Actor,
  student: string,
  id: string,
  reason: string,
  now: Date,
): Promise<Experience> {
  refuseOthers(actor);
  return changeOne(actor, student, id, 'experience.returned', now, (before) =>
    before.state === 'returned' ? before : move.returning(before, reason, now),
  );
}

function refuseOthers({ role }: Actor): void {
  if (role !== 'advisor') throw new Forbidden(`${role} may not confirm an experience`);
}
