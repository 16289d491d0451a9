import { describe, expect, it } from 'vitest';
import { gradeStatus } from '../../../src/jobs/gradeStatus.ts';
import type { OutboxRow } from '../../../src/jobs/outbox.ts';
import { anId, later, NOW } from '../../support/build.ts';
import { words } from '../views/render.ts';

function aRow(overrides: Partial<OutboxRow>): OutboxRow {
  return {
    id: anId(),
    institution: anId(),
    key: 'plan',
    platform: anId(),
    course: anId(),
    person: anId(),
    item: { kind: 'plan' },
    activityProgress: 'InProgress',
    gradingProgress: 'FullyGraded',
    scoreGiven: 75,
    scoreMaximum: 100,
    comment: null,
    submittedAt: null,
    decidedAt: NOW,
    status: 'queued',
    version: 1,
    attempts: 0,
    nextAt: NOW,
    firstFailedAt: null,
    reason: null,
    lease: null,
    last: null,
    ...overrides,
  };
}

/** What gradeRun.ts writes of its own, and what an LMS call can fail with. */
const REASONS = `override not-a-student not-sent-here course-gone not-in-course no-column
  connection-gone internal lease-lost unreachable timeout too-large
  blocked-origin redirected unauthorized missing-scope forbidden not-found
  unpublished stale-timestamp locked throttled bad-answer refused
  server-error`.split(/\s+/);

describe('how far a grade got', () => {
  it('says sent, waiting, failed or left alone', () => {
    const statuses = (['sent', 'confirmed', 'queued', 'retrying', 'dead', 'skipped'] as const).map(
      (status) => gradeStatus(aRow({ status })).status,
    );
    expect(statuses).toEqual(['sent', 'sent', 'waiting', 'waiting', 'failed', 'leftAlone']);
  });

  it.each(REASONS)('has plain words for %s', (reason) => {
    const found = gradeStatus(aRow({ status: 'dead', reason }));
    const unknown = gradeStatus(aRow({ status: 'dead', reason: 'never-heard-of' }));
    expect(words.t(found.reason)).toMatch(/\.$/);
    expect(reason === 'internal' || reason === 'lease-lost' || found.reason !== unknown.reason).toBe(true);
  });

  it('tells when the LMS took it, and before that when it was decided', () => {
    const last = { at: later(5), timestamp: later(5), scoreGiven: 75, scoreMaximum: 100 };
    const sent = { ...last, gradingProgress: '', activityProgress: '', comment: null, submittedAt: null };
    expect(gradeStatus(aRow({ status: 'sent', last: sent })).at).toEqual(later(5));
    expect(gradeStatus(aRow({ status: 'retrying', last: sent })).at).toEqual(NOW);
    expect(gradeStatus(aRow({ status: 'retrying', reason: 'timeout' })).retries).toBe(true);
  });
});
