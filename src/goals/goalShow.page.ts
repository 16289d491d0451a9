import { mayEdit } from '../plans/editing.ts';
import { mayMove } from '../plans/transition.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Head, Notice, Person } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { chosenSets, isLive, type Goal } from './goal.ts';
import { kinOf, type Kin } from './goalKin.page.ts';
import { servingLines, type ServingLine } from './goalServing.page.ts';
import { setNames } from './goalSets.page.ts';
import { trackOf, type Track } from './goalTrack.page.ts';
import type { TrackProblem } from './goalTrackForms.page.ts';
import {
  advisorIn,
  askedNotice,
  capital,
  chipOf,
  lockedNotice,
  peopleOf,
  targetText,
} from './goalWords.page.ts';
import type { GoalFacts } from './goalFacts.ts';

/** One goal to read and to work on: the plan is being read or in use, or the goal has ended. */
export interface GoalShowPage extends PageModel {
  head: Head & { status: Chip };
  errors: readonly FieldError[];
  notices: Notice[];
  about: { label: string; value: string }[];
  change: Action | null;
  people: Person[];
  track: Track;
  kin: Kin[];
  serving: ServingLine[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'goals/show': GoalShowPage;
  }
}

/** Whether the student opens the goal to write: not while it is agreed and runs, unless they ask to change it. */
export function opensToWrite({ plan, goal }: Pick<GoalFacts, 'plan' | 'goal'>, asksToEdit: boolean): boolean {
  if (!isLive(goal) || !mayEdit(plan, 'student')) return false;
  return goal.status === 'proposed' || goal.asked || asksToEdit;
}

export function goalShowPage(
  words: Words,
  facts: GoalFacts,
  problem: TrackProblem | null = null,
): GoalShowPage {
  const { t } = words;
  const { goal, plan } = facts;
  const title = goal.statement || t('goals.list.unnamed');
  const writable = isLive(goal) && mayEdit(plan, 'student');
  const asked = askedNotice(words, facts, '#about');
  return {
    title,
    head: {
      title,
      back: { href: paths.goals, label: t('goals.backToGoals') },
      eyebrow: t(`goals.kind.${goal.kind}`),
      status: chipOf(words, goal, advisorIn(words, facts)),
    },
    errors: problem?.fields ?? [],
    notices: [...(asked ? [asked] : []), ...whyClosed(words, facts)],
    about: aboutOf(words, facts),
    change: writable
      ? { label: t('goals.show.changeSteps'), href: `${paths.goal(goal.id)}?edit=1`, icon: 'pencil' }
      : null,
    people: peopleOf(words, facts),
    track: trackOf(words, facts, problem),
    kin: kinOf(words, plan.goals, goal),
    serving: servingLines(words, facts.serving),
  };
}

/** Why the goal cannot be changed now, and what can be done. */
function whyClosed(words: Words, facts: GoalFacts): Notice[] {
  const { t } = words;
  const { goal, plan } = facts;
  if (!isLive(goal))
    return [
      { id: 'over', tone: 'now', icon: 'flag', title: chipOf(words, goal, '').label, ...ended(words, goal) },
    ];
  if (mayEdit(plan, 'student')) return [];
  const locked = lockedNotice(words, plan);
  if (!mayMove(plan, 'withdraw', 'student')) return [locked];
  const takeBack = t('goals.show.takeBack', { advisor: capital(advisorIn(words, facts)) });
  const actions = [{ label: t('goals.show.toPlan'), href: paths.plan }];
  return [{ ...locked, text: `${locked.text} ${takeBack}`, actions }];
}

function ended({ t }: Words, { outcome }: Goal): Pick<Notice, 'text' | 'quote'> {
  return { text: t('goals.show.overBody'), quote: outcome };
}

function aboutOf(words: Words, facts: GoalFacts): { label: string; value: string }[] {
  const { t, fmt } = words;
  const { goal } = facts;
  const { why, baseline, measure, target, by, strategies, supports } = goal;
  const help = supports
    .map(({ what, who }) => (who ? t('goals.show.support', { who, what }) : what))
    .join('\n');
  return [
    { label: t('goals.show.why'), value: why },
    { label: t('goals.show.baseline'), value: baseline },
    { label: t('goals.show.measure'), value: measure },
    { label: t('goals.show.target'), value: target ? targetText(words, target) : '' },
    { label: t('goals.show.by'), value: by ? fmt.date(by) : '' },
    { label: t('goals.show.strategies'), value: strategies },
    { label: t('goals.show.supports'), value: help },
    { label: t('goals.show.sets'), value: setNames(words, chosenSets(goal), facts) },
  ].filter(({ value }) => value !== '');
}
