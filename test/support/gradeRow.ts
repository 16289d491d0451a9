import type { OutboxRow } from '../../src/jobs/outbox.ts';
import { anId, NOW } from './build.ts';

/** A grade in the outbox that nobody has worked on yet. */
export function aGradeRow(overrides: Partial<OutboxRow> = {}): OutboxRow {
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
