import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { editKind } from '../plans/editing.ts';
import type { Plan } from '../plans/plan.ts';
import { amended, begun, unchanged } from '../plans/planChange.ts';
import { say } from '../plans/say.ts';
import { Forbidden, Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { editingGoal, goalIn, refuseOther, savingGoal, saysTheSame } from './goalChange.ts';
import { checkForm } from './goalCheck.ts';
import { applyForm, newGoal, type GoalForm } from './goalForm.ts';
import { chosenSets, isLive, LIMITS, type Goal } from './goal.ts';
import { checkSets } from './goalSets.ts';
import { changeGoals, keysOfSets } from './goalSets.service.ts';
import { moveGoal, refuseOver } from './goalStatus.ts';
import { schoolDay } from './goalTime.ts';

/** A goal as it was left, with the plan it stands in. */
export interface SavedGoal {
  plan: Plan;
  goal: Goal;
}

const PROPOSED = {
  own: 'goal.proposed',
  staff: 'goal.proposedByStaff',
  correction: 'goal.proposedByStaff',
} as const;

/**
 * Adds a goal; blanks are fine until it is marked as finished. In a plan that is in use it is a material edit.
 * @throws Invalid beyond 20 goals, or by the form's own rules.
 */
export async function createGoal(
  actor: Actor,
  student: string,
  form: GoalForm,
  now: Date,
): Promise<SavedGoal> {
  checkForm(form, await todayOf(actor.institution, now));
  checkSets(form.requirementSets, new Set(await keysOfSets(actor.institution)));
  const goal = newGoal(form, actor.person, now, newId);
  const plan = await changeGoals(actor, student, now, (before) => {
    const kind = editKind(before, actor, null);
    if (before.goals.filter(isLive).length >= LIMITS.goals || before.goals.length >= LIMITS.kept)
      throw new Invalid([
        { field: 'goals', message: say('goals.error.tooManyGoals', { limit: LIMITS.goals }) },
      ]);
    const change = amended(begun(unchanged(before), actor), actor);
    return savingGoal(change, goal, { action: PROPOSED[kind], to: goal.statement });
  });
  return { plan, goal: goalIn(plan, goal.id) };
}

/** A form that a writer typed over the version they saw; staff may add a reason, which makes it a correction. */
export interface GoalChange {
  form: GoalForm;
  version: number;
  reason?: string | null;
}

/**
 * Saves the goal form, by button or autosave. A change of statement, target, date or requirement sets in a plan that is in use
 * moves the plan to amending. Sending again what is stored changes nothing.
 * @throws VersionConflict with both texts when another tab or person saved this goal since.
 */
export async function changeGoal(
  actor: Actor,
  student: string,
  goalId: string,
  { form, version, reason = null }: GoalChange,
  now: Date,
): Promise<SavedGoal> {
  const today = await todayOf(actor.institution, now);
  const known = await keysOfSets(actor.institution);
  const plan = await changeGoals(actor, student, now, (before) => {
    const kind = editKind(before, actor, reason);
    const goal = goalIn(before, goalId);
    if (saysTheSame(goal, form)) return unchanged(before);
    refuseOther(goal, form, version);
    refuseOver(goal);
    checkForm(form, today);
    checkSets(form.requirementSets, new Set([...known, ...chosenSets(goal)]));
    return editingGoal(before, goal, applyForm(goal, form, now, newId), { kind, actor, reason });
  });
  return { plan, goal: goalIn(plan, goalId) };
}

/** Lets a goal go and keeps it, with the reason. In a plan that is in use this is a material edit. */
export async function dropGoal(
  actor: Actor,
  student: string,
  goalId: string,
  reason: string,
  now: Date,
): Promise<SavedGoal> {
  const words = reason.trim();
  if (words === '') throw new Invalid([{ field: 'reason', message: say('goals.error.reason') }]);
  const plan = await changeGoals(actor, student, now, (before) => {
    const kind = editKind(before, actor, actor.role === 'administrator' ? words : null);
    const goal = { ...moveGoal(goalIn(before, goalId), 'drop'), outcome: words, changedAt: now };
    const first = begun(unchanged(before), actor);
    const change = kind === 'correction' ? first : amended(first, actor);
    return savingGoal(change, goal, { action: 'goal.dropped', from: goal.statement, to: words });
  });
  return { plan, goal: goalIn(plan, goalId) };
}

/** What came of a goal. */
export type Outcome = 'achieve' | 'achievePartly' | 'miss';

const ENDED = {
  achieve: 'goal.achieved',
  achievePartly: 'goal.achievedPartly',
  miss: 'goal.missed',
} as const satisfies Record<Outcome, string>;

/** Closes an agreed goal with what came of it; words are optional. No new approval is needed. */
export async function closeGoal(
  actor: Actor,
  student: string,
  goalId: string,
  { outcome, words }: { outcome: Outcome; words: string },
  now: Date,
): Promise<SavedGoal> {
  if (actor.role !== 'student' && actor.role !== 'advisor')
    throw new Forbidden(`${actor.role} may not close a goal`);
  const said = words.trim() || null;
  const plan = await changeGoals(actor, student, now, (before) => {
    const goal = { ...moveGoal(goalIn(before, goalId), outcome), outcome: said, changedAt: now };
    return savingGoal(unchanged(before), goal, { action: ENDED[outcome], to: said });
  });
  return { plan, goal: goalIn(plan, goalId) };
}

/** The school's calendar day. */
export async function todayOf(institution: string, now: Date): Promise<string> {
  const { zone } = await settingsOf(institution);
  return schoolDay(now, zone);
}
