import type { Goal } from '../goals/goal.ts';
import type { ComponentKey } from './framework.ts';

/** One student's plan. Bounded: goals and profile are embedded; comments, reviews and snapshots are not. */
export interface Plan {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  framework: string;
  frameworkVersion: number;
  state: PlanState;
  /** Where an aside (on hold, transferred, waived) came from and goes back to. */
  resumeTo: PlanState | null;
  /** Where the plan was when it was sent, and goes back to when it is taken back. */
  sentFrom: PlanState | null;
  /** Why it is aside, in the words of staff. */
  asideReason: string | null;
  /** Rises with each write; a write names the version it read. */
  version: number;
  /** Rises with each material edit of an approved plan; a snapshot belongs to one. */
  revision: number;
  profile: Record<ProfileKey, ProfilePart>;
  goals: Goal[];
  exemptions: Exemption[];
  /** The last time the student sent it; kept when they take it back. Null: never sent, nothing is graded. */
  submittedAt: Date | null;
  approvedAt: Date | null;
  approvedBy: string | null;
  /** The student's own last change. */
  lastActivityAt: Date | null;
  /** Since when an advisor is waited for: sent plan, or a question in a comment. */
  needsAdvisorSince: Date | null;
  summary: PlanSummary;
  createdAt: Date;
}

export type PlanState =
  | 'not_started'
  | 'draft'
  | 'submitted'
  | 'in_review'
  | 'returned'
  | 'approved'
  | 'signing'
  | 'active'
  | 'amending'
  | 'review_due'
  | 'closed'
  | 'archived'
  | 'on_hold'
  | 'transferred'
  | 'waived';

export type ProfileKey = 'strengths' | 'improvements' | 'interests';
export const PROFILE_KEYS = ['strengths', 'improvements', 'interests'] as const;

/** One of the student's texts about themselves. */
export interface ProfilePart {
  text: string;
  /** "I've finished this section": said by the student, never guessed. */
  finished: boolean;
  /** The advisor asked for a change, and the student has not finished it again. */
  asked: boolean;
  /** Rises with each change of this part; two tabs are told apart by it. */
  version: number;
  changedAt: Date | null;
  changedBy: string | null;
}

/** A component that staff took out of the count, with a reason. */
interface Exemption {
  component: ComponentKey;
  reason: string;
  by: string;
  at: Date;
}

/** What the caseload lists, written with every change. Percent as in completion.ts. */
export interface PlanSummary {
  progress: number | null;
  grade: number | null;
  done: number;
  total: number;
  /** Component and gate keys that are open. */
  missing: string[];
}

/** What a review answers and a comment hangs on: a profile part, or one goal. `plan` is the whole. */
export type PlanSection = ProfileKey | `goal:${string}` | 'plan';

/** Longest text of a profile part, in UTF-16 units. */
export const LONGEST_PART = 5_000;

/** The sections of a plan that a review can answer, in the page's order. */
export function sectionsOf(plan: Pick<Plan, 'goals'>): PlanSection[] {
  const goals = plan.goals.filter(({ status }) => status !== 'dropped');
  return [...PROFILE_KEYS, ...goals.map(({ id }): PlanSection => `goal:${id}`)];
}

export function emptyPart(): ProfilePart {
  return { text: '', finished: false, asked: false, version: 0, changedAt: null, changedBy: null };
}

/** The state that counts: an aside plan is judged by where it goes back to. */
export function standingState(plan: Pick<Plan, 'state' | 'resumeTo'>): PlanState {
  return plan.resumeTo ?? plan.state;
}

const APPROVED: ReadonlySet<PlanState> = new Set([
  'approved',
  'signing',
  'active',
  'review_due',
  'closed',
  'archived',
]);

/** The plan as it stands now has an advisor's approval; an amended one waits for a new one. */
export function isApproved(plan: Pick<Plan, 'state' | 'resumeTo'>): boolean {
  return APPROVED.has(standingState(plan));
}

/** Set aside by staff: on hold, transferred or waived. */
export function isAside({ resumeTo }: Pick<Plan, 'resumeTo'>): boolean {
  return resumeTo !== null;
}
