import { isLive, type Goal, type GoalStatus } from '../goals/goal.ts';
import { isOverdue, isStalled, isStepOverdue, nextStepOf, progressLine } from '../goals/goalTime.ts';
import { daysBetween } from '../shared/format.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { Tone } from '../shared/page.ts';
import type { Chip, GoalCard, Row, StepLine } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isTaskOverdue, type Task, type TaskLink, type TaskState } from '../tasks/task.ts';
import type { OverviewReady } from './overviewFacts.ts';

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

export function goalOf(ready: OverviewReady, goal: Goal): GoalCard {
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

function goalChip({ words: { t, fmt }, now }: OverviewReady, goal: Goal): Chip {
  if (isOverdue(goal, fmt.dayOf(now))) return { label: t('overview.overdue'), tone: 'stop', icon: 'clock' };
  if (isStalled(goal, now)) return { label: t('overview.stalled'), tone: 'warn', icon: 'clock' };
  const { label, tone, icon } = GOAL_LOOK[goal.status];
  return { label: t(label), tone, icon };
}

const SOON_DAYS = 7;

function stepsOf({ words: { fmt }, now }: OverviewReady, goal: Goal): StepLine[] {
  const today = fmt.dayOf(now);
  const next = isLive(goal) ? nextStepOf(goal) : null;
  return goal.steps.map((step) => ({
    label: step.title,
    date: step.due ? fmt.short(step.due) : null,
    soon:
      isStepOverdue(step, today) ||
      (step.doneAt === null && step.due !== null && daysBetween(today, step.due) <= SOON_DAYS),
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

export function taskOf(
  { words: { t, fmt }, now }: OverviewReady,
  { task, link }: { task: Task; link: TaskLink },
): Row {
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
