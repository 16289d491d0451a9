import { COMPONENT_KEYS, COMPONENTS, SECTION_KEYS, type ComponentKey } from '../plans/component.ts';
import type { Framework, SignerRole } from '../plans/framework.ts';
import type { SectionKey } from '../plans/component.ts';

/** A school's own definition of its plan, made from presets. Published versions never change. */
export interface Template {
  id: string;
  institution: string;
  /** The same for all versions: what a plan names as its framework. */
  key: string;
  version: number;
  status: TemplateStatus;
  /** What the school calls it: "Lakeshore framework, grades 9 to 12". */
  name: string;
  /** The presets it was made from, whose citations are shown. */
  presets: string[];
  /** First and last grade it is for; null: any. */
  grades: [number, number] | null;
  components: TemplateComponent[];
  sections: { key: SectionKey; weight: number }[];
  signatures: TemplateSignature[];
  reviewsPerYear: number;
  /** Words of the rule about when something is due, kept as the source says them. */
  milestones: { grade: number | null; what: string }[];
  /** Rises with each save of a draft; two tabs are told apart by it. */
  saved: number;
  createdAt: Date;
  changedBy: string;
  publishedAt: Date | null;
  retiredAt: Date | null;
}

export type TemplateStatus = 'draft' | 'published' | 'retired';

export interface TemplateComponent {
  key: ComponentKey;
  /** Switched off: kept in the draft, no part of the plan. */
  on: boolean;
  required: boolean;
  weight: number;
  needsVerification: boolean;
}

/** What a school may change in a draft. */
export type TemplateForm = Pick<
  Template,
  'name' | 'grades' | 'components' | 'sections' | 'signatures' | 'reviewsPerYear'
>;

interface TemplateSignature {
  role: SignerRole;
  required: boolean;
  /** The source's condition, e.g. "student under 18". */
  condition: string | null;
}

/** The template as the rules of completion read it. Parts that are off, and empty sections, are left out. */
export function frameworkOfTemplate(template: Template): Framework {
  const on = template.components.filter((component) => component.on);
  const sections = SECTION_KEYS.map((key) => ({
    key,
    label: `section.${key}` as const,
    weight: template.sections.find((section) => section.key === key)?.weight ?? 0,
    components: inOrder(on)
      .filter((component) => COMPONENTS[component.key].section === key)
      .map(({ key: name, weight, required, needsVerification }) => ({
        key: name,
        label: COMPONENTS[name].label,
        minutes: COMPONENTS[name].minutes,
        weight,
        required,
        needsVerification,
      })),
  }));
  return {
    id: template.key,
    version: template.version,
    name: template.name,
    presets: template.presets,
    sections: sections.filter(({ components }) => components.length > 0),
    gates: gatesOf(template),
    signatures: template.signatures.map(({ role, required }) => ({ role, required })),
    reviewsPerYear: template.reviewsPerYear,
  };
}

function inOrder(components: readonly TemplateComponent[]): TemplateComponent[] {
  return components.toSorted((a, b) => COMPONENT_KEYS.indexOf(a.key) - COMPONENT_KEYS.indexOf(b.key));
}

function gatesOf({ signatures }: Template): Framework['gates'] {
  const approval = { key: 'advisorApproval', label: 'plans.gate.advisorApproval', required: true } as const;
  const signing = { key: 'signatures', label: 'plans.gate.signatures', required: true } as const;
  return signatures.some(({ required }) => required) ? [approval, signing] : [approval];
}

/** Why a draft cannot be published; empty: it can. */
export type Flaw = 'noParts' | 'noWeight' | 'noRequired';

export function flawsOf(template: Pick<Template, 'components' | 'sections'>): Flaw[] {
  const on = template.components.filter((component) => component.on);
  if (on.length === 0) return ['noParts'];
  const weights = new Map(template.sections.map(({ key, weight }) => [key, weight]));
  const counts = on.some(({ key, weight }) => weight > 0 && (weights.get(COMPONENTS[key].section) ?? 0) > 0);
  const flaws: Flaw[] = counts ? [] : ['noWeight'];
  return on.some(({ required }) => required) ? flaws : [...flaws, 'noRequired'];
}
