import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import axe from 'axe-core';
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type Frame,
  type Page,
} from 'playwright-core';

const INSTALLED = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A real Chromium: an installed one, else the one inside an npm package. */
export async function openBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  // The packaged browser unpacks into TMPDIR: each run has its own, so that two runs do not meet in it.
  const folder = mkdtempSync(join(tmpdir(), 'waymark-browser-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const executablePath = installed ?? (await chromium.executablePath());
  // Its own recommended arguments switch site isolation and web security off: not for a test of frames.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  const browser = await playwright.launch({ executablePath, args, headless: true });
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  const close = async (): Promise<void> => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { browser, close };
}

/** A person's own browser profile that blocks third-party cookies, as browsers do by default. */
export async function openProfile(
  browser: Browser,
  options: { width?: number } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: options.width ?? 1100, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send(
    'Network.setCookieControls' as never,
    {
      enableThirdPartyCookieRestriction: true,
      disableThirdPartyCookieMetadata: true,
      disableThirdPartyCookieHeuristics: true,
    } as never,
  );
  return { context, page };
}

/** The tool's frame inside the LMS page, once it shows a page of the tool. */
export async function toolFrame(page: Page, tool: string): Promise<Frame> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const frame = page.frames().find((one) => one.url().startsWith(tool) && !one.url().includes('/lti/l'));
    if (frame) {
      await frame.waitForLoadState('domcontentloaded');
      return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(
    `The tool did not open. Frames: ${page
      .frames()
      .map((one) => one.url())
      .join(' | ')}`,
  );
}

/** What axe finds wrong on the page of a frame (WCAG 2.2 AA and best practices). */
export async function axeProblems(frame: Frame): Promise<string[]> {
  await frame.waitForLoadState('load');
  await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<AxeResult> };
    };
    interface AxeResult {
      violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // What passed is counted but not written out: that takes more time than the rules themselves.
    const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
    const { violations } = await loaded.run(options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary ?? ''}`),
    );
  });
}
