import type { Browser } from 'playwright-core';
import { startChromium, type FindChromium } from './chromium.ts';

/** Makes PDFs of our own pages. */
export interface PdfMaker {
  /** Whether there is a browser to make one with. */
  canMake(): Promise<boolean>;
  /** @param html a whole page that needs nothing from the network @throws when it takes too long */
  make(html: string): Promise<Uint8Array>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 20_000;
/** A browser that nobody used for so long is ended; the next PDF starts one anew. */
const IDLE_MS = 60_000;

/** One browser for all, one page at a time: a PDF takes half a second, and a school prints rarely. */
export function createPdfMaker(find: FindChromium): PdfMaker {
  let running: ReturnType<typeof startChromium> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | null = null;

  async function started(): Promise<Browser> {
    const path = await find();
    if (!path) throw new Error('There is no Chromium to make a PDF with.');
    running ??= startChromium(path);
    const { browser } = await running;
    if (browser.isConnected()) return browser;
    running = startChromium(path);
    return (await running).browser;
  }

  async function stop(): Promise<void> {
    if (idle) clearTimeout(idle);
    const ending = running;
    running = null;
    if (ending) await (await ending).close();
  }

  async function make(html: string): Promise<Uint8Array> {
    if (idle) clearTimeout(idle);
    const browser = await started().catch((error: unknown) => {
      running = null;
      throw error;
    });
    idle = setTimeout(() => void stop(), IDLE_MS).unref();
    return printed(browser, html);
  }

  return {
    canMake: async () => (await find()) !== null,
    make: (html) => {
      const next = queue.then(() => make(html));
      queue = next.catch(() => null);
      return next;
    },
    stop,
  };
}

/** Tagged, with an outline, in a profile that has neither script nor network. */
async function printed(browser: Browser, html: string): Promise<Uint8Array> {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    await page.setContent(html, { waitUntil: 'load', timeout: TIMEOUT_MS });
    return await page.pdf({ format: 'Letter', tagged: true, outline: true, preferCSSPageSize: true });
  } finally {
    await context.close();
  }
}
