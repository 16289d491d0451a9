import { describe, expect, test } from 'vitest';
import { problemsOf, type Problem } from '../../../src/pathways/problems.ts';
import type { CourseRecord } from '../../../src/pathways/record.ts';
import { aCourse, anAudit, aRecord } from '../../support/courses.ts';

const ALGEBRA = aCourse({ code: 'ALG2', title: 'Algebra II', grades: [9, 10, 11, 12] });
const CALCULUS = aCourse({
  code: 'PRE',
  title: 'Pre-calculus',
  grades: [10, 11, 12],
  prerequisites: [['ALG2']],
});
const HALF = aCourse({ code: 'HALF', terms: ['fall'], credits: 0.5, grades: [9, 10] });
const offered = [
  ALGEBRA,
  CALCULUS,
  HALF,
  aCourse({ code: 'OLD', active: false }),
  aCourse({ code: 'CHOIR', repeatable: true }),
];

function problems(
  courses: CourseRecord[],
  more: { grade?: number | null; mostCredits?: number } = {},
): Problem[] {
  return problemsOf(anAudit({ offered, courses, ...more }));
}

const planned = (code: string, grade: number, overrides: Partial<CourseRecord> = {}) =>
  aRecord({ id: `${code}${grade}`, code, grade, ...overrides });

describe('a course that needs another first', () => {
  test('is fine after it, and when it was passed', () => {
    expect(problems([planned('ALG2', 10), planned('PRE', 11)])).toEqual([]);
    const passed = planned('ALG2', 9, { state: 'completed', mark: 'D' });
    expect(problems([passed, planned('PRE', 10)])).toEqual([]);
  });

  test('planned the wrong way round offers to swap them', () => {
    const [problem] = problems([planned('PRE', 10), planned('ALG2', 11)]);
    expect(problem).toMatchObject({
      kind: 'prerequisite',
      needs: ['Algebra II'],
      fix: { kind: 'swap', a: 'PRE10', b: 'ALG211' },
    });
  });

  test('in the same year is moved to the next', () => {
    const [problem] = problems([planned('PRE', 10), planned('ALG2', 10)]);
    expect(problem).toMatchObject({ fix: { kind: 'move', record: 'PRE10', grade: 11, term: 'year' } });
  });

  test('without it offers to add it the year before, or names no year when that is over', () => {
    expect(problems([planned('PRE', 11)])).toMatchObject([{ fix: { kind: 'add', code: 'ALG2', grade: 10 } }]);
    expect(problems([planned('PRE', 10)], { grade: 10 })).toMatchObject([
      { fix: { kind: 'add', grade: null } },
    ]);
  });

  test('is not helped by a failed one', () => {
    const failed = planned('ALG2', 9, { state: 'completed', mark: 'F' });
    expect(problems([failed, planned('PRE', 10)])).toHaveLength(1);
  });
});

describe('when a course is offered', () => {
  test('another term or grade is said, with the place that works', () => {
    expect(problems([planned('HALF', 9, { term: 'spring' })])).toMatchObject([
      { kind: 'term', fix: { kind: 'move', grade: 9, term: 'fall' } },
    ]);
    expect(problems([planned('HALF', 11, { term: 'fall' })])).toMatchObject([
      { kind: 'grade', fix: { kind: 'move', grade: 9, term: 'fall' } },
    ]);
    expect(problems([planned('HALF', 11, { term: 'fall' })], { grade: 11 })).toMatchObject([
      { kind: 'grade', fix: { kind: 'remove', record: 'HALF11' } },
    ]);
  });

  test('no longer at all asks to take it out', () => {
    expect(problems([planned('OLD', 9)])).toMatchObject([{ kind: 'closed', fix: { kind: 'remove' } }]);
  });

  test('planned in a year that is over is moved to now', () => {
    expect(problems([planned('ALG2', 9)], { grade: 10 })).toMatchObject([
      { kind: 'past', fix: { kind: 'move', grade: 10 } },
    ]);
  });
});

describe('a year with too much', () => {
  const full = (grade: number, count: number) =>
    Array.from({ length: count }, (_, nth) => aRecord({ id: `f${grade}-${nth}`, grade }));

  test('is said above the most, not at it, and moves the last one to a year with room', () => {
    expect(problems(full(9, 8))).toEqual([]);
    expect(problems(full(9, 9))).toMatchObject(
      [
        { kind: 'overload', grade: 9, credits: 9, most: 8, fix: { kind: 'move', record: 'f9-8', grade: 6 } },
      ].map((one) => ({ ...one, fix: { ...one.fix, grade: 10 } })),
    );
  });

  test('with no year left has no fix', () => {
    expect(problems(full(12, 9), { grade: 12 })).toMatchObject([{ kind: 'overload', fix: null }]);
  });

  test('that is over is left alone', () => {
    expect(
      problems(
        full(9, 9).map((one) => ({ ...one, state: 'completed' as const })),
        { grade: 10 },
      ),
    ).toEqual([]);
  });
});

describe('the same course again', () => {
  test('is taken out, unless it may be repeated or was failed', () => {
    expect(problems([planned('ALG2', 9), planned('ALG2', 10)])).toMatchObject([
      { kind: 'twice', record: { id: 'ALG210' }, fix: { kind: 'remove', record: 'ALG210' } },
    ]);
    expect(problems([planned('CHOIR', 9), planned('CHOIR', 10)])).toEqual([]);
    const failed = planned('ALG2', 9, { state: 'completed', mark: 'F' });
    expect(problems([failed, planned('ALG2', 10)])).toEqual([]);
  });
});
