import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/plans/canonical.ts';
import { editKind, mayEdit } from '../../../src/plans/editing.ts';
import {
  checkApproval,
  checkReturn,
  sectionName,
  stillGood,
  withAnswer,
  withChangesAsked,
  withGoalsAgreed,
  withGoalsReopened,
  type ReviewAnswer,
} from '../../../src/plans/review.ts';
import { contentOf } from '../../../src/plans/snapshot.ts';
import { Conflict, Forbidden, Invalid } from '../../../src/shared/errors.ts';
import { translator } from '../../../src/shared/i18n.ts';
import { aGoal, aPlan, aWholePlan, NOW } from '../../support/build.ts';

const answer = (overrides: Partial<ReviewAnswer>): ReviewAnswer => ({
  section: 'strengths',
  answer: 'change',
  comment: 'Say more.',
  version: 1,
  by: 'x',
  at: NOW,
  ...overrides,
});

describe('a review', () => {
  it('keeps one answer a section', () => {
    const answers = withAnswer([answer({})], answer({ answer: 'good' }));
    expect(answers.map((one) => one.answer)).toEqual(['good']);
  });

  it('begins with what the last one called good and nobody changed since', () => {
    const back = new Date(NOW.getTime() - 60_000);
    const plan = aPlan();
    const part = (changedAt: Date) => ({ ...plan.profile.strengths, changedAt });
    plan.profile = { ...plan.profile, strengths: part(back), improvements: part(NOW) };
    plan.goals = [aGoal({ changedAt: back })];
    const goal = `goal:${plan.goals[0]?.id ?? ''}` as const;
    const answers = [
      answer({ answer: 'good', version: 4 }),
      answer({ section: 'improvements', answer: 'good' }),
      answer({ section: 'interests' }),
      answer({ section: goal, answer: 'good' }),
      answer({ section: 'part:careers', answer: 'good' }),
    ];
    const last = { outcome: 'returned', answers, decidedAt: back } as const;
    expect(stillGood(plan, { ...last, answers: [...answers] })).toEqual([
      answer({ answer: 'good', comment: '' }),
      answer({ section: goal, answer: 'good', comment: '' }),
    ]);
    expect(stillGood(plan, { ...last, answers: [...answers], outcome: 'approved' })).toEqual([]);
    expect(stillGood(plan, undefined)).toEqual([]);
  });

  it('is sent back only with a change that says what', () => {
    const plan = aWholePlan();
    expect(() => checkReturn(plan, [answer({ answer: 'good' })])).toThrow(Invalid);
    expect(() => checkReturn(plan, [answer({ comment: ' ' })])).toThrow(
      'Say what should change in My strengths.',
    );
    expect(() => checkReturn(plan, [answer({})])).not.toThrow();
  });

  it('does not count a change asked of a goal that is gone', () => {
    expect(() => checkReturn(aWholePlan(), [answer({ section: 'goal:gone' })])).toThrow(Invalid);
  });

  it('is not approved while a change is asked for', () => {
    expect(() => checkApproval(aWholePlan(), [answer({})])).toThrow(Invalid);
    expect(() => checkApproval(aWholePlan(), [answer({ answer: 'none' })])).not.toThrow();
  });

  it('opens again only what needs a change', () => {
    const goal = aGoal();
    const plan = aWholePlan({ goals: [goal, aGoal()] });
    const { profile, goals } = withChangesAsked(plan, [answer({}), answer({ section: `goal:${goal.id}` })]);
    expect(profile.strengths).toMatchObject({ finished: false, asked: true });
    expect(profile.interests).toEqual(plan.profile.interests);
    expect(goals.map(({ finished, asked }) => [finished, asked])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('agrees to finished proposals, and takes just those back when it is undone', () => {
    const old = aGoal({ status: 'in_progress', agreedRevision: 1 });
    const agreed = withGoalsAgreed([old, aGoal(), aGoal({ finished: false })], 2);
    expect(agreed.map(({ status, agreedRevision }) => [status, agreedRevision])).toEqual([
      ['in_progress', 1],
      ['agreed', 2],
      ['proposed', null],
    ]);
    expect(withGoalsReopened(agreed, 2).map(({ status }) => status)).toEqual([
      'in_progress',
      'proposed',
      'proposed',
    ]);
  });

  it('names a section in words', () => {
    const goal = aGoal({ statement: 'Run 5 km' });
    const t = translator('en');
    expect(sectionName({ goals: [goal] }, `goal:${goal.id}`, t)).toBe('Career goal: Run 5 km');
    expect(sectionName({ goals: [] }, 'interests', t)).toBe('What I enjoy');
  });
});

describe('who may edit when', () => {
  it.each([
    ['draft', 'student', true],
    ['returned', 'student', true],
    ['submitted', 'student', false],
    ['in_review', 'student', false],
    ['active', 'student', true],
    ['on_hold', 'student', false],
    ['in_review', 'advisor', true],
    ['signing', 'advisor', false],
    ['closed', 'administrator', false],
    ['draft', 'family', false],
  ] as const)('%s, %s: %s', (state, role, expected) => {
    expect(mayEdit(aPlan({ state }), role)).toBe(expected);
  });

  it('tells own words, staff edits and corrections apart', () => {
    const plan = aPlan();
    expect(editKind(plan, { role: 'student' }, null)).toBe('own');
    expect(editKind(plan, { role: 'advisor' }, null)).toBe('staff');
    expect(editKind(plan, { role: 'administrator' }, 'Wrong name')).toBe('correction');
  });

  it('refuses families, administrators without a reason, and closed doors in words', () => {
    expect(() => editKind(aPlan(), { role: 'family' }, null)).toThrow(Forbidden);
    expect(() => editKind(aPlan(), { role: 'administrator' }, null)).toThrow(Forbidden);
    expect(() => editKind(aPlan({ state: 'submitted' }), { role: 'student' }, null)).toThrow(Conflict);
    expect(() => editKind(aPlan({ state: 'submitted' }), { role: 'student' }, null)).toThrow(
      'This plan is sent to the advisor, so it cannot be edited now.',
    );
  });
});

describe('a snapshot', () => {
  it('is the same text whatever the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: [{ z: 1, y: NOW }], c: undefined } })).toBe(
      `{"a":{"d":[{"y":"${NOW.toISOString()}","z":1}]},"b":1}`,
    );
  });

  it('holds what was agreed: no check-ins, no ticks, no unfinished proposals', () => {
    const goal = aGoal({ checkIns: [{ id: 'c', at: NOW, by: 'x', text: 'Good', value: 1 }] });
    const content = contentOf(aWholePlan({ goals: [goal, aGoal({ finished: false })] }), []);
    expect(content.goals).toHaveLength(1);
    expect(canonicalJson(content)).not.toMatch(/checkIns|doneAt/);
  });
});
