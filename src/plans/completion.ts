/**
 * Completion and the grade (product.md). Three numbers, never mixed: progress is work done, grade is what
 * counts in the gradebook (verified where the framework asks for it), compliance is the framework's duties.
 */

/** One thing a plan must or may hold, with how far it is. */
export interface Component {
  key: string;
  section: string;
  /** Share within its section, 0 or more. */
  weight: number;
  /** 0 empty to 1 whole. */
  credit: number;
  /** Taken out of every sum by staff, with a reason. */
  exempt: boolean;
  required: boolean;
  needsVerification: boolean;
  verified: boolean;
}

interface Section {
  key: string;
  /** Share of the plan, 0 or more. */
  weight: number;
}

/** A condition outside the components, e.g. the advisor's approval. */
export interface Gate {
  key: string;
  required: boolean;
  open: boolean;
}

export interface CompletionInput {
  sections: readonly Section[];
  components: readonly Component[];
  gates: readonly Gate[];
}

/** Whole percent, rounded down, so that 100 means complete; null: nothing counts yet, "not started". */
type Percent = number | null;

interface SectionCompletion {
  key: string;
  progress: Percent;
  grade: Percent;
  done: number;
  total: number;
}

export interface Completion {
  progress: Percent;
  grade: Percent;
  compliance: { met: number; of: number };
  sections: SectionCompletion[];
  /** Components that are whole, of all that count. */
  done: number;
  total: number;
  /** Keys of required gates that keep the grade below 100 %. */
  openGates: string[];
}

/** The most a plan can be graded with while a required gate is open. */
export const CAP = 99;

/** A component counts as done when nothing of it is missing; verification is another matter. */
function isDone(component: Component): boolean {
  return component.credit >= 1;
}

/** What a component is worth for the grade: nothing until verified, where the framework asks for it. */
function gradedCredit(component: Component): number {
  return component.needsVerification && !component.verified ? 0 : component.credit;
}

/** Section % = Σ weight × credit / Σ weight; plan % = Σ section weight × section % / Σ section weight. */
export function completionOf({ sections, components, gates }: CompletionInput): Completion {
  const counted = components.filter(({ exempt }) => !exempt);
  const openGates = gates.filter(({ required, open }) => required && open).map(({ key }) => key);
  const grade = percent(planShare(sections, counted, gradedCredit));
  return {
    progress: percent(planShare(sections, counted, creditOf)),
    grade: grade === null || openGates.length === 0 ? grade : Math.min(grade, CAP),
    compliance: complianceOf(counted, gates),
    sections: sections.map((section) => completionOfSection(section, counted)),
    done: counted.filter(isDone).length,
    total: counted.length,
    openGates,
  };
}

const creditOf = ({ credit }: Component): number => credit;

function completionOfSection({ key }: Section, counted: readonly Component[]): SectionCompletion {
  const own = counted.filter(({ section }) => section === key);
  return {
    key,
    progress: percent(sectionShare(own, creditOf)),
    grade: percent(sectionShare(own, gradedCredit)),
    done: own.filter(isDone).length,
    total: own.length,
  };
}

/** A section without anything that counts has no share; it is left out of the plan with its weight. */
function planShare(
  sections: readonly Section[],
  counted: readonly Component[],
  worth: (component: Component) => number,
): number | null {
  const parts = sections.map(({ key, weight }) => ({
    weight,
    share: sectionShare(
      counted.filter(({ section }) => section === key),
      worth,
    ),
  }));
  return weightedMean(parts);
}

function sectionShare(
  components: readonly Component[],
  worth: (component: Component) => number,
): number | null {
  return weightedMean(components.map((component) => ({ weight: component.weight, share: worth(component) })));
}

function weightedMean(parts: readonly { weight: number; share: number | null }[]): number | null {
  const counting = parts.filter(({ share }) => share !== null);
  const weight = sum(counting.map((part) => part.weight));
  return weight === 0 ? null : sum(counting.map((part) => part.weight * (part.share ?? 0))) / weight;
}

function complianceOf(counted: readonly Component[], gates: readonly Gate[]): Completion['compliance'] {
  const duties = [
    ...counted.filter(({ required }) => required).map((component) => gradedCredit(component) >= 1),
    ...gates.filter(({ required }) => required).map(({ open }) => !open),
  ];
  return { met: duties.filter(Boolean).length, of: duties.length };
}

/** Rounded down; the small addend undoes what binary fractions lose, so that a whole plan is 100. */
function percent(share: number | null): Percent {
  return share === null ? null : Math.floor(Math.min(share, 1) * 100 + 1e-9);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
