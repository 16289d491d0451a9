import { initialsOf } from '../people/person.ts';
import { mayEdit } from '../plans/editing.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Words } from '../shared/page.ts';
import type { Choices, Field, ThreadComment, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isLive, LIMITS, type Goal, type Step } from './goal.ts';
import { progressLine, type ProgressLine } from './goalTime.ts';
import { advisorIn, isSoon, seesOf, talkOf, todayIn, type GoalFacts } from './goalWords.page.ts';

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
  talk: { comments: ThreadComment[]; action: string; field: Field };
}

/** A line drawn by the server in a box of 320 × 120, with the same in words. */
export interface LineChart {
  words: string;
  points: string;
  dots: { x: number; y: number }[];
  target: { y: number; label: string };
}

/** A refused form of the track, shown open with what was typed. */
export interface TrackProblem {
  form: 'update' | 'close' | 'drop' | 'comment';
  fields: readonly FieldError[];
  typed: Readonly<Record<string, string>>;
}

export function trackOf(words: Words, facts: GoalFacts, problem: TrackProblem | null = null): Track {
  const { goal } = facts;
  const from = (form: TrackProblem['form']): TrackProblem | null => (problem?.form === form ? problem : null);
  const line = progressLine(goal);
  return {
    steps: goal.steps.map((step) => tickOf(words, goal, step, todayIn(facts))),
    line: line && lineChart(words, line, goal, facts.now),
    updates: updatesOf(words, facts),
    update: isLive(goal) ? updateForm(words, goal, facts, from('update')) : null,
    close:
      goal.status === 'agreed' || goal.status === 'in_progress'
        ? closeForm(words, goal, from('close'))
        : null,
    drop: isLive(goal) && mayEdit(facts.plan, 'student') ? dropForm(words, facts, from('drop')) : null,
    talk: {
      comments: talkOf(words, facts),
      action: paths.goalComments(goal.id),
      field: {
        name: 'comment',
        label: words.t('goals.talk.write'),
        kind: 'textarea',
        rows: 2,
        ...withProblem(from('comment'), 'comment'),
      },
    },
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

function updatesOf({ t, fmt }: Words, { goal, names, viewer, now }: GoalFacts): ThreadComment[] {
  return goal.checkIns.toReversed().map(({ at, by, text, value }) => {
    const name = names.get(by) ?? t('goals.talk.someone');
    const measured =
      value === null ? '' : t('goals.track.measured', { value, unit: goal.target?.unit ?? '' });
    return {
      initials: initialsOf(name),
      ...(by === viewer ? { tone: 'done' as const } : {}),
      name: by === viewer ? t('goals.talk.you') : name,
      when: fmt.moment(at, now),
      datetime: at.toISOString(),
      text: [measured.replace(' .', '.'), text].filter(Boolean).join(' '),
    };
  });
}

function updateForm(
  words: Words,
  goal: Goal,
  facts: GoalFacts,
  problem: TrackProblem | null,
): NonNullable<Track['update']> {
  const { t } = words;
  const sees = seesOf(words, facts).advisor;
  const unit = goal.target?.unit ?? '';
  return {
    action: paths.goalCheckIns(goal.id),
    text: {
      name: 'text',
      label: t('goals.track.text'),
      hint: t('goals.track.textHint'),
      kind: 'textarea',
      rows: 2,
      maxLength: LIMITS.text,
      sees,
      ...withProblem(problem, 'text'),
    },
    value: goal.target && {
      name: 'value',
      label: unit ? t('goals.track.value', { unit }) : t('goals.track.valuePlain'),
      kind: 'number',
      width: 'short',
      optional: true,
      compact: true,
      ...withProblem(problem, 'value'),
    },
  };
}

function closeForm({ t }: Words, { id }: Goal, problem: TrackProblem | null): NonNullable<Track['close']> {
  return {
    action: paths.closeGoal(id),
    open: problem !== null,
    outcome: {
      name: 'outcome',
      legend: t('goals.track.end'),
      value: problem?.typed['outcome'] ?? null,
      error: problem?.fields.find(({ field }) => field === 'outcome')?.message ?? null,
      options: [
        { value: 'achieve', label: t('goals.track.achieve') },
        { value: 'achievePartly', label: t('goals.track.achievePartly') },
        { value: 'miss', label: t('goals.track.miss'), hint: t('goals.track.missHint') },
      ],
    },
    words: {
      name: 'words',
      label: t('goals.track.endWords'),
      kind: 'textarea',
      rows: 2,
      optional: true,
      maxLength: LIMITS.text,
      ...withProblem(problem, 'words'),
    },
  };
}

function dropForm(words: Words, facts: GoalFacts, problem: TrackProblem | null): NonNullable<Track['drop']> {
  const { t } = words;
  const { goal, plan } = facts;
  const inUse = plan.state === 'active' || plan.state === 'review_due';
  return {
    action: paths.dropGoal(goal.id),
    open: problem !== null,
    amends: inUse ? t('goals.track.dropAmends', { advisor: advisorIn(words, facts) }) : null,
    reason: {
      name: 'reason',
      label: t('goals.track.drop'),
      hint: t('goals.track.dropHint'),
      kind: 'textarea',
      rows: 2,
      maxLength: LIMITS.text,
      ...withProblem(problem, 'reason'),
    },
  };
}

function withProblem(problem: TrackProblem | null, name: string): Pick<Field, 'value' | 'error'> {
  return {
    value: problem?.typed[name] ?? '',
    error: problem?.fields.find(({ field }) => field === name)?.message ?? null,
  };
}

const BOX = { width: 320, height: 120, edge: 12 } as const;

function lineChart({ t, fmt }: Words, line: ProgressLine, goal: Goal, now: Date): LineChart {
  const { from, to, unit, points, share } = line;
  const first = { at: goal.createdAt, value: from ?? 0 };
  const all = [first, ...points];
  const end = Math.max(
    goal.by ? Date.parse(goal.by) : 0,
    ...all.map(({ at }) => at.getTime()),
    first.at.getTime() + 1,
  );
  const values = [...all.map(({ value }) => value), to];
  const x = scale([first.at.getTime(), end], [BOX.edge, BOX.width - BOX.edge]);
  const y = scale([Math.min(...values), Math.max(...values)], [BOX.height - BOX.edge, 2 * BOX.edge]);
  const dots = all.map(({ at, value }) => ({ x: x(at.getTime()), y: y(value) }));
  const last = points.at(-1);
  return {
    words:
      last && share !== null
        ? t('goals.track.line.words', { now: last.value, unit, share, to, when: fmt.moment(last.at, now) })
        : t('goals.track.line.none', { to, unit }),
    points: dots.map((dot) => `${dot.x},${dot.y}`).join(' '),
    dots,
    target: { y: y(to), label: t('goals.track.line.target', { to }) },
  };
}

/** A straight scale, rounded to a tenth of a unit of the box. */
function scale([a, b]: [number, number], [low, high]: [number, number]): (value: number) => number {
  const span = b - a || 1;
  return (value) => Math.round((low + ((value - a) / span) * (high - low)) * 10) / 10;
}
