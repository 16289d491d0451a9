/**
 * The goal form as a browser sends it. Its rows are numbered (`steps.0.title`), and every button of the form
 * sends all of it, so that adding, moving and removing rows loses no word and needs no script.
 */
import { z } from 'zod';
import { typedText } from '../shared/typedText.ts';
import { GOAL_KINDS, LIMITS, type Goal, type GoalContent } from './goal.ts';
import { formOf } from './goalForm.ts';

/** A step as typed: text only; an empty id is a row that was not saved yet. */
export interface TypedStep {
  id: string;
  title: string;
  due: string;
}

/** Everything in the form, as typed. */
export interface TypedGoal extends Omit<GoalContent, 'target' | 'by'> {
  target: { from: string; to: string; unit: string };
  by: string;
  steps: TypedStep[];
}

export type RowList = 'steps' | 'supports';

/** What was pressed: a button that saves, or one of a row. */
export type GoalButton =
  | { kind: 'save' }
  | { kind: 'add'; list: RowList }
  | { kind: 'remove'; list: RowList; row: number }
  | { kind: 'up' | 'down'; list: 'steps'; row: number };

/** One row more than a goal holds, so that the thirteenth is refused in words. */
const MOST_ROWS = Math.max(LIMITS.steps, LIMITS.supports) + 1;
const ROWS = Array.from({ length: MOST_ROWS }, (_, index) => index);

const text = typedText().max(20_000).default('');
const cell = z.string().max(2_000).optional();

const CELLS = Object.fromEntries(
  ROWS.flatMap((row) =>
    ['steps.$.id', 'steps.$.title', 'steps.$.due', 'supports.$.what', 'supports.$.who'].map((name) => [
      name.replace('$', String(row)),
      cell,
    ]),
  ),
);

const Tick = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');

/** Check boxes: none, one or several of a name; one text with commas where a page keeps them hidden. */
const Many = z
  .union([z.string().max(500), z.array(z.string().max(100)).max(20)])
  .default('')
  .transform((value) => [...new Set([value].flat().flatMap((one) => one.split(',')))].filter(Boolean));

/** The form's own fields, beside those of its rows. */
const FIELDS = {
  kind: z.enum(GOAL_KINDS),
  statement: text,
  why: text,
  baseline: text,
  measure: text,
  targetFrom: text,
  targetTo: text,
  targetUnit: text,
  by: text,
  strategies: text,
  requirementSets: Many,
  finished: Tick,
  _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
  do: z
    .string()
    .regex(/^(?:save|add\.(?:steps|supports)|(?:up|down|remove)\.(?:steps|supports)\.\d{1,2})$/)
    .default('save'),
  /** From the two-versions page: whose words stay. */
  keep: z.enum(['mine', 'theirs']).optional(),
};

export const GoalPost = z
  .strictObject({ ...CELLS, ...FIELDS })
  .transform(({ _version, do: pressed, keep, ...typed }) => ({
    version: _version,
    button: buttonOf(pressed),
    keep: keep ?? null,
    typed: typedOf(typed as unknown as Flat),
  }));

type Own = Omit<z.output<z.ZodObject<typeof FIELDS>>, '_version' | 'do' | 'keep'>;
type Flat = Own & { [cell: `${RowList}.${number}.${string}`]: string | undefined };

function typedOf(flat: Flat): TypedGoal {
  const { kind, statement, why, baseline, measure, by, strategies, requirementSets, finished } = flat;
  const { targetFrom: from, targetTo: to, targetUnit: unit } = flat;
  const steps = rowsOf(flat, 'steps', 'title').map((at) => ({
    id: flat[`${at}.id`] ?? '',
    title: oneLine(flat[`${at}.title`]),
    due: flat[`${at}.due`] ?? '',
  }));
  const supports = rowsOf(flat, 'supports', 'what').map((at) => ({
    what: oneLine(flat[`${at}.what`]),
    who: oneLine(flat[`${at}.who`]),
  }));
  const words = { statement, why, baseline, measure, by, strategies, requirementSets };
  return { kind, ...words, target: { from, to, unit }, steps, supports, finished };
}

function rowsOf(flat: Flat, list: RowList, cellName: string): `${RowList}.${number}`[] {
  return ROWS.map((row) => `${list}.${row}` as const).filter((at) => flat[`${at}.${cellName}`] !== undefined);
}

function oneLine(words = ''): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}

function buttonOf(pressed: string): GoalButton {
  const [kind = 'save', list, row] = pressed.split('.');
  if (kind === 'add') return { kind, list: list as RowList };
  if (kind === 'remove') return { kind, list: list as RowList, row: Number(row) };
  if ((kind === 'up' || kind === 'down') && list === 'steps') return { kind, list, row: Number(row) };
  return { kind: 'save' };
}

/** The rows after a button: one step further up or down, or one row less. */
export function pressedOn(typed: TypedGoal, button: GoalButton): TypedGoal {
  switch (button.kind) {
    case 'up':
      return { ...typed, steps: swapped(typed.steps, button.row - 1) };
    case 'down':
      return { ...typed, steps: swapped(typed.steps, button.row) };
    case 'remove':
      return { ...typed, [button.list]: typed[button.list].filter((_, row) => row !== button.row) };
    default:
      return typed;
  }
}

/** Rows `first` and `first + 1` change places, if both are there. */
function swapped(steps: readonly TypedStep[], first: number): TypedStep[] {
  const [a, b] = [steps[first], steps[first + 1]];
  return a && b ? steps.with(first, b).with(first + 1, a) : [...steps];
}

/** The stored goal as its form shows it. */
export function typedFrom(goal: Goal): TypedGoal {
  const form = formOf(goal);
  const { from = null, to = null, unit = '' } = form.target ?? {};
  return {
    ...form,
    target: { from: String(from ?? ''), to: String(to ?? ''), unit },
    by: form.by ?? '',
    steps: goal.steps.map(({ id, title, due }) => ({ id, title, due: due ?? '' })),
  };
}

/** Every text of the form by the name of its field. */
export function inputsOf(typed: TypedGoal): Record<string, string> {
  const {
    target,
    requirementSets,
    steps: _steps,
    supports: _supports,
    finished: _finished,
    ...words
  } = typed;
  const rows = [
    ...typed.steps.flatMap((step, row) =>
      (['id', 'title', 'due'] as const).map((name) => [`steps.${row}.${name}`, step[name]] as const),
    ),
    ...typed.supports.flatMap((support, row) =>
      (['what', 'who'] as const).map((name) => [`supports.${row}.${name}`, support[name]] as const),
    ),
  ];
  return {
    ...words,
    requirementSets: requirementSets.join(),
    targetFrom: target.from,
    targetTo: target.to,
    targetUnit: target.unit,
    ...Object.fromEntries(rows),
  };
}
