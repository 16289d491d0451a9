/** What the staff's routes on one student share: who may, as whom they act, how the student is named. */
import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import type { Person } from '../people/person.ts';
import { Id } from '../shared/model.ts';
import type { Call } from '../web/route.ts';

export const STAFF = {
  of: 'student',
  param: 'person',
  relations: ['advisor'],
  administrator: true,
} as const;
export const OfStudent = z.strictObject({ person: Id });

export type StaffCall = Pick<Call, 'viewer' | 'relation' | 'student' | 'res' | 'now'>;

/** Who acts: an advisor of the student, else an administrator. */
export function staffOf({ viewer, relation }: StaffCall): Actor {
  return actorOf(viewer, relation === 'advisor' ? 'advisor' : 'administrator');
}

/** The student as pages of staff name them. */
export function named({ id, name, given }: Person): { id: string; name: string; given: string } {
  return { id, name, given: given || name };
}

/** The texts of a refused form, to be shown again. */
export function textsIn(typed: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(typed).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('_'),
  );
  return Object.fromEntries(texts.map(([name, text]) => [name, text.slice(0, 20_000)]));
}
