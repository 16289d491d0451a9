import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Words } from '../shared/page.ts';
import type { Choices, Field, Ready } from '../shared/parts.ts';
import { GOAL_KINDS, LIMITS, partsReady, type Goal, type GoalPart } from './goal.ts';
import type { RowList, TypedGoal } from './goalPost.ts';
import { nextStepOf } from './goalTime.ts';
import { setChoices } from './goalSets.page.ts';
import { seesOf } from './goalWords.page.ts';
import type { GoalFacts } from './goalFacts.ts';

/** The questions of the goal form, with what is wrong beside each. */
export interface FormFields {
  kind: Field;
  statement: Field;
  why: Field;
  baseline: Field;
  measure: Field;
  targetFrom: Field;
  targetTo: Field;
  targetUnit: Field;
  by: Field;
  strategies: Field;
  requirementSets: Choices | null;
}

/** One step to edit. Buttons are the way to reorder, so that it works from the keyboard and without script. */
export interface StepRow {
  row: number;
  n: number;
  id: string;
  state: 'done' | 'now' | 'todo';
  title: string;
  due: string;
  isFirst: boolean;
  isLast: boolean;
  titleError: string | null;
  dueError: string | null;
}

export interface SupportRow {
  row: number;
  n: number;
  what: string;
  who: string;
  whatError: string | null;
  whoError: string | null;
}

export function formFields(
  words: Words,
  typed: TypedGoal,
  facts: Pick<GoalFacts, 'advisors' | 'sets'>,
  problems: readonly FieldError[],
): FormFields {
  const { t } = words;
  const sees = seesOf(words, facts);
  const line = { kind: 'textarea', rows: 2, maxLength: LIMITS.line } as const;
  const text = { kind: 'textarea', rows: 2, maxLength: LIMITS.text } as const;
  const named = (name: keyof FormFields, value: string): Pick<Field, 'name' | 'value' | 'error'> => ({
    name,
    value,
    error: errorOf(problems, name),
  });
  return {
    kind: {
      ...named('kind', typed.kind),
      kind: 'select',
      label: t('goals.form.kind'),
      sees: sees.all,
      options: GOAL_KINDS.map((value) => ({ value, label: t(`goals.kind.${value}`) })),
    },
    statement: {
      ...named('statement', typed.statement),
      ...line,
      label: t('goals.form.statement'),
      hint: t('goals.form.statementHint'),
      sees: sees.all,
    },
    why: {
      ...named('why', typed.why),
      ...text,
      label: t('goals.form.why'),
      hint: t('goals.form.whyHint'),
      sees: sees.all,
    },
    baseline: {
      ...named('baseline', typed.baseline),
      ...text,
      label: t('goals.form.baseline'),
      hint: t('goals.form.baselineHint'),
      sees: sees.advisor,
    },
    measure: {
      ...named('measure', typed.measure),
      ...line,
      label: t('goals.form.measure'),
      hint: t('goals.form.measureHint'),
      sees: sees.advisor,
    },
    targetFrom: { ...named('targetFrom', typed.target.from), ...number(t('goals.form.from')) },
    targetTo: { ...named('targetTo', typed.target.to), ...number(t('goals.form.to')) },
    targetUnit: {
      ...named('targetUnit', typed.target.unit),
      label: t('goals.form.unit'),
      compact: true,
      width: 'grow',
      maxLength: LIMITS.line,
    },
    by: {
      ...named('by', typed.by),
      kind: 'date',
      label: t('goals.form.by'),
      hint: t('goals.form.byHint'),
      sees: sees.all,
    },
    strategies: {
      ...named('strategies', typed.strategies),
      ...text,
      label: t('goals.form.strategies'),
      hint: t('goals.form.strategiesHint'),
      optional: true,
      sees: sees.advisor,
    },
    requirementSets: setChoices(words, typed, facts, problems, sees.advisor),
  };
}

function number(label: string): Pick<Field, 'label' | 'kind' | 'compact' | 'width'> {
  return { label, kind: 'number', compact: true, width: 'short' };
}

/** @param blank the list that shows one empty row more; an empty list always does. */
export function stepRows(
  typed: TypedGoal,
  goal: Goal,
  blank: RowList | null,
  problems: readonly FieldError[],
): StepRow[] {
  const needsRow = typed.steps.length === 0 || (blank === 'steps' && typed.steps.length < LIMITS.steps);
  const rows = [...typed.steps, ...(needsRow ? [{ id: '', title: '', due: '' }] : [])];
  const next = nextStepOf(goal);
  return rows.map(({ id, title, due }, row) => {
    const done = goal.steps.some((step) => step.id === id && step.doneAt !== null);
    return {
      row,
      n: row + 1,
      id,
      title,
      due,
      state: done ? 'done' : id !== '' && id === next?.id ? 'now' : 'todo',
      isFirst: row === 0,
      isLast: row === rows.length - 1,
      titleError: errorOf(problems, `steps.${row}.title`) ?? (row === 0 ? errorOf(problems, 'steps') : null),
      dueError: errorOf(problems, `steps.${row}.due`),
    };
  });
}

export function supportRows(
  typed: TypedGoal,
  blank: RowList | null,
  problems: readonly FieldError[],
): SupportRow[] {
  const { supports } = typed;
  const needsRow = supports.length === 0 || (blank === 'supports' && supports.length < LIMITS.supports);
  return [...supports, ...(needsRow ? [{ what: '', who: '' }] : [])].map(({ what, who }, row) => ({
    row,
    n: row + 1,
    what,
    who,
    whatError:
      errorOf(problems, `supports.${row}.what`) ?? (row === 0 ? errorOf(problems, 'supports') : null),
    whoError: errorOf(problems, `supports.${row}.who`),
  }));
}

const LISTS: Readonly<Record<string, string>> = { steps: 'steps.0.title', supports: 'supports.0.what' };

/** The problems as the summary links to them: an empty list is mended in its first row. */
export function linkedProblems(problems: readonly FieldError[]): FieldError[] {
  return problems.map(({ field, message }) => ({ field: LISTS[field] ?? field, message }));
}

const PARTS = ['statement', 'why', 'baseline', 'measure', 'by', 'steps', 'supports'] as const;

/** "4 of 7 parts are ready", each with what is wrong with it. */
export function partsOf(
  { t }: Words,
  typed: TypedGoal,
  problems: readonly FieldError[],
): { title: string; items: Ready[] } {
  const ready = partsReady({
    ...typed,
    by: typed.by || null,
    steps: typed.steps.filter(({ title }) => title !== ''),
  });
  const items = PARTS.map((part) =>
    readyOf(t(`goals.parts.${part}`), ready[part], problemIn(part, problems)),
  );
  const done = items.filter(({ state }) => state === 'done').length;
  return { title: t('goals.parts.title', { done, total: PARTS.length }), items };
}

function problemIn(part: GoalPart, problems: readonly FieldError[]): string | null {
  return problems.find(({ field }) => field === part || field.startsWith(`${part}.`))?.message ?? null;
}

function readyOf(label: string, isReady: boolean, note: string | null): Ready {
  return note ? { label, note, state: 'warn' } : { label, state: isReady ? 'done' : 'todo' };
}
