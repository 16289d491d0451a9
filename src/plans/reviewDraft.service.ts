import type { Actor } from '../people/actor.ts';
import type { PlanReview } from './review.ts';
import { saveReviewAnswer, saveReviewNote } from './review.service.ts';
import { isCurrent, newAnswers, type ReviewForm } from './reviewForm.ts';
import { VersionConflict } from './versionConflict.ts';

/**
 * Saves what of a whole form is new to the draft, each answer over the version that its page was made from.
 * @throws VersionConflict where another tab or advisor wrote other words since.
 */
export async function saveDraft(
  actor: Actor,
  student: string,
  form: Pick<ReviewForm, 'version' | 'sections' | 'note'>,
  review: PlanReview,
  now: Date,
): Promise<PlanReview> {
  let saved = review;
  for (const { seen, ...answer } of newAnswers(form, review))
    saved = await saveReviewAnswer(actor, student, answer, seen, now);
  if (!isNoteNew(form, review)) return saved;
  return saveReviewNote(actor, student, form.note, { over: review.note }, now);
}

/** An empty note on an older page is one that nobody touched; other words there are another version. */
function isNoteNew({ version, note }: Pick<ReviewForm, 'version' | 'note'>, review: PlanReview): boolean {
  if (note === review.note) return false;
  if (isCurrent(version, review) || review.note === '') return true;
  if (note === '') return false;
  const stored = { words: { note: review.note }, version: review.version, at: null };
  throw new VersionConflict(stored, { note });
}
