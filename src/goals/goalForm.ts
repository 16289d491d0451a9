import { chosenSets, leadsSomewhere, type Goal, type GoalContent, type GoalKind, type Step } from './goal.ts';

/** What a person types into the goal form. A step with an id is one that exists; without, a new one. */
export interface GoalForm extends GoalContent {
  steps: { id: string | null; title: string; due: string | null }[];
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
    requirementSets: [],
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
    replaces: null,
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
): GoalContent & Pick<Goal, 'steps'> {
  return { ...writtenIn(form), steps: form.steps.map((step) => keptOrNew(step, steps, makeId)) };
}

/** What is written, and nothing else that the object may carry. */
function writtenIn(from: GoalContent): GoalContent {
  const { kind, statement, why, baseline, measure, target, by, strategies, finished } = from;
  const supports = from.supports.map(({ what, who }) => ({ what, who }));
  const requirementSets = leadsSomewhere({ kind }) ? [...chosenSets(from)] : [];
  const words = { kind, statement, why, baseline, measure, target, by, strategies, supports };
  return { ...words, requirementSets, finished };
}

function keptOrNew(step: GoalForm['steps'][number], kept: readonly Step[], makeId: MakeId): Step {
  const found = kept.find(({ id }) => id === step.id);
  return { id: found?.id ?? makeId(), title: step.title, due: step.due, doneAt: found?.doneAt ?? null };
}

/** The form of a goal as it is, e.g. to show it or to change one thing of it. */
export function formOf(goal: Goal): GoalForm {
  return { ...writtenIn(goal), steps: goal.steps.map(({ id, title, due }) => ({ id, title, due })) };
}

/** What the two-versions page shows: every field as one text. */
export function textsOf(form: GoalForm): Record<string, string> {
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
