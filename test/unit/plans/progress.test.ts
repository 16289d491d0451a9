import { describe, expect, it } from 'vitest';
import { starter } from '../../../src/plans/framework.ts';
import { emptyProfile } from '../../../src/plans/plan.ts';
import { isOtherGrade, planGrade, scoreComment } from '../../../src/plans/planGrade.ts';
import { completionOfPlan, missingOf, nextStepOfPlan, notReadyToSend } from '../../../src/plans/progress.ts';
import { translator } from '../../../src/shared/i18n.ts';
import { aGoal, aPart, aPlan, aWholePlan, NOW } from '../../support/build.ts';

const t = translator('en');
const agreed = aGoal({ status: 'agreed', agreedRevision: 1 });

describe('the starter plan', () => {
  it('is at 0 of 4 when nothing is written', () => {
    const { progress, grade, done, total } = completionOfPlan(aPlan(), starter);
    expect([progress, grade, done, total]).toEqual([0, 0, 0, 4]);
  });

  it('counts a part when the student says it is finished, so ring and count agree', () => {
    const profile = { ...emptyProfile(), strengths: aPart(), improvements: aPart({ finished: false }) };
    const { progress, done } = completionOfPlan(aPlan({ profile }), starter);
    expect([progress, done]).toEqual([25, 1]);
  });

  it('is all progress and three quarters of the grade when it is sent, and 100 when it is in use', () => {
    const sent = completionOfPlan(aWholePlan({ state: 'submitted' }), starter);
    expect([sent.progress, sent.grade, sent.compliance]).toEqual([100, 75, { met: 3, of: 5 }]);
    const active = completionOfPlan(aWholePlan({ state: 'active', goals: [agreed] }), starter);
    expect([active.progress, active.grade, active.compliance]).toEqual([100, 100, { met: 5, of: 5 }]);
  });

  it('keeps an amended plan at 99 until it is approved again', () => {
    const { grade, openGates } = completionOfPlan(
      aWholePlan({ state: 'amending', goals: [agreed] }),
      starter,
    );
    expect([grade, openGates]).toEqual([99, ['advisorApproval']]);
  });

  it('does not count a dropped goal', () => {
    const plan = aWholePlan({ state: 'active', goals: [{ ...agreed, status: 'dropped' }] });
    expect(completionOfPlan(plan, starter).grade).toBe(75);
  });

  it('takes an exempted part out of the count', () => {
    const exemptions = [{ component: 'interests' as const, reason: 'Done on paper', by: 'x', at: NOW }];
    const profile = { ...emptyProfile(), strengths: aPart(), improvements: aPart() };
    const { total, sections } = completionOfPlan(aPlan({ profile, exemptions }), starter);
    expect([total, sections[0]?.progress]).toEqual([3, 100]);
  });
});

describe('what is missing', () => {
  it('says why, who can do something and how long it takes, changes asked for first', () => {
    const profile = {
      ...emptyProfile(),
      improvements: aPart({ finished: false }),
      interests: aPart({ finished: false, asked: true }),
    };
    expect(missingOf(aPlan({ profile, goals: [aGoal()] }), starter)).toEqual([
      { key: 'interests', why: 'changeAsked', who: 'student', required: true, minutes: 5 },
      { key: 'strengths', why: 'empty', who: 'student', required: true, minutes: 10 },
      { key: 'improvements', why: 'unfinished', who: 'student', required: true, minutes: 5 },
      { key: 'agreedGoal', why: 'notVerified', who: 'advisor', required: true, minutes: 0 },
      { key: 'advisorApproval', why: 'gate', who: 'advisor', required: true, minutes: 0 },
    ]);
  });

  it('is nothing of the student’s in a whole plan', () => {
    expect(notReadyToSend(aWholePlan(), starter)).toEqual([]);
  });

  it('leads to one next step: write, then send, then wait, then go on', () => {
    expect(nextStepOfPlan(aPlan(), starter)).toEqual({
      kind: 'component',
      key: 'strengths',
      why: 'empty',
      minutes: 10,
    });
    expect(nextStepOfPlan(aWholePlan(), starter)).toEqual({ kind: 'submit', minutes: 2 });
    expect(nextStepOfPlan(aWholePlan({ state: 'in_review' }), starter)).toEqual({
      kind: 'wait',
      for: 'advisor',
    });
    expect(nextStepOfPlan(aWholePlan({ state: 'active', goals: [agreed] }), starter)).toEqual({
      kind: 'keepGoing',
    });
    expect(nextStepOfPlan(aPlan({ state: 'on_hold', resumeTo: 'draft' }), starter)).toEqual({
      kind: 'aside',
    });
  });
});

describe('the plan’s grade', () => {
  it('is nothing before the plan was first sent, and while it is set aside', () => {
    expect(planGrade(aWholePlan(), starter, NOW, t)).toBeNull();
    const aside = aWholePlan({ state: 'on_hold', resumeTo: 'draft', submittedAt: NOW });
    expect(planGrade(aside, starter, NOW, t)).toBeNull();
  });

  it('is the percent, in progress until the plan is in use', () => {
    const sent = planGrade(aWholePlan({ state: 'submitted', submittedAt: NOW }), starter, NOW, t);
    expect(sent).toMatchObject({
      item: { kind: 'plan' },
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      scoreGiven: 75,
      scoreMaximum: 100,
      submittedAt: NOW,
    });
    const active = aWholePlan({ state: 'active', goals: [agreed], submittedAt: NOW });
    expect(planGrade(active, starter, NOW, t)).toMatchObject({
      activityProgress: 'Completed',
      scoreGiven: 100,
    });
  });

  it('is sent again when percent or progress differ, not when only the clock does', () => {
    const plan = aWholePlan({ state: 'submitted', submittedAt: NOW });
    const first = planGrade(plan, starter, NOW, t);
    expect(isOtherGrade(first, planGrade(plan, starter, new Date(), t))).toBe(false);
    expect(isOtherGrade(null, first)).toBe(true);
    const other = planGrade({ ...plan, goals: [agreed] }, starter, NOW, t);
    expect(isOtherGrade(first, other)).toBe(true);
  });

  it('comes with one or two sentences on what it is made of and what is missing', () => {
    expect(scoreComment(aWholePlan({ state: 'submitted' }), starter, t)).toBe(
      '4 of 4 parts of the plan are finished. Still missing: My goal (waits for an advisor).',
    );
    expect(scoreComment(aWholePlan({ state: 'amending', goals: [agreed] }), starter, t)).toBe(
      '4 of 4 parts of the plan are finished. It stays at 99 or below until an advisor approves it.',
    );
    expect(scoreComment(aPlan(), starter, t)).toBe(
      '0 of 4 parts of the plan are finished. Still missing: My strengths, What I want to get better at, What I enjoy, and 1 more.',
    );
    expect(scoreComment(aWholePlan({ state: 'active', goals: [agreed] }), starter, t)).toBe(
      '4 of 4 parts of the plan are finished.',
    );
  });
});
