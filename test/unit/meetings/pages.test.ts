import { describe, expect, test } from 'vitest';
import { blankCycle, type ReviewCycle } from '../../../src/meetings/cycle.ts';
import type { Meeting } from '../../../src/meetings/meeting.ts';
import { meetingPage } from '../../../src/meetings/meetingShow.page.ts';
import { emptyMeetingForm, formOfMeeting, readMeetingForm } from '../../../src/meetings/meetingForm.ts';
import { partTitleIn } from '../../../src/meetings/partTitle.ts';
import { periodAt } from '../../../src/meetings/period.ts';
import type { StaffReviewFacts } from '../../../src/meetings/reviewFacts.ts';
import { selfReviewPage } from '../../../src/meetings/selfReview.page.ts';
import { staffMeetingsPage } from '../../../src/meetings/staffMeetings.page.ts';
import { studentMeetingsPage } from '../../../src/meetings/studentMeetings.page.ts';
import { aGoal, anId, aPlan, later, NOW, TODAY } from '../../support/build.ts';
import { allTemplates, renderPage, words } from '../views/render.ts';
import { aMeeting } from './aMeeting.ts';

const HOSTILE = `"><script>alert(1)</script>`;
const RAW = /<script>|alert\(1\)<\/script>/;
const ZONE = 'America/Chicago';
const student = (say: (text: string) => string) => ({
  id: anId(),
  name: say('Maya Okafor'),
  given: say('Maya'),
});

function full(say: (text: string) => string): StaffReviewFacts {
  const by = anId();
  const answers = {
    well: say('Six books'),
    hard: say('Mornings'),
    changed: say('Nothing'),
    next: say('Read'),
  };
  const cycle: ReviewCycle = {
    ...blankCycle({ id: anId(), institution: anId(), person: anId() }, periodAt(TODAY, 2, '07-01'), NOW),
    state: 'held',
    selfReview: { answers, finished: true, version: 2, changedAt: NOW },
    family: { text: say('Try choir'), who: say('Mother'), toldOn: TODAY, by, at: NOW },
    advisor: { text: say('Well done'), by, at: NOW },
  };
  const talked: Partial<Meeting> = {
    place: say('Room 204'),
    link: 'https://video.example/a',
    attendees: [{ role: 'family', name: say('Chidi'), came: true }],
    agenda: [
      { id: 'welcome', kind: 'welcome', about: '', minutes: 2, done: true },
      { id: 'missing', kind: 'missing', about: 'strengths unknownKey', minutes: 3, done: false },
      { id: 'asked:coursePlan', kind: 'asked', about: 'coursePlan', minutes: 3, done: false },
      { id: 'questions', kind: 'questions', about: '2', minutes: 3, done: false },
      { id: anId(), kind: 'own', about: say('The trip'), minutes: 3, done: false },
    ],
    decisions: [{ id: anId(), text: say('Algebra'), by, at: NOW }],
    followUps: [
      {
        id: anId(),
        text: say('Ask'),
        who: 'student',
        due: '2026-10-30',
        goal: null,
        by,
        at: NOW,
        doneAt: null,
      },
      { id: anId(), text: say('Look'), who: 'family', due: null, goal: anId(), by, at: NOW, doneAt: NOW },
    ],
    notes: { text: say('Parts come'), version: 1, changedAt: NOW },
  };
  const planned = aMeeting({ ...talked, startsAt: later(60) });
  const held = aMeeting({ ...talked, followUps: [], id: anId(), state: 'held', startsAt: later(-999) });
  const missed = aMeeting({ id: anId(), state: 'missed', why: say('Ill'), startsAt: later(-9_999) });
  const question = { institution: anId(), person: anId(), by, at: NOW };
  return {
    plan: aPlan({ goals: [aGoal({ statement: say('Arm') })] }),
    zone: ZONE,
    today: TODAY,
    cycle,
    cycles: [cycle],
    meetings: [planned, held, missed],
    periodOf: (day) => periodAt(day, 2, '07-01'),
    now: NOW,
    perYear: 2,
    questions: [
      {
        ...question,
        id: anId(),
        side: 'student',
        text: say('Choir?'),
        answer: '',
        meeting: null,
        talkedAt: null,
      },
      {
        ...question,
        id: anId(),
        side: 'family',
        text: say('Home?'),
        answer: say('Yes'),
        meeting: held.id,
        talkedAt: NOW,
      },
      {
        ...question,
        id: anId(),
        side: 'staff',
        text: say('Fee?'),
        answer: '',
        meeting: null,
        talkedAt: null,
      },
    ],
    names: new Map([[by, say('Rosa Alvarez')]]),
    contacts: [{ ...question, id: anId(), day: TODAY, how: 'phone', outcome: 'noAnswer', note: say('Rang') }],
    attempts: 1,
  };
}

function empty(): StaffReviewFacts {
  const cycle = blankCycle(
    { id: anId(), institution: anId(), person: anId() },
    periodAt(TODAY, 2, '07-01'),
    NOW,
  );
  return { ...full(String), cycle, cycles: [], meetings: [], questions: [], contacts: [], attempts: 0 };
}

function pagesOf(facts: StaffReviewFacts, say: (text: string) => string): [string, string][] {
  const partTitle = partTitleIn(words);
  const who = student(say);
  const problems = [
    { field: 'question', message: say('Write it') },
    { field: 'date', message: say('A day') },
    { field: 'time', message: say('A time') },
    { field: 'came', message: say('Not yet') },
  ];
  const typed = { question: say('typed'), decision: say('typed'), why: say('typed') };
  const form = { ...emptyMeetingForm(), place: say('Library') };
  const shown = facts.meetings.map((meeting) => ({
    ...facts,
    meeting,
    partTitle,
    student: who,
    viewerRole: 'advisor' as const,
  }));
  return [
    ['mine', renderPage('meetings/mine', studentMeetingsPage(words, { ...facts, partTitle }))],
    [
      'mine, refused',
      renderPage(
        'meetings/mine',
        studentMeetingsPage(words, { ...facts, partTitle, problems, typed: say('x') }),
      ),
    ],
    ['selfReview', renderPage('meetings/selfReview', selfReviewPage(words, facts))],
    [
      'selfReview, locked',
      renderPage(
        'meetings/selfReview',
        selfReviewPage(words, { ...facts, cycle: { ...facts.cycle, state: 'signed_off' } }),
      ),
    ],
    ['staff', renderPage('meetings/staff', staffMeetingsPage(words, { ...facts, student: who }))],
    [
      'staff, refused',
      renderPage(
        'meetings/staff',
        staffMeetingsPage(words, { ...facts, student: who, problems, typed, meetingForm: form }),
      ),
    ],
    ...shown.flatMap((one): [string, string][] => [
      [`show ${one.meeting.state}`, renderPage('meetings/show', meetingPage(words, one))],
      [
        `show ${one.meeting.state}, refused`,
        renderPage('meetings/show', meetingPage(words, { ...one, problems, typed, meetingForm: form })),
      ],
    ]),
  ];
}

describe('the pages of meetings', () => {
  const plain = pagesOf(full(String), String);

  test.each([...plain, ...pagesOf(empty(), String).map(([name, html]) => [`empty ${name}`, html] as const)])(
    '%s prints its words, with one heading and no gap',
    (_, html) => {
      expect(html).not.toMatch(/undefined|\[object|NaN/);
      expect(html.match(/<h1/g)).toHaveLength(1);
    },
  );

  test.each(
    pagesOf(
      full((text) => text + HOSTILE),
      (text) => text + HOSTILE,
    ),
  )('%s prints hostile words as words', (_, html) => expect(html).not.toMatch(RAW));

  test('every form is protected, and every label has its control', () => {
    for (const [, html] of plain) {
      const posts = html.match(/<form[^>]*method="post"/g) ?? [];
      expect(html.match(/name="_csrf"/g)?.length ?? 0).toBeGreaterThanOrEqual(posts.length);
      const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      for (const [, target] of html.matchAll(/ (?:for|aria-labelledby)="([^"]+)"/g))
        expect(ids).toContain(target);
      const every = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(every.filter((id, index) => every.indexOf(id) !== index)).toEqual([]);
    }
  });

  test('a student reads nothing of attempts to reach the family', () => {
    expect(plain.find(([name]) => name === 'mine')?.[1]).not.toContain('Rang');
    expect(plain.find(([name]) => name === 'staff')?.[1]).toContain('Rang');
  });

  test('every view of the folder is rendered here', () => {
    const views = allTemplates().filter(({ path }) => /^meetings\/[a-z]/.test(path));
    expect(views.map(({ path }) => path).toSorted()).toEqual([
      'meetings/mine.ejs',
      'meetings/selfReview.ejs',
      'meetings/show.ejs',
      'meetings/staff.ejs',
    ]);
  });
});

describe('the form of a meeting', () => {
  test('shows what is stored, and means it again', () => {
    const meeting = aMeeting({ place: 'Room 1', link: 'https://video.example/a' });
    expect(readMeetingForm(formOfMeeting(meeting, ZONE), ZONE)).toEqual({
      startsAt: meeting.startsAt,
      minutes: 20,
      place: 'Room 1',
      link: 'https://video.example/a',
      attendees: meeting.attendees,
    });
  });

  test('names every field that is wrong at once', () => {
    const form = { ...emptyMeetingForm(), date: '2026-02-30', time: '25:00', minutes: 'ten' };
    expect(() => readMeetingForm(form, ZONE)).toThrow(
      expect.objectContaining({
        fields: ['date', 'time', 'minutes'].map((field) => expect.objectContaining({ field })),
      }),
    );
  });
});
