import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** Where a Chromium was found, or that there is none. */
export type FindChromium = () => Promise<string | null>;

/**
 * Finds a Chromium once: the operator's `CHROMIUM_PATH`, else the one inside an npm package, which is an optional
 * dependency and unpacks itself into the temporary folder.
 */
export function chromiumFinder(path: string | undefined): FindChromium {
  let found: Promise<string | null> | null = null;
  return () => (found ??= findChromium(path));
}

async function findChromium(path: string | undefined): Promise<string | null> {
  if (path) return existsSync(path) ? path : null;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } catch {
    return null;
  }
}

/** No sandbox of its own where the process may do everything anyway; the page is ours, escaped, without script. */
const ARGUMENTS = ['--disable-gpu', '--disable-dev-shm-usage'];

/** A started browser with a profile of its own, which goes when it closes. */
export async function startChromium(
  executablePath: string,
): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const { chromium } = await import('playwright-core');
  const profile = await mkdtemp(join(tmpdir(), 'waymark-pdf-'));
  const args = process.getuid?.() === 0 ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS;
  const browser = await chromium.launch({ executablePath, args, headless: true, env: { HOME: profile } });
  const close = async (): Promise<void> => {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { browser, close };
}
