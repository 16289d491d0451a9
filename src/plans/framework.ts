import { NotFound } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import { say } from './say.ts';
import type { ComponentKey, SectionKey } from './component.ts';

/** Framework: a state's or a school's definition of a plan. Data only; the rules read it. */
export interface Framework {
  id: string;
  version: number;
  /** In the school's words. */
  name: string;
  /** Presets it was made from, whose citations say why something is required. */
  presets: readonly string[];
  sections: readonly FrameworkSection[];
  gates: readonly FrameworkGate[];
  /** In signing order; empty where nobody signs. */
  signatures: readonly { role: SignerRole; required: boolean }[];
  reviewsPerYear: number;
}

interface FrameworkSection {
  key: SectionKey;
  label: MessageKey;
  /** Share of the whole plan; weights need not add up to 100. */
  weight: number;
  components: readonly FrameworkComponent[];
}

export interface FrameworkComponent {
  key: ComponentKey;
  label: MessageKey;
  weight: number;
  /** Must be there before the plan can be sent, and counts for compliance. */
  required: boolean;
  /** Counts for the grade only when a person has verified it. */
  needsVerification: boolean;
  /** What a student needs for it from an empty page. */
  minutes: number;
}

interface FrameworkGate {
  key: GateKey;
  label: MessageKey;
  required: boolean;
}

export type GateKey = 'advisorApproval' | 'signatures';
/** Who signs; `other`: on paper only, such as an employer. */
export type SignerRole = 'student' | 'family' | 'advisor' | 'school' | 'other';

const part = (key: 'strengths' | 'improvements' | 'interests', label: MessageKey): FrameworkComponent => ({
  key,
  label,
  weight: 1,
  required: true,
  needsVerification: false,
  minutes: 10,
});

/** The built-in framework: complete with the sections that exist, so that 100 % can be reached. Nobody signs. */
export const starter: Framework = {
  id: 'starter',
  version: 1,
  name: say('plans.framework.starter'),
  presets: [],
  sections: [
    {
      key: 'about',
      label: 'section.about',
      weight: 75,
      components: [
        part('strengths', 'component.strengths'),
        part('improvements', 'component.improvements'),
        part('interests', 'component.interests'),
      ],
    },
    {
      key: 'goals',
      label: 'section.goals',
      weight: 25,
      components: [
        {
          key: 'agreedGoal',
          label: 'component.agreedGoal',
          weight: 1,
          required: true,
          needsVerification: true,
          minutes: 20,
        },
      ],
    },
  ],
  gates: [{ key: 'advisorApproval', label: 'plans.gate.advisorApproval', required: true }],
  signatures: [],
  reviewsPerYear: 2,
};

const frameworks: readonly Framework[] = [starter];

/** @throws NotFound for an id no framework has. */
export function getFramework(id: string): Framework {
  const found = frameworks.find((framework) => framework.id === id);
  if (!found) throw new NotFound(`framework ${id}`);
  return found;
}

export function hasSignatures(framework: Framework): boolean {
  return framework.signatures.some(({ required }) => required);
}

export function componentsOf(framework: Framework): FrameworkComponent[] {
  return framework.sections.flatMap(({ components }) => components);
}
