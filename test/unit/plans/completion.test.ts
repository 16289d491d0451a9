import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CAP,
  completionOf,
  type Completion,
  type Component,
  type CompletionInput,
} from '../../../src/plans/completion.ts';

const SECTIONS = ['a', 'b', 'c'] as const;
const weight = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 100, noNaN: true }));

const component: fc.Arbitrary<Component> = fc.record({
  key: fc.uuid(),
  section: fc.constantFrom(...SECTIONS),
  weight,
  credit: fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  exempt: fc.boolean(),
  required: fc.boolean(),
  needsVerification: fc.boolean(),
  verified: fc.boolean(),
});

const input: fc.Arbitrary<CompletionInput> = fc.record({
  sections: fc
    .tuple(weight, weight, weight)
    .map((weights) => SECTIONS.map((key, index) => ({ key, weight: weights[index] ?? 0 }))),
  components: fc.array(component, { maxLength: 12 }),
  gates: fc.array(fc.record({ key: fc.uuid(), required: fc.boolean(), open: fc.boolean() }), {
    maxLength: 3,
  }),
});

const numbersOf = ({ progress, grade, sections }: Completion): (number | null)[] => [
  progress,
  grade,
  ...sections.flatMap((section) => [section.progress, section.grade]),
];

describe('completion of any plan', () => {
  it('stays between 0 and 100 in whole percent, or is not started', () => {
    fc.assert(
      fc.property(input, (plan) => {
        for (const value of numbersOf(completionOf(plan)))
          expect(value === null || (Number.isInteger(value) && value >= 0 && value <= 100)).toBe(true);
      }),
    );
  });

  it('never falls when work is added', () => {
    fc.assert(
      fc.property(input, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (plan, pick, more) => {
        const index = pick % Math.max(plan.components.length, 1);
        const components = plan.components.map((one, at) =>
          at === index ? { ...one, credit: Math.max(one.credit, more) } : one,
        );
        const [before, after] = [completionOf(plan), completionOf({ ...plan, components })];
        expect(after.progress ?? -1).toBeGreaterThanOrEqual(before.progress ?? -1);
        expect(after.grade ?? -1).toBeGreaterThanOrEqual(before.grade ?? -1);
        expect(after.done).toBeGreaterThanOrEqual(before.done);
      }),
    );
  });

  it('never falls when something is verified or a gate closes', () => {
    fc.assert(
      fc.property(input, (plan) => {
        const verified = {
          ...plan,
          components: plan.components.map((one) => ({ ...one, verified: true })),
          gates: plan.gates.map((gate) => ({ ...gate, open: false })),
        };
        const [before, after] = [completionOf(plan), completionOf(verified)];
        expect(after.grade ?? -1).toBeGreaterThanOrEqual(before.grade ?? -1);
        expect(after.progress).toBe(before.progress);
        expect(after.compliance.met).toBeGreaterThanOrEqual(before.compliance.met);
      }),
    );
  });

  it('grades never more than the progress made', () => {
    fc.assert(
      fc.property(input, (plan) => {
        const { progress, grade } = completionOf(plan);
        expect(grade ?? -1).toBeLessThanOrEqual(progress ?? -1);
      }),
    );
  });

  it('is the same whether a component is exempt or was never there', () => {
    fc.assert(
      fc.property(input, (plan) => {
        const without = { ...plan, components: plan.components.filter(({ exempt }) => !exempt) };
        expect(completionOf(plan)).toEqual(completionOf(without));
      }),
    );
  });

  it('depends on the shares of the weights, not on their size', () => {
    fc.assert(
      fc.property(input, fc.constantFrom(2, 4, 0.5), (plan, factor) => {
        const scaled = {
          ...plan,
          sections: plan.sections.map((one) => ({ ...one, weight: one.weight * factor })),
          components: plan.components.map((one) => ({ ...one, weight: one.weight * factor })),
        };
        expect(completionOf(scaled)).toEqual(completionOf(plan));
      }),
    );
  });

  it('is 100 only when all that counts is whole and no required gate is open', () => {
    fc.assert(
      fc.property(input, (plan) => {
        const { grade, openGates } = completionOf(plan);
        expect(grade ?? 0).toBeLessThanOrEqual(openGates.length > 0 ? CAP : 100);
        const whole = plan.components.map((one) => ({ ...one, credit: 1, verified: true }));
        const closed = completionOf({ ...plan, components: whole, gates: [] });
        expect([100, null]).toContain(closed.grade);
      }),
    );
  });
});

describe('completion of a plan', () => {
  const part = (overrides: Partial<Component>): Component => ({
    key: 'k',
    section: 'a',
    weight: 1,
    credit: 0,
    exempt: false,
    required: true,
    needsVerification: false,
    verified: false,
    ...overrides,
  });
  const sections = [
    { key: 'a', weight: 75 },
    { key: 'b', weight: 25 },
  ];

  it('weighs parts in their section and sections in the plan', () => {
    const components = [
      part({ credit: 1 }),
      part({}),
      part({}),
      part({ section: 'b', credit: 1, weight: 9 }),
    ];
    const { progress, sections: own, done, total } = completionOf({ sections, components, gates: [] });
    expect(progress).toBe(50);
    expect(own.map((section) => section.progress)).toEqual([33, 100]);
    expect([done, total]).toEqual([2, 4]);
  });

  it('is not started, and never 100, when nothing counts', () => {
    const exempt = [part({ credit: 1, exempt: true })];
    for (const components of [[], exempt, [part({ weight: 0, credit: 1 })]]) {
      const { progress, grade } = completionOf({ sections, components, gates: [] });
      expect([progress, grade]).toEqual([null, null]);
    }
  });

  it('leaves a section without parts out, with its weight', () => {
    const { progress } = completionOf({ sections, components: [part({ credit: 1 })], gates: [] });
    expect(progress).toBe(100);
  });

  it('counts what waits for an advisor as progress and not yet for the grade', () => {
    const waiting = part({ section: 'b', credit: 1, needsVerification: true });
    const components = [part({ credit: 1 }), waiting];
    const { progress, grade, compliance } = completionOf({ sections, components, gates: [] });
    expect([progress, grade]).toEqual([100, 75]);
    expect(compliance).toEqual({ met: 1, of: 2 });
  });

  it('names an open required gate and keeps the grade below 100', () => {
    const gates = [
      { key: 'approval', required: true, open: true },
      { key: 'extra', required: false, open: true },
    ];
    const { progress, grade, openGates } = completionOf({
      sections,
      components: [part({ credit: 1 })],
      gates,
    });
    expect([progress, grade, openGates]).toEqual([100, 99, ['approval']]);
  });

  it('is whole with weights that binary fractions cannot hold', () => {
    const components = [0.1, 0.2, 0.3].map((share) => part({ weight: share, credit: 1 }));
    expect(completionOf({ sections: [{ key: 'a', weight: 0.7 }], components, gates: [] }).grade).toBe(100);
  });
});
