import type { MessageKey } from '../shared/i18n.ts';
import type { PartKey } from './planPart.ts';
import { paths } from '../shared/paths.ts';

/**
 * Everything a framework can ask of a plan. The dotted keys are the vocabulary of the presets
 * (`data/frameworks.json`); the others are the starter plan's own.
 */
export const COMPONENT_KEYS = [
  'strengths',
  'improvements',
  'interests',
  'agreedGoal',
  'self.interests',
  'self.strengths',
  'self.values',
  'career.goal',
  'career.explore',
  'career.cluster',
  'edu.goal',
  'postsec.plan',
  'courses.plan',
  'courses.gradreq',
  'courses.options',
  'academic.progress',
  'academic.assessment',
  'academic.support',
  'arts.progress',
  'wbl',
  'extracurricular',
  'resume',
  'portfolio',
  'finance.aid',
  'finance.literacy',
  'applications',
  'personal.social',
  'benchmarks',
  'reflection',
  'change.explain',
  'supports.link',
  'capstone',
  'skills.employability',
  'graduation.intent',
  'conference',
] as const;
export type ComponentKey = (typeof COMPONENT_KEYS)[number];

/** A part of the plan a student finds under one heading, in the plan's order. */
export const SECTION_KEYS = [
  'about',
  'explore',
  'goals',
  'courses',
  'after',
  'portfolio',
  'reviews',
  'coordination',
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

/** How a component shows that it is met. */
export type EvidenceForm = 'text' | 'answers' | 'choice' | 'goal' | 'list' | 'audit' | 'record' | 'file';

/** What one component means in this product; where it is done, what shows it, when it is satisfied. */
export interface ComponentRule {
  section: SectionKey;
  evidence: EvidenceForm;
  label: MessageKey;
  /** The feature that tells how far it is; null: the plan's own texts and goals say so. */
  part: PartKey | null;
  /** When it is satisfied, in one sentence for the student. */
  rule: MessageKey;
  /** Where the student does it. */
  href: string;
  /** What a student needs for it from an empty page. */
  minutes: number;
  /** Must be done again each school year; the rest stays done. */
  yearly: boolean;
  /** By default counts for the grade only when a person has verified it. */
  needsVerification: boolean;
}

type Row = Omit<ComponentRule, 'part' | 'yearly'>;

const rule = (
  key: ComponentKey,
  section: SectionKey,
  evidence: EvidenceForm,
  href: string,
  minutes: number,
  needsVerification = false,
): Row => ({
  section,
  evidence,
  label: `component.${key}`,
  rule: `component.${key}.rule`,
  href,
  minutes,
  needsVerification,
});

/** Which feature's records stand behind a component. */
const PART_OF: Partial<Record<ComponentKey, PartKey>> = {
  'self.interests': 'inventory',
  'skills.employability': 'skills',
  'career.explore': 'careers',
  'career.cluster': 'careers',
  wbl: 'experiences',
  extracurricular: 'experiences',
  'academic.assessment': 'assessments',
  'courses.plan': 'coursePlan',
  'courses.gradreq': 'coursePlan',
  'courses.options': 'coursePlan',
  'academic.progress': 'coursePlan',
  'academic.support': 'coursePlan',
  'postsec.plan': 'after',
  applications: 'after',
  'finance.aid': 'after',
  resume: 'after',
  portfolio: 'portfolio',
  capstone: 'portfolio',
  reflection: 'reviews',
  conference: 'reviews',
  'supports.link': 'coordination',
};

/** What a feature's records must show anew in each school year. */
const YEARLY: ReadonlySet<ComponentKey> = new Set<ComponentKey>([
  'self.interests',
  'skills.employability',
  'academic.assessment',
  'academic.progress',
  'academic.support',
  'reflection',
  'conference',
]);

const ROWS: Readonly<Record<ComponentKey, Row>> = {
  strengths: rule('strengths', 'about', 'text', paths.profilePart('strengths'), 10),
  improvements: rule('improvements', 'about', 'text', paths.profilePart('improvements'), 10),
  interests: rule('interests', 'about', 'text', paths.profilePart('interests'), 10),
  'self.strengths': rule('self.strengths', 'about', 'text', paths.profilePart('strengths'), 20),
  'self.interests': rule('self.interests', 'about', 'answers', paths.interests, 15),
  'self.values': rule('self.values', 'about', 'text', paths.profilePart('values'), 15),
  'skills.employability': rule('skills.employability', 'about', 'answers', paths.skills, 15),
  'change.explain': rule('change.explain', 'about', 'text', paths.profilePart('changes'), 10),
  'graduation.intent': rule('graduation.intent', 'about', 'text', paths.profilePart('intent'), 5),
  'career.explore': rule('career.explore', 'explore', 'list', paths.careers, 30),
  'career.cluster': rule('career.cluster', 'explore', 'choice', paths.careers, 10),
  wbl: rule('wbl', 'explore', 'record', paths.experiences, 10, true),
  extracurricular: rule('extracurricular', 'explore', 'record', paths.experiences, 10),
  agreedGoal: rule('agreedGoal', 'goals', 'goal', paths.goals, 20, true),
  'career.goal': rule('career.goal', 'goals', 'goal', paths.goals, 20, true),
  'edu.goal': rule('edu.goal', 'goals', 'goal', paths.goals, 20, true),
  'personal.social': rule('personal.social', 'goals', 'goal', paths.goals, 20, true),
  benchmarks: rule('benchmarks', 'goals', 'goal', paths.goals, 10),
  'academic.assessment': rule('academic.assessment', 'goals', 'record', paths.assessments, 10),
  'courses.plan': rule('courses.plan', 'courses', 'list', paths.coursePlan, 30),
  'courses.gradreq': rule('courses.gradreq', 'courses', 'audit', paths.coursePlan, 15),
  'courses.options': rule('courses.options', 'courses', 'choice', paths.courseOptions, 10),
  'academic.progress': rule('academic.progress', 'courses', 'record', paths.coursePlan, 5),
  'academic.support': rule('academic.support', 'courses', 'record', paths.courseSupport, 10),
  'arts.progress': rule('arts.progress', 'courses', 'text', paths.profilePart('arts'), 10),
  'postsec.plan': rule('postsec.plan', 'after', 'choice', paths.after, 20),
  applications: rule('applications', 'after', 'list', paths.applications, 15),
  'finance.aid': rule('finance.aid', 'after', 'list', paths.financialAid, 15),
  'finance.literacy': rule('finance.literacy', 'after', 'text', paths.profilePart('literacy'), 15),
  resume: rule('resume', 'after', 'list', paths.resume, 20),
  portfolio: rule('portfolio', 'portfolio', 'file', paths.portfolio, 15),
  capstone: rule('capstone', 'portfolio', 'record', paths.portfolio, 60, true),
  reflection: rule('reflection', 'reviews', 'text', paths.selfReview, 15),
  conference: rule('conference', 'reviews', 'record', paths.meetings, 20, true),
  'supports.link': rule('supports.link', 'coordination', 'choice', paths.coordination, 5),
};

/** The one table of all components. */
export const COMPONENTS: Readonly<Record<ComponentKey, ComponentRule>> = Object.fromEntries(
  COMPONENT_KEYS.map((key) => [key, { ...ROWS[key], part: PART_OF[key] ?? null, yearly: YEARLY.has(key) }]),
) as Record<ComponentKey, ComponentRule>;

/** @returns null for a key that is no component, such as a gate's */
export function labelOf(key: string | undefined): MessageKey | null {
  const known = COMPONENT_KEYS.find((one) => one === key);
  return known ? COMPONENTS[known].label : null;
}

/** Rows of the table in the plan's order. */
export function componentsIn(section: SectionKey): ComponentKey[] {
  return COMPONENT_KEYS.filter((key) => COMPONENTS[key].section === section);
}
