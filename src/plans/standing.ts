import type { ComponentKey } from './component.ts';
import type { Plan } from './plan.ts';

/**
 * How far one component of a plan is, told by the feature that holds its records. Features tell it in the same
 * transaction as their own write, so completion stays a pure function of the plan document.
 */
export interface Standing {
  component: ComponentKey;
  /** 0 nothing yet, between: begun, 1 whole. */
  credit: number;
  /** A person confirmed it, where the framework asks for that. */
  verified: boolean;
  /** When it last became what it is; what must be done "this year" is judged by it. */
  at: Date;
}

/** What a feature says about one of its components. */
export type StandingNow = Omit<Standing, 'at'>;

/** The plan's standings with these told; equal ones keep their moment, so telling again changes nothing. */
export function standingsWith(
  plan: Pick<Plan, 'standings'>,
  told: readonly StandingNow[],
  now: Date,
): Standing[] {
  const news = told.filter((one) => !plan.standings.some((old) => isSame(old, one)));
  if (news.length === 0) return plan.standings;
  const kept = plan.standings.filter((old) => !news.some(({ component }) => component === old.component));
  return [...kept, ...news.map((one) => ({ ...one, at: now }))];
}

export function standingOf(plan: Pick<Plan, 'standings'>, key: ComponentKey): Standing | null {
  return plan.standings.find(({ component }) => component === key) ?? null;
}

function isSame(old: Standing, told: StandingNow): boolean {
  return old.component === told.component && old.credit === told.credit && old.verified === told.verified;
}
