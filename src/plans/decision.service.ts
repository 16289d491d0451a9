import type { Goal } from '../goals/goal.ts';
import { statusAction } from '../goals/goalChange.ts';
import { frameworkOf } from '../frameworks/framework.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { hashOf } from '../shared/crypto.ts';
import { Conflict } from '../shared/errors.ts';
import { formatter } from '../shared/format.ts';
import { isAnySettled, requestSignatures, voidSignatures } from '../signatures/request.service.ts';
import { canonicalJson } from './canonical.ts';
import { addComments, commentOf } from './comment.service.ts';
import { hasSignatures } from './framework.ts';
import { readParts } from './parts.service.ts';
import type { Plan, PlanSection } from './plan.ts';
import { having, moved, unchanged, type PlanAction, type PlanChange } from './planChange.ts';
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
import {
  addSnapshot,
  findLastSnapshot,
  findSnapshot,
  listSnapshots,
  undoSnapshot,
  type Snapshot,
} from './snapshot.store.ts';

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
    const approval = approvalOf(plan, actor, now);
    const approved = having(change, approval, ...movedGoals('goal.agreed', plan.goals, approval.goals));
    const hash = await freeze(approved.plan, actor, now);
    const framework = await frameworkOf(plan);
    const asked = await requestSignatures(approved.plan, framework, hash, now);
    const follows = hasSignatures(framework) ? 'requestSignatures' : 'activate';
    return having(moved(approved, follows, 'system'), {}, ...asked);
  });
}

/** A goal moves with its plan's approval: each is told. */
function movedGoals(action: string, before: readonly Goal[], after: readonly Goal[]): PlanAction[] {
  return after.flatMap((goal, index) => {
    const old = before[index];
    return old && old.status !== goal.status ? [statusAction(action, old, goal)] : [];
  });
}

function approvalOf(plan: Plan, actor: Actor, now: Date): Partial<Plan> & Pick<Plan, 'goals'> {
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

/** @returns the snapshot's hash */
async function freeze(plan: Plan, actor: Actor, now: Date): Promise<string> {
  const content = canonicalJson(await contentNow(plan));
  const { institution, id, person, revision } = plan;
  const of = { institution, plan: id, person, revision };
  const hash = hashOf(content);
  await addSnapshot({ ...of, content, hash, at: now, by: actor.person, undoneAt: null });
  return hash;
}

/** What an approval would freeze now. */
export async function contentNow(plan: Plan): Promise<SnapshotContent> {
  const { zone } = await settingsOf(plan.institution);
  return contentOf(plan, await readParts(plan, { t: say, fmt: formatter(say, zone) }));
}

/**
 * Takes an approval back into review, as long as nobody signed; the draft is open again with its answers.
 * The next approval is a revision of its own.
 */
export async function undoApproval(actor: Actor, student: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, async (plan) => {
    const change = moved(unchanged(plan), 'undoApproval', actor);
    if (await isAnySettled(plan)) throw new Conflict(say('plans.error.signed'));
    const voided = await voidSignatures(plan, now);
    await undoSnapshot(plan.institution, plan.id, plan.revision, now);
    await reopenReview(plan, actor, now);
    const back = takenBack(plan, now);
    return having(change, back, ...movedGoals('goal.reopened', plan.goals, back.goals), ...voided);
  });
}

/**
 * Somebody declined to sign: the approval is over, the student writes again, and the next approval is a revision of
 * its own. @param from what was told so far @throws Conflict unless the plan waits for signatures
 */
export async function approvalTakenBack(
  from: PlanChange,
  actor: Actor,
  reason: string,
  now: Date,
): Promise<PlanChange> {
  const { plan } = from;
  const change = moved(from, 'declineSignature', actor, reason);
  await undoSnapshot(plan.institution, plan.id, plan.revision, now);
  const back = { ...takenBack(plan, now), needsAdvisorSince: null };
  return having(change, back, ...movedGoals('goal.reopened', plan.goals, back.goals));
}

function takenBack(plan: Plan, now: Date): Partial<Plan> & Pick<Plan, 'goals'> {
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

/** An approved version without its text. */
export type Approved = Pick<Snapshot, 'revision' | 'hash' | 'at' | 'by' | 'undoneAt'>;

/** Every approved version, newest first; those that were taken back too. */
export async function listApproved(plan: Pick<Plan, 'institution' | 'id'>): Promise<Approved[]> {
  return listSnapshots(plan.institution, plan.id);
}

/** The text of one approved version. `intact`: it still has the hash it was signed by. */
export async function approvedContent(
  plan: Pick<Plan, 'institution' | 'id'>,
  revision: number,
): Promise<(Approved & { content: SnapshotContent; intact: boolean }) | null> {
  const found = await findSnapshot(plan.institution, plan.id, revision);
  if (!found) return null;
  const { content, ...rest } = found;
  return {
    ...rest,
    content: SnapshotContent.parse(JSON.parse(content)),
    intact: hashOf(content) === found.hash,
  };
}
