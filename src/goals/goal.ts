/** What is written of a goal, its steps aside: in its form and as it is stored. */
export interface GoalContent {
  kind: GoalKind;
  statement: string;
  why: string;
  baseline: string;
  measure: string;
  target: GoalTarget | null;
  /** Calendar day in the school's zone, `YYYY-MM-DD`. */
  by: string | null;
  strategies: string;
  supports: Support[];
  /** Keys of the requirement sets it asks for; only career and post-secondary goals have any (`goalSets.ts`). */
  requirementSets: string[];
  /** "I've finished this goal": said by the student, needs every required part. */
  finished: boolean;
}

/** A goal is SMART by its form: what, why, from where, how measured, by when, with whose help, in which steps. */
export interface Goal extends GoalContent {
  id: string;
  /** In the order the student will do them. */
  steps: Step[];
  checkIns: CheckIn[];
  status: GoalStatus;
  /** Why it was dropped, or what came of it. */
  outcome: string | null;
  /** The advisor asked for a change, and the student has not finished it again. */
  asked: boolean;
  /** The plan's revision with which it was agreed. */
  agreedRevision: number | null;
  /** The goal of an earlier year that this one goes on with. */
  carriedFrom: string | null;
  /** The goal that was let go for this one. */
  replaces: string | null;
  proposedBy: string;
  /** Rises with each change of the form; two tabs are told apart by it. */
  version: number;
  createdAt: Date;
  changedAt: Date;
}

export type GoalKind = 'academic' | 'career' | 'personal' | 'postsecondary';
export const GOAL_KINDS = ['academic', 'career', 'personal', 'postsecondary'] as const;

export type GoalStatus =
  'proposed' | 'agreed' | 'in_progress' | 'achieved' | 'partly' | 'not_achieved' | 'dropped' | 'carried';

/** Where something that can be counted starts and should end: from 12 to 20 "books". */
export interface GoalTarget {
  from: number | null;
  to: number;
  unit: string;
}

/** Who does what to help. */
export interface Support {
  what: string;
  who: string;
}

export interface Step {
  id: string;
  title: string;
  due: string | null;
  doneAt: Date | null;
}

export interface CheckIn {
  id: string;
  at: Date;
  by: string;
  text: string;
  value: number | null;
}

/** What keeps a plan document small: so many live goals at once, and so many kept over the years. */
export const LIMITS = {
  goals: 20,
  kept: 100,
  steps: 12,
  checkIns: 60,
  supports: 12,
  sets: 5,
  line: 300,
  text: 2_000,
} as const;

/** A goal that is still worked for. */
export function isLive({ status }: Pick<Goal, 'status'>): boolean {
  return status === 'proposed' || status === 'agreed' || status === 'in_progress';
}

/** An advisor has agreed to it, whatever came of it later. A dropped goal does not count. */
export function isAgreed({ status, agreedRevision }: Pick<Goal, 'status' | 'agreedRevision'>): boolean {
  return agreedRevision !== null && status !== 'proposed' && status !== 'dropped';
}

/** Goals before requirement sets were stored have none. */
export function chosenSets({ requirementSets }: { requirementSets?: readonly string[] }): readonly string[] {
  return requirementSets ?? [];
}

/** A goal about what comes after school, which courses can lead to. */
export function leadsSomewhere({ kind }: Pick<Goal, 'kind'>): boolean {
  return kind === 'career' || kind === 'postsecondary';
}

/** The seven parts the form counts ("6 of 7 parts are ready"); a number to count is optional. */
export type GoalPart = 'statement' | 'why' | 'baseline' | 'measure' | 'by' | 'steps' | 'supports';

export function partsReady(
  goal: Pick<Goal, 'statement' | 'why' | 'baseline' | 'measure' | 'by'> & {
    steps: readonly unknown[];
    supports: readonly unknown[];
  },
): Record<GoalPart, boolean> {
  return {
    statement: goal.statement !== '',
    why: goal.why !== '',
    baseline: goal.baseline !== '',
    measure: goal.measure !== '',
    by: goal.by !== null,
    steps: goal.steps.length > 0,
    supports: goal.supports.length > 0,
  };
}

/**
 * Whether an edit changes what was agreed: the statement, the target (in words or numbers), the date
 * (product.md, States), the kind, since a framework may ask for a goal of one, or the pathway it leads along. Steps,
 * supports and reasons may change without a new approval.
 */
export function isMaterialChange(before: Goal, after: Goal): boolean {
  const essence = (goal: Goal): string => {
    const { kind, statement, measure, target, by } = goal;
    const sets = chosenSets(goal).toSorted();
    return JSON.stringify([kind, statement, measure, target?.to ?? null, target?.unit ?? null, by, sets]);
  };
  return essence(before) !== essence(after);
}
