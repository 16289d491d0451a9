import { goalWords } from '../careers/exploreWords.page.ts';
import type { Plan } from '../plans/plan.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip, Choices, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { CONFIRMED_BY, hoursOf, LIMITS, type Experience } from './experience.ts';
import { confirmedWords, datesOf, stateChip } from './experienceWords.page.ts';
import { totalLines } from './experienceList.page.ts';
import type { NoActivity } from './experienceStanding.ts';

/** One student's experiences for staff: read, confirm, give back. */
export interface StaffExperiencesPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  none: string | null;
  noActivity: string | null;
  cards: ExperienceCard[];
  totals: { label: string; value: string }[];
}

interface ExperienceCard {
  id: string;
  title: string;
  kind: string;
  chip: Chip;
  facts: { label: string; value: string }[];
  confirmed: string | null;
  asked: string | null;
  decide: { action: string; how: Choices; note: Field; reason: Field; open: boolean } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'experiences/staff': StaffExperiencesPage;
  }
}

export interface StaffFacts {
  student: { id: string; name: string };
  plan: Pick<Plan, 'goals'>;
  experiences: readonly Experience[];
  none: NoActivity | null;
  /** Names of those who confirmed, by person id. */
  names: ReadonlyMap<string, string>;
  /** Only an advisor confirms. */
  mayDecide: boolean;
}

/** After an error: at which experience, which of its forms, and what was typed. */
export interface StaffProblem {
  experience: string;
  form: 'confirm' | 'return';
  fields: readonly FieldError[];
  typed: { how: string; note: string; reason: string };
}

export function staffExperiencesPage(
  words: Words,
  facts: StaffFacts,
  problem: StaffProblem | null = null,
): StaffExperiencesPage {
  const { t } = words;
  const { student, experiences, none } = facts;
  const title = t('experiences.staff.title', { name: student.name });
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('experiences.staff.lede'),
      back: { href: paths.student(student.id), label: t('experiences.staff.back', { name: student.name }) },
    },
    errors: (problem?.fields ?? []).map(({ field, message }) => ({
      field: `${field}-${problem?.experience}`,
      message,
    })),
    none: experiences.length === 0 ? t('experiences.staff.none') : null,
    noActivity: none && t('experiences.staff.noActivity', { why: none.why }),
    cards: waitingFirst(experiences).map((one) => cardOf(words, one, facts, problem)),
    totals: totalLines(words, experiences),
  };
}

function waitingFirst(experiences: readonly Experience[]): Experience[] {
  return experiences.toSorted((a, b) => Number(b.state === 'submitted') - Number(a.state === 'submitted'));
}

function cardOf(
  words: Words,
  one: Experience,
  { student, plan, names, mayDecide }: StaffFacts,
  problem: StaffProblem | null,
): ExperienceCard {
  const { t } = words;
  const name = names.get(one.confirmed?.by ?? '') ?? '';
  const mine = problem?.experience === one.id ? problem : null;
  return {
    id: one.id,
    title: one.title,
    kind: t(`experiences.kind.${one.kind}`),
    chip: stateChip(words, one, 'staff'),
    facts: factsOf(words, one, plan),
    confirmed: one.confirmed && confirmedWords(words, one.confirmed, name),
    asked: one.asked,
    decide:
      mayDecide && one.state === 'submitted'
        ? { action: paths.studentExperience(student.id, one.id), ...decideFields(words, one, mine) }
        : null,
  };
}

function factsOf(words: Words, one: Experience, plan: Pick<Plan, 'goals'>): ExperienceCard['facts'] {
  const { t } = words;
  const { name, contact } = one.supervisor;
  const lines = [
    { label: t('experiences.form.organisation'), value: one.organisation },
    { label: t('experiences.staff.dates'), value: datesOf(words, one) ?? '' },
    {
      label: t('experiences.staff.hours'),
      value: t('experiences.staff.hoursOf', { hours: hoursOf(one), confirmed: one.confirmed?.hours ?? 0 }),
    },
    { label: t('experiences.staff.supervisor'), value: [name, contact].filter(Boolean).join(', ') },
    { label: t('experiences.staff.reflection'), value: one.reflection },
    {
      label: t('experiences.staff.skills'),
      value: one.skills.map((skill) => t(`skills.${skill}`)).join(' · '),
    },
    { label: t('experiences.staff.goal'), value: goalWords(plan, one.goal) ?? '' },
  ];
  return lines.filter(({ value }) => value !== '');
}

function decideFields(
  { t }: Words,
  { id, title }: Experience,
  problem: StaffProblem | null,
): { how: Choices; note: Field; reason: Field; open: boolean } {
  const problems = problem?.fields ?? [];
  return {
    open: problem?.form === 'return',
    how: {
      name: 'how',
      legend: t('experiences.staff.how'),
      more: title,
      options: CONFIRMED_BY.map((value) => ({ value, label: t(`experiences.staff.how.${value}`) })),
      value: problem?.typed.how ?? null,
      error: errorOf(problems, 'how'),
    },
    note: {
      name: 'note',
      id: `note-${id}`,
      label: t('experiences.staff.note'),
      hint: t('experiences.staff.noteHint'),
      optional: true,
      maxLength: LIMITS.note,
      value: problem?.typed.note ?? '',
      error: errorOf(problems, 'note'),
    },
    reason: {
      name: 'reason',
      id: `reason-${id}`,
      kind: 'textarea',
      label: t('experiences.staff.reason'),
      maxLength: LIMITS.note,
      value: problem?.typed.reason ?? '',
      error: errorOf(problems, 'reason'),
    },
  };
}
