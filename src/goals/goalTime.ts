import { dayIn } from '../shared/format.ts';
import { isLive, type Goal, type Step } from './goal.ts';

const DAY = 24 * 60 * 60_000;

/** No check-in and no tick for four weeks: the goal needs a talk. */
const STALLED_AFTER = 28 * DAY;

/** The school's calendar day `YYYY-MM-DD` at an instant. @param zone IANA name */
export function schoolDay(now: Date, zone: string): string {
  return dayIn(now, zone);
}

/** The day it was due is over. @param today the school's calendar day */
export function isOverdue(goal: Pick<Goal, 'status' | 'by'>, today: string): boolean {
  return isLive(goal) && goal.by !== null && goal.by < today;
}

export function isStepOverdue(step: Step, today: string): boolean {
  return step.doneAt === null && step.due !== null && step.due < today;
}

/** The one step to do next: the first that is not done, in the student's own order. */
export function nextStepOf(goal: Pick<Goal, 'steps'>): Step | null {
  return goal.steps.find(({ doneAt }) => doneAt === null) ?? null;
}

/** Agreed or begun, and nothing was heard of it for four weeks. */
export function isStalled(goal: Goal, now: Date): boolean {
  const working = goal.status === 'agreed' || goal.status === 'in_progress';
  return working && now.getTime() - lastSignOf(goal).getTime() > STALLED_AFTER;
}

/** When something last happened to the goal: a change, a tick or a check-in. */
function lastSignOf(goal: Goal): Date {
  const ticks = goal.steps.flatMap(({ doneAt }) => doneAt ?? []);
  const times = [goal.changedAt, ...ticks, ...goal.checkIns.map(({ at }) => at)];
  return new Date(Math.max(...times.map((time) => time.getTime())));
}

/** Steps of live goals that are due within `days` days or overdue, soonest first. */
export function stepsDueSoon(
  goals: readonly Goal[],
  today: string,
  days: number,
): { goal: Goal; step: Step & { due: string } }[] {
  const until = addDays(today, days);
  return goals
    .filter(isLive)
    .flatMap((goal) => goal.steps.map((step) => ({ goal, step })))
    .filter((row): row is { goal: Goal; step: Step & { due: string } } => isDueBy(row.step, until))
    .toSorted((a, b) => a.step.due.localeCompare(b.step.due));
}

function isDueBy(step: Step, until: string): boolean {
  return step.doneAt === null && step.due !== null && step.due <= until;
}

/** @param day `YYYY-MM-DD` */
function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The check-ins with a value, oldest first, between where the goal starts and what it aims for. */
export interface ProgressLine {
  from: number | null;
  to: number;
  unit: string;
  points: { at: Date; value: number }[];
  /** 0..1 of the way from start to target by the newest value; null while nothing was measured. */
  share: number | null;
}

/** @returns null for a goal that cannot be counted. */
export function progressLine({ target, checkIns }: Pick<Goal, 'target' | 'checkIns'>): ProgressLine | null {
  if (!target) return null;
  const points = checkIns
    .flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return { ...target, points, share: shareOf(points.at(-1)?.value ?? null, target.from ?? 0, target.to) };
}

function shareOf(value: number | null, from: number, to: number): number | null {
  if (value === null) return null;
  if (from === to) return value === to ? 1 : 0;
  return Math.min(Math.max((value - from) / (to - from), 0), 1);
}
