import { describe, expect, it } from 'vitest';
import type { Happened } from '../../../src/caseload/history.ts';
import { isShown, joined, partOfAction, wordsOf } from '../../../src/history/event.ts';
import { pageOf } from '../../../src/history/history.service.ts';
import { differencesBetween, snapshotText } from '../../../src/history/snapshotText.ts';
import { contentOf, type SnapshotContent } from '../../../src/plans/snapshot.ts';
import type { ReadPart } from '../../../src/plans/planPart.ts';
import { aGoal, aWholePlan, later } from '../../support/build.ts';
import { words } from '../views/render.ts';

function happened(overrides: Partial<Happened> = {}): Happened {
  return {
    at: later(0),
    actor: 'a',
    action: 'profile.changed',
    kind: 'profile',
    object: 'strengths',
    changes: [{ field: 'text', from: 'old', to: 'new' }],
    ...overrides,
  };
}

describe('events', () => {
  it('of staff among themselves are not the student’s to read', () => {
    const hidden = [
      happened({ action: 'review.answered', changes: [] }),
      happened({ action: 'family.contacted', kind: 'contact' }),
      happened({ action: 'comment.added', kind: 'comment', changes: [] }),
    ];
    for (const event of hidden)
      expect([isShown(event, 'student'), isShown(event, 'staff')]).toEqual([false, true]);
    expect(isShown(happened({ action: 'launch.accepted' }), 'staff')).toBe(false);
    expect(isShown(happened({ action: 'something.new' }), 'student')).toBe(true);
  });

  it('tell words only of the plan’s own content, and a student no reasons of staff', () => {
    expect(wordsOf(happened(), 'student')).toHaveLength(1);
    expect(wordsOf(happened({ action: 'comment.added', kind: 'comment' }), 'staff')).toEqual([]);
    expect(wordsOf(happened({ action: 'unknown.thing' }), 'staff')).toEqual([]);
    const held = happened({
      action: 'plan.held',
      changes: [{ field: 'reason', from: null, to: 'Long illness' }],
    });
    expect([wordsOf(held, 'student').length, wordsOf(held, 'staff').length]).toEqual([0, 1]);
  });

  it('of autosave are one, from the first words to the last', () => {
    const newest = happened({ at: later(20), changes: [{ field: 'text', from: 'b', to: 'c' }] });
    const older = happened({ at: later(10), changes: [{ field: 'text', from: 'a', to: 'b' }] });
    const other = happened({ at: later(-120) });
    expect(joined([newest, older, other])).toEqual([
      { ...newest, changes: [{ field: 'text', from: 'a', to: 'c' }] },
      other,
    ]);
  });

  it('name the part they are about', () => {
    expect(partOfAction('experience.added')).toBe('experiences');
    expect(partOfAction('coursePlan.moved')).toBe('coursePlan');
    expect(partOfAction('nothing.known')).toBeNull();
  });

  it('of one moment stay on one page', () => {
    const at = (minute: number) => ({ at: later(minute) });
    expect(pageOf([at(2), at(1)])).toEqual({ page: [at(2), at(1)], next: null });
    const many = [...Array.from({ length: 48 }, (_, i) => at(100 - i)), at(5), at(5), at(5)];
    const { page, next } = pageOf(many);
    expect([page.length, next]).toEqual([48, later(53)]);
    expect(pageOf(Array.from({ length: 51 }, () => at(5))).page).toHaveLength(50);
  });
});

describe('two versions', () => {
  const goal = aGoal({ statement: 'Build a robot arm' });
  const line = { id: 'x', label: 'A course', text: 'Algebra', material: true, audience: 'plan' } as const;
  const part: ReadPart = {
    key: 'coursePlan',
    section: 'courses',
    title: 'Course plan',
    href: '/',
    lines: [line],
  };
  const version = (plan = aWholePlan({ goals: [goal] }), parts = [part]): SnapshotContent =>
    contentOf(plan, parts);
  const text = (content: SnapshotContent) => snapshotText(words, content);

  it('that say the same differ in nothing, white space aside', () => {
    expect(differencesBetween(text(version()), text(version()))).toEqual([]);
    const spaced = [{ ...part, lines: [{ ...line, text: ' Algebra\n' }] }];
    expect(differencesBetween(text(version()), text(version(undefined, spaced)))).toEqual([]);
  });

  it('are told line by line: new, changed, gone', () => {
    const changed = aWholePlan({ goals: [{ ...goal, statement: 'Build two robot arms', why: '' }] });
    const found = differencesBetween(text(version()), text(version(changed, [])));
    expect(
      found.map(({ id, change, lines }) => [id, change, lines.map((one) => [one.id, one.change])]),
    ).toEqual([
      [
        `goal:${goal.id}`,
        'changed',
        [
          ['statement', 'changed'],
          ['why', 'removed'],
        ],
      ],
      ['part:coursePlan', 'removed', [['x', 'removed']]],
    ]);
    const back = differencesBetween(text(version(changed, [])), text(version()));
    expect(back.map(({ change }) => change)).toEqual(['changed', 'added']);
  });

  it('read as text hold no empty line, and every goal with its steps', () => {
    const groups = text(version());
    expect(groups.flatMap(({ lines }) => lines).every((one) => one.text !== '')).toBe(true);
    const steps = groups.find(({ id }) => id === `goal:${goal.id}`)?.lines.find(({ id }) => id === 'steps');
    expect(steps?.text).toBe(
      'Join the robotics club (by October 12, 2026)\nOrder parts (by November 9, 2026)',
    );
  });
});
