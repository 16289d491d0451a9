import { boundsOf } from '../shared/schoolYear.ts';

/** One attempt to reach the family. */
export interface FamilyContact {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  /** Calendar day in the school's zone. */
  day: string;
  how: ContactHow;
  outcome: ContactOutcome;
  note: string;
  by: string;
  at: Date;
}

export const CONTACT_HOWS = ['phone', 'email', 'letter', 'message', 'visit', 'meeting', 'other'] as const;
export type ContactHow = (typeof CONTACT_HOWS)[number];

export const CONTACT_OUTCOMES = ['reached', 'leftMessage', 'noAnswer', 'declined', 'wrongAddress'] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

export const CONTACT_LIMITS = { note: 500, perYear: 100 } as const;

/** How many attempts in one school year are good faith, so that a missing signature may be waived. */
export const GOOD_FAITH = 3;

/** Attempts of one school year on different days: calling three times in one hour is one attempt. */
export function attemptsIn(
  contacts: readonly Pick<FamilyContact, 'day'>[],
  year: number,
  starts: string,
): number {
  const { from, to } = boundsOf(year, starts);
  return new Set(contacts.map(({ day }) => day).filter((day) => from <= day && day <= to)).size;
}
