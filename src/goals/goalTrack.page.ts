import { mayEdit } from '../plans/editing.ts';
import { spokenBy } from '../plans/thread.page.ts';
import type { Words } from '../shared/page.ts';
import type { Choices, Field, ThreadComment, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isLive, leadsSomewhere, type Goal, type Step } from './goal.ts';
import { lineChart, type LineChart } from './goalLine.page.ts';
import { progressLine } from './goalTime.ts';
import {
  closeForm,
  commentForm,
  dropForm,
  replaceForm,
  updateForm,
  type TrackProblem,
} from './goalTrackForms.page.ts';
import { amountOf, isSoon, listenerIn, talkOf, todayIn } from './goalWords.page.ts';
import type { GoalFacts } from './goalFacts.ts';

/** How a goal goes: steps to tick, updates, its line, its end, and the conversation. Open in every state of the plan. */
export interface Track {
  steps: Todo[];
  line: LineChart | null;
  updates: ThreadComment[];
  /** Null once the goal has ended. */
  update: { action: string; text: Field; value: Field | null } | null;
  /** Null unless an advisor agreed to it. */
  close: { action: string; open: boolean; outcome: Choices; words: Field } | null;
  /** Null while the plan may not be changed. */
  drop: { action: string; open: boolean; reason: Field; amends: string | null } | null;
  /** Only for a goal about what comes after school. */
  replace: { action: string; open: boolean; why: Field; next: Field; amends: string | null } | null;
  talk: { comments: ThreadComment[]; action: string; field: Field };
}

export function trackOf(words: Words, facts: GoalFacts, problem: TrackProblem | null = null): Track {
  const { goal } = facts;
  const from = (form: TrackProblem['form']): TrackProblem | null => (problem?.form === form ? problem : null);
  const line = progressLine(goal);
  const writable = isLive(goal) && mayEdit(facts.plan, 'student');
  return {
    steps: goal.steps.map((step) => tickOf(words, goal, step, todayIn(facts))),
    line: line && lineChart(words, line, goal, facts.now),
    updates: updatesOf(words, facts),
    update: isLive(goal) ? updateForm(words, facts, from('update')) : null,
    close:
      goal.status === 'agreed' || goal.status === 'in_progress'
        ? closeForm(words, facts, from('close'))
        : null,
    drop: writable ? dropForm(words, facts, from('drop')) : null,
    replace: writable && leadsSomewhere(goal) ? replaceForm(words, facts, from('replace')) : null,
    talk: { comments: talkOf(words, facts), ...commentForm(words, facts, from('comment')) },
  };
}

function tickOf({ t, fmt }: Words, goal: Goal, { id, title, due, doneAt }: Step, today: string): Todo {
  const late = due !== null && due < today;
  const meta = doneAt
    ? t('goals.doneOn', { day: fmt.short(fmt.dayOf(doneAt)) })
    : due === null
      ? t('goals.noDue')
      : t(late ? 'goals.wasDue' : 'goals.due', { day: fmt.weekday(due) });
  const todo = { id: `s-${id}`, label: title, meta, done: doneAt !== null };
  const soon = doneAt === null && isSoon(due, today);
  return isLive(goal) ? { ...todo, soon, action: paths.goalStep(goal.id, id) } : todo;
}

function updatesOf(words: Words, facts: GoalFacts): ThreadComment[] {
  const { checkIns, target } = facts.goal;
  return checkIns.toReversed().map(({ at, by, text, value }) => {
    const amount = value === null ? null : amountOf(words, value, target?.unit ?? '');
    const measured = amount && words.t('goals.track.measured', { amount });
    const told = [measured, text].filter(Boolean).join(' ');
    return spokenBy(words, { author: by, text: told, at }, listenerIn(facts));
  });
}
