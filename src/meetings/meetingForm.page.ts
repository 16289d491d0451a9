import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Words } from '../shared/page.ts';
import type { Field } from '../shared/parts.ts';
import { NAMED_ROLES, type MeetingForm } from './meetingForm.ts';
import { ATTENDEE_ROLES, MEETING_LIMITS } from './meeting.ts';
import { zoneName } from './schoolTime.ts';

/** The fields of a meeting's date, place and people. */
export interface MeetingFields {
  date: Field;
  time: { id: string; label: string; value: string; error: string | null };
  minutes: Field;
  place: Field;
  link: Field;
  zone: string;
  people: { tick: { name: string; label: string; checked: boolean }; name: Field | null }[];
}

export function meetingFields(
  { t }: Words,
  form: MeetingForm,
  problems: readonly FieldError[],
  { zone, now }: { zone: string; now: Date },
): MeetingFields {
  const error = (name: string): string | null => errorOf(problems, name);
  const field = (name: 'place' | 'link' | 'minutes', more: Partial<Field>): Field => ({
    name,
    label: t(`meetings.staff.${name}`),
    value: form[name],
    error: error(name),
    compact: true,
    ...more,
  });
  const named = (role: (typeof NAMED_ROLES)[number]): Field => ({
    name: `name.${role}`,
    label: t('meetings.staff.name'),
    more: t('meetings.staff.nameOf', { role: t(`meetings.role.${role}`) }),
    value: form[`name.${role}`],
    error: error(`name.${role}`),
    compact: true,
    optional: true,
    maxLength: MEETING_LIMITS.line,
  });
  return {
    date: {
      name: 'date',
      label: t('meetings.staff.date'),
      kind: 'date',
      value: form.date,
      error: error('date'),
      compact: true,
    },
    time: { id: 'time', label: t('meetings.staff.time'), value: form.time, error: error('time') },
    minutes: field('minutes', { kind: 'number', width: 'short' }),
    place: field('place', { hint: t('meetings.staff.placeHint'), maxLength: MEETING_LIMITS.line }),
    link: field('link', { kind: 'url', optional: true, maxLength: 500 }),
    zone: t('meetings.staff.zone', { zone: zoneName(t, zone, now) }),
    people: ATTENDEE_ROLES.map((role) => ({
      tick: { name: `with.${role}`, label: t(`meetings.role.${role}`), checked: form[`with.${role}`] },
      name: role === 'student' || role === 'advisor' ? null : named(role),
    })),
  };
}
