/**
 * `size`: how soon `src/server.ts` (web and worker in one process, as `npm start` runs it) is ready beside a running
 * database, and how much memory it holds after 1,000 requests; baseline: a bare Express and mongoose app.
 */
import { median, inParallel, megabytes, rounded } from './numbers.ts';
import { freePort, startChild, untilReady, type Child, type ChildSettings } from './process.ts';
import { verdict, type Result } from './result.ts';
import type { Options } from './run.ts';
import { withBench, type Bench } from './setup.ts';

const STARTS = 3;
const REQUESTS = 1_000;
const AT_ONCE = 8;
const SETTLE_MS = 2_000;

interface Size {
  readyMs: number;
  rssMb: number;
  heapMb: number;
}

export async function sizeBench(options: Options): Promise<Result> {
  return withBench(options, {}, async (bench) => {
    const { build, env } = bench;
    const [tool, bare] = [env['PUBLIC_URL'] as string, `http://localhost:${await freePort()}`];
    const preload = [build.file('bench/child/probe.ts')];
    const ours = await measure(bench, { file: build.file('src/server.ts'), env, preload }, `${tool}/readyz`, [
      `${tool}/help`,
      `${tool}/accessibility`,
      `${tool}/plan`,
      `${tool}/lti/keys`,
    ]);
    const bareEnv = { PORT: new URL(bare).port, MONGODB_URI: bench.database('bare') };
    const file = build.file('bench/baseline/express.ts');
    const baseline = await measure(bench, { file, env: bareEnv, preload }, bare, [bare]);
    return report(bench, ours, baseline);
  });
}

/** Starts it some times; the last one answers the requests. */
async function measure(
  bench: Bench,
  settings: ChildSettings,
  ready: string,
  pages: readonly string[],
): Promise<Size> {
  const starts: number[] = [];
  for (let turn = 1; turn < STARTS; turn += 1) {
    const child = startChild(settings);
    bench.atEnd(child.stop);
    starts.push(await untilReady(child, ready, (status) => status === 200));
    await child.stop();
  }
  const child = startChild(settings);
  bench.atEnd(child.stop);
  starts.push(await untilReady(child, ready, (status) => status === 200));
  const memory = await afterRequests(child, pages);
  await child.stop();
  return {
    readyMs: rounded(median(starts), 0),
    rssMb: megabytes(memory.rss),
    heapMb: megabytes(memory.heapUsed),
  };
}

async function afterRequests(child: Child, pages: readonly string[]): Promise<NodeJS.MemoryUsage> {
  await inParallel(REQUESTS, AT_ONCE, async (index) => {
    const answer = await fetch(pages[index % pages.length] as string, { redirect: 'manual' });
    await answer.arrayBuffer();
    if (answer.status >= 500) throw new Error(`${answer.url} answered ${answer.status}`);
  });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return child.ask<NodeJS.MemoryUsage>('memory');
}

function report(bench: Bench, ours: Size, baseline: Size): Result {
  const { rssMb, readyMs } = ours;
  bench.say(`  Waymark: ${rssMb} MB (heap ${ours.heapMb} MB), ready after ${readyMs} ms`);
  bench.say(`  bare: ${baseline.rssMb} MB (heap ${baseline.heapMb} MB), ready after ${baseline.readyMs} ms`);
  bench.say(verdict('MB of RSS after 1,000 requests', rssMb, '<=', 220));
  bench.say(verdict('ms until ready', readyMs, '<=', 2_000));
  const ratio = rounded(rssMb / baseline.rssMb);
  return {
    bench: 'size',
    ours: rssMb,
    baseline: baseline.rssMb,
    ratio,
    rssMb,
    readyMs,
    unit: 'MB of RSS',
    bare: baseline,
  };
}
