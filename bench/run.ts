/** `npm run bench -- NAME [--json]`: measures ours and the baseline in one run; the last line is one JSON object. */
import { parseArgs } from 'node:util';
import { gradesBench } from './grades.ts';
import { launchBench } from './launch.ts';
import { pagesBench } from './pages.ts';
import type { Result } from './result.ts';
import { rosterBench } from './roster.ts';
import { sizeBench } from './size.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    profile: { type: 'string' },
    rounds: { type: 'string' },
    launches: { type: 'string' },
    members: { type: 'string' },
    rows: { type: 'string' },
    plans: { type: 'string' },
  },
});
export type Options = typeof values;

const BENCHES: Record<string, (options: Options) => Promise<Result>> = {
  launch: launchBench,
  pages: pagesBench,
  size: sizeBench,
  roster: rosterBench,
  grades: gradesBench,
};

const bench = BENCHES[positionals[0] ?? ''];
if (!bench) {
  process.stderr.write(`npm run bench -- NAME, where NAME is one of ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}
try {
  process.stdout.write(`${JSON.stringify(await bench(values))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
