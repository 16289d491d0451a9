import { describe, expect, test } from 'vitest';
import { carriedOver, firstOpenPage, itemsOn, minutesOf, pageCount } from '../../../src/inventory/bank.ts';
import {
  doneOf,
  interestStandings,
  mayStart,
  SITTING_LIMITS,
  stageOf,
  withAnswers,
} from '../../../src/inventory/sitting.ts';
import { later } from '../../support/build.ts';
import { aDone, answersBy, aSitting, QUICK, SHORT } from './aSitting.ts';

const LIKES = { R: 4, I: 3, A: 2, S: 1, E: 0, C: 0 };
const creditOf = (...args: Parameters<typeof interestStandings>): number =>
  interestStandings(...args)[0].credit;

describe('pages', () => {
  test('hold six questions; the last holds the rest', () => {
    expect([pageCount(SHORT), pageCount(QUICK)]).toEqual([5, 2]);
    const seven = { items: SHORT.items.slice(0, 7) };
    expect(pageCount(seven)).toBe(2);
    expect(itemsOn(seven, 2).map(({ id }) => id)).toEqual(['r2']);
    expect(itemsOn(seven, 3)).toEqual([]);
    expect(minutesOf({ items: SHORT.items.slice(0, 1) })).toBe(1);
  });

  test('go on where the first answer is missing, and at the end when none is', () => {
    const all = answersBy(SHORT, LIKES);
    expect(firstOpenPage(SHORT, [])).toBe(1);
    expect(firstOpenPage(SHORT, all.slice(0, 6))).toBe(2);
    expect(firstOpenPage(SHORT, all.toSpliced(8, 1))).toBe(2);
    expect(firstOpenPage(SHORT, all)).toBe(5);
  });
});

describe('answers carried over', () => {
  test('from the quick set fill the same questions of the long one', () => {
    const carried = carriedOver(QUICK, answersBy(QUICK, LIKES), SHORT);
    expect(carried).toHaveLength(12);
    expect(carried).toContainEqual({ item: 'r2', value: 4 });
  });

  test('fill nothing where the words to answer with differ in number', () => {
    expect(carriedOver({ ...QUICK, scale: ['No', 'Yes'] }, answersBy(QUICK, LIKES), SHORT)).toEqual([]);
  });
});

describe('where a student is', () => {
  const old = aDone(LIKES, { year: 2025, endedAt: later(-400_000) });
  test.each([
    ['new', []],
    ['open', [aSitting()]],
    ['stillTrue', [old]],
    ['open', [aSitting(), old]],
    ['done', [aDone()]],
    ['done', [aSitting(), aDone()]],
    ['skipped', [aSitting({ status: 'skipped', reason: 'Not now' }), old]],
    ['stillTrue', [aSitting({ status: 'skipped', reason: 'Not now', year: 2025 }), old]],
    ['new', [aSitting({ status: 'away' })]],
  ] as const)('is %s', (stage, sittings) => {
    expect(stageOf(sittings, 2026)).toBe(stage);
  });

  test('the newest result comes first', () => {
    const newer = aDone(LIKES, { endedAt: later(5) });
    expect(doneOf([old, newer, aSitting()]).map(({ id }) => id)).toEqual([newer.id, old.id]);
  });

  test('a year has an end of beginnings, also of those put away', () => {
    const many = Array.from({ length: SITTING_LIMITS.perYear }, () => aSitting({ status: 'away' }));
    expect(mayStart(many.slice(1), 2026)).toBe(true);
    expect(mayStart(many, 2026)).toBe(false);
    expect(mayStart(many, 2027)).toBe(true);
  });
});

describe('what it is worth', () => {
  test('nothing before the first answer, a share while answering, never whole before the end', () => {
    expect(creditOf([], 2026, null)).toBe(0);
    expect(creditOf([aSitting()], 2026, SHORT)).toBe(0);
    const half = aSitting({ answers: answersBy(SHORT, LIKES).slice(0, 15) });
    expect(creditOf([half], 2026, SHORT)).toBe(0.5);
    expect(creditOf([aSitting({ answers: answersBy(SHORT, LIKES) })], 2026, SHORT)).toBe(0.9);
  });

  test('whole when answered or confirmed this year, and stays so while answering again', () => {
    expect(creditOf([aDone()], 2026, null)).toBe(1);
    expect(creditOf([aDone(LIKES, { status: 'confirmed' })], 2026, null)).toBe(1);
    expect(creditOf([aSitting(), aDone()], 2026, SHORT)).toBe(1);
  });

  test('nothing in a new year until it is said again, and nothing for skipping', () => {
    expect(creditOf([aDone()], 2027, null)).toBe(0);
    expect(creditOf([aSitting({ status: 'skipped', reason: 'No' })], 2026, null)).toBe(0);
  });
});

test('new answers go over old ones, and stray ones fall away', () => {
  const sitting = aSitting({ answers: [{ item: 'r1', value: 1 }] });
  const after = withAnswers(sitting, SHORT, [
    { item: 'r1', value: 2 },
    { item: 'i1', value: 0 },
    { item: 'zz', value: 1 },
  ]);
  expect(after.answers).toEqual([
    { item: 'r1', value: 2 },
    { item: 'i1', value: 0 },
  ]);
});
