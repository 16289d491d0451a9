/** Institution - the tenant: a school or district that owns its data. */
export interface Institution {
  id: string;
  name: string;
  /** IANA time zone: due dates and "today" are the school's, not the server's. */
  zone: string;
  /** What this school calls the plan, e.g. "Individual Learning Plan" or "ISP". */
  planName: string;
  framework: 'starter';
  /** Whose teachers see plans: those of advisory courses only, or every teacher of a student's course. */
  seesPlans: 'advisory' | 'all';
  createdAt: Date;
}

/** What a new school starts with until its administrator changes it. */
export const FIRST_SETTINGS = {
  zone: 'America/New_York',
  planName: 'Individual Learning Plan',
  framework: 'starter',
  seesPlans: 'advisory',
} as const satisfies Partial<Institution>;
