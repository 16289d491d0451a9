import { describe, expect, test } from 'vitest';
import { schoolDay } from '../../../src/goals/goalTime.ts';
import { studentReviews } from '../../../src/meetings/reading.service.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
const ZONE = 'America/Denver';

async function pair(key: string): Promise<{ student: Visitor; advisor: Visitor; person: string }> {
  const student = await school.as(key);
  const advisor = await school.as('advisor1');
  return { student, advisor, person: await school.person(key) };
}

const MEETING = {
  time: '15:15',
  minutes: '20',
  place: 'Room 204',
  link: '',
  'with.student': '1',
  'with.family': '1',
  'with.advisor': '1',
  'name.family': 'Chidi Okafor',
};
const today = (): string => schoolDay(new Date(), ZONE);

/** A meeting that has begun, so that it can be held. @returns its address */
async function planned(
  advisor: Visitor,
  person: string,
  fields: Record<string, string> = {},
): Promise<string> {
  await advisor.get(paths.studentMeetings(person));
  const answer = await advisor.post(paths.studentMeetings(person), {
    ...MEETING,
    date: '2026-01-13',
    ...fields,
  });
  expect(answer.status).toBe(200);
  const { meetings } = await studentReviews(school.institution, person, new Date());
  return meetings[0]?.id ?? '';
}

describe('the student', () => {
  test('sees what is to come, asks a question and takes it back', async () => {
    const { student } = await pair('student02');
    const first = await student.get(paths.meetings);
    expect(first.text).toContain('No meeting is planned yet.');
    const asked = await student.post(paths.meetingQuestions, { question: 'Can I take <choir>?' });
    expect(asked.text).toContain('Can I take &lt;choir&gt;?');
    expect(asked.text).toContain('Your question is saved for the meeting.');
    const action = /action="(\/meetings\/questions\/[0-9a-f]{24}\/remove)"/.exec(asked.text)?.[1] ?? '';
    const after = await student.post(action, {});
    expect(after.text).not.toContain('choir');
    const empty = await student.post(paths.meetingQuestions, { question: '  ' });
    expect([empty.status, empty.text.includes('href="#question"')]).toEqual([422, true]);
  });

  test('writes the self-review by autosave, keeps both texts of two tabs, and finishes it', async () => {
    const { student, person } = await pair('student03');
    await student.get(paths.selfReview);
    const answers = { well: 'I read six books.', hard: 'Getting up.', changed: 'Nothing yet.', next: '' };
    const save = (fields: Record<string, string>, version: number) =>
      student.post(paths.selfReview, fields, {
        headers: { 'x-autosave': '1', 'if-match': `"${version}"` },
      });
    expect(JSON.parse((await save(answers, 0)).text)).toMatchObject({ version: 1 });
    const conflict = await save({ ...answers, well: 'From another tab' }, 0);
    expect([conflict.status, JSON.parse(conflict.text)]).toMatchObject([
      412,
      { version: 1, fields: { well: 'I read six books.' } },
    ]);
    await student.get(paths.selfReview);
    const tooEarly = await student.post(paths.selfReview, { ...answers, finished: '1', _version: '1' });
    expect([tooEarly.status, tooEarly.text.includes('href="#next"')]).toEqual([422, true]);
    const done = await student.post(paths.selfReview, {
      ...answers,
      next: 'Read on.',
      finished: '1',
      _version: '1',
    });
    expect(done.path).toBe(paths.meetings);
    const plan = await getPlan(school.institution, person);
    expect(plan.standings).toContainEqual(
      expect.objectContaining({ component: 'reflection', credit: 1, verified: false }),
    );
    const { cycle } = await studentReviews(school.institution, person, new Date());
    expect(cycle.state).toBe('family_input');
  });

  test('shows nothing of another student', async () => {
    const { advisor, person } = await pair('student04');
    const id = await planned(advisor, person);
    const other = await school.as('student05');
    expect((await other.get(paths.meetingFile(id))).status).toBe(404);
    expect((await other.get(paths.studentMeetings(person))).status).toBe(404);
  });
});

describe('the advisor', () => {
  test('plans a meeting, whose time both see with the zone’s name, and which a calendar takes', async () => {
    const { student, advisor, person } = await pair('student06');
    const id = await planned(advisor, person, { date: '2099-11-09' });
    const page = await student.get(paths.meetings);
    expect(page.text).toContain('Monday, November 9, 3:15 PM to 3:35 PM, Mountain Time');
    expect(page.text).toContain('Room 204');
    const file = await student.get(paths.meetingFile(id));
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.text).toContain('DTSTART:20991109T221500Z\r\nDTEND:20991109T223500Z');
    expect(file.text).not.toMatch(/ATTENDEE|ORGANIZER|Chidi/);
  });

  test('is told what does not fit, with every word kept', async () => {
    const { advisor, person } = await pair('student06');
    await advisor.get(paths.studentMeetings(person));
    const gap = await advisor.post(paths.studentMeetings(person), {
      ...MEETING,
      date: '2027-03-14',
      time: '02:30',
      place: 'Library',
    });
    expect(gap.status).toBe(422);
    expect(gap.text).toContain('the clocks go forward');
    expect(gap.text).toContain('value="Library"');
    const link = await advisor.post(paths.studentMeetings(person), {
      ...MEETING,
      date: '2099-01-05',
      link: 'javascript:alert(1)',
    });
    expect(link.text).toContain('Enter a link that starts with https:// or http://.');
  });

  test('goes through it: points, questions, notes, decisions, a step, the end, the review', async () => {
    const { student, advisor, person } = await pair('student07');
    await student.get(paths.meetings);
    await student.post(paths.meetingQuestions, { question: 'Who checks my code?' });
    const id = await planned(advisor, person, { date: today(), time: '00:01' });
    const at = paths.studentMeeting(person, id);
    const shown = await advisor.get(at);
    expect(shown.text).toContain('Questions from both sides');
    const question = /name="question\.([0-9a-f]{24})"/.exec(shown.text)?.[1] ?? '';
    const talked = await advisor.post(paths.meetingTalk(person, id), {
      'point.welcome': '1',
      [`question.${question}`]: '1',
      [`answer.${question}`]: 'Ms. Kim',
      point: 'The trip',
      do: 'add',
    });
    expect(talked.text).toContain('The trip');
    expect(talked.text).toContain('value="Ms. Kim"');
    await advisor.post(paths.meetingNotes(person, id), { notes: 'Parts come on Friday.', _version: '0' });
    await advisor.post(paths.meetingDecisions(person, id), { decision: 'Algebra II next year' });
    await advisor.post(paths.meetingFollowUps(person, id), {
      followUp: 'Ask Ms. Kim',
      who: 'student',
      due: '2099-10-30',
      goal: '',
    });
    await advisor.get(at);
    const held = await advisor.post(paths.endMeeting(person, id), { do: 'hold', 'came.student': '1' });
    expect(held.text).toContain('Saved how the meeting went.');
    expect((await getPlan(school.institution, person)).standings).toContainEqual(
      expect.objectContaining({ component: 'conference', credit: 1, verified: true }),
    );
    const page = await student.get(paths.meetings);
    for (const words of [
      'Algebra II next year',
      'Ask Ms. Kim',
      'Parts come on Friday.',
      'Who checks my code?',
    ])
      expect(page.text).toContain(words);
    const tick = /action="(\/meetings\/follow-ups\/[0-9a-f]{24})"/.exec(page.text)?.[1] ?? '';
    expect((await student.post(tick, { done: '1' })).text).toContain('Done ');
    const list = await advisor.get(paths.studentMeetings(person));
    const cycle = /name="cycle" value="([0-9a-f]{24})"/.exec(list.text)?.[1] ?? '';
    const finished = await advisor.post(paths.signOffReview(person), { cycle });
    expect(finished.text).toContain('The review is finished.');
    const locked = await student.get(paths.selfReview);
    expect(locked.text).toContain('This review is finished, so your answers stay as they are.');
    const late = await advisor.post(paths.endMeeting(person, id), { do: 'reopen' });
    expect([late.status, late.text.includes('This review is finished, so it cannot be')]).toEqual([
      409,
      true,
    ]);
  });

  test('puts down what the family said, and attempts that the student does not see', async () => {
    const { student, advisor, person } = await pair('student08');
    await advisor.get(paths.studentMeetings(person));
    await advisor.post(paths.studentContacts(person), {
      day: today(),
      how: 'phone',
      outcome: 'noAnswer',
      note: 'A private remark',
    });
    const page = await advisor.post(paths.studentFamilyInput(person), {
      familyText: 'We want her to try choir.',
      familyWho: 'mother',
      toldOn: today(),
    });
    expect(page.text).toContain('A private remark');
    const own = await student.get(paths.meetings);
    expect(own.text).toContain('Told by the family (mother) on');
    expect(own.text).not.toContain('A private remark');
    const future = await advisor.post(paths.studentFamilyInput(person), {
      familyText: 'Later',
      familyWho: '',
      toldOn: '2099-01-01',
    });
    expect([future.status, future.text.includes('>\nLater</textarea>')]).toEqual([422, true]);
  });
});
