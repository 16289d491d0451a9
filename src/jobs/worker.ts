/**
 * The worker: the only one that posts to an LMS. It leases due grades, a few at a time per platform, and
 * reads rosters. A change stream wakes it; a sweep finds what the stream missed (architecture.md, outbox).
 */
import type { Log } from '../shared/log.ts';
import { findCourse } from '../courses/course.service.ts';
import { newAlarm } from './alarm.ts';
import { runGrade, type GradeDeps } from './gradeRun.ts';
import { countDueGrades, leaseNext, watchOutbox } from './outbox.store.ts';
import { afterRun, isPaused, newPace, type Pace } from './pace.ts';
import { runRoster, type RosterDeps } from './rosterRun.ts';
import { countDueRequests, takeRequest } from './request.store.ts';

export interface WorkerDeps extends GradeDeps, RosterDeps {
  log: Log;
}

export interface Worker {
  /** Waits until nothing is due, at most `ms`: for tests and the start of the demo. */
  idle(ms?: number): Promise<void>;
  /** Takes nothing new, lets what runs end, at most `ms`. */
  stop(ms?: number): Promise<void>;
}

const SWEEP_MS = 1_000;
const LEASE_MS = 60_000;

export function startWorker(deps: WorkerDeps): Worker {
  const { log, clock } = deps;
  const alarm = newAlarm();
  const running = new Set<Promise<void>>();
  const takers = [gradeTaker(deps), rosterTaker(deps)];
  const stopWatching = watchOutbox(() => alarm.ring(), log);
  let stopped = false;
  let looking = false;

  async function loop(): Promise<void> {
    while (!stopped) if (!(await takeWork())) await alarm.sleep(SWEEP_MS);
  }

  /** @returns whether anything was started. */
  async function takeWork(): Promise<boolean> {
    looking = true;
    const jobs = await Promise.all(takers.map((take) => take().catch(unlucky)));
    for (const job of jobs) if (job) track(job());
    looking = false;
    return jobs.some(Boolean);
  }

  function unlucky(error: unknown): null {
    log.warn(
      { error: error instanceof Error ? error.name : 'unknown' },
      'the worker could not look for work',
    );
    return null;
  }

  function track(work: Promise<void>): void {
    const job = work
      .catch((error: unknown) =>
        log.error({ error: error instanceof Error ? error.stack : 'unknown' }, 'a job broke'),
      )
      .finally(() => {
        running.delete(job);
        alarm.ring();
      });
    running.add(job);
  }

  const looping = loop();

  return {
    idle: async (ms = 20_000) => {
      const until = Date.now() + ms;
      while (Date.now() < until && !stopped) {
        await Promise.allSettled(running);
        const due = (await countDueGrades(clock())) + (await countDueRequests(clock()));
        // Asked last: work that was being taken while we counted is running or looked for now.
        if (due === 0 && !looking && running.size === 0) return;
        alarm.ring();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: async (ms = 20_000) => {
      stopped = true;
      alarm.ring();
      await stopWatching();
      await looping;
      await Promise.race([
        Promise.allSettled(running),
        new Promise((resolve) => setTimeout(resolve, ms).unref()),
      ]);
    },
  };
}

/** Finds one piece of work; calling what it returns does it. */
type Taker = () => Promise<(() => Promise<void>) | null>;

function gradeTaker(deps: WorkerDeps): Taker {
  const paces = new Map<string, Pace>();
  const paceOf = (platform: string): Pace => paces.get(platform) ?? newPace();
  return async () => {
    const now = deps.clock();
    const busy = [...paces].filter(([, pace]) => isPaused(pace, now)).map(([platform]) => platform);
    const row = await leaseNext(now, LEASE_MS, busy);
    if (!row) return null;
    const { platform } = row;
    const pace = paceOf(platform);
    paces.set(platform, { ...pace, running: pace.running + 1 });
    return async () => {
      const result = await runGrade(deps, row);
      paces.set(platform, afterRun(paceOf(platform), result, deps.clock()));
    };
  };
}

/** One at a time: rosters of a school hold the same people, and two at once would race to make them. */
function rosterTaker(deps: WorkerDeps): Taker {
  let reading = false;
  return async () => {
    if (reading) return null;
    const request = await takeRequest(deps.clock());
    const course = request && (await findCourse(request.institution, request.course));
    if (!course) return null;
    reading = true;
    return () => runRoster(deps, course, deps.clock(), request.confirmed).finally(() => (reading = false));
  };
}
