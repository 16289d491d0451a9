/**
 * `roster`: the first sync of N members and the same again unchanged, by Canvas's pages of 50 and Schoology's of
 * 100, beside a bare fetch of the same pages. Our own time is what comes on top of that fetch.
 */
import { writeFileSync } from 'node:fs';
import { buildSchool } from '../src/practice/school.ts';
import { scope } from '../src/practice/uris.ts';
import type { RosterMeasure } from './child/worker.ts';
import { connectCourse, tokenOf, type ConnectedCourse } from './connectCourse.ts';
import { megabytes, median, rounded, sum } from './numbers.ts';
import type { Child } from './process.ts';
import { verdict, type Result } from './result.ts';
import type { Options } from './run.ts';
import { startWaymark, startWorker, withBench, type Bench } from './setup.ts';

const PAGES = [
  { manner: 'canvas', size: 50 },
  { manner: 'schoology', size: 100 },
] as const;

/** Unchanged syncs and bare fetches are short: the middle of so many. */
const REPEATS = 3;

interface Sync {
  size: number;
  /** Seconds of the first sync, the same again, and the bare fetch. */
  first: number;
  again: number;
  bare: number;
  /** CPU of the first sync in the worker's process, in seconds. */
  cpu: number;
  memoryMb: number;
  writes: number;
  members: number;
}

export async function rosterBench(options: Options): Promise<Result> {
  const members = Number(options.members ?? 2_000);
  const school = buildSchool({ students: members, advisees: 28 });
  return withBench(options, { school }, async (bench) => {
    // Its key set is what the LMS checks the worker's token requests with.
    await startWaymark(bench);
    const syncs: Sync[] = [];
    for (const { manner, size } of PAGES) {
      const connected = await connectCourse(bench, manner, manner);
      const sync = await measureManner(bench, connected, { size, profile: options.profile });
      bench.say(
        `  by ${size}: first ${sync.first} s, again ${sync.again} s, bare fetch ${sync.bare} s, +${sync.memoryMb} MB, ${sync.members} members`,
      );
      syncs.push(sync);
    }
    return report(bench, syncs);
  });
}

async function measureManner(
  bench: Bench,
  connected: ConnectedCourse,
  { size, profile }: { size: number; profile: string | undefined },
): Promise<Sync> {
  const { course, manner } = connected;
  const asked = { institution: course.institution, course: course.id };
  const worker = await startWorker(bench);
  // The first call to an LMS loads ltijs; that is the process's size, not the run's.
  await worker.ask('roster', { ...asked, course: connected.small.id });
  if (profile) await worker.ask('profile');
  const first = await worker.ask<RosterMeasure>('roster', asked);
  if (profile) writeFileSync(profile, JSON.stringify(await worker.ask('profile')));
  const token = tokenOf(bench, connected, scope.roster);
  const url = new URL(course.nrpsUrl ?? '');
  url.searchParams.set('limit', String(size));
  const [again, bare]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    bare.push((await worker.ask<RosterMeasure>('bareRoster', { url: url.href, token })).ms);
    again.push((await worker.ask<RosterMeasure>('roster', asked)).ms);
  }
  await worker.stop();
  const seconds = (ms: number): number => rounded(ms / 1_000, 3);
  return {
    size,
    first: seconds(first.ms),
    again: seconds(median(again)),
    bare: seconds(median(bare)),
    cpu: seconds(first.cpuMs),
    memoryMb: megabytes(first.growth),
    writes: await unchangedWrites(bench, asked),
    members: bench.lms.manners[manner].course('history').members.size,
  };
}

/** What an unchanged run writes, but for the course's own "running" and "complete". */
async function unchangedWrites(bench: Bench, asked: object): Promise<number> {
  const worker: Child = await startWorker(bench, true);
  await worker.ask('commands');
  await worker.ask('roster', asked);
  const commands = await worker.ask<Record<string, number>>('commands');
  await worker.stop();
  const written = Object.entries(commands).filter(
    ([name]) => /^(insert|update|delete|findAndModify|bulkWrite)/.test(name) && !name.endsWith(' courses'),
  );
  return sum(written.map(([, n]) => n));
}

function report(bench: Bench, syncs: readonly Sync[]): Result {
  const worst = (of: (sync: Sync) => number): number => rounded(Math.max(...syncs.map(of)), 3);
  const above = (value: number, bare: number): number => Math.max(0, value - bare);
  const seconds = worst(({ first, bare }) => above(first, bare));
  const unchangedRatio = worst(({ first, again, bare }) => above(again, bare) / above(first, bare));
  const unchangedWrites = sum(syncs.map(({ writes }) => writes));
  const memoryMb = worst((sync) => sync.memoryMb);
  bench.say(verdict('seconds above the LMS’s own', seconds, '<=', 3));
  bench.say(verdict('unchanged / first', unchangedRatio, '<=', 0.2));
  bench.say(verdict('writes of an unchanged run', unchangedWrites, '<=', 0));
  bench.say(verdict('memory growth, MB', memoryMb, '<=', 60));
  const [ours, baseline] = [worst(({ first }) => first), worst(({ bare }) => bare)];
  return {
    bench: 'roster',
    ours,
    baseline,
    ratio: rounded(ours / baseline, 2),
    seconds,
    unchangedRatio,
    unchangedWrites,
    memoryMb,
    unit: 's of the first sync; baseline: a bare fetch of its pages',
    syncs,
  };
}
