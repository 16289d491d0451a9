/** The form in which a meeting is planned or moved: as a browser sends it, and as what it means. */
import { z } from 'zod';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { ATTENDEE_ROLES, type Attendee, type Meeting, type MeetingPlan } from './meeting.ts';
import { instantAt, isTime, wallClock } from './schoolTime.ts';

const line = z.string().max(2_000).trim().default('');
const Tick = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');

export const MeetingForm = z.strictObject({
  date: line,
  time: line,
  minutes: line,
  place: line,
  link: line,
  'with.student': Tick,
  'with.family': Tick,
  'with.advisor': Tick,
  'with.school': Tick,
  'with.other': Tick,
  'name.family': line,
  'name.school': line,
  'name.other': line,
});
export type MeetingForm = z.output<typeof MeetingForm>;

/** Who may be named: student and advisor are known. */
export const NAMED_ROLES = ['family', 'school', 'other'] as const;

/** What a new form shows. */
export function emptyMeetingForm(): MeetingForm {
  return {
    date: '',
    time: '15:30',
    minutes: '20',
    place: '',
    link: '',
    'with.student': true,
    'with.family': true,
    'with.advisor': true,
    'with.school': false,
    'with.other': false,
    'name.family': '',
    'name.school': '',
    'name.other': '',
  };
}

export function formOfMeeting(meeting: Meeting, zone: string): MeetingForm {
  const { day, time } = wallClock(meeting.startsAt, zone);
  const { place, link, attendees } = meeting;
  const comes = (role: Attendee['role']): boolean => attendees.some((one) => one.role === role);
  const name = (role: Attendee['role']): string => attendees.find((one) => one.role === role)?.name ?? '';
  return {
    date: day,
    time,
    minutes: String(meeting.minutes),
    place,
    link,
    'with.student': comes('student'),
    'with.family': comes('family'),
    'with.advisor': comes('advisor'),
    'with.school': comes('school'),
    'with.other': comes('other'),
    'name.family': name('family'),
    'name.school': name('school'),
    'name.other': name('other'),
  };
}

/** @param zone the school's @throws Invalid for a day or a time that is none there */
export function readMeetingForm(form: MeetingForm, zone: string): MeetingPlan {
  const problems: FieldError[] = [
    ...(isDay(form.date) ? [] : [{ field: 'date', message: say('meetings.error.day') }]),
    ...(isTime(form.time) ? [] : [{ field: 'time', message: say('meetings.error.time') }]),
    ...(/^\d{1,3}$/.test(form.minutes) ? [] : [{ field: 'minutes', message: say('meetings.error.minutes') }]),
  ];
  if (problems.length > 0) throw new Invalid(problems);
  const startsAt = instantAt(form.date, form.time, zone);
  if (!startsAt) throw new Invalid([{ field: 'time', message: say('meetings.error.gap') }]);
  const { place, link } = form;
  return { startsAt, minutes: Number(form.minutes), place, link, attendees: attendeesOf(form) };
}

function attendeesOf(form: MeetingForm): Attendee[] {
  return ATTENDEE_ROLES.filter((role) => form[`with.${role}`]).map((role) => ({
    role,
    name: role === 'student' || role === 'advisor' ? '' : form[`name.${role}`],
    came: null,
  }));
}

/** What was typed into a refused form, as far as it can be shown again. */
export function typedMeetingForm(typed: Record<string, unknown>): MeetingForm {
  const known = Object.fromEntries(
    Object.keys(MeetingForm.shape).flatMap((name) =>
      typeof typed[name] === 'string' ? [[name, typed[name].slice(0, 2_000)]] : [],
    ),
  );
  const parsed = MeetingForm.safeParse(known);
  return parsed.success ? parsed.data : emptyMeetingForm();
}
