import type { StandingNow } from '../plans/standing.ts';

/**
 * Whether a student has another plan, where it is kept and whom to ask: never what is in it. One document a student.
 * An ILP replaces no IEP and no 504 plan, and must not become a copy of one (product.md, What a plan holds, 9).
 */
export interface Coordination {
  institution: string;
  /** The student. */
  person: string;
  /** One of each kind, in the order of OTHER_PLANS; empty until staff answered. */
  plans: OtherPlan[];
  /** When staff last said that this is so, and who. */
  checkedAt: Date | null;
  checkedBy: string | null;
  /** Rises with each write; a write names the version it read. */
  version: number;
}

export const OTHER_PLANS = ['iep', 'section504', 'english', 'health', 'other'] as const;
export type OtherPlanKind = (typeof OTHER_PLANS)[number];

export const EXISTS = ['yes', 'no', 'unknown'] as const;
export type Exists = (typeof EXISTS)[number];

export interface OtherPlan {
  kind: OtherPlanKind;
  exists: Exists;
  /** A place, or an https link. */
  where: string;
  askName: string;
  askRole: string;
  /** Goals of this plan that it relates to. */
  goals: string[];
}

/** Short enough that nothing but a place, a name and a role fits. */
export const LIMITS = { where: 100, link: 300, name: 60, role: 60, goals: 20 } as const;

export function emptyCoordination(institution: string, person: string): Coordination {
  return { institution, person, plans: [], checkedAt: null, checkedBy: null, version: 0 };
}

/** What is known of a kind; `unknown` until staff answered. */
export function otherPlan({ plans }: Pick<Coordination, 'plans'>, kind: OtherPlanKind): OtherPlan {
  return plans.find((plan) => plan.kind === kind) ?? unanswered(kind, 'unknown');
}

export function existing({ plans }: Pick<Coordination, 'plans'>): OtherPlan[] {
  return plans.filter(({ exists }) => exists === 'yes');
}

/** "None of these." */
export function noneOfThese(): OtherPlan[] {
  return OTHER_PLANS.map((kind) => unanswered(kind, 'no'));
}

/** Where there is no such plan, nothing else is kept about it. */
export function tidy(plan: OtherPlan): OtherPlan {
  return plan.exists === 'yes' ? plan : unanswered(plan.kind, plan.exists);
}

/** Whom to ask about the other plans: each name once. */
export function askNames(coordination: Pick<Coordination, 'plans'>): string[] {
  return [...new Set(existing(coordination).map(({ askName }) => askName))].filter((name) => name !== '');
}

/** Whole when each kind is answered with yes or no; staff said so, which is its verification. */
export function coordinationStanding(coordination: Pick<Coordination, 'plans'>): StandingNow {
  const answered = OTHER_PLANS.filter((kind) => otherPlan(coordination, kind).exists !== 'unknown').length;
  const credit = answered / OTHER_PLANS.length;
  return { component: 'supports.link', credit, verified: credit === 1 };
}

function unanswered(kind: OtherPlanKind, exists: Exists): OtherPlan {
  return { kind, exists, where: '', askName: '', askRole: '', goals: [] };
}
