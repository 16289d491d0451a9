import type { Goal } from '../goals/goal.ts';
import type { ComponentKey } from './component.ts';
import type { PartKey } from './planPart.ts';
import type { Standing } from './standing.ts';

/** One student's plan. Bounded: goals and profile are embedded; comments, reviews and snapshots are not. */
export interface Plan {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  framework: string;
  frameworkVersion: number;
  /** The move to another version that brought it here, so that it can be undone; null: none. */
  migration: string | null;
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
  /** School year of the plan, by the calendar year it begins in: 2026 for 2026–27. */
  year: number;
  /** The school year in which the student's plan was begun. */
  firstYear: number;
  /** Grade level of the student, 6–12 and beyond; null: not told yet. */
  grade: number | null;
  /** The texts its framework asks for, in the plan's order. */
  texts: ProfileKey[];
  profile: Record<ProfileKey, ProfilePart>;
  goals: Goal[];
  /** Told by the features that keep their records beside the plan. */
  standings: Standing[];
  /** Parts the advisor asked to change, until the student has. */
  askedParts: PartKey[];
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

/** What every plan asks a student to write about themselves. */
export const PROFILE_KEYS = ['strengths', 'improvements', 'interests'] as const;
/** Every text a framework can ask for, in the plan's order. */
export const WRITTEN_KEYS = [
  ...PROFILE_KEYS,
  'values',
  'preferences',
  'needs',
  'changes',
  'intent',
  'arts',
  'literacy',
] as const;
export type ProfileKey = (typeof WRITTEN_KEYS)[number];

/** One of the student's texts about themselves. */
export interface ProfilePart {
  text: string;
  /** "I've finished this section": said by the student, never guessed. */
  finished: boolean;
  /** The advisor asked for a change, and the student has not finished it again. */
  asked: boolean;
  /** It was written in an earlier school year, and the student has not yet said that it is still true. */
  toConfirm: boolean;
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

/** What a review answers and a comment hangs on: a text, one goal, or a feature's part. `plan` is the whole. */
export type PlanSection = ProfileKey | `goal:${string}` | `part:${PartKey}` | 'plan';

/** Longest text of a profile part, in UTF-16 units. */
export const LONGEST_PART = 5_000;

/** Its texts: those its framework asks for, and others that hold words all the same. */
export function textsOf(plan: Pick<Plan, 'texts' | 'profile'>): ProfileKey[] {
  return WRITTEN_KEYS.filter((key) => plan.texts.includes(key) || plan.profile[key].text !== '');
}

/** The sections of a plan that a review can answer, in the page's order. @param parts those that say anything */
export function sectionsOf(
  plan: Pick<Plan, 'goals' | 'texts' | 'profile'>,
  parts: readonly PartKey[],
): PlanSection[] {
  const goals = plan.goals.filter(({ status }) => status !== 'dropped');
  return [
    ...textsOf(plan),
    ...goals.map(({ id }): PlanSection => `goal:${id}`),
    ...parts.map((key): PlanSection => `part:${key}`),
  ];
}

/** Whether something can be said about this section: a text or part of any plan, or a goal of this one. */
export function hasSection(plan: Pick<Plan, 'goals'>, section: PlanSection): boolean {
  if (section === 'plan') return false;
  if (!section.startsWith('goal:')) return true;
  return plan.goals.some(({ id, status }) => section === `goal:${id}` && status !== 'dropped');
}

/** A text about oneself. */
export function isText(section: PlanSection): section is ProfileKey {
  return (WRITTEN_KEYS as readonly string[]).includes(section);
}

/** The feature's part that a section names. */
export function partOf(section: PlanSection): PartKey | null {
  return section.startsWith('part:') ? (section.slice('part:'.length) as PartKey) : null;
}

export function emptyProfile(): Plan['profile'] {
  return Object.fromEntries(WRITTEN_KEYS.map((key) => [key, emptyPart()])) as Plan['profile'];
}

export function emptyPart(): ProfilePart {
  return {
    text: '',
    finished: false,
    asked: false,
    toConfirm: false,
    version: 0,
    changedAt: null,
    changedBy: null,
  };
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

/** Everybody who must has signed the plan as it stands, where anybody must. */
export function isSigned(plan: Pick<Plan, 'state' | 'resumeTo'>): boolean {
  const state = standingState(plan);
  return isApproved(plan) && state !== 'approved' && state !== 'signing';
}

/** Set aside by staff: on hold, transferred or waived. */
export function isAside({ resumeTo }: Pick<Plan, 'resumeTo'>): boolean {
  return resumeTo !== null;
}
