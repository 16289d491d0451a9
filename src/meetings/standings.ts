import type { StandingNow } from '../plans/standing.ts';
import { hasBegun, type ReviewCycle } from './cycle.ts';
import type { Meeting } from './meeting.ts';

/**
 * What the reviews are worth: the look back counts in this cycle, the meeting in this school year. A held meeting
 * was seen by staff, so it verifies both.
 */
export function meetingStandings(
  cycle: Pick<ReviewCycle, 'year' | 'state' | 'selfReview'>,
  meetings: readonly Pick<Meeting, 'year' | 'state'>[],
): StandingNow[] {
  const { finished } = cycle.selfReview;
  const held = meetings.some(({ year, state }) => year === cycle.year && state === 'held');
  const talked = cycle.state === 'held' || cycle.state === 'signed_off';
  return [
    {
      component: 'reflection',
      credit: finished ? 1 : hasBegun(cycle.selfReview) ? 0.5 : 0,
      verified: finished && talked,
    },
    { component: 'conference', credit: held ? 1 : 0, verified: held },
  ];
}
