import type { Course } from '../courses/course.ts';
import { componentsOf, starter } from '../plans/framework.ts';
import type { PlanState } from '../plans/plan.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Tone, Words } from '../shared/page.ts';
import type { Action, Cell, Chip, DataTable, FilterBar, Pager, TableRow, Tile } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Message } from '../shared/system.page.ts';
import {
  countViews,
  isIn,
  isStale,
  needOf,
  pageOf,
  SORTS,
  VIEWS,
  type Case,
  type Need,
  type Sort,
  type View,
} from './caseload.ts';
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
  /** Students of the chosen course, or of all. */
  cases: readonly Case[];
  query: CaseQuery;
  now: Date;
}

export function caseloadPage(words: Words, facts: Facts): CaseloadPage {
  const { t } = words;
  const { cases, query, courses, now } = facts;
  const counts = countViews(cases);
  const shown = cases.filter(
    (one) => isIn(query.view, one) && (query.q === '' || matches(query.q, [one.name, one.sisId])),
  );
  const page = pageOf(shown, { sort: query.sort, after: query.after, now });
  const none = query.q === '' ? t('caseload.none.view') : t('caseload.none.search');
  return {
    title: t('caseload.title'),
    lede: t('caseload.lede', { students: counts.all, waiting: counts.waiting }),
    tiles: VIEWS.map((view) => tileOf(words, view, counts[view], query)),
    filter: filterOf(words, courses, query),
    heading: t(VIEW_LABEL[query.view]),
    tags: tagsOf(words, courses, query),
    table:
      page.rows.length === 0
        ? null
        : tableOf(
            words,
            query,
            page.rows.map((one) => rowOf(words, one, facts)),
          ),
    none:
      page.rows.length === 0
        ? { text: none, action: { label: t('caseload.none.all'), href: paths.caseload } }
        : null,
    pager:
      page.previous === null && page.next === null
        ? null
        : {
            from: page.from,
            to: page.from + page.rows.length - 1,
            total: page.total,
            previous: page.previous === null ? null : linkTo({ ...query, after: page.previous }),
            next: page.next === null ? null : linkTo({ ...query, after: page.next }),
          },
  };
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

function filterOf({ t }: Words, courses: readonly Course[], query: CaseQuery): FilterBar {
  const course = {
    name: 'course',
    label: t('caseload.course'),
    value: query.course ?? '',
    options: [
      { value: '', label: t('caseload.allCourses') },
      ...courses.map(({ id, title }) => ({ value: id, label: title })),
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
    selects: courses.length > 1 ? [course, view] : [view],
    sort: {
      name: 'sort',
      label: t('caseload.sort'),
      value: query.sort,
      options: SORTS.map((value) => ({ value, label: t(SORT_LABEL[value]) })),
    },
  };
}

function tagsOf({ t }: Words, courses: readonly Course[], query: CaseQuery): CaseloadPage['tags'] {
  const course = courses.find(({ id }) => id === query.course);
  return [
    ...(course ? [{ label: course.title, href: linkTo({ ...query, course: null, after: '' }) }] : []),
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

function rowOf(words: Words, one: Case, { courses, query, now }: Facts): TableRow {
  const { t, fmt } = words;
  const need = needOf(one);
  const titles = courses
    .filter(({ id }) => one.courses.includes(id) && courses.length > 1 && query.course === null)
    .map(({ title }) => title);
  return {
    who: {
      name: one.name,
      href: paths.student(one.person),
      sub: [...titles, one.sisId].filter(Boolean).join(' · ') || null,
    },
    cells: [
      { kind: 'chip', cls: 'state', chip: caseChip(words, one) },
      { kind: 'meter', cls: 'prog', done: one.done, total: one.total },
      { kind: 'next', cls: 'next', ...reasonOf(words, one, now) },
      {
        kind: 'text',
        cls: 'contact num',
        text: one.lastActivityAt ? fmt.short(one.lastActivityAt) : t('caseload.never'),
      },
      { kind: 'action', cls: 'act', action: actionOf(words, one, need), quiet: need === null },
    ],
  };
}

/** One action per row, chosen by what the student waits for. */
function actionOf({ t }: Words, one: Case, need: Need | null): Action {
  const action = (label: string, href: string, kind: 'primary' | 'plain'): Action => ({
    label,
    href,
    kind,
    more: one.name,
  });
  switch (need?.kind) {
    case 'plan':
      return action(t('caseload.do.review'), paths.review(one.person), 'primary');
    case 'question':
      return action(t('caseload.do.reply'), `${paths.student(one.person)}#comments`, 'plain');
    case 'task':
      return action(t('caseload.do.task'), paths.studentTask(need.task), 'plain');
    case undefined:
      return action(t('caseload.do.open'), paths.student(one.person), 'plain');
  }
}

const CHIP: Record<PlanState, { key: MessageKey; tone: Tone; icon: string }> = {
  not_started: { key: 'caseload.chip.notStarted', tone: 'quiet', icon: 'circle' },
  draft: { key: 'caseload.chip.draft', tone: 'now', icon: 'half' },
  submitted: { key: 'caseload.chip.submitted', tone: 'review', icon: 'eye' },
  in_review: { key: 'caseload.chip.inReview', tone: 'review', icon: 'eye' },
  returned: { key: 'caseload.chip.returned', tone: 'warn', icon: 'undo' },
  approved: { key: 'caseload.chip.approved', tone: 'done', icon: 'check' },
  signing: { key: 'caseload.chip.signing', tone: 'now', icon: 'sign' },
  active: { key: 'caseload.chip.active', tone: 'done', icon: 'check' },
  amending: { key: 'caseload.chip.amending', tone: 'now', icon: 'pencil' },
  review_due: { key: 'caseload.chip.reviewDue', tone: 'warn', icon: 'cal' },
  closed: { key: 'caseload.chip.closed', tone: 'quiet', icon: 'check' },
  archived: { key: 'caseload.chip.archived', tone: 'quiet', icon: 'folder' },
  on_hold: { key: 'caseload.chip.onHold', tone: 'quiet', icon: 'clock' },
  transferred: { key: 'caseload.chip.transferred', tone: 'quiet', icon: 'right' },
  waived: { key: 'caseload.chip.waived', tone: 'quiet', icon: 'x' },
};

/** Where a plan stands, as a label for staff. */
export function stateChip({ t }: Words, state: PlanState): Chip {
  const { key, tone, icon } = CHIP[state];
  return { label: t(key), tone, icon };
}

/** What weighs most: a plan to read, a question, a hand-in; else where the plan stands. */
function caseChip(words: Words, one: Case): Chip {
  switch (needOf(one)?.kind) {
    case 'question':
      return { label: words.t('caseload.chip.question'), tone: 'warn', icon: 'msg' };
    case 'task':
      return { label: words.t('caseload.chip.task'), tone: 'review', icon: 'task' };
    case 'plan':
    case undefined:
      return stateChip(words, one.state);
  }
}

type Reason = Pick<Cell & { kind: 'next' }, 'text' | 'tone' | 'icon'>;

/** Why a student stands where they stand in the list. */
function reasonOf(words: Words, one: Case, now: Date): Reason {
  const { t, fmt } = words;
  const when = (at: Date): string => fmt.daysFrom(fmt.dayOf(at), fmt.dayOf(now));
  const said = (text: string): Reason => ({ text, tone: null, icon: null });
  const need = needOf(one);
  switch (need?.kind) {
    case 'plan':
      return said(
        t(need.begun ? 'caseload.why.begun' : 'caseload.why.sent', { when: when(need.since) }),
      );
    case 'question':
      return said(t('caseload.why.question', { when: when(need.since) }));
    case 'task':
      return said(t('caseload.why.task', { count: need.count, when: when(need.since) }));
    case undefined:
      break;
  }
  if (one.lastActivityAt && isStale(one, now)) {
    const day = fmt.short(one.lastActivityAt);
    return { text: t('caseload.why.stale', { day }), tone: 'warn', icon: 'clock' };
  }
  return said(standingReason(words, one));
}

function standingReason(words: Words, one: Case): string {
  const { t } = words;
  switch (one.state) {
    case 'not_started':
      return t(one.hasPlan ? 'caseload.why.nothing' : 'caseload.why.neverOpened');
    case 'draft':
    case 'submitted':
    case 'in_review':
      return nextPart(words, one);
    case 'returned':
      return t('caseload.why.returned');
    case 'amending':
      return t('caseload.why.amending');
    case 'approved':
    case 'active':
      return t('caseload.why.approved');
    case 'signing':
      return t('caseload.why.signing');
    case 'review_due':
      return t('caseload.why.reviewDue');
    case 'closed':
    case 'archived':
      return t('caseload.why.closed');
    case 'on_hold':
    case 'transferred':
    case 'waived':
      return t('caseload.why.aside');
  }
}

function nextPart({ t }: Words, { missing, done, total }: Case): string {
  const label = componentsOf(starter).find(({ key }) => key === missing[0])?.label;
  return label && done < total ? t('caseload.why.next', { part: t(label) }) : t('caseload.why.unsent');
}
