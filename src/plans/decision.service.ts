import type { Actor } from '../people/actor.ts';
import { hashOf } from '../shared/crypto.ts';
import { Conflict } from '../shared/errors.ts';
import { canonicalJson } from './canonical.ts';
import { addComments, commentOf } from './comment.service.ts';
import { getFramework, hasSignatures } from './framework.ts';
import type { Plan, PlanSection } from './plan.ts';
import { having, moved, unchanged } from './planChange.ts';
import { changePlan } from './planChange.service.ts';
import { decideReview, openReviewFor, reopenReview } from './review.service.ts';
import {
  checkApproval,
  checkReturn,
  withChangesAsked,
  withGoalsAgreed,
  withGoalsReopened,
  type PlanReview,
} from './review.ts';
import { say } from './say.ts';
import { contentOf, SnapshotContent } from './snapshot.ts';
import { addSnapshot, findLastSnapshot, undoSnapshot } from './snapshot.store.ts';

/**
 * Sends the plan back: what needs a change opens again, and the draft's comments reach the student.
 * @throws Invalid unless at least one section needs a change, each with a comment.
 */
export async function returnPlan(actor: Actor, student: string, note: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, async (plan) => {
    const change = moved(unchanged(plan), 'return', actor);
    const review = await openReviewFor(actor, plan);
    checkReturn(plan, review.answers);
    await tell(review, 'returned', actor, note, now);
    return having(change, { ...withChangesAsked(plan, review.answers), needsAdvisorSince: null });
  });
}

/**
 * Approves the plan: finished goals are agreed, the content is frozen, and where nobody signs the plan is in
 * use at once. @throws Invalid while the draft asks for a change.
 */
export async function approvePlan(actor: Actor, student: string, note: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, async (plan) => {
    const change = moved(unchanged(plan), 'approve', actor);
    const review = await openReviewFor(actor, plan);
    checkApproval(plan, review.answers);
    await tell(review, 'approved', actor, note, now);
    const approved = having(change, approvalOf(plan, actor, now));
    await freeze(approved.plan, actor, now);
    const follows = hasSignatures(getFramework(plan.framework)) ? 'requestSignatures' : 'activate';
    return moved(approved, follows, 'system');
  });
}

function approvalOf(plan: Plan, actor: Actor, now: Date): Partial<Plan> {
  return {
    goals: withGoalsAgreed(plan.goals, plan.revision),
    approvedAt: now,
    approvedBy: actor.person,
    needsAdvisorSince: null,
  };
}

async function tell(
  review: PlanReview,
  outcome: 'returned' | 'approved',
  actor: Actor,
  note: string,
  now: Date,
): Promise<void> {
  await decideReview(review, outcome, actor, note, now);
  const told: { section: PlanSection; text: string }[] = [
    ...review.answers.map(({ section, comment }) => ({ section, text: comment.trim() })),
    { section: 'plan', text: note.trim() },
  ];
  const said = told.filter(({ text }) => text !== '');
  await addComments(said.map(({ section, text }) => commentOf(review, actor, section, text, now)));
}

async function freeze(plan: Plan, actor: Actor, now: Date): Promise<void> {
  const content = canonicalJson(contentOf(plan));
  const { institution, id, person, revision } = plan;
  const of = { institution, plan: id, person, revision };
  await addSnapshot({ ...of, content, hash: hashOf(content), at: now, by: actor.person, undoneAt: null });
}

/**
 * Takes an approval back into review, as long as nobody signed; the draft is open again with its answers.
 * The next approval is a revision of its own.
 */
export async function undoApproval(actor: Actor, student: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, async (plan) => {
    const change = moved(unchanged(plan), 'undoApproval', actor);
    if (plan.state === 'active' && hasSignatures(getFramework(plan.framework)))
      throw new Conflict(say('plans.error.signed'));
    await undoSnapshot(plan.institution, plan.id, plan.revision, now);
    await reopenReview(plan, actor, now);
    return having(change, takenBack(plan, now));
  });
}

function takenBack(plan: Plan, now: Date): Partial<Plan> {
  return {
    goals: withGoalsReopened(plan.goals, plan.revision),
    revision: plan.revision + 1,
    approvedAt: null,
    approvedBy: null,
    needsAdvisorSince: now,
  };
}

/** What was last approved, to show a new version beside it; null when nothing was. */
export async function lastApproved(
  plan: Pick<Plan, 'institution' | 'id'>,
): Promise<{ content: SnapshotContent; hash: string; revision: number; at: Date; by: string } | null> {
  const found = await findLastSnapshot(plan.institution, plan.id);
  if (!found) return null;
  const { hash, revision, at, by } = found;
  return { content: SnapshotContent.parse(JSON.parse(found.content)), hash, revision, at, by };
}
