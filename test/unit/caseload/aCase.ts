import type { Case } from '../../../src/caseload/caseload.ts';
import { anId, NOW } from '../../support/build.ts';

export function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 24 * 60 * 60_000);
}

/** A student who has begun to write. */
export function aCase(overrides: Partial<Case>): Case {
  return {
    person: anId(),
    name: 'Okafor, Maya',
    sisId: 'S-0042',
    courses: [],
    state: 'draft',
    hasPlan: true,
    progress: 25,
    done: 1,
    total: 4,
    missing: ['improvements', 'interests', 'agreedGoal'],
    lastActivityAt: daysAgo(1),
    needsAdvisorSince: null,
    handIns: [],
    ...overrides,
  };
}
