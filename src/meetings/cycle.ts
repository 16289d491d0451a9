/**
 * Review cycle: one look at the plan per period. scheduled → self_review → family_input → advisor_review →
 * held | missed → signed_off (product.md, "Reviews"). Its state is not set but follows from what is there, so
 * that no order of writing, two tabs included, leaves it somewhere it cannot be.
 */
import { Conflict } from '../shared/errors.ts';
import { say } from '../plans/say.ts';
import type { MeetingState } from './meeting.ts';
import type { Period } from './period.ts';

export type CycleState =
  'scheduled' | 'self_review' | 'family_input' | 'advisor_review' | 'held' | 'missed' | 'signed_off';

export const QUESTION_KEYS = ['well', 'hard', 'changed', 'next'] as const;
export type QuestionKey = (typeof QUESTION_KEYS)[number];

/** The student's own look back. */
export interface SelfReview {
  answers: Record<QuestionKey, string>;
  /** "I've finished": said by the student. */
  finished: boolean;
  /** Rises with each change; two tabs are told apart by it. */
  version: number;
  changedAt: Date | null;
}

/** What autosave and the form send of it. */
export type SelfReviewForm = Pick<SelfReview, 'answers' | 'finished'>;

/** What the family said, written down by staff. */
export interface FamilyInput {
  text: string;
  /** Who said it, as staff names them: "Mother". */
  who: string;
  /** Calendar day in the school's zone. */
  toldOn: string;
  by: string;
  at: Date;
}

/** Words with who wrote them when. */
export interface Said {
  text: string;
  by: string;
  at: Date;
}

export interface ReviewCycle extends Period {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  state: CycleState;
  selfReview: SelfReview;
  family: FamilyInput | null;
  /** Why the family gives nothing this time. */
  familyNone: Said | null;
  /** The advisor's own look, for the talk. The student reads it. */
  advisor: Said | null;
  signedOff: { by: string; at: Date } | null;
  createdAt: Date;
}

export const CYCLE_LIMITS = { answer: 3_000, words: 3_000, line: 300 } as const;

export function blankCycle(
  of: { id: string; institution: string; person: string },
  { year, period, from, to }: Period,
  now: Date,
): ReviewCycle {
  return {
    ...of,
    year,
    period,
    from,
    to,
    state: 'scheduled',
    selfReview: {
      answers: { well: '', hard: '', changed: '', next: '' },
      finished: false,
      version: 0,
      changedAt: null,
    },
    family: null,
    familyNone: null,
    advisor: null,
    signedOff: null,
    createdAt: now,
  };
}

export function hasBegun({ answers }: SelfReview): boolean {
  return QUESTION_KEYS.some((key) => answers[key].trim() !== '');
}

/**
 * Where a cycle stands. @param meetings the states of the meetings of its period
 */
export function stateOf(
  cycle: Pick<ReviewCycle, 'selfReview' | 'family' | 'familyNone' | 'signedOff'>,
  meetings: readonly MeetingState[],
): CycleState {
  if (cycle.signedOff) return 'signed_off';
  if (meetings.includes('held')) return 'held';
  if (meetings.includes('missed') && !meetings.includes('planned')) return 'missed';
  if (!cycle.selfReview.finished) return hasBegun(cycle.selfReview) ? 'self_review' : 'scheduled';
  return cycle.family || cycle.familyNone ? 'advisor_review' : 'family_input';
}

/** A finished review stays as it is. @throws Conflict in words */
export function refuseSignedOff({ state }: Pick<ReviewCycle, 'state'>, what: CycleChange): void {
  if (state === 'signed_off') throw refusal(state, what, OPEN_STATES);
}

/** @throws Conflict unless the meeting was held or missed */
export function signedOff(cycle: ReviewCycle, by: string, at: Date): ReviewCycle {
  if (cycle.state !== 'held' && cycle.state !== 'missed')
    throw refusal(cycle.state, 'signOff', ['held', 'missed']);
  return { ...cycle, signedOff: { by, at }, state: 'signed_off' };
}

export type CycleChange = 'write' | 'meet' | 'signOff';

const OPEN_STATES = [
  'scheduled',
  'self_review',
  'family_input',
  'advisor_review',
  'held',
  'missed',
] as const satisfies readonly CycleState[];

function refusal(state: CycleState, what: CycleChange, allowed: readonly CycleState[]): Conflict {
  const list = new Intl.ListFormat(say.locale, { type: 'disjunction' });
  return new Conflict(
    say('meetings.error.cycle', {
      what: say(`meetings.change.${what}`),
      state: say(CYCLE_LABEL[state]),
      allowed: list.format(allowed.map((one) => say(CYCLE_LABEL[one]))),
    }),
    `${what} in ${state}`,
  );
}

export const CYCLE_LABEL = {
  scheduled: 'meetings.cycle.scheduled',
  self_review: 'meetings.cycle.selfReview',
  family_input: 'meetings.cycle.familyInput',
  advisor_review: 'meetings.cycle.advisorReview',
  held: 'meetings.cycle.held',
  missed: 'meetings.cycle.missed',
  signed_off: 'meetings.cycle.signedOff',
} as const satisfies Record<CycleState, string>;
