import { Temporal } from 'temporal-polyfill';

/** A calendar day as forms send it, `YYYY-MM-DD`; null when it is none. */
export function parseDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** The last second of a calendar day where the school is. @param zone IANA name */
export function endOfDay(day: string, zone: string): Date {
  const last = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' });
  return new Date(last.epochMilliseconds);
}
