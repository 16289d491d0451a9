import type { Goal } from '../goals/goal.ts';
import { isLive } from '../goals/goal.ts';
import { nextStepOf, stepsDueSoon } from '../goals/goalTime.ts';
import { initialsOf } from '../people/person.ts';
import { dayIn } from '../shared/format.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type {
  Action,
  GoalCard,
  LogEntry,
  Notice,
  PathNode,
  Person,
  Ring,
  TaskGroup,
  Todo,
} from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { HomeFacts, HomeTask } from './home.ts';
import { helloOf, type Hello } from './homeHello.page.ts';
import { entriesOf } from './homeLog.page.ts';
import { noticesOf } from './homeNotices.page.ts';
import { groupsOf } from './homeRows.page.ts';
import { isApproved, standingState, type Plan } from './plan.ts';
import { completionOfPlan } from './progress.ts';
import { mayMove } from './transition.ts';

export interface HomePage extends PageModel {
  eyebrow: string;
  ring: Ring;
  hello: Hello;
  /** Offered until an advisor begins to read. */
  withdraw: { action: string; button: Action; hint: string } | null;
  path: { label: string; nodes: PathNode[] };
  week: Todo[];
  notices: Notice[];
  savedAt: string | null;
  groups: TaskGroup[];
  goals: GoalCard[];
  courses: { title: string; note: string | null }[];
  team: Person[];
  log: LogEntry[];
  /** The pages of the plan that are no step. */
  more: { label: string; href: string; icon: string }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'plans/home': HomePage;
  }
}

/** Who looks, and when; everything else is in the facts. */
export interface HomeViewer {
  name: string;
  person: string;
  planName: string;
  /** The school's time zone: due dates are its days. */
  zone: string;
  now: Date;
}

const WEEK_DAYS = 7;
const MOST_TODOS = 3;

/** The student's home: where I stand, the one next step, what is due, what changed. */
export function homePage(words: Words, facts: HomeFacts, viewer: HomeViewer): HomePage {
  const { plan } = facts;
  const completion = completionOfPlan(plan, facts.framework);
  const advisor = advisorOf(words, facts);
  return {
    title: words.t('home.title'),
    eyebrow: viewer.planName,
    ring: { done: completion.done, total: completion.total },
    hello: helloOf(words, facts, { name: firstName(viewer.name), advisor }),
    withdraw: withdrawOf(words, plan),
    path: { label: words.t('home.path.label'), nodes: pathOf(words, plan, advisor) },
    week: weekOf(words, facts, viewer).slice(0, MOST_TODOS),
    notices: noticesOf(words, facts, advisor, viewer.now),
    savedAt:
      plan.lastActivityAt &&
      words.t('home.savedAt', { when: words.fmt.moment(plan.lastActivityAt, viewer.now) }),
    groups: groupsOf(words, facts),
    goals: plan.goals
      .filter(isLive)
      .slice(0, 2)
      .map((goal) => cardOf(words, goal, viewer)),
    courses: coursesOf(words, facts),
    team: teamOf(words, facts),
    log: entriesOf(words, facts, viewer),
    more: moreOf(words),
  };
}

function moreOf({ t }: Words): HomePage['more'] {
  return [
    { label: t('home.more.skills'), href: paths.skillsOverview, icon: 'star' },
    { label: t('home.more.assessments'), href: paths.assessments, icon: 'chart' },
    { label: t('home.more.after'), href: paths.after, icon: 'flag' },
    { label: t('home.more.signatures'), href: paths.signatures, icon: 'sign' },
    { label: t('home.more.history'), href: paths.history, icon: 'clock' },
    { label: t('home.more.print'), href: paths.print, icon: 'print' },
    { label: t('home.more.others'), href: paths.coordination, icon: 'link' },
  ];
}

function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}

function advisorOf({ t }: Words, { staff }: HomeFacts): string {
  return staff.find(({ advisor, name }) => advisor && name !== '')?.name ?? t('home.anAdvisor');
}

function withdrawOf({ t }: Words, plan: Plan): HomePage['withdraw'] {
  if (!mayMove(plan, 'withdraw', 'student')) return null;
  return {
    action: paths.withdrawPlan,
    button: { label: t('submit.withdraw'), icon: 'undo' },
    hint: t('submit.withdrawHint'),
  };
}

/** Build, review, in use: where the plan is on its way. */
function pathOf({ t }: Words, plan: Plan, advisor: string): PathNode[] {
  const state = standingState(plan);
  const reading = state === 'submitted' || state === 'in_review';
  const inUse = isApproved(plan);
  const changes = state === 'returned';
  return [
    {
      label: t('home.path.build'),
      icon: 'pencil',
      state: reading || inUse ? 'done' : 'current',
      note: changes ? t('home.path.change') : reading || inUse ? null : t('home.path.here'),
      ...(changes ? { tone: 'warn' as const } : {}),
    },
    {
      label: t('home.path.review'),
      icon: 'eye',
      state: inUse ? 'done' : reading ? 'current' : 'todo',
      note: advisor,
    },
    {
      label: t('home.path.agreed'),
      icon: 'flag',
      state: inUse ? 'current' : 'todo',
      note: inUse ? t('home.path.here') : t('home.path.done'),
    },
  ];
}

const TO_DO: ReadonlySet<HomeTask['state']> = new Set(['assigned', 'opened', 'in_progress', 'returned']);

/** Tasks of this week that are not handed in and steps with a date, soonest first. */
function weekOf(words: Words, facts: HomeFacts, { zone, now }: HomeViewer): Todo[] {
  const today = dayIn(now, zone);
  const last = addDays(today, WEEK_DAYS);
  const tasks = facts.tasks.filter(
    ({ state, dueAt }) => TO_DO.has(state) && (dueAt === null || dayIn(dueAt, zone) <= last),
  );
  const steps = stepsDueSoon(facts.plan.goals, today, WEEK_DAYS);
  const todos = [
    ...tasks.map((task) => ({
      due: task.dueAt ? dayIn(task.dueAt, zone) : '9999',
      todo: taskTodo(words, task, facts, { today, zone }),
    })),
    ...steps.map(({ goal, step }) => ({
      due: step.due,
      todo: {
        id: `s-${step.id}`,
        label: step.title,
        meta: dueWords(words, step.due, today),
        soon: isSoon(step.due, today),
        action: `${paths.goalStep(goal.id, step.id)}?from=plan`,
      },
    })),
  ];
  return todos.toSorted((a, b) => a.due.localeCompare(b.due)).map(({ todo }) => todo);
}

function taskTodo(
  words: Words,
  task: HomeTask,
  facts: HomeFacts,
  { today, zone }: { today: string; zone: string },
): Todo {
  const due = task.dueAt && dayIn(task.dueAt, zone);
  const course = facts.courses.find(({ id }) => id === task.course)?.title ?? '';
  const meta = due ? dueWords(words, due, today) : words.t('home.week.task', { course });
  return {
    id: `t-${task.id}`,
    label: task.title,
    meta,
    soon: due !== null && isSoon(due, today),
    href: paths.task(task.id),
  };
}

function dueWords({ t, fmt }: Words, due: string, today: string): string {
  const when = due < today ? fmt.short(due) : fmt.daysFrom(due, today);
  return due < today ? t('home.week.overdue', { when }) : t('home.week.due', { when });
}

function isSoon(due: string, today: string): boolean {
  return due <= addDays(today, 2);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function cardOf({ t, fmt }: Words, goal: Goal, { zone, now }: HomeViewer): GoalCard {
  const next = nextStepOf(goal);
  const today = dayIn(now, zone);
  const done = goal.steps.filter(({ doneAt }) => doneAt !== null).length;
  const actions: Action[] = [
    { label: t('home.goal.update'), href: `${paths.goal(goal.id)}#check-ins`, icon: 'plus' },
    { label: t('home.goal.open'), href: paths.goal(goal.id), kind: 'quiet' },
  ];
  const label =
    goal.steps.length > 0 ? t('home.goal.steps', { done, total: goal.steps.length }) : t('home.goal.noSteps');
  return {
    id: `goal-${goal.id}`,
    eyebrow: t(`goals.kind.${goal.kind}`),
    title: goal.statement || t(`goals.kind.${goal.kind}`),
    status: { label, tone: 'now', icon: 'half' },
    done,
    total: goal.steps.length,
    steps: goal.steps.map((step) => ({
      label: step.title,
      date: step.doneAt ? fmt.short(fmt.dayOf(step.doneAt)) : step.due && fmt.short(step.due),
      soon: step.doneAt === null && step.due !== null && isSoon(step.due, today),
      state: step.doneAt ? 'done' : step === next ? 'now' : 'todo',
    })),
    actions,
  };
}

/** Each course once, although a school may have it in two LMSs. */
function coursesOf({ t }: Words, { courses }: HomeFacts): HomePage['courses'] {
  const byTitle = new Map(courses.map((course) => [course.title, course]));
  return [...byTitle.values()].map(({ title, advisory }) => ({
    title,
    note: advisory ? t('home.courses.advisory') : null,
  }));
}

function teamOf({ t }: Words, { staff, courses }: HomeFacts): Person[] {
  const byPerson = new Map(
    staff.toSorted((a, b) => Number(a.advisor) - Number(b.advisor)).map((one) => [one.id, one]),
  );
  return [...byPerson.values()]
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => Number(b.advisor) - Number(a.advisor))
    .map(({ name, advisor, course }) => ({
      name,
      initials: initialsOf(name),
      note: advisor
        ? t('home.team.advisor')
        : t('home.team.teacher', { course: courses.find(({ id }) => id === course)?.title ?? '' }),
      ...(advisor ? {} : { tone: 'done' as const }),
    }));
}
