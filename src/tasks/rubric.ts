import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';

/** How work is looked at: criteria, each with levels in words from "not yet" to the best. */
export interface Rubric {
  criteria: readonly Criterion[];
  /** `score`: the points follow from the levels, so each must be chosen. `words`: it only tells, points are free. */
  gives: 'score' | 'words';
}

export interface Criterion {
  key: string;
  label: MessageKey;
  /** The lowest first; a level is worth its place, beginning with 0. */
  levels: readonly [MessageKey, MessageKey, ...MessageKey[]];
}

/** The level an advisor chose for one criterion, by its place. */
export interface RubricChoice {
  criterion: string;
  level: number;
}

/** Criterion key → level, as a form sends it; criteria that were not judged are left out. */
export type RubricForm = Readonly<Record<string, number | null>>;

/**
 * The choices in the rubric's order; others are left out.
 * @throws Invalid for a level that does not exist or, where the score follows from them, one that is missing
 */
export function choicesFrom(rubric: Rubric, form: RubricForm): RubricChoice[] {
  const problems = rubric.criteria.flatMap(({ key, levels }) => {
    const level = form[key] ?? null;
    const isWrong = level === null ? rubric.gives === 'score' : level < 0 || level >= levels.length;
    return isWrong ? [{ field: `rubric.${key}`, message: say('tasks.error.level') }] : [];
  });
  if (problems.length > 0) throw new Invalid(problems);
  return rubric.criteria.flatMap(({ key }) => {
    const level = form[key] ?? null;
    return level === null ? [] : [{ criterion: key, level }];
  });
}

/** The share of the points that the levels come to, to two decimals; unjudged criteria count as the lowest. */
export function rubricPoints(rubric: Rubric, choices: readonly RubricChoice[], points: number): number {
  const best = rubric.criteria.reduce((sum, { levels }) => sum + levels.length - 1, 0);
  const reached = rubric.criteria.reduce(
    (sum, { key }) => sum + (choices.find(({ criterion }) => criterion === key)?.level ?? 0),
    0,
  );
  return best === 0 ? points : Math.round((100 * points * reached) / best) / 100;
}
