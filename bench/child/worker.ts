/**
 * Waymark's worker under measurement, in a process of its own: the same parts as `--role worker`, started and
 * timed by the bench over IPC. Beside it, the bare loops it is compared with.
 */
import { readEnv } from '../../config/env.ts';
import { compose, composeWorker } from '../../src/compose.ts';
import { findCourse } from '../../src/courses/course.service.ts';
import { countByStatus } from '../../src/jobs/outbox.store.ts';
import { runRoster } from '../../src/jobs/rosterRun.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectMongo } from '../../src/shared/mongo.ts';
import type { Answer, Question } from './ask.ts';
import { bareRoster, bareScores, type BareScores } from './bare.ts';

const env = readEnv();
await connectMongo(env.MONGODB_URI);

/** How much faster the worker's clock goes; more than 1 only where waits are to be shortened. */
let pace = 1;
const start = Date.now();
let shifted = start;
let since = start;
const clock = (): Date => new Date(shifted + (Date.now() - since) * pace);

const deps = compose({ env, log: createLog(env.LOG_LEVEL), clock });

interface CourseId {
  institution: string;
  course: string;
}

/** One roster run. @returns ms, CPU ms and the growth of the process in bytes */
async function roster({ institution, course: id }: CourseId): Promise<RosterMeasure> {
  const course = await findCourse(institution, id);
  if (!course) throw new Error(`no course ${id}`);
  return measured(() => runRoster({ rosterPages: deps.lti.rosterPages, log: deps.log }, course, clock()));
}

export interface RosterMeasure {
  ms: number;
  cpuMs: number;
  growth: number;
}

async function measured(work: () => Promise<unknown>): Promise<RosterMeasure> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, 10);
  const [cpu, at] = [process.cpuUsage(), performance.now()];
  await work();
  const ms = performance.now() - at;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  look();
  return { ms, cpuMs: (user + system) / 1_000, growth: most - before };
}

interface GradesAsked {
  institution: string;
  /** 1 in timed runs. */
  pace: number;
  mostMs: number;
}

/** Runs the worker until every row is done, dead or skipped. @returns ms and the rows by status */
async function grades(asked: GradesAsked): Promise<{ ms: number; rows: Record<string, number> }> {
  [shifted, since, pace] = [clock().getTime(), Date.now(), asked.pace];
  const at = performance.now();
  const worker = composeWorker(deps);
  let rows = await countByStatus(asked.institution);
  while (isOpen(rows) && performance.now() - at < asked.mostMs) {
    // In real time the worker finds its own work; only waits that were shortened are looked after.
    await (asked.pace === 1 ? new Promise((resolve) => setTimeout(resolve, 50)) : worker.idle());
    rows = await countByStatus(asked.institution);
  }
  const ms = performance.now() - at;
  await worker.stop();
  return { ms, rows };
}

const isOpen = (rows: Record<string, number>): boolean => (rows['queued'] ?? 0) + (rows['retrying'] ?? 0) > 0;

const JOBS: Record<string, (asked: never) => Promise<unknown>> = {
  roster,
  grades,
  bareRoster: (asked: { url: string; token: string }) => measured(() => bareRoster(asked)),
  bareScores: (asked: BareScores) => measured(() => bareScores(asked)),
};

process.on('message', ({ id, ask, with: given }: Question) => {
  const answer = (rest: Omit<Answer, 'id'>): void => void process.send?.({ id, ...rest });
  JOBS[ask]?.(given as never).then(
    (value) => answer({ value }),
    (error: unknown) =>
      answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// Nothing else keeps this process alive between two jobs.
process.channel?.ref();
process.send?.({ id: 0 } satisfies Answer);
