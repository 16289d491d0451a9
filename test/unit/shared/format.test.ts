import { describe, expect, test } from 'vitest';
import { daysBetween, formatter, isTimeZone } from '../../../src/shared/format.ts';
import { translator } from '../../../src/shared/i18n.ts';

const t = translator('en', 'throw');
const chicago = formatter(t, 'America/Chicago');
const now = new Date('2026-10-06T14:00:00Z');

describe('dates as people read them', () => {
  test('near days by name, far ones by weekday, other years in full', () => {
    expect(chicago.moment(new Date('2026-10-06T12:00:00Z'), now)).toBe('Today at 7:00 AM');
    expect(chicago.moment(new Date('2026-10-05T20:40:00Z'), now)).toBe('Yesterday at 3:40 PM');
    expect(chicago.moment(new Date('2026-10-02T00:22:00Z'), now)).toBe('Thursday, October 1 at 7:22 PM');
    expect(chicago.moment(new Date('2024-05-18T15:00:00Z'), now)).toBe('May 18, 2024 at 10:00 AM');
  });

  test('the day is the one in the reader’s zone', () => {
    expect(chicago.dayOf(new Date('2026-10-06T03:00:00Z'))).toBe('2026-10-05');
    expect(formatter(t, 'Asia/Tokyo').dayOf(new Date('2026-10-05T20:00:00Z'))).toBe('2026-10-06');
  });

  test('a due date has no zone: it is the same day for everybody', () => {
    const honolulu = formatter(t, 'Pacific/Honolulu');
    expect(honolulu.weekday('2026-10-16')).toBe('Friday, October 16');
    expect(honolulu.short('2026-10-09')).toBe('Oct 9');
    expect(honolulu.date('2027-03-14')).toBe('March 14, 2027');
    expect(honolulu.tile('2026-10-21')).toEqual({ month: 'OCT', day: '21' });
  });

  test('whole days, also over a change of the clock', () => {
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
    expect(chicago.daysFrom('2026-10-07', '2026-10-06')).toBe('tomorrow');
    expect(chicago.daysFrom('2026-10-16', '2026-10-06')).toBe('in 10 days');
    expect(chicago.daysFrom('2026-10-03', '2026-10-06')).toBe('3 days ago');
  });

  test('numbers, shares and lists', () => {
    expect(chicago.number(1234)).toBe('1,234');
    expect(chicago.percent(0.64)).toBe('64%');
    expect(chicago.list(['a', 'b', 'c'])).toBe('a, b, and c');
  });

  test('a zone an LMS made up is noticed', () => {
    expect(isTimeZone('America/Chicago')).toBe(true);
    expect(isTimeZone('Central Time')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });
});
