import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { paths } from '../../src/shared/paths.ts';
import { axeProblems, openBrowser } from '../support/browser.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
vi.setConfig({ testTimeout: 90_000 });

let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
}, 60_000);
afterAll(() => close());

/** A page of a browser that is signed in as this person. */
async function signedIn(person: string, options: { script?: boolean } = {}): Promise<Page> {
  const visitor = await school.as(person, person.startsWith('admin') ? { course: undefined } : {});
  const context = await browser.newContext({
    viewport: { width: 1100, height: 900 },
    javaScriptEnabled: options.script ?? true,
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  for (const [name, value] of visitor.cookies)
    await devtools.send('Network.setCookie', { name, value, url: school.tool, secure: true, path: '/' });
  return page;
}

/** Nothing axe finds on a phone, and nothing wider than the page on a desktop, a phone and at 400 % zoom. */
async function expectClean(page: Page): Promise<void> {
  for (const width of [320, 1100, 375]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect([width, wide]).toEqual([width, 0]);
  }
  expect(await axeProblems(page.mainFrame())).toEqual([]);
  await page.setViewportSize({ width: 1100, height: 900 });
}

test('an administrator designs a plan, publishes it, moves a class to it and back', async () => {
  await school.as('student01');
  const page = await signedIn('admin1');
  await page.goto(school.tool + paths.adminFrameworks);
  await expectClean(page);
  await page.getByRole('link', { name: 'Start a new template' }).click();
  await page.getByRole('checkbox', { name: /Individual Learning Plan \(ILP\) US-KY/ }).check();
  await page.getByRole('checkbox', { name: /High School and Beyond Plan/ }).check();
  await page.locator('details.preset-more').first().locator('summary').click();
  await expectClean(page);
  await page.getByRole('button', { name: 'Start the draft' }).click();

  await page.getByRole('heading', { name: 'Plan template' }).waitFor();
  await page.locator('details.more-parts').first().locator('summary').click();
  await expectClean(page);
  await page.getByLabel('What the school calls it').fill('Lakeshore plan');
  await page.getByLabel('Weight of Goals').fill('x');
  await page.getByRole('button', { name: 'Save draft' }).first().click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await page.getByLabel('What the school calls it').inputValue()).toBe('Lakeshore plan');
  await expectClean(page);
  await page.getByLabel('Weight of Goals').fill('30');
  await page.getByRole('button', { name: 'Save and preview as a student' }).click();
  await page.getByRole('heading', { name: 'Steps in my plan' }).waitFor();
  await expectClean(page);
  await page.getByRole('link', { name: 'Back to the template' }).click();
  await page.getByRole('button', { name: 'Publish draft 1' }).click();
  await expectClean(page);
  const anyway = page.getByLabel('Publish all the same. I will settle this later.');
  if (await anyway.isVisible()) await anyway.check();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();

  await page.getByText('The version is published.').waitFor();
  await expectClean(page);
  await page.getByRole('link', { name: 'Move plans to this version' }).click();
  await page.getByRole('button', { name: 'Show what would change' }).click();
  await page.getByRole('heading', { name: 'Who would move' }).waitFor();
  await expectClean(page);
  await page.getByRole('button', { name: /^Move th/ }).click();
  await page.getByText('Still to go').waitFor();
  await expectClean(page);
  // The page follows by itself.
  await page.getByRole('button', { name: 'Undo: move them back' }).click({ timeout: 10_000 });
  await page.getByText('Moved back', { exact: true }).first().waitFor({ timeout: 10_000 });
  await expectClean(page);
});

test('a student and an advisor see what is missing, with no script at all', async () => {
  const student = await signedIn('student02', { script: false });
  await student.goto(school.tool + paths.plan);
  await student.getByRole('link', { name: 'What is missing and why' }).click();
  await student.getByRole('heading', { name: /things are missing/ }).waitFor();
  await student.getByText('Why it is asked for').first().click();
  expect(await student.getByText('Your school asks for it.').first().isVisible()).toBe(true);

  const advisor = await signedIn('advisor1');
  await advisor.goto(school.tool + paths.student(await school.person('student02')));
  await advisor.getByRole('link', { name: 'What is missing and why' }).click();
  await advisor.getByText('Whose turn').first().waitFor();
  await expectClean(advisor);
});
