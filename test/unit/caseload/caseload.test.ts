import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countViews,
  isIn,
  isStale,
  needOf,
  PAGE_SIZE,
  pageOf,
  SORTS,
  VIEWS,
  type Case,
} from '../../../src/caseload/caseload.ts';
import type { PlanState } from '../../../src/plans/plan.ts';
import { PLAN_MOVES } from '../../../src/plans/transition.ts';
import { aCase, daysAgo } from './aCase.ts';
import { NOW } from '../../support/build.ts';

const STATES = [...new Set(Object.values(PLAN_MOVES).flatMap(({ from, to }) => [...from, to]))].filter(
  (state): state is PlanState => state !== 'sentFrom' && state !== 'resumeTo',
);

const inOrder = (cases: readonly Case[], sort: (typeof SORTS)[number] = 'needs'): string[] =>
  pageOf(cases, { sort, after: '', now: NOW }).rows.map(({ name }) => name);

describe('what a student waits with', () => {
  it('puts a sent plan before a question, and a question before a hand-in', () => {
    const since = daysAgo(2);
    const handIns = [{ task: 'a'.repeat(24), since }];
    expect(needOf(aCase({ state: 'submitted', needsAdvisorSince: since, handIns }))).toMatchObject({
      kind: 'plan',
      begun: false,
    });
    expect(needOf(aCase({ needsAdvisorSince: since, handIns }))).toMatchObject({ kind: 'question' });
    expect(needOf(aCase({ handIns }))).toMatchObject({ kind: 'task', count: 1 });
    expect(needOf(aCase({}))).toBeNull();
  });

  it('counts a hand-in as waiting, wherever the plan stands', () => {
    const one = aCase({ state: 'active', handIns: [{ task: 'a'.repeat(24), since: NOW }] });
    expect(isIn('waiting', one)).toBe(true);
    expect(isIn('approved', one)).toBe(true);
  });
});

describe('the views', () => {
  it('count each state once, and a plan that is set aside only among all', () => {
    for (const state of STATES) {
      const counts = countViews([aCase({ state })]);
      const found = VIEWS.filter((view) => view !== 'all' && counts[view] === 1);
      const aside = ['on_hold', 'transferred', 'waived'].includes(state);
      expect([state, found.length]).toEqual([state, aside ? 0 : 1]);
      expect(counts.all).toBe(1);
    }
  });
});

describe('the order', () => {
  it('is: the longest wait, then who has gone quiet, who has not begun, who writes, who is done', () => {
    const cases = [
      aCase({ name: 'done', state: 'active' }),
      aCase({ name: 'writes', lastActivityAt: daysAgo(1) }),
      aCase({ name: 'new', state: 'not_started', hasPlan: false, lastActivityAt: null }),
      aCase({ name: 'quiet', lastActivityAt: daysAgo(40) }),
      aCase({ name: 'waits', state: 'submitted', needsAdvisorSince: daysAgo(1) }),
      aCase({ name: 'asked', needsAdvisorSince: daysAgo(3) }),
      aCase({ name: 'returned', state: 'returned', lastActivityAt: daysAgo(2) }),
    ];
    expect(inOrder(cases)).toEqual(['asked', 'waits', 'quiet', 'new', 'returned', 'writes', 'done']);
  });

  it('sorts names as people do, and least progress first', () => {
    const cases = [
      aCase({ name: 'Zofia', progress: null }),
      aCase({ name: 'Čapková', progress: 75 }),
      aCase({ name: 'Carranza', progress: 0 }),
    ];
    expect(inOrder(cases, 'name')).toEqual(['Čapková', 'Carranza', 'Zofia']);
    expect(inOrder(cases, 'progress')).toEqual(['Zofia', 'Carranza', 'Čapková']);
  });

  it('calls quiet only those who should be writing', () => {
    expect(isStale(aCase({ state: 'active', lastActivityAt: daysAgo(90) }), NOW)).toBe(false);
    expect(isStale(aCase({ state: 'returned', lastActivityAt: daysAgo(29) }), NOW)).toBe(true);
    expect(isStale(aCase({ lastActivityAt: null }), NOW)).toBe(false);
  });
});

describe('paging', () => {
  const many = Array.from({ length: 130 }, (_, index) =>
    aCase({ name: `Student ${index}`, state: index % 3 === 0 ? 'submitted' : 'draft' }),
  );

  it('walks through everybody once, forwards and back', () => {
    for (const sort of SORTS) {
      const seen: string[] = [];
      const starts: string[] = [];
      for (let after: string | null = ''; after !== null;) {
        const page = pageOf(many, { sort, after, now: NOW });
        expect(page.from).toBe(seen.length + 1);
        expect(page.previous).toBe(starts.at(-1) ?? null);
        starts.push(after);
        seen.push(...page.rows.map(({ person }) => person));
        after = page.next;
      }
      expect(new Set(seen).size).toBe(130);
      expect(seen).toHaveLength(130);
    }
  });

  it('goes on where it stood when the row of the cursor has been dealt with', () => {
    const first = pageOf(many, { sort: 'needs', after: '', now: NOW });
    const last = first.rows.at(-1)?.person;
    const dealt = many.map((one) => (one.person === last ? { ...one, state: 'active' as const } : one));
    const next = pageOf(dealt, { sort: 'needs', after: first.next ?? '', now: NOW });
    expect(next.from).toBe(PAGE_SIZE);
    expect(next.rows.some((row) => first.rows.includes(row))).toBe(false);
  });

  it('answers any cursor somebody makes up', () => {
    fc.assert(
      fc.property(fc.string(), (after) => {
        expect(pageOf(many, { sort: 'needs', after, now: NOW }).total).toBe(130);
      }),
    );
  });
});
