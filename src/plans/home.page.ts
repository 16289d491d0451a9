import type { Goal } from '../goals/goal.ts';
import { isLive } from '../goals/goal.ts';
import { nextStepOf, schoolDay, stepsDueSoon } from '../goals/goalTime.ts';
import { initialsOf } from '../people/person.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type {
  Action,
  GoalCard,
  LogEntry,
  Notice,
  PathNode,
  Person,
  Ring,
  Row,
  TaskGroup,
  Todo,
} from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { getFramework } from './framework.ts';
import type { HomeFacts, HomeTask } from './home.ts';
import { helloOf, type Hello } from './homeHello.page.ts';
import { entriesOf } from './homeLog.page.ts';
import { isApproved, PROFILE_KEYS, standingState, type Plan, type ProfileKey } from './plan.ts';
import { completionOfPlan } from './progress.ts';
import { sectionName } from './review.ts';
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
  const completion = completionOfPlan(plan, getFramework(plan.framework));
  const advisor = advisorOf(words, facts);
  return {
    title: words.t('home.title'),
    eyebrow: viewer.planName,
    ring: { done: completion.done, total: completion.total },
    hello: helloOf(words, plan, { name: firstName(viewer.name), advisor }),
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
  };
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

/** Tasks that are not handed in and steps with a date, soonest first. */
function weekOf(words: Words, facts: HomeFacts, { zone, now }: HomeViewer): Todo[] {
  const today = schoolDay(now, zone);
  const tasks = facts.tasks.filter(
    ({ state }) =>
      state === 'opened' || state === 'in_progress' || state === 'returned' || state === 'assigned',
  );
  const steps = stepsDueSoon(facts.plan.goals, today, WEEK_DAYS);
  const todos = [
    ...tasks.map((task) => ({
      due: task.dueAt ? schoolDay(task.dueAt, zone) : '9999',
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
  const due = task.dueAt && schoolDay(task.dueAt, zone);
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
  return due <= new Date(Date.parse(today) + 2 * 86_400_000).toISOString().slice(0, 10);
}

/** One notice for each part an advisor asked to change, with their words. */
function noticesOf(words: Words, { plan, comments, staff }: HomeFacts, advisor: string, now: Date): Notice[] {
  const { t, fmt } = words;
  const asked = [
    ...PROFILE_KEYS.filter((key) => plan.profile[key].asked).map((key) => ({
      section: key as string,
      href: paths.profilePart(key),
    })),
    ...plan.goals
      .filter((goal) => goal.asked && isLive(goal))
      .map(({ id }) => ({ section: `goal:${id}`, href: paths.goal(id) })),
  ];
  return asked.map(({ section, href }) => {
    const said = comments.find((comment) => comment.section === section && comment.authorRole !== 'student');
    const who = staff.find(({ id }) => id === said?.author)?.name ?? advisor;
    const name = sectionName(plan, section as never, t);
    return {
      id: `asked-${section.replace(':', '-')}`,
      title: t('home.asked', { advisor: who }),
      meta: said ? t('home.asked.meta', { section: name, when: fmt.moment(said.at, now) }) : name,
      quote: said?.text ?? null,
      initials: initialsOf(who),
      actions: [
        { label: t('home.edit', { section: name }), href },
        { label: t('home.reply'), href: `${href}#comments`, kind: 'quiet', icon: 'msg' },
      ],
    };
  });
}

function groupsOf(words: Words, facts: HomeFacts): TaskGroup[] {
  const { plan, tasks } = facts;
  const about = PROFILE_KEYS.map((key) => partRow(words, plan, key));
  const goals = plan.goals.filter(({ status }) => status !== 'dropped').map((goal) => goalRow(words, goal));
  const none: Row = {
    label: words.t('home.row.addGoal'),
    hint: words.t('home.row.addGoalHint'),
    href: paths.newGoal,
    state: 'todo',
    status: { label: words.t('home.row.todo'), icon: 'circle' },
  };
  return [
    group(words.t('plans.section.about'), about),
    group(words.t('plans.section.goals'), goals.length > 0 ? goals : [none]),
    ...(tasks.length > 0
      ? [
          group(
            words.t('home.row.tasks'),
            tasks.map((task) => taskRow(words, task)),
          ),
        ]
      : []),
  ];
}

function group(title: string, rows: Row[]): TaskGroup {
  const done = rows.filter(({ state }) => state === 'done').length;
  return { title, rows, done, total: rows.length, open: done < rows.length };
}

function partRow({ t }: Words, plan: Plan, key: ProfileKey): Row {
  const part = plan.profile[key];
  const count = part.text.trim().split(/\s+/).filter(Boolean).length;
  const row = { label: t(`plans.part.${key}`), href: paths.profilePart(key) };
  if (part.asked)
    return { ...row, state: 'warn', status: { label: t('home.row.asked'), tone: 'warn', icon: 'warn' } };
  if (part.finished) return { ...row, state: 'done', status: { label: t('home.row.done'), tone: 'plain' } };
  if (count > 0)
    return {
      ...row,
      hint: t('home.row.words', { count }),
      state: 'now',
      status: { label: t('home.row.doing'), tone: 'now', icon: 'half' },
    };
  return { ...row, state: 'todo', status: { label: t('home.row.todo'), tone: 'quiet', icon: 'circle' } };
}

function goalRow({ t }: Words, goal: Goal): Row {
  const row = {
    label: goal.statement || t(`goals.kind.${goal.kind}`),
    hint: t(`goals.kind.${goal.kind}`),
    href: paths.goal(goal.id),
  };
  if (goal.asked)
    return { ...row, state: 'warn', status: { label: t('home.row.asked'), tone: 'warn', icon: 'warn' } };
  if (!goal.finished)
    return { ...row, state: 'now', status: { label: t('home.row.doing'), tone: 'now', icon: 'half' } };
  if (goal.status === 'proposed')
    return { ...row, state: 'done', status: { label: t('home.row.waits'), tone: 'plain' } };
  return { ...row, state: 'done', status: { label: t('home.row.done'), tone: 'plain' } };
}

function taskRow({ t }: Words, task: HomeTask): Row {
  const row = { label: task.title, href: paths.task(task.id) };
  if (task.state === 'returned')
    return { ...row, state: 'warn', status: { label: t('home.row.asked'), tone: 'warn', icon: 'warn' } };
  if (task.state === 'submitted')
    return { ...row, state: 'done', status: { label: t('home.row.waits'), tone: 'plain' } };
  if (task.state === 'verified' || task.state === 'excused')
    return { ...row, state: 'done', status: { label: t('home.row.done'), tone: 'plain' } };
  return { ...row, state: 'now', status: { label: t('home.row.doing'), tone: 'now', icon: 'half' } };
}

function cardOf({ t, fmt }: Words, goal: Goal, { zone, now }: HomeViewer): GoalCard {
  const next = nextStepOf(goal);
  const today = schoolDay(now, zone);
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
