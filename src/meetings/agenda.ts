/** What a meeting is about, filled in from the plan: the points that need a talk first, then what stands anyway. */
import { isLive, type Goal } from '../goals/goal.ts';
import { isOverdue, isStalled } from '../goals/goalTime.ts';
import type { ComponentKey } from '../plans/component.ts';
import type { Plan } from '../plans/plan.ts';
import type { SelfReview } from './cycle.ts';

export const AGENDA_KINDS = [
  'welcome',
  'proud',
  'hard',
  'changed',
  'goalAsked',
  'goalOverdue',
  'goalStalled',
  'goal',
  'asked',
  'offTrack',
  'missing',
  'questions',
  'own',
  'close',
] as const;
export type AgendaKind = (typeof AGENDA_KINDS)[number];

export interface AgendaItem {
  /** Stable: the same point filled in again is the same item. */
  id: string;
  kind: AgendaKind;
  /** What it is about in its own words or by key: a goal's statement, component keys, a typed title. */
  about: string;
  minutes: number;
  done: boolean;
}

export interface AgendaFacts {
  plan: Pick<Plan, 'goals' | 'askedParts' | 'summary' | 'standings'>;
  selfReview: SelfReview | null;
  /** How many questions wait. */
  questions: number;
  /** The school's calendar day. */
  today: string;
  now: Date;
}

/** Longest words taken over from a self-review. */
const EXCERPT = 160;
/** A meeting of twenty minutes has no room for more goals. */
const MOST_GOALS = 6;

/** The agenda as the plan suggests it. */
export function agendaFrom({ plan, selfReview, questions, today, now }: AgendaFacts): AgendaItem[] {
  return [
    item('welcome', '', 2),
    ...said(selfReview),
    ...goalItems(plan.goals, today, now),
    ...plan.askedParts.map((part) => ({ ...item('asked', part, 3), id: `asked:${part}` })),
    ...(isOffTrack(plan) ? [item('offTrack', '', 5)] : []),
    ...missing(plan),
    ...(questions > 0 ? [item('questions', String(questions), 3)] : []),
    item('close', '', 2),
  ];
}

function item(kind: AgendaKind, about: string, minutes: number): AgendaItem {
  return { id: kind, kind, about, minutes, done: false };
}

function said(selfReview: SelfReview | null): AgendaItem[] {
  if (!selfReview) return [];
  const { well, hard, changed } = selfReview.answers;
  return [
    ...(well === '' ? [] : [item('proud', excerpt(well), 4)]),
    ...(hard === '' ? [] : [item('hard', excerpt(hard), 4)]),
    ...(changed === '' ? [] : [item('changed', excerpt(changed), 3)]),
  ];
}

/** Cut at a word, and marked as cut. */
function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= EXCERPT) return line;
  return `${line.slice(0, EXCERPT).replace(/\s\S*$/, '')}…`;
}

const GOAL_MINUTES = 5;
const URGENCY = ['goalAsked', 'goalOverdue', 'goalStalled', 'goal'] as const;

/** Those that need a talk first; of equal ones in the plan's order. */
function goalItems(goals: readonly Goal[], today: string, now: Date): AgendaItem[] {
  return goals
    .filter(isLive)
    .map((goal) => ({ goal, kind: kindOf(goal, today, now) }))
    .toSorted((a, b) => URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind))
    .slice(0, MOST_GOALS)
    .map(({ goal, kind }) => ({
      ...item(kind, excerpt(goal.statement), GOAL_MINUTES),
      id: `goal:${goal.id}`,
    }));
}

function kindOf(goal: Goal, today: string, now: Date): (typeof URGENCY)[number] {
  if (goal.asked) return 'goalAsked';
  if (isOverdue(goal, today)) return 'goalOverdue';
  return isStalled(goal, now) ? 'goalStalled' : 'goal';
}

const COURSES: ReadonlySet<ComponentKey> = new Set(['courses.plan', 'courses.gradreq']);

/** The course plan was begun and something in it needs a fix. */
function isOffTrack({ standings }: AgendaFacts['plan']): boolean {
  return standings.some(({ component, credit }) => COURSES.has(component) && credit > 0 && credit < 1);
}

/** Parts that are not there yet; the meeting itself and the look back are no news here. */
function missing({ summary }: AgendaFacts['plan']): AgendaItem[] {
  const keys = summary.missing.filter((key) => !NO_NEWS.has(key));
  return keys.length > 0 ? [item('missing', keys.join(' '), 3)] : [];
}

const NO_NEWS: ReadonlySet<string> = new Set(['conference', 'reflection', 'advisorApproval', 'signatures']);

/**
 * The agenda filled in again: fresh words for what it already has, its ticks and own points kept, new points
 * before the end. Points that the plan no longer suggests go unless they were ticked.
 */
export function refilled(agenda: readonly AgendaItem[], fresh: readonly AgendaItem[]): AgendaItem[] {
  const ticked = new Set(agenda.filter(({ done }) => done).map(({ id }) => id));
  const news = new Set(fresh.map(({ id }) => id));
  const kept = agenda.filter(({ id, kind, done }) => !news.has(id) && (kind === 'own' || done));
  const body = fresh.map((one) => ({ ...one, done: ticked.has(one.id) }));
  const close = body.findIndex(({ kind }) => kind === 'close');
  return close < 0 ? [...body, ...kept] : body.toSpliced(close, 0, ...kept);
}
