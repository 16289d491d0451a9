import { describe, expect, it } from 'vitest';
import { isMaterialChange, partsReady, type GoalStatus } from '../../../src/goals/goal.ts';
import { checkForm } from '../../../src/goals/goalCheck.ts';
import { saysTheSame } from '../../../src/goals/goalChange.ts';
import { applyForm, emptyForm, formOf, newGoal } from '../../../src/goals/goalForm.ts';
import { GOAL_MOVES, moveGoal, started, type GoalEvent } from '../../../src/goals/goalStatus.ts';
import {
  isOverdue,
  isStalled,
  isStepOverdue,
  nextStepOf,
  progressLine,
  schoolDay,
  stepsDueSoon,
} from '../../../src/goals/goalTime.ts';
import type { Invalid } from '../../../src/shared/errors.ts';
import { isDay } from '../../../src/shared/day.ts';
import { aGoal, aGoalForm, anId, later, NOW, outcomeOf, TODAY } from '../../support/build.ts';

const fieldsOf = (action: () => void): string[] => {
  try {
    action();
  } catch (error) {
    return (error as Invalid).fields.map(({ field }) => field);
  }
  return [];
};

describe('the goal form', () => {
  it('lets a goal be written in any order, and asks for seven parts when it is finished', () => {
    expect(() => checkForm(emptyForm('career'), TODAY)).not.toThrow();
    expect(fieldsOf(() => checkForm({ ...emptyForm('career'), finished: true }, TODAY))).toEqual([
      'statement',
      'why',
      'baseline',
      'measure',
      'by',
      'steps',
      'supports',
    ]);
    expect(fieldsOf(() => checkForm(aGoalForm(), TODAY))).toEqual([]);
    expect(Object.values(partsReady(aGoalForm())).every(Boolean)).toBe(true);
  });

  it('refuses days that do not exist or are over', () => {
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('2027-02-29')).toBe(false);
    expect(isDay('next week')).toBe(false);
    expect(fieldsOf(() => checkForm(aGoalForm({ by: '2027-02-30' }), TODAY))).toEqual(['by']);
    expect(fieldsOf(() => checkForm(aGoalForm({ by: '2026-10-04' }), TODAY))).toEqual(['by']);
    expect(fieldsOf(() => checkForm(aGoalForm({ by: TODAY }), TODAY))).toEqual([]);
  });

  it('holds 12 steps and says so beyond', () => {
    const steps = Array.from({ length: 13 }, (_, n) => ({ id: null, title: `Step ${n}`, due: null }));
    expect(() => checkForm(aGoalForm({ steps }), TODAY)).toThrow('A goal holds 12 steps.');
    expect(fieldsOf(() => checkForm(aGoalForm({ steps: steps.slice(0, 12) }), TODAY))).toEqual([]);
  });

  it('refuses a text that is too long, at its field', () => {
    const supports = [{ what: 'x'.repeat(301), who: 'me' }];
    expect(fieldsOf(() => checkForm(aGoalForm({ supports }), TODAY))).toEqual(['supports.0.what']);
  });

  it('keeps ticks when steps are reworded or put in another order', () => {
    const goal = newGoal(aGoalForm(), 'me', NOW, anId);
    const ticked = {
      ...goal,
      steps: goal.steps.map((step, at) => (at === 0 ? { ...step, doneAt: NOW } : step)),
    };
    const form = formOf(ticked);
    const turned = applyForm(ticked, { ...form, steps: form.steps.toReversed() }, later(1), anId);
    expect(turned.steps.map(({ title, doneAt }) => [title, doneAt])).toEqual([
      ['Order parts', null],
      ['Join the robotics club', NOW],
    ]);
    expect(turned.version).toBe(2);
  });

  it('knows the same post sent twice', () => {
    const goal = newGoal(aGoalForm(), 'me', NOW, anId);
    expect(saysTheSame(goal, aGoalForm())).toBe(true);
    expect(saysTheSame(goal, aGoalForm({ why: 'Because.' }))).toBe(false);
  });
});

describe('a material change', () => {
  it.each([
    ['statement', { statement: 'Build two arms' }],
    ['measure', { measure: 'It writes my name.' }],
    ['target', { target: { from: 0, to: 5, unit: 'things' } }],
    ['date', { by: '2027-05-01' }],
  ])('is one of %s', (_name, change) => {
    expect(isMaterialChange(aGoal(), aGoal(change))).toBe(true);
  });

  it('is none of why, supports, steps or where it starts', () => {
    const goal = aGoal();
    const target = { from: 1, to: 3, unit: 'things' };
    expect(isMaterialChange(goal, { ...goal, why: 'x', supports: [], steps: [], target })).toBe(false);
  });
});

describe('the statuses of a goal', () => {
  const statuses: GoalStatus[] = [
    'proposed',
    'agreed',
    'in_progress',
    'achieved',
    'partly',
    'not_achieved',
    'dropped',
    'carried',
  ];

  it('move only as the table says', () => {
    for (const event of Object.keys(GOAL_MOVES) as GoalEvent[])
      for (const status of statuses) {
        const { from, to } = GOAL_MOVES[event];
        const outcome = outcomeOf(() => moveGoal(aGoal({ status }), event).status);
        expect(outcome).toBe(from.includes(status) ? to : 'Conflict');
      }
  });

  it('are named when refused', () => {
    expect(() => moveGoal(aGoal({ status: 'dropped' }), 'achieve')).toThrow(
      'This goal is dropped, so it cannot be marked as reached.',
    );
  });

  it('go to in progress with the first work on an agreed goal only', () => {
    expect(started(aGoal({ status: 'agreed' })).status).toBe('in_progress');
    expect(started(aGoal({ status: 'proposed' })).status).toBe('proposed');
  });
});

describe('time', () => {
  it('is the school’s day', () => {
    const evening = new Date('2026-10-06T02:30:00Z');
    expect(schoolDay(evening, 'America/New_York')).toBe('2026-10-05');
    expect(schoolDay(evening, 'Australia/Sydney')).toBe('2026-10-06');
  });

  it('makes a live goal overdue the day after its date', () => {
    expect(isOverdue(aGoal({ by: TODAY }), TODAY)).toBe(false);
    expect(isOverdue(aGoal({ by: '2026-10-04' }), TODAY)).toBe(true);
    expect(isOverdue(aGoal({ by: '2026-10-04', status: 'achieved' }), TODAY)).toBe(false);
  });

  it('lists steps due within a week or overdue, soonest first', () => {
    const step = (due: string | null, doneAt: Date | null = null) => ({
      id: anId(),
      title: due ?? '-',
      due,
      doneAt,
    });
    const goal = aGoal({
      steps: [
        step('2026-10-12'),
        step('2026-10-13'),
        step('2026-10-01'),
        step('2026-10-02', NOW),
        step(null),
      ],
    });
    const gone = aGoal({ status: 'dropped', steps: [step('2026-10-06')] });
    expect(stepsDueSoon([goal, gone], TODAY, 7).map((row) => row.step.due)).toEqual([
      '2026-10-01',
      '2026-10-12',
    ]);
    expect(isStepOverdue(step('2026-10-01'), TODAY)).toBe(true);
    expect(nextStepOf(goal)?.due).toBe('2026-10-12');
  });

  it('calls an agreed goal stalled after four weeks without a sign', () => {
    const goal = aGoal({ status: 'in_progress' });
    const weeks = (count: number) => later(count * 7 * 24 * 60 + 1);
    expect(isStalled(goal, weeks(3))).toBe(false);
    expect(isStalled(goal, weeks(4))).toBe(true);
    const heard = { ...goal, checkIns: [{ id: 'c', at: weeks(2), by: 'me', text: 'Hm', value: null }] };
    expect(isStalled(heard, weeks(4))).toBe(false);
    expect(isStalled({ ...goal, status: 'proposed' }, weeks(9))).toBe(false);
  });
});

describe('the progress line', () => {
  const at = (value: number | null, minutes: number) => ({
    id: anId(),
    at: later(minutes),
    by: 'me',
    text: '',
    value,
  });

  it('goes through the values, oldest first, as a share of the way', () => {
    const goal = aGoal({
      target: { from: 10, to: 20, unit: 'pages' },
      checkIns: [at(15, 2), at(12, 1), at(null, 3)],
    });
    const line = progressLine(goal);
    expect(line?.points.map(({ value }) => value)).toEqual([12, 15]);
    expect(line?.share).toBe(0.5);
  });

  it('also goes down, and never beyond its ends', () => {
    const target = { from: 10, to: 0, unit: 'late days' };
    expect(progressLine({ target, checkIns: [at(4, 1)] })?.share).toBe(0.6);
    expect(progressLine({ target, checkIns: [at(14, 1)] })?.share).toBe(0);
    expect(progressLine({ target, checkIns: [] })?.share).toBeNull();
  });

  it('is none for a goal that is not counted', () => {
    expect(progressLine(aGoal({ target: null }))).toBeNull();
  });
});
