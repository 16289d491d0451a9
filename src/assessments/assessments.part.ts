import type { PartLine, PlanPart } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import type { Assessment } from './assessment.ts';
import { assessmentRecordsOf, assessmentsOf } from './assessment.service.ts';
import { aboutLine, resultWords } from './assessmentWords.page.ts';

/** Test results and what they tell the student. */
export const assessmentsPart: PlanPart = {
  key: 'assessments',
  section: 'goals',
  title: ({ t }) => t('assessments.title'),
  href: paths.assessments,
  read: async ({ institution, person }, words) =>
    (await assessmentsOf(institution, person)).flatMap((one) => assessmentLines(words, one)),
  records: ({ institution, person }) => assessmentRecordsOf(institution, person),
};

/** Families read the result; what it tells the student is between student and advisor. */
export function assessmentLines(words: Words, one: Assessment): PartLine[] {
  const text = `${aboutLine(words, one)}. ${resultWords(one)}`;
  const result: PartLine = { id: one.id, label: one.name, text, material: false, audience: 'family' };
  if (one.tells === '') return [result];
  const label = words.t('assessments.part.tells', { name: one.name });
  return [result, { id: `${one.id}.tells`, label, text: one.tells, material: false, audience: 'plan' }];
}
