import type { ComponentKey } from './component.ts';
import { completionOf, type Completion, type Component, type Gate } from './completion.ts';
import { creditOf, type Measured } from './credit.ts';
import { componentsOf, type Framework, type FrameworkComponent, type GateKey } from './framework.ts';
import { isApproved, isAside, isSigned, standingState, type PlanSummary } from './plan.ts';

export type { Measured };

/** How far a plan is, by its framework. */
export function completionOfPlan(plan: Measured, framework: Framework): Completion {
  const components = framework.sections.flatMap((section) =>
    section.components.map((component) => measure(plan, component, section.key)),
  );
  return completionOf({ sections: framework.sections, components, gates: gatesOf(plan, framework) });
}

function measure(plan: Measured, component: FrameworkComponent, section: string): Component {
  const { key, weight, required, needsVerification } = component;
  const exempt = plan.exemptions.some((exemption) => exemption.component === key);
  return { key, section, weight, required, needsVerification, exempt, ...worthOf(plan, key) };
}

function worthOf(plan: Measured, key: ComponentKey): { credit: number; verified: boolean } {
  const { credit, verified } = creditOf(plan, key);
  return { credit, verified };
}

function gatesOf(plan: Measured, framework: Framework): Gate[] {
  return framework.gates.map(({ key, required }) => ({ key, required, open: isGateOpen(plan, key) }));
}

function isGateOpen(plan: Measured, gate: GateKey): boolean {
  switch (gate) {
    case 'advisorApproval':
      return !isApproved(plan);
    case 'signatures':
      return !isSigned(plan);
  }
}

/** Why a component or gate does not count yet. */
export type MissingWhy = 'empty' | 'unfinished' | 'changeAsked' | 'notVerified' | 'gate';

export interface Missing {
  key: ComponentKey | GateKey;
  why: MissingWhy;
  /** Who can do something about it. */
  who: 'student' | 'advisor';
  required: boolean;
  /** About how long it takes the student; 0 when it is not theirs. */
  minutes: number;
}

/** What staff do, alone or together with the student: the student may send the plan without it. */
export const STAFF_TURN: Partial<Record<ComponentKey, 'advisor' | 'both'>> = {
  'academic.support': 'advisor',
  conference: 'both',
  'supports.link': 'both',
};

/** Everything that keeps the plan from being complete, in the framework's order, requests for changes first. */
export function missingOf(plan: Measured, framework: Framework): Missing[] {
  const exempt = new Set(plan.exemptions.map(({ component }) => component));
  const parts = componentsOf(framework)
    .filter(({ key }) => !exempt.has(key))
    .flatMap((component) => missingComponent(plan, component));
  const gates = gatesOf(plan, framework).filter(({ open }) => open);
  return [
    ...parts.filter(({ why }) => why === 'changeAsked'),
    ...parts.filter(({ why }) => why !== 'changeAsked'),
    ...gates.map((gate): Missing => ({
      key: gate.key as GateKey,
      why: 'gate',
      who: 'advisor',
      required: gate.required,
      minutes: 0,
    })),
  ];
}

function missingComponent(plan: Measured, component: FrameworkComponent): Missing[] {
  const { key, required, minutes } = component;
  const { credit, verified, why } = creditOf(plan, key);
  if (why !== null && credit < 1) {
    const left = why === 'empty' ? minutes : Math.ceil(minutes / 2);
    // A change that was asked for is the student's, whatever it is in.
    const who = STAFF_TURN[key] && why !== 'changeAsked' ? 'advisor' : 'student';
    return [{ key, why, who, required, minutes: left }];
  }
  const waits = component.needsVerification && !verified;
  return waits ? [{ key, why: 'notVerified', who: 'advisor', required, minutes: 0 }] : [];
}

/** The one thing to do now, for the student's home and the caseload. */
export type NextStep =
  | { kind: 'component'; key: ComponentKey; why: MissingWhy; minutes: number }
  | { kind: 'submit'; minutes: number }
  | { kind: 'wait'; for: 'advisor' }
  | { kind: 'aside' }
  | { kind: 'keepGoing' };

const SUBMIT_MINUTES = 2;

export function nextStepOfPlan(plan: Measured, framework: Framework): NextStep {
  if (isAside(plan)) return { kind: 'aside' };
  const state = standingState(plan);
  if (state === 'submitted' || state === 'in_review') return { kind: 'wait', for: 'advisor' };
  const own = missingOf(plan, framework).find(({ who }) => who === 'student');
  if (own) {
    return { kind: 'component', key: own.key as ComponentKey, why: own.why, minutes: own.minutes };
  }
  const sendable = state === 'draft' || state === 'returned' || state === 'amending';
  return sendable ? { kind: 'submit', minutes: SUBMIT_MINUTES } : { kind: 'keepGoing' };
}

/** The caseload's fields, written with every change of the plan. */
export function summaryOf(plan: Measured, framework: Framework): PlanSummary {
  const { progress, grade, done, total } = completionOfPlan(plan, framework);
  return { progress, grade, done, total, missing: missingOf(plan, framework).map(({ key }) => key) };
}

/** Whether everything is there that the framework requires of the student before the plan can be sent. */
export function notReadyToSend(plan: Measured, framework: Framework): Missing[] {
  return missingOf(plan, framework).filter(({ who, required }) => who === 'student' && required);
}
