/**
 * `pages`: what the pages that are opened most cost the server in a school of 1,000 plans (the baseline) and in one of
 * many, each in a database and a process of its own, asked in turn and one request at a time. Round trips and how
 * the queries were run are looked at in runs of their own. Beside it, the course audit as a pure function.
 */
import { writeFileSync } from 'node:fs';
import type { SeededSchool } from './child/pagesSchool.ts';
import { median, rounded, sum } from './numbers.ts';
import { explainQueries, type Queries } from './pagesQueries.ts';
import { startChild, type Child } from './process.ts';
import { verdict, type Result } from './result.ts';
import type { Options } from './run.ts';
import { anotherWaymark, startWaymark, withBench, type Bench } from './setup.ts';

const FEW = 1_000;
const ROUNDS = 6;
/** Requests of one page in one round. */
const REQUESTS = 15;
const WARM_UP = 30;
const PROFILED = 60;

/** The pages by name: who asks for the n-th time, and for what. */
const PAGES = {
  plan: ({ students }, nth) => ask(students[nth % students.length], '/plan'),
  courses: ({ students }, nth) => ask(students[nth % students.length], '/plan/courses'),
  review: ({ advisor, inReview }, nth) => ask(advisor, `/students/${inReview[nth % inReview.length]}/review`),
  overview: ({ advisor, inReview }, nth) => ask(advisor, `/students/${inReview[nth % inReview.length]}`),
  caseload: ({ advisor }) => ask(advisor, '/caseload'),
} as const satisfies Record<string, (school: SeededSchool, nth: number) => Asked>;
type PageName = keyof typeof PAGES;
const NAMES = Object.keys(PAGES) as PageName[];

interface Asked {
  cookie: string;
  path: string;
}

function ask(who: { cookie: string } | undefined, path: string): Asked {
  if (!who) throw new Error('Nobody was signed in.');
  return { cookie: who.cookie, path };
}

/** One Waymark with its school. */
interface Place {
  name: string;
  env: Bench['env'];
  school: SeededSchool;
  server: Child;
}

export async function pagesBench(options: Options): Promise<Result> {
  return withBench(options, {}, async (bench) => {
    const many = Number(options.plans ?? 20_000);
    const { small, large, auditMs } = await startBoth(bench, many);
    for (const place of [small, large])
      for (const name of NAMES) for (let nth = 0; nth < WARM_UP; nth += 1) await get(place, name, nth);
    const [few, lots] = [noTimes(), noTimes()];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of NAMES) {
        few[name].push(...(await measure(small, name, round)));
        lots[name].push(...(await measure(large, name, round)));
      }
    const cpu = await cpuOf(large);
    if (options.profile) await profile(bench, large, options.profile);
    const queries = await explain(bench, large);
    return report(bench, { few: medians(few), lots: medians(lots), cpu, queries, auditMs, many });
  });
}

async function startBoth(
  bench: Bench,
  many: number,
): Promise<{ small: Place; large: Place; auditMs: number }> {
  const [few, lots] = [await anotherWaymark(bench, 'few'), await anotherWaymark(bench, 'many')];
  const seeder = await startSeeder(bench, few);
  const auditMs = await seeder.ask<number>('audit');
  const small = await place(bench, { name: 'few', env: few, plans: FEW, seeder });
  const large = await place(bench, {
    name: 'many',
    env: lots,
    plans: many,
    seeder: await startSeeder(bench, lots),
  });
  return { small, large, auditMs };
}

async function startSeeder({ build, atEnd }: Bench, env: Bench['env']): Promise<Child> {
  const child = startChild({ file: build.file('bench/child/pagesSchool.ts'), env, preload: [] });
  atEnd(child.stop);
  await child.said();
  return child;
}

async function place(
  bench: Bench,
  { name, env, plans, seeder }: { name: string; env: Bench['env']; plans: number; seeder: Child },
): Promise<Place> {
  const start = performance.now();
  const school = await seeder.ask<SeededSchool>('seed', { plans });
  await seeder.stop();
  bench.say(`  ${plans} plans written in ${rounded((performance.now() - start) / 1_000, 1)} s`);
  return { name, env, school, server: await startWaymark(bench, false, env) };
}

/** @throws when it is not the page that was asked for */
async function get({ env, school }: Place, name: PageName, nth: number): Promise<void> {
  const { cookie, path } = PAGES[name](school, nth);
  const answer = await fetch(`${env['PUBLIC_URL']}${path}`, { headers: { cookie }, redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
}

/** @returns ms of server time of each request */
async function measure(place: Place, name: PageName, round: number): Promise<number[]> {
  await place.server.ask('times');
  for (let nth = 0; nth < REQUESTS; nth += 1) await get(place, name, round * REQUESTS + nth);
  return place.server.ask<number[]>('times');
}

type PerPage<T> = Record<PageName, T>;

function perPage<T>(of: (name: PageName) => T): PerPage<T> {
  return Object.fromEntries(NAMES.map((name) => [name, of(name)])) as PerPage<T>;
}

const noTimes = (): PerPage<number[]> => perPage(() => []);
const medians = (times: PerPage<number[]>): PerPage<number> =>
  perPage((name) => rounded(median(times[name])));

/** CPU of the server process per page, in ms: what other work on the machine disturbs least. */
async function cpuOf(place: Place): Promise<PerPage<number>> {
  const cpu = perPage(() => 0);
  for (const name of NAMES) {
    const before = await place.server.ask<NodeJS.CpuUsage>('cpu');
    for (let nth = 0; nth < REQUESTS * 2; nth += 1) await get(place, name, nth);
    const after = await place.server.ask<NodeJS.CpuUsage>('cpu');
    const spent = after.user - before.user + after.system - before.system;
    cpu[name] = rounded(spent / 1_000 / (REQUESTS * 2));
  }
  return cpu;
}

/** The caseload's CPU, to be opened in a browser's developer tools. */
async function profile(bench: Bench, place: Place, file: string): Promise<void> {
  await place.server.ask('profile');
  for (let nth = 0; nth < PROFILED; nth += 1) await get(place, 'caseload', nth);
  writeFileSync(file, JSON.stringify(await place.server.ask('profile')));
  bench.say(`  ${PROFILED} caseload pages profiled into ${file}`);
}

/** Commands of each page by name, and queries that read more than they should. */
async function explain(
  bench: Bench,
  place: Place,
): Promise<{ roundTrips: PerPage<Record<string, number>>; slow: Queries }> {
  await place.server.stop();
  const server = await startWaymark(bench, true, place.env);
  const counted = { ...place, server };
  const roundTrips = perPage((): Record<string, number> => ({}));
  for (const name of NAMES) {
    await get(counted, name, 0);
    await server.ask('commands');
    await get(counted, name, 1);
    roundTrips[name] = await server.ask<Record<string, number>>('commands');
  }
  const slow = await explainQueries(place.env['MONGODB_URI'] as string, async () => {
    for (const name of NAMES) await get(counted, name, 2);
  });
  return { roundTrips, slow };
}

interface Found {
  few: PerPage<number>;
  lots: PerPage<number>;
  cpu: PerPage<number>;
  queries: Awaited<ReturnType<typeof explain>>;
  auditMs: number;
  many: number;
}

function report(bench: Bench, { few, lots, cpu, queries, auditMs, many }: Found): Result {
  const ratios = perPage((name) => rounded(lots[name] / few[name], 3));
  const growth = Math.max(ratios.plan, ratios.caseload);
  for (const name of NAMES) {
    const commands = queries.roundTrips[name];
    bench.say(
      `  ${name}: ${lots[name]} ms (${few[name]} ms with ${FEW} plans), ${cpu[name]} ms of CPU, ${sum(Object.values(commands))} round trips`,
    );
    for (const [command, n] of Object.entries(commands)) bench.say(`      ${n}  ${command}`);
  }
  for (const one of queries.slow)
    bench.say(`  reads too much: ${one.what} ${one.plan} (${one.examined} for ${one.returned})`);
  bench.say(verdict('plan page, ms', lots.plan, '<=', 10));
  bench.say(verdict('caseload, ms', lots.caseload, '<=', 25));
  bench.say(verdict('audit of 60 courses by 4 sets, ms', rounded(auditMs), '<=', 5));
  bench.say(verdict(`growth from ${FEW} to ${many} plans`, growth, '<=', 1.3));
  return {
    bench: 'pages',
    ours: lots.plan,
    baseline: few.plan,
    ratio: ratios.plan,
    planMs: lots.plan,
    caseloadMs: lots.caseload,
    auditMs: rounded(auditMs),
    growth,
    unit: 'ms of server time at the median',
    plans: many,
    ms: lots,
    growthByPage: ratios,
    cpuMs: cpu,
    roundTrips: perPage((name) => sum(Object.values(queries.roundTrips[name]))),
    commands: queries.roundTrips,
    readsTooMuch: queries.slow,
  };
}
