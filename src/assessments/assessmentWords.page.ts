import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Words } from '../shared/page.ts';
import type { Chip, Field } from '../shared/parts.ts';
import { ASSESSMENT_KINDS, LIMITS, type Assessment } from './assessment.ts';
import type { TypedAssessment } from './assessmentForm.ts';

/** "State test · Math · March 3, 2027" */
export function aboutLine({ t, fmt }: Words, { kind, subject, date }: Assessment): string {
  return [t(`assessments.kind.${kind}`), subject, fmt.date(date)].filter(Boolean).join(' · ');
}

/** "2460, Proficient" */
export function resultWords({ score, level }: Pick<Assessment, 'score' | 'level'>): string {
  return [score, level].filter(Boolean).join(', ');
}

/** The sentence that goes into a goal's "Where are you now?". */
export function baselineWords({ t, fmt }: Words, one: Assessment): string {
  return t('assessments.baseline.words', {
    name: one.name,
    day: fmt.date(one.date),
    result: resultWords(one),
  });
}

/** Who entered it. */
export function sourceWords({ t }: Words, { source }: Pick<Assessment, 'source'>): string {
  return t(`assessments.source.${source}`);
}

/** Whether the student has said what it tells them. */
export function tellsChip({ t }: Words, { tells }: Pick<Assessment, 'tells'>): Chip {
  return tells === ''
    ? { label: t('assessments.chip.open'), tone: 'now', icon: 'pencil' }
    : { label: t('assessments.chip.told'), tone: 'done', icon: 'check' };
}

/** The questions about a result, in the form's order. */
export type FactFields = Record<'kind' | 'name' | 'subject' | 'date' | 'score' | 'level', Field>;

export function factFields(
  { t }: Words,
  typed: TypedAssessment,
  problems: readonly FieldError[],
  sees: string,
): FactFields {
  const field = (name: keyof FactFields): Field => ({
    name,
    label: t(`assessments.form.${name}`),
    value: typed[name],
    error: errorOf(problems, name),
  });
  const short = { maxLength: LIMITS.short, optional: true } as const;
  const options = [
    ...(typed.kind === '' ? [{ value: '', label: t('assessments.form.choose') }] : []),
    ...ASSESSMENT_KINDS.map((kind) => ({ value: kind, label: t(`assessments.kind.${kind}`) })),
  ];
  return {
    name: { ...field('name'), hint: t('assessments.form.nameHint'), maxLength: LIMITS.line, sees },
    kind: { ...field('kind'), kind: 'select', options },
    subject: { ...field('subject'), hint: t('assessments.form.subjectHint'), ...short },
    date: { ...field('date'), kind: 'date' },
    score: { ...field('score'), hint: t('assessments.form.scoreHint'), maxLength: LIMITS.short },
    level: { ...field('level'), hint: t('assessments.form.levelHint'), ...short },
  };
}
