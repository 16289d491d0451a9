/** Marks as US schools write them: letters with plus and minus, percent, or pass and fail. */

const LETTER: Readonly<Record<string, number>> = { A: 95, B: 85, C: 75, D: 65, F: 50, E: 50 };
/** Passed without a letter counts as a C, as most colleges read it. */
const WORDS: Readonly<Record<string, number>> = {
  P: 75,
  CR: 75,
  S: 75,
  NP: 0,
  NC: 0,
  U: 0,
  I: 0,
  W: 0,
  WF: 0,
};
const LOWEST_PASS = 60;
const STEP = 3;

/** Where a mark stands between 0 and 100; null when it is not a mark we know. */
export function rankOf(mark: string): number | null {
  const text = mark.trim().toUpperCase().replaceAll('−', '-');
  const percent = /^\d{1,3}(?:\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : null;
  if (percent !== null) return percent <= 100 ? percent : null;
  const [, letter = '', sign = ''] = /^([A-F])([+-]?)$/.exec(text) ?? [];
  const base = LETTER[letter];
  if (base !== undefined) return base + (sign === '+' ? STEP : sign === '-' ? -STEP : 0);
  return WORDS[text] ?? null;
}

export function isMark(mark: string): boolean {
  return rankOf(mark) !== null;
}

/** A course without a mark that is called completed has been passed. */
export function isPassing(mark: string | null): boolean {
  return mark === null || (rankOf(mark) ?? 0) >= LOWEST_PASS;
}

/**
 * At least this mark. Letters compare as letters; a percent meets a letter from its lower end on: 70 is a C, as
 * in schools that give no plus and minus, 77 a C+.
 */
export function reaches(mark: string, minimum: string): boolean {
  const rank = rankOf(mark) ?? 0;
  return rank >= (isPercent(mark) ? lowerEnd(minimum) : (rankOf(minimum) ?? 0));
}

function isPercent(mark: string): boolean {
  return /^\d/.test(mark.trim());
}

function lowerEnd(minimum: string): number {
  const rank = rankOf(minimum) ?? 0;
  if (isPercent(minimum)) return rank;
  const text = minimum.trim();
  return text.endsWith('+') ? rank - 1 : text.endsWith('-') ? rank - 2 : rank - 5;
}
