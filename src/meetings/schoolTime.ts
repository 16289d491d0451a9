/** Wall-clock times of a school, which change twice a year, and the instants they are. */
import { Temporal } from 'temporal-polyfill';
import type { Translate } from '../shared/i18n.ts';

/**
 * The instant of a day and a time where the school is. An hour that happens twice (clocks go back) is its first.
 * @param day `YYYY-MM-DD` @param time `HH:MM` @param zone IANA name
 * @returns null for a time that does not exist on that day (clocks go forward)
 */
export function instantAt(day: string, time: string, zone: string): Date | null {
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const exists = found.toPlainDateTime().equals(wanted);
  return exists ? new Date(found.epochMilliseconds) : null;
}

/** The wall-clock day and time of an instant, as form fields hold them. */
export function wallClock(at: Date, zone: string): { day: string; time: string } {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return {
    day: there.toPlainDate().toString(),
    time: there.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** `HH:MM` of a day. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** "Central Time", as people say it at any time of the year; the IANA name where the language has none. */
export function zoneName(t: Pick<Translate, 'locale'>, zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat(t.locale, { timeZone: zone, timeZoneName: 'longGeneric' });
  return parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
