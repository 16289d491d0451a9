import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, Head, PathNode, Row } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { CONTACT_HOWS, CONTACT_LIMITS, CONTACT_OUTCOMES, GOOD_FAITH } from './contact.ts';
import { CYCLE_LIMITS, hasBegun, QUESTION_KEYS } from './cycle.ts';
import { emptyMeetingForm, type MeetingForm } from './meetingForm.ts';
import { meetingFields, type MeetingFields } from './meetingForm.page.ts';
import { endOf, MEETING_LABEL, nextMeeting, type Meeting } from './meeting.ts';
import { openOf, QUESTION_LIMITS } from './question.ts';
import type { StaffReviewFacts } from './reviewFacts.ts';
import { cyclePath, heardOf, reviewName, schoolFormat, whenOf, type Heard } from './words.page.ts';

interface Form {
  action: string;
  fields: Field[];
}

export interface StaffMeetingsPage extends PageModel {
  head: Head;
  review: { name: string; span: string; path: { label: string; nodes: PathNode[] } };
  signOff: { action: string; cycle: string } | null;
  next: {
    tile: { month: string; day: string };
    title: string;
    when: string;
    past: string | null;
    actions: Action[];
  } | null;
  plan: { title: string; open: boolean; action: string; fields: MeetingFields };
  selfReview: { note: string | null; answers: { label: string; text: string }[] };
  heard: Heard[];
  family: Form & { sees: string; open: boolean };
  familyNone: Form;
  advisor: Form;
  questions: Form & { side: Choices; open: { text: string; side: string }[] };
  contacts: Form & {
    lede: string;
    sees: string;
    open: boolean;
    list: { text: string; meta: string; note: string }[];
  };
  meetings: Row[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'meetings/staff': StaffMeetingsPage;
  }
}

export interface StaffMeetingsFacts extends StaffReviewFacts {
  student: { id: string; name: string; given: string };
  /** Which form was refused, with what was typed. */
  problems?: readonly FieldError[];
  typed?: Readonly<Record<string, string>>;
  meetingForm?: MeetingForm;
}

export function staffMeetingsPage(words: Words, facts: StaffMeetingsFacts): StaffMeetingsPage {
  const { t } = words;
  const { student, cycle, perYear, names, now, problems = [], meetings } = facts;
  const [name, span] = reviewName(words, cycle, perYear);
  const title = t('meetings.staff.title', { name: student.name });
  const next = nextMeeting(meetings, now);
  return {
    title,
    errors: problems,
    head: {
      title,
      lede: t('meetings.staff.lede'),
      back: { href: paths.student(student.id), label: t('meetings.staff.back', { name: student.name }) },
    },
    review: {
      name,
      span,
      path: { label: t('meetings.review.path'), nodes: cyclePath(words, cycle, 'staff') },
    },
    signOff:
      cycle.state === 'held' || cycle.state === 'missed'
        ? { action: paths.signOffReview(student.id), cycle: cycle.id }
        : null,
    next: next && nextOf(words, facts, next),
    plan: {
      title: t(next ? 'meetings.staff.planNext' : 'meetings.staff.plan'),
      open: next === null || facts.meetingForm !== undefined,
      action: paths.studentMeetings(student.id),
      fields: meetingFields(words, facts.meetingForm ?? emptyMeetingForm(), problems, facts),
    },
    selfReview: selfReviewOf(words, facts),
    heard: heardOf(words, cycle, names, now, 'staff'),
    ...familyForms(words, facts),
    advisor: advisorForm(words, facts),
    questions: questionForm(words, facts),
    contacts: contactsOf(words, facts),
    meetings: meetings.map((meeting) => rowOf(words, facts, meeting)),
  };
}

function nextOf(words: Words, { zone, now, student }: StaffMeetingsFacts, meeting: Meeting) {
  const { t } = words;
  return {
    tile: schoolFormat(words, zone).tile(meeting.startsAt),
    title: t('meetings.next.title'),
    when: whenOf(words, meeting, zone),
    past: endOf(meeting) < now ? t('meetings.pastStaff') : null,
    actions: [
      {
        label: t('meetings.staff.open'),
        href: paths.studentMeeting(student.id, meeting.id),
        kind: 'primary' as const,
        icon: 'cal',
      },
      {
        label: t('meetings.calendar'),
        href: paths.studentMeetingFile(student.id, meeting.id),
        icon: 'dl',
      },
    ],
  };
}

function selfReviewOf({ t }: Words, { cycle, student }: StaffMeetingsFacts): StaffMeetingsPage['selfReview'] {
  const { selfReview } = cycle;
  if (!hasBegun(selfReview))
    return { note: t('meetings.staff.selfReview.none', { name: student.given }), answers: [] };
  const answers = QUESTION_KEYS.filter((key) => selfReview.answers[key] !== '');
  return {
    note: selfReview.finished ? null : t('meetings.staff.selfReview.draft', { name: student.given }),
    answers: answers.map((key) => ({
      label: t(`meetings.selfReview.${key}`),
      text: selfReview.answers[key],
    })),
  };
}

/** A field with what was typed, or what is stored. */
function fieldOf(facts: StaffMeetingsFacts, field: Omit<Field, 'value' | 'error'>, stored = ''): Field {
  const { problems = [], typed = {} } = facts;
  return { ...field, value: typed[field.name] ?? stored, error: errorOf(problems, field.name) };
}

function familyForms(
  { t }: Words,
  facts: StaffMeetingsFacts,
): Pick<StaffMeetingsPage, 'family' | 'familyNone'> {
  const { student, cycle, today } = facts;
  const area = { kind: 'textarea', rows: 4, maxLength: CYCLE_LIMITS.words } as const;
  const fields = [
    fieldOf(
      facts,
      { name: 'familyText', label: t('meetings.staff.familyText'), ...area },
      cycle.family?.text,
    ),
    fieldOf(
      facts,
      { name: 'familyWho', label: t('meetings.staff.familyWho'), hint: t('meetings.staff.familyWhoHint') },
      cycle.family?.who,
    ),
    fieldOf(
      facts,
      { name: 'toldOn', label: t('meetings.staff.toldOn'), kind: 'date' },
      cycle.family?.toldOn ?? today,
    ),
  ];
  const reason = fieldOf(facts, { name: 'reason', label: t('meetings.staff.familyNoneWhy'), compact: true });
  const action = paths.studentFamilyInput(student.id);
  return {
    family: {
      action,
      fields,
      sees: t('meetings.staff.familySees', { name: student.given }),
      open: (facts.problems ?? []).some(({ field }) => ['familyText', 'familyWho', 'toldOn'].includes(field)),
    },
    familyNone: { action, fields: [reason] },
  };
}

function advisorForm({ t }: Words, facts: StaffMeetingsFacts): Form {
  const { student, cycle } = facts;
  const field = {
    name: 'advisorText',
    label: t('meetings.staff.advisor'),
    hint: t('meetings.staff.advisorHint', { name: student.given }),
    sees: t('meetings.staff.familySees', { name: student.given }),
    kind: 'textarea',
    rows: 3,
    maxLength: CYCLE_LIMITS.words,
  } as const;
  return {
    action: paths.studentAdvisorReview(student.id),
    fields: [fieldOf(facts, field, cycle.advisor?.text)],
  };
}

function questionForm({ t }: Words, facts: StaffMeetingsFacts): StaffMeetingsPage['questions'] {
  const { student, questions, typed = {} } = facts;
  const sides = {
    student: t('meetings.questions.student', { name: student.given }),
    family: t('meetings.questions.family'),
    staff: t('meetings.questions.staff'),
  };
  return {
    action: paths.studentQuestions(student.id),
    fields: [
      fieldOf(facts, {
        name: 'question',
        label: t('meetings.questions.add'),
        maxLength: QUESTION_LIMITS.line,
        compact: true,
      }),
    ],
    side: {
      name: 'side',
      legend: t('meetings.questions.side'),
      value: typed['side'] ?? 'staff',
      options: [
        { value: 'staff', label: t('meetings.questions.sideStaff') },
        { value: 'family', label: t('meetings.questions.sideFamily') },
      ],
    },
    open: openOf(questions).map(({ text, side }) => ({ text, side: sides[side] })),
  };
}

function contactsOf({ t, fmt }: Words, facts: StaffMeetingsFacts): StaffMeetingsPage['contacts'] {
  const { student, contacts, attempts, names, today } = facts;
  const options = (keys: readonly string[], label: (key: never) => string) =>
    keys.map((value) => ({ value, label: label(value as never) }));
  const how = (key: (typeof CONTACT_HOWS)[number]): string => t(`meetings.how.${key}`);
  const outcome = (key: (typeof CONTACT_OUTCOMES)[number]): string => t(`meetings.outcome.${key}`);
  return {
    action: paths.studentContacts(student.id),
    lede: t('meetings.staff.contactsLede', { count: attempts, needed: GOOD_FAITH }),
    sees: t('meetings.staff.contactSees'),
    open: (facts.problems ?? []).some(({ field }) => field === 'day' || field === 'note'),
    fields: [
      fieldOf(
        facts,
        { name: 'day', label: t('meetings.staff.contactDay'), kind: 'date', compact: true },
        today,
      ),
      fieldOf(
        facts,
        {
          name: 'how',
          label: t('meetings.staff.contactHow'),
          kind: 'select',
          options: options(CONTACT_HOWS, how),
          compact: true,
        },
        'phone',
      ),
      fieldOf(
        facts,
        {
          name: 'outcome',
          label: t('meetings.staff.contactOutcome'),
          kind: 'select',
          options: options(CONTACT_OUTCOMES, outcome),
          compact: true,
        },
        'noAnswer',
      ),
      fieldOf(facts, {
        name: 'note',
        label: t('meetings.staff.contactNote'),
        optional: true,
        maxLength: CONTACT_LIMITS.note,
        compact: true,
      }),
    ],
    list: contacts.map((one) => ({
      text: t('meetings.staff.contactLine', { how: how(one.how), outcome: outcome(one.outcome) }),
      meta: t('meetings.staff.contactMeta', {
        day: fmt.date(one.day),
        name: names.get(one.by) ?? t('thread.somebody'),
      }),
      note: one.note,
    })),
  };
}

const LOOK = {
  planned: { tone: 'now', icon: 'clock', state: 'now' },
  held: { tone: 'done', icon: 'check', state: 'done' },
  missed: { tone: 'warn', icon: 'warn', state: 'warn' },
  cancelled: { tone: 'quiet', icon: 'x', state: 'todo' },
} as const;

function rowOf(words: Words, { zone, student }: StaffMeetingsFacts, meeting: Meeting): Row {
  const { tone, icon, state } = LOOK[meeting.state];
  return {
    label: whenOf(words, meeting, zone),
    href: paths.studentMeeting(student.id, meeting.id),
    hint: meeting.why,
    state,
    status: { label: words.t(MEETING_LABEL[meeting.state]), tone, icon },
  };
}
