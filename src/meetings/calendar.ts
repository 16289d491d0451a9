/** A meeting as a calendar file (RFC 5545), in UTC: no time zone rules to get wrong on somebody's phone. */
import { createEvent, type DateTime, type EventAttributes } from 'ics';
import { endOf, type Meeting } from './meeting.ts';

export interface CalendarWords {
  title: string;
  /** Who comes, by role; never an address (a calendar would write to it by itself). */
  people: string;
  /** Where the meeting can be read. */
  about: string;
}

/** Characters that end a line for some reader of the file, or that no reader shows. */
// oxlint-disable-next-line no-control-regex
const LINE_ENDS = /\r\n|[\r\n\u0085\u2028\u2029\u000b\u000c]/g;
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

/**
 * The library escapes backslash, comma, semicolon and the line feed; a lone carriage return and other line ends it
 * lets through, which would start a property of somebody else's choice.
 */
function safe(text: string): string {
  return text.replaceAll(LINE_ENDS, '\n').replaceAll(UNSEEN, '').trim();
}

function oneLine(text: string): string {
  return safe(text).replaceAll(/\s+/g, ' ');
}

/** @returns the file's text, lines ended by CR LF @throws when the library refuses the event */
export function calendarOf(meeting: Meeting, words: CalendarWords, now: Date): string {
  const event: EventAttributes & { timestamp: DateTime } = {
    uid: `${meeting.id}@waymark`,
    timestamp: now.getTime(),
    sequence: meeting.sequence,
    start: meeting.startsAt.getTime(),
    end: endOf(meeting).getTime(),
    title: oneLine(words.title),
    description: [words.people, words.about].map(oneLine).filter(Boolean).join('\n'),
    status: meeting.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    classification: 'PRIVATE',
    productId: '-//Waymark//Meetings//EN',
    method: meeting.state === 'cancelled' ? 'CANCEL' : 'PUBLISH',
    ...(meeting.place ? { location: oneLine(meeting.place) } : {}),
    ...(meeting.link ? { url: new URL(meeting.link).href } : {}),
  };
  const { error, value } = createEvent(event);
  if (error || value === null) throw error ?? new Error('no calendar file');
  return value;
}
