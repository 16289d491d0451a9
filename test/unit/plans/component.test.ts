import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../../src/shared/messages/en.ts';
import { COMPONENT_KEYS, COMPONENTS, type ComponentKey } from '../../../src/plans/component.ts';
import { creditOf } from '../../../src/plans/credit.ts';
import { emptyProfile, type Plan, type ProfileKey } from '../../../src/plans/plan.ts';
import { standingsWith } from '../../../src/plans/standing.ts';
import { aGoal, aPart, aPlan, later, NOW } from '../../support/build.ts';

const presets = JSON.parse(
  readFileSync(new URL('../../../src/plans/data/frameworks.json', import.meta.url), 'utf8'),
) as { vocabulary: Record<string, string> };
const VOCABULARY = Object.keys(presets.vocabulary);

const wrote = (...keys: ProfileKey[]): Partial<Plan> => ({
  profile: { ...emptyProfile(), ...Object.fromEntries(keys.map((key) => [key, aPart()])) },
});
const agreed = (kind: Plan['goals'][number]['kind']): Partial<Plan> => ({
  goals: [aGoal({ kind, status: 'agreed', agreedRevision: 1 })],
});
const told = (component: ComponentKey): Partial<Plan> => ({
  standings: [{ component, credit: 1, verified: true, at: NOW }],
});

/** For each key of the vocabulary the least that satisfies it. */
const SATISFIED: Record<string, Partial<Plan>> = {
  'self.strengths': wrote('strengths', 'improvements', 'needs'),
  'self.values': wrote('values', 'preferences'),
  'change.explain': { ...wrote('changes'), year: 2027 },
  'graduation.intent': wrote('intent'),
  'arts.progress': wrote('arts'),
  'finance.literacy': wrote('literacy'),
  'career.goal': agreed('career'),
  'edu.goal': agreed('postsecondary'),
  'personal.social': agreed('personal'),
  benchmarks: { goals: [aGoal({ steps: [{ id: 'a', title: 'Begin', due: '2026-11-01', doneAt: null }] })] },
};
const FEATURES = VOCABULARY.filter((key) => !(key in SATISFIED)) as ComponentKey[];

describe('the components of the vocabulary', () => {
  it('are 31, and each has its row', () => {
    expect(VOCABULARY).toHaveLength(31);
    expect(VOCABULARY.filter((key) => !(COMPONENT_KEYS as readonly string[]).includes(key))).toEqual([]);
  });

  it.each(COMPONENT_KEYS)('%s names its section, evidence, place and rule in words', (key) => {
    const { section, evidence, label, rule, href, minutes } = COMPONENTS[key];
    expect([`section.${section}` in en, label in en, rule in en]).toEqual([true, true, true]);
    expect([evidence.length > 0, href.startsWith('/'), minutes > 0]).toEqual([true, true, true]);
  });

  it.each(VOCABULARY)('%s is empty at first and whole when its rule is satisfied', (key) => {
    const component = key as ComponentKey;
    const empty = aPlan({ year: 2027 });
    expect(creditOf(empty, component)).toEqual({ credit: 0, verified: false, why: 'empty' });
    const whole = aPlan({ year: 2027, ...(SATISFIED[key] ?? told(component)) });
    expect(creditOf(whole, component)).toMatchObject({ credit: 1, why: null });
  });

  it('does not ask in the first year what changed since last year', () => {
    expect(creditOf(aPlan(), 'change.explain').credit).toBe(1);
  });

  it('takes a goal of another kind for none', () => {
    expect(creditOf(aPlan(agreed('academic')), 'career.goal').credit).toBe(0);
    expect(creditOf(aPlan(agreed('academic')), 'edu.goal').credit).toBe(1);
  });

  it('asks for a dated step in every live goal', () => {
    const undated = aGoal({ steps: [{ id: 'a', title: 'Begin', due: null, doneAt: null }] });
    const plan = aPlan({ goals: [...(SATISFIED['benchmarks']?.goals ?? []), undated] });
    expect(creditOf(plan, 'benchmarks')).toMatchObject({ credit: 0, why: 'unfinished' });
  });

  it('leaves a part with two texts open until both are finished', () => {
    expect(creditOf(aPlan(wrote('values')), 'self.values')).toMatchObject({ credit: 0, why: 'unfinished' });
  });
});

describe('what features tell', () => {
  it.each(FEATURES)('%s counts as far as it was told', (component) => {
    const half = aPlan({ standings: [{ component, credit: 0.5, verified: false, at: NOW }] });
    expect(creditOf(half, component)).toEqual({ credit: 0.5, verified: false, why: 'unfinished' });
  });

  it('keeps its moment when it is told again, and moves it when it changes', () => {
    const one = { component: 'wbl' as const, credit: 1, verified: false };
    const first = standingsWith(aPlan(), [one], NOW);
    expect(standingsWith(aPlan({ standings: first }), [one], later(5))).toBe(first);
    const [moved] = standingsWith(aPlan({ standings: first }), [{ ...one, verified: true }], later(5));
    expect(moved).toEqual({ ...one, verified: true, at: later(5) });
  });
});
