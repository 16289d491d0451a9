import { GRADES, TERMS } from '../pathways/catalogue.ts';
import type { Person } from '../people/person.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head, Option, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { setCards, type SetCard } from './audit.page.ts';
import { creditsText, placeWords, unitText } from './courseWords.page.ts';
import type { CourseFacts } from './courseFacts.ts';
import { LIMITS } from './coursePlan.ts';
import { fixesOf, type FixCard } from './fixes.page.ts';
import { measure, type Measured } from './measure.ts';
import {
  barOf,
  plannerOf,
  viewOf,
  viewsOf,
  type CreditBar,
  type Planner,
  type View,
} from './planner.page.ts';

/** A student's courses for the advisor: where they stand, and what staff add. */
export interface StaffCoursePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  noGrade: string | null;
  bar: CreditBar;
  fixes: FixCard[];
  views: Segment[];
  planner: Planner | null;
  sets: SetCard[];
  newest: string | null;
  forms: StaffForm[];
  entries: Removable[];
  decisions: Removable[];
  withdraw: string;
  options: { label: string; value: string }[];
}

/** One form of the advisor, folded until it is needed. */
export interface StaffForm {
  id: FormId;
  title: string;
  hint: string | null;
  action: string;
  open: boolean;
  choices: Choices | null;
  fields: Field[];
  save: string;
}
export type FormId = 'suggest' | 'complete' | 'decide' | 'support';

interface Removable {
  title: string;
  sub: string;
  field: 'entry' | 'decision';
  id: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'coursePlan/staff': StaffCoursePage;
  }
}

export interface StaffFacts extends CourseFacts {
  student: Person;
  names: ReadonlyMap<string, string>;
  view: View | null;
  /** An advisor acts; an administrator reads. */
  acts: boolean;
  refused?: { form: FormId; problems: readonly FieldError[]; typed: Readonly<Record<string, string>> };
}

export function staffCoursePage(words: Words, facts: StaffFacts): StaffCoursePage {
  const { t } = words;
  const { plan, courses, around, student } = facts;
  const measured = measure(courses, around);
  const view = viewOf(plan.grade, facts.view);
  const title = t('coursePlan.staff.title', { name: student.name });
  const called = student.given || student.name;
  const here = paths.studentCourses(student.id);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('coursePlan.staff.lede'),
      back: { href: paths.student(student.id), label: t('coursePlan.staff.back', { name: called }) },
    },
    errors: facts.refused?.problems ?? [],
    noGrade: plan.grade === null ? t('coursePlan.staff.noGrade', { name: called }) : null,
    bar: barOf(words, measured),
    fixes: measured.records.length === 0 ? [] : fixesOf(words, measured, around, false),
    views: viewsOf(words, here, view),
    planner:
      plan.grade === null
        ? null
        : plannerOf(words, { ...facts, measured, view, writable: false, links: false }),
    sets: setCards(words, measured, around, false),
    newest: facts.acts ? paths.newestSet(student.id) : null,
    forms: facts.acts ? formsOf(words, facts, measured) : [],
    entries: facts.acts ? entriesOf(words, facts) : [],
    decisions: decisionsOf(words, facts, measured),
    withdraw: paths.withdrawCourse(student.id),
    options: courses.options.map(({ tag, answer, why }) => ({
      label: t(`coursePlan.tag.${tag}`),
      value: [t(`coursePlan.options.${answer}`), why].filter(Boolean).join(': '),
    })),
  };
}

/** Makes the fields of one form, with what was typed and what is wrong when it was refused. */
function fieldsFor({ refused }: StaffFacts, form: FormId) {
  const mine = refused?.form === form ? refused : null;
  const value = (name: string): string => mine?.typed[name] ?? '';
  const field = (given: Field): Field => ({
    compact: true,
    ...given,
    id: `${form}.${given.name}`,
    value: value(given.name) || (given.value ?? ''),
    error: errorOf(mine?.problems ?? [], `${form}.${given.name}`),
  });
  return { open: mine !== null, value, field, problems: mine?.problems ?? [] };
}

function formsOf(words: Words, facts: StaffFacts, measured: Measured): StaffForm[] {
  const { t } = words;
  const { student, plan } = facts;
  return [
    ...(plan.grade === null ? [] : [suggestForm(words, facts, paths.suggestCourse(student.id))]),
    completeForm(words, facts, paths.recordCourse(student.id)),
    ...(measured.sets.length === 0
      ? []
      : [decideForm(words, facts, measured, paths.decideCourse(student.id))]),
    supportForm(words, facts, paths.supportCourse(student.id)),
  ].map((form) => ({ ...form, title: t(titleOf(form.id)) }));
}

function titleOf(id: FormId) {
  return `coursePlan.staff.${id}` as const;
}

type Untitled = Omit<StaffForm, 'title'> & { title?: string };

function suggestForm(words: Words, facts: StaffFacts, action: string): Untitled {
  const { t } = words;
  const { field, open } = fieldsFor(facts, 'suggest');
  const from = facts.around.grade ?? 6;
  const courses = facts.around.offered.filter(({ active }) => active);
  return {
    id: 'suggest',
    hint: null,
    action,
    open,
    choices: null,
    fields: [
      field({
        name: 'code',
        label: t('coursePlan.staff.course'),
        kind: 'select',
        options: [
          none(words),
          ...courses.map(({ code, title }) => ({ value: code, label: `${title} (${code})` })),
        ],
      }),
      gradeField(
        words,
        field,
        GRADES.filter((grade) => grade >= from),
      ),
      termField(words, field),
      field({ name: 'note', label: t('coursePlan.staff.note'), optional: true, maxLength: LIMITS.reason }),
    ],
    save: t('coursePlan.staff.suggestSave'),
  };
}

function none({ t }: Words): Option {
  return { value: '', label: t('coursePlan.staff.choose') };
}

function gradeField({ t }: Words, field: (given: Field) => Field, grades: readonly number[]): Field {
  return field({
    name: 'grade',
    label: t('coursePlan.staff.grade'),
    kind: 'select',
    value: String(grades[0] ?? 9),
    options: grades.map((grade) => ({ value: String(grade), label: t('coursePlan.grade', { grade }) })),
  });
}

function termField({ t }: Words, field: (given: Field) => Field): Field {
  return field({
    name: 'term',
    label: t('coursePlan.staff.term'),
    kind: 'select',
    value: 'year',
    options: TERMS.map((term) => ({ value: term, label: t(`coursePlan.Term.${term}`) })),
  });
}

function completeForm(words: Words, facts: StaffFacts, action: string): Untitled {
  const { t } = words;
  const { field, open } = fieldsFor(facts, 'complete');
  const until = facts.around.grade ?? 12;
  const text = (name: string, label: string, more: Partial<Field> = {}): Field =>
    field({ name, label, ...more });
  return {
    id: 'complete',
    hint: t('coursePlan.staff.completeHint'),
    action,
    open,
    choices: null,
    fields: [
      text('code', t('coursePlan.staff.code'), { optional: true, width: 'short', maxLength: 40 }),
      text('title', t('coursePlan.staff.courseTitle'), { optional: true, maxLength: 120 }),
      text('subject', t('coursePlan.staff.subject'), { optional: true, maxLength: 60 }),
      text('credits', t('coursePlan.staff.credits'), { kind: 'number', width: 'short', value: '1' }),
      gradeField(words, field, GRADES.filter((grade) => grade <= until).toReversed()),
      termField(words, field),
      text('mark', t('coursePlan.staff.mark'), { optional: true, width: 'short', maxLength: 10 }),
    ],
    save: t('coursePlan.staff.completeSave'),
  };
}

function decideForm(words: Words, facts: StaffFacts, { sets }: Measured, action: string): Untitled {
  const { t } = words;
  const { field, open, value, problems } = fieldsFor(facts, 'decide');
  const lines = sets.flatMap(({ key, name, rules }) =>
    rules.map(({ id, label }) => ({ value: `${key}.${id}`, label: `${name}: ${label}` })),
  );
  const records = facts.courses.entries
    .filter(({ state }) => state !== 'suggested')
    .map(({ id, title, grade }) => ({ value: id, label: t('coursePlan.line.course', { title, grade }) }));
  return {
    id: 'decide',
    hint: t('coursePlan.staff.decideHint'),
    action,
    open,
    choices: {
      name: 'what',
      legend: t('coursePlan.staff.what'),
      value: value('what') || null,
      error: errorOf(problems, 'decide.what'),
      options: (['substitute', 'waive'] as const).map((one) => ({
        value: one,
        label: t(`coursePlan.staff.what.${one}`),
      })),
    },
    fields: [
      field({
        name: 'line',
        label: t('coursePlan.staff.line'),
        kind: 'select',
        options: [none(words), ...lines],
      }),
      field({
        name: 'record',
        label: t('coursePlan.staff.record'),
        kind: 'select',
        optional: true,
        options: [none(words), ...records],
      }),
      field({
        name: 'forCode',
        label: t('coursePlan.staff.forCode'),
        optional: true,
        width: 'short',
        maxLength: 40,
      }),
      field({
        name: 'amount',
        label: t('coursePlan.staff.amount'),
        kind: 'number',
        optional: true,
        width: 'short',
      }),
      field({ name: 'reason', label: t('coursePlan.staff.reason'), maxLength: LIMITS.reason }),
    ],
    save: t('coursePlan.staff.decideSave'),
  };
}

function supportForm(words: Words, facts: StaffFacts, action: string): Untitled {
  const { t } = words;
  const { field, open, value, problems } = fieldsFor(facts, 'support');
  const { support } = facts.courses;
  const kept = support === null ? null : support.needed ? 'yes' : 'no';
  return {
    id: 'support',
    hint: null,
    action,
    open,
    choices: {
      name: 'needed',
      legend: t('coursePlan.staff.supportLegend'),
      value: value('needed') || kept,
      error: errorOf(problems, 'support.needed'),
      options: [
        { value: 'yes', label: t('coursePlan.staff.supportYes') },
        { value: 'no', label: t('coursePlan.staff.supportNo') },
      ],
    },
    fields: [
      field({
        name: 'text',
        label: t('coursePlan.staff.supportText'),
        kind: 'textarea',
        rows: 3,
        value: support?.text ?? '',
        maxLength: LIMITS.text,
      }),
    ],
    save: t('coursePlan.staff.supportSave'),
  };
}

function entriesOf(words: Words, { courses }: StaffFacts): Removable[] {
  const { t } = words;
  return courses.entries
    .filter(({ state }) => state !== 'planned')
    .map((one) => ({
      title: one.mark === null ? one.title : `${one.title} (${one.mark})`,
      sub: [t(`coursePlan.entry.${one.state}`), placeWords(words, one), creditsText(words, one.credits)].join(
        ' · ',
      ),
      field: 'entry',
      id: one.id,
    }));
}

function decisionsOf(words: Words, { courses, names }: StaffFacts, { sets, records }: Measured): Removable[] {
  const { t } = words;
  const lineOf = (key: string, rule: string) => {
    const line = sets.find((set) => set.key === key)?.rules.find(({ id }) => id === rule);
    return {
      label: line?.label ?? rule,
      unit: line?.need.kind === 'credits' ? 'credits' : 'courses',
    } as const;
  };
  const sub = ({ by, reason }: { by: string; reason: string }): string =>
    [names.get(by), reason].filter(Boolean).join(': ');
  const swaps = courses.substitutions.map((one): Removable => {
    const course = records.find(({ id }) => id === one.record)?.title ?? '';
    const { label: line } = lineOf(one.set, one.rule);
    return {
      title: t('coursePlan.staff.substitution', { course, line }),
      sub: sub(one),
      field: 'decision',
      id: one.id,
    };
  });
  const waived = courses.waivers.map((one): Removable => {
    const { label: line, unit } = lineOf(one.set, one.rule);
    const title =
      one.amount === null
        ? t('coursePlan.staff.waiverAll', { line })
        : t('coursePlan.staff.waiver', { line, amount: unitText(words, one.amount, unit) });
    return { title, sub: sub(one), field: 'decision', id: one.id };
  });
  return [...swaps, ...waived];
}
