import { isLive, type Goal } from '../goals/goal.ts';
import type { Words } from '../shared/page.ts';
import type { Row, TaskGroup } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { COMPONENTS, type ComponentKey } from './component.ts';
import { creditOf, isGoalComponent, TEXTS_OF } from './credit.ts';
import type { FrameworkComponent } from './framework.ts';
import type { HomeFacts, HomeTask } from './home.ts';
import type { Plan, ProfileKey } from './plan.ts';

/** The steps of the plan: a group for each section of its framework, and the tasks. Every row is a link. */
export function groupsOf(
  words: Words,
  { plan, framework, tasks }: Pick<HomeFacts, 'plan' | 'framework' | 'tasks'>,
): TaskGroup[] {
  const sections = framework.sections.map(({ label, key, components }) =>
    group(
      words.t(label),
      key === 'goals' ? goalRows(words, plan, components) : rowsOf(words, plan, components),
    ),
  );
  const shared = { label: words.t('home.row.tasks'), rows: tasks.map((task) => taskRow(words, task)) };
  return tasks.length > 0 ? [...sections, group(shared.label, shared.rows)] : sections;
}

function group(title: string, rows: Row[]): TaskGroup {
  const done = rows.filter(({ state }) => state === 'done').length;
  return { title, rows, done, total: rows.length, open: done < rows.length };
}

function rowsOf(words: Words, plan: Plan, components: readonly FrameworkComponent[]): Row[] {
  return components.flatMap(({ key }) => {
    const texts = key === 'change.explain' && plan.year === plan.firstYear ? [] : TEXTS_OF[key];
    return texts ? texts.map((text) => textRow(words, plan, text)) : [componentRow(words, plan, key)];
  });
}

/** Each goal, then what the framework asks of goals and none of them is. */
function goalRows(words: Words, plan: Plan, components: readonly FrameworkComponent[]): Row[] {
  const goals = plan.goals.filter((goal) => isLive(goal) || goal.status === 'achieved');
  const [ofGoals, others] = [
    components.filter(({ key }) => isGoalComponent(key)),
    components.filter(({ key }) => !isGoalComponent(key)),
  ];
  const wanting = ofGoals.filter(({ key }) => creditOf(plan, key).why === 'empty');
  return [
    ...goals.map((goal) => goalRow(words, goal)),
    ...wanting.map(({ key }) => addGoalRow(words, key)),
    ...rowsOf(words, plan, others),
  ];
}

function addGoalRow({ t }: Words, key: ComponentKey): Row {
  const any = key === 'agreedGoal';
  return {
    label: any ? t('home.row.addGoal') : t(COMPONENTS[key].label),
    hint: any ? t('home.row.addGoalHint') : t(COMPONENTS[key].rule),
    href: paths.newGoal,
    ...todo(t),
  };
}

function textRow({ t }: Words, plan: Plan, key: ProfileKey): Row {
  const { text, asked, finished, toConfirm } = plan.profile[key];
  const count = text.trim().split(/\s+/).filter(Boolean).length;
  const row = { label: t(`plans.part.${key}`), href: paths.profilePart(key) };
  if (asked) return { ...row, ...askedFor(t) };
  if (finished) return { ...row, ...done(t) };
  if (toConfirm) return { ...row, hint: t('home.row.confirm'), ...doing(t) };
  return count > 0 ? { ...row, hint: t('home.row.words', { count }), ...doing(t) } : { ...row, ...todo(t) };
}

/** A part that lives in its own feature: how far it is was told by it. */
function componentRow({ t }: Words, plan: Plan, key: ComponentKey): Row {
  const { label, rule, href } = COMPONENTS[key];
  const row = { label: t(label), href };
  const { credit, why } = creditOf(plan, key);
  if (why === 'changeAsked') return { ...row, ...askedFor(t) };
  if (credit >= 1) return { ...row, ...done(t) };
  const hint = t(rule);
  return why === 'unfinished' ? { ...row, hint, ...doing(t) } : { ...row, hint, ...todo(t) };
}

function goalRow({ t }: Words, goal: Goal): Row {
  const kind = t(`goals.kind.${goal.kind}`);
  const row = { label: goal.statement || kind, hint: kind, href: paths.goal(goal.id) };
  if (goal.asked) return { ...row, ...askedFor(t) };
  if (!goal.finished) return { ...row, ...doing(t) };
  return goal.status === 'proposed' ? { ...row, ...waits(t) } : { ...row, ...done(t) };
}

function taskRow({ t }: Words, task: HomeTask): Row {
  const row = { label: task.title, href: paths.task(task.id) };
  if (task.state === 'returned') return { ...row, ...askedFor(t) };
  if (task.state === 'submitted') return { ...row, ...waits(t) };
  if (task.state === 'verified' || task.state === 'excused') return { ...row, ...done(t) };
  return { ...row, ...doing(t) };
}

type T = Words['t'];
type Standing = Pick<Row, 'state' | 'status'>;

const askedFor = (t: T): Standing => ({
  state: 'warn',
  status: { label: t('home.row.asked'), tone: 'warn', icon: 'warn' },
});
const done = (t: T): Standing => ({ state: 'done', status: { label: t('home.row.done'), tone: 'plain' } });
const waits = (t: T): Standing => ({ state: 'done', status: { label: t('home.row.waits'), tone: 'plain' } });
const doing = (t: T): Standing => ({
  state: 'now',
  status: { label: t('home.row.doing'), tone: 'now', icon: 'half' },
});
const todo = (t: T): Standing => ({
  state: 'todo',
  status: { label: t('home.row.todo'), tone: 'quiet', icon: 'circle' },
});
