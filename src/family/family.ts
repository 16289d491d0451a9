import { isAgreed, type Goal } from '../goals/goal.ts';
import { isApproved, isAside, textsOf, type Plan, type PlanState, type ProfileKey } from '../plans/plan.ts';

/** What a family reads of a plan. */
export interface FamilyPlan {
  /** In the plan's order; null: not finished, so not shown. */
  texts: { key: ProfileKey; text: string | null }[];
  goals: Goal[];
}

/**
 * The family-visible sections: what the student has finished. Drafts stay the student's own, and so does a part
 * that is being changed, unless an advisor has approved the plan as it stands. A goal that was left a proposal when
 * the plan was approved is a draft still. Let-go goals are not told.
 */
export function familyPlan(plan: Plan): FamilyPlan {
  const approved = isApproved(plan);
  const texts = textsOf(plan).map((key) => {
    const { text, finished } = plan.profile[key];
    return { key, text: (finished || approved) && text.trim() !== '' ? text : null };
  });
  const goals = plan.goals.filter(
    (goal) => goal.status !== 'dropped' && (goal.finished || (approved && isAgreed(goal))),
  );
  return { texts, goals };
}

/** The plan's state as a family is told it. */
export type FamilyState =
  | 'notStarted'
  | 'draft'
  | 'sent'
  | 'returned'
  | 'approved'
  | 'active'
  | 'amending'
  | 'reviewDue'
  | 'closed'
  | 'aside';

const STATES: Record<PlanState, FamilyState> = {
  not_started: 'notStarted',
  draft: 'draft',
  submitted: 'sent',
  in_review: 'sent',
  returned: 'returned',
  approved: 'approved',
  signing: 'approved',
  active: 'active',
  amending: 'amending',
  review_due: 'reviewDue',
  closed: 'closed',
  archived: 'closed',
  on_hold: 'aside',
  transferred: 'aside',
  waived: 'aside',
};

/** Without a plan nothing has begun. */
export function familyState(plan: Pick<Plan, 'state' | 'resumeTo'> | null): FamilyState {
  if (plan === null) return 'notStarted';
  return isAside(plan) ? 'aside' : STATES[plan.state];
}
