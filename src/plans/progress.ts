import { isAgreed, type Goal } from '../goals/goal.ts';
import { completionOf, type Completion, type Component, type Gate } from './completion.ts';
import {
  componentsOf,
  type ComponentKey,
  type Framework,
  type FrameworkComponent,
  type GateKey,
} from './framework.ts';
import { isApproved, isAside, standingState, type Plan, type PlanSummary } from './plan.ts';

/** What the rules of completion need of a plan. */
export type Measured = Pick<Plan, 'profile' | 'goals' | 'exemptions' | 'state' | 'resumeTo'>;

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
  return { key, section, weight, required, needsVerification, exempt, ...creditOf(plan, key) };
}

/** Whole or nothing: a part counts when the student has said that it is finished, so ring and count agree. */
function creditOf(plan: Measured, key: ComponentKey): { credit: number; verified: boolean } {
  if (key === 'agreedGoal') return creditOfGoals(plan.goals);
  return { credit: plan.profile[key].finished ? 1 : 0, verified: false };
}

/** The best goal counts: an agreed one is verified; a finished proposal is done and waits. */
function creditOfGoals(goals: readonly Goal[]): { credit: number; verified: boolean } {
  if (goals.some((goal) => isAgreed(goal) && goal.finished)) return { credit: 1, verified: true };
  return { credit: goals.some(isFinishedProposal) ? 1 : 0, verified: false };
}

function isFinishedProposal({ status, finished }: Goal): boolean {
  return status === 'proposed' && finished;
}

function gatesOf(plan: Measured, framework: Framework): Gate[] {
  return framework.gates.map(({ key, required }) => ({ key, required, open: isGateOpen(plan, key) }));
}

function isGateOpen(plan: Measured, gate: GateKey): boolean {
  switch (gate) {
    case 'advisorApproval':
      return !isApproved(plan);
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
  const { credit, verified } = creditOf(plan, key);
  if (credit < 1) {
    const why = whyNotDone(plan, key);
    const left = why === 'empty' ? minutes : Math.ceil(minutes / 2);
    return [{ key, why, who: 'student', required, minutes: left }];
  }
  const waits = component.needsVerification && !verified;
  return waits ? [{ key, why: 'notVerified', who: 'advisor', required, minutes: 0 }] : [];
}

function whyNotDone(plan: Measured, key: ComponentKey): MissingWhy {
  const part = key === 'agreedGoal' ? aboutGoals(plan.goals) : plan.profile[key];
  if (part.asked) return 'changeAsked';
  return part.text === '' ? 'empty' : 'unfinished';
}

function aboutGoals(goals: readonly Goal[]): { asked: boolean; text: string } {
  const open = goals.filter(({ status, finished }) => status !== 'dropped' && !finished);
  return { asked: open.some(({ asked }) => asked), text: open.map(({ id }) => id).join() };
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
