import type { Waiting } from '../caseload/caseload.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Chunk } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { Chip, Choices, Field, ThreadComment } from '../shared/parts.ts';
import type { ReadPart } from './planPart.ts';
import type { Plan, PlanSection } from './plan.ts';
import type { PlanReview, ReviewAnswer } from './review.ts';
import type { SectionText } from './sectionText.ts';
import type { SnapshotContent } from './snapshot.ts';

export interface ReviewSection {
  id: string;
  heading: string;
  chips: readonly Chip[];
  lines: SectionText['lines'];
  steps: SectionText['steps'];
  thread: readonly ThreadComment[];
  comment: Field | null;
  /** What was saved elsewhere meanwhile, to be read beside what was typed here. */
  theirs: string | null;
  answer: Choices | null;
  /** Which version of the answer this page was made from. */
  seen: { name: string; value: number } | null;
  section: PlanSection;
}

export interface Draft {
  action: string;
  version: number;
  /** Open as ids: the answers of each section shown, in the page's order. */
  answers: readonly { name: string; label: string; value: ReviewAnswer['answer'] }[];
  note: Field;
  /** The note that was saved elsewhere meanwhile, to be read beside what was typed here. */
  theirNote: string | null;
  returnLabel: string;
  /** JSON: the label for 0, 1, 2 … changes, for the script that counts along (public/js/tally.ts). */
  returnLabels: string;
  changes: number;
  /** Time of day of the last save, if it was today. */
  savedAt: string | null;
  nothingSeen: string;
  whatNext: readonly (readonly Chunk[])[];
  next: { href: string; name: string; initials: string; note: string } | null;
  openNext: boolean;
}

/** A comment as the page needs it. */
export interface Said {
  section: PlanSection;
  author: string;
  authorRole: string;
  text: string;
  at: Date;
  visibility: 'plan' | 'staff';
}

/** What a refused post held. */
export interface Typed {
  note: string;
  openNext: boolean;
  sections: ReadonlyMap<PlanSection, { answer: ReviewAnswer['answer'] | null; comment: string }>;
  /** Comments that another tab or advisor saved meanwhile; the note under `plan`. */
  theirs: ReadonlyMap<PlanSection, string>;
}

export interface ReviewFacts {
  student: { id: string; name: string; given: string; sisId: string | null };
  plan: Plan;
  /** What the features' parts say now. */
  parts: readonly ReadPart[];
  /** Who reads; only advisors answer and comment. */
  viewer: { person: string; isAdvisor: boolean };
  review: PlanReview | null;
  approved: { content: SnapshotContent; at: Date } | null;
  /** Sections the last review asked a change of. */
  asked: readonly PlanSection[];
  comments: readonly Said[];
  /** Person id → name, of everybody named on the page. */
  names: ReadonlyMap<string, string>;
  queue: readonly Waiting[];
  show: 'changes' | 'all';
  now: Date;
  typed: Typed | null;
  problem: { message: string; kept: string | null } | null;
  errors: readonly FieldError[];
}

/** The facts, with what every part of the page asks of them. */
export interface ReviewReady extends ReviewFacts {
  words: Words;
  /** As one calls the student in a sentence. */
  called: string;
  reviewing: boolean;
}

/** Id of a section's heading. */
export function anchorOf(section: PlanSection): string {
  return `section-${section.replace(':', '-')}`;
}
