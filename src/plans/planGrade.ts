import type { GradeDecision } from '../jobs/grade.ts';
import type { MessageKey, Translate } from '../shared/i18n.ts';
import { CAP } from './completion.ts';
import { componentsOf, type Framework } from './framework.ts';
import { isAside, type Plan } from './plan.ts';
import { completionOfPlan, missingOf, type Measured, type Missing } from './progress.ts';

/** What the course's "Learning plan" column should say; the course is filled in per course. */
export type PlanGrade = Omit<GradeDecision, 'course'>;

const FINISHED: ReadonlySet<Plan['state']> = new Set(['active', 'review_due', 'closed', 'archived']);

/** A comment names at most so many missing things, so that it stays two sentences. */
const NAMED = 3;

/**
 * The plan's grade out of 100, from the first time it was sent: its grade percent; Completed once in force.
 * @returns null when nothing is to be graded: never sent, set aside, or nothing counts.
 */
export function planGrade(plan: Plan, framework: Framework, now: Date, t: Translate): PlanGrade | null {
  const { grade } = completionOfPlan(plan, framework);
  if (plan.submittedAt === null || isAside(plan) || grade === null) return null;
  return {
    institution: plan.institution,
    person: plan.person,
    item: { kind: 'plan' },
    activityProgress: FINISHED.has(plan.state) ? 'Completed' : 'InProgress',
    gradingProgress: 'FullyGraded',
    scoreGiven: grade,
    scoreMaximum: 100,
    comment: scoreComment(plan, framework, t),
    submittedAt: plan.submittedAt,
    decidedAt: now,
  };
}

/** Whether the gradebook would say something else after a change; the time and the comment alone do not count. */
export function isOtherGrade(before: PlanGrade | null, after: PlanGrade | null): boolean {
  return (
    before?.scoreGiven !== after?.scoreGiven ||
    before?.activityProgress !== after?.activityProgress ||
    before?.submittedAt?.getTime() !== after?.submittedAt?.getTime()
  );
}

/** What the score is made of and what is missing, in one or two sentences. */
export function scoreComment(plan: Measured, framework: Framework, t: Translate): string {
  const { done, total, openGates } = completionOfPlan(plan, framework);
  const missing = missingOf(plan, framework);
  const parts = missing.filter(({ why }) => why !== 'gate');
  const made = t('plans.score.made', { done, total });
  if (parts.length > 0) return `${made} ${t('plans.score.missing', { list: listOf(parts, framework, t) })}`;
  const [gate] = framework.gates.filter(({ key }) => openGates.includes(key));
  return gate ? `${made} ${t('plans.score.gate', { cap: CAP, gate: t(gate.label) })}` : made;
}

function listOf(missing: readonly Missing[], framework: Framework, t: Translate): string {
  const labels = new Map<string, MessageKey>(componentsOf(framework).map(({ key, label }) => [key, label]));
  const named = missing.slice(0, NAMED).map(({ key, why }) => nameOf(labels.get(key), why, t));
  const rest = missing.length - named.length;
  const all = rest > 0 ? [...named, t('plans.score.more', { count: rest })] : named;
  return new Intl.ListFormat(t.locale, { type: 'conjunction' }).format(all);
}

function nameOf(label: MessageKey | undefined, why: Missing['why'], t: Translate): string {
  const name = label ? t(label) : '';
  return why === 'notVerified' ? t('plans.score.unverified', { part: name }) : name;
}
