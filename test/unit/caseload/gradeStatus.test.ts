import { describe, expect, it } from 'vitest';
import { gradeStatus } from '../../../src/jobs/gradeStatus.ts';
import { later, NOW } from '../../support/build.ts';
import { aGradeRow } from '../../support/gradeRow.ts';
import { words } from '../views/render.ts';

/** What gradeRun.ts writes of its own, and what an LMS call can fail with. */
const REASONS = `override not-a-student not-sent-here course-gone not-in-course no-column
  connection-gone internal lease-lost unreachable timeout too-large
  blocked-origin redirected unauthorized missing-scope forbidden not-found
  unpublished stale-timestamp locked throttled bad-answer refused
  server-error`.split(/\s+/);

describe('how far a grade got', () => {
  it('says sent, waiting, failed or left alone', () => {
    const statuses = (['sent', 'confirmed', 'queued', 'retrying', 'dead', 'skipped'] as const).map(
      (status) => gradeStatus(aGradeRow({ status })).status,
    );
    expect(statuses).toEqual(['sent', 'sent', 'waiting', 'waiting', 'failed', 'leftAlone']);
  });

  it.each(REASONS)('has plain words for %s', (reason) => {
    const found = gradeStatus(aGradeRow({ status: 'dead', reason }));
    const unknown = gradeStatus(aGradeRow({ status: 'dead', reason: 'never-heard-of' }));
    expect(words.t(found.reason)).toMatch(/\.$/);
    expect(reason === 'internal' || reason === 'lease-lost' || found.reason !== unknown.reason).toBe(true);
  });

  it('tells when the LMS took it, and before that when it was decided', () => {
    const last = { at: later(5), timestamp: later(5), scoreGiven: 75, scoreMaximum: 100 };
    const sent = { ...last, gradingProgress: '', activityProgress: '', comment: null, submittedAt: null };
    expect(gradeStatus(aGradeRow({ status: 'sent', last: sent })).at).toEqual(later(5));
    expect(gradeStatus(aGradeRow({ status: 'retrying', last: sent })).at).toEqual(NOW);
    expect(gradeStatus(aGradeRow({ status: 'retrying', reason: 'timeout' })).retries).toBe(true);
  });
});
