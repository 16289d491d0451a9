import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Words } from '../shared/page.ts';
import type { Choices, Option } from '../shared/parts.ts';
import { leadsSomewhere } from './goal.ts';
import type { GoalFacts } from './goalFacts.ts';
import type { TypedGoal } from './goalPost.ts';

/** Requirement sets to choose from; null for a goal that has none, or where the school has entered none. */
export function setChoices(
  words: Words,
  typed: Pick<TypedGoal, 'kind' | 'requirementSets'>,
  { sets }: Pick<GoalFacts, 'sets'>,
  problems: readonly FieldError[],
  sees: string,
): Choices | null {
  const { t } = words;
  const options = [...offered(words, sets), ...goneSets(words, typed.requirementSets, sets)];
  if (!leadsSomewhere(typed) || options.length === 0) return null;
  return {
    name: 'requirementSets',
    legend: t('goals.form.sets'),
    hint: t('goals.form.setsHint'),
    options,
    values: typed.requirementSets,
    error: errorOf(problems, 'requirementSets'),
    optional: true,
    sees,
  };
}

function offered({ t }: Words, sets: GoalFacts['sets']): Option[] {
  return sets.map(({ key, name, kind }) => ({ value: key, label: name, hint: t(`coursePlan.kind.${kind}`) }));
}

/** Sets that were chosen and are offered no longer: they stay until the student unticks them. */
function goneSets({ t }: Words, chosen: readonly string[], sets: GoalFacts['sets']): Option[] {
  const gone = chosen.filter((key) => !sets.some((set) => set.key === key));
  return gone.map((value) => ({ value, label: t('goals.form.setGone') }));
}

/** Names of the chosen sets, for reading. */
export function setNames(words: Words, chosen: readonly string[], { sets }: Pick<GoalFacts, 'sets'>): string {
  const names = chosen.map(
    (key) => sets.find((set) => set.key === key)?.name ?? words.t('goals.form.setGone'),
  );
  return names.join('\n');
}
