import { GRADE_STATUS_LABEL, type GradeStatus } from '../jobs/gradeStatus.ts';
import type { CourseGrade } from '../jobs/retry.service.ts';
import type { Words } from '../shared/page.ts';
import type { Action, Chip, DataTable, TableRow, Tile } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { TaskLink } from '../tasks/task.ts';
import type { Course } from './course.ts';

/** The grades of a course on their way to the LMS. */
export interface GradesPart {
  title: string;
  tiles: readonly Tile[];
  /** Where "Try again" posts to. */
  action: string;
  table: DataTable | null;
  empty: string | null;
  note: string | null;
}

export interface GradeFacts {
  course: Course;
  lms: string;
  links: readonly TaskLink[];
  grades: readonly CourseGrade[];
  /** Person id → name. */
  names: ReadonlyMap<string, string>;
  isAdvisor: boolean;
  show: GradeStatus['status'] | null;
  now: Date;
}

/** A page never prints more grades than this. */
const MOST_ROWS = 200;

const STATUS_LOOK: Record<GradeStatus['status'], { tone: NonNullable<Chip['tone']>; icon: string }> = {
  sent: { tone: 'done', icon: 'check' },
  waiting: { tone: 'quiet', icon: 'clock' },
  failed: { tone: 'stop', icon: 'warn' },
  leftAlone: { tone: 'review', icon: 'lock' },
};

/** How far each grade got, as tiles and a table. */
export function gradesPart(words: Words, facts: GradeFacts): GradesPart {
  const { t } = words;
  const { course, grades, lms, show } = facts;
  const shown = grades.filter(({ status }) => show === null || status === show);
  return {
    title: t('courses.grades.title', { lms }),
    tiles: grades.length > 0 ? tilesOf(words, facts) : [],
    action: paths.courseGrades(course.id),
    table: shown.length > 0 ? tableOf(words, facts, shown.slice(0, MOST_ROWS)) : null,
    empty:
      shown.length > 0 ? null : t(grades.length === 0 ? 'courses.grades.none' : 'courses.grades.noneHere'),
    note: shown.length > MOST_ROWS ? t('courses.grades.showing', { count: MOST_ROWS }) : null,
  };
}

function tilesOf({ t, fmt }: Words, { course, grades, show }: GradeFacts): Tile[] {
  return (['sent', 'waiting', 'failed', 'leftAlone'] as const).map((status) => {
    const look = STATUS_LOOK[status];
    const here = `${paths.course(course.id)}${show === status ? '' : `?show=${status}`}#grades`;
    return {
      count: fmt.number(grades.filter((grade) => grade.status === status).length),
      label: t(GRADE_STATUS_LABEL[status]),
      icon: look.icon,
      tone: look.tone === 'plain' ? 'quiet' : look.tone,
      href: here,
      current: show === status,
    };
  });
}

function tableOf(words: Words, facts: GradeFacts, grades: readonly CourseGrade[]): DataTable {
  const { t } = words;
  return {
    labelledBy: 'grades',
    variant: 'sync',
    columns: [
      { label: t('courses.grades.student') },
      { label: t('courses.grades.column') },
      { label: t('courses.grades.score') },
      { label: t('courses.grades.state') },
      { label: t('courses.grades.why') },
      { label: t('table.action'), cls: 'act', quiet: true },
    ],
    rows: grades.map((grade) => rowOf(words, facts, grade)),
  };
}

function rowOf(words: Words, { links, names, isAdvisor, now }: GradeFacts, grade: CourseGrade): TableRow {
  const { t } = words;
  const name = names.get(grade.person) ?? t('courses.grades.someone');
  const { item, status } = grade;
  const column =
    item.kind === 'plan'
      ? t('courses.columns.plan')
      : (links.find(({ id }) => id === item.link)?.title ?? t('grade.item.task'));
  const isKnown = names.has(grade.person);
  return {
    who: { name, href: isAdvisor && isKnown ? paths.student(grade.person) : null, sub: null },
    cells: [
      { kind: 'text', cls: 'col', text: column },
      { kind: 'text', cls: 'score num', text: scoreOf(words, grade) },
      { kind: 'chip', cls: 'state', chip: { label: t(GRADE_STATUS_LABEL[status]), ...STATUS_LOOK[status] } },
      { kind: 'why', cls: 'why', ...whyCell(words, grade, now) },
      { kind: 'action', cls: 'act', action: retryOf(words, grade, name), quiet: false },
    ],
  };
}

function whyCell({ t, fmt }: Words, grade: CourseGrade, now: Date): { title: string | null; text: string } {
  const when = fmt.moment(grade.at, now);
  if (grade.status === 'sent') return { title: null, text: `${t(grade.reason)} ${when}` };
  const again = `${t('grade.tryAgain')} ${fmt.moment(grade.nextAt, now)}`;
  return { title: t(grade.reason), text: grade.retries ? again : when };
}

function scoreOf({ t }: Words, { scoreGiven, scoreMaximum }: GradeStatus): string {
  return scoreGiven === null
    ? t('grade.noScore')
    : t('grade.score', { given: scoreGiven, max: scoreMaximum });
}

function retryOf({ t }: Words, grade: CourseGrade, name: string): Action | null {
  if (grade.status !== 'failed' && !grade.retries) return null;
  return {
    label: t('courses.grades.retry'),
    icon: 'sync',
    name: 'row',
    value: grade.id,
    more: t('courses.grades.retryOf', { name }),
  };
}
