import type { Words } from './page.ts';

/** The time of day of the last save, for the status line beside a form; null unless it was today. */
export function savedToday({ fmt }: Pick<Words, 'fmt'>, at: Date | null, now: Date): string | null {
  return at && fmt.dayOf(at) === fmt.dayOf(now) ? fmt.time(at) : null;
}
