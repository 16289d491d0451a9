import type { Course } from '../courses/course.ts';
import { namesApart } from '../courses/courseNames.ts';
import type { LmsFamily } from '../lti/platform.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Tone, Words } from '../shared/page.ts';
import type { Action, DataTable, FilterBar, Pager, TableRow, Tile } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Message } from '../shared/system.page.ts';
import {
  countViews,
  isIn,
  pageOf,
  SORTS,
  VIEWS,
  type Case,
  type CasePage,
  type Sort,
  type View,
} from './caseload.ts';
import { caseRow } from './caseRow.ts';
import { matches } from './search.ts';

/** What the advisor chose to see; in the address, so that a view can be kept as a bookmark. */
export interface CaseQuery {
  course: string | null;
  view: View;
  q: string;
  sort: Sort;
  after: string;
}

export interface CaseloadPage extends PageModel {
  lede: string;
  tiles: readonly Tile[];
  filter: FilterBar;
  heading: string;
  tags: readonly { label: string; href: string }[];
  table: DataTable | null;
  /** Instead of the table, when nobody fits. */
  none: { text: string; action: Action } | null;
  pager: Pager | null;
}

export interface EmptyCaseloadPage extends PageModel {
  msg: Message;
}

declare module '../shared/page.ts' {
  interface Pages {
    'caseload/index': CaseloadPage;
    'caseload/empty': EmptyCaseloadPage;
  }
}

interface Facts {
  courses: readonly Course[];
  /** Platform id → LMS, to tell courses of one title apart. */
  families: ReadonlyMap<string, LmsFamily>;
  /** Students of the chosen course, or of all. */
  cases: readonly Case[];
  query: CaseQuery;
  now: Date;
}

export function caseloadPage(words: Words, facts: Facts): CaseloadPage {
  const { t } = words;
  const { cases, query, courses, families, now } = facts;
  const names = namesApart(words, courses, families);
  const counts = countViews(cases);
  const shown = cases.filter(
    (one) => isIn(query.view, one) && (query.q === '' || matches(query.q, [one.name, one.sisId])),
  );
  const page = pageOf(shown, { sort: query.sort, after: query.after, now });
  const rows = page.rows.map((one) => caseRow(words, one, placesOf(one, facts), now));
  return {
    title: t('caseload.title'),
    lede: t('caseload.lede', { students: counts.all, waiting: counts.waiting }),
    tiles: VIEWS.map((view) => tileOf(words, view, counts[view], query)),
    filter: filterOf(words, names, query),
    heading: t(VIEW_LABEL[query.view]),
    tags: tagsOf(words, names, query),
    table: rows.length === 0 ? null : tableOf(words, query, rows),
    none: rows.length === 0 ? noneOf(words, query) : null,
    pager: pagerOf(page, query),
  };
}

function noneOf({ t }: Words, { q }: CaseQuery): CaseloadPage['none'] {
  return {
    text: t(q === '' ? 'caseload.none.view' : 'caseload.none.search'),
    action: { label: t('caseload.none.all'), href: paths.caseload },
  };
}

/** The way through the pages; null where there is only one. */
function pagerOf({ rows, from, total, previous, next }: CasePage, query: CaseQuery): Pager | null {
  if (previous === null && next === null) return null;
  const to = (after: string | null): string | null => (after === null ? null : linkTo({ ...query, after }));
  return { from, to: from + rows.length - 1, total, previous: to(previous), next: to(next) };
}

/** How students get here, for an advisor who has none: no course is marked, or its list has not come yet. */
export function emptyCaseloadPage({ t, fmt }: Words, courses: readonly Course[]): EmptyCaseloadPage {
  const title = t('caseload.empty.title');
  const list = fmt.list(courses.map((course) => course.title));
  const msg: Message = {
    icon: 'users',
    title,
    paragraphs: [
      courses.length === 0
        ? t('caseload.empty.noCourse')
        : t('caseload.empty.noStudents', { count: courses.length, list }),
    ],
    items: (courses.length === 0
      ? (['caseload.empty.mark', 'caseload.empty.ask'] as const)
      : (['caseload.empty.roster', 'caseload.empty.opens'] as const)
    ).map((key) => ({ icon: 'check', text: t(key) })),
    actions: [{ label: t('caseload.empty.courses'), href: paths.courses, kind: 'primary' }],
  };
  return { title, msg };
}

const VIEW_LABEL = {
  all: 'caseload.view.all',
  waiting: 'caseload.view.waiting',
  returned: 'caseload.view.returned',
  progress: 'caseload.view.progress',
  notStarted: 'caseload.view.notStarted',
  approved: 'caseload.view.approved',
} as const satisfies Record<View, MessageKey>;

const VIEW_LOOK: Record<View, { icon: string; tone: Tone }> = {
  all: { icon: 'users', tone: 'quiet' },
  waiting: { icon: 'eye', tone: 'review' },
  returned: { icon: 'undo', tone: 'warn' },
  progress: { icon: 'half', tone: 'now' },
  notStarted: { icon: 'circle', tone: 'quiet' },
  approved: { icon: 'check', tone: 'done' },
};

function tileOf({ t, fmt }: Words, view: View, count: number, query: CaseQuery): Tile {
  return {
    count: fmt.number(count),
    label: t(VIEW_LABEL[view]),
    ...VIEW_LOOK[view],
    href: linkTo({ ...query, view, q: '', after: '' }),
    current: query.view === view && query.q === '',
  };
}

/** The address of a choice; what is usual is left out. */
export function linkTo({ course, view, q, sort, after }: CaseQuery): string {
  const chosen = Object.entries({
    course: course ?? '',
    view: view === 'all' ? '' : view,
    q,
    sort: sort === 'needs' ? '' : sort,
    after,
  }).filter(([, value]) => value !== '');
  return chosen.length === 0 ? paths.caseload : `${paths.caseload}?${new URLSearchParams(chosen).toString()}`;
}

const SORT_LABEL = {
  needs: 'caseload.sort.needs',
  name: 'caseload.sort.name',
  progress: 'caseload.sort.progress',
  activity: 'caseload.sort.activity',
} as const satisfies Record<Sort, MessageKey>;

function filterOf({ t }: Words, courses: ReadonlyMap<string, string>, query: CaseQuery): FilterBar {
  const course = {
    name: 'course',
    label: t('caseload.course'),
    value: query.course ?? '',
    options: [
      { value: '', label: t('caseload.allCourses') },
      ...[...courses].map(([value, label]) => ({ value, label })),
    ],
  };
  const view = {
    name: 'view',
    label: t('caseload.status'),
    value: query.view,
    options: VIEWS.map((value) => ({ value, label: t(VIEW_LABEL[value]) })),
  };
  return {
    label: t('caseload.find'),
    action: paths.caseload,
    search: { name: 'q', label: t('caseload.search'), value: query.q },
    selects: courses.size > 1 ? [course, view] : [view],
    sort: {
      name: 'sort',
      label: t('caseload.sort'),
      value: query.sort,
      options: SORTS.map((value) => ({ value, label: t(SORT_LABEL[value]) })),
    },
  };
}

function tagsOf({ t }: Words, courses: ReadonlyMap<string, string>, query: CaseQuery): CaseloadPage['tags'] {
  const course = query.course === null ? undefined : courses.get(query.course);
  return [
    ...(course ? [{ label: course, href: linkTo({ ...query, course: null, after: '' }) }] : []),
    ...(query.q === ''
      ? []
      : [
          {
            label: t('caseload.searchTag', { text: query.q }),
            href: linkTo({ ...query, q: '', after: '' }),
          },
        ]),
  ];
}

function tableOf({ t }: Words, query: CaseQuery, rows: readonly TableRow[]): DataTable {
  const sorted = (sort: Sort, direction: 'ascending' | 'descending'): NonNullable<Column['sort']> => ({
    href: linkTo({ ...query, sort, after: '' }),
    direction: query.sort === sort ? direction : null,
  });
  return {
    labelledBy: 'list',
    columns: [
      { label: t('caseload.column.student'), sort: sorted('name', 'ascending') },
      { label: t('caseload.column.status'), sort: sorted('needs', 'descending') },
      { label: t('caseload.column.progress'), sort: sorted('progress', 'ascending') },
      { label: t('caseload.column.next') },
      { label: t('caseload.column.activity'), cls: 'contact', sort: sorted('activity', 'ascending') },
      { label: t('table.action'), cls: 'act', quiet: true },
    ],
    rows,
  };
}
type Column = DataTable['columns'][number];

/** The courses to name beside a student: none where there is only one to be in; the same in two LMSes once. */
function placesOf(one: Case, { courses, query }: Facts): string[] {
  if (courses.length < 2 || query.course !== null) return [];
  return [...new Set(courses.filter(({ id }) => one.courses.includes(id)).map(({ title }) => title))];
}
