/**
 * What is measured is plain JavaScript, as `npm start` runs it: src, config and bench are compiled into a
 * folder of this run, with the views and assets beside them. Types are `npm run types`' business, not a bench's.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Below node_modules, so that compiled files find the packages and git does not see them. */
const CACHE = join(ROOT, 'node_modules/.cache/waymark-bench');

export interface Build {
  /** Path of a compiled file, by its source path from the top of the checkout. */
  file(source: string): string;
  remove(): void;
}

/** @throws when the compiler wrote nothing. */
export function buildBench(): Build {
  makeAssets();
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'run-'));
  const file = (source: string): string => join(folder, source.replace(/\.ts$/, '.js'));
  const { stdout } = node('node_modules/typescript/bin/tsc', '-p', 'bench', '--outDir', folder);
  if (!existsSync(file('src/server.ts'))) throw new Error(`The compiler wrote nothing.\n${stdout}`);
  for (const part of ['views', 'public']) symlinkSync(join(ROOT, part), join(folder, part), 'junction');
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function makeAssets(): void {
  if (existsSync(join(ROOT, 'public/build/manifest.json'))) return;
  const { status, stderr } = node('--import', 'tsx', 'config/assets.ts');
  if (status !== 0) throw new Error(`The assets could not be built.\n${stderr}`);
}

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 120_000 });
}
