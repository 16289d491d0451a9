import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { LIMITS, partsReady, type GoalPart } from './goal.ts';
import type { GoalForm } from './goalForm.ts';

/**
 * @param today the school's calendar day.
 * @throws Invalid when something is too long or too many, a date is none, or a finished goal lacks a part.
 */
export function checkForm(form: GoalForm, today: string): void {
  const problems = [
    ...tooLong(form),
    ...tooMany(form),
    ...wrongDates(form),
    ...(form.finished ? unfinishedParts(form, today) : []),
  ];
  if (problems.length > 0) throw new Invalid(problems);
}

function tooLong(form: GoalForm): FieldError[] {
  const lines = { statement: form.statement, measure: form.measure };
  const texts = { why: form.why, baseline: form.baseline, strategies: form.strategies };
  const listed = [
    ...form.steps.map(({ title }, index) => [`steps.${index}.title`, title] as const),
    ...form.supports.flatMap(({ what, who }, index) => [
      [`supports.${index}.what`, what] as const,
      [`supports.${index}.who`, who] as const,
    ]),
  ];
  return [
    ...[...Object.entries(lines), ...listed].flatMap(([field, text]) => longerThan(field, text, LIMITS.line)),
    ...Object.entries(texts).flatMap(([field, text]) => longerThan(field, text, LIMITS.text)),
  ];
}

function longerThan(field: string, text: string, limit: number): FieldError[] {
  return text.length > limit ? [{ field, message: say('goals.error.tooLong', { limit }) }] : [];
}

function tooMany({ steps, supports }: GoalForm): FieldError[] {
  return [
    ...(steps.length > LIMITS.steps
      ? [{ field: 'steps', message: say('goals.error.tooManySteps', { limit: LIMITS.steps }) }]
      : []),
    ...(supports.length > LIMITS.supports
      ? [{ field: 'supports', message: say('goals.error.tooManySupports', { limit: LIMITS.supports }) }]
      : []),
  ];
}

function wrongDates({ by, steps }: GoalForm): FieldError[] {
  const dates = [['by', by] as const, ...steps.map(({ due }, index) => [`steps.${index}.due`, due] as const)];
  return dates
    .filter(([, day]) => day !== null && !isDay(day))
    .map(([field]) => ({ field, message: say('goals.error.noDate') }));
}

const NEEDED = {
  statement: 'goals.error.statement',
  why: 'goals.error.why',
  baseline: 'goals.error.baseline',
  measure: 'goals.error.measure',
  by: 'goals.error.by',
  steps: 'goals.error.steps',
  supports: 'goals.error.supports',
} as const satisfies Record<GoalPart, string>;

function unfinishedParts(form: GoalForm, today: string): FieldError[] {
  const ready = partsReady(form);
  const missing = (Object.keys(NEEDED) as GoalPart[])
    .filter((part) => !ready[part])
    .map((field) => ({ field, message: say(NEEDED[field]) }));
  const past = form.by !== null && form.by < today ? [{ field: 'by', message: say('goals.error.past') }] : [];
  return [...missing, ...past];
}
