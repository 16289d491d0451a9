/** How an experience goes: draft → submitted → verified | returned. All by hand of the student or their advisor. */
import { say } from '../plans/say.ts';
import { Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import {
  hoursOf,
  isAtWork,
  LIMITS,
  type Confirmation,
  type Experience,
  type ExperienceFacts,
  type ExperienceState,
  type HoursEntry,
} from './experience.ts';

export type ExperienceEvent = 'send' | 'confirm' | 'return';

/** Which states an event starts from. A verified one is sent again when hours were added. */
const FROM: Readonly<Record<ExperienceEvent, readonly ExperienceState[]>> = {
  send: ['draft', 'returned', 'verified'],
  confirm: ['submitted'],
  return: ['submitted'],
};

export function may(event: ExperienceEvent, one: Pick<Experience, 'state' | 'archivedAt'>): boolean {
  return one.archivedAt === null && FROM[event].includes(one.state);
}

/** @throws Conflict that names the state. */
function refuseIllegal(event: ExperienceEvent, one: Experience): void {
  if (may(event, one)) return;
  const state = one.archivedAt === null ? one.state : 'archived';
  throw new Conflict(
    say('experiences.error.move', {
      state: say(`experiences.state.${state}`),
      event: say(`experiences.event.${event}`),
    }),
  );
}

/** What is missing before an adult can confirm it. */
export function missingToSend(one: Experience): FieldError[] {
  const problems: FieldError[] = [];
  const need = (isThere: boolean, field: string, message: FieldError['message']): void => {
    if (!isThere) problems.push({ field, message });
  };
  need(one.title !== '', 'title', say('experiences.error.title'));
  need(one.organisation !== '', 'organisation', say('experiences.error.organisation'));
  need(one.from !== null, 'from', say('experiences.error.from'));
  if (isAtWork(one)) {
    need(one.supervisor.name !== '', 'supervisorName', say('experiences.error.supervisor'));
    need(one.supervisor.contact !== '', 'supervisorContact', say('experiences.error.contact'));
    need(one.hours.length > 0, 'hours', say('experiences.error.noHours'));
    need(one.reflection !== '', 'reflection', say('experiences.error.reflection'));
  }
  return problems;
}

/** Hours logged since the last confirmation; all of them when there was none. */
export function unconfirmedHours(one: Experience): number {
  return Math.max(0, hoursOf(one) - (one.confirmed?.hours ?? 0));
}

/** Gives it to the advisor to confirm. @throws Invalid with what is missing, Conflict when nothing is new. */
export function sending(one: Experience, now: Date): Experience {
  refuseIllegal('send', one);
  if (one.state === 'verified' && unconfirmedHours(one) === 0)
    throw new Conflict(say('experiences.error.nothingNew'));
  const missing = missingToSend(one);
  if (missing.length > 0) throw new Invalid(missing);
  return changed({ ...one, state: 'submitted', asked: null }, now);
}

/** An adult vouches for it as it stands. */
export function confirming(
  one: Experience,
  { how, by, note }: Pick<Confirmation, 'how' | 'by' | 'note'>,
  now: Date,
): Experience {
  refuseIllegal('confirm', one);
  const confirmed = { how, by, note: note.trim(), at: now, hours: hoursOf(one) };
  return changed({ ...one, state: 'verified', confirmed, asked: null }, now);
}

/** Gives it back with words about what to mend. An earlier confirmation stays. */
export function returning(one: Experience, reason: string, now: Date): Experience {
  refuseIllegal('return', one);
  const asked = reason.trim();
  if (asked === '') throw new Invalid([{ field: 'reason', message: say('experiences.error.reason') }]);
  return changed({ ...one, state: 'returned', asked }, now);
}

/**
 * The student's own words about it, at any time. When what an adult confirmed is no longer what is told (kind,
 * organisation, what was done, dates), it has to be confirmed anew; a reflection, skill or goal changes nothing.
 */
export function describing(one: Experience, facts: ExperienceFacts, now: Date): Experience {
  return changed(backToDraft(one, { ...one, ...facts, formVersion: one.formVersion + 1 }), now);
}

/** Adds hours; those that were confirmed stay confirmed. @throws Invalid over the limits. */
export function loggingHours(one: Experience, entry: HoursEntry, now: Date): Experience {
  if (one.hours.length >= LIMITS.hours)
    throw new Invalid([
      { field: 'hours', message: say('experiences.error.manyHours', { limit: LIMITS.hours }) },
    ]);
  const hours = [...one.hours, entry].toSorted((a, b) => b.day.localeCompare(a.day));
  return changed({ ...one, hours }, now);
}

/** Takes an entry of hours away; fewer hours than were confirmed need a new confirmation. */
export function removingHours(one: Experience, entry: string, now: Date): Experience {
  const after = { ...one, hours: one.hours.filter(({ id }) => id !== entry) };
  return after.hours.length === one.hours.length ? one : changed(backToDraft(one, after), now);
}

function backToDraft(before: Experience, after: Experience): Experience {
  const essence = ({ kind, title, organisation, from, to }: Experience): string =>
    JSON.stringify([kind, title, organisation, from, to]);
  const stillTrue = essence(before) === essence(after) && hoursOf(after) >= (before.confirmed?.hours ?? 0);
  if (stillTrue) return after;
  const confirmed = null;
  return before.state === 'verified' ? { ...after, confirmed, state: 'draft' } : { ...after, confirmed };
}

function changed(one: Experience, now: Date): Experience {
  return { ...one, version: one.version + 1, changedAt: now };
}
