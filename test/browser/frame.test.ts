import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser, openProfile, toolFrame } from '../support/browser.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
}, 60_000);
afterAll(() => close());

describe('the frame in the LMS page', () => {
  it.each(['canvas', 'schoology', 'moodle'] as const)(
    'keeps a session in %s although third-party cookies are blocked',
    async (manner) => {
      const { page, context } = await openProfile(browser);
      const course = school.lms.manners[manner].course('advisory').id;
      await page.goto(
        `${school.lms.url}/${manner}/sign-in?as=student01&to=/${manner}/courses/${course}/tool`,
      );
      const frame = await toolFrame(page, school.tool);
      expect(new URL(frame.url()).pathname).toBe('/plan');
      await context.close();
    },
  );
});
