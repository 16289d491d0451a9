import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Choices, Field, FilterBar, Head, Pager } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { CATALOGUE_LIMITS, COURSE_TAGS, GRADES, TERMS, type CatalogueCourse } from './catalogue.ts';

/** The catalogue, searched and paged. */
export interface CataloguePage extends PageModel {
  head: Head;
  filter: FilterBar;
  actions: Action[];
  courses: { title: string; sub: string; href: string; status: Chip | null }[];
  none: string | null;
  pager: Pager | null;
}

/** One course of it. */
export interface OfferedPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  fields: Field[];
  grades: Choices;
  terms: Choices;
  prerequisites: Field;
  tags: Choices;
  flags: Choices;
}

declare module '../shared/page.ts' {
  interface Pages {
    'pathways/catalogue': CataloguePage;
    'pathways/offered': OfferedPage;
  }
}

const PER_PAGE = 50;

export function cataloguePage(
  words: Words,
  offered: readonly CatalogueCourse[],
  { q, page }: { q: string; page: number },
): CataloguePage {
  const { t } = words;
  const wanted = q.trim().toLocaleLowerCase();
  const found = offered.filter(({ code, title, subject }) =>
    `${code} ${title} ${subject}`.toLocaleLowerCase().includes(wanted),
  );
  const from = (page - 1) * PER_PAGE;
  const title = t('catalogue.title');
  const at = (wanted: number): string =>
    `${paths.adminCatalogue}?${new URLSearchParams({ q, page: String(wanted) }).toString()}`;
  const to = Math.min(from + PER_PAGE, found.length);
  return {
    title,
    head: { title, lede: t('catalogue.lede'), back: { href: paths.admin, label: t('catalogue.backAdmin') } },
    styles: 'wide',
    filter: {
      label: t('catalogue.search'),
      action: paths.adminCatalogue,
      search: { name: 'q', label: t('catalogue.search'), value: q },
      selects: [],
    },
    actions: [
      { label: t('catalogue.add'), href: paths.newOffered, icon: 'plus', kind: 'primary' },
      { label: t('catalogue.importLink'), href: paths.newImport('catalogue'), icon: 'upload' },
    ],
    courses: found.slice(from, to).map((course) => ({
      title: course.title,
      sub: subOf(words, course),
      href: paths.offered(course.id),
      status: course.active ? null : { label: t('catalogue.closed'), tone: 'quiet', icon: 'off' },
    })),
    none: found.length > 0 ? null : t(offered.length === 0 ? 'catalogue.none' : 'catalogue.noneFound'),
    pager:
      found.length > PER_PAGE
        ? {
            from: from + 1,
            to,
            total: found.length,
            previous: page > 1 ? at(page - 1) : null,
            next: to < found.length ? at(page + 1) : null,
          }
        : null,
  };
}

function subOf({ t, fmt }: Words, { code, subject, credits, grades }: CatalogueCourse): string {
  const list = grades.join(', ');
  const count = credits > 0 && credits <= 1 ? 1 : 2;
  return t('catalogue.sub', {
    code,
    subject,
    credits: t('coursePlan.credits', { count, amount: fmt.number(credits) }),
    grades: list === '' ? t('catalogue.allGrades') : t('catalogue.gradesSub', { count: grades.length, list }),
  });
}

/** A course as its form shows it: texts and ticks. */
export interface TypedCourse {
  code: string;
  title: string;
  subject: string;
  credits: string;
  grades: string[];
  terms: string[];
  prerequisites: string;
  tags: string[];
  flags: string[];
  sisId: string;
}

export function typedCourse(course: CatalogueCourse | null): TypedCourse {
  return {
    code: course?.code ?? '',
    title: course?.title ?? '',
    subject: course?.subject ?? '',
    credits: course ? String(course.credits) : '1',
    grades: (course?.grades ?? []).map(String),
    terms: course?.terms ?? ['year'],
    prerequisites: (course?.prerequisites ?? []).map((group) => group.join(' | ')).join('\n'),
    tags: course?.tags ?? [],
    flags: [...(course?.repeatable ? ['repeatable'] : []), ...((course?.active ?? true) ? ['active'] : [])],
    sisId: course?.sisId ?? '',
  };
}

export function offeredPage(
  words: Words,
  id: string | null,
  typed: TypedCourse,
  errors: readonly FieldError[] = [],
): OfferedPage {
  const { t } = words;
  const title = id === null ? t('catalogue.new') : typed.title;
  const field = (
    name: 'code' | 'title' | 'subject' | 'credits' | 'sisId',
    more: Partial<Field> = {},
  ): Field => ({
    name,
    label: t(`catalogue.form.${name}`),
    value: typed[name],
    error: errorOf(errors, name),
    ...more,
  });
  return {
    title,
    styles: 'wide',
    head: { title, back: { href: paths.adminCatalogue, label: t('catalogue.back') } },
    errors,
    action: id === null ? paths.newOffered : paths.offered(id),
    fields: [
      field('code', { hint: t('catalogue.form.codeHint'), maxLength: CATALOGUE_LIMITS.code, width: 'short' }),
      field('title', { maxLength: CATALOGUE_LIMITS.title }),
      field('subject', { hint: t('catalogue.form.subjectHint'), maxLength: CATALOGUE_LIMITS.subject }),
      field('credits', { kind: 'number', width: 'short' }),
      field('sisId', { optional: true, maxLength: 100 }),
    ],
    grades: {
      name: 'grades',
      legend: t('catalogue.form.grades'),
      hint: t('catalogue.form.gradesHint'),
      values: typed.grades,
      options: GRADES.map((grade) => ({ value: String(grade), label: t('coursePlan.grade', { grade }) })),
    },
    terms: {
      name: 'terms',
      legend: t('catalogue.form.terms'),
      values: typed.terms,
      error: errorOf(errors, 'terms'),
      options: TERMS.map((term) => ({ value: term, label: t(`coursePlan.Term.${term}`) })),
    },
    prerequisites: {
      name: 'prerequisites',
      label: t('catalogue.form.prerequisites'),
      hint: t('catalogue.form.prerequisitesHint'),
      kind: 'textarea',
      rows: 3,
      optional: true,
      value: typed.prerequisites,
      error: errorOf(errors, 'prerequisites'),
    },
    tags: {
      name: 'tags',
      legend: t('catalogue.form.tags'),
      values: typed.tags,
      options: COURSE_TAGS.map((tag) => ({ value: tag, label: t(`coursePlan.tag.${tag}`) })),
    },
    flags: {
      name: 'flags',
      legend: t('catalogue.form.more'),
      values: typed.flags,
      options: (['active', 'repeatable'] as const).map((flag) => ({
        value: flag,
        label: t(`catalogue.form.${flag}`),
      })),
    },
  };
}
