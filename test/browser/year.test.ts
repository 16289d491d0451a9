import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { draftFromPresets, publishTemplate } from '../../src/frameworks/template.service.ts';
import { changeSettings } from '../../src/institutions/institution.service.ts';
import { getPlan } from '../../src/plans/plan.service.ts';
import { addSampleCourses } from '../../src/practice/sampleCourses.ts';
import { paths } from '../../src/shared/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { openDesk, type Desk } from '../support/frameDesk.ts';
import { useSchool } from '../support/school.ts';
import * as staff from './yearStaff.ts';
import * as student from './yearStudent.ts';

const school = useSchool();
vi.setConfig({ testTimeout: 120_000 });

const KEY = 'student08';
/** Kentucky's plan with everything a general one adds, and a meeting. */
const PRESETS = ['us-ky-ilp', 'generic-ncwd', 'us-ut-pccr'];
const DAY_MS = 24 * 60 * 60_000;

let browser: Browser;
let close: () => Promise<void>;
let person: string;
const desks: Desk[] = [];

/** A calendar day so many days from now. */
const day = (from: number): string => new Date(Date.now() + from * DAY_MS).toISOString().slice(0, 10);
const plan = () => getPlan(school.institution, person);

async function deskOf(key: string): Promise<Desk> {
  const desk = await openDesk(browser, school, key);
  desks.push(desk);
  return desk;
}

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
  const now = new Date();
  const administrator = { institution: school.institution, person: 'operator', via: null };
  await addSampleCourses(school.institution, now);
  const draft = await draftFromPresets(administrator, PRESETS, now);
  const { key } = await publishTemplate(administrator, draft.id, now);
  await changeSettings(administrator, { framework: key }, now);
}, 60_000);

afterAll(async () => {
  vi.useRealTimers();
  await close();
});

test('a student fills an empty plan in grade 9 and sends it', async () => {
  const desk = await deskOf(KEY);
  person = await school.person(KEY);
  expect((await plan()).state).toBe('not_started');
  await student.fillPlan(desk, day);
  await desk.open(paths.plan);
  await desk.choose('Check and send my plan');
  await desk.press(desk.frame.getByRole('button', { name: /^Send to/ }));
  expect([(await plan()).state, (await plan()).grade]).toEqual(['submitted', 9]);
});

test('the advisor confirms, meets and approves; all sign, the family on paper; the plan is in use', async () => {
  const advisor = await deskOf('advisor1');
  await staff.confirmExperience(advisor, person);
  await staff.sayNoOtherPlans(advisor, person);
  await staff.holdMeeting(advisor, person, day(-2));
  await staff.approve(advisor, person);
  expect((await plan()).state).toBe('signing');
  const [desk] = desks as [Desk];
  await desk.open(paths.plan);
  await desk.choose('Read and sign');
  await student.sign(desk);
  await staff.recordPaper(advisor, person, day(-1));
  await staff.signFor(advisor, person);
  await staff.signFor(await deskOf('admin1'), person);
  expect((await plan()).state).toBe('active');
  expect((await plan()).summary).toMatchObject({ progress: 100, grade: 100, missing: [] });
});

test('it is there on paper and as a PDF', async () => {
  const [desk] = desks as [Desk];
  await desk.open(paths.plan);
  await desk.choose('Print and take away');
  const text = await desk.frame.locator('main').innerText();
  for (const words of [
    'grade 9',
    'Robotics club',
    '3 hours. Confirmed.',
    'English 12',
    'Robotics in grade 10',
  ])
    expect(text).toContain(words);
  const pdf = await desk.frame.page().request.get(school.tool + paths.printPdf);
  expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
});

test('next year it goes on with one goal, and a text is confirmed as still true', async () => {
  const year = (await plan()).year;
  // Product and LMS are one process here: the year passes for both, so launches and tokens stay in time.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * DAY_MS, shouldAdvanceTime: true });
  const [desk] = desks as [Desk];
  await desk.launch();
  await desk.press(desk.frame.getByRole('link', { name: /^Begin / }));
  await desk.frame.getByRole('checkbox', { name: /School goal/ }).uncheck();
  await desk.press(desk.frame.getByRole('button', { name: /^Begin / }));
  const begun = await plan();
  expect([begun.state, begun.year, begun.grade]).toEqual(['draft', year + 1, 10]);
  expect(begun.goals.map(({ kind, status }) => [kind, status])).toEqual([
    ['career', 'carried'],
    ['career', 'proposed'],
    ['academic', 'not_achieved'],
  ]);
  await desk.press(desk.frame.getByRole('link', { name: 'My strengths' }).first());
  await desk.frame.getByRole('heading', { name: 'Is this still true?' }).waitFor();
  await desk.choose('It is still true');
  expect((await plan()).profile.strengths).toMatchObject({ finished: true, toConfirm: false });
  expect((await plan()).profile.values).toMatchObject({ finished: false, toConfirm: true });
  const complaints = await Promise.all(desks.map((one) => one.leave()));
  expect(complaints.flat()).toEqual([]);
});
