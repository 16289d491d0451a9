/** Words that the student's and the staff's pages of a meeting share. */
import { COMPONENTS, type ComponentKey } from '../plans/component.ts';
import { formatter, type Format } from '../shared/format.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { PathNode } from '../shared/parts.ts';
import type { AgendaItem, AgendaKind } from './agenda.ts';
import type { CycleState, ReviewCycle } from './cycle.ts';
import { endOf, type Attendee, type FollowUp, type Meeting } from './meeting.ts';
import { zoneName } from './schoolTime.ts';

/** Dates and times where the school is: everybody who meets there means the same hour. */
export function schoolFormat({ t }: Words, zone: string): Format {
  return formatter(t, zone);
}

/** "Wednesday, October 21, 3:15 PM to 3:35 PM, Central Time" */
export function whenOf(words: Words, meeting: Pick<Meeting, 'startsAt' | 'minutes'>, zone: string): string {
  const fmt = schoolFormat(words, zone);
  return words.t('meetings.when', {
    date: fmt.weekday(meeting.startsAt),
    from: fmt.time(meeting.startsAt),
    to: fmt.time(endOf(meeting)),
    zone: zoneName(words.t, zone, meeting.startsAt),
  });
}

export function attendeeName({ t }: Words, { role, name }: Pick<Attendee, 'role' | 'name'>): string {
  const label = t(`meetings.role.${role}`);
  return name === '' ? label : t('meetings.attendee', { role: label, name });
}

export function peopleOf(words: Words, attendees: readonly Attendee[]): string {
  return words.fmt.list(attendees.map((one) => attendeeName(words, one)));
}

const AGENDA_LABEL: Readonly<Record<Exclude<AgendaKind, 'own'>, MessageKey>> = {
  welcome: 'meetings.agenda.welcome',
  proud: 'meetings.agenda.proud',
  hard: 'meetings.agenda.hard',
  changed: 'meetings.agenda.changed',
  goalAsked: 'meetings.agenda.goalAsked',
  goalOverdue: 'meetings.agenda.goalOverdue',
  goalStalled: 'meetings.agenda.goalStalled',
  goal: 'meetings.agenda.goal',
  asked: 'meetings.agenda.asked',
  offTrack: 'meetings.agenda.offTrack',
  missing: 'meetings.agenda.missing',
  questions: 'meetings.agenda.questions',
  close: 'meetings.agenda.close',
};

/** @param partTitle the name of a plan's part by its key */
export function agendaWords(
  { t, fmt }: Words,
  { kind, about }: Pick<AgendaItem, 'kind' | 'about'>,
  partTitle: (key: string) => string,
): { title: string; note: string } {
  if (kind === 'own') return { title: about, note: t('meetings.agenda.own') };
  const title = t(AGENDA_LABEL[kind]);
  switch (kind) {
    case 'missing':
      return { title, note: fmt.list(about.split(' ').map((key) => componentName(t, key))) };
    case 'asked':
      return { title, note: partTitle(about) };
    case 'questions':
      return { title, note: t('meetings.agenda.questionsNote', { count: Number(about) }) };
    default:
      return { title, note: about };
  }
}

function componentName(t: Words['t'], key: string): string {
  return Object.hasOwn(COMPONENTS, key) ? t(COMPONENTS[key as ComponentKey].label) : key;
}

export function followUpMeta(words: Words, { who, due, goal }: FollowUp, you: boolean): string {
  const { t, fmt } = words;
  const name = you && who === 'student' ? t('meetings.followUps.you') : t(`meetings.role.${who}`);
  const day = due ? t('meetings.followUps.by', { day: fmt.date(due) }) : t('meetings.followUps.noDay');
  return t(goal ? 'meetings.followUps.step' : 'meetings.followUps.meta', { who: name, day });
}

const STAGES = ['self', 'family', 'advisor', 'meeting', 'done'] as const;
/** How many stages are behind a cycle in each state. */
const BEHIND: Record<CycleState, number> = {
  scheduled: 0,
  self_review: 0,
  family_input: 1,
  advisor_review: 2,
  missed: 3,
  held: 4,
  signed_off: 5,
};

/** How far a review is, as a path. The advisor's look and the meeting wait together. */
export function cyclePath(
  { t }: Words,
  { state, selfReview, family, familyNone, advisor }: ReviewCycle,
  reader: 'student' | 'staff',
): PathNode[] {
  const behind = BEHIND[state];
  const filled = {
    self: selfReview.finished,
    family: (family ?? familyNone) !== null,
    advisor: advisor !== null || behind > 2,
    meeting: behind > 3,
    done: behind > 4,
  };
  const current = STAGES.find((stage) => !filled[stage]);
  const icons = { self: 'pencil', family: 'users', advisor: 'eye', meeting: 'cal', done: 'flag' } as const;
  return STAGES.map((stage) => {
    const isMissed = stage === 'meeting' && state === 'missed';
    return {
      label: t(stage === 'self' && reader === 'staff' ? 'meetings.path.selfStaff' : `meetings.path.${stage}`),
      icon: filled[stage] ? 'check' : icons[stage],
      state: filled[stage] ? 'done' : stage === current ? 'current' : 'todo',
      ...(isMissed ? { tone: 'warn' as const, note: t('meetings.path.missed') } : {}),
    };
  });
}

/** "Review 1 of 2" with its span of time. */
export function reviewName({ t, fmt }: Words, cycle: ReviewCycle, perYear: number): [string, string] {
  return [
    t('meetings.review.name', { period: cycle.period, of: Math.max(perYear, cycle.period) }),
    t('meetings.review.span', { from: fmt.date(cycle.from), to: fmt.date(cycle.to) }),
  ];
}

/** What family and advisor said for a review; a list that may be empty. */
export interface Heard {
  title: string;
  text: string;
  meta: string;
}

export function heardOf(
  { t, fmt }: Words,
  { family, familyNone, advisor }: ReviewCycle,
  names: ReadonlyMap<string, string>,
  now: Date,
  reader: 'student' | 'staff',
): Heard[] {
  const by = (id: string, at: Date): string =>
    t('meetings.heard.by', { name: names.get(id) ?? t('thread.somebody'), when: fmt.moment(at, now) });
  const told = family && {
    title: family.who
      ? t('meetings.heard.familyWho', { who: family.who, day: fmt.date(family.toldOn) })
      : t('meetings.heard.family', { day: fmt.date(family.toldOn) }),
    text: family.text,
    meta: by(family.by, family.at),
  };
  const none = familyNone && {
    title: t('meetings.heard.familyNone'),
    text: familyNone.text,
    meta: by(familyNone.by, familyNone.at),
  };
  const own = advisor && {
    title: t(reader === 'student' ? 'meetings.heard.advisor' : 'meetings.heard.advisorStaff'),
    text: advisor.text,
    meta: by(advisor.by, advisor.at),
  };
  return [told, none, own].filter((one) => one !== null);
}
