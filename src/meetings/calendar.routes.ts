import type { Response } from 'express';
import type { Words } from '../shared/page.ts';
import { calendarOf } from './calendar.ts';
import type { Meeting } from './meeting.ts';
import { peopleOf } from './words.page.ts';

/** Answers with a meeting as a file for a calendar; kept by no cache, since it may move. */
export function sendCalendar(res: Response, words: Words, meeting: Meeting, title: string, now: Date): void {
  const { t } = words;
  // Roles alone: names and addresses stay in Waymark (quality.md D9).
  const roles = meeting.attendees.map((one) => ({ ...one, name: '' }));
  const people = t('meetings.calendar.people', { people: peopleOf(words, roles) });
  const text = calendarOf(meeting, { title, people, about: t('meetings.calendar.about') }, now);
  res.attachment('plan-meeting.ics');
  res.set({ 'Content-Type': 'text/calendar; charset=utf-8', 'Cache-Control': 'no-store' });
  res.send(text);
}
