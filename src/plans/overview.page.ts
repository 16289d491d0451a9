import { stateChip } from '../caseload/caseload.page.ts';
import { historyEntries, type Happened } from '../caseload/history.ts';
import type { Course } from '../courses/course.ts';
import { isLive, type Goal, type GoalStatus } from '../goals/goal.ts';
import { addDays, isOverdue, isStalled, isStepOverdue, nextStepOf, progressLine } from '../goals/goalTime.ts';
import { GRADE_STATUS_LABEL, type GradeStatus } from '../jobs/gradeStatus.ts';
import { initialsOf } from '../people/person.ts';
import type { FieldError } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Tone, Words } from '../shared/page.ts';
import type {
  Action,
  Chip,
  Field,
  GoalCard,
  LogEntry,
  Option,
  PathNode,
  Ring,
  Row,
  StepLine,
  TaskGroup,
  ThreadComment,
} from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isTaskOverdue, type Task, type TaskLink, type TaskState } from '../tasks/task.ts';
import { completionOfPlan, missingOf, type Missing } from './progress.ts';
import { componentsOf, getFramework, type ComponentKey, type Framework } from './framework.ts';
import { isAside, sectionsOf, standingState, type Plan, type PlanState } from './plan.ts';
import { LONGEST_COMMENT, type Said } from './review.page.ts';
import { sectionName } from './review.ts';

export interface OverviewPage extends PageModel {
  eyebrow: string;
  initials: string;
  status: Chip;
  ring: Ring | null;
  heading: string;
  lede: string;
  actions: readonly Action[];
  path: { label: string; nodes: readonly PathNode[] } | null;
  facts: readonly { label: string; value: string }[];
  groups: readonly TaskGroup[];
  goals: readonly GoalCard[];
  tasks: readonly Row[];
  talk: Talk | null;
  courses: readonly { title: string; note: string | null; href: string | null }[];
  grades: readonly GradeLine[];
  history: readonly LogEntry[];
}

/** The conversation about a plan, and for advisors the form that goes on with it. */
export interface Talk {
  comments: readonly ThreadComment[];
  older: string | null;
  form: { action: string; text: Field; section: Field; visibility: Field } | null;
}

export interface GradeLine {
  title: string;
  score: string;
  chip: Chip;
  why: string;
  when: string;
  datetime: string;
  href: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'reviews/overview': OverviewPage;
  }
}

export interface OverviewFacts {
  student: { id: string; name: string; given: string; sisId: string | null };
  /** Null: the student never opened Waymark. */
  plan: Plan | null;
  viewer: { person: string; isAdvisor: boolean };
  comments: readonly Said[];
  tasks: readonly { task: Task; link: TaskLink }[];
  courses: readonly Course[];
  /** Ids of the courses whose page the reader may open. */
  ownCourses: ReadonlySet<string>;
  grades: readonly GradeStatus[];
  history: readonly Happened[];
  names: ReadonlyMap<string, string>;
  now: Date;
  /** A comment that was refused. */
  typed: { section: string; text: string; visibility: string } | null;
  errors: readonly FieldError[];
}

interface Ready extends OverviewFacts {
  words: Words;
  called: string;
}

export function overviewPage(words: Words, facts: OverviewFacts): OverviewPage {
  const { student, plan, courses } = facts;
  const { t } = words;
  const ready: Ready = { ...facts, words, called: student.given || student.name };
  return {
    title: student.name,
    eyebrow: [...courses.filter(({ advisory }) => advisory).map(({ title }) => title), student.sisId]
      .filter(Boolean)
      .join(' · '),
    initials: initialsOf(student.name),
    status: stateChip(words, plan?.state ?? 'not_started'),
    ...standing(ready),
    facts: plan ? factsOf(ready, plan) : [],
    groups: plan ? groupsOf(ready, plan) : [],
    goals: plan
      ? plan.goals.filter(({ status }) => status !== 'dropped').map((goal) => goalOf(ready, goal))
      : [],
    tasks: facts.tasks.map((one) => taskOf(ready, one)),
    talk: plan ? talkOf(ready, plan) : null,
    courses: courses.map(({ id, title, advisory }) => ({
      title,
      note: advisory ? t('overview.advisory') : null,
      href: facts.ownCourses.has(id) ? paths.course(id) : null,
    })),
    grades: facts.grades.map((grade) => gradeOf(ready, grade)),
    history: historyOf(ready),
    errors: facts.errors,
  };
}

const HEADING: Record<PlanState, MessageKey> = {
  not_started: 'overview.stands.notStarted',
  draft: 'overview.stands.draft',
  submitted: 'overview.stands.submitted',
  in_review: 'overview.stands.inReview',
  returned: 'overview.stands.returned',
  approved: 'overview.stands.approved',
  signing: 'overview.stands.signing',
  active: 'overview.stands.active',
  amending: 'overview.stands.amending',
  review_due: 'overview.stands.reviewDue',
  closed: 'overview.stands.closed',
  archived: 'overview.stands.closed',
  on_hold: 'overview.stands.aside',
  transferred: 'overview.stands.aside',
  waived: 'overview.stands.aside',
};

type Stands = Pick<OverviewPage, 'ring' | 'heading' | 'lede' | 'actions' | 'path'>;

function standing(ready: Ready): Stands {
  const {
    words: { t },
    plan,
    called: name,
    student,
    viewer,
  } = ready;
  if (!plan)
    return {
      ring: null,
      heading: t('overview.stands.neverOpened', { name }),
      lede: t('overview.neverOpenedText', { name }),
      actions: [],
      path: null,
    };
  const framework = getFramework(plan.framework);
  const { progress, done, total } = completionOfPlan(plan, framework);
  const waits = viewer.isAdvisor && (plan.state === 'submitted' || plan.state === 'in_review');
  const label = t(waits ? 'overview.review' : 'overview.read');
  return {
    ring: { done, total, percent: progress, ...(progress === 100 ? { tone: 'done' as const } : {}) },
    heading: t(HEADING[plan.state], { name }),
    lede: isAside(plan) ? (plan.asideReason ?? '') : missingText(ready, plan, framework),
    actions: [{ label, href: paths.review(student.id), kind: waits ? 'primary' : 'plain', iconEnd: 'right' }],
    path: { label: t('overview.path'), nodes: pathOf(ready.words, plan) },
  };
}

/** What keeps the plan from being complete, in one sentence. */
function missingText({ words: { t, fmt } }: Ready, plan: Plan, framework: Framework): string {
  const labels = new Map<string, MessageKey>(componentsOf(framework).map(({ key, label }) => [key, label]));
  const named = ({ key, why }: Missing): string => {
    if (why === 'gate') return t('overview.missing.approval');
    const label = labels.get(key);
    const part = label ? t(label) : key;
    return why === 'notVerified' ? t('overview.missing.verified', { part }) : part;
  };
  const missing = missingOf(plan, framework).map(named);
  return missing.length === 0 ? t('overview.complete') : t('overview.missing', { list: fmt.list(missing) });
}

const STAGE: Partial<Record<PlanState, 'build' | 'review'>> = {
  not_started: 'build',
  draft: 'build',
  returned: 'build',
  amending: 'build',
  submitted: 'review',
  in_review: 'review',
};

function pathOf({ t }: Words, plan: Plan): PathNode[] {
  const stages = ['build', 'review', 'use'] as const;
  const here = stages.indexOf(STAGE[standingState(plan)] ?? 'use');
  const icons = { build: 'pencil', review: 'eye', use: 'flag' } as const;
  const asked = standingState(plan) === 'returned';
  return stages.map((stage, index) => ({
    label: t(`overview.path.${stage}`),
    icon: index < here ? 'check' : icons[stage],
    state: index < here ? 'done' : index === here ? 'current' : 'todo',
    note: index === here ? t(asked ? 'overview.path.changes' : 'overview.path.here') : null,
    tone: index === here && asked ? 'warn' : null,
  }));
}

function factsOf({ words: { t, fmt }, now }: Ready, plan: Plan): OverviewPage['facts'] {
  const when = (at: Date | null): string => (at ? fmt.moment(at, now) : t('overview.never'));
  const { grade } = completionOfPlan(plan, getFramework(plan.framework));
  return [
    { label: t('overview.lastChange'), value: when(plan.lastActivityAt) },
    { label: t('overview.sentOn'), value: when(plan.submittedAt) },
    { label: t('overview.approvedOn'), value: when(plan.approvedAt) },
    { label: t('overview.grade'), value: grade === null ? '–' : fmt.percent(grade / 100) },
  ];
}

/** The framework's sections with their components, each a link into the plan. */
function groupsOf(ready: Ready, plan: Plan): TaskGroup[] {
  const { t } = ready.words;
  const framework = getFramework(plan.framework);
  const { sections } = completionOfPlan(plan, framework);
  const missing = new Map(missingOf(plan, framework).map((one) => [one.key as string, one]));
  return framework.sections.map(({ key, label, components }) => {
    const { done = 0, total = 0 } = sections.find((section) => section.key === key) ?? {};
    const rows = components.map((component): Row => ({
      label: t(component.label),
      href: `${paths.review(ready.student.id)}?show=all#${anchorOf(plan, component.key)}`,
      ...componentState(ready.words, plan, component.key, missing.get(component.key) ?? null),
    }));
    return { title: t(label), done, total, open: done < total, rows };
  });
}

function anchorOf(plan: Plan, key: ComponentKey): string {
  if (key !== 'agreedGoal') return `section-${key}`;
  const [goal] = plan.goals.filter(({ status }) => status !== 'dropped');
  return goal ? `section-goal-${goal.id}` : 'sum';
}

function componentState(
  { t }: Words,
  plan: Plan,
  key: ComponentKey,
  missing: Missing | null,
): Pick<Row, 'state' | 'status'> {
  if (plan.exemptions.some(({ component }) => component === key))
    return { state: 'done', status: { label: t('overview.exempt'), tone: 'plain' } };
  switch (missing?.why) {
    case undefined:
    case 'gate':
      return { state: 'done', status: { label: t('overview.finished'), tone: 'plain' } };
    case 'changeAsked':
      return { state: 'warn', status: { label: t('overview.changeAsked'), tone: 'warn', icon: 'warn' } };
    case 'notVerified':
      return { state: 'done', status: { label: t('overview.waitsApproval'), tone: 'review', icon: 'eye' } };
    case 'unfinished':
      return { state: 'now', status: { label: t('overview.begun'), tone: 'now', icon: 'half' } };
    case 'empty':
      return { state: 'todo', status: { label: t('overview.notBegun'), tone: 'quiet', icon: 'circle' } };
  }
}

const GOAL_LOOK: Record<GoalStatus, { label: MessageKey; tone: Tone; icon: string }> = {
  proposed: { label: 'overview.goal.proposed', tone: 'quiet', icon: 'circle' },
  agreed: { label: 'overview.goal.agreed', tone: 'now', icon: 'hand' },
  in_progress: { label: 'overview.goal.inProgress', tone: 'now', icon: 'half' },
  achieved: { label: 'overview.goal.achieved', tone: 'done', icon: 'check' },
  partly: { label: 'overview.goal.partly', tone: 'done', icon: 'half' },
  not_achieved: { label: 'overview.goal.notAchieved', tone: 'quiet', icon: 'x' },
  dropped: { label: 'overview.goal.dropped', tone: 'quiet', icon: 'x' },
  carried: { label: 'overview.goal.carried', tone: 'quiet', icon: 'right' },
};

function goalOf(ready: Ready, goal: Goal): GoalCard {
  const { t, fmt } = ready.words;
  const line = progressLine(goal);
  const value = line?.points.at(-1)?.value;
  const eyebrow = [
    t(`goals.kind.${goal.kind}`),
    goal.by ? t('overview.by', { day: fmt.date(goal.by) }) : null,
    line && value !== undefined
      ? t('overview.measured', { value, to: line.to, unit: line.unit }).trim()
      : null,
  ];
  return {
    id: `goal-${goal.id}`,
    eyebrow: eyebrow.filter(Boolean).join(' · '),
    title: goal.statement || t('review.empty'),
    status: goalChip(ready, goal),
    done: goal.steps.filter(({ doneAt }) => doneAt !== null).length,
    total: goal.steps.length,
    steps: stepsOf(ready, goal),
    actions: [],
  };
}

function goalChip({ words: { t, fmt }, now }: Ready, goal: Goal): Chip {
  if (isOverdue(goal, fmt.dayOf(now))) return { label: t('overview.overdue'), tone: 'stop', icon: 'clock' };
  if (isStalled(goal, now)) return { label: t('overview.stalled'), tone: 'warn', icon: 'clock' };
  const { label, tone, icon } = GOAL_LOOK[goal.status];
  return { label: t(label), tone, icon };
}

const SOON_DAYS = 7;

function stepsOf({ words: { fmt }, now }: Ready, goal: Goal): StepLine[] {
  const today = fmt.dayOf(now);
  const next = isLive(goal) ? nextStepOf(goal) : null;
  return goal.steps.map((step) => ({
    label: step.title,
    date: step.due ? fmt.short(step.due) : null,
    soon:
      isStepOverdue(step, today) ||
      (step.doneAt === null && step.due !== null && step.due <= addDays(today, SOON_DAYS)),
    state: step.doneAt ? 'done' : step === next ? 'now' : 'todo',
  }));
}

const TASK_LOOK: Record<
  TaskState,
  { label: MessageKey; row: Row['state']; tone: Chip['tone']; icon: string | null }
> = {
  assigned: { label: 'overview.task.assigned', row: 'todo', tone: 'quiet', icon: 'circle' },
  opened: { label: 'overview.task.opened', row: 'todo', tone: 'quiet', icon: 'circle' },
  in_progress: { label: 'overview.task.inProgress', row: 'now', tone: 'now', icon: 'half' },
  submitted: { label: 'overview.task.submitted', row: 'now', tone: 'review', icon: 'eye' },
  returned: { label: 'overview.task.returned', row: 'warn', tone: 'warn', icon: 'undo' },
  verified: { label: 'overview.task.verified', row: 'done', tone: 'plain', icon: null },
  excused: { label: 'overview.task.excused', row: 'done', tone: 'plain', icon: null },
  expired: { label: 'overview.task.expired', row: 'todo', tone: 'quiet', icon: 'clock' },
};

function taskOf({ words: { t, fmt }, now }: Ready, { task, link }: { task: Task; link: TaskLink }): Row {
  const look = TASK_LOOK[task.state];
  const overdue = isTaskOverdue(task, link, now);
  const hint = [
    link.dueAt ? t('overview.taskDue', { day: fmt.short(link.dueAt) }) : null,
    task.submittedAt ? t('overview.taskHandedIn', { when: fmt.moment(task.submittedAt, now) }) : null,
    task.points === null ? null : t('overview.taskPoints', { points: task.points, max: link.points }),
  ];
  return {
    label: link.title,
    href: paths.studentTask(task.id),
    hint: hint.filter(Boolean).join(' · ') || null,
    state: overdue ? 'warn' : look.row,
    status: overdue
      ? { label: t('overview.overdue'), tone: 'stop', icon: 'clock' }
      : { label: t(look.label), tone: look.tone ?? 'quiet', icon: look.icon },
  };
}

/** How many comments stand on the overview; the plan shows all. */
const NEWEST = 8;

function talkOf(ready: Ready, plan: Plan): Talk {
  const { words, comments, viewer, names, now, student } = ready;
  const { t, fmt } = words;
  const newest = comments.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, NEWEST);
  return {
    comments: newest.toReversed().map((said) => {
      const name = names.get(said.author) ?? t('overview.somebody');
      const when = t('overview.said', {
        when: fmt.moment(said.at, now),
        section: sectionName(plan, said.section, t),
      });
      return {
        initials: initialsOf(name),
        tone: said.author === student.id ? 'done' : null,
        name: said.author === viewer.person ? t('review.you') : name,
        when: said.visibility === 'staff' ? `${when} (${t('review.staffOnly')})` : when,
        datetime: said.at.toISOString(),
        text: said.text,
      };
    }),
    older: comments.length > NEWEST ? t('overview.older', { count: NEWEST }) : null,
    form: viewer.isAdvisor ? formOf(ready, plan, newest[0]?.section ?? 'plan') : null,
  };
}

function formOf(
  { words: { t }, student, called, typed, errors }: Ready,
  plan: Plan,
  last: string,
): Talk['form'] {
  const error = (field: string): string | null => errors.find((one) => one.field === field)?.message ?? null;
  const sections: Option[] = (['plan', ...sectionsOf(plan)] as const).map((section) => ({
    value: section,
    label: sectionName(plan, section, t),
  }));
  return {
    action: paths.studentComments(student.id),
    text: {
      name: 'text',
      label: t('overview.write'),
      kind: 'textarea',
      rows: 3,
      compact: true,
      value: typed?.text ?? '',
      error: error('text'),
      maxLength: LONGEST_COMMENT,
    },
    section: {
      name: 'section',
      label: t('overview.about'),
      kind: 'select',
      compact: true,
      value: typed?.section ?? last,
      options: sections,
      error: error('section'),
    },
    visibility: {
      name: 'visibility',
      label: t('overview.reads'),
      kind: 'select',
      compact: true,
      value: typed?.visibility ?? 'plan',
      options: [
        { value: 'plan', label: t('overview.reads.plan', { name: called }) },
        { value: 'staff', label: t('overview.reads.staff') },
      ],
    },
  };
}

const GRADE_LOOK: Record<GradeStatus['status'], { tone: Tone; icon: string }> = {
  sent: { tone: 'done', icon: 'check' },
  waiting: { tone: 'quiet', icon: 'clock' },
  failed: { tone: 'stop', icon: 'warn' },
  leftAlone: { tone: 'review', icon: 'lock' },
};

function gradeOf(
  { words: { t, fmt }, courses, tasks, ownCourses, now }: Ready,
  grade: GradeStatus,
): GradeLine {
  const { item } = grade;
  const course = courses.find(({ id }) => id === grade.course);
  const task = item.kind === 'task' ? tasks.find(({ link }) => link.id === item.link) : undefined;
  const what = item.kind === 'plan' ? t('grade.item.plan') : (task?.link.title ?? t('grade.item.task'));
  return {
    title: [what, course?.title].filter(Boolean).join(' · '),
    score:
      grade.scoreGiven === null
        ? t('grade.noScore')
        : t('grade.score', { given: grade.scoreGiven, max: grade.scoreMaximum }),
    chip: { label: t(GRADE_STATUS_LABEL[grade.status]), ...GRADE_LOOK[grade.status] },
    why: grade.retries ? `${t(grade.reason)} ${t('grade.tryAgain')}` : t(grade.reason),
    when: fmt.moment(grade.at, now),
    datetime: grade.at.toISOString(),
    href: grade.status !== 'sent' && ownCourses.has(grade.course) ? paths.course(grade.course) : null,
  };
}

/** How many events stand on the overview. */
const TOLD = 12;

function historyOf({ words, history, names, plan, tasks, now }: Ready): LogEntry[] {
  const { t } = words;
  const special: Readonly<Record<string, string>> = {
    system: t('overview.system'),
    operator: t('overview.operator'),
  };
  const naming = {
    person: (id: string) => special[id] ?? names.get(id) ?? t('overview.somebody'),
    thing: (kind: string, id: string) => thingOf({ words, plan, tasks }, kind, id),
  };
  return historyEntries(words, history, naming, now).slice(0, TOLD);
}

function thingOf(
  { words: { t }, plan, tasks }: Pick<Ready, 'words' | 'plan' | 'tasks'>,
  kind: string,
  id: string,
): string | null {
  switch (kind) {
    case 'profile':
      return id === 'strengths' || id === 'improvements' || id === 'interests' ? t(`plans.part.${id}`) : null;
    case 'goal':
      return plan?.goals.find((goal) => goal.id === id)?.statement || null;
    case 'task':
      return tasks.find(({ task }) => task.id === id)?.link.title ?? null;
    default:
      return null;
  }
}
