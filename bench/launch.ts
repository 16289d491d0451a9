/**
 * `launch`: what one full launch of a known student costs the server, login → launch → plan page, beside a bare
 * ltijs tool that prints one word. Rounds alternate (ours, ltijs, ours, …) on the same practice LMS and MongoDB; CPU
 * is the server process's own. Database commands are counted in runs of their own, since counting costs CPU.
 */
import { writeFileSync } from 'node:fs';
import { newVisitor, type Visitor } from '../src/practice/visitor.ts';
import { connectWaymark, startLtijs, type Tool } from './launchTools.ts';
import { inParallel, median, rounded, sum } from './numbers.ts';
import { verdict, type Result } from './result.ts';
import type { Options } from './run.ts';
import { withBench, type Bench } from './setup.ts';

/** Visitors at once: the beginning of a lesson, on a small scale. */
const AT_ONCE = 4;
const WARM_UP = 400;
const COUNTED = 120;

interface Round {
  /** Of the server process, user and system, per launch. */
  cpuMs: number;
  /** Of a launch as its visitor sees it, at the median. */
  p50Ms: number;
  jwksFetches: number;
  errors: number;
}

export async function launchBench(options: Options): Promise<Result> {
  const { rounds = '5', launches = '200' } = options;
  return withBench(options, {}, async (bench) => {
    const ours = await connectWaymark(bench);
    const ltijs = await startLtijs(bench);
    await measure(bench, ours, WARM_UP);
    await measure(bench, ltijs, WARM_UP);
    const [a, b]: [Round[], Round[]] = [[], []];
    for (let round = 1; round <= Number(rounds); round += 1) {
      const [one, other] = [
        await measure(bench, ours, Number(launches)),
        await measure(bench, ltijs, Number(launches)),
      ];
      bench.say(`  round ${round}: ours ${one.cpuMs} ms, ltijs ${other.cpuMs} ms of CPU a launch`);
      a.push(one);
      b.push(other);
    }
    if (options.profile) await profile(bench, ours, options.profile);
    const counts = { ours: await count(bench, ours), ltijs: await count(bench, ltijs) };
    return report(bench, summary(a), summary(b), counts);
  });
}

function summary(rounds: readonly Round[]): Round {
  return {
    cpuMs: rounded(median(rounds.map(({ cpuMs }) => cpuMs))),
    p50Ms: rounded(median(rounds.map(({ p50Ms }) => p50Ms)), 1),
    jwksFetches: sum(rounds.map(({ jwksFetches }) => jwksFetches)),
    errors: sum(rounds.map(({ errors }) => errors)),
  };
}

/** One round of launches, each by a browser that was never here. */
async function measure(bench: Bench, tool: Tool, launches: number): Promise<Round> {
  const seen = bench.lms.manners.canvas.requests.length;
  const before = await tool.server().ask<NodeJS.CpuUsage>('cpu');
  const times: number[] = [];
  let errors = 0;
  await inParallel(launches, AT_ONCE, async (index) => {
    const start = performance.now();
    if (!(await launch(bench, tool, index, newVisitor(tool.url)))) errors += 1;
    times.push(performance.now() - start);
  });
  const after = await tool.server().ask<NodeJS.CpuUsage>('cpu');
  const cpu = (after.user - before.user + after.system - before.system) / 1_000;
  const asked = bench.lms.manners.canvas.requests.slice(seen);
  const jwksFetches = asked.filter(({ path }) => path.includes('jwks')).length;
  return { cpuMs: rounded(cpu / launches), p50Ms: median(times), jwksFetches, errors };
}

/** @returns whether the right page came. The first wrong one is told. */
async function launch(bench: Bench, tool: Tool, index: number, visitor: Visitor): Promise<boolean> {
  const lms = bench.lms.manners.canvas;
  const { students, clientId } = tool;
  const person = students[index % students.length] as string;
  const page = await visitor.launch(lms, { person, course: 'history', clientId });
  const right = tool.isRight(page);
  if (!right && !told.has(tool))
    bench.say(`  ${tool.name}: ${person} ended on ${page.path} with ${page.status}`);
  if (!right) told.add(tool);
  return right;
}
const told = new Set<Tool>();

/** One more round of ours, with its CPU written to a file. */
async function profile(bench: Bench, tool: Tool, file: string): Promise<void> {
  await tool.server().ask('profile');
  const { cpuMs } = await measure(bench, tool, WARM_UP);
  writeFileSync(file, JSON.stringify(await tool.server().ask('profile')));
  bench.say(`  ${WARM_UP} launches at ${cpuMs} ms, profiled into ${file}`);
}

interface Counts {
  /** Commands of one launch by name, from a browser that was never here. */
  commands: Record<string, number>;
  roundTrips: number;
  /** The same for a browser that still has the cookies of its last launch. */
  returning: number;
}

/** Restarts the tool with command monitoring and counts, warm. */
async function count(bench: Bench, tool: Tool): Promise<Counts> {
  await tool.restartCounted();
  const visitors = tool.students.map(() => newVisitor(tool.url));
  const run = async (visitor: (index: number) => Visitor): Promise<Record<string, number>> => {
    await tool.server().ask('commands');
    await inParallel(
      COUNTED,
      AT_ONCE,
      async (index) => void (await launch(bench, tool, index, visitor(index))),
    );
    const commands = await tool.server().ask<Record<string, number>>('commands');
    return Object.fromEntries(Object.entries(commands).map(([name, n]) => [name, rounded(n / COUNTED)]));
  };
  const byVisitor = (index: number): Visitor => visitors[index % visitors.length] as Visitor;
  await run(byVisitor);
  const returning = await run(byVisitor);
  const commands = await run(() => newVisitor(tool.url));
  return { commands, roundTrips: totalOf(commands), returning: totalOf(returning) };
}

const totalOf = (commands: Record<string, number>): number => rounded(sum(Object.values(commands)));

function report(bench: Bench, ours: Round, ltijs: Round, counts: { ours: Counts; ltijs: Counts }): Result {
  const ratio = rounded(ours.cpuMs / ltijs.cpuMs, 3);
  const { roundTrips, returning } = counts.ours;
  bench.say(
    `Waymark: ${ours.cpuMs} ms CPU, ${roundTrips} round trips (${returning} in a browser that was here before)`,
  );
  for (const [name, n] of Object.entries(counts.ours.commands)) bench.say(`    ${n}  ${name}`);
  bench.say(`ltijs: ${ltijs.cpuMs} ms CPU, ${counts.ltijs.roundTrips} round trips`);
  for (const [name, n] of Object.entries(counts.ltijs.commands)) bench.say(`    ${n}  ${name}`);
  bench.say(verdict('CPU of ours / ltijs', ratio, '<=', 0.333));
  bench.say(verdict('database round trips', roundTrips, '<=', 9));
  bench.say(verdict('key set fetches when warm', ours.jwksFetches, '<=', 0));
  bench.say(verdict('errors', ours.errors, '<=', 0));
  return {
    bench: 'launch',
    ours: ours.cpuMs,
    baseline: ltijs.cpuMs,
    ratio,
    roundTrips,
    jwksFetches: ours.jwksFetches,
    errors: ours.errors,
    unit: 'ms of server CPU per launch',
    p50Ms: ours.p50Ms,
    roundTripsReturning: returning,
    commands: counts.ours.commands,
    ltijs: { ...ltijs, roundTrips: counts.ltijs.roundTrips, commands: counts.ltijs.commands },
  };
}
