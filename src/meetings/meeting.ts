/** Conference: a talk about the plan, with a date, what is talked about, and what came of it. */
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import type { AgendaItem } from './agenda.ts';

export type MeetingState = 'planned' | 'held' | 'missed' | 'cancelled';

export const ATTENDEE_ROLES = ['student', 'family', 'advisor', 'school', 'other'] as const;
export type AttendeeRole = (typeof ATTENDEE_ROLES)[number];

export interface Attendee {
  role: AttendeeRole;
  /** As staff wrote it; may be empty. */
  name: string;
  /** Null until the meeting is over. */
  came: boolean | null;
}

export interface Decision {
  id: string;
  text: string;
  by: string;
  at: Date;
}

/** Who does something after the meeting. */
export const FOLLOWERS = ['student', 'family', 'advisor', 'other'] as const;
export type Follower = (typeof FOLLOWERS)[number];

export interface FollowUp {
  id: string;
  text: string;
  who: Follower;
  /** Calendar day in the school's zone. */
  due: string | null;
  /** The goal it became a step of. */
  goal: string | null;
  by: string;
  at: Date;
  doneAt: Date | null;
}

/** When, where and with whom. */
export interface MeetingPlan {
  startsAt: Date;
  minutes: number;
  place: string;
  /** http(s) only; '' for none. */
  link: string;
  attendees: Attendee[];
}

export interface Meeting extends MeetingPlan {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  /** The review period its day falls in. */
  year: number;
  period: number;
  state: MeetingState;
  agenda: AgendaItem[];
  decisions: Decision[];
  followUps: FollowUp[];
  /** Shared with student and family. */
  notes: { text: string; version: number; changedAt: Date | null };
  /** Why it was missed or called off. */
  why: string | null;
  /** Rises with each change of date or place: a calendar takes the newer file. */
  sequence: number;
  /** Rises with each write. */
  version: number;
  createdBy: string;
  createdAt: Date;
  endedAt: Date | null;
}

export const MEETING_LIMITS = {
  attendees: 12,
  agenda: 40,
  decisions: 30,
  followUps: 30,
  line: 300,
  notes: 5_000,
} as const;

export type MeetingEvent = 'change' | 'talk' | 'hold' | 'miss' | 'cancel' | 'reopen';

/** What can be done with a meeting in which state; `null` leaves the state. */
export const MEETING_MOVES: Record<MeetingEvent, { from: readonly MeetingState[]; to: MeetingState | null }> =
  {
    change: { from: ['planned'], to: null },
    /** Notes, decisions, follow-ups: also put down afterwards. */
    talk: { from: ['planned', 'held'], to: null },
    hold: { from: ['planned', 'missed'], to: 'held' },
    miss: { from: ['planned'], to: 'missed' },
    cancel: { from: ['planned'], to: 'cancelled' },
    reopen: { from: ['held', 'missed', 'cancelled'], to: 'planned' },
  };

/** The state after an event. @throws Conflict in words that name the states */
export function moveMeeting({ state }: Pick<Meeting, 'state'>, event: MeetingEvent): MeetingState {
  const { from, to } = MEETING_MOVES[event];
  if (from.includes(state)) return to ?? state;
  const list = new Intl.ListFormat(say.locale, { type: 'disjunction' });
  throw new Conflict(
    say('meetings.error.move', {
      what: say(`meetings.event.${event}`),
      state: say(MEETING_LABEL[state]),
      allowed: list.format(from.map((one) => say(MEETING_LABEL[one]))),
    }),
    `meeting: ${event} in ${state}`,
  );
}

export function mayMoveMeeting({ state }: Pick<Meeting, 'state'>, event: MeetingEvent): boolean {
  return MEETING_MOVES[event].from.includes(state);
}

export const MEETING_LABEL = {
  planned: 'meetings.state.planned',
  held: 'meetings.state.held',
  missed: 'meetings.state.missed',
  cancelled: 'meetings.state.cancelled',
} as const satisfies Record<MeetingState, string>;

/** The one to come: the earliest planned one whose end is not over, else the latest planned one. */
export function nextMeeting(meetings: readonly Meeting[], now: Date): Meeting | null {
  const planned = meetings
    .filter(({ state }) => state === 'planned')
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return planned.find((meeting) => endOf(meeting) >= now) ?? planned.at(-1) ?? null;
}

export function endOf({ startsAt, minutes }: Pick<Meeting, 'startsAt' | 'minutes'>): Date {
  return new Date(startsAt.getTime() + minutes * 60_000);
}
