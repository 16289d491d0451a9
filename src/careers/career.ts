import type { Letter } from '../inventory/riasec.ts';

/** What can be explored: clusters, careers and programmes after school. Reference data, the same for every student. */

/** The least education that most people in a career have, from least to most. */
export const EDUCATION = [
  'none',
  'highSchool',
  'certificate',
  'apprenticeship',
  'associate',
  'bachelor',
  'master',
  'doctorate',
] as const;
export type Education = (typeof EDUCATION)[number];

/** School subjects; a school's catalogue is matched to them by subject. */
export const SUBJECTS = [
  'english',
  'math',
  'science',
  'social',
  'languages',
  'arts',
  'computing',
  'business',
  'health',
  'trades',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Ways to go on learning after school. */
export const PROGRAMME_KINDS = ['bachelor', 'associate', 'vocational', 'apprenticeship'] as const;
export type ProgrammeKind = (typeof PROGRAMME_KINDS)[number];

/** Career cluster - a broad field of work, as in the National Career Clusters Framework. */
export interface Cluster {
  id: string;
  title: string;
  /** What people in it do, one sentence. */
  does: string;
}

/** What a career and a programme share, and what they are found, matched and set beside each other by. */
interface Explored {
  /** Stable: a slug of ours or a code of the source, such as an O*NET-SOC code. */
  id: string;
  title: string;
  /** Id of a cluster; null: the source does not say. */
  cluster: string | null;
  does: string;
  /** Letters, the strongest first; empty: the source does not say. */
  interests: readonly Letter[];
  subjects: readonly Subject[];
  /** Whose data it is, as its licence asks to say it; null: ours. */
  source: string | null;
}

export interface Career extends Explored {
  /** Null: the source does not say. */
  education: Education | null;
  skills: readonly string[];
  /** In the source's words, and only with a source. */
  pay: string | null;
  outlook: string | null;
}

export interface Programme extends Explored {
  kind: ProgrammeKind;
  length: string;
  /** What is asked for to be let in. */
  needs: string;
}

/** The two things a student saves, ranks and sets beside each other. */
export const EXPLORE_KINDS = ['career', 'programme'] as const;
export type ExploreKind = (typeof EXPLORE_KINDS)[number];

export type Option = Career | Programme;

/** All that a school's students can explore. */
export interface Catalogue {
  clusters: readonly Cluster[];
  careers: readonly Career[];
  programmes: readonly Programme[];
}

/** Careers or programmes. */
export function optionsIn(catalogue: Catalogue, kind: ExploreKind): readonly Option[] {
  return kind === 'career' ? catalogue.careers : catalogue.programmes;
}

export function isProgramme(option: Option): option is Programme {
  return 'kind' in option;
}

/** Longest texts and most rows: what keeps documents and pages small. */
export const LIMITS = {
  title: 150,
  text: 2_000,
  line: 300,
  list: 12,
  why: 1_000,
  saved: 30,
  rows: 2_000,
} as const;
