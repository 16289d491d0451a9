import { Temporal } from 'temporal-polyfill';
import { isDay } from '../shared/day.ts';

/** A calendar day as forms send it, `YYYY-MM-DD`; null when it is none. */
export function parseDay(text: string): string | null {
  return isDay(text) ? text : null;
}

/** The last second of a calendar day where the school is. @param zone IANA name */
export function endOfDay(day: string, zone: string): Date {
  const last = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' });
  return new Date(last.epochMilliseconds);
}
