/** What a school offers. Subjects are the school's own words; two spellings are compared by their key. */

export const TERMS = ['year', 'fall', 'spring'] as const;
export type Term = (typeof TERMS)[number];

/** What a course is besides its subject: the options a student is asked about. */
export const COURSE_TAGS = ['advanced', 'dualCredit', 'careerTech', 'arts', 'workBased', 'online'] as const;
export type CourseTag = (typeof COURSE_TAGS)[number];

export const GRADES = [6, 7, 8, 9, 10, 11, 12] as const;

/** A course as the catalogue describes it - OneRoster `course`. */
export interface CatalogueCourse {
  id: string;
  institution: string;
  /** The school's course code, unique in the school. */
  code: string;
  /** OneRoster `sourcedId` of the course, where a student information system gave one. */
  sisId: string | null;
  title: string;
  subject: string;
  credits: number;
  /** Grade levels that may take it; none: any. */
  grades: number[];
  /** When it is offered. */
  terms: Term[];
  /** Codes. Each group must be met, by any one course of it. */
  prerequisites: string[][];
  tags: CourseTag[];
  /** Earns credit each time it is taken, such as choir. */
  repeatable: boolean;
  /** No longer offered when false; plans keep it. */
  active: boolean;
  /** The import that wrote it last, or null. */
  importId: string | null;
  changedAt: Date;
}

/** Longest texts, and how much a catalogue may hold. */
export const CATALOGUE_LIMITS = { courses: 2_000, code: 40, title: 120, subject: 60, credits: 20 } as const;

/** "hist 10", "HIST-10" and "Hist10" name the same course. */
export function codeKey(code: string): string {
  return code.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Subjects are compared without case and spacing. */
export function subjectKey(subject: string): string {
  return subject.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** The courses by code, for the audit. */
export type Catalogue = ReadonlyMap<string, CatalogueCourse>;

export function catalogueOf(courses: readonly CatalogueCourse[]): Catalogue {
  return new Map(courses.map((course) => [codeKey(course.code), course]));
}

export function findIn(catalogue: Catalogue, code: string | null): CatalogueCourse | null {
  return (code === null ? undefined : catalogue.get(codeKey(code))) ?? null;
}

export function isOfferedIn(course: Pick<CatalogueCourse, 'grades'>, grade: number): boolean {
  return course.grades.length === 0 || course.grades.includes(grade);
}

/** Subjects of the courses on offer, by name. */
export function subjectsOf(courses: readonly CatalogueCourse[]): string[] {
  const byKey = new Map(courses.map(({ subject }) => [subjectKey(subject), subject]));
  return [...byKey.values()].toSorted((a, b) => a.localeCompare(b));
}

/** The options this school has: tags of courses on offer, in the fixed order. */
export function tagsOf(courses: readonly Pick<CatalogueCourse, 'tags' | 'active'>[]): CourseTag[] {
  const offered = new Set(courses.filter(({ active }) => active).flatMap(({ tags }) => tags));
  return COURSE_TAGS.filter((tag) => offered.has(tag));
}
