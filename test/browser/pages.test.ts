import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { declarations } from '../../src/app.ts';
import { COMPONENT_KEYS, COMPONENTS } from '../../src/plans/component.ts';
import { addSampleCourses } from '../../src/practice/sampleCourses.ts';
import type { Access, Declaration } from '../../src/web/route.ts';
import { axeProblems, openBrowser } from '../support/browser.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
vi.setConfig({ testTimeout: 120_000 });

const STUDENT = 'student09';
const WIDE = 1100;
const PHONE = 375;

let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
  await addSampleCourses(school.institution, school.deps.clock());
  await school.as(STUDENT);
}, 60_000);
afterAll(() => close());

interface Reader {
  page: Page;
  /** What the browser complained about since the last look. */
  complaints: string[];
}

async function signedIn(key: string): Promise<Reader> {
  const visitor = await school.as(key, key.startsWith('admin') ? { course: undefined } : {});
  const context = await browser.newContext({ viewport: { width: WIDE, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  for (const [name, value] of visitor.cookies)
    await devtools.send('Network.setCookie', { name, value, url: school.tool, secure: true, path: '/' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  return { page, complaints };
}

/** What is wrong with one page: its status, headings, width, and what axe finds. */
async function problemsAt({ page, complaints }: Reader, path: string): Promise<string[]> {
  complaints.length = 0;
  await page.setViewportSize({ width: WIDE, height: 900 });
  const answer = await page.goto(school.tool + path);
  if (answer?.status() !== 200) return [`${path}: ${answer?.status()}`];
  const headings = await page.locator('h1').count();
  const found = [
    ...(headings === 1 ? [] : [`${headings} first headings`]),
    ...(await tooWide(page, WIDE)),
    ...(await tooWide(page, PHONE)),
    ...(await axeProblems(page.mainFrame())),
    ...complaints,
  ];
  return found.map((one) => `${path}: ${one}`);
}

async function tooWide(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 });
  const more = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return more > 0 ? [`${more} px wider than ${width} px`] : [];
}

/** Files, health and the doors of the LMS are no pages; what needs a query is reached from another page. */
const isPage = ({ method, path, query, protection = 'form' }: Declaration): boolean =>
  method === 'get' &&
  protection === 'form' &&
  !/\.\w+$|^\/(lti|livez|readyz)/.test(path) &&
  (query?.safeParse({}).success ?? true);

/** Addresses of pages without an id in them that this access opens. */
const pagesFor = (opens: (who: Access) => boolean): string[] =>
  declarations(school.deps)
    .filter((route) => isPage(route) && opens(route.who) && !route.path.includes(':'))
    .map(({ path }) => path);

async function problemsOf(key: string, pages: readonly string[]): Promise<string[]> {
  const reader = await signedIn(key);
  const problems: string[] = [];
  for (const path of pages) problems.push(...(await problemsAt(reader, path)));
  await reader.page.context().close();
  return problems;
}

describe('every page that has an address of its own', () => {
  test('of a student', async () => {
    const pages = pagesFor((who) => who.of === 'self' && who.as !== 'family');
    expect(pages.length).toBeGreaterThan(20);
    expect(await problemsOf(STUDENT, pages)).toEqual([]);
  });

  test('of an advisor, with all about one student', async () => {
    const person = await school.person(STUDENT);
    const about = declarations(school.deps)
      .filter((route) => isPage(route) && /^\/students\/:\w+(\/[^:]*)?$/.test(route.path))
      .map(({ path }) => path.replace(/:\w+/, person));
    const own = pagesFor((who) => who.of === 'staff');
    expect([about.length > 8, own.length > 1]).toEqual([true, true]);
    expect(await problemsOf('advisor1', [...own, ...about])).toEqual([]);
  });

  test('of an administrator', async () => {
    const pages = pagesFor((who) => who.of === 'administrator');
    expect(pages.length).toBeGreaterThan(8);
    expect(await problemsOf('admin1', pages)).toEqual([]);
  });

  test('of anybody', async () => {
    expect(
      await problemsOf(
        STUDENT,
        pagesFor((who) => who.of === 'anyone'),
      ),
    ).toEqual([]);
  });
});

test('each component of a plan leads to a page of the student', async () => {
  const student = await school.as(STUDENT);
  const answers = await Promise.all(
    [...new Set(COMPONENT_KEYS.map((key) => COMPONENTS[key].href))].map(async (href) => {
      const { status, path } = await student.get(href);
      return [href, status, path];
    }),
  );
  expect(answers.filter(([href, status, path]) => status !== 200 || path !== href)).toEqual([]);
});
