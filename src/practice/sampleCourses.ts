/** The sample school's catalogue and requirement sets, invented: for the demo, tests and screenshots. */
import { listOffered, saveCourse, type CourseForm } from '../pathways/catalogue.service.ts';
import type { CourseTag, Term } from '../pathways/catalogue.ts';
import { listRequirementSets, saveSet, type SetForm } from '../pathways/requirement.service.ts';
import type { Need, RequirementRule } from '../pathways/requirement.ts';
import type { Actor } from '../people/actor.ts';

const HALVES: Term[] = ['fall', 'spring'];
const UPPER = [10, 11, 12];
const HIGH = [9, 10, 11, 12];

interface Extra {
  terms?: Term[];
  needs?: string[][];
  tags?: CourseTag[];
  repeatable?: boolean;
}

function course(
  code: string,
  title: string,
  subject: string,
  credits: number,
  grades: number[],
  { terms = ['year'], needs = [], tags = [], repeatable = false }: Extra = {},
): CourseForm {
  return {
    code,
    title,
    subject,
    credits,
    grades,
    terms,
    tags,
    repeatable,
    prerequisites: needs,
    sisId: null,
    active: true,
  };
}

const ADVANCED: Extra = { tags: ['advanced'] };

export const SAMPLE_COURSES: readonly CourseForm[] = [
  course('ENG 9', 'English 9', 'English', 1, [9]),
  course('ENG 10', 'English 10', 'English', 1, [10], { needs: [['ENG 9']] }),
  course('ENG 11', 'English 11', 'English', 1, [11], { needs: [['ENG 10']] }),
  course('ENG 12', 'English 12', 'English', 1, [12], { needs: [['ENG 11', 'AP LANG']] }),
  course('AP LANG', 'AP Language', 'English', 1, [11, 12], { ...ADVANCED, needs: [['ENG 10']] }),
  course('ALG 1', 'Algebra I', 'Math', 1, [8, 9]),
  course('GEO', 'Geometry', 'Math', 1, [8, 9, 10, 11], { needs: [['ALG 1']] }),
  course('ALG 2', 'Algebra II', 'Math', 1, HIGH, { needs: [['ALG 1']] }),
  course('PRECALC', 'Pre-calculus', 'Math', 1, UPPER, { needs: [['ALG 2']] }),
  course('STATS', 'Statistics', 'Math', 1, UPPER, { needs: [['ALG 1']], tags: ['dualCredit'] }),
  course('AP CALC', 'AP Calculus', 'Math', 1, [11, 12], { ...ADVANCED, needs: [['PRECALC']] }),
  course('BIO 10', 'Biology 10', 'Science', 1, [9, 10]),
  course('CHEM', 'Chemistry', 'Science', 1, UPPER, { needs: [['BIO 10']] }),
  course('PHYS', 'Physics', 'Science', 1, UPPER, { needs: [['ALG 2', 'GEO']] }),
  course('ENV', 'Environmental science', 'Science', 1, HIGH),
  course('CIVICS', 'Civics', 'Social studies', 0.5, [9, 10], { terms: HALVES }),
  course('HIST 10', 'World history 10', 'Social studies', 1, [9, 10, 11]),
  course('US HIST', 'US history', 'Social studies', 1, [10, 11, 12]),
  course('GOV', 'Government', 'Social studies', 0.5, [12], { terms: HALVES }),
  course('SPAN 1', 'Spanish I', 'World language', 1, [8, 9, 10, 11, 12]),
  course('SPAN 2', 'Spanish II', 'World language', 1, HIGH, { needs: [['SPAN 1']] }),
  course('SPAN 3', 'Spanish III', 'World language', 1, UPPER, { needs: [['SPAN 2']] }),
  course('ASL 1', 'Sign language I', 'World language', 1, HIGH, { tags: ['online'] }),
  course('ENGR 1', 'Intro to engineering', 'Engineering', 1, HIGH, { tags: ['careerTech'] }),
  course('ROBO 1', 'Robotics I', 'Engineering', 1, HIGH, { tags: ['careerTech'], needs: [['ENGR 1']] }),
  course('ROBO 2', 'Robotics II', 'Engineering', 1, UPPER, { tags: ['careerTech'], needs: [['ROBO 1']] }),
  course('CAD', 'Computer-aided design', 'Engineering', 0.5, UPPER, {
    terms: HALVES,
    tags: ['careerTech', 'dualCredit'],
  }),
  course('INTERN', 'Internship', 'Work-based learning', 1, [11, 12], { tags: ['workBased', 'careerTech'] }),
  course('PE 9', 'PE 9', 'Health and PE', 0.5, [9], { terms: HALVES }),
  course('PE', 'Fitness for life', 'Health and PE', 0.5, UPPER, { terms: HALVES, repeatable: true }),
  course('HEALTH', 'Health', 'Health and PE', 0.5, HIGH, { terms: HALVES }),
  course('ART 1', 'Art I', 'Arts', 0.5, HIGH, { terms: HALVES, tags: ['arts'] }),
  course('CHOIR', 'Choir', 'Arts', 1, HIGH, { tags: ['arts'], repeatable: true }),
  course('MEDIA', 'Media lab', 'Arts', 1, UPPER, { tags: ['arts', 'careerTech'] }),
  course('CS', 'Computer science', 'Technology', 1, HIGH, { tags: ['advanced', 'careerTech'] }),
  course('MATH 6', 'Math 6', 'Middle school', 0, [6]),
  course('MATH 7', 'Math 7', 'Middle school', 0, [7]),
  course('LANG 6', 'Language arts 6', 'Middle school', 0, [6]),
  course('LANG 7', 'Language arts 7', 'Middle school', 0, [7]),
  course('LANG 8', 'Language arts 8', 'Middle school', 0, [8]),
];

const credits = (amount: number, ...subjects: string[]): Need => ({
  kind: 'credits',
  credits: amount,
  subjects,
  codes: [],
});

let lines = 0;
function line(label: string, need: Need, more: Partial<RequirementRule> = {}): RequirementRule {
  lines += 1;
  const id = `sample-${lines}`;
  return { id, label, need, minMark: null, byGrade: null, shared: false, ...more };
}

export const SAMPLE_SETS: readonly SetForm[] = [
  {
    name: 'Riverbend diploma',
    kind: 'graduation',
    citation: 'Riverbend High School, Program of Studies 2026–27 (invented)',
    rules: [
      line('English', credits(4, 'English')),
      line('Math', credits(3, 'Math')),
      line('Science', credits(3, 'Science')),
      line('Social studies', credits(3, 'Social studies')),
      line('World language', credits(2, 'World language')),
      line('Health and PE', credits(1.5, 'Health and PE')),
      line('Government', { kind: 'courses', codes: ['GOV'] }, { byGrade: 12, shared: true }),
      line('Electives', credits(5)),
    ],
  },
  {
    name: 'Engineering and robotics',
    kind: 'pathway',
    citation: 'Riverbend career pathways (invented)',
    rules: [
      line('Engineering courses', { kind: 'courses', codes: ['ENGR 1', 'ROBO 1', 'ROBO 2'] }),
      line('One of these', { kind: 'anyOf', count: 1, codes: ['CAD', 'CS', 'INTERN'] }),
      line('Math for engineers', { kind: 'courses', codes: ['ALG 2'] }, { minMark: 'C', byGrade: 11 }),
    ],
  },
  {
    name: 'Clearwater State University',
    kind: 'college',
    citation: 'Clearwater State, first-year admission (invented)',
    rules: [
      line('English', credits(4, 'English'), { minMark: 'C' }),
      line(
        'Math up to Algebra II',
        { kind: 'credits', credits: 3, subjects: ['Math'], codes: [] },
        { minMark: 'C' },
      ),
      line('Lab science', { kind: 'anyOf', count: 2, codes: ['BIO 10', 'CHEM', 'PHYS'] }, { minMark: 'C' }),
      line('Same world language for two years', credits(2, 'World language'), { minMark: 'C' }),
    ],
  },
];

/** Fills an empty catalogue; a school that has courses keeps them. @returns how many courses and sets were made */
export async function addSampleCourses(
  institution: string,
  now: Date,
): Promise<{ courses: number; sets: number }> {
  if ((await listOffered(institution)).length > 0) return { courses: 0, sets: 0 };
  const actor: Actor = { institution, person: 'operator', role: 'administrator', via: null };
  for (const form of SAMPLE_COURSES) await saveCourse(actor, null, form, now);
  if ((await listRequirementSets(institution)).length > 0) return { courses: SAMPLE_COURSES.length, sets: 0 };
  for (const form of SAMPLE_SETS) await saveSet(actor, null, form, now);
  return { courses: SAMPLE_COURSES.length, sets: SAMPLE_SETS.length };
}
