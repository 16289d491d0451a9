/**
 * The worker: the only one that posts to an LMS. It leases due grades, a few at a time per platform, and
 * reads rosters. A change stream wakes it; a sweep finds what the stream missed (architecture.md, outbox).
 */
import type { Log } from '../shared/log.ts';
import { findCourse } from '../courses/course.service.ts';
import { runGrade, type GradeDeps } from './gradeRun.ts';
import { leaseNext, watchOutbox } from './outbox.store.ts';
import { afterRun, newPace, isPaused, type Pace } from './pace.ts';
import { runRoster, type RosterDeps } from './rosterRun.ts';
import { takeRequest } from './request.store.ts';

export interface WorkerDeps extends GradeDeps, RosterDeps {
  log: Log;
}

export interface Worker {
  /** Waits until nothing is due: for tests and for the end of the demo. */
  idle(): Promise<void>;
  /** Takes nothing new, lets what runs end, at most `ms`. */
  stop(ms?: number): Promise<void>;
}

const SWEEP_MS = 1_000;
const LEASE_MS = 60_000;

export function startWorker(deps: WorkerDeps): Worker {
  const paces = new Map<string, Pace>();
  const running = new Set<Promise<void>>();
  let stopped = false;
  let wake: () => void = () => {};
  let pending: Promise<void> = Promise.resolve();

  const stopWatching = watchOutbox(() => wake(), deps.log);

  async function loop(): Promise<void> {
    while (!stopped) {
      const found = await takeWork().catch((error: unknown) => {
        deps.log.warn(
          { error: error instanceof Error ? error.name : 'unknown' },
          'the worker could not look for work',
        );
        return false;
      });
      if (!found) await sleep();
    }
  }

  /** @returns whether anything was started. */
  async function takeWork(): Promise<boolean> {
    const grade = await takeGrade();
    const roster = await takeRoster();
    return grade || roster;
  }

  async function takeGrade(): Promise<boolean> {
    const now = deps.clock();
    const busy = [...paces].filter(([, pace]) => isPaused(pace, now)).map(([platform]) => platform);
    const row = await leaseNext(now, LEASE_MS, busy);
    if (!row) return false;
    const pace = paces.get(row.platform) ?? newPace();
    paces.set(row.platform, { ...pace, running: pace.running + 1 });
    track(
      runGrade(deps, row).then((result) => {
        paces.set(row.platform, afterRun(paces.get(row.platform) ?? newPace(), result, deps.clock()));
        wake();
      }),
    );
    return true;
  }

  async function takeRoster(): Promise<boolean> {
    if (running.size > 4) return false;
    const request = await takeRequest(deps.clock());
    const course = request && (await findCourse(request.institution, request.course));
    if (!course) return false;
    track(runRoster(deps, course, deps.clock(), request.confirmed));
    return true;
  }

  function track(work: Promise<void>): void {
    const settled = work.catch((error: unknown) =>
      deps.log.error({ error: error instanceof Error ? error.stack : 'unknown' }, 'a job broke'),
    );
    const entry = settled.finally(() => running.delete(entry));
    running.add(entry);
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, SWEEP_MS);
      function done(): void {
        clearTimeout(timer);
        wake = () => {};
        resolve();
      }
      wake = done;
    });
  }

  pending = loop();

  return {
    idle: async () => {
      let quiet = 0;
      while (quiet < 2 && !stopped) {
        wake();
        await Promise.allSettled(running);
        quiet = running.size === 0 ? quiet + 1 : 0;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
    stop: async (ms = 20_000) => {
      stopped = true;
      wake();
      await stopWatching();
      await pending;
      await Promise.race([
        Promise.allSettled(running),
        new Promise((resolve) => setTimeout(resolve, ms).unref()),
      ]);
    },
  };
}
