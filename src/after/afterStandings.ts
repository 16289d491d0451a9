import type { StandingNow } from '../plans/standing.ts';
import type { AfterPlan } from './after.ts';
import { aidTally } from './aid.ts';
import { liveApplications } from './application.ts';
import type { LogLine, Resume } from './resume.ts';

/** A way after school without a step, a résumé not looked through: begun. */
const BEGUN = 0.5;

/**
 * What three components are worth. The plan after school: an option with a step. Applications: one is listed, or the
 * reason for none. Paying for it: the share of steps that are done or not for this student.
 */
export function afterStandings(after: AfterPlan): StandingNow[] {
  const { answered, total } = aidTally(after);
  return [
    { component: 'postsec.plan', credit: creditOfOptions(after), verified: false },
    {
      component: 'applications',
      credit: after.notApplying !== null || liveApplications(after).length > 0 ? 1 : 0,
      verified: false,
    },
    { component: 'finance.aid', credit: answered / total, verified: false },
  ];
}

/** The résumé: whole when it holds something and was looked through. */
export function resumeStanding({ profile, lookedAt }: Resume, log: readonly LogLine[]): StandingNow {
  const holds = log.some(({ picked }) => picked);
  const credit = holds && lookedAt !== null ? 1 : holds || profile !== '' ? BEGUN : 0;
  return { component: 'resume', credit, verified: false };
}

function creditOfOptions({ options }: Pick<AfterPlan, 'options'>): number {
  if (options.some(({ steps }) => steps.length > 0)) return 1;
  return options.length > 0 ? BEGUN : 0;
}
