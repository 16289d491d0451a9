import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { listOfPerson } from '../../../src/jobs/outbox.store.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/shared/errors.ts';
import { bindLink, getLink, listLinksOf, prepareLinks } from '../../../src/tasks/link.service.ts';
import type { Task, TaskLink } from '../../../src/tasks/task.ts';
import {
  getTask,
  handIn,
  listHandIns,
  listTasksOf,
  listTasksOfLink,
  openTask,
  saveTaskDraft,
  withdrawHandIn,
} from '../../../src/tasks/task.service.ts';
import {
  excuseTask,
  reopenTask,
  returnTask,
  startTaskReview,
  verifyTask,
} from '../../../src/tasks/taskReview.service.ts';
import { later, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aCourse, aSchool, type School } from '../../support/storedSchool.ts';

useDatabase();

const PLACE = { resourceLinkId: 'rl-1', lineItem: 'https://lms.example/items/1' };
const WHOLE = {
  learned: 'He starts at six and walks five miles a day. The training took two years and was paid.',
  surprise: 'He writes reports every day.',
};

async function assigned(template = 'career-interview'): Promise<School & { link: TaskLink }> {
  const school = await aSchool();
  const [made] = await prepareLinks(school.advisor, school.course, [{ template }], NOW);
  const link = await bindLink(school.institution, made?.uuid ?? '', school.course, PLACE, NOW);
  return { ...school, link };
}

async function handedIn(): Promise<School & { link: TaskLink; task: Task }> {
  const school = await assigned();
  const { student, link } = school;
  const opened = await openTask(student, link.id, NOW);
  return { ...school, task: await handIn(student, opened.id, WHOLE, opened.version, later(10)) };
}

const gradeOf = async ({ institution, student }: School) =>
  (await listOfPerson(institution, student.person))[0];

describe('placing tasks in a course', () => {
  it('makes a link of its own for each choice, from the template unless said otherwise', async () => {
    const { advisor, course, institution } = await aSchool();
    const choices = [
      { template: 'career-interview' },
      { template: 'life-goal', title: 'My goal', points: 25, dueAt: later(60) },
    ];
    const links = await prepareLinks(advisor, course, choices, NOW);
    expect(links).toMatchObject([
      { title: 'Talk to someone about their job', points: 10, dueAt: null, lineItem: null },
      { title: 'My goal', points: 25, dueAt: later(60) },
    ]);
    expect(links[0]?.uuid).not.toBe(links[1]?.uuid);
    expect((await listLinksOf(institution, course)).map(({ id }) => id)).toEqual(links.map(({ id }) => id));
  });

  it('is for advisors and administrators, with at least one known template and whole points', async () => {
    const { student, advisor, course } = await aSchool();
    const choice = { template: 'life-goal' };
    await expect(prepareLinks(student, course, [choice], NOW)).rejects.toThrow(Forbidden);
    await expect(prepareLinks(advisor, course, [], NOW)).rejects.toThrow(Invalid);
    await expect(prepareLinks(advisor, course, [{ template: 'none' }], NOW)).rejects.toThrow(NotFound);
    await expect(prepareLinks(advisor, course, [{ ...choice, points: 0 }], NOW)).rejects.toThrow(Invalid);
  });

  it('binds to the first place, and keeps the column when a later launch does not name it', async () => {
    const { institution, course, link } = await assigned();
    expect(link).toMatchObject(PLACE);
    const again = await bindLink(institution, link.uuid, course, { ...PLACE, lineItem: null }, later(1));
    expect(again).toEqual(link);
    const moved = await bindLink(
      institution,
      link.uuid,
      course,
      { ...PLACE, lineItem: 'https://lms.example/2' },
      NOW,
    );
    expect([moved.id, moved.lineItem]).toEqual([link.id, 'https://lms.example/2']);
  });

  it('becomes a link of its own in a copied course and for a copied activity, launched by many at once', async () => {
    const { institution, course, link } = await assigned();
    const copied = await aCourse(institution);
    const places = await Promise.all(
      Array.from({ length: 8 }, () =>
        bindLink(institution, link.uuid, copied, { ...PLACE, lineItem: null }, NOW),
      ),
    );
    expect(new Set(places.map(({ id }) => id)).size).toBe(1);
    expect(places[0]).toMatchObject({ course: copied, template: link.template, dueAt: null });
    const twin = await bindLink(institution, link.uuid, course, { ...PLACE, resourceLinkId: 'rl-2' }, NOW);
    expect(twin.id).not.toBe(link.id);
    expect((await getLink(institution, link.id)).resourceLinkId).toBe('rl-1');
  });

  it('gives a place to the newer deep link when the activity was edited', async () => {
    const { institution, advisor, course, link } = await assigned();
    const [newer] = await prepareLinks(advisor, course, [{ template: 'life-goal' }], NOW);
    const bound = await bindLink(institution, newer?.uuid ?? '', course, PLACE, NOW);
    expect(bound.template).toBe('life-goal');
    expect((await getLink(institution, link.id)).resourceLinkId).toBeNull();
  });

  it('is unknown to another institution', async () => {
    const [here, there] = [await assigned(), await aSchool()];
    await expect(bindLink(there.institution, here.link.uuid, there.course, PLACE, NOW)).rejects.toThrow(
      NotFound,
    );
    await expect(openTask(there.student, here.link.id, NOW)).rejects.toThrow(NotFound);
  });
});

describe('working on a task', () => {
  it('is one task however often it is opened at once', async () => {
    const { institution, student, link } = await assigned();
    const tasks = await Promise.all(Array.from({ length: 10 }, () => openTask(student, link.id, NOW)));
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(1);
    expect(tasks[0]).toMatchObject({ state: 'opened', openedAt: NOW, course: link.course });
    const events = await historyOf(institution, student.person, { limit: 20, actions: ['task.opened'] });
    expect(events).toHaveLength(1);
  });

  it('is for students, and each for their own', async () => {
    const { student, advisor, link } = await assigned();
    await expect(openTask(advisor, link.id, NOW)).rejects.toThrow(Forbidden);
    const task = await openTask(student, link.id, NOW);
    await expect(getTask({ ...student, person: 'other' }, task.id)).rejects.toThrow(NotFound);
    expect((await getTask(advisor, task.id)).id).toBe(task.id);
  });

  it('never loses the words of either of two tabs', async () => {
    const { student, link } = await assigned();
    const { id, version } = await openTask(student, link.id, NOW);
    const saved = await saveTaskDraft(student, id, { learned: 'First tab' }, version, NOW);
    expect(saved).toMatchObject({ state: 'in_progress', version: version + 1 });
    await expect(saveTaskDraft(student, id, { learned: 'Second tab' }, version, NOW)).rejects.toMatchObject({
      name: 'VersionConflict',
      stored: { words: { learned: 'First tab' }, version: version + 1 },
      yours: { learned: 'Second tab' },
    });
    expect((await saveTaskDraft(student, id, { learned: 'First tab' }, version, NOW)).version).toBe(
      version + 1,
    );
    await expect(handIn(student, id, WHOLE, version, NOW)).rejects.toMatchObject({ name: 'VersionConflict' });
  });

  it('is handed in only when it is enough', async () => {
    const { student, link } = await assigned();
    const { id, version } = await openTask(student, link.id, NOW);
    await expect(handIn(student, id, { learned: 'A lot' }, version, NOW)).rejects.toMatchObject({
      fields: [
        { field: 'learned' },
        { field: 'surprise', message: 'Answer this question before you hand in.' },
      ],
    });
  });
});

describe('from handed in to graded', () => {
  it('waits for a person: Submitted / PendingManual without a score', async () => {
    const school = await handedIn();
    expect(school.task).toMatchObject({ state: 'submitted', submittedAt: later(10) });
    expect(await gradeOf(school)).toMatchObject({
      course: school.course,
      activityProgress: 'Submitted',
      gradingProgress: 'PendingManual',
      scoreGiven: null,
      scoreMaximum: 10,
      submittedAt: later(10),
    });
    expect(await listHandIns(school.institution, [school.course])).toHaveLength(1);
  });

  it('can be taken back until an advisor opens it', async () => {
    const school = await handedIn();
    const { student, advisor, task } = school;
    expect((await withdrawHandIn(student, task.id, later(11))).state).toBe('in_progress');
    expect(await gradeOf(school)).toMatchObject({
      activityProgress: 'InProgress',
      gradingProgress: 'Pending',
    });
    const { version } = await getTask(student, task.id);
    await handIn(student, task.id, WHOLE, version, later(12));
    await startTaskReview(advisor, task.id, later(13));
    await startTaskReview(advisor, task.id, later(14));
    expect((await getTask(student, task.id)).seenAt).toEqual(later(13));
    await expect(withdrawHandIn(student, task.id, later(15))).rejects.toThrow(
      'Your advisor has opened this task',
    );
  });

  it('is returned with a comment, handed in again and accepted with its points', async () => {
    const school = await handedIn();
    const { student, advisor, task } = school;
    await expect(returnTask(advisor, task.id, ' ', NOW)).rejects.toThrow(Invalid);
    const returned = await returnTask(advisor, task.id, 'Add one thing that surprised you.', later(20));
    expect(returned).toMatchObject({ state: 'returned', comment: 'Add one thing that surprised you.' });
    expect(await gradeOf(school)).toMatchObject({
      activityProgress: 'InProgress',
      gradingProgress: 'Pending',
      scoreGiven: null,
    });
    const worked = await saveTaskDraft(
      student,
      task.id,
      { ...WHOLE, surprise: 'He writes a lot.' },
      returned.version,
      later(30),
    );
    expect(worked.state).toBe('returned');
    await handIn(student, task.id, { ...WHOLE, surprise: 'He writes a lot.' }, worked.version, later(31));
    const verified = await verifyTask(advisor, task.id, { points: 9, comment: 'Good.' }, later(40));
    expect(verified).toMatchObject({ state: 'verified', points: 9, decidedBy: advisor.person });
    expect(verified.history.map(({ state }) => state)).toEqual([
      'opened',
      'submitted',
      'returned',
      'submitted',
      'verified',
    ]);
    expect(await gradeOf(school)).toMatchObject({
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      scoreGiven: 9,
      submittedAt: later(31),
      decidedAt: later(40),
    });
    expect(await listOfPerson(school.institution, student.person)).toHaveLength(1);
  });

  it('counts at once where the template needs no person', async () => {
    const school = await assigned('meeting-prep');
    const { student, link } = school;
    const { id, version } = await openTask(student, link.id, NOW);
    const form = {
      well: 'My math grade rose.',
      hard: 'Getting up is hard.',
      questions: 'May I change Spanish? When is the fair?',
    };
    expect(await handIn(student, id, form, version, later(1))).toMatchObject({
      state: 'verified',
      points: 5,
    });
    expect(await gradeOf(school)).toMatchObject({ activityProgress: 'Completed', scoreGiven: 5 });
    const { history } = await getTask(student, id);
    expect(history.slice(-2)).toMatchObject([
      { by: student.person, state: 'submitted' },
      { by: 'system', state: 'verified' },
    ]);
    const events = await historyOf(student.institution, student.person, { limit: 10 });
    expect(events.map(({ actor, action }) => [actor, action])).toEqual(
      expect.arrayContaining([
        [student.person, 'task.submitted'],
        ['system', 'task.verified'],
      ]),
    );
  });

  it('is decided by advisors only, once, within the points', async () => {
    const { student, advisor, administrator, task } = await handedIn();
    await expect(verifyTask(student, task.id, {}, NOW)).rejects.toThrow(Forbidden);
    await expect(verifyTask(administrator, task.id, {}, NOW)).rejects.toThrow(Forbidden);
    await expect(verifyTask(advisor, task.id, { comment: 'x'.repeat(2_001) }, NOW)).rejects.toThrow(
      'Use 2,000 characters or fewer.',
    );
    await expect(verifyTask(advisor, task.id, { points: 11 }, NOW)).rejects.toThrow(
      'Points go from 0 to 10.',
    );
    const results = await Promise.allSettled([
      verifyTask(advisor, task.id, {}, NOW),
      returnTask(advisor, task.id, 'Hm', NOW),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('excuses a student who never opened it, with a reason, and sends nothing', async () => {
    const school = await assigned();
    const { student, advisor, administrator, link } = school;
    await expect(excuseTask(student, link.id, student.person, 'No', NOW)).rejects.toThrow(Forbidden);
    await expect(excuseTask(advisor, link.id, student.person, '', NOW)).rejects.toThrow(Invalid);
    const task = await excuseTask(administrator, link.id, student.person, 'Joined in May', NOW);
    expect(task).toMatchObject({ state: 'excused', excuse: 'Joined in May' });
    expect(await gradeOf(school)).toBeUndefined();
    await expect(saveTaskDraft(student, task.id, WHOLE, task.version, NOW)).rejects.toThrow(Conflict);
    expect((await reopenTask(advisor, task.id, 'Please do it after all.', NOW)).state).toBe('returned');
  });

  it('lists a student’s tasks and an assignment’s, from an index', async () => {
    const { institution, student, link, task } = await handedIn();
    expect((await listTasksOf(institution, student.person)).map(({ id }) => id)).toEqual([task.id]);
    expect((await listTasksOfLink(institution, link.id)).map(({ id }) => id)).toEqual([task.id]);
    const tasks = mongoose.connection.collection('tasks');
    const waiting = { institution, course: { $in: [link.course, 'another'] }, state: 'submitted' };
    const explained = await tasks.find(waiting).sort({ submittedAt: 1 }).explain('queryPlanner');
    const winner = JSON.stringify((explained['queryPlanner'] as { winningPlan: object }).winningPlan);
    expect(winner).toContain('SORT_MERGE');
    expect(winner).not.toMatch(/COLLSCAN|"SORT"/);
  });
});
