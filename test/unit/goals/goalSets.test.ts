import { describe, expect, test } from 'vitest';
import { isMaterialChange } from '../../../src/goals/goal.ts';
import { applyForm, formOf } from '../../../src/goals/goalForm.ts';
import { kinOf } from '../../../src/goals/goalKin.page.ts';
import { replacementOf } from '../../../src/goals/goalReplaced.ts';
import { setChoices } from '../../../src/goals/goalSets.page.ts';
import { asksForOtherSets, checkSets, setsOfGoals } from '../../../src/goals/goalSets.ts';
import { coursesServing } from '../../../src/goals/goalServing.ts';
import { servingLines } from '../../../src/goals/goalServing.page.ts';
import { schoolDay } from '../../../src/goals/goalTime.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoal, anId, NOW, outcomeOf } from '../../support/build.ts';
import { words } from '../views/render.ts';

const SET = { key: 'k1', name: 'Nursing pathway', kind: 'pathway' } as const;

describe('requirement sets of goals', () => {
  test('count for live goals only, each once', () => {
    const goals = [
      aGoal({ requirementSets: ['k1', 'k2'] }),
      aGoal({ requirementSets: ['k2'], status: 'in_progress' }),
      aGoal({ requirementSets: ['k3'], status: 'dropped' }),
    ];
    expect(setsOfGoals(goals)).toEqual(['k1', 'k2']);
    expect(asksForOtherSets(goals, goals.toReversed())).toBe(false);
    expect(asksForOtherSets(goals, goals.slice(1))).toBe(true);
  });

  test('goals stored before there were any have none', () => {
    const { requirementSets: _sets, ...old } = aGoal();
    expect(setsOfGoals([old as ReturnType<typeof aGoal>])).toEqual([]);
  });

  test('are material, in whatever order they are ticked', () => {
    const goal = aGoal({ requirementSets: ['k1', 'k2'] });
    expect(isMaterialChange(goal, { ...goal, requirementSets: ['k2', 'k1'] })).toBe(false);
    expect(isMaterialChange(goal, { ...goal, requirementSets: ['k1'] })).toBe(true);
  });

  test('fall away when the goal becomes one about school or life', () => {
    const goal = aGoal({ requirementSets: ['k1'] });
    const after = applyForm(goal, { ...formOf(goal), kind: 'academic' }, NOW, anId);
    expect(after.requirementSets).toEqual([]);
  });

  test('an unknown set and too many are refused', () => {
    const known = new Set(['k1']);
    expect(outcomeOf(() => checkSets(['k1'], known))).not.toBeInstanceOf(Error);
    expect(() => checkSets(['nope'], known)).toThrow('does not offer');
    const many = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(() => checkSets(many, new Set(many))).toThrow('5 lists');
  });

  test('the form offers them to goals for after school; one no longer offered stays until it is unticked', () => {
    const of = (kind: 'career' | 'academic', requirementSets: string[], sets = [SET]) =>
      setChoices(words, { kind, requirementSets }, { sets }, [], 'You');
    expect(of('academic', [])).toBeNull();
    expect(of('career', [], [])).toBeNull();
    expect(of('career', ['gone'])?.options.map(({ value }) => value)).toEqual(['k1', 'gone']);
  });
});

describe('where a goal comes from', () => {
  const old = aGoal({ statement: 'Become a nurse', status: 'dropped', outcome: 'I faint.' });
  const young = aGoal({ statement: 'Become a teacher', replaces: old.id });

  test('the new one names the old with its reason, the old one the new', () => {
    const goals = [old, young];
    expect(kinOf(words, goals, young)).toEqual([
      { label: 'Before', title: 'Become a nurse', href: paths.goal(old.id), reason: 'I faint.' },
    ]);
    expect(kinOf(words, goals, old)).toMatchObject([{ label: 'Now', title: 'Become a teacher' }]);
    expect(kinOf(words, [young], young)).toEqual([]);
  });

  test('a goal carried on to the next year names last year’s, and is not a second replacement', () => {
    const carried = aGoal({ ...young, id: anId(), carriedFrom: young.id });
    const last = { ...young, status: 'carried' as const };
    const goals = [old, last, carried];
    expect(replacementOf(goals, old)).toBe(last);
    expect(kinOf(words, goals, carried).map(({ label }) => label)).toEqual([
      'Carried on from last year',
      'Before',
    ]);
    expect(kinOf(words, goals, last).map(({ label }) => label)).toEqual(['Before', 'Goes on in']);
  });
});

describe('what serves a goal', () => {
  test('courses that count for its sets, each once, and none of other sets', () => {
    const share = (id: string) => ({ record: { id, title: `Course ${id}`, state: 'planned' } });
    const audit = {
      sets: [
        {
          set: { key: 'k1', name: 'Nursing' },
          lines: [{ counted: [share('a')] }, { counted: [share('a')] }],
        },
        { set: { key: 'k2', name: 'Other' }, lines: [{ counted: [share('b')] }] },
      ],
    } as unknown as Parameters<typeof coursesServing>[0];
    expect(coursesServing(audit, ['k1']).map(({ title }) => title)).toEqual(['Course a']);
  });

  test('each kind has words and a link', () => {
    const lines = servingLines(words, [
      { kind: 'course', id: 'a', title: 'Biology', state: 'current', set: 'Nursing' },
      { kind: 'experience', id: 'b', title: 'Helper', hours: 1, confirmed: true },
      { kind: 'skill', id: 'planning', how: '' },
      { kind: 'evidence', id: 'c', title: 'Photo' },
      { kind: 'assessment', id: 'd', title: 'Test', score: '12', date: '2026-09-14' },
    ]);
    expect(lines.map(({ sub }) => sub)).toEqual([
      'Course you take now. Nursing',
      'Experience, 1 hour, confirmed',
      'Skill',
      'In my portfolio',
      'Test result of September 14, 2026. 12',
    ]);
    expect(lines.every(({ href }) => href.startsWith('/'))).toBe(true);
  });
});

test('the school’s day changes at its own midnight, leap day included', () => {
  expect(schoolDay(new Date('2028-03-01T05:59:00Z'), 'America/Chicago')).toBe('2028-02-29');
  expect(schoolDay(new Date('2028-03-01T06:00:00Z'), 'America/Chicago')).toBe('2028-03-01');
});
