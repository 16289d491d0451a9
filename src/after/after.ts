import { say } from '../plans/say.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import type { AidMark, OwnAidStep } from './aid.ts';
import type { Application, NotApplying } from './application.ts';

/** What one student plans for after school. One document a student; every list is bounded by LIMITS. */
export interface AfterPlan {
  institution: string;
  /** The student. */
  person: string;
  /** Chosen ones in the student's order: the first is their number one. */
  options: AfterOption[];
  dropped: DroppedOption[];
  applications: Application[];
  notApplying: NotApplying | null;
  /** Answers to the financial-aid list; a step without one is to do. */
  aid: AidMark[];
  /** Steps the student added to that list. */
  ownAid: OwnAidStep[];
  /** Rises with each write; a write names the version it read. */
  version: number;
}

export const AFTER_KINDS = [
  'college',
  'vocational',
  'apprenticeship',
  'employment',
  'service',
  'independent',
] as const;
export type AfterKind = (typeof AFTER_KINDS)[number];

/** A way after school; each kind is chosen at most once. */
export interface AfterOption {
  kind: AfterKind;
  /** What exactly, in the student's words: "nursing at a community college". May be empty. */
  what: string;
  why: string;
  steps: AfterStep[];
  chosenAt: Date;
}

/** Let go, and kept with the reason. */
export interface DroppedOption extends AfterOption {
  droppedAt: Date;
  reason: string;
}

export interface AfterStep {
  id: string;
  title: string;
  /** Calendar day `YYYY-MM-DD`, or none. */
  due: string | null;
  doneAt: Date | null;
}

export const LIMITS = {
  steps: 20,
  applications: 30,
  ownAid: 15,
  line: 150,
  text: 600,
} as const;

export function emptyAfter(institution: string, person: string): AfterPlan {
  return {
    institution,
    person,
    options: [],
    dropped: [],
    applications: [],
    notApplying: null,
    aid: [],
    ownAid: [],
    version: 0,
  };
}

export function optionOf({ options }: Pick<AfterPlan, 'options'>, kind: AfterKind): AfterOption | null {
  return options.find((one) => one.kind === kind) ?? null;
}

export interface OptionForm {
  what: string;
  why: string;
}

/** Chooses a way after school at the end of the list, or changes its words. One that was dropped comes back with its steps. */
export function choosing(
  before: AfterPlan,
  kind: AfterKind,
  { what, why }: OptionForm,
  now: Date,
): AfterPlan {
  if (why === '') throw new Invalid([{ field: 'why', message: say('after.error.why') }]);
  const known = optionOf(before, kind);
  if (known?.what === what && known.why === why) return before;
  if (known) return withOption(before, { ...known, what, why });
  const earlier = before.dropped.find((one) => one.kind === kind);
  const option: AfterOption = { kind, what, why, steps: earlier?.steps ?? [], chosenAt: now };
  return {
    ...before,
    options: [...before.options, option],
    dropped: before.dropped.filter((one) => one !== earlier),
  };
}

/** Moves a chosen one a place up or down; at the end of the list nothing happens. */
export function ranking(before: AfterPlan, kind: AfterKind, to: 'up' | 'down'): AfterPlan {
  const at = before.options.findIndex((one) => one.kind === kind);
  const one = before.options[at];
  const other = before.options[to === 'up' ? at - 1 : at + 1];
  if (!one) throw new NotFound(`after-school option ${kind} is not chosen`);
  if (!other || (to === 'up' && at === 0)) return before;
  return { ...before, options: before.options.with(at, other).with(before.options.indexOf(other), one) };
}

/** Lets a chosen one go; it stays on record with the reason. Said twice is said once. */
export function dropping(before: AfterPlan, kind: AfterKind, reason: string, now: Date): AfterPlan {
  const option = optionOf(before, kind);
  if (!option && before.dropped.some((one) => one.kind === kind)) return before;
  if (!option) throw new Conflict(say('after.error.notChosen'), `drop of ${kind}, which is not chosen`);
  if (reason === '') throw new Invalid([{ field: 'reason', message: say('after.error.reason') }]);
  return {
    ...before,
    options: before.options.filter((one) => one !== option),
    dropped: [{ ...option, droppedAt: now, reason }, ...before.dropped],
  };
}

export function addingStep(before: AfterPlan, kind: AfterKind, step: Omit<AfterStep, 'doneAt'>): AfterPlan {
  const option = chosen(before, kind);
  if (step.title === '') throw new Invalid([{ field: 'title', message: say('after.error.step') }]);
  if (option.steps.length >= LIMITS.steps)
    throw new Invalid([{ field: 'title', message: say('after.error.manySteps', { limit: LIMITS.steps }) }]);
  return withOption(before, { ...option, steps: [...option.steps, { ...step, doneAt: null }] });
}

/** A step already taken out stays out. */
export function removingStep(before: AfterPlan, kind: AfterKind, step: string): AfterPlan {
  const option = chosen(before, kind);
  const steps = option.steps.filter(({ id }) => id !== step);
  return steps.length === option.steps.length ? before : withOption(before, { ...option, steps });
}

/** Ticks a step, or takes the tick away. */
export function tickingStep(
  before: AfterPlan,
  kind: AfterKind,
  step: string,
  done: boolean,
  now: Date,
): AfterPlan {
  const option = chosen(before, kind);
  const known = option.steps.find(({ id }) => id === step);
  if (!known) throw new NotFound(`step ${step} of ${kind}`);
  if ((known.doneAt !== null) === done) return before;
  const ticked = { ...known, doneAt: done ? now : null };
  return withOption(before, {
    ...option,
    steps: option.steps.map((one) => (one === known ? ticked : one)),
  });
}

/** By date, those without one last, else as they were written. */
export function inOrder(steps: readonly AfterStep[]): AfterStep[] {
  return steps.toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'));
}

/** The first that is not done. */
export function nextStepOf({ steps }: Pick<AfterOption, 'steps'>): AfterStep | null {
  return inOrder(steps).find(({ doneAt }) => doneAt === null) ?? null;
}

/** Whether what was agreed about after school is another: an option came, went, or names something else. */
export function isMaterial(before: Pick<AfterPlan, 'options'>, after: Pick<AfterPlan, 'options'>): boolean {
  return agreed(before) !== agreed(after);
}

function agreed({ options }: Pick<AfterPlan, 'options'>): string {
  const lines = options.map(({ kind, what }) => JSON.stringify([kind, what]));
  return lines.toSorted((a, b) => a.localeCompare(b)).join();
}

function chosen(before: AfterPlan, kind: AfterKind): AfterOption {
  const option = optionOf(before, kind);
  if (!option) throw new NotFound(`after-school option ${kind} is not chosen`);
  return option;
}

function withOption(before: AfterPlan, option: AfterOption): AfterPlan {
  return { ...before, options: before.options.map((one) => (one.kind === option.kind ? option : one)) };
}
