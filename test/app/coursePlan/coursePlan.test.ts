import { beforeAll, describe, expect, test } from 'vitest';
import { recomputeStudents } from '../../../src/coursePlan/change.service.ts';
import { coursesOf } from '../../../src/courses/enrolment.service.ts';
import { writeEnrolments } from '../../../src/courses/enrolment.store.ts';
import { findCoursePlan } from '../../../src/coursePlan/coursePlan.store.ts';
import type { Entry } from '../../../src/coursePlan/coursePlan.ts';
import { recordCompleted, suggestCourse } from '../../../src/coursePlan/staff.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import { standingOf } from '../../../src/plans/standing.ts';
import { addSampleCourses } from '../../../src/practice/sampleCourses.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { Plans } from '../../../src/plans/planModel.store.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
const now = new Date();

beforeAll(async () => {
  await addSampleCourses(school.institution, now);
});

async function student(key: string, grade: number | null = 10): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const actor: Actor = {
    institution: school.institution,
    person: await school.person(key),
    role: 'student',
    via: null,
  };
  if (grade !== null) {
    await visitor.get(paths.coursePlan);
    await visitor.post(paths.courseGrade, { grade: String(grade) });
  }
  return { visitor, actor };
}

const advisorOf = (actor: Actor): Actor => ({ ...actor, person: newId(), role: 'advisor' });

async function entriesOf({ institution, person }: Actor): Promise<Entry[]> {
  return (await findCoursePlan(institution, person)).entries;
}

async function add(visitor: Visitor, code: string, grade: number, term = 'year') {
  await visitor.get(`${paths.addCourse}?grade=${grade}`);
  return visitor.post(paths.addCourse, { code, grade: String(grade), term });
}

async function creditOf({ institution, person }: Actor, component: string): Promise<number> {
  return standingOf(await getPlan(institution, person), component as never)?.credit ?? 0;
}

describe('the first visit', () => {
  test('asks the grade once, refuses none, and then shows the grid', async () => {
    const { visitor, actor } = await student('student02', null);
    const first = await visitor.get(paths.coursePlan);
    expect(first.text).toContain('Which grade are you in this year?');
    expect(first.text).not.toContain('class="planner"');
    const refused = await visitor.post(paths.courseGrade, { grade: '' });
    expect([refused.status, refused.text.includes('Choose your grade.')]).toEqual([422, true]);
    const told = await visitor.post(paths.courseGrade, { grade: '10' });
    expect(told.text).toContain('Your grade is saved.');
    expect(told.text).not.toContain('Which grade are you in');
    expect((await getPlan(actor.institution, actor.person)).grade).toBe(10);
  });

  test('shows what the LMS says as taking now, and counts it', async () => {
    const { visitor, actor } = await student('student03');
    const { text } = await visitor.get(paths.coursePlan);
    expect(text).toMatch(/World history 10<\/bdi><span class="vh">, Taking now, all year,/);
    expect(text).toContain('of 21.5 credits planned to graduate');
    expect(await creditOf(actor, 'academic.progress')).toBe(1);
    expect(await creditOf(actor, 'courses.gradreq')).toBeGreaterThan(0);
  });
});

describe('planning', () => {
  test('adds, moves, swaps, removes and undoes by forms', async () => {
    const { visitor, actor } = await student('student04');
    const added = await add(visitor, 'PRECALC', 11);
    expect(added.text).toContain('The course is in your plan.');
    await add(visitor, 'ALG 2', 12);
    const [precalc, algebra] = await entriesOf(actor);
    const wrong = await visitor.get(paths.coursePlan);
    expect(wrong.text).toContain('Pre-calculus needs Algebra II first');
    expect(wrong.text).toContain('Swap them in grades 11 and 12');
    await visitor.post(paths.courseSwap, { a: precalc?.id ?? '', b: algebra?.id ?? '' });
    expect((await entriesOf(actor)).map(({ code, grade }) => [code, grade])).toEqual([
      ['PRECALC', 12],
      ['ALG 2', 11],
    ]);
    const entry = await visitor.get(paths.courseEntry(precalc?.id ?? ''));
    expect(entry.text).toContain('Take first');
    await visitor.post(paths.moveCourse(precalc?.id ?? ''), { grade: '11', term: 'year' });
    await visitor.post(paths.removeCourse(precalc?.id ?? ''), {});
    expect(await entriesOf(actor)).toHaveLength(1);
    const undone = await visitor.post(paths.courseUndo, {});
    expect(undone.text).toContain('The last change is taken back.');
    expect(await entriesOf(actor)).toHaveLength(2);
  });

  test('refuses what is not offered, there already, or over, beside its words', async () => {
    const { visitor, actor } = await student('student05');
    expect((await add(visitor, 'GOV', 10, 'fall')).text).toContain('Government is not offered in grade 10.');
    expect((await add(visitor, 'CHEM', 10, 'fall')).status).toBe(422);
    expect((await add(visitor, 'ENG 9', 9)).text).toContain('Grade 9 is over.');
    await add(visitor, 'CHEM', 10);
    expect((await add(visitor, 'CHEM', 10)).text).toContain('Chemistry is there already.');
    expect((await add(visitor, 'NOPE', 10)).status).toBe(422);
    expect(await entriesOf(actor)).toHaveLength(1);
  });

  test('in every year that is left is a whole "Courses for every year"', async () => {
    const { visitor, actor } = await student('student06', 11);
    await add(visitor, 'ENG 11', 11);
    expect(await creditOf(actor, 'courses.plan')).toBe(0.5);
    await add(visitor, 'ENG 12', 12);
    expect(await creditOf(actor, 'courses.plan')).toBe(1);
  });

  test('is a material change: an approved plan opens a new revision', async () => {
    const { visitor, actor } = await student('student07');
    await Plans.updateOne(
      { institution: actor.institution, person: actor.person },
      { $set: { state: 'active' } },
    );
    await add(visitor, 'CHEM', 11);
    expect(await getPlan(actor.institution, actor.person)).toMatchObject({ state: 'amending', revision: 2 });
  });

  test('finds courses by line, word and grade', async () => {
    const { visitor } = await student('student08');
    const { text } = await visitor.get(`${paths.addCourse}?grade=11&q=robot`);
    expect(text).toContain('Robotics I');
    expect(text).not.toContain('Chemistry');
    const page = await visitor.get(paths.coursePlan);
    const href =
      /href="(\/plan\/courses\/add\?grade=11&#38;line=[^"]+|\/plan\/courses\/add\?grade=11&amp;line=[^"]+)"/.exec(
        page.text,
      )?.[1];
    expect(href).toBeDefined();
    expect((await visitor.get((href ?? '').replaceAll(/&(?:amp|#38);/g, '&'))).status).toBe(200);
  });
});

describe('sets', () => {
  test('a chosen pathway is measured, keeps its version, and can be let go', async () => {
    const { visitor, actor } = await student('student09');
    const page = await visitor.get(paths.coursePlan);
    const key = /value="([0-9a-f]{24})"[^>]*><span><bdi>Engineering and robotics/.exec(page.text)?.[1] ?? '';
    const chosen = await visitor.post(paths.courseSets, { sets: [key] });
    expect(chosen.text).toContain('Pathway: Engineering and robotics');
    expect(chosen.text).toContain('Still open: Intro to engineering, Robotics I, Robotics II.');
    expect((await findCoursePlan(actor.institution, actor.person)).sets).toHaveLength(2);
    const none = await visitor.post(paths.courseSets, {});
    expect(none.text).not.toContain('Pathway: Engineering');
  });
});

describe('what the advisor adds', () => {
  test('a suggestion waits for yes or no', async () => {
    const { visitor, actor } = await student('student10');
    const form = { code: 'SPAN 3', grade: 11, term: 'year', note: 'You like languages.' } as const;
    await suggestCourse(advisorOf(actor), actor.person, form, now);
    const page = await visitor.get(paths.coursePlan);
    expect(page.text).toContain('You like languages.');
    const [idea] = await entriesOf(actor);
    const accepted = await visitor.post(paths.answerCourse(idea?.id ?? ''), { do: 'accept' });
    expect(accepted.text).toContain('The suggestion is in your plan.');
    expect((await entriesOf(actor)).map(({ state }) => state)).toEqual(['planned']);
    expect((await visitor.post(paths.answerCourse(idea?.id ?? ''), { do: 'accept' })).status).toBe(409);
  });

  test('a completed course counts and cannot be removed by the student', async () => {
    const { visitor, actor } = await student('student11');
    const form = {
      code: 'ALG 1',
      title: '',
      subject: '',
      credits: 1,
      grade: 9,
      term: 'year',
      mark: 'B',
    } as const;
    await recordCompleted(advisorOf(actor), actor.person, form, now);
    const [done] = await entriesOf(actor);
    expect((await visitor.get(paths.coursePlan)).text).toContain('1 credit, B');
    expect((await visitor.post(paths.removeCourse(done?.id ?? ''), {})).status).toBe(409);
  });
});

describe('options and help', () => {
  test('options keep what was answered, and all answered is whole', async () => {
    const { visitor, actor } = await student('student12');
    await visitor.get(paths.courseOptions);
    await visitor.post(paths.courseOptions, { advanced: 'later', 'advanced.why': 'After this year.' });
    expect((await visitor.get(paths.courseOptions)).text).toContain('After this year.');
    expect(await creditOf(actor, 'courses.options')).toBeLessThan(1);
    const all = ['dualCredit', 'careerTech', 'arts', 'workBased', 'online'];
    await visitor.post(paths.courseOptions, {
      advanced: 'later',
      ...Object.fromEntries(all.map((tag) => [tag, 'notForMe'])),
    });
    expect(await creditOf(actor, 'courses.options')).toBe(1);
    const wrong = await visitor.post(paths.courseOptions, { arts: 'never', 'arts.why': 'My words' });
    expect([wrong.status, wrong.text.includes('My words')]).toEqual([422, true]);
  });

  test('help says what will be here until the advisor wrote', async () => {
    const { visitor } = await student('student12');
    expect((await visitor.get(paths.courseSupport)).text).toContain('Nothing is written here yet');
  });
});

test('a roster run that takes courses away is told to the plan, and again writes nothing', async () => {
  const { actor } = await student('student13');
  const { institution, person } = actor;
  expect(await creditOf(actor, 'academic.progress')).toBe(1);
  const courses = (await coursesOf(institution, person)).filter(({ advisory }) => !advisory);
  const gone = { institution, person, active: false, source: 'roster' } as const;
  await writeEnrolments(
    courses.map(({ id: course }) => ({ ...gone, course })),
    new Date(),
  );
  await recomputeStudents(institution, [person], new Date());
  expect(await creditOf(actor, 'academic.progress')).toBe(0);
  const { version } = await getPlan(institution, person);
  await recomputeStudents(institution, [person], new Date());
  expect((await getPlan(institution, person)).version).toBe(version);
});

test('student view shows the page empty and keeps nothing', async () => {
  const visitor = await school.as('teststudent');
  expect((await visitor.get(paths.coursePlan)).status).toBe(200);
  expect((await visitor.post(paths.courseGrade, { grade: '9' })).status).toBe(403);
});
