import { Invalid, type FieldError } from '../shared/errors.ts';
import type { Translate } from '../shared/i18n.ts';
import { moveGoal } from '../goals/goalStatus.ts';
import type { Goal } from '../goals/goal.ts';
import {
  hasSection,
  isText,
  partOf,
  WRITTEN_KEYS,
  type Plan,
  type PlanSection,
  type ProfileKey,
} from './plan.ts';
import { PART_KEYS } from './planPart.ts';
import { say } from './say.ts';

/** An advisor's reading of a plan that was sent: a draft until it is decided. */
export interface PlanReview {
  id: string;
  institution: string;
  plan: string;
  person: string;
  revision: number;
  outcome: 'open' | 'returned' | 'approved';
  version: number;
  answers: ReviewAnswer[];
  /** To the student, about the whole. */
  note: string;
  startedBy: string;
  startedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
}

export interface ReviewAnswer {
  section: PlanSection;
  /** `none`: a comment, and no answer yet. */
  answer: 'good' | 'change' | 'none';
  comment: string;
  version: number;
  by: string;
  at: Date;
}

/** The draft with one section's answer replaced or added. */
export function withAnswer(answers: readonly ReviewAnswer[], answer: ReviewAnswer): ReviewAnswer[] {
  return [...answers.filter(({ section }) => section !== answer.section), answer];
}

/**
 * What the last review called good and nobody changed since it sent the plan back: the next one begins with it.
 * Features' parts keep no time of their own, so they are read again.
 */
export function stillGood(
  plan: Pick<Plan, 'profile' | 'goals'>,
  last: Pick<PlanReview, 'outcome' | 'answers' | 'decidedAt'> | undefined,
): ReviewAnswer[] {
  const { outcome, answers, decidedAt } = last ?? {};
  if (outcome !== 'returned' || !answers || !decidedAt) return [];
  const isSame = (section: PlanSection): boolean => {
    const at = changedAt(plan, section);
    return at !== undefined && (at === null || at <= decidedAt);
  };
  return answers
    .filter(({ section, answer }) => answer === 'good' && isSame(section))
    .map((answer) => ({ ...answer, comment: '', version: 1 }));
}

/** When a text or goal was last changed; null: never, undefined: not known. */
function changedAt(plan: Pick<Plan, 'profile' | 'goals'>, section: PlanSection): Date | null | undefined {
  if (isText(section)) return plan.profile[section].changedAt;
  return plan.goals.find(({ id }) => section === `goal:${id}`)?.changedAt;
}

/** Sections the plan still has in which a change is asked for. */
function changesAsked(plan: Pick<Plan, 'goals'>, answers: readonly ReviewAnswer[]): ReviewAnswer[] {
  return answers.filter(({ section, answer }) => answer === 'change' && hasSection(plan, section));
}

/** @throws Invalid unless a change is asked for somewhere, each with a comment. */
export function checkReturn(plan: Pick<Plan, 'goals'>, answers: readonly ReviewAnswer[]): void {
  const asked = changesAsked(plan, answers);
  if (asked.length === 0)
    throw new Invalid([{ field: 'answers', message: say('plans.error.noChangeAsked') }]);
  const silent = asked.filter(({ comment }) => comment.trim() === '');
  if (silent.length > 0)
    throw new Invalid(silent.map((answer) => problem(plan, answer, 'plans.error.changeWithoutComment')));
}

/** @throws Invalid while a change is asked for. */
export function checkApproval(plan: Pick<Plan, 'goals'>, answers: readonly ReviewAnswer[]): void {
  const asked = changesAsked(plan, answers);
  if (asked.length > 0)
    throw new Invalid(asked.map((answer) => problem(plan, answer, 'plans.error.changeOpen')));
}

function problem(
  plan: Pick<Plan, 'goals'>,
  { section }: ReviewAnswer,
  key: 'plans.error.changeWithoutComment' | 'plans.error.changeOpen',
): FieldError {
  return { field: section, message: say(key, { part: sectionName(plan, section, say) }) };
}

/** A section in the reader's words: its title, or the goal's kind and statement. */
export function sectionName(plan: Pick<Plan, 'goals'>, section: PlanSection, t: Translate): string {
  const goal = plan.goals.find(({ id }) => section === `goal:${id}`);
  const part = partOf(section);
  if (part) return t(`plans.part.${part}`);
  if (!goal) return isNamed(section) ? t(`plans.part.${section}`) : t('plans.section.goals');
  const kind = t(`goals.kind.${goal.kind}`);
  return goal.statement === '' ? kind : `${kind}: ${goal.statement}`;
}

function isNamed(section: PlanSection): section is ProfileKey | 'plan' {
  return section === 'plan' || isText(section);
}

/** The plan after it was sent back: what needs a change is no longer finished. */
export function withChangesAsked(
  plan: Plan,
  answers: readonly ReviewAnswer[],
): Pick<Plan, 'profile' | 'goals' | 'askedParts'> {
  const asked = new Set<string>(changesAsked(plan, answers).map(({ section }) => section));
  const reopened = { finished: false, asked: true };
  const profile = { ...plan.profile };
  for (const key of WRITTEN_KEYS) if (asked.has(key)) profile[key] = { ...profile[key], ...reopened };
  const goals = plan.goals.map((goal) => (asked.has(`goal:${goal.id}`) ? { ...goal, ...reopened } : goal));
  const parts = PART_KEYS.filter((key) => asked.has(`part:${key}`));
  return { profile, goals, askedParts: [...new Set([...plan.askedParts, ...parts])] };
}

/** Approval agrees to every finished proposal; a goal still being written stays a proposal. */
export function withGoalsAgreed(goals: readonly Goal[], revision: number): Goal[] {
  return goals.map((goal) =>
    goal.status === 'proposed' && goal.finished
      ? { ...moveGoal(goal, 'agree'), agreedRevision: revision }
      : goal,
  );
}

/** Undone approval takes back what that approval agreed to; what has ended since stays ended. */
export function withGoalsReopened(goals: readonly Goal[], revision: number): Goal[] {
  return goals.map((goal) =>
    goal.agreedRevision === revision && (goal.status === 'agreed' || goal.status === 'in_progress')
      ? { ...moveGoal(goal, 'reopen'), agreedRevision: null }
      : goal,
  );
}
