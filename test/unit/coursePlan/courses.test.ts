import { describe, expect, test } from 'vitest';
import { emptyCoursePlan, type CoursePlan, type Entry } from '../../../src/coursePlan/coursePlan.ts';
import { undone, withEntry, withMoved, withSwapped } from '../../../src/coursePlan/entryEdit.ts';
import { gridOf, halvesOf } from '../../../src/coursePlan/grid.ts';
import { measure, pinnedSets, setsFor, type Around } from '../../../src/coursePlan/measure.ts';
import { halfOf, matchOf, recordsOf, type LmsCourse } from '../../../src/coursePlan/taking.ts';
import { catalogueOf } from '../../../src/pathways/catalogue.ts';
import { NOW, outcomeOf } from '../../support/build.ts';
import { aCourse, aRecord, aRule, aSet, credits } from '../../support/courses.ts';

const HIST = aCourse({ code: 'HIST 10', title: 'World history 10', sisId: 'sis-7', subject: 'History' });
const GOV = aCourse({
  code: 'GOV',
  title: 'Government',
  terms: ['fall', 'spring'],
  credits: 0.5,
  grades: [12],
});
const offered = [HIST, GOV];
const catalogue = catalogueOf(offered);

const lms = (overrides: Partial<LmsCourse> = {}): LmsCourse => ({
  id: 'a'.repeat(24),
  title: 'Period 3',
  label: '',
  advisory: false,
  ...overrides,
});

function anEntry(overrides: Partial<Entry> = {}): Entry {
  const { state: _state, ...record } = aRecord();
  return { ...record, state: 'planned', note: '', by: 'me', importId: null, at: NOW, ...overrides };
}

function aCoursePlan(overrides: Partial<CoursePlan> = {}): CoursePlan {
  return { id: 'x', ...emptyCoursePlan('i', 'p'), ...overrides };
}

function around(overrides: Partial<Around> = {}): Around {
  return {
    offered,
    catalogue,
    lms: [],
    current: [],
    versions: [],
    goalSets: [],
    grade: 10,
    half: 'fall',
    ...overrides,
  };
}

describe('an LMS course is recognized', () => {
  test.each([
    ['by its SIS id', { sisId: 'sis-7' }],
    ['by its code', { label: 'hist-10' }],
    ['by its code with a section behind it', { label: 'HIST 10-03 2026' }],
    ['by its name', { title: 'world history 10' }],
  ])('%s', (_, facts) => {
    expect(matchOf(lms(facts), catalogue, [])).toMatchObject({
      kind: 'matched',
      course: { code: 'HIST 10' },
    });
  });

  test('by hand before anything else, also as without credit', () => {
    const course = lms({ label: 'HIST 10' });
    expect(matchOf(course, catalogue, [{ course: course.id, code: 'GOV' }])).toMatchObject({
      course: { code: 'GOV' },
      byHand: true,
    });
    expect(matchOf(course, catalogue, [{ course: course.id, code: null }])).toMatchObject({
      kind: 'noCredit',
    });
  });

  test('else not, and an advisory group never by itself', () => {
    expect(matchOf(lms({ label: 'HIST 11' }), catalogue, [])).toEqual({ kind: 'unknown' });
    expect(matchOf(lms({ label: 'HIST 10', advisory: true }), catalogue, [])).toMatchObject({
      kind: 'noCredit',
    });
  });
});

describe('what is taken now', () => {
  const taken = [lms({ label: 'HIST 10' })];

  test('turns the planned course of this grade current and keeps its place', () => {
    const entry = anEntry({ code: 'HIST 10', grade: 10 });
    const records = recordsOf({ entries: [entry], matches: [] }, taken, catalogue, {
      grade: 10,
      half: 'fall',
    });
    expect(records).toMatchObject([{ id: entry.id, state: 'current' }]);
  });

  test('is added where it was not planned, not again where it is completed, and not without a grade', () => {
    const now = { grade: 10, half: 'fall' } as const;
    expect(recordsOf({ entries: [], matches: [] }, taken, catalogue, now)).toMatchObject([
      { id: `lms-${'a'.repeat(24)}`, grade: 10, term: 'year', state: 'current' },
    ]);
    const passed = anEntry({ code: 'HIST 10', grade: 10, state: 'completed', mark: 'B' });
    expect(recordsOf({ entries: [passed], matches: [] }, taken, catalogue, now)).toHaveLength(1);
    expect(recordsOf({ entries: [], matches: [] }, taken, catalogue, { ...now, grade: null })).toEqual([]);
  });

  test.each([
    ['2026-07-01', 'fall'],
    ['2026-12-31', 'fall'],
    ['2027-01-01', 'spring'],
    ['2027-06-30', 'spring'],
  ])('on %s it is %s', (day, half) => {
    expect(halfOf(day, '07-01')).toBe(half);
  });
});

describe('the sets a student is measured by', () => {
  const old = aSet([aRule(credits(1))], { key: 'grad', version: 1, status: 'replaced' });
  const grad = aSet([aRule(credits(2))], { key: 'grad', version: 2 });
  const path = aSet([aRule(credits(1))], { key: 'path', kind: 'pathway' });

  test('are the school’s graduation set, those of goals, and those chosen in the version chosen', () => {
    const known = { current: [grad, path], versions: [old, grad, path], goalSets: ['path'] };
    expect(setsFor({ sets: [] }, known).map(({ key, version }) => [key, version])).toEqual([
      ['grad', 2],
      ['path', 1],
    ]);
    expect(setsFor({ sets: [{ key: 'grad', version: 1 }] }, known)[0]).toBe(old);
  });

  test('are pinned with a change, so that a later edit of the set does not reach the plan', () => {
    const known = around({ current: [grad, path], versions: [grad, path], goalSets: ['path'] });
    expect(pinnedSets(aCoursePlan(), known)).toEqual([{ key: 'grad', version: 2 }]);
  });
});

describe('standings', () => {
  const grad = aSet([aRule(credits(2, ['History']))], { key: 'grad' });
  const known = around({ current: [grad], versions: [grad], grade: 11 });
  const of = (plan: Partial<CoursePlan>, more: Partial<Around> = {}) =>
    Object.fromEntries(
      measure(aCoursePlan(plan), { ...known, ...more }).standings.map(({ component, credit }) => [
        component,
        credit,
      ]),
    );

  test('of an empty plan are nothing', () => {
    expect(Object.values(of({})).every((credit) => credit === 0)).toBe(true);
  });

  test('are whole when every year has a course and every line is covered', () => {
    const entries = [11, 12].map((grade) => anEntry({ code: null, subject: 'History', grade }));
    expect(of({ entries })).toMatchObject({
      'courses.plan': 1,
      'courses.gradreq': 1,
      'academic.progress': 1,
    });
    expect(of({ entries: entries.slice(0, 1) })).toMatchObject({
      'courses.plan': 0.5,
      'courses.gradreq': 0.5,
    });
    expect(of({ entries }, { grade: null })).toMatchObject({ 'courses.plan': 0 });
  });

  test('help counts when staff said it, needed or not', () => {
    const support = { needed: false, text: '', by: 'a', at: NOW };
    expect(of({ support })).toMatchObject({ 'academic.support': 1 });
  });
});

describe('changes of planned courses', () => {
  const a = anEntry({ id: 'a', code: 'HIST 10', grade: 9 });
  const b = anEntry({ id: 'b', code: null, grade: 11 });
  const plan = aCoursePlan({ entries: [a, b] });

  test('swap changes places and nothing else', () => {
    const [first, second] = withSwapped(plan, 'a', 'b', catalogue);
    expect([first?.grade, second?.grade]).toEqual([11, 9]);
  });

  test('are refused for records, for what is not there, and where a course is not offered', () => {
    const done = aCoursePlan({ entries: [{ ...a, state: 'completed' }] });
    const gov = aCoursePlan({ entries: [anEntry({ id: 'g', code: 'GOV', grade: 12, term: 'fall' })] });
    const move = (on: CoursePlan, id: string, grade: number, term: 'year' | 'fall') =>
      outcomeOf(() => withMoved(on, id, { grade, term }, catalogue));
    expect(move(done, 'a', 10, 'year')).toBe('Conflict');
    expect(move(plan, 'zz', 10, 'year')).toBe('NotFound');
    expect(move(gov, 'g', 11, 'fall')).toBe('Invalid');
    expect(move(gov, 'g', 12, 'year')).toBe('Invalid');
  });

  test('the same course at the same place is refused, up to the limit others are not', () => {
    expect(outcomeOf(() => withEntry([a], { ...a, id: 'c' }))).toBe('Invalid');
    const many = Array.from({ length: 150 }, (_, nth) => anEntry({ id: `n${nth}`, code: `N${nth}` }));
    expect(outcomeOf(() => withEntry(many, anEntry({ code: 'ONE' })))).toBe('Invalid');
    expect(withEntry(many.slice(1), anEntry({ code: 'ONE' }))).toHaveLength(150);
  });

  test('undo brings planned courses back and keeps what became a record since', () => {
    const passed = anEntry({ id: 'p', state: 'completed' });
    expect(undone(aCoursePlan({ entries: [passed], previous: [a] }))?.map(({ id }) => id)).toEqual([
      'p',
      'a',
    ]);
    expect(undone(plan)).toBeNull();
  });
});

describe('the grid', () => {
  test('puts a course in the row that counts it, else where its subject is, else under more', () => {
    const set = aSet([
      aRule(credits(1, ['History']), { id: 'h' }),
      aRule({ kind: 'courses', codes: ['ART'] }, { id: 'art' }),
    ]);
    const entries = [
      anEntry({ id: 'one', subject: 'History' }),
      anEntry({ id: 'two', subject: 'History', grade: 10 }),
      anEntry({ id: 'three', subject: 'Latin' }),
    ];
    const measured = measure(aCoursePlan({ entries }), around({ current: [set], versions: [set] }));
    const rows = gridOf(measured, []).map(({ id, courses }) => [id, courses.map((one) => one.id)]);
    expect(rows).toEqual([
      ['h', ['one', 'two']],
      ['art', []],
      ['other', ['three']],
    ]);
  });

  test('pairs fall with spring and leaves the other half open', () => {
    const halves = [
      anEntry({ id: 'f', term: 'fall' }),
      anEntry({ id: 'g', term: 'fall' }),
      anEntry({ id: 's', term: 'spring' }),
      anEntry({ id: 'y' }),
    ];
    const { year, pairs } = halvesOf(halves);
    expect(year.map(({ id }) => id)).toEqual(['y']);
    expect(pairs.map((pair) => pair.map((one) => one?.id ?? null))).toEqual([
      ['f', 's'],
      ['g', null],
    ]);
  });
});
