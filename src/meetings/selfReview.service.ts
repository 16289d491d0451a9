import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { unchanged } from '../plans/planChange.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Forbidden } from '../shared/errors.ts';
import { changeReviews, keepReviews } from './change.service.ts';
import {
  CYCLE_LIMITS,
  QUESTION_KEYS,
  refuseSignedOff,
  type ReviewCycle,
  type SelfReview,
  type SelfReviewForm,
} from './cycle.ts';
import { refuse, wordsProblem } from './roles.ts';

/**
 * Saves the student's look back in the cycle of today, by button or autosave; possible in every state of the
 * plan. Sending again what is stored changes nothing.
 * @param version the one the writer saw, 0 for none
 * @throws VersionConflict with both texts; Invalid when it is said to be finished and is not
 */
export async function saveSelfReview(
  actor: Actor,
  student: string,
  form: SelfReviewForm,
  version: number,
  now: Date,
): Promise<SelfReview> {
  if (actor.role !== 'student') throw new Forbidden(`${actor.role} may not write a self-review`);
  const saved: { selfReview?: SelfReview } = {};
  await changeReviews(actor, student, now, async (reviews) => {
    const { cycle, plan } = reviews;
    const before = cycle.selfReview;
    saved.selfReview = before;
    if (isSame(before, form)) return unchanged(plan);
    refuseSignedOff(cycle, 'write');
    refuseOther(before, form, version);
    check(form);
    const after = { ...before, ...form, version: before.version + 1, changedAt: now };
    saved.selfReview = after;
    return keepReviews(reviews, actor, {
      cycle: { ...cycle, selfReview: after },
      action: form.finished && !before.finished ? 'selfReview.finished' : 'selfReview.changed',
      object: { kind: 'reviewCycle', id: cycle.id },
      changes: changesBetween(before.answers, after.answers, QUESTION_KEYS),
    });
  });
  return saved.selfReview as SelfReview;
}

function isSame({ answers, finished }: SelfReview, form: SelfReviewForm): boolean {
  return finished === form.finished && QUESTION_KEYS.every((key) => answers[key] === form.answers[key]);
}

function refuseOther(
  { version: stored, answers, changedAt }: SelfReview,
  form: SelfReviewForm,
  version: number,
) {
  if (stored === version) return;
  throw new VersionConflict({ words: { ...answers }, version: stored, at: changedAt }, { ...form.answers });
}

function check({ answers, finished }: SelfReviewForm): void {
  const empty = finished ? say('meetings.error.answer') : null;
  refuse(QUESTION_KEYS.map((key) => wordsProblem(key, answers[key].trim(), CYCLE_LIMITS.answer, empty)));
}

/** The newest look back that says anything: a meeting early in a period talks about the one before. */
export function latestSelfReview(cycles: readonly ReviewCycle[]): SelfReview | null {
  const found = cycles.find(({ selfReview }) =>
    QUESTION_KEYS.some((key) => selfReview.answers[key].trim() !== ''),
  );
  return found?.selfReview ?? null;
}
