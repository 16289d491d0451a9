import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAssessment, changeAssessment, useAsBaseline } from '../../src/assessments/assessment.service.ts';
import { createGoal } from '../../src/goals/goal.service.ts';
import { replaceGoal } from '../../src/goals/goalReplace.service.ts';
import { listRequirementSets } from '../../src/pathways/requirement.service.ts';
import type { Actor } from '../../src/people/actor.ts';
import { addSampleCourses } from '../../src/practice/sampleCourses.ts';
import { paths } from '../../src/shared/paths.ts';
import { assignInside } from '../../src/tasks/assign.service.ts';
import { handIn, listTasksOf, openTask } from '../../src/tasks/task.service.ts';
import { returnTask } from '../../src/tasks/taskReview.service.ts';
import { aGoalForm } from '../support/build.ts';
import { axeProblems, openBrowser } from '../support/browser.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
}, 60_000);
afterAll(() => close());

async function signedIn(person: string, width: number): Promise<Page> {
  const visitor = await school.as(person);
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  for (const [name, value] of visitor.cookies)
    await devtools.send('Network.setCookie', { name, value, url: school.tool, secure: true, path: '/' });
  return page;
}

/** Nothing axe finds with every fold open, and nothing wider than the page. */
async function expectClean(page: Page, path: string): Promise<void> {
  await page.goto(school.tool + path);
  await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
  const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect([path, await axeProblems(page.mainFrame()), await page.evaluate<number>(wide)]).toEqual([
    path,
    [],
    0,
  ]);
}

const RESULT = { kind: 'state', name: 'State math test', subject: 'Math', date: '2026-09-14' } as const;
const LONG = 'It took three weeks, and I learned to ask early and to keep my notes in one place.';

/** A replaced career goal with a set and a result, and tasks of two kinds in a choice. */
async function made(now: Date): Promise<{ student: string[]; staff: string[] }> {
  const { institution } = school;
  await school.as('student01');
  await school.as('advisor1');
  const student: Actor = {
    institution,
    person: await school.person('student01'),
    role: 'student',
    via: null,
  };
  const advisor: Actor = { ...student, person: await school.person('advisor1'), role: 'advisor' };
  await addSampleCourses(institution, now);
  const [set] = await listRequirementSets(institution);
  const form = aGoalForm({ by: '2099-01-01', requirementSets: [set?.key ?? ''], finished: false });
  const { goal: old } = await createGoal(student, student.person, form, now);
  const said = { reason: 'I like people more than machines.', statement: 'Become a teacher' };
  const { goal } = await replaceGoal(student, student.person, old.id, said, now);
  const facts = { ...RESULT, score: '2460', level: 'Proficient', tells: '' };
  const result = await addAssessment(student, student.person, facts, now);
  const told = { form: { ...facts, tells: 'I need fractions.' }, version: 1 };
  await changeAssessment(student, result.id, told, now);
  await useAsBaseline(student, result.id, { goal: goal.id, words: 'State math test: 2460.' }, now);
  const entered = await addAssessment(advisor, student.person, { ...facts, name: 'Reading test' }, now);

  const course = await school.course('advisory');
  const templates = ['best-work', 'compare-careers'];
  const giving = { course, templates, people: [student.person], dueAt: null, asks: 'one' } as const;
  const [upload, compare] = await assignInside(advisor, giving, now);
  const opened = await openTask(student, compare?.id ?? '', now);
  const answers = { first: LONG, second: LONG, sources: LONG, choice: LONG };
  await handIn(student, opened.id, answers, opened.version, now);
  await returnTask(advisor, opened.id, 'Say where you found it.', now);
  const tasks = await listTasksOf(institution, student.person);
  const uploadTask = tasks.find(({ link }) => link === upload?.id)?.id ?? '';
  return {
    student: [
      paths.goal(goal.id),
      paths.goal(old.id),
      paths.assessments,
      paths.newAssessment,
      paths.assessment(result.id),
      paths.assessment(entered.id),
      paths.task(uploadTask),
      paths.task(opened.id),
    ],
    staff: [
      paths.studentAssessments(student.person),
      paths.assignToCourse(course),
      paths.assignToStudent(student.person),
      paths.assignment(upload?.id ?? ''),
      paths.studentTask(opened.id),
    ],
  };
}

test('goals, test results and tasks are clean for axe and fit at 1100 and 375 px', async () => {
  const { student, staff } = await made(new Date());
  expect([student.length, staff.length].every((count) => count > 0)).toBe(true);
  for (const width of [1100, 375]) {
    const maya = await signedIn('student01', width);
    for (const path of student) await expectClean(maya, path);
    const advisor = await signedIn('advisor1', width);
    for (const path of staff) await expectClean(advisor, path);
    await maya.context().close();
    await advisor.context().close();
  }
}, 180_000);
