import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPresets } from '../../../src/frameworks/fromPreset.ts';
import {
  isBlocking,
  reachOf,
  shareOfParts,
  shareOfSections,
  type SchoolHas,
} from '../../../src/frameworks/reach.ts';
import { frameworkOfTemplate, type Template } from '../../../src/frameworks/template.ts';
import { starter } from '../../../src/plans/framework.ts';
import { listPresets, presetsOf } from '../../../src/plans/preset.ts';
import { NOW } from '../../support/build.ts';

const ALL: SchoolHas = { advisors: true, families: true, graduationRules: true, inventories: true };
const template = (ids: string[], overrides: Partial<Template> = {}): Template => ({
  ...fromPresets(presetsOf(ids)),
  id: 't',
  institution: 'i',
  key: 'k',
  version: 1,
  status: 'draft',
  saved: 0,
  createdAt: NOW,
  changedBy: 'p',
  publishedAt: null,
  retiredAt: null,
  ...overrides,
});
const framework = (ids: string[], overrides: Partial<Template> = {}) =>
  frameworkOfTemplate(template(ids, overrides));

describe('the highest a plan can get', () => {
  it.each(listPresets().map(({ id }) => id))('%s is 100 in a school that has everything', (id) => {
    expect(reachOf(framework([id]), ALL)).toEqual({ highest: 100, obstacles: [] });
  });

  it('falls by what a part counts that nobody can complete', () => {
    const made = framework(['us-wa-hsbp']);
    const { highest, obstacles } = reachOf(made, { ...ALL, graduationRules: false });
    const [obstacle] = obstacles;
    expect(obstacles).toHaveLength(1);
    expect(obstacle).toMatchObject({
      at: 'part',
      key: 'courses.gradreq',
      required: true,
      lack: 'graduationRules',
    });
    const cost = obstacle?.at === 'part' ? obstacle.cost : 0;
    expect(cost).toBeGreaterThan(0);
    expect(highest).toBe(Math.floor((1 - cost) * 100 + 1e-9));
    expect(obstacles.every(isBlocking)).toBe(true);
  });

  it('is below 100 without an advisor, whatever the plan: nobody could approve it', () => {
    const { highest, obstacles } = reachOf(starter, { ...ALL, advisors: false });
    expect(highest).toBeLessThan(100);
    expect(obstacles).toContainEqual({ at: 'approval', lack: 'advisors' });
    // What counts only when confirmed counts for nothing.
    expect(obstacles).toContainEqual(expect.objectContaining({ at: 'part', key: 'agreedGoal', cost: 0.25 }));
    expect(highest).toBe(75);
  });

  it('is 100 without families, because a signature can be recorded on paper', () => {
    const { highest, obstacles } = reachOf(framework(['us-ky-ilp']), { ...ALL, families: false });
    expect(highest).toBe(100);
    expect(obstacles).toEqual([{ at: 'signature', role: 'family', lack: 'families', onPaper: true }]);
    expect(obstacles.some(isBlocking)).toBe(false);
  });

  it('does not ask for a signature that is optional', () => {
    const signatures = [{ role: 'advisor', required: false, condition: null }] as const;
    const made = framework(['us-wa-hsbp'], { signatures: [...signatures] });
    const { obstacles } = reachOf(made, { ...ALL, families: false });
    expect(obstacles).toEqual([]);
  });

  it('is nothing where nothing counts, and a part without weight stops nobody unless it is required', () => {
    const light = template(['us-wa-hsbp']).components.map((one) => ({ ...one, weight: 0, required: false }));
    const { highest, obstacles } = reachOf(framework(['us-wa-hsbp'], { components: light }), {
      ...ALL,
      graduationRules: false,
    });
    expect(highest).toBeNull();
    expect(obstacles.some(isBlocking)).toBe(false);
    const required = light.map((one) => ({ ...one, required: true }));
    const again = reachOf(framework(['us-wa-hsbp'], { components: required }), {
      ...ALL,
      graduationRules: false,
    });
    expect(again.obstacles.some(isBlocking)).toBe(true);
  });

  it('never rises when a school has less, and stays within 0 to 100', () => {
    const has = fc.record({
      advisors: fc.boolean(),
      families: fc.boolean(),
      graduationRules: fc.boolean(),
      inventories: fc.boolean(),
    });
    const ids = fc.subarray(
      listPresets().map(({ id }) => id),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(ids, has, (some, less) => {
        const { highest } = reachOf(framework(some), less);
        expect(highest).toBeGreaterThanOrEqual(0);
        expect(highest).toBeLessThanOrEqual(reachOf(framework(some), ALL).highest ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what makes 100 %', () => {
  it('is shared out over sections and parts that count', () => {
    const made = framework(['us-az-ecap', 'us-ky-ilp']);
    const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);
    expect(sum(shareOfSections(made).map(({ share }) => share))).toBeCloseTo(1);
    expect(sum(shareOfParts(made).values())).toBeCloseTo(1);
    expect(shareOfSections(starter)).toEqual([
      { key: 'about', share: 0.75 },
      { key: 'goals', share: 0.25 },
    ]);
  });

  it('leaves out a section whose parts have no weight', () => {
    const made = template(['us-wa-hsbp']);
    const components = made.components.map((one) =>
      one.key === 'self.interests' ? { ...one, weight: 0 } : one,
    );
    const shares = shareOfSections(frameworkOfTemplate({ ...made, components }));
    expect(shares.map(({ key }) => key)).not.toContain('about');
    expect(shares.reduce((all, { share }) => all + share, 0)).toBeCloseTo(1);
  });
});
