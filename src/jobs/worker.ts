/**
 * The worker: the only one that posts to an LMS. It leases due grades, a few at a time per platform, and
 * reads rosters. A change stream wakes it; a sweep finds what the stream missed (architecture.md, outbox).
 */
import type { Log } from '../shared/log.ts';
import { newAlarm } from './alarm.ts';
import { readAround } from './gradeAround.ts';
import { runGrade, type GradeDeps, type RunResult } from './gradeRun.ts';
import { LEASE_MS, type OutboxRow } from './outbox.ts';
import { countDueGrades, leaseDue, watchOutbox } from './outbox.store.ts';
import { afterRun, newPace, roomOf, type Pace } from './pace.ts';
import { REQUEST_LEASE_MS, serveRequest, type RosterDeps } from './rosterRun.ts';
import { countDueRequests, takeRequest } from './request.store.ts';

export interface WorkerDeps extends GradeDeps, RosterDeps {
  log: Log;
  /** Long work of other features, such as moving plans to a new version. */
  others?: readonly Taker[];
}

export interface Worker {
  /** Waits until nothing is due, at most `ms`: for tests and the start of the demo. */
  idle(ms?: number): Promise<void>;
  /** Takes nothing new, lets what runs end, at most `ms`. */
  stop(ms?: number): Promise<void>;
}

const SWEEP_MS = 1_000;

export function startWorker(deps: WorkerDeps): Worker {
  const { log, clock } = deps;
  const running = new Set<Promise<void>>();
  let stopped = false;

  /** Looks for one kind of work, again and again; each kind has a line of its own, so that none waits for another. */
  function startLine(take: Taker): Line {
    const alarm = newAlarm();
    let looking = false;
    async function look(): Promise<boolean> {
      looking = true;
      const job = await take(alarm.ring).catch(unlucky);
      if (job) track(job(), alarm.ring);
      looking = false;
      return job !== null;
    }
    async function loop(): Promise<void> {
      while (!stopped) if (!(await look())) await alarm.sleep(SWEEP_MS);
    }
    return { ring: alarm.ring, isLooking: () => looking, ended: loop() };
  }

  function unlucky(error: unknown): null {
    log.warn(
      { error: error instanceof Error ? error.name : 'unknown' },
      'the worker could not look for work',
    );
    return null;
  }

  function track(work: Promise<void>, ended: () => void): void {
    const job = work
      .catch((error: unknown) =>
        log.error({ error: error instanceof Error ? error.stack : 'unknown' }, 'a job broke'),
      )
      .finally(() => {
        running.delete(job);
        ended();
      });
    running.add(job);
  }

  const grades = startLine(gradeTaker(deps));
  const lines = [grades, ...[rosterTaker(deps), ...(deps.others ?? [])].map(startLine)];
  const stopWatching = watchOutbox(grades.ring, log);
  const ringAll = (): void => lines.forEach(({ ring }) => ring());

  return {
    idle: async (ms = 20_000) => {
      const until = Date.now() + ms;
      while (Date.now() < until && !stopped) {
        await Promise.allSettled(running);
        const due = (await countDueGrades(clock())) + (await countDueRequests(clock()));
        // Asked last: work that was being taken while we counted is running or looked for now.
        const looking = lines.some(({ isLooking }) => isLooking());
        if (due === 0 && !looking && running.size === 0) return;
        ringAll();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: async (ms = 20_000) => {
      stopped = true;
      ringAll();
      await stopWatching();
      await Promise.all(lines.map(({ ended }) => ended));
      await Promise.race([
        Promise.allSettled(running),
        new Promise((resolve) => setTimeout(resolve, ms).unref()),
      ]);
    },
  };
}

interface Line {
  /** Work of this kind may be there: looks at once. */
  ring: () => void;
  isLooking: () => boolean;
  ended: Promise<void>;
}

/** Finds work; calling what it returns does it. @param ring looks again at once, before that work has ended */
export type Taker = (ring: () => void) => Promise<(() => Promise<void>) | null>;

function gradeTaker(deps: WorkerDeps): Taker {
  const paces = new Map<string, Pace>();
  const paceOf = (platform: string): Pace => paces.get(platform) ?? newPace();
  const room = (now: Date) => ({
    full: [...paces].filter(([, pace]) => roomOf(pace, now) === 0).map(([platform]) => platform),
    of: (platform: string) => roomOf(paceOf(platform), now),
  });
  function begin({ platform }: OutboxRow): void {
    const pace = paceOf(platform);
    paces.set(platform, { ...pace, running: pace.running + 1 });
  }
  return async (ring) => {
    const now = deps.clock();
    const rows = await leaseDue(now, LEASE_MS, room(now));
    if (rows.length === 0) return null;
    rows.forEach(begin);
    const around = readAround(rows);
    const answered = ({ platform }: OutboxRow, result: RunResult): void => {
      paces.set(platform, afterRun(paceOf(platform), result, deps.clock()));
      ring();
    };
    return async () => {
      const jobs = rows.map((row) => ({
        row,
        around,
        answered: (result: RunResult) => answered(row, result),
      }));
      const ended = await Promise.allSettled(jobs.map((job) => runGrade(deps, job)));
      const broken = ended.find((one) => one.status === 'rejected');
      if (broken) throw broken.reason;
    };
  };
}

/** One at a time: rosters of a school hold the same people, and two at once would race to make them. */
function rosterTaker(deps: WorkerDeps): Taker {
  let reading = false;
  return async () => {
    if (reading) return null;
    const now = deps.clock();
    const request = await takeRequest(now, new Date(now.getTime() + REQUEST_LEASE_MS));
    if (!request) return null;
    reading = true;
    return () => serveRequest(deps, request, deps.clock).finally(() => (reading = false));
  };
}
