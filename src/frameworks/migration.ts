import type { ComponentKey } from '../plans/component.ts';
import type { Measured } from '../plans/credit.ts';
import { componentsOf, type Framework } from '../plans/framework.ts';
import type { PlanState } from '../plans/plan.ts';
import { completionOfPlan } from '../plans/progress.ts';

/** Moving a school's plans from one version of its definition to another, as one job that can be undone. */
export interface Migration {
  id: string;
  institution: string;
  from: { framework: string; version: number };
  to: { framework: string; version: number };
  status: 'waiting' | 'running' | 'done' | 'undoing' | 'undone';
  /** Students done so far are those up to this person id; null: none. */
  cursor: string | null;
  moved: number;
  /** Plans that changed meanwhile so that they could not be moved, or moved back. */
  left: number;
  by: string;
  askedAt: Date;
  endedAt: Date | null;
  /** Until when one worker has it. */
  leasedUntil: Date;
}

/**
 * Plans that may move: those nobody is reading or has signed. A plan in force keeps the definition that was
 * agreed to until its next school year.
 */
export const MOVABLE: readonly PlanState[] = ['not_started', 'draft', 'returned', 'amending', 'review_due'];

/** What the definitions themselves differ in. */
export interface FrameworkDiff {
  added: ComponentKey[];
  removed: ComponentKey[];
  /** Asked for in both; required only in the new one. */
  nowRequired: ComponentKey[];
  nowOptional: ComponentKey[];
}

export function diffOf(from: Framework, to: Framework): FrameworkDiff {
  const before = new Map(componentsOf(from).map((one) => [one.key, one]));
  const after = new Map(componentsOf(to).map((one) => [one.key, one]));
  const both = [...after.values()].filter(({ key }) => before.has(key));
  return {
    added: [...after.keys()].filter((key) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    nowRequired: both.filter(({ key, required }) => required && !before.get(key)?.required).map(keyOf),
    nowOptional: both.filter(({ key, required }) => !required && before.get(key)?.required).map(keyOf),
  };
}

const keyOf = ({ key }: { key: ComponentKey }): ComponentKey => key;

/** What the move does to one plan; no word of it is lost. */
export interface PlanEffect {
  person: string;
  before: { done: number; total: number };
  after: { done: number; total: number };
}

export function effectOn(plan: Measured & { person: string }, from: Framework, to: Framework): PlanEffect {
  return { person: plan.person, before: countOf(plan, from), after: countOf(plan, to) };
}

function countOf(plan: Measured, framework: Framework): { done: number; total: number } {
  const { done, total } = completionOfPlan(plan, framework);
  return { done, total };
}
