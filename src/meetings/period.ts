import { Temporal } from 'temporal-polyfill';
import { boundsOf, schoolYearOf } from '../shared/schoolYear.ts';

/** One stretch of a school year in which a plan is looked at once. */
export interface Period {
  /** School year, by the calendar year it begins in. */
  year: number;
  /** 1 is the year's first. */
  period: number;
  /** First and last calendar day in the school's zone, `YYYY-MM-DD`. */
  from: string;
  to: string;
}

/** More than monthly would be no review any more. */
const MOST_PERIODS = 12;

/**
 * A school year cut into equal stretches of months.
 * @param perYear the framework's cadence; less than 1 counts as 1, more than 12 as 12
 * @param starts the first day of a school year, `MM-DD`
 */
export function periodsOf(year: number, perYear: number, starts: string): Period[] {
  const count = Math.min(Math.max(Math.floor(perYear), 1), MOST_PERIODS);
  const { from, to } = boundsOf(year, starts);
  const begins = Array.from({ length: count }, (_, index) =>
    Temporal.PlainDate.from(from).add({ months: Math.floor((index * 12) / count) }),
  );
  return begins.map((begin, index) => ({
    year,
    period: index + 1,
    from: begin.toString(),
    to: begins[index + 1]?.subtract({ days: 1 }).toString() ?? to,
  }));
}

/** The period a calendar day of the school falls in. */
export function periodAt(day: string, perYear: number, starts: string): Period {
  const periods = periodsOf(schoolYearOf(day, starts), perYear, starts);
  const found = periods.find(({ from, to }) => from <= day && day <= to);
  if (!found) throw new Error(`No review period holds ${day}.`);
  return found;
}
