import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head } from '../shared/parts.ts';
import type { AssignPost } from './assignForm.ts';
import type { TaskTemplate } from './template.ts';

/** Tasks to give inside Waymark: to one student, some, or a course. */
export interface AssignPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  templates: Choices;
  asks: Choices;
  /** Null for one student. */
  whom: Choices | null;
  people: Choices | null;
  due: Field;
  note: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'assignments/new': AssignPage;
  }
}

export interface AssignFacts {
  /** Where the form goes, and back. */
  action: string;
  back: { href: string; label: string };
  title: string;
  templates: readonly TaskTemplate[];
  /** The course's students; null for one student. */
  students: readonly { person: string; name: string }[] | null;
}

export function assignPage(
  words: Words,
  { action, back, title, templates, students }: AssignFacts,
  typed: AssignPost,
  problems: readonly FieldError[] = [],
): AssignPage {
  const { t } = words;
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('assign.new.lede'), back },
    errors: problems,
    action,
    templates: {
      name: 'templates',
      legend: t('assign.new.tasks'),
      options: templates.map((one) => ({
        value: one.id,
        label: t(one.title),
        hint: t('assign.new.task', { part: t(one.part), summary: t(one.summary) }),
      })),
      values: typed.templates,
      error: errorOf(problems, 'templates'),
      wide: true,
    },
    asks: {
      name: 'asks',
      legend: t('assign.new.asks'),
      options: [
        { value: 'all', label: t('assign.new.asksAll') },
        { value: 'one', label: t('assign.new.asksOne'), hint: t('assign.new.asksOneHint') },
      ],
      value: typed.asks,
    },
    whom: students && {
      name: 'whom',
      legend: t('assign.new.whom'),
      options: [
        { value: 'all', label: t('assign.new.whomAll', { count: students.length }) },
        { value: 'some', label: t('assign.new.whomSome') },
      ],
      value: typed.whom,
    },
    people: students && {
      name: 'people',
      legend: t('assign.new.people'),
      options: students.map(({ person, name }) => ({ value: person, label: name })),
      values: typed.people,
      error: errorOf(problems, 'people'),
      hint: t('assign.new.peopleHint'),
      wide: true,
    },
    due: {
      name: 'due',
      label: t('assign.new.due'),
      kind: 'date',
      value: typed.due,
      hint: t('assign.new.dueHint'),
      optional: true,
      error: errorOf(problems, 'due'),
    },
    note: t('assign.new.note'),
  };
}
