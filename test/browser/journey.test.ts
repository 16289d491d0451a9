import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import type { Manner } from '../../src/practice/lms.ts';
import { axeProblems, openBrowser, openProfile, toolFrame } from '../support/browser.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
vi.setConfig({ testTimeout: 90_000 });

let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
}, 60_000);
afterAll(() => close());

/** Signs in at the LMS and opens Waymark inside the advisory course, as a click on "Learning plan" does. */
async function openTool(
  person: string,
  manner: Manner,
  where = 'tool',
): Promise<{ page: Page; frame: Frame; leave: () => Promise<void> }> {
  const { page, context } = await openProfile(browser);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const course = school.lms.manners[manner].course('advisory').id;
  const to = `/${manner}/courses/${course}/${where}`;
  await page.goto(`${school.lms.url}/${manner}/sign-in?as=${person}&to=${encodeURIComponent(to)}`);
  const frame = await toolFrame(page, school.tool);
  const leave = async (): Promise<void> => {
    await context.close();
    expect(problems).toEqual([]);
  };
  return { page, frame, leave };
}

/** Clicks, and waits for the page that answers, even when its address is the same. */
async function follow(frame: Frame, control: Locator): Promise<void> {
  await Promise.all([frame.waitForNavigation({ waitUntil: 'load' }), control.click()]);
}

async function expectAccessible(frame: Frame): Promise<void> {
  const problems = await axeProblems(frame);
  expect(problems.map((problem) => `${new URL(frame.url()).pathname}: ${problem}`)).toEqual([]);
}

/** One part of the profile, written and finished as a student does. */
async function writePart(frame: Frame, words: string): Promise<void> {
  await expectAccessible(frame);
  await frame.fill('textarea[name="text"]', words);
  await frame.check('input[name="finished"]');
  await follow(frame, frame.getByRole('button', { name: 'Save and go on' }));
}

/** A SMART goal with one step, by its form. */
async function writeGoal(frame: Frame): Promise<void> {
  await frame.getByRole('radio').first().check();
  await frame.fill('[name="statement"]', 'Build a robot arm for the science fair');
  await follow(frame, frame.locator('form[method="post"] button.btn-primary'));
  await expectAccessible(frame);
  for (const [name, words] of Object.entries(GOAL)) await frame.fill(`[name="${name}"]`, words);
  await frame.locator('[name$=".title"]').first().fill('Join the robotics club');
  await frame.check('[name="finished"]');
  await follow(frame, frame.locator('#goal-form .finish button.btn-primary'));
  await expectAccessible(frame);
}

const GOAL = {
  why: 'I want to study engineering.',
  baseline: 'I built one from a kit.',
  measure: 'It lifts an egg without breaking it.',
  by: '2027-04-30',
  'supports.0.what': 'Lend me the tools',
  'supports.0.who': 'Mr. Thorvaldsen',
};

async function approve(frame: Frame): Promise<void> {
  await follow(frame, frame.getByRole('button', { name: 'Begin the review' }));
  await expectAccessible(frame);
  await follow(frame, frame.getByRole('button', { name: 'Approve plan' }));
}

describe('the frame in the LMS page', () => {
  it.each(['canvas', 'schoology', 'moodle'] as const)(
    'keeps a session in %s although third-party cookies are blocked',
    async (manner) => {
      const { frame, leave } = await openTool('student01', manner);
      expect(new URL(frame.url()).pathname).toBe('/plan');
      await leave();
    },
  );
});

describe.each(['canvas', 'schoology', 'moodle'] as const)(
  'from the course page to the gradebook, in the %s manner',
  (manner) => {
    // Each manner has a student of its own: the three LMSs belong to one school, where a person has one plan.
    const student = { canvas: 'student05', schoology: 'student06', moodle: 'student07' }[manner];

    it('a student launches, writes the plan and sends it', async () => {
      const { frame, leave } = await openTool(student, manner);
      await expectAccessible(frame);
      for (const words of ['I explain things well.', 'Starting earlier.', 'Robots and drawing.']) {
        await frame.locator('.hero a.btn-primary').click();
        await frame.waitForURL(/\/plan\/profile\//);
        await writePart(frame, words);
      }
      await follow(frame, frame.locator('.hero a.btn-primary'));
      await expectAccessible(frame);
      await writeGoal(frame);
      await frame.goto(`${school.tool}/plan`);
      await follow(frame, frame.getByRole('link', { name: 'Check and send my plan' }));
      await expectAccessible(frame);
      await follow(frame, frame.getByRole('button', { name: /^Send to/ }));
      expect(await frame.locator('h1').innerText()).toContain('Sent');
      await leave();
    });

    it('an advisor reads and approves it', async () => {
      const { frame, leave } = await openTool('advisor1', manner);
      await expectAccessible(frame);
      const person = await school.person(student);
      await frame.goto(`${school.tool}/students/${person}/review`);
      await expectAccessible(frame);
      await approve(frame);
      await expectAccessible(frame);
      expect(await frame.locator('main').innerText()).toMatch(/approved|in use/i);
      await leave();
    });

    it('the grade is in the gradebook', async () => {
      await school.settle();
      const lms = school.lms.manners[manner];
      const rows = lms.gradebook(lms.course('advisory').id);
      const mine = rows.filter((row) => row.person === student);
      expect(mine.map(({ score }) => score)).toContain(100);
    });
  },
);
