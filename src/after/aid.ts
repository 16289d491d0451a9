/**
 * The list of financial-aid steps. General, for schools in the United States; each names where a family can read
 * more. It explains and gives no advice: what fits a family, the family and the school's counselor decide.
 */
import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { LIMITS, type AfterPlan } from './after.ts';

export const AID_KEYS = [
  'talk',
  'netPrice',
  'account',
  'fafsa',
  'state',
  'forms',
  'scholarships',
  'training',
  'check',
  'offers',
  'answer',
] as const;
export type AidKey = (typeof AID_KEYS)[number];

/** Who publishes what the step is about. Names, as the sources call themselves. */
export const AID_SOURCES: Readonly<Record<AidKey, string>> = {
  talk: 'Federal Student Aid, U.S. Department of Education (studentaid.gov)',
  netPrice: 'College Navigator, National Center for Education Statistics (nces.ed.gov/collegenavigator)',
  account: 'Federal Student Aid, U.S. Department of Education (studentaid.gov)',
  fafsa: 'Federal Student Aid, U.S. Department of Education (studentaid.gov)',
  state: 'National Association of State Student Grant and Aid Programs (nassgap.org)',
  forms: 'College Board, CSS Profile (cssprofile.collegeboard.org)',
  scholarships: 'CareerOneStop, U.S. Department of Labor; Federal Trade Commission (consumer.ftc.gov)',
  training: 'CareerOneStop and Apprenticeship.gov, U.S. Department of Labor',
  check: 'Federal Student Aid, U.S. Department of Education (studentaid.gov)',
  offers: 'Consumer Financial Protection Bureau (consumerfinance.gov)',
  answer: 'Federal Student Aid, U.S. Department of Education (studentaid.gov)',
};

export const AID_ANSWERS = ['todo', 'done', 'notForMe'] as const;
export type AidAnswer = (typeof AID_ANSWERS)[number];

export interface AidMark {
  /** One of AID_KEYS, or the id of an own step. */
  step: string;
  answer: AidAnswer;
  /** Calendar day `YYYY-MM-DD` the student set, or none. */
  due: string | null;
  at: Date;
}

export interface OwnAidStep {
  id: string;
  title: string;
}

type Aid = Pick<AfterPlan, 'aid' | 'ownAid'>;

/** Every step on this student's list, ours first. */
export function aidSteps({ ownAid }: Pick<Aid, 'ownAid'>): string[] {
  return [...AID_KEYS, ...ownAid.map(({ id }) => id)];
}

export function answerOf({ aid }: Pick<Aid, 'aid'>, step: string): AidAnswer {
  return markOf(aid, step)?.answer ?? 'todo';
}

export function dueOf({ aid }: Pick<Aid, 'aid'>, step: string): string | null {
  return markOf(aid, step)?.due ?? null;
}

/** How many steps are done or not for this student, of how many. */
export function aidTally(after: Aid): { answered: number; total: number } {
  const steps = aidSteps(after);
  return { answered: steps.filter((step) => answerOf(after, step) !== 'todo').length, total: steps.length };
}

/** Answers a step, or sets its day. @throws NotFound for a step that is not on the list */
export function markingAid(
  before: AfterPlan,
  step: string,
  change: Partial<Pick<AidMark, 'answer' | 'due'>>,
  now: Date,
): AfterPlan {
  if (!aidSteps(before).includes(step)) throw new NotFound(`financial-aid step ${step}`);
  const known = markOf(before.aid, step);
  const mark = { ...(known ?? { step, answer: 'todo', due: null, at: now }), ...change } satisfies AidMark;
  if (mark.answer === answerOf(before, step) && mark.due === dueOf(before, step)) return before;
  const others = before.aid.filter((one) => one !== known);
  return { ...before, aid: [...others, { ...mark, at: now }] };
}

export function addingAid(before: AfterPlan, own: OwnAidStep, due: string | null, now: Date): AfterPlan {
  if (own.title === '') throw new Invalid([{ field: 'title', message: say('after.error.step') }]);
  if (before.ownAid.length >= LIMITS.ownAid)
    throw new Invalid([{ field: 'title', message: say('after.error.manySteps', { limit: LIMITS.ownAid }) }]);
  return markingAid({ ...before, ownAid: [...before.ownAid, own] }, own.id, { due }, now);
}

/** Only own steps can be taken off; one already gone stays gone. */
export function removingAid(before: AfterPlan, step: string): AfterPlan {
  if (!before.ownAid.some(({ id }) => id === step)) return before;
  return {
    ...before,
    ownAid: before.ownAid.filter(({ id }) => id !== step),
    aid: before.aid.filter((mark) => mark.step !== step),
  };
}

function markOf(aid: readonly AidMark[], step: string): AidMark | null {
  return aid.find((mark) => mark.step === step) ?? null;
}
