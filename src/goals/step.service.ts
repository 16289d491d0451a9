import type { Actor } from '../people/actor.ts';
import { editKind } from '../plans/editing.ts';
import { unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { todayOf, type SavedGoal } from './goal.service.ts';
import { editingGoal, goalIn, savingGoal } from './goalChange.ts';
import { checkForm } from './goalCheck.ts';
import { applyForm, formOf } from './goalForm.ts';
import { LIMITS, type CheckIn, type Goal, type Step } from './goal.ts';
import { refuseOver, started } from './goalStatus.ts';

/** Adds a step at the end. Never material; locked while the plan is with the advisor. */
export async function addStep(
  actor: Actor,
  student: string,
  goalId: string,
  step: { title: string; due: string | null },
  now: Date,
): Promise<SavedGoal> {
  const title = step.title.trim();
  if (title === '') throw new Invalid([{ field: 'title', message: say('goals.error.stepTitle') }]);
  const today = await todayOf(actor.institution, now);
  return editSteps(actor, student, goalId, now, (goal) => {
    const form = formOf(goal);
    const steps = [...form.steps, { id: null, title, due: step.due }];
    checkForm({ ...form, steps, finished: false }, today);
    return applyForm(goal, { ...form, steps }, now, newId);
  });
}

/** Puts the steps in another order. @throws Conflict when the ids are not just the goal's steps. */
export async function reorderSteps(
  actor: Actor,
  student: string,
  goalId: string,
  stepIds: readonly string[],
  now: Date,
): Promise<SavedGoal> {
  return editSteps(actor, student, goalId, now, (goal) => {
    const steps = stepIds.flatMap((id) => goal.steps.find((step) => step.id === id) ?? []);
    const all = new Set(stepIds).size === goal.steps.length && steps.length === goal.steps.length;
    if (!all) throw new Conflict(say('goals.error.order'));
    return { ...goal, steps, version: goal.version + 1, changedAt: now };
  });
}

async function editSteps(
  actor: Actor,
  student: string,
  goalId: string,
  now: Date,
  edit: (goal: Goal) => Goal,
): Promise<SavedGoal> {
  const plan = await changePlan(actor, student, now, (before) => {
    const kind = editKind(before, actor, null);
    const goal = goalIn(before, goalId);
    refuseOver(goal);
    return editingGoal(before, goal, edit(goal), { kind, actor, reason: null });
  });
  return { plan, goal: goalIn(plan, goalId) };
}

/** Ticks a step, or takes the tick back; in every state of the plan. The first tick starts an agreed goal. */
export async function tickStep(
  actor: Actor,
  student: string,
  goalId: string,
  { step: stepId, done }: { step: string; done: boolean },
  now: Date,
): Promise<SavedGoal> {
  refuseOnlookers(actor);
  const plan = await changePlan(actor, student, now, (before) => {
    const goal = goalIn(before, goalId);
    const step = stepIn(goal, stepId);
    if ((step.doneAt !== null) === done) return unchanged(before);
    refuseOver(goal);
    const ticked = goal.steps.map((one) => (one.id === stepId ? { ...one, doneAt: done ? now : null } : one));
    const after = { ...(done ? started(goal) : goal), steps: ticked };
    const action = done ? 'goal.stepTicked' : 'goal.stepUnticked';
    return savingGoal(unchanged(before), after, { action, to: step.title });
  });
  return { plan, goal: goalIn(plan, goalId) };
}

/** @throws NotFound when the goal has no such step. */
function stepIn(goal: Goal, id: string): Step {
  const step = goal.steps.find((one) => one.id === id);
  if (!step) throw new NotFound(`step ${id}`);
  return step;
}

/** Says how it goes, with a number where the goal counts something; in every state of the plan. */
export async function checkIn(
  actor: Actor,
  student: string,
  goalId: string,
  said: { text: string; value: number | null },
  now: Date,
): Promise<SavedGoal> {
  refuseOnlookers(actor);
  const made: CheckIn = { id: newId(), at: now, by: actor.person, text: said.text.trim(), value: said.value };
  checkCheckIn(made);
  const plan = await changePlan(actor, student, now, (before) => {
    const goal = goalIn(before, goalId);
    refuseOver(goal);
    if (goal.checkIns.length >= LIMITS.checkIns) throw tooMany();
    const after = { ...started(goal), checkIns: [...goal.checkIns, made] };
    return savingGoal(unchanged(before), after, { action: 'goal.checkedIn', to: made.text || made.value });
  });
  return { plan, goal: goalIn(plan, goalId) };
}

function checkCheckIn({ text, value }: CheckIn): void {
  if (text === '' && value === null)
    throw new Invalid([{ field: 'text', message: say('goals.error.emptyCheckIn') }]);
  if (text.length > LIMITS.text)
    throw new Invalid([{ field: 'text', message: say('goals.error.tooLong', { limit: LIMITS.text }) }]);
  if (value !== null && !Number.isFinite(value))
    throw new Invalid([{ field: 'value', message: say('goals.error.number') }]);
}

function tooMany(): Invalid {
  return new Invalid([
    { field: 'text', message: say('goals.error.tooManyCheckIns', { limit: LIMITS.checkIns }) },
  ]);
}

function refuseOnlookers({ role }: Actor): void {
  if (role !== 'student' && role !== 'advisor') throw new Forbidden(`${role} may not check in`);
}
