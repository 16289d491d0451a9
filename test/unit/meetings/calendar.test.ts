import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../src/meetings/calendar.ts';
import { instantAt, wallClock, zoneName } from '../../../src/meetings/schoolTime.ts';
import { isWebAddress } from '../../../src/meetings/meeting.service.ts';
import { whenOf } from '../../../src/meetings/words.page.ts';
import { NOW } from '../../support/build.ts';
import { words } from '../views/render.ts';
import { aMeeting } from './aMeeting.ts';

const WORDS = {
  title: 'Plan meeting',
  people: 'With: Student, Family, and Advisor',
  about: 'Open your plan.',
};
const meeting = aMeeting({ id: '0123456789abcdef01234567', link: 'https://video.example/room?x=1' });

/** Unfolded lines, as a calendar reads them. */
const linesOf = (file: string): string[] => file.replaceAll(/\r\n[ \t]/g, '').split('\r\n');

describe('a calendar file', () => {
  it('is this one, in UTC', () => {
    expect(linesOf(calendarOf(meeting, WORDS, NOW))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'PRODID:-//Waymark//Meetings//EN',
      'METHOD:PUBLISH',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:0123456789abcdef01234567@waymark',
      'SUMMARY:Plan meeting',
      'DTSTAMP:20261005T140000Z',
      'DTSTART:20261021T201500Z',
      'DTEND:20261021T203500Z',
      'SEQUENCE:0',
      'DESCRIPTION:With: Student\\, Family\\, and Advisor\\nOpen your plan.',
      'URL:https://video.example/room?x=1',
      'LOCATION:Room 204',
      'STATUS:CONFIRMED',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('of a meeting that was called off takes it out again', () => {
    const file = calendarOf({ ...meeting, state: 'cancelled', sequence: 2 }, WORDS, NOW);
    expect(file).toContain('METHOD:CANCEL\r\n');
    expect(file).toContain('SEQUENCE:2\r\n');
    expect(file).toContain('STATUS:CANCELLED\r\n');
  });

  it('holds no property of anybody’s choice, whatever was typed', () => {
    const piece = fc.constantFrom(
      '\r\n',
      '\r',
      '\n',
      '\u2028',
      '\u0085',
      '\u000b',
      '\u0000',
      'ATTENDEE;CN=x:mailto:a@b.example',
      'END:VEVENT',
      '\\',
      ';',
      ',',
      'Zoë 🙂',
      ' ',
    );
    const hostile = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const names = linesOf(calendarOf({ ...meeting, place: 'x' }, WORDS, NOW)).map(
      (line) => line.split(/[:;]/)[0],
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, place, people) => {
        const words = { ...WORDS, title: `T${title}`, people: `P${people}` };
        const file = calendarOf({ ...meeting, place: `L${place}` }, words, NOW);
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n\u2028\u2029\u0085]/);
        expect(linesOf(file).map((line) => line.split(/[:;]/)[0])).toEqual(names);
      }),
    );
  });

  it('takes links to the web only', () => {
    for (const good of ['https://video.example/a', 'http://10.0.0.1/b'])
      expect(isWebAddress(good)).toBe(true);
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://a.example/\nX:1',
      'ftp://a.example',
      'https://me@a.example/',
      'room 204',
      '',
    ])
      expect(isWebAddress(bad)).toBe(false);
  });
});

describe('the school’s clock', () => {
  const at = (day: string, time: string, zone: string) => instantAt(day, time, zone)?.toISOString() ?? null;

  it.each([
    ['2026-10-21', '15:15', 'America/Chicago', '2026-10-21T20:15:00.000Z'],
    ['2026-11-02', '15:15', 'America/Chicago', '2026-11-02T21:15:00.000Z'],
    ['2026-12-31', '23:45', 'Pacific/Honolulu', '2027-01-01T09:45:00.000Z'],
    ['2026-06-01', '00:00', 'Asia/Kolkata', '2026-05-31T18:30:00.000Z'],
    ['2028-02-29', '08:00', 'UTC', '2028-02-29T08:00:00.000Z'],
  ])('%s %s in %s', (day, time, zone, expected) => {
    expect(at(day, time, zone)).toBe(expected);
  });

  it('has no time in the hour that is skipped, and takes the first of the hour that comes twice', () => {
    expect(at('2027-03-14', '01:59', 'America/Chicago')).toBe('2027-03-14T07:59:00.000Z');
    expect(at('2027-03-14', '02:00', 'America/Chicago')).toBeNull();
    expect(at('2027-03-14', '02:59', 'America/Chicago')).toBeNull();
    expect(at('2027-03-14', '03:00', 'America/Chicago')).toBe('2027-03-14T08:00:00.000Z');
    expect(at('2026-11-01', '01:30', 'America/Chicago')).toBe('2026-11-01T06:30:00.000Z');
    expect(at('2026-03-29', '02:30', 'Europe/Berlin')).toBeNull();
  });

  it('shows what was typed again', () => {
    const day = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2035-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.constantFrom('America/Chicago', 'Australia/Lord_Howe', 'UTC'), (date, zone) => {
        const whole = new Date(Math.floor(date.getTime() / 60_000) * 60_000);
        const { day: text, time } = wallClock(whole, zone);
        const back = instantAt(text, time, zone);
        expect(back && wallClock(back, zone)).toEqual({ day: text, time });
      }),
    );
  });

  it('is named, in summer and winter alike', () => {
    expect(zoneName(words.t, 'America/Chicago', new Date('2026-07-01T00:00:00Z'))).toBe('Central Time');
    expect(zoneName(words.t, 'America/Chicago', new Date('2026-12-01T00:00:00Z'))).toBe('Central Time');
    expect(whenOf(words, meeting, 'America/Los_Angeles')).toBe(
      'Wednesday, October 21, 1:15 PM to 1:35 PM, Pacific Time',
    );
  });
});
