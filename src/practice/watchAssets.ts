import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['public/css', 'public/js', 'public/img'];
/** An editor saves in several steps. */
const QUIET_MS = 100;

/**
 * Builds style sheets and script anew when one changes; views need nothing, for development reads them each
 * time. `tsx watch` follows imported code only. @returns how to stop
 */
export function watchAssets(say: (line: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => build(say), QUIET_MS);
  };
  const watchers = FOLDERS.map((folder) => watch(join(ROOT, folder), { recursive: true }, changed));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** In a process of its own, with the loader that runs this one: a style sheet that is wrong must not end the demo. */
function build(say: (line: string) => void): void {
  const args = [...process.execArgv, join(ROOT, 'config/assets.ts')];
  execFile(process.execPath, args, { cwd: ROOT }, (_error, _stdout, stderr) => say(stderr.trimEnd()));
}
