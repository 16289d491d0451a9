import type { ActorRole } from '../people/actor.ts';
import type { PlanSection } from './plan.ts';

/** Longest comment, in UTF-16 units. */
export const LONGEST_COMMENT = 2_000;

/** A comment on a section of a plan. `staff` comments are never shown to the student or the family. */
export interface Comment {
  id: string;
  institution: string;
  plan: string;
  /** The student. */
  person: string;
  section: PlanSection;
  author: string;
  authorRole: ActorRole;
  text: string;
  at: Date;
  visibility: 'plan' | 'staff';
  /** The comment it answers, in the same section. */
  replyTo: string | null;
}
