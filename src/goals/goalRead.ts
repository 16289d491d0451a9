/**
 * From what was typed to what is stored. Two cares: a row that the writer's page does not know (another tab
 * added it) stays, and a row that was saved a second ago without an id is that row, not a new one.
 */
import type { z } from 'zod';
import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { leadsSomewhere, type Goal, type GoalTarget } from './goal.ts';
import type { GoalForm } from './goalForm.ts';
import { inputsOf, pressedOn, typedFrom, type GoalPost, type TypedGoal, type TypedStep } from './goalPost.ts';

/** `draft`: words are kept as far as they go (autosave, row buttons). `whole`: the person pressed Save. */
export type Reading = 'draft' | 'whole';

type Post = Pick<z.output<typeof GoalPost>, 'typed' | 'button' | 'version'>;

/** The rows as they stand after the pressed button: named by their ids, without empty ones. */
export function settled({ typed, button, version }: Post, goal: Goal): TypedGoal {
  const named = { ...typed, steps: namedSteps(typed.steps, goal, version) };
  const pressed = pressedOn(named, button);
  return {
    ...pressed,
    steps: pressed.steps.filter(({ id, title, due }) => id !== '' || title !== '' || due !== ''),
    supports: pressed.supports.filter(({ what, who }) => what !== '' || who !== ''),
  };
}

/**
 * A row without an id that was saved meanwhile (autosave does not tell the page its id) gets the id of the
 * step with its words, or in its place. Only over the version that the writer saw.
 */
function namedSteps(steps: readonly TypedStep[], goal: Goal, version: number): TypedStep[] {
  if (version !== goal.version) return [...steps];
  const taken = new Set(steps.map(({ id }) => id));
  return steps.map((step, row) => {
    if (step.id !== '') return step;
    const free = goal.steps.filter(({ id }) => !taken.has(id));
    const found =
      free.find(({ title }) => title === step.title) ?? free.find(({ id }) => id === goal.steps[row]?.id);
    if (found) taken.add(found.id);
    return { ...step, id: found?.id ?? '' };
  });
}

/**
 * @throws Invalid for a number that is none and, in a whole form, for half a target or a step without words.
 */
export function readGoal(post: Post, goal: Goal, reading: Reading): GoalForm {
  const typed = settled(post, goal);
  const problems = [...numberProblems(typed, reading), ...(reading === 'whole' ? emptySteps(typed) : [])];
  if (problems.length > 0) throw new Invalid(problems);
  const { kind, finished } = typed;
  const seen = new Set(namedSteps(post.typed.steps, goal, post.version).map(({ id }) => id));
  return {
    kind,
    finished,
    statement: typed.statement.trim(),
    why: typed.why.trim(),
    baseline: typed.baseline.trim(),
    measure: typed.measure.trim(),
    target: targetOf(typed),
    by: typed.by || null,
    strategies: typed.strategies.trim(),
    requirementSets: leadsSomewhere(typed) ? typed.requirementSets : [],
    supports: [...typed.supports, ...goal.supports.slice(post.typed.supports.length)],
    steps: withUnseen(storable(typed.steps, goal), goal, seen),
  };
}

/** A step whose words were just taken out keeps the stored ones until the person saves or removes it. */
function storable(steps: readonly TypedStep[], goal: Goal): GoalForm['steps'] {
  return steps.flatMap(({ id, title, due }) => {
    const stored = goal.steps.find((step) => step.id === id);
    const words = title || stored?.title;
    return words ? [{ id: stored?.id ?? null, title: words, due: due || null }] : [];
  });
}

/** Steps the writer's page does not have stay, near where they stand. */
function withUnseen(steps: GoalForm['steps'], goal: Goal, seen: ReadonlySet<string>): GoalForm['steps'] {
  return goal.steps.reduce(
    (rows, { id, title, due }, place) => (seen.has(id) ? rows : rows.toSpliced(place, 0, { id, title, due })),
    steps,
  );
}

function emptySteps({ steps }: TypedGoal): FieldError[] {
  return steps.flatMap(({ title }, row) =>
    title === '' ? [{ field: `steps.${row}.title`, message: say('goals.error.stepTitle') }] : [],
  );
}

function numberProblems({ target }: TypedGoal, reading: Reading): FieldError[] {
  const wrong = (['from', 'to'] as const).filter((end) => Number.isNaN(numberFrom(target[end])));
  const lacksEnd = target.to.trim() === '' && (target.from + target.unit).trim() !== '';
  return [
    ...wrong.map((end) => ({ field: INPUT[end], message: say('goals.error.number') })),
    ...(reading === 'whole' && lacksEnd ? [{ field: INPUT.to, message: say('goals.error.targetTo') }] : []),
  ];
}

const INPUT = { from: 'targetFrom', to: 'targetTo' } as const;

/** @returns NaN for what is no number, null for nothing. A comma may stand for the decimal point. */
function numberFrom(words: string): number | null {
  const digits = words.trim().replace(',', '.');
  if (digits === '') return null;
  return /^[+-]?\d{1,12}(\.\d{1,6})?$/.test(digits) ? Number(digits) : Number.NaN;
}

function targetOf({ target }: TypedGoal): GoalTarget | null {
  const to = numberFrom(target.to);
  return to === null ? null : { from: numberFrom(target.from), to, unit: target.unit.trim() };
}

/**
 * What is stored, by the names of the fields of the page that posted: what autosave gets with 412, so that it
 * can put together what two tabs wrote. A step removed meanwhile is empty; a row not saved yet is left alone.
 */
export function storedFor({ typed }: Pick<Post, 'typed'>, goal: Goal): Record<string, string> {
  const stored = typedFrom(goal);
  const steps = typed.steps.map(
    ({ id, ...row }) => stored.steps.find((step) => step.id === id) ?? { id, ...(id === '' ? row : EMPTY) },
  );
  const supports = typed.supports.map((_, row) => stored.supports[row] ?? { what: '', who: '' });
  return inputsOf({ ...stored, steps, supports });
}

const EMPTY = { title: '', due: '' };

/** The number of a check-in: null for none. @throws Invalid for what is no number. */
export function readValue(words: string): number | null {
  const value = numberFrom(words);
  if (Number.isNaN(value)) throw new Invalid([{ field: 'value', message: say('goals.error.number') }]);
  return value;
}
