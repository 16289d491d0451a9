import type { RunResult } from './gradeRun.ts';

/**
 * How hard one platform is asked: starts with two at a time, one more after each run that went well up to
 * its most, back to one with a growing pause after trouble. So a school whose LMS is down costs the others
 * nothing, and its backlog drains without a storm.
 */
export interface Pace {
  running: number;
  atOnce: number;
  most: number;
  troubles: number;
  pausedUntil: Date | null;
}

const FIRST = 2;
const LONGEST_PAUSE_MS = 5 * 60_000;

export function newPace(most = 16): Pace {
  return { running: 0, atOnce: Math.min(FIRST, most), most, troubles: 0, pausedUntil: null };
}

/** How many more may be asked at once now. */
export function roomOf(pace: Pace, now: Date): number {
  if (pace.pausedUntil !== null && pace.pausedUntil > now) return 0;
  return Math.max(0, pace.atOnce - pace.running);
}

export function afterRun(pace: Pace, result: RunResult, now: Date): Pace {
  const running = Math.max(0, pace.running - 1);
  if (result === 'ok')
    return { ...pace, running, atOnce: Math.min(pace.most, pace.atOnce + 1), troubles: 0, pausedUntil: null };
  const troubles = pace.troubles + 1;
  const pause = Math.min(1_000 * 2 ** troubles, LONGEST_PAUSE_MS);
  return { ...pace, running, atOnce: 1, troubles, pausedUntil: new Date(now.getTime() + pause) };
}
