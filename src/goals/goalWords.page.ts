import { initialsOf } from '../people/person.ts';
import type { Plan } from '../plans/plan.ts';
import { spokenBy, type Listener } from '../plans/thread.page.ts';
import { STATE_LABEL } from '../plans/transition.ts';
import type { Words } from '../shared/page.ts';
import type { Chip, Notice, Person, StepLine, ThreadComment } from '../shared/parts.ts';
import { isLive, type Goal, type GoalStatus, type GoalTarget } from './goal.ts';
import type { GoalFacts } from './goalFacts.ts';
import { nextStepOf, schoolDay } from './goalTime.ts';

/** The only advisor by name; "your advisor" where it could be one of several, or nobody is named yet. */
export function advisorIn({ t }: Words, { advisors }: Pick<GoalFacts, 'advisors'>): string {
  return (advisors.length === 1 ? advisors[0] : undefined) ?? t('goals.advisor');
}

/** For the beginning of a sentence: "your advisor" becomes "Your advisor". */
export function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/**
 * Who is told beside each question: families read the goal, its kind, reason, date, steps and help once it is
 * finished (family.ts); what else is written stays between the student and staff.
 */
export function seesOf(words: Words, facts: Pick<GoalFacts, 'advisors'>): { all: string; advisor: string } {
  const { t } = words;
  const advisor = facts.advisors.length > 1 ? t('goals.advisors') : advisorIn(words, facts);
  return { all: t('goals.sees.all', { advisor }), advisor: t('goals.sees.advisor', { advisor }) };
}

const CHIP = {
  proposed: { key: 'goals.chip.proposed', tone: 'review', icon: 'eye' },
  agreed: { key: 'goals.chip.agreed', tone: 'now', icon: 'check' },
  in_progress: { key: 'goals.chip.inProgress', tone: 'now', icon: 'half' },
  achieved: { key: 'goals.chip.achieved', tone: 'done', icon: 'check' },
  partly: { key: 'goals.chip.partly', tone: 'done', icon: 'half' },
  not_achieved: { key: 'goals.chip.notAchieved', tone: 'quiet', icon: 'circle' },
  dropped: { key: 'goals.chip.dropped', tone: 'quiet', icon: 'x' },
  carried: { key: 'goals.chip.carried', tone: 'quiet', icon: 'right' },
} as const satisfies Record<GoalStatus, { key: string; tone: Chip['tone']; icon: string }>;

/** Where the goal stands, in the student's eyes: a change that was asked for comes first. */
export function chipOf({ t }: Words, goal: Goal, advisor: string): Chip {
  if (goal.asked && isLive(goal)) return { label: t('goals.chip.asked'), tone: 'warn', icon: 'warn' };
  if (goal.status === 'proposed' && !goal.finished)
    return { label: t('goals.chip.writing'), tone: 'now', icon: 'pencil' };
  const { key, tone, icon } = CHIP[goal.status];
  return { label: t(key, { advisor }), tone, icon };
}

/** Steps in the student's order, the one to do next marked. */
export function stepLines(words: Words, goal: Goal, today: string): StepLine[] {
  const next = isLive(goal) ? nextStepOf(goal) : null;
  return goal.steps.map((step) => ({
    label: step.title,
    date: step.doneAt ? words.fmt.short(words.fmt.dayOf(step.doneAt)) : dueDate(words, step.due, today),
    soon: step.doneAt === null && isSoon(step.due, today),
    state: step.doneAt ? 'done' : step === next ? 'now' : 'todo',
  }));
}

function dueDate({ t, fmt }: Words, due: string | null, today: string): string | null {
  if (due === null) return null;
  return t(due < today ? 'goals.wasDue' : 'goals.due', { day: fmt.short(due) });
}

/** Due within two days, or overdue. @param due `YYYY-MM-DD` */
export function isSoon(due: string | null, today: string): boolean {
  return due !== null && Date.parse(due) <= Date.parse(today) + 2 * 86_400_000;
}

export function todayIn({ zone, now }: Pick<GoalFacts, 'zone' | 'now'>): string {
  return schoolDay(now, zone);
}

/** Everybody who may read this goal, in a few words each. */
export function peopleOf({ t }: Words, { advisors }: Pick<GoalFacts, 'advisors'>): Person[] {
  const named = advisors.length > 0 ? advisors : [t('goals.talk.someone')];
  const family = t('goals.team.family');
  return [
    ...named.map((name) => ({ name, initials: initialsOf(name), note: t('goals.team.advisor') })),
    { name: family, initials: initialsOf(family), note: t('goals.team.familyNote'), tone: 'review' },
  ];
}

/** The advisor's last words, while a change is asked for. */
export function askedNotice(words: Words, facts: GoalFacts, toForm: string): Notice | null {
  const { goal, comments, names, now } = facts;
  if (!goal.asked || !isLive(goal)) return null;
  const said = comments.find(({ authorRole }) => authorRole !== 'student');
  const advisor = (said && names.get(said.author)) ?? capital(advisorIn(words, facts));
  return {
    id: 'asked',
    title: words.t('goals.edit.asked', { advisor }),
    meta: said ? words.fmt.moment(said.at, now) : null,
    quote: said?.text ?? null,
    initials: initialsOf(advisor),
    actions: [
      { label: words.t('goals.edit.toForm'), href: toForm },
      { label: words.t('goals.edit.reply'), href: '#comments', kind: 'quiet', icon: 'msg' },
    ],
  };
}

/** The conversation about this goal, oldest first. The reader is the student. */
export function talkOf(words: Words, facts: GoalFacts): ThreadComment[] {
  return facts.comments.toReversed().map((comment) => spokenBy(words, comment, listenerIn(facts)));
}

export function listenerIn({ viewer, names, now }: GoalFacts): Listener {
  return { student: viewer, viewer, names, now };
}

/** A number with its unit, where it has one: "3 books", "3". */
export function amountOf({ t, fmt }: Words, value: number, unit: string): string {
  return unit === '' ? fmt.number(value) : t('goals.amount', { value, unit });
}

/** Where a target starts, if it says so, and where it ends: "From 12 to 20 books". */
export function targetText(words: Words, { from, to, unit }: GoalTarget): string {
  const amount = amountOf(words, to, unit);
  return from === null ? amount : words.t('goals.fromTo', { from, amount });
}

/** Why the plan's goals cannot be written now, and what still can be done. */
export function lockedNotice({ t }: Words, plan: Plan): Notice & { text: string } {
  const locked = t('plans.error.locked', { state: t(STATE_LABEL[plan.state]) });
  return {
    id: 'locked',
    tone: 'now',
    icon: 'lock',
    title: t('goals.show.locked'),
    text: `${locked} ${t('goals.show.stillOpen')}`,
  };
}

/** What a change means in a plan that is in use, said before it is made. */
export function inUseNotice({ t }: Words, text: string): Notice {
  return { id: 'in-use', tone: 'now', icon: 'sign', title: t('goals.edit.inUse'), text };
}
