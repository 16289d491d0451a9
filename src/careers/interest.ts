import { LETTERS, type Letter } from '../inventory/riasec.ts';
import type { Option } from './career.ts';

/** A student's answers to the interest inventory: how much of each kind, and the letters from strongest to least. */
export interface Interests {
  scores: Readonly<Record<Letter, number>>;
  code: string;
  takenAt: Date;
}

/** An option with the student's own interests it is suggested for, strongest first. */
export interface Suggestion<T extends Option = Option> {
  option: T;
  because: readonly Letter[];
}

/** How much the first, second and third letter of an option say about it. */
const WEIGHTS = [3, 2, 1] as const;

/** The student's strongest interests: up to three of the code, none that was scored 0. */
export function strongest({ scores, code }: Interests): Letter[] {
  const letters = code
    .toUpperCase()
    .split('')
    .filter((letter): letter is Letter => (LETTERS as readonly string[]).includes(letter));
  return [...new Set(letters)].filter((letter) => scores[letter] > 0).slice(0, 3);
}

/** The interests that an option and the student share, in the student's order. */
export function sharedInterests(option: Pick<Option, 'interests'>, interests: Interests): Letter[] {
  return strongest(interests).filter((letter) => option.interests.slice(0, 3).includes(letter));
}

/**
 * Options whose main interest is one of the student's strongest, the best match first. The reason is the shared
 * letters: nobody is told "a computer thinks so".
 */
export function suggestionsFrom<T extends Option>(
  options: readonly T[],
  interests: Interests,
  limit: number,
): Suggestion<T>[] {
  const mine = strongest(interests);
  return options
    .filter(({ interests: [main] }) => main !== undefined && mine.includes(main))
    .map((option) => ({ option, fit: fitOf(option, interests, mine) }))
    .toSorted((a, b) => b.fit - a.fit || a.option.title.localeCompare(b.option.title))
    .slice(0, limit)
    .map(({ option }) => ({ option, because: sharedInterests(option, interests) }));
}

/** How well an option fits: its letters weighted 3, 2, 1, each by the student's score for it (0–1 of the highest). */
function fitOf(
  { interests: letters }: Pick<Option, 'interests'>,
  { scores }: Interests,
  mine: readonly Letter[],
): number {
  const highest = Math.max(1e-9, ...Object.values(scores));
  return WEIGHTS.reduce((sum, weight, index) => {
    const letter = letters[index];
    if (letter === undefined) return sum;
    return sum + weight * (mine.includes(letter) ? scores[letter] / highest : 0);
  }, 0);
}
