import { GRADE_STATUS_LABEL, type GradeStatus } from '../jobs/gradeStatus.ts';
import type { CourseGrade } from '../jobs/retry.service.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Cell, Chip, Choices, DataTable, Field, Head, TableRow, Tile } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isTaskOverdue, type Task, type TaskLink, type TaskState } from './task.ts';
import type { TaskTemplate } from './template.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'assignments/show': AssignmentPage;
  }
}

export interface AssignmentPage extends PageModel {
  head: Head;
  facts: readonly { label: string; value: string }[];
  tiles: readonly Tile[];
  list: { heading: string; showAll: { href: string; label: string } | null };
  table: DataTable | null;
  empty: string | null;
  note: string | null;
  errors: readonly FieldError[];
  /** For students who have not opened it: excuse one, or give it to more. Null for those who only read. */
  giving: {
    excuse: { action: string; person: Field; reason: Field; open: boolean } | null;
    more: { action: string; people: Choices; open: boolean } | null;
  } | null;
}

/** A refused form below the list. */
export interface RefusedGiving {
  fields: readonly FieldError[];
  person: string;
  reason: string;
}

/** Where a student is with a task, for the tiles. */
export type Group = 'waiting' | 'working' | 'none' | 'done';
export const GROUPS = ['waiting', 'working', 'none', 'done'] as const;

export interface AssignmentFacts {
  link: TaskLink;
  template: TaskTemplate;
  course: { id: string; title: string };
  /** Everybody on the course's list, and those who left it with a task. */
  students: readonly { person: string; name: string; isHere: boolean }[];
  tasks: readonly Task[];
  grades: readonly CourseGrade[];
  isAdvisor: boolean;
  show: Group | null;
  refused: RefusedGiving | null;
  now: Date;
}

interface Line {
  person: string;
  name: string;
  isHere: boolean;
  task: Task | null;
  group: Group;
}

/** Who has opened it, handed it in, is done: for the staff of the course. */
export function assignmentPage(words: Words, facts: AssignmentFacts): AssignmentPage {
  const { t, fmt } = words;
  const { link, template, course, show, isAdvisor, now } = facts;
  const lines = linesOf(facts);
  const shown = lines.filter(({ group }) => show === null || group === show);
  return {
    title: link.title,
    head: {
      title: link.title,
      back: { href: paths.course(course.id), label: course.title },
      eyebrow: t('assign.page.eyebrow', { course: course.title }),
      lede: t(template.summary),
    },
    facts: [
      {
        label: t('assign.page.due'),
        value: link.dueAt ? dayWords(words, link.dueAt, now) : t('assign.page.noDue'),
      },
      { label: t('assign.page.points'), value: fmt.number(link.points) },
      { label: t('assign.page.part'), value: t(template.part) },
    ],
    tiles: GROUPS.map((group) => tileOf(words, facts, group, lines)),
    list: {
      heading:
        show === null
          ? t('assign.page.all', { count: shown.length })
          : t('assign.page.showing', { label: t(`assign.page.tile.${show}`), count: shown.length }),
      showAll: show === null ? null : { href: paths.assignment(link.id), label: t('assign.page.showAll') },
    },
    table: shown.length > 0 ? tableOf(words, facts, shown) : null,
    empty: shown.length > 0 ? null : t(lines.length === 0 ? 'assign.page.empty' : 'assign.page.emptyFilter'),
    note: noteOf(words, facts),
    errors: facts.refused?.fields ?? [],
    giving: isAdvisor ? givingOf(words, facts, lines) : null,
  };
}

function noteOf({ t }: Words, { isAdvisor, link }: AssignmentFacts): string | null {
  const notes = [
    ...(isAdvisor ? [] : [t('assign.page.notAdvisor')]),
    ...(link.place === 'waymark' ? [t('assign.page.inside')] : []),
    ...(link.group === null ? [] : [t('assign.page.choice')]),
  ];
  return notes.join(' ') || null;
}

/** Nothing was handed in by them yet, so there is no task page of theirs to decide on. */
function givingOf(
  { t }: Words,
  { link, refused }: AssignmentFacts,
  lines: readonly Line[],
): NonNullable<AssignmentPage['giving']> {
  const unopened = lines.filter(({ isHere, task }) => isHere && (task === null || task.state === 'assigned'));
  const without = unopened.filter(({ task }) => task === null);
  const errorIn = (field: string): string | null => errorOf(refused?.fields ?? [], field);
  const person: Field = {
    name: 'person',
    kind: 'select',
    label: t('assign.excuse.person'),
    value: refused?.person ?? '',
    error: errorIn('person'),
    options: [
      { value: '', label: t('assign.excuse.choose') },
      ...unopened.map((line) => ({ value: line.person, label: line.name })),
    ],
  };
  const reason: Field = {
    name: 'reason',
    label: t('assign.verify.reason'),
    hint: t('assign.verify.excuseHint'),
    value: refused?.reason ?? '',
    error: errorIn('reason'),
  };
  const people: Choices = {
    name: 'people',
    legend: t('assign.more.people'),
    options: without.map((line) => ({ value: line.person, label: line.name })),
    values: [],
    wide: true,
    error: errorIn('people'),
  };
  const excusing = refused !== null && errorIn('people') === null;
  return {
    excuse:
      unopened.length > 0 ? { action: paths.excuseFrom(link.id), person, reason, open: excusing } : null,
    more:
      without.length > 0
        ? { action: paths.assignAlso(link.id), people, open: errorIn('people') !== null }
        : null,
  };
}

const HALF_A_YEAR_MS = 183 * 24 * 60 * 60_000;

/** "Friday, October 16"; a day far away comes with its year. */
export function dayWords({ fmt }: Words, day: Date, now: Date): string {
  return Math.abs(day.getTime() - now.getTime()) > HALF_A_YEAR_MS ? fmt.date(day) : fmt.weekday(day);
}

const GROUP_OF: Record<TaskState, Group> = {
  assigned: 'none',
  opened: 'working',
  in_progress: 'working',
  returned: 'working',
  submitted: 'waiting',
  verified: 'done',
  excused: 'done',
  expired: 'done',
};

/** Those who wait come first, the longest wait on top; then by name. */
function linesOf({ students, tasks }: AssignmentFacts): Line[] {
  const byPerson = new Map(tasks.map((task) => [task.person, task]));
  return students
    .map((student) => {
      const task = byPerson.get(student.person) ?? null;
      return { ...student, task, group: task ? GROUP_OF[task.state] : ('none' as const) };
    })
    .toSorted(
      (a, b) =>
        GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
        (a.group === 'waiting' ? handedIn(a) - handedIn(b) : 0) ||
        a.name.localeCompare(b.name),
    );
}

function handedIn({ task }: Line): number {
  return task?.submittedAt?.getTime() ?? 0;
}

const GROUP_LOOK: Record<Group, Pick<Tile, 'icon' | 'tone'>> = {
  waiting: { icon: 'clock', tone: 'now' },
  working: { icon: 'half', tone: 'quiet' },
  none: { icon: 'circle', tone: 'quiet' },
  done: { icon: 'check', tone: 'done' },
};

function tileOf(
  { t, fmt }: Words,
  { link, show }: AssignmentFacts,
  group: Group,
  lines: readonly Line[],
): Tile {
  return {
    count: fmt.number(lines.filter((line) => line.group === group).length),
    label: t(`assign.page.tile.${group}`),
    ...GROUP_LOOK[group],
    href: show === group ? paths.assignment(link.id) : `${paths.assignment(link.id)}?show=${group}`,
    current: show === group,
  };
}

function tableOf(words: Words, facts: AssignmentFacts, lines: readonly Line[]): DataTable {
  const { t } = words;
  return {
    labelledBy: 'students',
    variant: 'sync',
    columns: [
      { label: t('assign.page.student') },
      { label: t('assign.page.when') },
      { label: t('assign.page.score') },
      { label: t('assign.page.state') },
      { label: t('assign.page.grade') },
      { label: t('table.action'), cls: 'act', quiet: true },
    ],
    rows: lines.map((line) => rowOf(words, facts, line)),
  };
}

function rowOf(words: Words, facts: AssignmentFacts, line: Line): TableRow {
  const { t, fmt } = words;
  const { link, grades, now } = facts;
  const { task } = line;
  const late = task ? isTaskOverdue(task, link, now) : link.dueAt !== null && link.dueAt < now;
  const grade = grades.find(({ person }) => person === line.person);
  return {
    who: {
      name: line.name,
      href: null,
      sub: !line.isHere ? t('assign.page.left') : late ? t('assign.page.overdue') : null,
    },
    cells: [
      { kind: 'text', cls: 'col', text: task ? fmt.short(sinceOf(task)) : '' },
      { kind: 'text', cls: 'score num', text: scoreOf(words, facts, task) },
      { kind: 'chip', cls: 'state', chip: stateChip(words, task) },
      gradeCell(words, grade),
      { kind: 'action', cls: 'act', action: actionOf(words, facts, line), quiet: line.group === 'none' },
    ],
  };
}

function sinceOf({ state, submittedAt, decidedAt, changedAt }: Task): Date {
  return (state === 'submitted' ? submittedAt : GROUP_OF[state] === 'done' ? decidedAt : null) ?? changedAt;
}

function scoreOf({ t }: Words, { link }: AssignmentFacts, task: Task | null): string {
  return task?.points === null || task === null
    ? ''
    : t('assign.score', { given: task.points, max: link.points });
}

const STATE_LOOK: Record<TaskState, Pick<Chip, 'tone' | 'icon'>> = {
  assigned: { tone: 'quiet', icon: 'circle' },
  opened: { tone: 'quiet', icon: 'half' },
  in_progress: { tone: 'quiet', icon: 'half' },
  submitted: { tone: 'now', icon: 'send' },
  returned: { tone: 'warn', icon: 'undo' },
  verified: { tone: 'done', icon: 'check' },
  excused: { tone: 'quiet', icon: 'x' },
  expired: { tone: 'quiet', icon: 'lock' },
};

/** How a task's state looks to staff. */
export function stateChip({ t }: Words, task: Pick<Task, 'state'> | null): Chip {
  const state = task?.state ?? 'assigned';
  return { label: t(`assign.state.${state === 'in_progress' ? 'inProgress' : state}`), ...STATE_LOOK[state] };
}

function gradeCell({ t }: Words, grade: GradeStatus | undefined): Cell {
  return grade === undefined
    ? { kind: 'why', cls: 'why', title: null, text: '' }
    : { kind: 'why', cls: 'why', title: t(GRADE_STATUS_LABEL[grade.status]), text: t(grade.reason) };
}

function actionOf({ t }: Words, { isAdvisor }: AssignmentFacts, { task, group, name }: Line): Action | null {
  if (!isAdvisor || task === null || task.state === 'assigned') return null;
  return {
    label: t(group === 'waiting' ? 'assign.page.review' : 'assign.page.look'),
    href: paths.studentTask(task.id),
    kind: group === 'waiting' ? 'primary' : 'plain',
    more: t('assign.page.workOf', { name }),
  };
}
