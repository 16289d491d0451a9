import { capital } from '../courses/rosterWords.ts';
import type { FieldError } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head } from '../shared/parts.ts';
import type { Message, MessagePage } from '../shared/system.page.ts';
import type { TaskTemplate } from '../tasks/template.ts';
import { fittingTemplates, GRADES, partsOf, type PickerQuery } from './deepLinkChoice.ts';
import type { LmsFamily } from './platform.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'deepLink/picker': PickerPage;
    'deepLink/refused': RefusedPage;
    'deepLink/closed': MessagePage;
  }
}

export interface PickerPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  intro: string;
  action: string;
  filters: readonly Field[];
  find: Action;
  list: { title: string; tally: string; empty: string | null };
  /** `radio` where the place in the course takes only one. */
  control: 'check' | 'radio';
  items: readonly PickItem[];
  next: { title: string; steps: readonly string[] };
  buttons: { add: Action; cancel: Action; note: string };
}

interface PickItem {
  /** Template id. */
  value: string;
  /** The control's id; the first carries `task`, which the error summary links to. */
  id: string;
  title: string;
  sub: string;
  checked: boolean;
  mark: Chip | null;
  points: Field;
  due: Field;
  dueNote: string;
  preview: {
    label: string;
    studentsSee: string;
    todo: string;
    facts: readonly { label: string; value: string }[];
  };
}

/** The place in the course cannot take what Waymark offers: why, and the way back. */
export interface RefusedPage extends PageModel {
  action: string;
  msg: Message;
  back: Action;
}

export interface PickerFacts {
  /** Where the form posts to. */
  action: string;
  course: string;
  /** The LMS's name, and its manners. */
  lms: string;
  family: LmsFamily;
  multiple: boolean;
  withColumn: boolean;
  templates: readonly TaskTemplate[];
  /** Template ids that this course has already. */
  inCourse: ReadonlySet<string>;
  query: PickerQuery;
  errors?: readonly FieldError[];
}

/** Search, preview and choose plan tasks (mock-up `assign`). */
export function pickerPage(words: Words, facts: PickerFacts): PickerPage {
  const { t } = words;
  const { multiple, templates, query, lms, errors = [] } = facts;
  const shown = fittingTemplates(templates, query, (one) => `${t(one.title)} ${t(one.summary)}`);
  const chosen = shown.filter(({ id }) => query.task.includes(id)).length;
  const title = t('assign.picker.title');
  return {
    title,
    head: {
      title,
      eyebrow: t('assign.picker.where', { lms: capital(lms), course: facts.course }),
      lede: t(multiple ? 'assign.picker.ledeMany' : 'assign.picker.ledeOne'),
    },
    errors,
    intro: t('assign.picker.intro'),
    action: facts.action,
    filters: filtersOf(words, facts),
    find: { label: t('form.apply'), icon: 'filter', name: 'do', value: 'find' },
    list: {
      title: query.grade ? t('assign.picker.listGrade', { grade: query.grade }) : t('assign.picker.list'),
      tally: t('assign.picker.tally', { shown: shown.length, total: templates.length, chosen }),
      empty: shown.length === 0 ? t('assign.picker.none') : null,
    },
    control: multiple ? 'check' : 'radio',
    items: shown.map((template, index) => itemOf(words, facts, template, index)),
    next: { title: t('assign.picker.next', { lms }), steps: stepsOf(words, facts) },
    buttons: {
      add: {
        label: t('assign.picker.add', { many: String(multiple) }),
        kind: 'primary',
        large: true,
        icon: 'plus',
        name: 'do',
        value: 'add',
      },
      cancel: { label: t('assign.picker.cancel'), large: true, name: 'do', value: 'cancel' },
      note: t('assign.picker.nothing', { lms }),
    },
  };
}

function filtersOf({ t }: Words, { templates, query }: PickerFacts): Field[] {
  const grades = GRADES.map((grade) => ({
    value: String(grade),
    label: t('assign.picker.oneGrade', { grade }),
  }));
  const parts = partsOf(templates).map((part) => ({ value: part as string, label: t(part) }));
  return [
    { name: 'q', kind: 'search', label: t('assign.picker.search'), value: query.q, compact: true },
    {
      name: 'grade',
      kind: 'select',
      label: t('assign.picker.grade'),
      value: query.grade,
      options: [{ value: '', label: t('assign.picker.anyGrade') }, ...grades],
      compact: true,
    },
    {
      name: 'part',
      kind: 'select',
      label: t('assign.picker.part'),
      value: query.part,
      options: [{ value: '', label: t('assign.picker.anyPart') }, ...parts],
      compact: true,
    },
  ];
}

function itemOf(words: Words, facts: PickerFacts, template: TaskTemplate, index: number): PickItem {
  const { t } = words;
  const { query, errors = [], family, lms } = facts;
  const title = t(template.title);
  const more = t('assign.picker.for', { title });
  const field = (
    name: 'points' | 'due',
    fallback: string,
  ): Pick<Field, 'name' | 'value' | 'error' | 'more'> => {
    const id = `${name}.${template.id}`;
    const error = errors.find((one) => one.field === id)?.message ?? null;
    return { name: id, value: query[name][template.id] || fallback, error, more };
  };
  return {
    value: template.id,
    id: index === 0 ? 'task' : `task.${template.id}`,
    title,
    sub: metaOf(words, template),
    checked: query.task.includes(template.id),
    mark: facts.inCourse.has(template.id)
      ? { label: t('assign.picker.inCourse'), tone: 'quiet', icon: 'check' }
      : null,
    points: {
      ...field('points', String(template.points)),
      kind: 'number',
      label: t('assign.picker.points'),
      compact: true,
    },
    due: { ...field('due', ''), kind: 'date', label: t('assign.picker.due'), compact: true },
    dueNote: family === 'moodle' ? t('assign.picker.dueHere', { lms }) : t('assign.picker.dueAt'),
    preview: previewOf(words, template),
  };
}

function metaOf({ t }: Words, { part, minutes, grades: [from, to] }: TaskTemplate): string {
  const time = minutes > LONG_WORK ? t('assign.picker.overTime') : t('assign.picker.minutes', { minutes });
  return t('assign.picker.meta', {
    part: t(part),
    time,
    grades: t('assign.picker.grades', { from, to }),
  });
}

/** Beyond two hours nobody plans in minutes. */
const LONG_WORK = 120;

function previewOf({ t }: Words, template: TaskTemplate): PickItem['preview'] {
  const counts: MessageKey = template.needsVerification ? 'assign.picker.verified' : 'assign.picker.itself';
  return {
    label: t('assign.picker.preview'),
    studentsSee: t('assign.picker.studentsSee'),
    todo: template.todo.map((key) => t(key)).join(' '),
    facts: [
      { label: t('assign.picker.handIn'), value: t(template.summary) },
      { label: t('assign.picker.check'), value: t(template.check) },
      { label: t('assign.picker.counts'), value: t(counts) },
    ],
  };
}

/** What the LMS makes of the answer: Canvas keeps assignments unpublished, Moodle fills in its form (lms.md 1.9, 3). */
function stepsOf({ t }: Words, { family, multiple, withColumn }: PickerFacts): string[] {
  return [
    withColumn ? t('assign.picker.next.make', { many: String(multiple) }) : t('assign.picker.next.noColumn'),
    ...(family === 'canvas' ? [t('assign.picker.next.unpublished')] : []),
    ...(family === 'moodle' ? [t('assign.picker.next.save')] : []),
    ...(withColumn ? [t('assign.picker.next.score')] : []),
  ];
}

/** `accept_types` without LTI links, or a course whose teachers are no advisors. */
export function refusedPage(
  { t }: Words,
  facts: { action: string; why: 'noLinks' | 'notAdvisory'; lms: string; course: string },
): RefusedPage {
  const title = t(`assign.picker.${facts.why}.title`);
  const body =
    facts.why === 'noLinks'
      ? t('assign.picker.noLinks.body', { lms: capital(facts.lms) })
      : t('assign.picker.notAdvisory.body', { course: facts.course });
  return {
    title,
    action: facts.action,
    msg: { icon: 'task', tone: 'warn', title, paragraphs: [body] },
    back: { label: t('assign.picker.back'), kind: 'primary', large: true, name: 'do', value: 'cancel' },
  };
}

/** The launch was answered already, or its time is over. */
export function closedPage({ t }: Words): MessagePage {
  const title = t('assign.picker.closed.title');
  return {
    title,
    msg: { icon: 'task', tone: 'quiet', title, paragraphs: [t('assign.picker.closed.body')] },
  };
}
