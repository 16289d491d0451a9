import { describe, expect, it } from 'vitest';
import { componentsOf, getFramework, hasSignatures, starter } from '../../../src/plans/framework.ts';
import { listPresets } from '../../../src/plans/preset.ts';
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

  it('say which components of a preset have a section today', () => {
    const colorado = listPresets().find(({ id }) => id === 'us-co-icap');
    const ready = colorado?.components.filter(({ hasSection }) => hasSection).map(({ key }) => key);
    expect(ready).toEqual(['career.goal', 'self.interests']);
    expect(colorado?.covered).toEqual({ have: 2, of: 14 });
    expect(colorado?.components[0]).toEqual({
      key: 'career.goal',
      label: 'Written career / workforce goal',
      required: true,
      hasSection: true,
    });
  });
});
