/** School years are named by the calendar year they begin in: 2026 is 2026–27. */

/**
 * @param day calendar day in the school's zone, `YYYY-MM-DD`
 * @param starts the first day of a school year, `MM-DD`
 */
export function schoolYearOf(day: string, starts: string): number {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= starts ? year : year - 1;
}

/** First and last calendar day of a school year. */
export function boundsOf(year: number, starts: string): { from: string; to: string } {
  const next = new Date(`${year + 1}-${starts}T00:00:00Z`);
  const to = new Date(next.getTime() - 24 * 60 * 60_000).toISOString().slice(0, 10);
  return { from: `${year}-${starts}`, to };
}

/** "2026–27", as schools write it. */
export function nameOfYear(year: number): string {
  return `${year}–${String((year + 1) % 100).padStart(2, '0')}`;
}
