import type { AuditInput } from '../../src/pathways/audit.ts';
import { catalogueOf, type CatalogueCourse } from '../../src/pathways/catalogue.ts';
import type { CourseRecord } from '../../src/pathways/record.ts';
import type { Need, RequirementRule, RequirementSet } from '../../src/pathways/requirement.ts';
import { NOW } from './build.ts';

/** Courses, requirement sets and whole audits as tests and the bench need them. */
let counter = 0;
const nextId = (): string => `c${(counter += 1).toString(16).padStart(23, '0')}`;

export function aCourse(overrides: Partial<CatalogueCourse> = {}): CatalogueCourse {
  return {
    id: nextId(),
    institution: 'a'.repeat(24),
    code: `X${counter}`,
    sisId: null,
    title: `Course ${counter}`,
    subject: 'Math',
    credits: 1,
    grades: [],
    terms: ['year'],
    prerequisites: [],
    tags: [],
    repeatable: false,
    active: true,
    importId: null,
    changedAt: NOW,
    ...overrides,
  };
}

/** A planned course of grade 9, all year. */
export function aRecord(overrides: Partial<CourseRecord> = {}): CourseRecord {
  const id = overrides.id ?? nextId();
  return {
    id,
    code: `R${id}`,
    title: `Record ${id}`,
    subject: 'Math',
    credits: 1,
    grade: 9,
    term: 'year',
    state: 'planned',
    mark: null,
    ...overrides,
  };
}

export function aRule(need: Need, overrides: Partial<RequirementRule> = {}): RequirementRule {
  return { id: nextId(), label: 'Line', need, minMark: null, byGrade: null, shared: false, ...overrides };
}

export function credits(amount: number, subjects: string[] = [], codes: string[] = []): Need {
  return { kind: 'credits', credits: amount, subjects, codes };
}

export function aSet(rules: RequirementRule[], overrides: Partial<RequirementSet> = {}): RequirementSet {
  return {
    id: nextId(),
    institution: 'a'.repeat(24),
    key: overrides.key ?? `set-${counter}`,
    version: 1,
    name: 'To graduate',
    kind: 'graduation',
    citation: '',
    rules,
    status: 'current',
    importId: null,
    createdBy: 'b'.repeat(24),
    createdAt: NOW,
    ...overrides,
  };
}

export function anAudit(overrides: Partial<AuditInput> & { offered?: CatalogueCourse[] } = {}): AuditInput {
  const { offered = [], ...rest } = overrides;
  return {
    courses: [],
    sets: [],
    catalogue: catalogueOf(offered),
    grade: 9,
    mostCredits: 8,
    substitutions: [],
    waivers: [],
    ...rest,
  };
}

const SUBJECTS = [
  'English',
  'Math',
  'Science',
  'Social studies',
  'World language',
  'Engineering',
  'Health',
  'Art',
];

/** A student with `courses` courses measured by `sets` sets of twelve lines: what the bench times. */
export function aBigAudit(courses = 60, sets = 4): AuditInput {
  const offered = Array.from({ length: courses * 4 }, (_, nth) =>
    aCourse({
      code: `B${nth}`,
      subject: SUBJECTS[nth % SUBJECTS.length] as string,
      credits: nth % 3 === 0 ? 0.5 : 1,
      terms: nth % 3 === 0 ? ['fall', 'spring'] : ['year'],
      prerequisites: nth >= 8 && nth % 2 === 0 ? [[`B${nth - 8}`]] : [],
    }),
  );
  const taken = offered.slice(0, courses).map((course, nth) => {
    const grade = 6 + Math.floor((nth * 7) / courses);
    const state = grade < 9 ? 'completed' : grade === 9 ? 'current' : 'planned';
    return aRecord({ ...course, id: course.id, grade, state, term: course.terms[0] ?? 'year', mark: null });
  });
  return anAudit({
    offered,
    courses: taken,
    sets: Array.from({ length: sets }, (_, nth) => aSet(bigRules(nth), { key: `big-${nth}` })),
  });
}

function bigRules(nth: number): RequirementRule[] {
  const named = Array.from({ length: 6 }, (_, each) => `B${nth * 6 + each}`);
  return [
    ...SUBJECTS.map((subject) => aRule(credits(3, [subject]), { label: subject, byGrade: 12 })),
    aRule({ kind: 'courses', codes: named.slice(0, 2) }),
    aRule({ kind: 'anyOf', count: 2, codes: named.slice(2) }, { minMark: 'C' }),
    aRule(credits(2, ['Science'], named), { byGrade: 10 }),
    aRule(credits(5)),
  ];
}
