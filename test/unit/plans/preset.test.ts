import { describe, expect, it } from 'vitest';
import { componentsOf, getFramework, hasSignatures, starter } from '../../../src/plans/framework.ts';
import { evidenceMark, listPresets } from '../../../src/plans/preset.ts';
import { NotFound } from '../../../src/shared/errors.ts';

describe('frameworks', () => {
  it('hold the starter plan: three texts, one agreed goal, an advisor’s approval, nobody signs', () => {
    expect(componentsOf(getFramework('starter')).map(({ key }) => key)).toEqual([
      'strengths',
      'improvements',
      'interests',
      'agreedGoal',
    ]);
    expect(starter.gates.map(({ key }) => key)).toEqual(['advisorApproval']);
    expect(hasSignatures(starter)).toBe(false);
    expect(() => getFramework('us-az-ecap')).toThrow(NotFound);
  });

  it('come with 29 presets, each with a citation and an evidence mark in words', () => {
    const presets = listPresets();
    expect(presets).toHaveLength(29);
    expect(new Set(presets.map(({ id }) => id)).size).toBe(29);
    for (const preset of presets) {
      expect(preset.sources.length).toBeGreaterThan(0);
      expect(preset.evidenceWords).toMatch(/rule\/statute|summary read/);
    }
  });

  it('name each component in words, and whether it is required', () => {
    const colorado = listPresets().find(({ id }) => id === 'us-co-icap');
    expect(colorado?.components[0]).toEqual({
      key: 'career.goal',
      label: 'Written career / workforce goal',
      required: true,
    });
  });

  it('are marked unless the rule’s own text was read', () => {
    const mark = (id: string): string | undefined =>
      listPresets()
        .filter((one) => one.id === id)
        .map(evidenceMark)[0];
    expect(mark('us-az-ecap')).toBe('read');
    expect(mark('us-ky-ilp')).toBe('secondary');
    expect(mark('us-ct-ssp')).toBe('secondary');
    expect(mark('us-in-gradplan')).toBe('dated');
    expect(listPresets().every((one) => (one.evidence === 'text') === (evidenceMark(one) === 'read'))).toBe(
      true,
    );
  });
});
