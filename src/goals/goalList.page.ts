import { mayEdit } from '../plans/editing.ts';
import { isInUse } from '../plans/planChange.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, GoalCard, Head, Notice, Row } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { GOAL_KINDS, isLive, LIMITS, type Goal, type GoalKind } from './goal.ts';
import { opensToWrite } from './goalShow.page.ts';
import {
  advisorIn,
  chipOf,
  inUseNotice,
  lockedNotice,
  seesOf,
  stepLines,
  todayIn,
} from './goalWords.page.ts';
import type { GoalFacts } from './goalFacts.ts';

/** All goals of the plan. */
export interface GoalListPage extends PageModel {
  head: Head;
  locked: Notice | null;
  add: Action | null;
  cards: GoalCard[];
  /** Printed where there is no goal yet. */
  none: { title: string; text: string } | null;
  over: { title: string; rows: Row[] } | null;
}

/** The first two questions of a goal. */
export interface NewGoalPage extends PageModel {
  head: Head;
  notice: Notice | null;
  errors: readonly FieldError[];
  action: string;
  /** Null: the plan may not be edited now. */
  form: { kind: Choices; statement: Field } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'goals/list': GoalListPage;
    'goals/new': NewGoalPage;
  }
}

type ListFacts = Pick<GoalFacts, 'plan' | 'advisors' | 'zone' | 'now'>;

export function goalListPage(words: Words, facts: ListFacts): GoalListPage {
  const { t } = words;
  const { plan } = facts;
  const live = plan.goals.filter(isLive);
  const over = plan.goals.filter((goal) => !isLive(goal));
  const title = t('goals.list.title');
  const writable = mayEdit(plan, 'student');
  return {
    title,
    head: { title, lede: t('goals.list.lede'), back: { href: paths.plan, label: t('goals.backToPlan') } },
    locked: writable ? null : lockedNotice(words, plan),
    add:
      writable && plan.goals.filter(isLive).length < LIMITS.goals && plan.goals.length < LIMITS.kept
        ? { label: t('goals.list.add'), href: paths.newGoal, icon: 'plus', kind: 'primary' }
        : null,
    cards: live.map((goal) => cardOf(words, goal, facts)),
    none: live.length === 0 ? { title: t('goals.list.none'), text: t('goals.list.noneBody') } : null,
    over:
      over.length > 0 ? { title: t('goals.list.over'), rows: over.map((goal) => rowOf(words, goal)) } : null,
  };
}

function cardOf(words: Words, goal: Goal, facts: ListFacts): GoalCard {
  const { t } = words;
  const href = paths.goal(goal.id);
  const more = t('goals.list.more', { goal: goal.statement || t('goals.list.unnamed') });
  const writes = opensToWrite({ plan: facts.plan, goal }, false);
  const label = t(goal.asked ? 'goals.list.change' : writes ? 'goals.list.goOn' : 'goals.list.open');
  const update = {
    label: t('goals.list.update'),
    href: `${href}#check-ins`,
    kind: 'quiet',
    icon: 'plus',
    more,
  } as const;
  return {
    id: `goal-${goal.id}`,
    eyebrow: t(`goals.kind.${goal.kind}`),
    title: goal.statement || t('goals.list.unnamed'),
    status: chipOf(words, goal, advisorIn(words, facts)),
    done: goal.steps.filter(({ doneAt }) => doneAt !== null).length,
    total: goal.steps.length,
    steps: stepLines(words, goal, todayIn(facts)),
    actions: [{ label, href, more, ...(goal.asked ? { kind: 'primary' as const } : {}) }, update],
  };
}

function rowOf(words: Words, goal: Goal): Row {
  return {
    label: goal.statement || words.t('goals.list.unnamed'),
    hint: goal.outcome,
    href: paths.goal(goal.id),
    state: goal.status === 'achieved' ? 'done' : 'todo',
    status: chipOf(words, goal, ''),
  };
}

/** What was typed, after an error. */
export interface TypedNew {
  kind: GoalKind | null;
  statement: string;
}

export function newGoalPage(
  words: Words,
  facts: Pick<GoalFacts, 'plan' | 'advisors'>,
  { typed, problems = [] }: { typed?: TypedNew; problems?: readonly FieldError[] } = {},
): NewGoalPage {
  const { t } = words;
  const { plan } = facts;
  const title = t('goals.new.title');
  const writable = mayEdit(plan, 'student');
  const advisor = advisorIn(words, facts);
  const amends = inUseNotice(words, t('goals.new.amends', { advisor }));
  return {
    title,
    head: { title, lede: t('goals.new.lede'), back: { href: paths.goals, label: t('goals.backToGoals') } },
    notice: writable ? (isInUse(plan) ? amends : null) : lockedNotice(words, plan),
    errors: problems,
    action: paths.goals,
    form: writable ? questions(words, facts, typed, problems) : null,
  };
}

function questions(
  words: Words,
  facts: Pick<GoalFacts, 'advisors'>,
  typed: TypedNew | undefined,
  problems: readonly FieldError[],
): NonNullable<NewGoalPage['form']> {
  const { t } = words;
  return {
    kind: {
      name: 'kind',
      legend: t('goals.new.kind'),
      sees: seesOf(words, facts).all,
      value: typed?.kind ?? null,
      error: errorOf(problems, 'kind'),
      options: GOAL_KINDS.map((value) => ({
        value,
        label: t(`goals.kind.${value}`),
        hint: t(`goals.new.${value}`),
      })),
    },
    statement: {
      name: 'statement',
      label: t('goals.form.statement'),
      hint: t('goals.form.statementHint'),
      kind: 'textarea',
      rows: 2,
      maxLength: LIMITS.line,
      sees: seesOf(words, facts).all,
      value: typed?.statement ?? '',
      error: errorOf(problems, 'statement'),
    },
  };
}
