import type { GradeStatus } from '../jobs/gradeStatus.ts';
import type { CourseGrade } from '../jobs/retry.service.ts';
import type { LmsFamily } from '../lti/platform.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { RosterState } from './course.ts';
import { gradesPart, type GradeFacts, type GradesPart } from './courseGrades.page.ts';
import type { MemberCounts } from './members.ts';
import { capital, rosterText } from './rosterWords.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'courses/show': CoursePage;
  }
}

export interface CoursePage extends PageModel {
  head: Head;
  connection: Chip;
  caseload: Action | null;
  /** Half the members gone: a person decides. */
  half: { notice: Notice; action: string; yes: Action; again: Action } | null;
  problem: { notice: Notice; action: string; retry: Action } | null;
  plan: {
    title: string;
    body: string;
    /** Null where this person, or this course, cannot have it changed: the state in words. */
    form: {
      action: string;
      on: boolean;
      legend: string;
      onLabel: string;
      offLabel: string;
      save: Action;
      note: string;
    } | null;
    state: Chip;
    why: string | null;
  };
  columns: {
    title: string;
    lede: string;
    items: readonly { title: string; href: string | null; sub: string; status: Chip }[];
    empty: string | null;
  };
  roster: {
    chip: Chip;
    counts: readonly { label: string; value: string }[];
    text: string;
    form: { action: string; button: Action } | null;
  };
  /** How to assign a plan task in this LMS; null for those whose tasks nobody could accept. */
  assign: { title: string; text: string; here: Action } | null;
  grades: GradesPart;
}

export interface CourseFacts extends GradeFacts {
  counts: MemberCounts;
  family: LmsFamily;
  isConnected: boolean;
}

/** Roster, columns and grades of one course (mock-up `courses-sync`). */
export function coursePage(words: Words, facts: CourseFacts): CoursePage {
  const { t } = words;
  const { course, lms, family, isConnected } = facts;
  return {
    title: course.title,
    head: {
      title: course.title,
      eyebrow: t('courses.eyebrow', { lms: capital(lms), advisory: String(course.advisory) }),
      back: { href: paths.courses, label: t('courses.title') },
    },
    connection: isConnected
      ? { label: t('courses.connected', { lms }), tone: 'done', icon: 'check' }
      : { label: t('courses.notConnected'), tone: 'stop', icon: 'warn' },
    caseload: facts.isAdvisor ? { label: t('courses.caseload'), href: paths.caseload, icon: 'users' } : null,
    half: course.roster.status === 'needs-a-person' ? halfOf(words, facts) : null,
    problem: problemOf(words, facts),
    plan: planOf(words, facts),
    columns: columnsOf(words, facts),
    roster: rosterOf(words, facts),
    assign: facts.isAdvisor
      ? {
          title: t('courses.assign.title'),
          text: t(`courses.assign.${family}`),
          here: { label: t('courses.assign.here'), href: paths.assignToCourse(course.id), icon: 'task' },
        }
      : null,
    grades: gradesPart(words, facts),
  };
}

function halfOf({ t }: Words, { course, lms }: CourseFacts): CoursePage['half'] {
  return {
    notice: {
      id: 'half',
      tone: 'warn',
      icon: 'warn',
      title: t('courses.roster.half.title'),
      text: t('courses.roster.half.body', {
        lms: capital(lms),
        count: course.roster.members,
      }),
    },
    action: paths.courseRoster(course.id),
    yes: { label: t('courses.roster.half.yes'), name: 'confirmed', value: '1' },
    again: { label: t('courses.roster.half.again'), kind: 'quiet', icon: 'sync' },
  };
}

function problemOf({ t }: Words, { course, grades, lms }: CourseFacts): CoursePage['problem'] {
  const count = grades.filter(({ status }) => status === 'failed').length;
  if (count === 0) return null;
  return {
    notice: {
      id: 'not-sent',
      tone: 'warn',
      icon: 'warn',
      title: t('courses.grades.problem', { count, lms }),
      text: t('courses.grades.problemBody'),
    },
    action: paths.courseGrades(course.id),
    retry: {
      label: t('courses.grades.retryAll', { count }),
      icon: 'sync',
      name: 'row',
      value: 'all',
    },
  };
}

function planOf({ t }: Words, { course, lms, isAdvisor }: CourseFacts): CoursePage['plan'] {
  const hasGradebook = course.lineItemsUrl !== null;
  const why = !hasGradebook
    ? t('courses.plan.noGradebook', { lms: capital(lms) })
    : isAdvisor
      ? null
      : t('courses.plan.onlyAdvisor');
  return {
    title: t('courses.plan.title'),
    body: t('courses.plan.body', { lms }),
    state: course.planGrade
      ? { label: t('courses.plan.on'), tone: 'done', icon: 'check' }
      : { label: t('courses.plan.off'), tone: 'quiet' },
    why,
    form:
      why === null
        ? {
            action: paths.coursePlanGrade(course.id),
            on: course.planGrade,
            legend: t('courses.plan.switch'),
            onLabel: t('courses.plan.on'),
            offLabel: t('courses.plan.off'),
            save: { label: t('courses.plan.save') },
            note: t('courses.plan.offNote', { lms }),
          }
        : null,
  };
}

function columnsOf(words: Words, facts: CourseFacts): CoursePage['columns'] {
  const { t, fmt } = words;
  const { course, lms, links, grades } = facts;
  const ofPlan = grades.filter(({ item }) => item.kind === 'plan');
  const plan = {
    title: t('courses.columns.plan'),
    href: null,
    sub: t('courses.columns.planSub'),
    status: course.planGrade ? columnChip(words, ofPlan) : { label: t('courses.columns.off') },
  };
  const tasks = links.map((link) => ({
    title: link.title,
    href: paths.assignment(link.id),
    sub: t('courses.columns.sub', {
      points: link.points,
      due: link.dueAt ? fmt.date(link.dueAt) : 'none',
    }),
    status:
      link.place === 'waymark'
        ? { label: t('courses.columns.inside'), icon: 'task' }
        : link.resourceLinkId === null
          ? { label: t('courses.columns.notOpened'), icon: 'circle' }
          : columnChip(
              words,
              grades.filter(({ item }) => item.kind === 'task' && item.link === link.id),
            ),
  }));
  const items = course.planGrade || ofPlan.length > 0 ? [plan, ...tasks] : tasks;
  return {
    title: t('courses.columns.title', { lms }),
    lede: t('courses.columns.lede'),
    items,
    empty: items.length === 0 ? t('courses.columns.none') : null,
  };
}

function columnChip({ t }: Words, grades: readonly CourseGrade[]): Chip {
  const count = (status: GradeStatus['status']): number =>
    grades.filter((grade) => grade.status === status).length;
  if (count('failed') > 0)
    return { label: t('courses.columns.failed', { count: count('failed') }), tone: 'warn', icon: 'warn' };
  if (count('waiting') > 0)
    return { label: t('courses.columns.waiting', { count: count('waiting') }), tone: 'now', icon: 'clock' };
  return count('sent') > 0
    ? { label: t('courses.columns.sent'), tone: 'done', icon: 'check' }
    : { label: t('courses.columns.nothing'), icon: 'circle' };
}

const ROSTER_TONE: Record<RosterState['status'], Pick<Chip, 'tone' | 'icon'>> = {
  never: { tone: 'quiet', icon: 'circle' },
  running: { tone: 'now', icon: 'sync' },
  complete: { tone: 'done', icon: 'check' },
  failed: { tone: 'stop', icon: 'warn' },
  'needs-a-person': { tone: 'warn', icon: 'warn' },
};

function rosterOf(
  words: Words,
  { course, counts, lms, isConnected, now }: CourseFacts,
): CoursePage['roster'] {
  const { t, fmt } = words;
  const { status } = course.roster;
  const isShared = course.nrpsUrl !== null;
  const count = (label: MessageKey, value: number): { label: string; value: string } => ({
    label: t(label),
    value: fmt.number(value),
  });
  return {
    chip: isShared
      ? {
          label: t(`courses.roster.chip.${status === 'needs-a-person' ? 'needsAPerson' : status}`),
          ...ROSTER_TONE[status],
        }
      : { label: t('courses.roster.chip.none') },
    counts: [
      count('courses.roster.students', counts.students),
      count('courses.roster.teachers', counts.teachers),
      ...(counts.observers > 0 ? [count('courses.roster.observers', counts.observers)] : []),
    ],
    text: rosterText(words, course, lms, now),
    form:
      isShared && isConnected
        ? {
            action: paths.courseRoster(course.id),
            button: { label: t('courses.roster.now'), icon: 'sync' },
          }
        : null,
  };
}
