import type { Words } from '../shared/page.ts';
import type { SectionKey } from './component.ts';
import type { Plan } from './plan.ts';

/** The parts of a plan whose records live beside the plan document, each in its feature's folder. */
export const PART_KEYS = [
  'inventory',
  'skills',
  'careers',
  'experiences',
  'assessments',
  'coursePlan',
  'after',
  'portfolio',
  'reviews',
  'coordination',
] as const;
export type PartKey = (typeof PART_KEYS)[number];

/** One line of a part, as plain text: what review, snapshot, history, print, PDF and export are all made of. */
export interface PartLine {
  /** Stable within the part, so that two versions can be compared line by line. */
  id: string;
  label: string;
  text: string;
  /** Changing it asks for new signatures. */
  material: boolean;
  /** Who may read it beside the student and staff: `family` also the family. */
  audience: 'plan' | 'family';
}

/** What a feature gives so that its records are part of the plan everywhere. */
export interface PlanPart {
  key: PartKey;
  section: SectionKey;
  /** Its heading. */
  title: (words: Words) => string;
  /** Where the student edits it. */
  href: string;
  /** Every line in reading order; none when nothing was entered. */
  read: (plan: Pick<Plan, 'institution' | 'person'>, words: Words) => Promise<PartLine[]>;
  /** All it holds, as JSON can carry it: the export's raw data. */
  records: (plan: Pick<Plan, 'institution' | 'person'>) => Promise<unknown>;
}

/** A part with everything it says. */
export interface ReadPart {
  key: PartKey;
  section: PlanPart['section'];
  title: string;
  href: string;
  lines: PartLine[];
}
