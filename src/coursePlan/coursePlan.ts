import type { CourseTag } from '../pathways/catalogue.ts';
import type { Substitution, Waiver } from '../pathways/decision.ts';
import type { CourseRecord } from '../pathways/record.ts';

/** A student's courses beside what the LMS knows. One document a student, bounded. */
export interface CoursePlan {
  id: string;
  institution: string;
  person: string;
  entries: Entry[];
  /** Planned courses before the last change, for "Undo"; null: nothing to undo. */
  previous: Entry[] | null;
  /** Requirement sets this student is measured by, each in the version it was chosen in. */
  sets: ChosenSet[];
  /** LMS courses that a person matched to the catalogue by hand; code null: it carries no credit. */
  matches: { course: string; code: string | null }[];
  options: OptionAnswer[];
  support: Support | null;
  substitutions: Substitution[];
  waivers: Waiver[];
  changedAt: Date | null;
}

/** A course in the plan; title, subject and credits as they were when it was entered. */
export interface Entry extends Omit<CourseRecord, 'state'> {
  /** What is taken now comes from the LMS and is not kept (`taking.ts`). */
  state: 'completed' | 'planned' | 'suggested';
  /** Why staff suggest it. */
  note: string;
  by: string;
  importId: string | null;
  at: Date;
}

export interface ChosenSet {
  key: string;
  version: number;
}

export interface OptionAnswer {
  tag: CourseTag;
  answer: 'forMe' | 'notForMe' | 'later';
  why: string;
  at: Date;
}

/** What staff said about help to catch up. */
export interface Support {
  needed: boolean;
  /** Which help or credit recovery, or why none is needed. */
  text: string;
  by: string;
  at: Date;
}

export const LIMITS = {
  entries: 150,
  sets: 10,
  text: 1_000,
  reason: 500,
  decisions: 40,
  matches: 100,
} as const;

/** Most credits in one school year before it is called too much. */
export const MOST_CREDITS = 8;

export function emptyCoursePlan(institution: string, person: string): Omit<CoursePlan, 'id'> {
  return {
    institution,
    person,
    entries: [],
    previous: null,
    sets: [],
    matches: [],
    options: [],
    support: null,
    substitutions: [],
    waivers: [],
    changedAt: null,
  };
}

/** The courses that count: completed and planned; a suggestion counts when it is accepted. */
export function countedEntries(entries: readonly Entry[]): CourseRecord[] {
  return entries.flatMap(({ note: _note, by: _by, importId: _import, at: _at, state, ...rest }) =>
    state === 'suggested' ? [] : [{ ...rest, state }],
  );
}
