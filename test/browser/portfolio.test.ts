import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../src/shared/paths.ts';
import { axeProblems, openBrowser } from '../support/browser.ts';
import { aHeic, aPdf, aPhoto } from '../support/madeFiles.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
}, 60_000);
afterAll(() => close());

/** A page of a browser that is signed in as this person; `script: false` has none. */
async function signedIn(person: string, options: { width: number; script?: boolean }): Promise<Page> {
  const visitor = await school.as(person);
  const context = await browser.newContext({
    viewport: { width: options.width, height: 900 },
    javaScriptEnabled: options.script ?? true,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  for (const [name, value] of visitor.cookies)
    await devtools.send('Network.setCookie', { name, value, url: school.tool, secure: true, path: '/' });
  return page;
}

async function expectClean(page: Page): Promise<void> {
  expect(await axeProblems(page.mainFrame())).toEqual([]);
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(wide).toBeLessThanOrEqual(0);
}

const photo = async () => ({
  name: 'arm.jpg',
  mimeType: 'image/jpeg',
  buffer: await aPhoto('jpeg', { width: 900, height: 600 }),
});

test('a student without script is told why a file is not taken, adds another, and gets it back', async () => {
  const page = await signedIn('student05', { width: 375, script: false });
  await page.goto(school.tool + paths.portfolio);
  await page.getByRole('link', { name: 'Add evidence' }).first().click();
  await page.getByLabel('What is it?').fill('My report');
  await page.getByLabel('What did you learn or do?').fill('I cut it in half.');
  await page
    .getByLabel('Choose the file')
    .setInputFiles({ name: 'x.heic', mimeType: 'image/heic', buffer: aHeic() });
  await page.getByRole('button', { name: 'Add to my portfolio' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  expect(await page.title()).toMatch(/^Error: /);
  expect(await page.getByLabel('What is it?').inputValue()).toBe('My report');
  await page
    .getByLabel('Choose the file')
    .setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: aPdf() });
  await page.getByRole('button', { name: 'Add to my portfolio' }).click();
  await page.getByRole('link', { name: 'My report' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download report.pdf' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('report.pdf');
  expect((await readFile(await download.path())).equals(aPdf())).toBe(true);
  await page.context().close();
}, 60_000);

test.each([1100, 375])(
  'every page of it is clean for axe and fits at %d px',
  async (width) => {
    const page = await signedIn('student06', { width });
    const visit = async (path: string): Promise<void> => {
      await page.goto(school.tool + path);
      await expectClean(page);
    };
    await visit(paths.portfolio);
    for (const kind of ['link', 'text', 'file']) await visit(`${paths.newEvidence}?kind=${kind}`);
    await page.getByRole('button', { name: 'Add to my portfolio' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await expectClean(page);
    await page.getByLabel('What is it?').fill(`Robot arm at ${width}`);
    await page.getByLabel('Describe this for someone').fill('A robot arm with three joints');
    await page.getByLabel('This is my capstone').check();
    await page.getByLabel('Choose the file').setInputFiles(await photo());
    await page.getByRole('button', { name: 'Add to my portfolio' }).click();
    const picture = page.getByRole('img', { name: 'A robot arm with three joints' }).first();
    await expect
      .poll(() => picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(640);
    await expectClean(page);
    await page.getByRole('link', { name: `Robot arm at ${width}` }).click();
    await expectClean(page);
    const path = new URL(page.url()).pathname;
    await visit(`${path}/edit`);
    await visit(path);
    await page.getByRole('button', { name: 'Put away' }).click();
    await expectClean(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('It is back in your portfolio.').first().waitFor();
    const desk = await signedIn('advisor1', { width });
    await desk.goto(school.tool + paths.studentPortfolio(await school.person('student06')));
    await expectClean(desk);
    await desk.getByRole('link', { name: `Robot arm at ${width}` }).click();
    await expectClean(desk);
    await desk.getByRole('button', { name: 'Confirm as capstone' }).click();
    await desk.getByText('The capstone is confirmed.').first().waitFor();
    await Promise.all([page.context().close(), desk.context().close()]);
  },
  90_000,
);
