import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blankCycle,
  refuseSignedOff,
  signedOff,
  stateOf,
  type CycleState,
  type ReviewCycle,
} from '../../../src/meetings/cycle.ts';
import {
  mayMoveMeeting,
  MEETING_MOVES,
  moveMeeting,
  nextMeeting,
  type MeetingEvent,
  type MeetingState,
} from '../../../src/meetings/meeting.ts';
import { periodAt, periodsOf } from '../../../src/meetings/period.ts';
import { meetingStandings } from '../../../src/meetings/standings.ts';
import { Conflict } from '../../../src/shared/errors.ts';
import { anId, later, NOW, outcomeOf } from '../../support/build.ts';
import { aMeeting } from './aMeeting.ts';

const period = periodAt('2026-10-05', 2, '07-01');

function aCycle(): ReviewCycle {
  return blankCycle({ id: anId(), institution: anId(), person: anId() }, period, NOW);
}

describe('the periods of a school year', () => {
  it.each([
    [1, '07-01', [['2026-07-01', '2027-06-30']]],
    [
      2,
      '07-01',
      [
        ['2026-07-01', '2026-12-31'],
        ['2027-01-01', '2027-06-30'],
      ],
    ],
    [
      3,
      '08-15',
      [
        ['2026-08-15', '2026-12-14'],
        ['2026-12-15', '2027-04-14'],
        ['2027-04-15', '2027-08-14'],
      ],
    ],
  ])('%i a year from %s', (perYear, starts, expected) => {
    expect(periodsOf(2026, perYear, starts).map(({ from, to }) => [from, to])).toEqual(expected);
  });

  it('hold every day of every year exactly once, whatever the cadence, leap days too', () => {
    const day = fc.date({ min: new Date('2019-01-01'), max: new Date('2033-12-31'), noInvalidDate: true });
    const starts = fc.constantFrom('01-01', '02-28', '07-01', '08-31', '12-31');
    fc.assert(
      fc.property(day, fc.integer({ min: -1, max: 15 }), starts, (date, perYear, start) => {
        const text = date.toISOString().slice(0, 10);
        const found = periodAt(text, perYear, start);
        const all = periodsOf(found.year, perYear, start);
        expect(all.filter(({ from, to }) => from <= text && text <= to)).toEqual([found]);
      }),
    );
  });
});

describe('a review cycle', () => {
  const states = (...steps: [Partial<ReviewCycle>, MeetingState[]][]): CycleState[] => {
    let cycle = aCycle();
    return steps.map(([change, meetings]) => {
      cycle = { ...cycle, ...change };
      return stateOf(cycle, meetings);
    });
  };
  const begun = { answers: { well: 'I read.', hard: '', changed: '', next: '' }, version: 1, changedAt: NOW };
  const family = { text: 'Choir', who: '', toldOn: '2026-10-01', by: anId(), at: NOW };

  it('goes its way: self-review, family, advisor, held or missed, signed off', () => {
    expect(
      states(
        [{}, []],
        [{ selfReview: { ...begun, finished: false } }, []],
        [{ selfReview: { ...begun, finished: true } }, []],
        [{ family }, ['planned']],
        [{}, ['missed']],
        [{}, ['missed', 'planned']],
        [{}, ['missed', 'held']],
        [{ signedOff: { by: anId(), at: NOW } }, ['held']],
      ),
    ).toEqual([
      'scheduled',
      'self_review',
      'family_input',
      'advisor_review',
      'missed',
      'advisor_review',
      'held',
      'signed_off',
    ]);
  });

  it('goes on without the family when that was said', () => {
    const familyNone = { text: 'Abroad', by: anId(), at: NOW };
    expect(states([{ selfReview: { ...begun, finished: true }, familyNone }, []])).toEqual([
      'advisor_review',
    ]);
  });

  it('is signed off only after a meeting was held or missed, and then stays', () => {
    for (const state of ['scheduled', 'self_review', 'family_input', 'advisor_review', 'signed_off'] as const)
      expect(outcomeOf(() => signedOff({ ...aCycle(), state }, anId(), NOW).state)).toBe('Conflict');
    const over = signedOff({ ...aCycle(), state: 'held' }, anId(), NOW);
    expect(over.state).toBe('signed_off');
    expect(() => refuseSignedOff(over, 'write')).toThrow(
      'This review is finished, so it cannot be changed now. That is possible while it is not begun,',
    );
  });

  it('keeps its rules whatever happens in which order', () => {
    const step = fc.constantFrom('write', 'finish', 'reopen', 'family', 'plan', 'hold', 'miss', 'signOff');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let cycle = aCycle();
        let meetings: MeetingState[] = [];
        for (const one of steps) {
          const was = cycle;
          if (cycle.state !== 'signed_off') [cycle, meetings] = applied(one, cycle, meetings);
          cycle = { ...cycle, state: stateOf(cycle, meetings) };
          expect(was.state === 'signed_off' ? cycle : null).toEqual(was.state === 'signed_off' ? was : null);
          expect(cycle.state === 'held').toBe(!cycle.signedOff && meetings.includes('held'));
          const waits = cycle.state === 'advisor_review' || cycle.state === 'family_input';
          expect(!waits || cycle.selfReview.finished).toBe(true);
          const [reflection, conference] = meetingStandings(
            cycle,
            meetings.map((state) => ({ year: 2026, state })),
          );
          expect(reflection?.credit).toBe(
            cycle.selfReview.finished ? 1 : cycle.selfReview.answers.well === '' ? 0 : 0.5,
          );
          expect(conference).toMatchObject({ verified: meetings.includes('held') });
        }
      }),
    );
  });

  function applied(
    step: string,
    cycle: ReviewCycle,
    meetings: MeetingState[],
  ): [ReviewCycle, MeetingState[]] {
    const last = meetings.at(-1);
    const end = (state: MeetingState): MeetingState[] =>
      last === 'planned' ? [...meetings.slice(0, -1), state] : meetings;
    switch (step) {
      case 'write':
        return [{ ...cycle, selfReview: { ...cycle.selfReview, ...begun } }, meetings];
      case 'finish':
        return [{ ...cycle, selfReview: { ...begun, finished: true } }, meetings];
      case 'reopen':
        return [{ ...cycle, selfReview: { ...cycle.selfReview, finished: false } }, meetings];
      case 'family':
        return [{ ...cycle, family }, meetings];
      case 'plan':
        return [cycle, [...meetings, 'planned']];
      case 'hold':
        return [cycle, end('held')];
      case 'miss':
        return [cycle, end('missed')];
      default:
        return cycle.state === 'held' || cycle.state === 'missed'
          ? [signedOff(cycle, 'x', NOW), meetings]
          : [cycle, meetings];
    }
  }
});

describe('what the reviews are worth', () => {
  it('a meeting of last school year is none of this one', () => {
    const cycle = { ...aCycle(), state: 'scheduled' as const };
    expect(meetingStandings(cycle, [{ year: 2025, state: 'held' }])).toEqual([
      { component: 'reflection', credit: 0, verified: false },
      { component: 'conference', credit: 0, verified: false },
    ]);
    expect(meetingStandings(cycle, [{ year: 2026, state: 'held' }])[1]).toEqual({
      component: 'conference',
      credit: 1,
      verified: true,
    });
  });
});

describe('a meeting', () => {
  it('moves only as its table says, and names the states otherwise', () => {
    for (const event of Object.keys(MEETING_MOVES) as MeetingEvent[])
      for (const state of ['planned', 'held', 'missed', 'cancelled'] as const) {
        const { from, to } = MEETING_MOVES[event];
        const expected = from.includes(state) ? (to ?? state) : 'Conflict';
        expect(outcomeOf(() => moveMeeting({ state }, event))).toBe(expected);
        expect(mayMoveMeeting({ state }, event)).toBe(expected !== 'Conflict');
      }
    expect(() => moveMeeting({ state: 'cancelled' }, 'hold')).toThrow(Conflict);
    expect(() => moveMeeting({ state: 'cancelled' }, 'hold')).toThrow(
      'This meeting is called off, so it cannot be marked as held now. That is possible while it is planned or missed.',
    );
  });

  it('is next until its end, and an old planned one is not forgotten', () => {
    const first = aMeeting({ startsAt: later(10), minutes: 20 });
    const second = aMeeting({ startsAt: later(100) });
    expect(nextMeeting([second, first], later(29))?.id).toBe(first.id);
    expect(nextMeeting([second, first], later(31))?.id).toBe(second.id);
    expect(nextMeeting([second, first], later(999))?.id).toBe(second.id);
    expect(nextMeeting([aMeeting({ state: 'held' })], NOW)).toBeNull();
  });
});
