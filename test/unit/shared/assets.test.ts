import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readAssets } from '../../../src/shared/assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'assets-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a plain name becomes the built file’s address', () => {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, '{"app.css":"app-1a2b3c.css"}');
  const asset = readAssets(path);
  expect(asset('app.css')).toBe('/assets/app-1a2b3c.css');
  expect(() => asset('other.css')).toThrow('npm run assets');
});

test('a build that comes later is found where nothing is cached', () => {
  const path = join(folder, 'later.json');
  writeFileSync(path, '{"app.css":"app-1.css"}');
  const [kept, fresh] = [readAssets(path), readAssets(path, false)];
  writeFileSync(path, '{"app.css":"app-2.css"}');
  expect([kept('app.css'), fresh('app.css')]).toEqual(['/assets/app-1.css', '/assets/app-2.css']);
  expect(() => fresh('toString')).toThrow('npm run assets');
});

test('without a build the error says what to run', () => {
  expect(() => readAssets(join(folder, 'none.json'))).toThrow('Run: npm run assets');
});
