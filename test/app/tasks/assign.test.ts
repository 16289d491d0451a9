import { describe, expect, test } from 'vitest';
import { listOfPerson } from '../../../src/jobs/outbox.store.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { addEvidence } from '../../../src/portfolio/evidence.service.ts';
import { TypedEvidence } from '../../../src/portfolio/evidenceForm.ts';
import type { Answer, Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { prepareLinks } from '../../../src/tasks/link.service.ts';
import type { Task } from '../../../src/tasks/task.ts';
import { listTasksOf, listTasksOfLink } from '../../../src/tasks/task.service.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

const versionIn = ({ text }: Answer): string => /data-version="(\d+)"/.exec(text)?.[1] ?? '';
const LONG = 'I worked on it for three weeks and I learned to ask early and to keep my notes in one place.';

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

async function advisor(): Promise<Visitor> {
  return school.as('advisor1');
}

const tasksOf = ({ institution, person }: Actor): Promise<Task[]> => listTasksOf(institution, person);

async function give(
  staff: Visitor,
  person: string,
  form: Record<string, string | string[]>,
): Promise<Answer> {
  await staff.get(paths.assignToStudent(person));
  return staff.post(paths.assignToStudent(person), form);
}

async function taskOf(actor: Actor, template: string): Promise<Task> {
  const task = (await tasksOf(actor)).find((one) => one.template === template);
  if (!task) throw new Error(`${template} was not given`);
  return task;
}

async function handIn(visitor: Visitor, task: Task, answers: Record<string, string>): Promise<Answer> {
  const version = versionIn(await visitor.get(paths.task(task.id)));
  return visitor.post(paths.handIn(task.id), { ...answers, _version: version });
}

async function decide(staff: Visitor, task: Task, form: Record<string, string>): Promise<Answer> {
  await staff.get(paths.studentTask(task.id));
  return staff.post(paths.studentTask(task.id), { comment: '', points: '', reason: '', ...form });
}

describe('a task that is given inside Waymark', () => {
  test('is written, handed in, sent back, handed in again and accepted; no grade goes to the LMS', async () => {
    const { visitor, actor } = await student('student01');
    const staff = await advisor();
    await give(staff, actor.person, { templates: 'visit', due: '2099-05-01' });
    const task = await taskOf(actor, 'visit');
    expect(task.state).toBe('assigned');
    const page = await visitor.get(paths.task(task.id));
    expect(page.text).toContain('nothing goes to a gradebook');

    const short = await handIn(visitor, task, { where: 'A college on Monday', found: 'Nice.' });
    expect(short.status).toBe(422);
    expect(short.text).toContain('Nice.');
    await handIn(visitor, task, { where: 'A college on Monday afternoon', found: LONG });
    await decide(staff, task, { do: 'return', comment: 'Say what you asked.' });
    await handIn(visitor, task, {
      where: 'A college on Monday afternoon',
      found: `${LONG} I asked two things.`,
    });
    await decide(staff, task, { do: 'verify', points: '9' });

    const after = await taskOf(actor, 'visit');
    expect(after).toMatchObject({ state: 'verified', points: 9 });
    expect(after.attempts.map(({ ended, comment }) => [ended, comment])).toEqual([
      ['returned', 'Say what you asked.'],
      ['verified', ''],
    ]);
    const told = await visitor.get(paths.task(task.id));
    for (const text of ['Hand-in 1', 'sent back', 'Hand-in 2', 'accepted']) expect(told.text).toContain(text);
    expect(await listOfPerson(actor.institution, actor.person)).toEqual([]);
  });

  test('with a rubric is scored by its levels, and waits for a piece of the portfolio', async () => {
    const { visitor, actor } = await student('student02');
    const staff = await advisor();
    await give(staff, actor.person, { templates: 'best-work' });
    const task = await taskOf(actor, 'best-work');
    const early = await handIn(visitor, task, { proud: LONG });
    expect(early.status).toBe(422);
    expect(early.text).toContain('href="#proof"');
    const form = TypedEvidence.parse({ title: 'My best poem', text: 'Roses', tasks: task.id });
    const own = { goals: new Set<string>(), skills: new Set<string>(), courses: new Set<string>() };
    const now = new Date();
    const time = { own: { ...own, tasks: new Set([task.id]) }, today: now.toISOString().slice(0, 10), now };
    await addEvidence(
      actor,
      { kind: 'text', form: { ...form, tasks: [task.id] }, file: { is: 'none' } },
      time,
    );
    expect((await handIn(visitor, task, { proud: LONG })).status).toBe(200);

    const open = await staff.get(paths.studentTask(task.id));
    expect(open.text).toContain('My best poem');
    const none = await decide(staff, task, { do: 'verify', 'rubric.work': '3' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('Choose a level.');
    await decide(staff, task, { do: 'verify', 'rubric.work': '2', 'rubric.words': '1' });
    expect(await taskOf(actor, 'best-work')).toMatchObject({ state: 'verified', points: 6 });
    expect((await visitor.get(paths.task(task.id))).text).toContain('Chosen by your advisor');
  });

  test('of a choice excuses the others when one is accepted, and says so', async () => {
    const { visitor, actor } = await student('student03');
    const staff = await advisor();
    await give(staff, actor.person, { templates: ['study-plan', 'meeting-prep'], asks: 'one' });
    const [first, other] = [await taskOf(actor, 'meeting-prep'), await taskOf(actor, 'study-plan')];
    expect((await visitor.get(paths.task(first.id))).text).toContain('Any one of these is enough');
    await handIn(visitor, first, { well: LONG, hard: LONG, questions: LONG });
    expect(await taskOf(actor, 'meeting-prep')).toMatchObject({ state: 'verified' });
    expect(await taskOf(actor, 'study-plan')).toMatchObject({ state: 'excused', decidedBy: null });
    const told = await visitor.get(paths.task(other.id));
    expect(told.text).toContain('any one of these tasks is enough');
    expect(told.text).toContain('You were excused');
  });

  test('goes to some students of a course, later to more, and one who never opened it is excused', async () => {
    const keys = ['student04', 'student05', 'student06'];
    const all = await Promise.all(keys.map(async (key) => (await student(key)).actor.person));
    const staff = await advisor();
    const course = await school.course('advisory');
    await staff.get(paths.assignToCourse(course));
    const nobody = await staff.post(paths.assignToCourse(course), { templates: 'life-goal', whom: 'some' });
    expect(nobody.status).toBe(422);
    expect(nobody.text).toContain('Choose at least one student.');
    const given = await staff.post(paths.assignToCourse(course), {
      templates: 'life-goal',
      whom: 'some',
      people: all.slice(0, 2),
    });
    expect(given.text).toContain('The students have it in their plan now.');
    const link = given.path.split('/').at(-1)?.split('?')[0] ?? '';
    expect(await listTasksOfLink(school.institution, link)).toHaveLength(2);
    await staff.post(paths.assignAlso(link), { people: all.slice(1) });
    expect(await listTasksOfLink(school.institution, link)).toHaveLength(3);

    await staff.get(paths.assignment(link));
    const bare = await staff.post(paths.excuseFrom(link), { person: all[2] ?? '', reason: ' ' });
    expect(bare.status).toBe(422);
    await staff.post(paths.excuseFrom(link), { person: all[2] ?? '', reason: 'Joined late.' });
    const tasks = await listTasksOfLink(school.institution, link);
    expect(tasks.find(({ person }) => person === all[2])).toMatchObject({
      state: 'excused',
      excuse: 'Joined late.',
    });
  });
});

test('a student who never opened an LMS assignment is excused from its page', async () => {
  const { actor } = await student('student07');
  const staff = await advisor();
  const giver: Actor = { ...actor, person: await school.person('advisor1'), role: 'advisor' };
  const course = await school.course('advisory');
  const [link] = await prepareLinks(giver, course, [{ template: 'career-interview' }], new Date());
  const id = link?.id ?? '';
  expect((await staff.get(paths.assignment(id))).text).toContain('Excuse a student who has not opened it');
  const done = await staff.post(paths.excuseFrom(id), { person: actor.person, reason: 'Ill for a month.' });
  expect(done.text).toContain('The student is excused.');
  expect(await listTasksOfLink(school.institution, id)).toMatchObject([{ state: 'excused' }]);
});

test('a student gives no tasks, and staff none to strangers', async () => {
  const { visitor, actor } = await student('student08');
  expect((await visitor.get(paths.assignToStudent(actor.person))).status).toBe(403);
  const course = await school.course('advisory');
  expect((await visitor.get(paths.assignToCourse(course))).status).toBe(403);
});
