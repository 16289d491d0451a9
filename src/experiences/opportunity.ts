import type { ExperienceKind } from './experience.ts';

/** Something the school offers its students to do: posted by staff, seen by every student of the institution. */
export interface Opportunity {
  id: string;
  institution: string;
  kind: ExperienceKind;
  title: string;
  organisation: string;
  about: string;
  /** Calendar days; null: not set. */
  from: string | null;
  to: string | null;
  /** Last day to apply. */
  applyBy: string | null;
  how: string;
  /** Career cluster it belongs to, if any. */
  cluster: string | null;
  /** Person who posted it. */
  by: string;
  postedAt: Date;
  closedAt: Date | null;
  version: number;
}

/** What staff type. */
export type OpportunityForm = Pick<
  Opportunity,
  'kind' | 'title' | 'organisation' | 'about' | 'from' | 'to' | 'applyBy' | 'how' | 'cluster'
>;

/** Open ones of a school at once. */
export const MOST_OPPORTUNITIES = 200;

/** Open, and neither its last day to apply nor its end has passed. @param today the school's calendar day */
export function isOnOffer({ closedAt, applyBy, to }: Opportunity, today: string): boolean {
  return closedAt === null && (applyBy ?? to ?? today) >= today;
}
