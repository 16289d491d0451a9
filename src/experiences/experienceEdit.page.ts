import { goalOptions } from '../careers/exploreWords.page.ts';
import type { Plan } from '../plans/plan.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import { SKILL_KEYS } from '../skills/skill.ts';
import { hoursOf, LIMITS, type Experience } from './experience.ts';
import { typedFrom, type TypedExperience } from './experienceForm.ts';
import { may, unconfirmedHours } from './experienceMove.ts';
import { confirmedWords, kindOptions, stateChip } from './experienceWords.page.ts';

/** One experience: about it, hours, sending, putting away. */
export interface ExperiencePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  notice: Notice | null;
  confirmed: string | null;
  action: string;
  version: number;
  savedAt: string | null;
  form: {
    kind: Field;
    title: Field;
    organisation: Field;
    from: Field;
    to: Field;
    supervisorName: Field;
    supervisorContact: Field;
    reflection: Field;
    skills: Choices;
    goal: Field;
  };
  hours: {
    action: string;
    sum: string;
    open: string | null;
    entries: { id: string; day: string; hours: string; note: string; more: string }[];
    day: Field;
    count: Field;
    note: Field;
  };
  send: { text: string; action: string; label: string | null };
  archive: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'experiences/edit': ExperiencePage;
  }
}

export interface EditFacts {
  experience: Experience;
  plan: Pick<Plan, 'goals'>;
  /** Who confirmed it. */
  confirmer: string;
  today: string;
  now: Date;
}

/** After an error: which form, what is wrong, and what was typed. */
export interface EditProblem {
  form: 'about' | 'hours' | 'send';
  fields: readonly FieldError[];
  typed?: TypedExperience;
  hours?: { day: string; hours: string; note: string };
}

export function experiencePage(
  words: Words,
  facts: EditFacts,
  problem: EditProblem | null = null,
): ExperiencePage {
  const { t } = words;
  const { experience: one } = facts;
  return {
    title: one.title,
    styles: 'wide',
    head: {
      title: one.title,
      eyebrow: t(`experiences.kind.${one.kind}`),
      status: stateChip(words, one, 'student'),
      back: { href: paths.experiences, label: t('experiences.back') },
    },
    errors: linked(problem),
    notice: one.asked ? { id: 'asked', title: t('experiences.asked'), quote: one.asked, icon: 'msg' } : null,
    confirmed: one.confirmed && confirmedWords(words, one.confirmed, facts.confirmer),
    action: paths.experience(one.id),
    version: one.formVersion,
    savedAt: savedToday(words, one.changedAt, facts.now),
    form: formOf(words, facts, problem),
    hours: hoursCard(words, facts, problem),
    send: sendCard(words, one),
    archive: paths.archiveExperience(one.id),
  };
}

/** What is missing for sending is mended in the form: the summary leads to its fields. */
function linked(problem: EditProblem | null): readonly FieldError[] {
  return (problem?.fields ?? []).map(({ field, message }) => ({
    field: field === 'hours' && problem?.form === 'send' ? 'day' : field,
    message,
  }));
}

function formOf(words: Words, facts: EditFacts, problem: EditProblem | null): ExperiencePage['form'] {
  const { t } = words;
  const { experience, plan } = facts;
  const typed = (problem?.form === 'about' ? problem.typed : undefined) ?? typedFrom(experience);
  const problems = problem && problem.form !== 'hours' ? problem.fields : [];
  const field = (name: keyof Omit<TypedExperience, 'skills'>, label: string): Field => ({
    name,
    label,
    value: typed[name],
    error: errorOf(problems, name),
    maxLength: LIMITS.line,
  });
  return {
    kind: { ...field('kind', t('experiences.form.kind')), kind: 'select', options: kindOptions(words) },
    title: {
      ...field('title', t('experiences.form.title')),
      hint: t('experiences.form.titleHint'),
      sees: t('experiences.sees'),
    },
    organisation: {
      ...field('organisation', t('experiences.form.organisation')),
      hint: t('experiences.form.organisationHint'),
    },
    from: { ...field('from', t('experiences.form.from')), kind: 'date', maxLength: null },
    to: {
      ...field('to', t('experiences.form.to')),
      kind: 'date',
      hint: t('experiences.form.toHint'),
      maxLength: null,
    },
    supervisorName: { ...field('supervisorName', t('experiences.form.supervisorName')) },
    supervisorContact: {
      ...field('supervisorContact', t('experiences.form.supervisorContact')),
      hint: t('experiences.form.contactHint'),
    },
    reflection: {
      ...field('reflection', t('experiences.form.reflection')),
      kind: 'textarea',
      rows: 4,
      hint: t('experiences.form.reflectionHint'),
      sees: t('experiences.seesStaff'),
      maxLength: LIMITS.text,
    },
    skills: {
      name: 'skills',
      legend: t('experiences.form.skills'),
      optional: true,
      options: SKILL_KEYS.map((value) => ({ value, label: t(`skills.${value}`) })),
      values: typed.skills,
      error: errorOf(problems, 'skills'),
    },
    goal: {
      ...field('goal', t('experiences.form.goal')),
      kind: 'select',
      options: goalOptions(t('careers.save.noGoal'), plan),
    },
  };
}

function hoursCard(words: Words, facts: EditFacts, problem: EditProblem | null): ExperiencePage['hours'] {
  const { t, fmt } = words;
  const { experience: one, today } = facts;
  const problems = problem?.form === 'hours' ? problem.fields : [];
  const typed = problem?.form === 'hours' ? problem.hours : undefined;
  const open = one.confirmed ? unconfirmedHours(one) : 0;
  return {
    action: paths.experienceHours(one.id),
    sum:
      one.hours.length === 0
        ? t('experiences.hours.none')
        : t('experiences.hours.sum', { hours: hoursOf(one) }),
    open: open > 0 ? t('experiences.hours.open', { hours: open }) : null,
    entries: one.hours.map(({ id, day, hours, note }) => ({
      id,
      day: fmt.date(day),
      hours: t('experiences.hours.sum', { hours }),
      note,
      more: t('experiences.hours.removeMore', { hours, day: fmt.date(day) }),
    })),
    day: {
      name: 'day',
      kind: 'date',
      compact: true,
      width: 'date',
      label: t('experiences.hours.day'),
      value: typed?.day ?? today,
      error: errorOf(problems, 'day') ?? (problem?.form === 'send' ? errorOf(problem.fields, 'hours') : null),
    },
    count: {
      name: 'hours',
      kind: 'number',
      compact: true,
      width: 'short',
      label: t('experiences.hours.count'),
      value: typed?.hours ?? '',
      error: errorOf(problems, 'hours'),
    },
    note: {
      name: 'note',
      compact: true,
      width: 'grow',
      label: t('experiences.hours.note'),
      value: typed?.note ?? '',
      maxLength: LIMITS.note,
      error: errorOf(problems, 'note'),
    },
  };
}

function sendCard({ t }: Words, one: Experience): ExperiencePage['send'] {
  const action = paths.sendExperience(one.id);
  if (one.state === 'submitted') return { text: t('experiences.send.waiting'), action, label: null };
  if (one.state === 'verified') {
    const label = unconfirmedHours(one) > 0 ? t('experiences.send.more') : null;
    return { text: t('experiences.send.done'), action, label };
  }
  return {
    text: t('experiences.send.lede'),
    action,
    label: may('send', one) ? t('experiences.send.go') : null,
  };
}
