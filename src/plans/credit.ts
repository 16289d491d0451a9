import { isAgreed, isLive, type Goal, type GoalKind } from '../goals/goal.ts';
import { COMPONENTS, type ComponentKey } from './component.ts';
import { componentsOf, type Framework } from './framework.ts';
import { PART_KEYS, type PartKey } from './planPart.ts';
import { WRITTEN_KEYS, type Plan, type ProfileKey } from './plan.ts';
import { standingOf } from './standing.ts';

/** How far a component is and, until it is whole, why not. */
export interface Credit {
  credit: number;
  verified: boolean;
  why: 'empty' | 'unfinished' | 'changeAsked' | null;
}

/** What the rules of completion need of a plan. */
export type Measured = Pick<
  Plan,
  | 'profile'
  | 'goals'
  | 'exemptions'
  | 'state'
  | 'resumeTo'
  | 'standings'
  | 'askedParts'
  | 'year'
  | 'firstYear'
>;

/** The texts that make up a component; all must be finished. */
export const TEXTS_OF: Partial<Record<ComponentKey, readonly ProfileKey[]>> = {
  strengths: ['strengths'],
  improvements: ['improvements'],
  interests: ['interests'],
  'self.strengths': ['strengths', 'improvements', 'needs'],
  'self.values': ['values', 'preferences'],
  'change.explain': ['changes'],
  'graduation.intent': ['intent'],
  'arts.progress': ['arts'],
  'finance.literacy': ['literacy'],
};

/** The texts a framework asks for, in the plan's order. */
export function textsAskedBy(framework: Framework): ProfileKey[] {
  const asked = new Set(componentsOf(framework).flatMap(({ key }) => TEXTS_OF[key] ?? []));
  return WRITTEN_KEYS.filter((key) => asked.has(key));
}

/** The features' parts in which anything was entered. */
export function partsBegun({ standings }: Pick<Plan, 'standings'>): PartKey[] {
  const begun = new Set(standings.filter(({ credit }) => credit > 0).map(({ component }) => component));
  return PART_KEYS.filter((part) => [...begun].some((key) => COMPONENTS[key].part === part));
}

/** The kinds of goal that meet a component; null: any. */
const KINDS_OF: Partial<Record<ComponentKey, readonly GoalKind[] | null>> = {
  agreedGoal: null,
  'career.goal': ['career'],
  'edu.goal': ['academic', 'postsecondary'],
  'personal.social': ['personal'],
};

/** It is met by a goal, or by what goals hold. */
export function isGoalComponent(key: ComponentKey): boolean {
  return key in KINDS_OF;
}

/** What a component is worth in this plan: from its texts, its goals, or what its feature told. */
export function creditOf(plan: Measured, key: ComponentKey): Credit {
  const texts = TEXTS_OF[key];
  if (key === 'change.explain' && plan.year === plan.firstYear) return WHOLE;
  if (texts) return creditOfTexts(plan, texts);
  const kinds = KINDS_OF[key];
  if (kinds !== undefined)
    return creditOfGoals(plan.goals.filter(({ kind }) => kinds?.includes(kind) ?? true));
  if (key === 'benchmarks') return creditOfBenchmarks(plan.goals);
  return creditTold(plan, key);
}

const WHOLE: Credit = { credit: 1, verified: true, why: null };

/** Whole or nothing: a text counts when the student has said that it is finished, so ring and count agree. */
function creditOfTexts({ profile }: Measured, keys: readonly ProfileKey[]): Credit {
  const parts = keys.map((key) => profile[key]);
  if (parts.every(({ finished }) => finished)) return { credit: 1, verified: false, why: null };
  const open = parts.filter(({ finished }) => !finished);
  return none(
    open.some(({ asked }) => asked),
    parts.some(({ text }) => text !== ''),
  );
}

/** The best goal counts: an agreed one is verified; a finished proposal is done and waits. */
function creditOfGoals(goals: readonly Goal[]): Credit {
  if (goals.some((goal) => isAgreed(goal) && goal.finished)) return WHOLE;
  if (goals.some(({ status, finished }) => status === 'proposed' && finished))
    return { credit: 1, verified: false, why: null };
  const open = goals.filter(({ status, finished }) => status !== 'dropped' && !finished);
  return none(
    open.some(({ asked }) => asked),
    open.length > 0,
  );
}

/** Each live goal has a dated step; without a goal there is nothing to measure. */
function creditOfBenchmarks(goals: readonly Goal[]): Credit {
  const live = goals.filter(isLive);
  const dated = live.filter(({ steps }) => steps.some(({ due }) => due !== null));
  if (live.length > 0 && dated.length === live.length) return { credit: 1, verified: false, why: null };
  return none(false, live.length > 0);
}

function creditTold(plan: Measured, key: ComponentKey): Credit {
  const told = standingOf(plan, key);
  const { part } = COMPONENTS[key];
  if (part !== null && plan.askedParts.includes(part)) return none(true, true);
  if (told === null || told.credit === 0) return none(false, false);
  const why = told.credit >= 1 ? null : 'unfinished';
  return { credit: told.credit, verified: told.verified, why };
}

function none(asked: boolean, begun: boolean): Credit {
  return { credit: 0, verified: false, why: asked ? 'changeAsked' : begun ? 'unfinished' : 'empty' };
}
