import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import type { Goal } from './goal.ts';
import { replacementOf } from './goalReplaced.ts';

/** A goal that this one comes from or goes on in: "Before: Become a nurse". */
export interface Kin {
  label: string;
  title: string;
  href: string;
  /** Why the earlier one was let go. */
  reason: string | null;
}

/** Earlier and later goals of the same wish, the earlier first. */
export function kinOf({ t }: Words, goals: readonly Goal[], goal: Goal): Kin[] {
  const find = (id: string | null): Goal | null => goals.find((one) => one.id === id) ?? null;
  const named = (label: string, one: Goal | null, reason: string | null = null): Kin[] =>
    one ? [{ label, title: one.statement || t('goals.list.unnamed'), href: paths.goal(one.id), reason }] : [];
  const replaced = find(goal.replaces ?? null);
  const next = goals.find(({ carriedFrom }) => carriedFrom === goal.id) ?? null;
  return [
    ...named(t('goals.kin.carried'), find(goal.carriedFrom)),
    ...named(t('goals.kin.before'), replaced, replaced?.outcome ?? null),
    ...named(t('goals.kin.now'), replacementOf(goals, goal)),
    ...named(t('goals.kin.goesOn'), next),
  ];
}
