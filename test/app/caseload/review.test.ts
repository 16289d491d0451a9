import { beforeAll, describe, expect, it } from 'vitest';
import { createGoal } from '../../../src/goals/goal.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { addGrant } from '../../../src/people/grant.store.ts';
import { openPlan, submitPlan } from '../../../src/plans/plan.service.ts';
import { getPlan } from '../../../src/plans/planChange.service.ts';
import { PROFILE_KEYS } from '../../../src/plans/plan.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
let advisor: Visitor;

beforeAll(async () => {
  advisor = await school.as('advisor1');
});

async function studentActor(key: string): Promise<Actor> {
  const person = await school.person(key);
  return { institution: school.institution, person, role: 'student', via: null };
}

/** A whole plan, sent to the advisor. */
async function sent(key: string): Promise<string> {
  const actor = await studentActor(key);
  const now = new Date();
  await openPlan(actor.institution, actor.person, now);
  for (const part of PROFILE_KEYS)
    await saveProfilePart(
      actor,
      actor.person,
      part,
      { text: `About ${part} of ${key}.`, finished: true },
      0,
      now,
    );
  await createGoal(actor, actor.person, aGoalForm({ by: '2035-03-14' }), now);
  await submitPlan(actor, actor.person, now);
  return actor.person;
}

/** The version a page's form was made from. */
const versionIn = (page: string): string => /name="_version" value="(\d+)"/.exec(page)?.[1] ?? '';

const stateOf = async (person: string) => (await getPlan(school.institution, person)).state;

describe('the caseload', () => {
  it('shows every student of the advisory course, those who wait first, with the reason', async () => {
    const person = await sent('student04');
    const page = await advisor.get(paths.caseload);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Has not opened Waymark yet');
    expect(page.text).toContain('Sent to you today');
    const rows = page.text.split('<tr role="row"').slice(2);
    expect(rows[0]).toContain(paths.review(person));
  });

  it('finds a name without its accents, and shows one view', async () => {
    const found = await advisor.get(`${paths.caseload}?q=jorgen`);
    expect(found.text).toContain('Jørgen');
    expect(found.text).not.toContain('Imani');
    const none = await advisor.get(`${paths.caseload}?q=nobody+at+all`);
    expect(none.text).toContain('No student fits');
    const waiting = await advisor.get(`${paths.caseload}?view=waiting`);
    expect(waiting.text).toContain('Raghunathan');
    expect(waiting.text).not.toContain('Has not opened');
  });

  it('is closed to students, and a foreign course is not there', async () => {
    const student = await school.as('student05');
    expect((await student.get(paths.caseload)).status).toBe(403);
    const biology = await school.course('biology', 'moodle');
    expect((await advisor.get(`${paths.caseload}?course=${biology}`)).status).toBe(404);
  });
});

describe('a review', () => {
  it('is begun by a post, never by looking', async () => {
    const person = await sent('student06');
    await advisor.get(paths.review(person));
    expect(await stateOf(person)).toBe('submitted');
    const page = await advisor.post(paths.startReview(person), {});
    expect(page.path).toBe(paths.review(person));
    expect(await stateOf(person)).toBe('in_review');
  });

  it('sends a plan back with its comments, which the student then reads', async () => {
    const person = await sent('student07');
    await advisor.get(paths.review(person));
    const silent = await advisor.post(paths.review(person), {
      do: 'return',
      note: 'Nearly there.',
      'answer.strengths': 'change',
      'comment.strengths': '',
    });
    expect(silent.status).toBe(422);
    expect(silent.text).toContain('Say what should change in My strengths');
    expect(silent.text).toContain('Nearly there.');
    expect(silent.text).toContain('href="#comment.strengths"');
    const page = await advisor.post(paths.review(person), {
      do: 'return',
      note: 'Nearly there.',
      _version: versionIn(silent.text),
      'answer.strengths': 'change',
      'comment.strengths': 'Tell about one time.',
    });
    expect(page.status).toBe(200);
    expect(page.text).toContain('You sent this plan back');
    expect(page.text).toContain('Tell about one time.');
    expect(await stateOf(person)).toBe('returned');
  });

  it('approves a plan, and takes the approval back', async () => {
    const person = await sent('student08');
    await advisor.get(paths.review(person));
    const approved = await advisor.post(paths.review(person), { do: 'approve', note: 'Well done.' });
    expect(approved.text).toContain('This plan is approved');
    expect(await stateOf(person)).toBe('active');
    const again = await advisor.post(paths.review(person), { do: 'approve', note: '' });
    expect(again.status).toBe(409);
    expect(again.text).toContain('This plan is in use, so it cannot be taken into review now.');
    const undone = await advisor.post(paths.undoApproval(person), {});
    expect(undone.status).toBe(200);
    expect(await stateOf(person)).toBe('in_review');
  });

  it('saves answers as they are given, and merges what another tab saved', async () => {
    const person = await sent('student09');
    await advisor.get(paths.review(person));
    const headers = { 'x-autosave': '1', 'if-match': '"0"' };
    const first = await advisor.post(
      paths.review(person),
      { 'answer.interests': 'good', 'comment.interests': 'Lovely.' },
      { headers },
    );
    expect(first.status).toBe(200);
    const { version } = JSON.parse(first.text) as { version: number };
    const stale = await advisor.post(
      paths.review(person),
      { 'comment.interests': 'Other words.' },
      { headers },
    );
    expect(stale.status).toBe(412);
    expect(JSON.parse(stale.text)).toMatchObject({ version, fields: { 'comment.interests': 'Lovely.' } });
    const page = await advisor.get(paths.review(person));
    expect(page.text).toContain('Lovely.');
    expect(page.text).toMatch(/value="good"[^>]* checked/);
  });

  it('shows both versions when a form comes from an older page', async () => {
    const person = await sent('student10');
    await advisor.get(paths.review(person));
    await advisor.post(paths.review(person), { 'comment.interests': 'First words.' });
    const late = await advisor.post(paths.review(person), {
      _version: '1',
      'comment.interests': 'Second words.',
      'seen.interests': '0',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('First words.');
    expect(late.text).toContain('Second words.');
  });

  it('keeps both notes when two pages wrote one', async () => {
    const person = await sent('student14');
    await advisor.get(paths.review(person));
    await advisor.post(paths.review(person), { note: 'First note.' });
    const late = await advisor.post(paths.review(person), { _version: '1', note: 'Second note.' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('First note.');
    expect(late.text).toContain('Second note.');
    const kept = await advisor.post(paths.review(person), {
      _version: versionIn(late.text),
      note: 'Both notes.',
    });
    expect(kept.status).toBe(200);
  });

  it('goes on to the next who waits, and says what became of the last', async () => {
    const person = await sent('student11');
    await advisor.get(paths.review(person));
    const page = await advisor.post(paths.review(person), { do: 'approve', note: '', openNext: '1' });
    expect(page.path).toMatch(/\/students\/[0-9a-f]{24}\/review\?after=/);
    expect(page.text).toContain('Keanu’s plan is approved.');
    expect(page.text).toMatch(/\d+ of \d+ waiting/);
  });

  it('marks what changed since the last approval', async () => {
    const person = await sent('student12');
    await advisor.get(paths.review(person));
    await advisor.post(paths.review(person), { do: 'approve', note: '' });
    await advisor.post(paths.undoApproval(person), {});
    const actor = await studentActor('student12');
    await advisor.post(paths.review(person), {
      do: 'return',
      'answer.strengths': 'change',
      'comment.strengths': 'Say more.',
    });
    await saveProfilePart(
      actor,
      person,
      'strengths',
      { text: 'About strengths of everybody.', finished: true },
      1,
      new Date(),
    );
    await submitPlan(actor, person, new Date());
    const page = await advisor.get(paths.review(person));
    // The first approval was undone, so there is nothing to compare with.
    expect(page.text).toContain('No version has been approved before');
    await advisor.post(paths.review(person), { do: 'approve', note: '' });
    const overview = await advisor.get(paths.student(person));
    expect(overview.text).toContain('The plan is in use');
    expect(overview.text).toContain('approved the plan');
  });
});

async function makeAdministrator(key: string): Promise<void> {
  const { institution } = school;
  const person = await school.person(key);
  await addGrant({ institution, person, right: 'administrator', by: 'operator', at: new Date() });
}

describe('who may do it', () => {
  it('refuses a teacher of a course that is not advisory, and hides strangers', async () => {
    const person = await sent('student01');
    const teacher = await school.as('teacher2', { course: 'history' });
    expect((await teacher.get(paths.student(person))).status).toBe(403);
    expect((await teacher.get(paths.review(person))).status).toBe(403);
    const other = await school.as('student02');
    await other.get(paths.profilePart('strengths'));
    expect((await other.get(paths.student(person))).status).toBe(404);
    expect((await other.post(paths.startReview(person), {})).status).toBe(404);
    const own = await school.as('student01');
    expect((await own.get(paths.student(person))).status).toBe(403);
  });

  it('lets an administrator read, and not decide', async () => {
    const person = await school.person('student01');
    await school.as('admin1');
    await makeAdministrator('admin1');
    const admin = await school.as('admin1');
    const page = await admin.get(paths.student(person));
    expect(page.status).toBe(200);
    const read = (await admin.get(paths.review(person))).text;
    expect(read).not.toContain('Approve plan');
    const csrf = /name="csrf-token" content="([^"]*)"/.exec(read)?.[1] ?? '';
    expect((await admin.post(paths.review(person), { do: 'approve' }, { csrf })).status).toBe(404);
  });
});

describe('comments', () => {
  it('stand in the overview, and staff comments are marked', async () => {
    const person = await sent('student13');
    await advisor.get(paths.student(person));
    const empty = await advisor.post(paths.studentComments(person), { section: 'plan', text: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Write your comment first.');
    const page = await advisor.post(paths.studentComments(person), {
      section: 'strengths',
      text: 'Ask the counselor.',
      visibility: 'staff',
    });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Ask the counselor.');
    expect(page.text).toContain('only staff can read this');
  });
});
