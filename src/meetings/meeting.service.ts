/** Arranging a meeting and saying how it ended. What is said in it: talk.service.ts. */
import type { Change } from '../audit/event.ts';
import { schoolDay } from '../goals/goalTime.ts';
import type { Actor } from '../people/actor.ts';
import type { PlanChange } from '../plans/planChange.ts';
import { say } from '../plans/say.ts';
import { Conflict, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { agendaFrom, type AgendaItem } from './agenda.ts';
import { changeReviews, cycleOf, keepReviews } from './change.service.ts';
import type { Reviews } from './reviewFacts.ts';
import { refuseSignedOff } from './cycle.ts';
import {
  MEETING_LIMITS,
  moveMeeting,
  type AttendeeRole,
  type Meeting,
  type MeetingEvent,
  type MeetingPlan,
} from './meeting.ts';
import { findMeeting, insertMeeting, replaceMeeting } from './meeting.store.ts';
import { openOf } from './question.ts';
import { listQuestions } from './question.store.ts';
import { refuse, refuseOthersThanStaff, wordsProblem } from './roles.ts';
import { latestSelfReview } from './selfReview.service.ts';

export { listMeetings } from './meeting.store.ts';

/** More planned ones at once are a mistake. */
const MOST_PLANNED = 6;

/** @throws NotFound for a meeting that is not this student's */
export async function getMeeting(institution: string, student: string, id: string): Promise<Meeting> {
  const meeting = await findMeeting(institution, student, id);
  if (!meeting) throw new NotFound(`meeting ${id}`);
  return meeting;
}

/**
 * Plans a meeting; its agenda is filled in from the plan. It counts for the review of the period its day is in.
 * @throws Invalid for what does not fit, Conflict in words when that review is finished
 */
export async function planMeeting(
  actor: Actor,
  student: string,
  form: MeetingPlan,
  now: Date,
): Promise<Meeting> {
  refuseOthersThanStaff(actor);
  check(form);
  const made: { meeting?: Meeting } = {};
  await changeReviews(actor, student, now, async (reviews) => {
    const planned = reviews.meetings.filter(({ state }) => state === 'planned');
    const again = planned.find(({ startsAt }) => startsAt.getTime() === form.startsAt.getTime());
    if (again) throw new Conflict(say('meetings.error.twice'));
    if (planned.length >= MOST_PLANNED)
      throw new Conflict(say('meetings.error.tooManyPlanned', { limit: MOST_PLANNED }));
    const meeting = { ...blank(reviews, actor, form), agenda: await freshAgenda(reviews) };
    made.meeting = meeting;
    await insertMeeting(meeting);
    const when = form.startsAt.toISOString();
    return keepMeeting(reviews, actor, meeting, 'meeting.planned', [
      { field: 'startsAt', from: null, to: when },
    ]);
  });
  return made.meeting as Meeting;
}

function blank({ plan, zone, periodOf, now }: Reviews, actor: Actor, form: MeetingPlan): Meeting {
  const { year, period } = periodOf(schoolDay(form.startsAt, zone));
  return {
    ...form,
    id: newId(),
    institution: plan.institution,
    person: plan.person,
    year,
    period,
    state: 'planned',
    agenda: [],
    decisions: [],
    followUps: [],
    notes: { text: '', version: 0, changedAt: null },
    why: null,
    sequence: 0,
    version: 1,
    createdBy: actor.person,
    createdAt: now,
    endedAt: null,
  };
}

/** The agenda as the plan suggests it now. */
export async function freshAgenda({ plan, cycles, today, now }: Reviews): Promise<AgendaItem[]> {
  const questions = openOf(await listQuestions(plan.institution, plan.person)).length;
  return agendaFrom({ plan, selfReview: latestSelfReview(cycles), questions, today, now });
}

function check({ minutes, place, link, attendees }: MeetingPlan): void {
  const { line } = MEETING_LIMITS;
  refuse([
    Number.isInteger(minutes) && minutes >= 5 && minutes <= 240
      ? null
      : { field: 'minutes', message: say('meetings.error.minutes') },
    wordsProblem('place', place, line, null),
    place === '' && link === '' ? { field: 'place', message: say('meetings.error.place') } : null,
    link === '' || isWebAddress(link) ? null : { field: 'link', message: say('meetings.error.link') },
    ...attendees.map(({ role, name }) => wordsProblem(`name.${role}`, name, line, null)),
  ]);
}

/** http and https only: a link is opened by others. */
export function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return isWeb && url.username === '' && text.length <= 500 && !/\s/.test(text);
}

/** Another date, place or circle of people. Calendars take the newer file by its sequence. */
export async function changeMeetingPlan(
  actor: Actor,
  student: string,
  id: string,
  form: MeetingPlan,
  now: Date,
): Promise<void> {
  check(form);
  await changeMeeting(actor, student, id, now, 'change', (meeting, { zone, periodOf }) => {
    const { year, period } = periodOf(schoolDay(form.startsAt, zone));
    return {
      meeting: { ...meeting, ...form, year, period, sequence: meeting.sequence + 1 },
      action: 'meeting.changed',
      changes: [{ field: 'startsAt', from: meeting.startsAt.toISOString(), to: form.startsAt.toISOString() }],
    };
  });
}

/** How a meeting ended. `came`: who was there; `why`: needed for a missed one. */
export type MeetingEnd =
  | { event: 'hold'; came: readonly AttendeeRole[] }
  | { event: 'miss' | 'cancel'; why: string }
  | { event: 'reopen' };

const ENDED = {
  hold: 'meeting.held',
  miss: 'meeting.missed',
  cancel: 'meeting.cancelled',
  reopen: 'meeting.reopened',
} as const satisfies Record<MeetingEnd['event'], string>;

/** @throws Invalid without a reason where one is needed or before the meeting began, Conflict by its state */
export async function endMeeting(
  actor: Actor,
  student: string,
  id: string,
  end: MeetingEnd,
  now: Date,
): Promise<void> {
  const why = 'why' in end ? end.why : '';
  if ('why' in end) refuse([wordsProblem('why', why, MEETING_LIMITS.line, say('meetings.error.why'))]);
  await changeMeeting(actor, student, id, now, end.event, (meeting) => {
    if (end.event === 'hold' && !began(meeting, now))
      refuse([{ field: 'came', message: say('meetings.error.notYet') }]);
    const over = end.event !== 'reopen';
    return {
      meeting: {
        ...meeting,
        state: moveMeeting(meeting, end.event),
        attendees: meeting.attendees.map((one) => ({
          ...one,
          came: end.event === 'hold' ? end.came.includes(one.role) : null,
        })),
        why: why === '' ? null : why,
        sequence: meeting.sequence + 1,
        endedAt: over ? now : null,
      },
      action: ENDED[end.event],
      changes: why === '' ? [] : [{ field: 'why', from: null, to: why }],
    };
  });
}

/** A quarter of an hour early is on time. */
function began({ startsAt }: Meeting, now: Date): boolean {
  return startsAt.getTime() - now.getTime() <= 15 * 60_000;
}

export interface MeetingEdit {
  meeting: Meeting;
  action: string;
  changes: Change[];
  /** A change of the plan it starts from, such as a step added to a goal. */
  from?: PlanChange;
}

/** One change of one meeting in the plan's transaction; a finished review of its period refuses it. */
export async function changeMeeting(
  actor: Actor,
  student: string,
  id: string,
  now: Date,
  event: MeetingEvent,
  edit: (meeting: Meeting, reviews: Reviews) => MeetingEdit | Promise<MeetingEdit>,
): Promise<void> {
  refuseOthersThanStaff(actor);
  await changeReviews(actor, student, now, async (reviews) => {
    const before = reviews.meetings.find((one) => one.id === id);
    if (!before) throw new NotFound(`meeting ${id}`);
    moveMeeting(before, event);
    refuseSignedOff(cycleOfMeeting(reviews, before), 'meet');
    const { meeting, action, changes, from } = await edit(before, reviews);
    const after = { ...meeting, version: before.version + 1 };
    await replaceMeeting(after);
    return keepMeeting(reviews, actor, after, action, changes, from);
  });
}

function cycleOfMeeting(reviews: Reviews, { year, period, startsAt }: Meeting) {
  const { from, to } = reviews.periodOf(schoolDay(startsAt, reviews.zone));
  return cycleOf(reviews, { year, period, from, to });
}

function keepMeeting(
  reviews: Reviews,
  actor: Actor,
  meeting: Meeting,
  action: string,
  changes: Change[],
  from?: PlanChange,
): Promise<PlanChange> {
  const own = cycleOfMeeting(reviews, meeting);
  refuseSignedOff(own, 'meet');
  const { cycle } = reviews;
  const isCurrent = own.year === cycle.year && own.period === cycle.period;
  const meetings = [...reviews.meetings.filter(({ id }) => id !== meeting.id), meeting];
  const object = { kind: 'meeting', id: meeting.id };
  const edit = { cycle: isCurrent ? cycle : own, meetings, action, object, changes };
  return keepReviews(reviews, actor, edit, from);
}
