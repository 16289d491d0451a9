import {
  COMPONENT_KEYS,
  COMPONENTS,
  SECTION_KEYS,
  type ComponentKey,
  type SectionKey,
} from '../plans/component.ts';
import type { SignerRole } from '../plans/framework.ts';
import type { Preset } from '../plans/preset.ts';
import type { Template, TemplateComponent } from './template.ts';

/** What the presets settle of a template; the school may change all of it in the draft. */
export type FromPresets = Pick<
  Template,
  'name' | 'presets' | 'grades' | 'components' | 'sections' | 'signatures' | 'reviewsPerYear' | 'milestones'
>;

/** One plan may satisfy several presets: what any of them asks is in, and required if any requires it. */
export function fromPresets(presets: readonly Preset[]): FromPresets {
  const components = COMPONENT_KEYS.flatMap((key) => componentFrom(key, presets));
  return {
    name: presets.map(({ name }) => name).join(' + '),
    presets: presets.map(({ id }) => id),
    grades: gradesFrom(presets),
    components,
    sections: sectionsFor(components),
    signatures: signaturesFrom(presets),
    reviewsPerYear: Math.max(1, ...presets.map(({ review }) => review.perYear ?? 1)),
    milestones: presets.flatMap(({ review }) =>
      (review.milestones ?? []).map(({ grade, before, what }) => ({ grade: grade ?? before ?? null, what })),
    ),
  };
}

function componentFrom(key: ComponentKey, presets: readonly Preset[]): TemplateComponent[] {
  const asked = presets.flatMap(({ components }) => components.filter((component) => component.key === key));
  if (asked.length === 0) return [];
  const { needsVerification } = COMPONENTS[key];
  return [{ key, on: true, required: asked.some(({ required }) => required), weight: 1, needsVerification }];
}

/** Each part weighs the same until the school says otherwise: a section weighs as many as it holds. */
export function sectionsFor(components: readonly TemplateComponent[]): { key: SectionKey; weight: number }[] {
  return SECTION_KEYS.map((key) => ({
    key,
    weight: components.filter((component) => component.on && COMPONENTS[component.key].section === key)
      .length,
  }));
}

function gradesFrom(presets: readonly Preset[]): [number, number] | null {
  const ranges = presets.flatMap(({ grades }) => (grades ? [grades] : []));
  if (ranges.length === 0) return null;
  return [Math.min(...ranges.map(([from]) => from)), Math.max(...ranges.map(([, to]) => to))];
}

/** The sources' words for who signs, as roles of this product. */
const SIGNER: Readonly<Record<string, SignerRole>> = {
  student: 'student',
  parent: 'family',
  counselor: 'advisor',
  tutor: 'advisor',
  teacher: 'advisor',
  advisor: 'advisor',
  school: 'school',
  employer: 'other',
  supportGroup: 'other',
};
const SIGNING_ORDER: readonly SignerRole[] = ['student', 'family', 'advisor', 'school', 'other'];

function signaturesFrom(presets: readonly Preset[]): Template['signatures'] {
  const asked = presets.flatMap(({ signatures }) =>
    signatures.map((one) => ({ ...one, signer: SIGNER[one.role] ?? 'other' })),
  );
  return SIGNING_ORDER.flatMap((role) => {
    const own = asked.filter(({ signer }) => signer === role);
    if (own.length === 0) return [];
    const condition = own.find((one) => one.condition !== undefined)?.condition ?? null;
    return [{ role, required: own.some(({ required }) => required), condition }];
  });
}
