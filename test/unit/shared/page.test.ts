import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Response } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { page, usePages, wordsOf } from '../../../src/shared/page.ts';
import { helpPage, notFoundPage } from '../../../src/shared/system.page.ts';
import { fullChrome, viewsDir } from '../views/render.ts';

let server: Server;
let origin: string;

beforeAll(async () => {
  const app = express();
  usePages(app, { viewsDir, cache: true, asset: (name) => `/assets/${name}` });
  app.get('/help', (_req, res: Response) => {
    res.locals['chrome'] = fullChrome;
    page(res, 'system/help', helpPage(wordsOf(res), true));
  });
  app.use((_req, res: Response) =>
    page(res, 'system/notFound', notFoundPage(wordsOf(res), null), { status: 404 }),
  );
  await new Promise<void>((ready) => {
    server = app.listen(0, '127.0.0.1', () => ready());
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

describe('page', () => {
  test('answers body in layout', async () => {
    const answer = await fetch(`${origin}/help`);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain('<title>Help | Waymark</title>');
    expect(html).toContain('How do I get in?');
    expect(html).toContain('Signed in as Zosia Petrova');
  });

  test('a fragment is the body alone', async () => {
    const answer = await fetch(`${origin}/help`, { headers: { 'x-fragment': '1' } });
    const html = await answer.text();
    expect(html).not.toContain('<html');
    expect(html).toContain('How do I get in?');
  });

  test('knows nobody before the session: no navigation, the status asked for', async () => {
    const answer = await fetch(`${origin}/nowhere`);
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).toContain('This page is not here');
    expect(html).not.toContain('csrf-token');
    expect(html).not.toContain('<nav');
  });
});

describe('colours', () => {
  const tokens = readTokens();

  /** Text on the ground it is used on: 4.5 (WCAG 1.4.3); borders and rings that carry meaning: 3 (1.4.11). */
  const pairs: [text: string, ground: string, least: number][] = [
    ...['bg', 'surface', 'sunken', 'raised', 'accent-soft'].flatMap((ground): [string, string, number][] => [
      ['text', ground, 7],
      ['text-2', ground, 4.5],
      ['accent', ground, 4.5],
    ]),
    ['on-accent', 'accent', 4.5],
    ['on-accent', 'accent-hover', 4.5],
    ...['done', 'warn', 'stop', 'review', 'quiet'].flatMap((tone): [string, string, number][] => [
      [tone, `${tone}-soft`, 4.5],
      [tone, 'surface', 4.5],
      [tone, 'sunken', 4.5],
    ]),
    ['line-strong', 'surface', 3],
    ['line-strong', 'bg', 3],
    ['focus', 'surface', 3],
    ['focus', 'bg', 3],
  ];

  test.each(pairs)('%s on %s has at least %d to 1, light and dark', (text, ground, least) => {
    for (const mode of ['light', 'dark'] as const) {
      expect(contrast(tokens(text)[mode], tokens(ground)[mode])).toBeGreaterThanOrEqual(least);
    }
  });
});

interface Pair {
  light: string;
  dark: string;
}

function readTokens(): (name: string) => Pair {
  const css = readFileSync(fileURLToPath(new URL('../../../public/css/tokens.css', import.meta.url)), 'utf8');
  return (name) => {
    const match = new RegExp(`--${name}:\\s*light-dark\\((#\\w+), (#\\w+)\\)`).exec(css);
    const [, light, dark] = match ?? [];
    if (light === undefined || dark === undefined) throw new Error(`no colour --${name}`);
    return { light, dark };
  };
}

/** WCAG 2 contrast of two `#rrggbb` colours, 1 to 21. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
