import type { Translate } from './i18n.ts';

/** An instant, or a calendar day `YYYY-MM-DD` that has no time zone (a due date). */
type Day = Date | string;

/** Dates, times and numbers as one person reads them: their language, their time zone. */
export interface Format {
  /** "October 16, 2026" */
  date(day: Day): string;
  /** "Friday, October 16" */
  weekday(day: Day): string;
  /** "Oct 16" */
  short(day: Day): string;
  /** "3:40 PM" */
  time(instant: Date): string;
  /** "Yesterday at 3:40 PM"; beyond a day "Friday, October 2 at 3:40 PM", beyond a year with the year. */
  moment(instant: Date, now: Date): string;
  /** "tomorrow", "in 10 days", "3 days ago": whole days between two calendar days. */
  daysFrom(day: string, today: string): string;
  /** The calendar day of an instant in this person's zone, `YYYY-MM-DD`. */
  dayOf(instant: Date): string;
  /** For a date tile: `{ month: 'OCT', day: '21' }`. */
  tile(day: Day): { month: string; day: string };
  number(value: number): string;
  /** 0.64 → "64%" */
  percent(share: number): string;
  /** "a, b and c" */
  list(items: readonly string[]): string;
  readonly timeZone: string;
}

/** Each formatter is made once: making one costs a hundred times what using it does. */
function kept<O extends object, T>(
  make: (locale: string, options: O) => T,
): (locale: string, options: O) => T {
  const made = new Map<string, T>();
  return (locale, options) => {
    const id = locale + JSON.stringify(options);
    const known = made.get(id) ?? make(locale, options);
    made.set(id, known);
    return known;
  };
}

const dateFormat = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
const numberFormat = kept(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
const relativeFormat = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);
const listFormat = kept((locale, options: Intl.ListFormatOptions) => new Intl.ListFormat(locale, options));
/** The calendar day `YYYY-MM-DD` of an instant in an IANA time zone. */
export function dayIn(instant: Date, timeZone: string): string {
  return dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** Whether a time zone an LMS sent is one we can use (Canvas may send an empty or invented one). */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Formatters of one language and IANA time zone. An unusable zone throws: check with `isTimeZone` first. */
export function formatter(t: Translate, timeZone: string): Format {
  const locale = t.locale === 'en' ? 'en-US' : t.locale;
  const print = (day: Day, options: Intl.DateTimeFormatOptions): string =>
    typeof day === 'string'
      ? plain(dateFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)))
      : plain(dateFormat(locale, { ...options, timeZone }).format(day));
  const dayOf = (instant: Date): string => dayIn(instant, timeZone);
  const time = (instant: Date): string => print(instant, { timeStyle: 'short' });
  const date = (day: Day): string => print(day, { dateStyle: 'long' });
  const weekday = (day: Day): string => print(day, { weekday: 'long', month: 'long', day: 'numeric' });

  return {
    timeZone,
    date,
    weekday,
    dayOf,
    time,
    short: (day) => print(day, { month: 'short', day: 'numeric' }),
    moment(instant, now) {
      const [day, today] = [dayOf(instant), dayOf(now)];
      const near = { 0: t('time.today'), [-1]: t('time.yesterday'), 1: t('time.tomorrow') }[
        daysBetween(today, day)
      ];
      const far = Math.abs(daysBetween(today, day)) < 365 ? weekday(instant) : date(instant);
      return t('time.at', { day: near ?? far, time: time(instant) });
    },
    daysFrom: (day, today) =>
      relativeFormat(locale, { numeric: 'auto' }).format(daysBetween(today, day), 'day'),
    tile: (day) => ({
      month: print(day, { month: 'short' }).replace('.', '').toLocaleUpperCase(locale),
      day: print(day, { day: 'numeric' }),
    }),
    number: (value) => numberFormat(locale, {}).format(value),
    percent: (share) => numberFormat(locale, { style: 'percent' }).format(share),
    list: (items) => listFormat(locale, { type: 'conjunction' }).format(items),
  };
}

const DAY_MS = 86_400_000;

/** Whole days from one calendar day to another: 1 when `to` is tomorrow. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Newer ICU data puts a narrow no-break space before PM; the same text on every Node is worth more. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ');
