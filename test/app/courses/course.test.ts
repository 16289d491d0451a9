import { beforeAll, describe, expect, it, vi } from 'vitest';
import { finishRosterRun } from '../../../src/courses/roster.service.ts';
import { advisedCourses } from '../../../src/courses/enrolment.service.ts';
import { getCourse, setPlanGrade } from '../../../src/courses/course.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { gradesOfCourse } from '../../../src/jobs/retry.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { openPlan, submitPlan } from '../../../src/plans/plan.service.ts';
import { PROFILE_KEYS } from '../../../src/plans/plan.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
let advisor: Visitor;
let course: string;

beforeAll(async () => {
  advisor = await school.as('advisor1');
  course = await school.course('advisory');
});

/** A whole plan, sent to the advisor. */
async function send(key: string): Promise<string> {
  const person = await school.person(key);
  const actor: Actor = { institution: school.institution, person, role: 'student', via: null };
  const now = new Date();
  await openPlan(actor.institution, person, now);
  for (const part of PROFILE_KEYS)
    await saveProfilePart(actor, person, part, { text: `My ${part}.`, finished: true }, 0, now);
  await createGoal(actor, person, aGoalForm({ by: '2035-03-14' }), now);
  await submitPlan(actor, person, now);
  return person;
}

const scoreOf = (key: string): number | null | undefined =>
  school.lms.manners.canvas
    .gradebook('advisory')
    .find(({ person, label }) => person === key && label === 'Learning plan')?.score;

/** The worker may have to wait for the next second, or for a pause of the LMS. */
async function eventually(check: () => Promise<void> | void): Promise<void> {
  await vi.waitFor(
    async () => {
      await school.settle();
      await check();
    },
    { timeout: 10_000, interval: 200 },
  );
}

describe('the courses of a person', () => {
  it('are those they teach; an administrator sees all', async () => {
    const own = await advisor.get(paths.courses);
    expect(own.text).toContain(`href="${paths.course(course)}"`);
    const teacher = await school.as('teacher1', { course: 'history' });
    const others = await teacher.get(paths.courses);
    expect(others.text).not.toContain(`href="${paths.course(course)}"`);
    const administrator = await school.as('admin1', { course: undefined });
    const all = await administrator.get(paths.courses);
    expect(all.text).toContain('All courses');
    expect(all.text).toContain(`href="${paths.course(course)}"`);
  });

  it('are not those a Moodle administrator only opened, though Moodle calls them an instructor there', async () => {
    const opened = await school.as('admin1', { manner: 'moodle' });
    expect((await opened.get(paths.caseload)).status).toBe(403);
    const person = await school.person('admin1');
    expect(await advisedCourses(school.institution, person)).toEqual([]);
    const teacher = await school.as('advisor1', { manner: 'moodle' });
    expect((await teacher.get(paths.caseload)).status).toBe(200);
  });

  it('are closed to students and to teachers of others', async () => {
    const student = await school.as('student02');
    expect((await student.get(paths.courses)).status).toBe(403);
    expect((await student.get(paths.course(course))).status).toBe(403);
    const teacher = await school.as('teacher1', { course: 'history' });
    expect((await teacher.get(paths.course(course))).status).toBe(404);
    const history = await teacher.get(paths.course(await school.course('history')));
    expect(history.text).toContain('Advisors turn it on and off');
    const forced = await teacher.post(paths.coursePlanGrade(await school.course('history')), { on: '1' });
    expect(forced.status).toBe(403);
  });
});

describe('the roster of a course', () => {
  it('is read again when somebody asks', async () => {
    const before = await advisor.get(paths.course(course));
    expect(before.text).toContain('Up to date');
    school.lms.manners.canvas.drop('advisory', 'student28');
    const asked = await advisor.post(paths.courseRoster(course), {});
    expect(asked.text).toContain('The roster is being read.');
    await school.settle();
    const { roster } = await getCourse(school.institution, course);
    expect(roster.status).toBe('complete');
    const after = await advisor.get(paths.course(course));
    const students = (text: string): number =>
      Number(/Students<\/dt><dd[^>]*>(?:<bdi>)?(\d+)/.exec(text)?.[1]);
    expect(students(after.text)).toBe(students(before.text) - 1);
  });

  it('waits for a person where half of it is gone, and is used when they say so', async () => {
    const before = await getCourse(school.institution, course);
    await finishRosterRun(before, {
      status: 'needs-a-person',
      at: new Date(),
      members: 3,
      problem: 'roster.halfGone',
    });
    const page = await advisor.get(paths.course(course));
    expect(page.text).toContain('Half of this course is gone');
    await advisor.post(paths.courseRoster(course), { confirmed: '1' });
    await school.settle();
    expect((await getCourse(school.institution, course)).roster.status).toBe('complete');
  });

  it('says why it could not be read', async () => {
    school.lms.manners.canvas.failNext({ status: 403, path: 'names_and_roles', body: {} });
    await advisor.get(paths.course(course));
    await advisor.post(paths.courseRoster(course), {});
    await school.settle();
    const page = await advisor.get(paths.course(course));
    expect(page.text).toContain('Could not be read');
    expect(page.text).toContain('Nothing was changed: everybody is as they were.');
    await advisor.post(paths.courseRoster(course), {});
    await school.settle();
    expect((await advisor.get(paths.course(course))).text).toContain('Up to date');
  });
});

describe('the plan grade', () => {
  it('turned on, sends the grade of everybody who has sent the plan', async () => {
    await setPlanGrade(school.institution, course, false, 'operator', new Date());
    await send('student03');
    await send('student04');
    await openPlan(school.institution, await school.person('student06'), new Date());
    await school.settle();
    expect(scoreOf('student03')).toBeUndefined();
    await advisor.get(paths.course(course));
    const on = await advisor.post(paths.coursePlanGrade(course), { on: '1' });
    expect(on.text).toContain('The plan grade is on. 2 grades are on their way.');
    await eventually(() => expect(scoreOf('student03')).toBeGreaterThan(0));
    await eventually(() => expect(scoreOf('student04')).toBeGreaterThan(0));
    expect(scoreOf('student06')).toBeUndefined();
    const page = await advisor.get(paths.course(course));
    expect(page.text).toContain('All sent');
    expect(page.text).toMatch(/75 of 100/);
  });

  it('turned off, leaves what is there and sends nothing more', async () => {
    await advisor.get(paths.course(course));
    const off = await advisor.post(paths.coursePlanGrade(course), {});
    expect(off.text).toContain('The plan grade is off. Nothing more is sent.');
    await send('student07');
    await school.settle();
    expect(scoreOf('student07')).toBeUndefined();
    expect(scoreOf('student03')).toBeGreaterThan(0);
  });
});

describe('a grade that was not taken', () => {
  it('says why, and goes out when somebody tries again', async () => {
    await setPlanGrade(school.institution, course, true, 'operator', new Date());
    school.lms.manners.canvas.failNext({ status: 422, path: /scores/, body: {}, times: 1 });
    const person = await send('student08');
    await eventually(async () => {
      const grades = await gradesOfCourse(school.institution, course);
      expect(grades.find((one) => one.person === person)?.status).toBe('failed');
    });
    const page = await advisor.get(`${paths.course(course)}?show=failed`);
    expect(page.text).toContain('One grade did not reach Canvas');
    const id = /name="row" value="([0-9a-f]{24})"/.exec(page.text)?.[1] ?? '';
    const again = await advisor.post(paths.courseGrades(course), { row: id });
    expect(again.text).toContain('One grade is on its way again.');
    await eventually(() => expect(scoreOf('student08')).toBeGreaterThan(0));
    const nothing = await advisor.post(paths.courseGrades(course), { row: 'all' });
    expect(nothing.text).toContain('Nothing had to be sent again.');
  });

  it('of another course is not found there', async () => {
    const [grade] = await gradesOfCourse(school.institution, course);
    const teacher = await school.as('teacher1', { course: 'history' });
    await teacher.get(paths.course(await school.course('history')));
    const answer = await teacher.post(paths.courseGrades(await school.course('history')), {
      row: grade?.id ?? '',
    });
    expect(answer.text).toContain('Nothing had to be sent again.');
    expect((await teacher.post(paths.courseGrades(course), { row: 'all' })).status).toBe(404);
  });
});
