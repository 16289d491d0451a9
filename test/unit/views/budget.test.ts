import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { allTemplates } from './render.ts';

const fromPublic = (path: string): string =>
  fileURLToPath(new URL(`../../../public/${path}`, import.meta.url));

async function gzippedKilobytes(entry: string): Promise<number> {
  const result = await build({ entryPoints: [fromPublic(entry)], bundle: true, minify: true, write: false });
  return gzipSync(result.outputFiles[0]?.contents ?? new Uint8Array()).byteLength / 1024;
}

test.each([
  ['css/app.css', 15],
  ['css/wide.css', 15],
  ['js/app.ts', 10],
])('%s stays within %d KB, gzipped', async (entry, budget) => {
  const size = await gzippedKilobytes(entry);
  expect(size).toBeGreaterThan(1);
  expect(size).toBeLessThanOrEqual(budget);
});

test('the sprite stays within 4 KB and has every icon a template names', () => {
  const sprite = readFileSync(fromPublic('img/icons.svg'));
  expect(gzipSync(sprite).byteLength / 1024).toBeLessThanOrEqual(4);
  const ids = new Set([...sprite.toString().matchAll(/<symbol id="i-([a-z]+)"/g)].map((match) => match[1]));
  const named = allTemplates().flatMap(({ source }) =>
    [...source.matchAll(/_icon', \{ a: \{ name: '([a-z]+)'/g)].map((match) => match[1]),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !ids.has(name))).toEqual([]);
});
