import { LONGEST_COMMENT } from '../plans/comment.ts';
import { isInUse } from '../plans/planChange.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Words } from '../shared/page.ts';
import type { Field } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS } from './goal.ts';
import type { Track } from './goalTrack.page.ts';
import { advisorIn, seesOf } from './goalWords.page.ts';
import type { GoalFacts } from './goalFacts.ts';

/** A refused form of the track, shown open with what was typed. */
export interface TrackProblem {
  form: 'update' | 'close' | 'drop' | 'replace' | 'comment';
  fields: readonly FieldError[];
  typed: Readonly<Record<string, string>>;
}

export function updateForm(
  words: Words,
  facts: GoalFacts,
  problem: TrackProblem | null,
): NonNullable<Track['update']> {
  const { t } = words;
  const { goal } = facts;
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

export function closeForm(
  words: Words,
  facts: GoalFacts,
  problem: TrackProblem | null,
): NonNullable<Track['close']> {
  const { t } = words;
  return {
    action: paths.closeGoal(facts.goal.id),
    open: problem !== null,
    outcome: {
      name: 'outcome',
      legend: t('goals.track.end'),
      value: problem?.typed['outcome'] ?? null,
      error: errorOf(problem?.fields ?? [], 'outcome'),
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
      sees: seesOf(words, facts).advisor,
      ...withProblem(problem, 'words'),
    },
  };
}

export function dropForm(
  words: Words,
  facts: GoalFacts,
  problem: TrackProblem | null,
): NonNullable<Track['drop']> {
  const { t } = words;
  const { goal, plan } = facts;
  return {
    action: paths.dropGoal(goal.id),
    open: problem !== null,
    amends: isInUse(plan) ? t('goals.track.dropAmends', { advisor: advisorIn(words, facts) }) : null,
    reason: {
      name: 'reason',
      label: t('goals.track.drop'),
      hint: t('goals.track.dropHint'),
      kind: 'textarea',
      rows: 2,
      maxLength: LIMITS.text,
      sees: seesOf(words, facts).advisor,
      ...withProblem(problem, 'reason'),
    },
  };
}

/** A career goal is looked at again: why, and what the student wants now. */
export function replaceForm(
  words: Words,
  facts: GoalFacts,
  problem: TrackProblem | null,
): NonNullable<Track['replace']> {
  const { t } = words;
  const sees = seesOf(words, facts);
  const text = { kind: 'textarea', rows: 2 } as const;
  return {
    action: paths.replaceGoal(facts.goal.id),
    open: problem !== null,
    amends: isInUse(facts.plan) ? t('goals.track.dropAmends', { advisor: advisorIn(words, facts) }) : null,
    why: {
      name: 'changeWhy',
      label: t('goals.replace.why'),
      hint: t('goals.replace.whyHint'),
      maxLength: LIMITS.text,
      sees: sees.advisor,
      ...text,
      ...withProblem(problem, 'changeWhy'),
    },
    next: {
      name: 'next',
      label: t('goals.replace.next'),
      hint: t('goals.replace.nextHint'),
      maxLength: LIMITS.line,
      sees: sees.all,
      ...text,
      ...withProblem(problem, 'next'),
    },
  };
}

export function commentForm(
  words: Words,
  facts: GoalFacts,
  problem: TrackProblem | null,
): Omit<Track['talk'], 'comments'> {
  return {
    action: paths.goalComments(facts.goal.id),
    field: {
      name: 'comment',
      label: words.t('goals.talk.write'),
      kind: 'textarea',
      rows: 2,
      maxLength: LONGEST_COMMENT,
      sees: seesOf(words, facts).advisor,
      ...withProblem(problem, 'comment'),
    },
  };
}

function withProblem(problem: TrackProblem | null, name: string): Pick<Field, 'value' | 'error'> {
  return {
    value: problem?.typed[name] ?? '',
    error: errorOf(problem?.fields ?? [], name),
  };
}
