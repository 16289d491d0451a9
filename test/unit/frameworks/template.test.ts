import { describe, expect, it } from 'vitest';
import { fromPresets } from '../../../src/frameworks/fromPreset.ts';
import { flawsOf, frameworkOfTemplate, type Template } from '../../../src/frameworks/template.ts';
import { COMPONENTS } from '../../../src/plans/component.ts';
import { componentsOf, hasSignatures } from '../../../src/plans/framework.ts';
import { listPresets } from '../../../src/plans/preset.ts';
import { completionOfPlan } from '../../../src/plans/progress.ts';
import { aPlan, NOW } from '../../support/build.ts';

const presets = listPresets();
const preset = (id: string) => presets.filter((one) => one.id === id);
const template = (ids: string[], overrides: Partial<Template> = {}): Template => ({
  ...fromPresets(ids.flatMap(preset)),
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

describe('a template from presets', () => {
  it.each(presets.map(({ id }) => id))('%s carries all its components and can be published', (id) => {
    const made = template([id]);
    const [source] = preset(id);
    const keys = componentsOf(frameworkOfTemplate(made)).map(({ key }) => key as string);
    expect(keys.toSorted()).toEqual(source?.components.map(({ key }) => key).toSorted());
    expect(flawsOf(made)).toEqual([]);
    expect(made.presets).toEqual([id]);
  });

  it('asks of a plan that satisfies two what either asks, required where one requires it', () => {
    const both = template(['us-az-ecap', 'us-ky-ilp']);
    const keys = (id: string): string[] =>
      preset(id).flatMap(({ components }) => components.map((c) => c.key));
    expect(new Set(both.components.map(({ key }) => key as string))).toEqual(
      new Set([...keys('us-az-ecap'), ...keys('us-ky-ilp')]),
    );
    expect(both.grades).toEqual([6, 12]);
    expect(both.signatures.map(({ role }) => role)).toEqual(['student', 'family', 'school']);
  });

  it('adds a gate where somebody must sign, and none where signing is optional', () => {
    const gates = (id: string): string[] => frameworkOfTemplate(template([id])).gates.map(({ key }) => key);
    expect(gates('us-ky-ilp')).toEqual(['advisorApproval', 'signatures']);
    expect(gates('us-ut-pccr')).toEqual(['advisorApproval']);
    expect(hasSignatures(frameworkOfTemplate(template(['us-ut-pccr'])))).toBe(false);
  });

  it('keeps a part that is switched off in the draft and out of the plan', () => {
    const made = template(['us-az-ecap']);
    const components = made.components.map((one) => (one.key === 'wbl' ? { ...one, on: false } : one));
    const framework = frameworkOfTemplate({ ...made, components });
    expect(componentsOf(framework).some(({ key }) => key === 'wbl')).toBe(false);
  });

  it('counts an empty plan as 0 of all, whatever the preset', () => {
    for (const { id } of presets) {
      const { total, grade } = completionOfPlan(aPlan({ year: 2027 }), frameworkOfTemplate(template([id])));
      expect([id, total, grade]).toEqual([id, preset(id)[0]?.components.length, 0]);
    }
  });
});

describe('what keeps a draft from being published', () => {
  it('is an empty plan, no weight, or nothing required', () => {
    const made = template(['us-az-ecap']);
    const off = made.components.map((one) => ({ ...one, on: false }));
    expect(flawsOf({ ...made, components: off })).toEqual(['noParts']);
    const light = made.components.map((one) => ({ ...one, weight: 0 }));
    expect(flawsOf({ ...made, components: light })).toEqual(['noWeight']);
    const free = made.components.map((one) => ({ ...one, required: false }));
    expect(flawsOf({ ...made, components: free })).toEqual(['noRequired']);
    const [first] = made.components;
    const unweighted = made.sections.filter(({ key }) => key !== COMPONENTS[first!.key].section);
    expect(flawsOf({ ...made, components: [first!], sections: unweighted })).toEqual(['noWeight']);
  });
});
