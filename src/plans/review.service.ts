import type { Actor } from '../people/actor.ts';
import { Conflict, Forbidden, NotFound } from '../shared/errors.ts';
import { hasSection, type Plan } from './plan.ts';
import { moved, unchanged } from './planChange.ts';
import { changePlan, getPlan } from './planChange.service.ts';
import * as store from './review.store.ts';
import { stillGood, withAnswer, type PlanReview, type ReviewAnswer } from './review.ts';
import { say } from './say.ts';
import { VersionConflict } from './versionConflict.ts';

/**
 * The advisor takes a sent plan into review: from here the student cannot take it back. Twice is once. What the
 * last review called good, and is unchanged, is answered already.
 */
export async function startReview(actor: Actor, student: string, now: Date): Promise<PlanReview> {
  await changePlan(actor, student, now, async (plan) => {
    if (plan.state === 'in_review' && actor.role === 'advisor') return unchanged(plan);
    const change = moved(unchanged(plan), 'startReview', actor);
    const [last] = await store.listReviews(plan.institution, plan.id, 1);
    await store.addReview({ ...newReview(plan, actor, now), answers: stillGood(plan, last) });
    return change;
  });
  return getReview(actor, student);
}

function newReview(plan: Plan, actor: Actor, now: Date): Omit<PlanReview, 'id'> {
  return {
    institution: plan.institution,
    plan: plan.id,
    person: plan.person,
    revision: plan.revision,
    outcome: 'open',
    version: 1,
    answers: [],
    note: '',
    startedBy: actor.person,
    startedAt: now,
    decidedBy: null,
    decidedAt: null,
  };
}

/** The open draft of a plan in review. @throws Forbidden to all but advisors, Conflict when none is open. */
export async function getReview(actor: Actor, student: string): Promise<PlanReview> {
  if (actor.role !== 'advisor') throw new Forbidden(`${actor.role} may not read a review draft`);
  return openReviewOf(await getPlan(actor.institution, student));
}

async function openReviewOf(plan: Plan): Promise<PlanReview> {
  const review = await store.findOpenReview(plan.institution, plan.id);
  if (!review || plan.state !== 'in_review')
    throw new Conflict(say('plans.error.noReview'), `no open review, plan is ${plan.state}`);
  return review;
}

/** Decided and open reviews of a plan, newest first: "Looked good in May". For staff only. */
export async function listReviews(actor: Actor, student: string): Promise<PlanReview[]> {
  if (actor.role !== 'advisor' && actor.role !== 'administrator')
    throw new Forbidden(`${actor.role} may not read reviews`);
  const plan = await getPlan(actor.institution, student);
  return store.listReviews(plan.institution, plan.id, 20);
}

/** What the advisor says of one section; `plan` takes the note on the whole, with the answer `none`. */
export type AnswerForm = Pick<ReviewAnswer, 'section' | 'answer' | 'comment'>;

/**
 * Saves one section's answer in the draft. @param version the answer's version that was seen, 0 for none.
 * @throws VersionConflict with both comments when another tab or advisor answered this section since.
 */
export async function saveReviewAnswer(
  actor: Actor,
  student: string,
  form: AnswerForm,
  version: number,
  now: Date,
): Promise<PlanReview> {
  return changeDraft(actor, student, now, 'review.answered', (review, plan) => {
    if (!hasSection(plan, form.section)) throw new Conflict(say('plans.error.noSection'));
    const answer = answered(review, form, version, actor, now);
    return { answers: withAnswer(review.answers, answer) };
  });
}

/**
 * A change of the open draft, told without words: the student's history must not tell what is still a draft.
 * @returns the draft as this change left it, not as somebody may have changed it since.
 */
async function changeDraft(
  actor: Actor,
  student: string,
  now: Date,
  action: string,
  change: (review: PlanReview, plan: Plan) => Partial<Pick<PlanReview, 'answers' | 'note'>>,
): Promise<PlanReview> {
  const saved: { review?: PlanReview } = {};
  await changePlan(actor, student, now, async (plan) => {
    const review = await openReviewFor(actor, plan);
    saved.review = await store.updateReview(review, change(review, plan));
    return { plan, actions: [{ action, object: { kind: 'review', id: review.id }, changes: [] }] };
  });
  return saved.review as PlanReview;
}

/** The open draft, for a change of it inside a transaction. @throws as `getReview` does. */
export async function openReviewFor(actor: Actor, plan: Plan): Promise<PlanReview> {
  if (actor.role !== 'advisor') throw new Forbidden(`${actor.role} may not review`);
  return openReviewOf(plan);
}

function answered(
  review: PlanReview,
  form: AnswerForm,
  version: number,
  actor: Actor,
  now: Date,
): ReviewAnswer {
  const stored = review.answers.find(({ section }) => section === form.section);
  if (stored && stored.version !== version && stored.comment !== form.comment) {
    const words = { comment: stored.comment };
    throw new VersionConflict({ words, version: stored.version, at: stored.at }, { comment: form.comment });
  }
  const { section, answer, comment } = form;
  return { section, answer, comment, version: (stored?.version ?? 0) + 1, by: actor.person, at: now };
}

/**
 * Keeps the note to the student in the draft. @param over the note that was seen.
 * @throws VersionConflict with both when another tab or advisor wrote another one since.
 */
export async function saveReviewNote(
  actor: Actor,
  student: string,
  note: string,
  { over }: { over: string },
  now: Date,
): Promise<PlanReview> {
  return changeDraft(actor, student, now, 'review.noted', (review) => {
    if (review.note !== over && review.note !== note)
      throw new VersionConflict(
        { words: { note: review.note }, version: review.version, at: null },
        { note },
      );
    return { note };
  });
}

/** Closes the draft with what was decided. */
export async function decideReview(
  review: PlanReview,
  outcome: 'returned' | 'approved',
  actor: Actor,
  note: string,
  now: Date,
): Promise<void> {
  await store.updateReview(review, { outcome, note, decidedBy: actor.person, decidedAt: now });
}

/** Opens a new draft with the answers of the last one, after an approval was undone. */
export async function reopenReview(plan: Plan, actor: Actor, now: Date): Promise<void> {
  const [last] = await store.listReviews(plan.institution, plan.id, 1);
  if (!last) throw new NotFound(`review of plan ${plan.id}`);
  const draft = newReview({ ...plan, revision: plan.revision + 1 }, actor, now);
  await store.addReview({ ...draft, answers: last.answers, note: last.note });
}
