import { describe, expect, it } from 'vitest';
import { enqueue } from '../../../src/jobs/enqueue.ts';
import { finish, leaseDue, listOfCourse, requeue } from '../../../src/jobs/outbox.store.ts';
import type { OutboxRow } from '../../../src/jobs/outbox.ts';
import type { Manner } from '../../../src/practice/lms.ts';
import { useSchool } from '../../support/school.ts';

/** The worker's clock can be put on: its pauses are then over, without anybody waiting for them. */
let ahead = 0;
const clock = (): Date => new Date(Date.now() + ahead);
const school = useSchool({ clock });

/** Queues the plan's grade of a student, as the plan services do. */
async function decide(student: string, scoreGiven: number, manner: Manner = 'canvas'): Promise<string> {
  const course = await school.course('advisory', manner);
  const now = clock();
  await enqueue({
    institution: school.institution,
    course,
    person: await school.person(student),
    item: { kind: 'plan' },
    activityProgress: 'InProgress',
    gradingProgress: 'FullyGraded',
    scoreGiven,
    scoreMaximum: 100,
    comment: `${scoreGiven} of 100.`,
    submittedAt: now,
    decidedAt: now,
  });
  return course;
}

async function rowOf(course: string, student: string): Promise<OutboxRow> {
  const person = await school.person(student);
  const row = (await listOfCourse(school.institution, course)).find((one) => one.person === person);
  if (!row) throw new Error('no row');
  return row;
}

/** Grades of one person and column are a second apart, and a column that is being made is waited for. */
async function settled(): Promise<void> {
  for (let second = 0; second < 3; second += 1) {
    await school.settle();
    ahead += 1_050;
  }
  await school.settle();
}

function shown(student: string, manner: Manner = 'canvas'): number[] {
  const lms = school.lms.manners[manner];
  const rows = lms.gradebook(lms.course('advisory').id).filter(({ person }) => person === student);
  return rows.map(({ score }) => score ?? -1);
}

describe('the worker', () => {
  it.each(['canvas', 'schoology', 'moodle'] as const)(
    'posts a grade once into one column, in %s',
    async (manner) => {
      await decide('student09', 40, manner);
      await decide('student10', 50, manner);
      await settled();
      expect(shown('student09', manner)).toEqual([40]);
      expect(shown('student10', manner)).toEqual([50]);
      const labels = new Set(
        school.lms.manners[manner]
          .gradebook(school.lms.manners[manner].course('advisory').id)
          .map(({ lineItemId }) => lineItemId),
      );
      expect(labels.size).toBe(1);
    },
  );

  it('ends on the last decision', async () => {
    for (const score of [10, 20, 10, 35]) await decide('student11', score);
    await settled();
    expect(shown('student11')).toEqual([35]);
  });

  it('tries again after a fault of the LMS, and says so meanwhile', async () => {
    school.lms.manners.canvas.failNext({ status: 503, times: 1, path: 'scores' });
    const course = await decide('student12', 60);
    await school.settle();
    expect(await rowOf(course, 'student12')).toMatchObject({
      status: 'retrying',
      reason: 'server-error',
      attempts: 1,
    });
    await requeue(school.institution, course, (await rowOf(course, 'student12')).id, clock());
    ahead += 2_100;
    await school.settle();
    expect(shown('student12')).toEqual([60]);
  });

  it('stops with a reason where trying again cannot help', async () => {
    const course = await decide('student50', 60);
    await school.settle();
    expect(await rowOf(course, 'student50')).toMatchObject({ status: 'dead', reason: 'not-in-course' });
  });

  it('leaves a teacher’s grade alone', async () => {
    const course = await decide('student14', 30);
    await school.settle();
    const lms = school.lms.manners.canvas;
    const [cell] = lms.gradebook(lms.course('advisory').id).filter(({ person }) => person === 'student14');
    lms.override(cell?.lineItemId ?? '', 'student14', 88);
    await decide('student14', 55);
    await settled();
    expect(shown('student14')).toEqual([88]);
    expect(await rowOf(course, 'student14')).toMatchObject({ status: 'skipped', reason: 'override' });
  });

  it('lets only the holder of a lease finish a row', async () => {
    const course = await decide('student15', 5);
    const other = {
      ...(await rowOf(course, 'student15')),
      lease: { token: 'somebody-else', until: clock() },
    };
    expect(await finish(other, { status: 'sent', reason: null })).toBe(false);
    await school.settle();
    expect(await leaseDue(clock(), 1_000, { full: [], of: () => 1 })).toEqual([]);
  });
});
