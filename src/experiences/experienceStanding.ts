import type { StandingNow } from '../plans/standing.ts';
import { isActivity, isAtWork, type Experience } from './experience.ts';

/** "None, because …": why a student has no activity outside class. */
export interface NoActivity {
  why: string;
  at: Date;
}

/** A begun experience counts half to progress until it is sent. */
const BEGUN = 0.5;

/**
 * What the two components are worth. Work or service: whole when one was sent, verified when one is confirmed.
 * Activities: one is recorded, or the reason for none.
 */
export function experienceStandings(
  experiences: readonly Experience[],
  none: NoActivity | null,
): StandingNow[] {
  const live = experiences.filter(({ archivedAt }) => archivedAt === null);
  const atWork = live.filter(isAtWork);
  const activities = live.filter(isActivity);
  return [
    {
      component: 'wbl',
      credit: Math.max(0, ...atWork.map(creditOf)),
      verified: atWork.some(({ confirmed }) => confirmed !== null),
    },
    {
      component: 'extracurricular',
      credit: activities.length > 0 || none !== null ? 1 : 0,
      verified: activities.some(({ confirmed }) => confirmed !== null),
    },
  ];
}

function creditOf({ state, confirmed }: Experience): number {
  return state === 'submitted' || state === 'verified' || confirmed !== null ? 1 : BEGUN;
}
