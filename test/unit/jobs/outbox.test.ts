import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterRun, newPace, roomOf } from '../../../src/jobs/pace.ts';
import {
  GIVE_UP_AFTER,
  isExhausted,
  isKnownToLms,
  nextAttempt,
  nextTimestamp,
  toScore,
  wasOverridden,
  type OutboxRow,
  type SentScore,
} from '../../../src/jobs/outbox.ts';
import { aGradeRow } from '../../support/gradeRow.ts';

const NOW = new Date('2026-10-05T12:00:00Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

function aSent(over: Partial<SentScore> = {}): SentScore {
  const score = {
    scoreGiven: 75,
    scoreMaximum: 100,
    gradingProgress: 'FullyGraded',
    activityProgress: 'InProgress',
  };
  return { at: NOW, timestamp: NOW, ...score, comment: 'Three of four.', submittedAt: NOW, ...over };
}

const aRow = (over: Partial<OutboxRow> = {}): OutboxRow =>
  aGradeRow({ comment: 'Three of four.', submittedAt: NOW, decidedAt: NOW, nextAt: NOW, ...over });

describe('when to try again', () => {
  it('waits longer each time, never less than the LMS asked for and never more than six hours and a fifth', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(7_200_000),
        (attempts, chance, asked) => {
          const wait = nextAttempt(attempts, NOW, chance, asked).getTime() - NOW.getTime();
          expect(wait).toBeGreaterThanOrEqual(Math.min(asked, 3_600_000));
          expect(wait).toBeLessThanOrEqual(6 * 3_600_000 * 1.2);
        },
      ),
    );
    expect(nextAttempt(3, NOW, 0.5) > nextAttempt(2, NOW, 0.5)).toBe(true);
  });

  it('gives up after eight days of failing, not before', () => {
    expect(isExhausted(NOW, later(GIVE_UP_AFTER))).toBe(false);
    expect(isExhausted(NOW, later(GIVE_UP_AFTER + 1))).toBe(true);
    expect(isExhausted(null, later(GIVE_UP_AFTER * 2))).toBe(false);
  });
});

describe('the timestamp of a score', () => {
  it('rises by a whole second at least, and is never in the future', () => {
    expect(nextTimestamp(null, NOW)).toEqual(NOW);
    expect(nextTimestamp(NOW, later(999))).toBeNull();
    expect(nextTimestamp(NOW, later(1_000))).toEqual(later(1_000));
    expect(nextTimestamp(later(60_000), NOW)).toBeNull();
  });
});

describe('what is sent', () => {
  it('is nothing where the LMS holds exactly this', () => {
    expect(isKnownToLms(aRow(), aSent())).toBe(true);
    expect(isKnownToLms(aRow({ scoreGiven: 76 }), aSent())).toBe(false);
    expect(isKnownToLms(aRow({ activityProgress: 'Completed' }), aSent())).toBe(false);
    expect(isKnownToLms(aRow(), null)).toBe(false);
  });

  it('has a comment only when it is new, and an attempt only when the student handed in anew', () => {
    const first = toScore(aRow(), 'sub', NOW);
    expect(first).toMatchObject({ comment: 'Three of four.', firstPost: true, newAttempt: true });
    const again = toScore(aRow({ last: aSent() }), 'sub', NOW);
    expect(again).toMatchObject({ firstPost: false, newAttempt: false });
    expect(again).not.toHaveProperty('comment');
  });
});

describe('a grade in the gradebook', () => {
  it('that is not the one we sent is a teacher’s', () => {
    const row = aRow({ last: aSent() });
    expect(wasOverridden(row, { score: 75, maximum: 100 })).toBe(false);
    expect(wasOverridden(row, { score: 15, maximum: 20 })).toBe(false);
    expect(wasOverridden(row, { score: 90, maximum: 100 })).toBe(true);
    expect(wasOverridden(row, null)).toBe(false);
    expect(wasOverridden(aRow(), { score: 90, maximum: 100 })).toBe(false);
  });

  it('is not a score of ours whose answer was lost', () => {
    const row = aRow({ last: aSent(), scoreGiven: 95, tried: [0.8, 0.9] });
    expect(wasOverridden(row, { score: 90, maximum: 100 })).toBe(false);
    expect(wasOverridden(row, { score: 85, maximum: 100 })).toBe(true);
    expect(wasOverridden(row, { score: 95, maximum: 100 })).toBe(true);
    // A worker that died may have sent this very score.
    expect(wasOverridden({ ...row, attempts: 2 }, { score: 95, maximum: 100 })).toBe(false);
  });
});

describe('the pace of a platform', () => {
  it('grows while all is well, and pauses after trouble', () => {
    let pace = { ...newPace(), running: 1 };
    for (let run = 0; run < 30; run += 1) pace = { ...afterRun(pace, 'ok', NOW), running: 1 };
    expect(pace.atOnce).toBe(16);
    const troubled = afterRun(pace, 'platform-trouble', NOW);
    expect(troubled.atOnce).toBe(1);
    expect(roomOf({ ...troubled, running: 0 }, NOW)).toBe(0);
    expect(roomOf({ ...troubled, running: 0 }, later(3_000))).toBeGreaterThan(0);
  });
});
