import { isStaffRole, type Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Forbidden, Invalid, type FieldError } from '../shared/errors.ts';

/** Arranging and recording meetings is for advisors; an administrator helps out. @throws Forbidden */
export function refuseOthersThanStaff({ role }: Pick<Actor, 'role'>): void {
  if (!isStaffRole(role)) throw new Forbidden(`${role} may not record meetings`);
}

/** A text that must be there and fit. */
export function wordsProblem(
  field: string,
  text: string,
  limit: number,
  empty: string | null,
): FieldError | null {
  if (empty !== null && text === '') return { field, message: empty };
  return text.length > limit ? { field, message: say('meetings.error.tooLong', { limit }) } : null;
}

/** @throws Invalid with every problem there is */
export function refuse(problems: readonly (FieldError | null)[]): void {
  const found = problems.filter((problem) => problem !== null);
  if (found.length > 0) throw new Invalid(found);
}
