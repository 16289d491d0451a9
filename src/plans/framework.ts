import { NotFound } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';

/** Framework: a state's or a school's definition of a plan. Data only; the rules read it. */
export interface Framework {
  id: string;
  version: number;
  name: MessageKey;
  sections: readonly FrameworkSection[];
  gates: readonly FrameworkGate[];
  /** In signing order; empty where nobody signs. */
  signatures: readonly { role: string; required: boolean }[];
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

type SectionKey = 'about' | 'goals';
export type ComponentKey = 'strengths' | 'improvements' | 'interests' | 'agreedGoal';
export type GateKey = 'advisorApproval';

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
  name: 'plans.framework.starter',
  sections: [
    {
      key: 'about',
      label: 'plans.section.about',
      weight: 75,
      components: [
        part('strengths', 'plans.part.strengths'),
        part('improvements', 'plans.part.improvements'),
        part('interests', 'plans.part.interests'),
      ],
    },
    {
      key: 'goals',
      label: 'plans.section.goals',
      weight: 25,
      components: [
        {
          key: 'agreedGoal',
          label: 'plans.part.agreedGoal',
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
