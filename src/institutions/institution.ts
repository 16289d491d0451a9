/** Institution - the tenant: a school or district that owns its data. */
export interface Institution {
  id: string;
  name: string;
  /** IANA time zone: due dates and "today" are the school's, not the server's. */
  zone: string;
  /** What this school calls the plan, e.g. "Individual Learning Plan" or "ISP". */
  planName: string;
  /** `starter`, or the key of one of its templates. */
  framework: string;
  /** Whose teachers see plans: those of advisory courses only, or every teacher of a student's course. */
  seesPlans: 'advisory' | 'all';
  /** The first day of a school year, `MM-DD` in the school's zone. */
  yearStarts: string;
  createdAt: Date;
}

/** What its administrator may change. */
export const SETTINGS = ['zone', 'planName', 'framework', 'seesPlans', 'yearStarts'] as const;
export type SchoolSettings = Pick<Institution, (typeof SETTINGS)[number]>;

/** What a new school starts with until its administrator changes it. */
export const FIRST_SETTINGS = {
  zone: 'America/New_York',
  planName: 'Individual Learning Plan',
  framework: 'starter',
  seesPlans: 'advisory',
  yearStarts: '07-01',
} as const satisfies Partial<Institution>;
