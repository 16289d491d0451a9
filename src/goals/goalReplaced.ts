import type { Goal } from './goal.ts';

/** The goal that was taken up instead of this one; null: none was. A carried copy of it does not count. */
export function replacementOf(goals: readonly Goal[], { id }: Pick<Goal, 'id'>): Goal | null {
  return goals.find(({ replaces, carriedFrom }) => replaces === id && carriedFrom === null) ?? null;
}
