import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import { chosenSets, isLive, LIMITS, type Goal } from './goal.ts';

/** Keys of the requirement sets that live goals ask for, each once. */
export function setsOfGoals(goals: readonly Goal[]): string[] {
  return [...new Set(goals.filter(isLive).flatMap(chosenSets))];
}

/** Whether a change of goals changes what the course plan is measured by. */
export function asksForOtherSets(before: readonly Goal[], after: readonly Goal[]): boolean {
  const named = (goals: readonly Goal[]): string => setsOfGoals(goals).toSorted().join();
  return named(before) !== named(after);
}

/**
 * @param known keys that may be chosen: the school's current sets, and those the goal has already
 * @throws Invalid for a set that is none of them, or too many
 */
export function checkSets(chosen: readonly string[], known: ReadonlySet<string>): void {
  const message =
    chosen.length > LIMITS.sets
      ? say('goals.error.tooManySets', { limit: LIMITS.sets })
      : chosen.some((key) => !known.has(key))
        ? say('goals.error.noSet')
        : null;
  if (message !== null) throw new Invalid([{ field: 'requirementSets', message }]);
}
