import { describe, expect, it } from 'vitest';
import { seedPerson } from '../../../src/admin/commands/seedPeople.ts';
import { seedPlan } from '../../../src/admin/commands/seedPlans.ts';
import { starter } from '../../../src/plans/framework.ts';
import { summaryOf } from '../../../src/plans/progress.ts';
import { anId, NOW } from '../../support/build.ts';

const plans = Array.from({ length: 40 }, (_, index) =>
  seedPlan({ institution: anId(), person: anId(), index }, NOW, anId),
);

describe('invented students', () => {
  it('are the same each time', () => {
    let made = 0;
    const makeId = (): string => String((made += 1));
    const once = seedPlan({ institution: 'i', person: 'p', index: 7 }, NOW, makeId);
    made = 0;
    expect(seedPlan({ institution: 'i', person: 'p', index: 7 }, NOW, makeId)).toEqual(once);
    expect(seedPerson('student', 7)).toEqual(seedPerson('student', 7));
    const subs = Array.from({ length: 500 }, (_, index) => seedPerson('student', index).sub);
    expect(new Set(subs).size).toBe(500);
  });

  it('have plans in every state of a school year', () => {
    expect([...new Set(plans.map(({ state }) => state))].toSorted()).toEqual([
      'active',
      'amending',
      'draft',
      'in_review',
      'not_started',
      'returned',
      'submitted',
    ]);
  });

  it('have plans that the rules could have made', () => {
    for (const plan of plans) {
      expect(plan.summary).toEqual(summaryOf(plan, starter));
      expect(plan.submittedAt !== null).toBe(!['not_started', 'draft'].includes(plan.state));
      expect(plan.needsAdvisorSince !== null).toBe(['submitted', 'in_review'].includes(plan.state));
    }
    const inUse = plans.filter(({ state }) => state === 'active');
    expect(new Set(inUse.map(({ summary }) => summary.grade))).toEqual(new Set([100]));
  });
});
