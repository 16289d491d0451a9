import type { Signature } from '../../../src/signatures/signature.ts';
import { anId, NOW } from '../../support/build.ts';

/** The student's, asked for and not opened. */
export function aSignature(overrides: Partial<Signature> = {}): Signature {
  return {
    id: anId(),
    institution: anId(),
    plan: anId(),
    person: anId(),
    revision: 1,
    hash: 'q'.repeat(43),
    place: 0,
    role: 'student',
    required: true,
    state: 'requested',
    was: null,
    requestedAt: NOW,
    viewedAt: null,
    settledAt: null,
    by: null,
    name: null,
    reason: null,
    ground: null,
    paperDay: null,
    scan: null,
    voidedAt: null,
    ...overrides,
  };
}
