import { describe, expect, it } from 'vitest';
import { differenceOf, isSame } from '../../../src/frameworks/difference.ts';
import { fromPresets } from '../../../src/frameworks/fromPreset.ts';
import { frameworkOfTemplate, type Template } from '../../../src/frameworks/template.ts';
import {
  FIELD_NAMES,
  formFrom,
  typedFrom,
  typedTemplate,
  type TypedTemplate,
} from '../../../src/frameworks/templateForm.ts';
import { starter } from '../../../src/plans/framework.ts';
import { presetsOf } from '../../../src/plans/preset.ts';
import { Invalid } from '../../../src/shared/errors.ts';
import { NOW } from '../../support/build.ts';

const stored: Template = {
  ...fromPresets(presetsOf(['us-ky-ilp', 'us-wa-hsbp'])),
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
};

/** The form as a browser posts it. */
function posted(typed: TypedTemplate): Record<string, string> {
  const ticks = (name: string, on: boolean): Record<string, string> => (on ? { [name]: '1' } : {});
  return {
    name: typed.name,
    from: typed.from,
    to: typed.to,
    reviews: typed.reviews,
    ...Object.fromEntries(Object.entries(typed.sections).map(([key, value]) => [`section.${key}`, value])),
    ...Object.assign(
      {},
      ...Object.entries(typed.parts).map(([key, part]) => ({
        [`weight.${key}`]: part.weight,
        ...ticks(`on.${key}`, part.on),
        ...ticks(`required.${key}`, part.required),
        ...ticks(`confirm.${key}`, part.confirm),
      })),
      ...Object.entries(typed.signatures).map(([role, { on, required }]) => ({
        ...ticks(`sign.${role}`, on),
        ...ticks(`signRequired.${role}`, required),
      })),
    ),
  };
}

const problemsOf = (change: Partial<TypedTemplate>): string[] => {
  try {
    formFrom({ ...typedTemplate(stored), ...change }, stored);
  } catch (error) {
    if (error instanceof Invalid) return error.fields.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('the template form', () => {
  it('gives back what is stored when nothing was changed', () => {
    const body = posted(typedTemplate(stored));
    expect(Object.keys(body).filter((name) => !FIELD_NAMES.includes(name))).toEqual([]);
    const { name, grades, components, signatures, reviewsPerYear } = formFrom(typedFrom(body), stored);
    expect([name, grades, reviewsPerYear]).toEqual([stored.name, stored.grades, stored.reviewsPerYear]);
    expect(components).toEqual(stored.components);
    expect(signatures).toEqual(stored.signatures);
  });

  it('adds a part, keeps one that is switched off, and does not keep one that never was on', () => {
    const typed = typedTemplate(stored);
    typed.parts.capstone = { on: true, required: true, confirm: true, weight: '2,5' };
    typed.parts['career.goal'] = { ...typed.parts['career.goal'], on: false };
    const { components } = formFrom(typed, stored);
    expect(components.find(({ key }) => key === 'capstone')).toEqual({
      key: 'capstone',
      on: true,
      required: true,
      weight: 2.5,
      needsVerification: true,
    });
    expect(components.find(({ key }) => key === 'career.goal')?.on).toBe(false);
    expect(
      components.some(({ key }) => key === 'resume' && stored.components.every((one) => one.key !== key)),
    ).toBe(false);
  });

  it('takes an empty weight as none, and no grades as any', () => {
    const typed = { ...typedTemplate(stored), from: '', to: '' };
    typed.sections.goals = '';
    const form = formFrom(typed, stored);
    expect(form.grades).toBeNull();
    expect(form.sections.find(({ key }) => key === 'goals')?.weight).toBe(0);
  });

  it.each([
    [{ name: '' }, ['name']],
    [{ name: 'x'.repeat(121) }, ['name']],
    [{ from: '9', to: '' }, ['to']],
    [{ from: '0', to: '14' }, ['from', 'to']],
    [{ from: '12', to: '9' }, ['to']],
    [{ reviews: '0' }, ['reviews']],
    [{ reviews: '13' }, ['reviews']],
    [{ reviews: '1.5' }, ['reviews']],
    [{ reviews: '12' }, []],
  ])('%j is refused at %j', (change, fields) => {
    expect(problemsOf(change)).toEqual(fields);
  });

  it.each(['-1', 'x', '1001', '1.234', '1e3'])('refuses the weight %s, at its field', (weight) => {
    const { sections, parts } = typedTemplate(stored);
    expect(problemsOf({ sections: { ...sections, goals: weight } })).toEqual(['section.goals']);
    const part = { ...parts['career.goal'], weight };
    expect(problemsOf({ parts: { ...parts, 'career.goal': part } })).toEqual(['weight.career.goal']);
  });
});

describe('the difference between two definitions', () => {
  const framework = frameworkOfTemplate(stored);

  it('of a definition and itself is none', () => {
    expect(isSame(differenceOf(framework, framework))).toBe(true);
    expect(isSame(differenceOf(starter, framework))).toBe(false);
  });

  it('names what an owner would notice', () => {
    const typed = { ...typedTemplate(stored), name: 'Ours', reviews: '4' };
    typed.parts['career.goal'] = { on: true, required: false, confirm: false, weight: '3' };
    typed.sections.goals = '50';
    typed.signatures.family = { on: false, required: false };
    typed.signatures.advisor = { on: true, required: false };
    const after = frameworkOfTemplate({ ...stored, ...formFrom(typed, stored) });
    expect(differenceOf(framework, after)).toMatchObject({
      name: { from: stored.name, to: 'Ours' },
      reviewsPerYear: { from: stored.reviewsPerYear, to: 4 },
      nowOptional: ['career.goal'],
      nowUnconfirmed: ['career.goal'],
      partWeights: [{ key: 'career.goal', from: 1, to: 3 }],
      sectionWeights: [{ key: 'goals', to: 50 }],
      signatures: [
        { role: 'family', from: 'required', to: 'none' },
        { role: 'advisor', from: 'none', to: 'optional' },
      ],
      added: [],
      removed: [],
    });
  });
});
