import type { Goal, GoalKind, GoalTarget, Step, Support } from './goal.ts';

/** What a person types into the goal form. A step with an id is one that exists; without, a new one. */
export interface GoalForm {
  kind: GoalKind;
  statement: string;
  why: string;
  baseline: string;
  measure: string;
  target: GoalTarget | null;
  by: string | null;
  strategies: string;
  supports: Support[];
  steps: { id: string | null; title: string; due: string | null }[];
  finished: boolean;
}

/** Makes ids for new steps; passed in, so that the rules stay free of chance. */
export type MakeId = () => string;

export function emptyForm(kind: GoalKind): GoalForm {
  return {
    kind,
    statement: '',
    why: '',
    baseline: '',
    measure: '',
    target: null,
    by: null,
    strategies: '',
    supports: [],
    steps: [],
    finished: false,
  };
}

export function newGoal(form: GoalForm, by: string, now: Date, makeId: MakeId): Goal {
  return {
    ...contentOf(form, [], makeId),
    id: makeId(),
    checkIns: [],
    status: 'proposed',
    outcome: null,
    asked: false,
    agreedRevision: null,
    carriedFrom: null,
    proposedBy: by,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
}

/** The goal with what the form says; ticks of kept steps stay. A finished form answers what was asked. */
export function applyForm(goal: Goal, form: GoalForm, now: Date, makeId: MakeId): Goal {
  const content = contentOf(form, goal.steps, makeId);
  return {
    ...goal,
    ...content,
    asked: goal.asked && !form.finished,
    version: goal.version + 1,
    changedAt: now,
  };
}

function contentOf(
  form: GoalForm,
  steps: readonly Step[],
  makeId: MakeId,
): Omit<GoalForm, 'steps'> & Pick<Goal, 'steps'> {
  return {
    kind: form.kind,
    statement: form.statement,
    why: form.why,
    baseline: form.baseline,
    measure: form.measure,
    target: form.target,
    by: form.by,
    strategies: form.strategies,
    supports: form.supports.map(({ what, who }) => ({ what, who })),
    steps: form.steps.map((step) => keptOrNew(step, steps, makeId)),
    finished: form.finished,
  };
}

function keptOrNew(step: GoalForm['steps'][number], kept: readonly Step[], makeId: MakeId): Step {
  const found = kept.find(({ id }) => id === step.id);
  return { id: found?.id ?? makeId(), title: step.title, due: step.due, doneAt: found?.doneAt ?? null };
}

/** The form of a goal as it is, e.g. to show it or to change one thing of it. */
export function formOf(goal: Goal): GoalForm {
  const { kind, statement, why, baseline, measure, target, by, strategies, supports, finished } = goal;
  const steps = goal.steps.map(({ id, title, due }) => ({ id, title, due }));
  return { kind, statement, why, baseline, measure, target, by, strategies, supports, steps, finished };
}

/** What the two-versions page shows: every field in one line of text. */
export function wordsOf(form: GoalForm): Record<string, string> {
  const { statement, why, baseline, measure, by, strategies } = form;
  const target = form.target
    ? `${form.target.from ?? ''} → ${form.target.to} ${form.target.unit}`.trim()
    : '';
  return {
    statement,
    why,
    baseline,
    measure,
    target,
    by: by ?? '',
    strategies,
    steps: form.steps.map(({ title, due }) => (due ? `${title} (${due})` : title)).join('\n'),
    supports: form.supports.map(({ what, who }) => `${what}: ${who}`).join('\n'),
  };
}
