/** How far a plan made by a template could get in this school, and what stands in the way. */
import { COMPONENTS, type ComponentKey, type SectionKey } from '../plans/component.ts';
import { completionOf } from '../plans/completion.ts';
import { componentsOf, type Framework, type SignerRole } from '../plans/framework.ts';

/** What a school has, as far as a plan's completion can depend on it. */
export interface SchoolHas {
  /** Teachers whose students' plans they may review. */
  advisors: boolean;
  /** Families that opened Waymark. */
  families: boolean;
  /** A set of graduation requirements. */
  graduationRules: boolean;
  /** Interest questions that are offered. */
  inventories: boolean;
}
export type Lack = keyof SchoolHas;

export type Obstacle =
  /** A part that cannot become whole, or not count. `cost`: share of the whole plan, 0–1. */
  | { at: 'part'; key: ComponentKey; required: boolean; lack: Lack; cost: number }
  /** A required signature by a role that nobody has. `onPaper`: staff can record it instead. */
  | { at: 'signature'; role: SignerRole; lack: Lack; onPaper: boolean }
  /** The advisor's approval, which every plan needs. */
  | { at: 'approval'; lack: 'advisors' };

export interface Reach {
  /** Most a plan can be graded with, in percent; null: nothing counts. */
  highest: number | null;
  obstacles: Obstacle[];
}

/** What a part needs of the school beside the student; the others need the student alone. */
const NEEDS: Partial<Record<ComponentKey, Lack>> = {
  'self.interests': 'inventories',
  'courses.gradreq': 'graduationRules',
  'academic.support': 'advisors',
  conference: 'advisors',
};

const SIGNER_NEEDS: Partial<Record<SignerRole, { lack: Lack; onPaper: boolean }>> = {
  family: { lack: 'families', onPaper: true },
  advisor: { lack: 'advisors', onPaper: false },
};

export function reachOf(framework: Framework, has: SchoolHas): Reach {
  const parts = partObstacles(framework, has);
  const signatures = signatureObstacles(framework, has);
  const approval: Obstacle[] = has.advisors ? [] : [{ at: 'approval', lack: 'advisors' }];
  return { highest: highestOf(framework, has), obstacles: [...parts, ...signatures, ...approval] };
}

/** Obstacles that keep a plan below 100 %; a signature that can be recorded on paper does not. */
export function isBlocking(obstacle: Obstacle): boolean {
  switch (obstacle.at) {
    case 'part':
      return obstacle.cost > 0 || obstacle.required;
    case 'signature':
      return !obstacle.onPaper;
    case 'approval':
      return true;
  }
}

function lackOf(key: ComponentKey, needsVerification: boolean, has: SchoolHas): Lack | null {
  const need = NEEDS[key] ?? (needsVerification ? 'advisors' : null);
  return need !== null && !has[need] ? need : null;
}

function partObstacles(framework: Framework, has: SchoolHas): Obstacle[] {
  const shares = shareOfParts(framework);
  return componentsOf(framework).flatMap(({ key, required, needsVerification }): Obstacle[] => {
    const lack = lackOf(key, needsVerification, has);
    return lack ? [{ at: 'part', key, required, lack, cost: shares.get(key) ?? 0 }] : [];
  });
}

function signatureObstacles({ signatures }: Framework, has: SchoolHas): Obstacle[] {
  return signatures.flatMap(({ role, required }): Obstacle[] => {
    const need = SIGNER_NEEDS[role];
    return required && need && !has[need.lack] ? [{ at: 'signature', role, ...need }] : [];
  });
}

/** The grade of a plan in which everything that can be done is done. */
function highestOf(framework: Framework, has: SchoolHas): number | null {
  const components = framework.sections.flatMap((section) =>
    section.components.map(({ key, weight, required, needsVerification }) => {
      const whole = lackOf(key, needsVerification, has) === null;
      const credit = whole ? 1 : 0;
      const duties = { weight, required, needsVerification };
      return { key, section: section.key, ...duties, credit, verified: whole, exempt: false };
    }),
  );
  const gates = framework.gates.map(({ key, required }) => ({ key, required, open: !has.advisors }));
  return completionOf({ sections: framework.sections, components, gates }).grade;
}

/** What each section counts of the whole plan, 0–1, in the plan's order; sections without weight are left out. */
export function shareOfSections({
  sections,
}: Pick<Framework, 'sections'>): { key: SectionKey; share: number }[] {
  const counting = sections.filter(({ components }) => components.some(({ weight }) => weight > 0));
  const all = counting.reduce((sum, { weight }) => sum + weight, 0);
  return counting.flatMap(({ key, weight }) => (weight > 0 ? [{ key, share: weight / all }] : []));
}

/** What each part counts of the whole plan, 0–1. */
export function shareOfParts(framework: Pick<Framework, 'sections'>): Map<ComponentKey, number> {
  const sections = new Map(shareOfSections(framework).map(({ key, share }) => [key, share]));
  const parts = framework.sections.flatMap(({ key: section, components }) => {
    const all = components.reduce((sum, { weight }) => sum + weight, 0);
    return components.map(({ key, weight }): [ComponentKey, number] => [
      key,
      all === 0 ? 0 : ((sections.get(section) ?? 0) * weight) / all,
    ]);
  });
  return new Map(parts);
}

/** The section a part stands in, for links to it. */
export function sectionOf(key: ComponentKey): SectionKey {
  return COMPONENTS[key].section;
}
