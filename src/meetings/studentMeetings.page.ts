import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Field, Head, PathNode, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { hasBegun } from './cycle.ts';
import { endOf, nextMeeting, type Meeting } from './meeting.ts';
import { openOf, QUESTION_LIMITS } from './question.ts';
import type { ReviewFacts } from './reviewFacts.ts';
import {
  agendaWords,
  cyclePath,
  followUpMeta,
  heardOf,
  peopleOf,
  reviewName,
  schoolFormat,
  whenOf,
  type Heard,
} from './words.page.ts';

/** The meeting to come, as the student sees it. */
export interface NextCard {
  tile: { month: string; day: string };
  title: string;
  when: string;
  place: string;
  people: string;
  past: string | null;
  actions: Action[];
  agenda: { title: string; note: string }[];
}

export interface PastMeeting {
  id: string;
  title: string;
  people: string;
  why: string | null;
  notes: string;
  decisions: string[];
  answers: { question: string; answer: string }[];
  open: Action | null;
}

export interface StudentMeetingsPage extends PageModel {
  head: Head;
  review: { name: string; span: string; path: { label: string; nodes: PathNode[] } };
  selfReview: { text: string; go: Action };
  next: NextCard | null;
  questions: {
    open: { id: string; text: string; remove: string }[];
    action: string;
    field: Field;
    sees: string;
    family: string[];
  };
  followUps: Todo[];
  decisions: { text: string; when: string }[];
  heard: Heard[];
  past: PastMeeting[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'meetings/mine': StudentMeetingsPage;
  }
}

export interface StudentMeetingsFacts extends ReviewFacts {
  problems?: readonly FieldError[];
  typed?: string;
  partTitle: (key: string) => string;
}

export function studentMeetingsPage(words: Words, facts: StudentMeetingsFacts): StudentMeetingsPage {
  const { t } = words;
  const { cycle, perYear, names, now, problems = [] } = facts;
  const [name, span] = reviewName(words, cycle, perYear);
  const title = t('meetings.title');
  return {
    title,
    errors: problems,
    head: { title, lede: t('meetings.lede') },
    review: {
      name,
      span,
      path: { label: t('meetings.review.path'), nodes: cyclePath(words, cycle, 'student') },
    },
    selfReview: selfReviewOf(words, facts),
    next: nextCard(words, facts),
    questions: questionsOf(words, facts),
    followUps: followUpsOf(words, facts),
    decisions: decisionsOf(words, facts),
    heard: heardOf(words, cycle, names, now, 'student'),
    past: pastOf(words, facts, () => null),
  };
}

function selfReviewOf({ t }: Words, { cycle }: ReviewFacts): StudentMeetingsPage['selfReview'] {
  const { selfReview, state } = cycle;
  const go = (label: string, primary: boolean): Action => ({
    label,
    href: paths.selfReview,
    kind: primary ? 'primary' : 'plain',
    icon: 'pencil',
  });
  if (state === 'signed_off')
    return { text: t('meetings.selfReview.locked'), go: go(t('meetings.selfReview.read'), false) };
  if (selfReview.finished)
    return { text: t('meetings.selfReview.done'), go: go(t('meetings.selfReview.read'), false) };
  return hasBegun(selfReview)
    ? { text: t('meetings.selfReview.begun'), go: go(t('meetings.selfReview.goOn'), true) }
    : { text: t('meetings.selfReview.open'), go: go(t('meetings.selfReview.go'), true) };
}

function nextCard(words: Words, facts: StudentMeetingsFacts): NextCard | null {
  const { t } = words;
  const meeting = nextMeeting(facts.meetings, facts.now);
  if (!meeting) return null;
  const fmt = schoolFormat(words, facts.zone);
  return {
    tile: fmt.tile(meeting.startsAt),
    title: t('meetings.calendar.title'),
    when: whenOf(words, meeting, facts.zone),
    place: meeting.place,
    people: t('meetings.with', { people: peopleOf(words, meeting.attendees) }),
    past: endOf(meeting) < facts.now ? t('meetings.past') : null,
    actions: [
      ...(meeting.link
        ? [{ label: t('meetings.join'), href: meeting.link, icon: 'video', newTab: true }]
        : []),
      { label: t('meetings.calendar'), href: paths.meetingFile(meeting.id), icon: 'cal' },
    ],
    agenda: meeting.agenda.map((item) => agendaWords(words, item, facts.partTitle)),
  };
}

function questionsOf({ t }: Words, facts: StudentMeetingsFacts): StudentMeetingsPage['questions'] {
  const open = openOf(facts.questions).toReversed();
  return {
    open: open
      .filter(({ side }) => side === 'student')
      .map(({ id, text }) => ({ id, text, remove: paths.dropQuestion(id) })),
    action: paths.meetingQuestions,
    sees: t('meetings.questions.sees'),
    field: {
      name: 'question',
      label: t('meetings.questions.add'),
      value: facts.typed ?? '',
      maxLength: QUESTION_LIMITS.line,
      compact: true,
      error: errorOf(facts.problems ?? [], 'question'),
    },
    family: open.filter(({ side }) => side === 'family').map(({ text }) => text),
  };
}

/** The student's own ticks; what others do is shown beside them. Done ones stay for a month. */
function followUpsOf(words: Words, { meetings, today, now }: StudentMeetingsFacts): Todo[] {
  const { t, fmt } = words;
  return meetings
    .flatMap(({ followUps }) => followUps)
    .filter(({ doneAt }) => doneAt === null || now.getTime() - doneAt.getTime() < MONTH)
    .map((followUp) => ({
      id: `follow-${followUp.id}`,
      label: followUp.text,
      meta: followUp.doneAt
        ? t('meetings.followUps.done', { day: fmt.date(followUp.doneAt) })
        : followUpMeta(words, followUp, true),
      soon: followUp.doneAt === null && followUp.due !== null && followUp.due <= today,
      done: followUp.doneAt !== null,
      action: followUp.who === 'student' ? paths.followUp(followUp.id) : null,
    }));
}

const MONTH = 31 * 24 * 60 * 60_000;

function decisionsOf(
  { t, fmt }: Words,
  { meetings }: StudentMeetingsFacts,
): StudentMeetingsPage['decisions'] {
  return meetings.flatMap(({ decisions, startsAt }) =>
    decisions.map(({ text }) => ({ text, when: t('meetings.decisions.at', { day: fmt.date(startsAt) }) })),
  );
}

/** Meetings that are over, newest first. @param open where staff go on from a row */
export function pastOf(
  words: Words,
  { meetings, questions, zone }: Pick<ReviewFacts, 'meetings' | 'questions' | 'zone'>,
  open: (meeting: Meeting) => Action | null,
): PastMeeting[] {
  const { t } = words;
  const fmt = schoolFormat(words, zone);
  return meetings.flatMap((meeting) => {
    const { state } = meeting;
    if (state === 'planned') return [];
    const came = meeting.attendees.filter((one) => one.came === true);
    return [
      {
        id: meeting.id,
        title: t(`meetings.earlier.${state}`, { day: fmt.date(meeting.startsAt) }),
        people: came.length > 0 ? t('meetings.earlier.came', { people: peopleOf(words, came) }) : '',
        why: meeting.why ? t('meetings.earlier.why', { why: meeting.why }) : null,
        notes: meeting.notes.text,
        decisions: meeting.decisions.map(({ text }) => text),
        answers: questions
          .filter((question) => question.meeting === meeting.id)
          .map(({ text, answer }) => ({ question: text, answer })),
        open: open(meeting),
      },
    ];
  });
}
