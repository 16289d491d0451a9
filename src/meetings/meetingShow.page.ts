import { isLive } from '../goals/goal.ts';
import { mayEdit } from '../plans/editing.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head, Person } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import { initialsOf } from '../people/person.ts';
import { formOfMeeting, type MeetingForm } from './meetingForm.ts';
import { meetingFields, type MeetingFields } from './meetingForm.page.ts';
import { FOLLOWERS, MEETING_LABEL, MEETING_LIMITS, mayMoveMeeting, type Meeting } from './meeting.ts';
import type { Question } from './question.ts';
import type { StaffReviewFacts } from './reviewFacts.ts';
import { agendaWords, attendeeName, followUpMeta, schoolFormat, whenOf } from './words.page.ts';

interface AgendaRow {
  id: string;
  title: string;
  note: string;
  minutes: string;
  done: boolean;
  remove: string;
}

interface Side {
  id: string;
  title: string;
  initials: string;
  tone: 'review' | 'warn' | null;
  questions: {
    id: string;
    text: string;
    ticked: boolean;
    answer: string;
    answerMore: string;
    error: string | null;
  }[];
}

interface Made {
  id: string;
  text: string;
  sub: string;
  done: boolean;
  remove: string;
  /** Label of the tick; null where it has none. */
  tick: string | null;
}

export interface MeetingPage extends PageModel {
  head: {
    back: NonNullable<Head['back']>;
    tile: { month: string; day: string };
    when: string;
    place: string;
    title: string;
    status: Chip;
  };
  actions: Action[];
  /** Whether anything can be put down. */
  open: boolean;
  talk: { action: string; lede: string; agenda: AgendaRow[]; sides: Side[]; point: Field };
  people: Person[];
  notes: { action: string; version: number; field: Field; savedAt: string | null; text: string };
  decisions: { action: string; list: Made[]; field: Field };
  followUps: { action: string; list: Made[]; text: Field; who: Field; due: Field; goal: Field | null };
  move: { action: string; open: boolean; fields: MeetingFields } | null;
  end: {
    action: string;
    lede: string;
    came: { name: string; label: string; checked: boolean }[];
    why: Field;
    cameError: string | null;
    cancel: boolean;
  } | null;
  reopen: { action: string } | null;
  why: string | null;
  next: Action | null;
  sees: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'meetings/show': MeetingPage;
  }
}

export interface MeetingFacts extends StaffReviewFacts {
  student: { id: string; name: string; given: string };
  meeting: Meeting;
  partTitle: (key: string) => string;
  viewerRole: 'advisor' | 'administrator';
  problems?: readonly FieldError[];
  typed?: Readonly<Record<string, string>>;
  meetingForm?: MeetingForm;
}

export function meetingPage(words: Words, facts: MeetingFacts): MeetingPage {
  const { t } = words;
  const { student, meeting, zone, problems = [] } = facts;
  const title = t('meetings.one.title', { name: student.name });
  return {
    title,
    errors: problems,
    head: {
      back: { href: paths.studentMeetings(student.id), label: t('meetings.back') },
      tile: schoolFormat(words, zone).tile(meeting.startsAt),
      when: whenOf(words, meeting, zone),
      place: meeting.place,
      title,
      status: statusOf(words, meeting),
    },
    actions: actionsOf(words, facts),
    open: mayMoveMeeting(meeting, 'talk'),
    talk: talkOf(words, facts),
    people: meeting.attendees.map((one) => personOf(words, facts, one)),
    notes: notesOf(words, facts),
    decisions: decisionsOf(words, facts),
    followUps: followUpsOf(words, facts),
    ...endOf(words, facts),
    why: meeting.why ? t('meetings.earlier.why', { why: meeting.why }) : null,
    next:
      meeting.state === 'planned'
        ? null
        : { label: t('meetings.one.nextGo'), href: paths.studentMeetings(student.id), icon: 'cal' },
    sees: t('meetings.one.sees', { name: student.given }),
  };
}

function statusOf({ t }: Words, { state }: Meeting): Chip {
  const tone = { planned: 'now', held: 'done', missed: 'warn', cancelled: 'quiet' } as const;
  const icon = { planned: 'clock', held: 'check', missed: 'warn', cancelled: 'x' } as const;
  return { label: t(MEETING_LABEL[state]), tone: tone[state], icon: icon[state] };
}

function actionsOf({ t }: Words, { student, meeting }: MeetingFacts): Action[] {
  return [
    ...(meeting.link ? [{ label: t('meetings.join'), href: meeting.link, icon: 'video', newTab: true }] : []),
    {
      label: t('meetings.one.plan', { name: student.given }),
      href: paths.student(student.id),
      kind: 'quiet' as const,
      icon: 'plan',
    },
    {
      label: t('meetings.calendar'),
      href: paths.studentMeetingFile(student.id, meeting.id),
      kind: 'quiet' as const,
      icon: 'cal',
    },
  ];
}

function talkOf(words: Words, facts: MeetingFacts): MeetingPage['talk'] {
  const { t } = words;
  const { student, meeting, typed = {}, problems = [] } = facts;
  return {
    action: paths.meetingTalk(student.id, meeting.id),
    lede: t('meetings.one.filled', { name: student.given, minutes: meeting.minutes }),
    agenda: meeting.agenda.map((item) => {
      const { title, note } = agendaWords(words, item, facts.partTitle);
      return {
        id: item.id,
        title,
        note: item.kind === 'own' ? '' : note,
        minutes: t('meetings.minutes', { minutes: item.minutes }),
        done: item.done,
        remove: t('meetings.one.removePoint', { what: title }),
      };
    }),
    sides: (['student', 'family', 'staff'] as const).map((side) => sideOf(words, facts, side)),
    point: {
      name: 'point',
      label: t('meetings.one.point'),
      value: typed['point'] ?? '',
      maxLength: MEETING_LIMITS.line,
      compact: true,
      error: errorOf(problems, 'point'),
    },
  };
}

/** Open questions, and those talked about in this meeting. */
function sideOf({ t }: Words, facts: MeetingFacts, side: Question['side']): Side {
  const { student, meeting, questions, typed = {}, problems = [] } = facts;
  const own = questions.filter(
    (one) =>
      one.side === side &&
      (one.talkedAt === null ? mayMoveMeeting(meeting, 'talk') : one.meeting === meeting.id),
  );
  return {
    id: `asks-${side}`,
    title:
      side === 'student'
        ? t('meetings.questions.student', { name: student.given })
        : t(`meetings.questions.${side}`),
    initials:
      side === 'student'
        ? initialsOf(student.name)
        : initialsOf(t(`meetings.role.${side === 'staff' ? 'advisor' : 'family'}`)),
    tone: side === 'student' ? null : side === 'family' ? 'review' : 'warn',
    questions: own.toReversed().map(({ id, text, talkedAt, answer }) => ({
      id,
      text,
      ticked: talkedAt !== null,
      answer: typed[`answer.${id}`] ?? answer,
      answerMore: t('meetings.questions.answerTo', { question: text }),
      error: errorOf(problems, `answer.${id}`),
    })),
  };
}

function personOf(words: Words, { student }: MeetingFacts, attendee: Meeting['attendees'][number]): Person {
  const { t } = words;
  const role = t(`meetings.role.${attendee.role}`);
  const name = attendee.role === 'student' ? student.name : attendee.name || role;
  const tone = { student: null, family: 'review', advisor: 'warn', school: 'warn', other: null } as const;
  return { name, initials: initialsOf(name), note: role, tone: tone[attendee.role] };
}

function notesOf(words: Words, { student, meeting, now, typed = {}, problems = [] }: MeetingFacts) {
  const { t } = words;
  const { text, version, changedAt } = meeting.notes;
  return {
    action: paths.meetingNotes(student.id, meeting.id),
    version,
    text,
    savedAt: savedToday(words, changedAt, now),
    field: {
      name: 'notes',
      label: t('meetings.one.notes'),
      sees: t('meetings.one.sees', { name: student.given }),
      kind: 'textarea',
      rows: 5,
      value: typed['notes'] ?? text,
      maxLength: MEETING_LIMITS.notes,
      error: errorOf(problems, 'notes'),
    } satisfies Field,
  };
}

function decisionsOf({ t }: Words, facts: MeetingFacts): MeetingPage['decisions'] {
  const { student, meeting, typed = {}, problems = [] } = facts;
  return {
    action: paths.meetingDecisions(student.id, meeting.id),
    list: meeting.decisions.map(({ id, text }) => ({
      id,
      text,
      sub: '',
      done: false,
      remove: t('meetings.one.removeDecision', { what: text }),
      tick: null,
    })),
    field: {
      name: 'decision',
      label: t('meetings.one.decision'),
      value: typed['decision'] ?? '',
      maxLength: MEETING_LIMITS.line,
      compact: true,
      error: errorOf(problems, 'decision'),
    },
  };
}

function followUpsOf(words: Words, facts: MeetingFacts): MeetingPage['followUps'] {
  const { t, fmt } = words;
  const { student, meeting, plan, typed = {}, problems = [] } = facts;
  const field = (name: string, label: string, more: Partial<Field>): Field => ({
    name,
    label,
    value: typed[name] ?? '',
    error: errorOf(problems, name),
    compact: true,
    ...more,
  });
  const goals = mayEdit(plan, facts.viewerRole) ? plan.goals.filter(isLive) : [];
  const options = [
    { value: '', label: t('meetings.one.noGoal') },
    ...goals.map(({ id, statement }) => ({ value: id, label: statement.slice(0, 80) })),
  ];
  return {
    action: paths.meetingFollowUps(student.id, meeting.id),
    list: meeting.followUps.map((one) => ({
      id: one.id,
      text: one.text,
      sub: one.doneAt
        ? t('meetings.followUps.done', { day: fmt.date(one.doneAt) })
        : followUpMeta(words, one, false),
      done: one.doneAt !== null,
      remove: t('meetings.one.removeFollowUp', { what: one.text }),
      tick: t(one.doneAt ? 'meetings.one.markOpen' : 'meetings.one.markDone', { what: one.text }),
    })),
    text: field('followUp', t('meetings.one.followUp'), { maxLength: MEETING_LIMITS.line }),
    who: field('who', t('meetings.one.followWho'), {
      kind: 'select',
      value: typed['who'] ?? 'student',
      options: FOLLOWERS.map((value) => ({
        value,
        label: value === 'student' ? student.given : t(`meetings.role.${value}`),
      })),
    }),
    due: field('due', t('meetings.one.due'), { kind: 'date' }),
    goal:
      goals.length > 0
        ? field('goal', t('meetings.one.goal'), { kind: 'select', options, optional: true })
        : null,
  };
}

function endOf(words: Words, facts: MeetingFacts): Pick<MeetingPage, 'move' | 'end' | 'reopen'> {
  const { t } = words;
  const { student, meeting, zone, typed = {}, problems = [], meetingForm } = facts;
  const action = paths.endMeeting(student.id, meeting.id);
  const form = meetingForm ?? formOfMeeting(meeting, zone);
  const move = {
    action: paths.studentMeeting(student.id, meeting.id),
    open: meetingForm !== undefined,
    fields: meetingFields(words, form, problems, facts),
  };
  const end = {
    action,
    lede: t('meetings.one.endLede', { name: student.given }),
    came: meeting.attendees.map((one) => ({
      name: `came.${one.role}`,
      label: one.role === 'student' ? student.name : attendeeName(words, one),
      checked: Object.keys(typed).length > 0 ? typed[`came.${one.role}`] === '1' : true,
    })),
    cameError: errorOf(problems, 'came'),
    why: {
      name: 'why',
      label: t('meetings.one.why'),
      value: typed['why'] ?? '',
      maxLength: MEETING_LIMITS.line,
      compact: true,
      error: errorOf(problems, 'why'),
    },
    cancel: mayMoveMeeting(meeting, 'cancel'),
  };
  return {
    move: mayMoveMeeting(meeting, 'change') ? move : null,
    end: mayMoveMeeting(meeting, 'hold') ? end : null,
    reopen: mayMoveMeeting(meeting, 'reopen') ? { action } : null,
  };
}
