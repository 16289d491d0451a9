import type { StandingNow } from '../plans/standing.ts';
import { answersIn, codeOf, scoresOf, type Answer, type Scored, type Scores } from './riasec.ts';

/** One time a student answers an interest inventory, or says that last year's answers are still true, or skips it. */
export interface Sitting {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  /** The item bank; null for a year that was skipped. */
  bank: string | null;
  status: SittingStatus;
  answers: Answer[];
  /** Null until it is done. */
  scores: Scores | null;
  code: string | null;
  /** The sitting whose answers it began with. */
  from: string | null;
  /** Why the student skipped this year. */
  reason: string | null;
  /** The plan's school year it counts for. */
  year: number;
  startedAt: Date;
  /** When it was done, confirmed, put away or skipped. */
  endedAt: Date | null;
}

/**
 * `open` is being answered; `answered` and `confirmed` count; `away` was put away without an end; `skipped` has a reason
 * and no answers.
 */
export type SittingStatus = 'open' | 'answered' | 'confirmed' | 'away' | 'skipped';

/** A sitting that has a result. */
export type Done = Sitting & { bank: string; scores: Scores; code: string; endedAt: Date };

/** What keeps the history bounded: sittings in one school year, and the longest reason. */
export const SITTING_LIMITS = { perYear: 8, reason: 500 } as const;

export function isDone(sitting: Sitting): sitting is Done {
  return sitting.status === 'answered' || sitting.status === 'confirmed';
}

/** The sittings with a result, newest first. */
export function doneOf(sittings: readonly Sitting[]): Done[] {
  return sittings.filter(isDone).toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime());
}

export function openOf(sittings: readonly Sitting[]): (Sitting & { bank: string }) | null {
  return (
    sittings.find((one): one is Sitting & { bank: string } => one.status === 'open' && one.bank !== null) ??
    null
  );
}

export function skipOf(sittings: readonly Sitting[], year: number): Sitting | null {
  return sittings.find((one) => one.status === 'skipped' && one.year === year) ?? null;
}

/** Every sitting counts, so that neither retakes nor those put away grow without end. */
export function mayStart(sittings: readonly Sitting[], year: number): boolean {
  return sittings.filter((one) => one.year === year).length < SITTING_LIMITS.perYear;
}

/** Where the student is with their interests, which decides what the page offers. */
export type Stage = 'new' | 'open' | 'stillTrue' | 'skipped' | 'done';

/** An open retake never hides what is already done this year. */
export function stageOf(sittings: readonly Sitting[], year: number): Stage {
  const [last] = doneOf(sittings);
  if (last?.year === year) return 'done';
  if (openOf(sittings)) return 'open';
  if (skipOf(sittings, year)) return 'skipped';
  return last ? 'stillTrue' : 'new';
}

/**
 * What the student's sittings are worth in a school year: whole when answered or confirmed in it; begun by the share
 * answered (at most 0.9: it is whole only when the student has ended it).
 * @param bank of the open sitting
 */
export function interestStandings(
  sittings: readonly Sitting[],
  year: number,
  bank: Scored | null,
): [StandingNow] {
  return [{ component: 'self.interests', credit: creditOf(sittings, year, bank), verified: false }];
}

function creditOf(sittings: readonly Sitting[], year: number, bank: Scored | null): number {
  if (stageOf(sittings, year) === 'done') return 1;
  const open = openOf(sittings);
  if (!open || !bank || bank.items.length === 0) return 0;
  const share = answersIn(bank, open.answers).size / bank.items.length;
  return Math.min(0.9, Math.round(share * 100) / 100);
}

/** The sitting with these answers on top of the ones it has; only what fits the bank. */
export function withAnswers(sitting: Sitting, bank: Scored, news: readonly Answer[]): Sitting {
  const merged = answersIn(bank, [...sitting.answers, ...news]);
  return { ...sitting, answers: bank.items.flatMap(({ id }) => answerOf(id, merged.get(id))) };
}

function answerOf(item: string, value: number | undefined): Answer[] {
  return value === undefined ? [] : [{ item, value }];
}

/** The sitting with its result, counting for `year`. */
export function ended(sitting: Sitting, bank: Scored, year: number, now: Date): Sitting {
  const scores = scoresOf(bank, sitting.answers);
  return { ...sitting, status: 'answered', scores, code: codeOf(scores), year, endedAt: now };
}
