/** What staff write into a review cycle: what the family said, their own look, and the end of it. */
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { changeReviews, keepReviews } from './change.service.ts';
import { CYCLE_LIMITS, refuseSignedOff, signedOff, type ReviewCycle } from './cycle.ts';
import { refuse, refuseOthersThanStaff, wordsProblem } from './roles.ts';

/** What the family told a member of staff. */
export interface FamilyInputForm {
  text: string;
  who: string;
  /** `YYYY-MM-DD` in the school's zone, not after today. */
  toldOn: string;
}

/** Writes down what the family said. @throws Invalid, Conflict when the review is finished */
export async function recordFamilyInput(
  actor: Actor,
  student: string,
  form: FamilyInputForm,
  now: Date,
): Promise<void> {
  refuseOthersThanStaff(actor);
  await changeReviews(actor, student, now, async (reviews) => {
    const { cycle, today } = reviews;
    refuseSignedOff(cycle, 'write');
    refuse([
      wordsProblem('familyText', form.text, CYCLE_LIMITS.words, say('meetings.error.family')),
      wordsProblem('familyWho', form.who, CYCLE_LIMITS.line, null),
      isDay(form.toldOn) && form.toldOn <= today
        ? null
        : { field: 'toldOn', message: say('meetings.error.pastDay') },
    ]);
    return keepReviews(reviews, actor, {
      cycle: { ...cycle, family: { ...form, by: actor.person, at: now }, familyNone: null },
      action: 'family.heard',
      object: { kind: 'reviewCycle', id: cycle.id },
      changes: [{ field: 'family', from: cycle.family?.text ?? null, to: form.text }],
    });
  });
}

/** The family gives nothing this time; the review goes on. */
export async function recordNoFamilyInput(
  actor: Actor,
  student: string,
  reason: string,
  now: Date,
): Promise<void> {
  refuseOthersThanStaff(actor);
  await changeReviews(actor, student, now, async (reviews) => {
    const { cycle } = reviews;
    refuseSignedOff(cycle, 'write');
    refuse([wordsProblem('reason', reason, CYCLE_LIMITS.line, say('meetings.error.reason'))]);
    return keepReviews(reviews, actor, {
      cycle: { ...cycle, family: null, familyNone: { text: reason, by: actor.person, at: now } },
      action: 'family.notHeard',
      object: { kind: 'reviewCycle', id: cycle.id },
      changes: [{ field: 'reason', from: null, to: reason }],
    });
  });
}

/** The advisor's own look before the meeting; the student reads it. An empty text takes it back. */
export async function writeAdvisorReview(
  actor: Actor,
  student: string,
  text: string,
  now: Date,
): Promise<void> {
  refuseOthersThanStaff(actor);
  await changeReviews(actor, student, now, async (reviews) => {
    const { cycle } = reviews;
    refuseSignedOff(cycle, 'write');
    refuse([wordsProblem('advisorText', text, CYCLE_LIMITS.words, null)]);
    return keepReviews(reviews, actor, {
      cycle: { ...cycle, advisor: text === '' ? null : { text, by: actor.person, at: now } },
      action: 'advisorReview.changed',
      object: { kind: 'reviewCycle', id: cycle.id },
      changes: [{ field: 'advisor', from: cycle.advisor?.text ?? null, to: text }],
    });
  });
}

/** Ends the review of a period. @throws Conflict, naming the states, unless its meeting was held or missed */
export async function signOffReview(
  actor: Actor,
  student: string,
  cycleId: string,
  now: Date,
): Promise<void> {
  refuseOthersThanStaff(actor);
  await changeReviews(actor, student, now, async (reviews) => {
    const found = reviews.cycles.find(({ id }) => id === cycleId);
    const cycle: ReviewCycle = signedOff(found ?? reviews.cycle, actor.person, now);
    return keepReviews(reviews, actor, {
      cycle,
      action: 'reviewCycle.signedOff',
      object: { kind: 'reviewCycle', id: cycle.id },
      changes: [{ field: 'state', from: found?.state ?? null, to: cycle.state }],
    });
  });
}
