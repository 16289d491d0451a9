import type { Happened } from '../caseload/history.ts';
import type { Approved } from '../plans/decision.service.ts';
import type { Plan } from '../plans/plan.ts';

/** An approved version, and whether all who must have signed it. */
export interface Version extends Approved {
  signed: boolean;
}

export interface HistoryFacts {
  plan: Plan;
  events: readonly Happened[];
  /** Where the next page begins; null on the last one. */
  next: Date | null;
  versions: readonly Version[];
  /** Of the version before this school year began; null when there is none. */
  lastYear: number | null;
  /** Everybody who did something, by id. */
  actors: readonly string[];
  names: ReadonlyMap<string, string>;
  zone: string;
}

/** A version to compare: by its number, or the plan as it is now. */
export type VersionName = number | 'now';
