import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser, Frame, Page } from 'playwright-core';
import { openBrowser, openProfile, toolFrame } from '../support/browser.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();
vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ browser, close } = await openBrowser());
}, 60_000);
afterAll(() => close());

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>;

async function openTool(
  person: string,
  path: string,
  { width = 1100, media = {} }: { width?: number; media?: Media },
): Promise<{ frame: Frame; leave: () => Promise<void> }> {
  const { page, context } = await openProfile(browser, { width });
  await page.emulateMedia(media);
  const to = `/canvas/courses/${school.lms.manners.canvas.course('advisory').id}/tool`;
  await page.goto(`${school.lms.url}/canvas/sign-in?as=${person}&to=${encodeURIComponent(to)}`);
  const frame = await toolFrame(page, school.tool);
  await frame.goto(`${school.tool}${path}`);
  return { frame, leave: () => context.close() };
}

describe('high contrast', () => {
  it('keeps the navigation and the buttons', async () => {
    const { frame, leave } = await openTool('student10', '/plan', { media: { forcedColors: 'active' } });
    expect(await frame.locator('.bar').isVisible()).toBe(true);
    expect(await frame.locator('.hero .btn-primary').isVisible()).toBe(true);
    await leave();
  });
});

describe('paper', () => {
  it('has the words, and nothing to press', async () => {
    const { frame, leave } = await openTool('student11', '/plan/profile/strengths', {
      media: { media: 'print' },
    });
    expect(await frame.locator('h1').isVisible()).toBe(true);
    for (const control of ['.bar', '.foot-note', '.btn', '#comments form'])
      expect(await frame.locator(control).first().isVisible()).toBe(false);
    await leave();
  });
});

describe('a phone', () => {
  it('shows each name beside its chip, not under it', async () => {
    const { frame, leave } = await openTool('advisor1', '/caseload', { width: 375 });
    const boxesOf = async (selector: string): Promise<Box[]> => {
      const found = await frame.locator(selector).all();
      return Promise.all(found.map(async (one) => (await one.boundingBox()) as Box));
    };
    const [names, chips, page] = [
      await boxesOf('tbody .who bdi'),
      await boxesOf('tbody .state .chip'),
      (await frame.locator('body').boundingBox()) as Box,
    ];
    expect(names.length).toBeGreaterThan(0);
    for (const [index, name] of names.entries()) {
      const chip = chips[index] as Box;
      expect(name.y + name.height <= chip.y || name.x + name.width <= chip.x).toBe(true);
      expect(Math.max(name.x + name.width, chip.x + chip.width)).toBeLessThanOrEqual(page.x + page.width);
    }
    await leave();
  });

  it('needs no sideways scrolling at 320 pixels, with wide text spacing too', async () => {
    const { frame, leave } = await openTool('student12', '/plan', { width: 354 });
    const widths = await frame.evaluate<number[]>(`
      for (const { style } of document.querySelectorAll('body *'))
        Object.assign(style, { letterSpacing: '0.12em', wordSpacing: '0.16em', lineHeight: '1.5' });
      [document.documentElement.clientWidth, document.documentElement.scrollWidth];
    `);
    expect(widths).toEqual([320, 320]);
    await leave();
  });
});
