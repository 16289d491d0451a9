import type { Actor } from '../people/actor.ts';
import { editKind } from '../plans/editing.ts';
import { amended, begun, unchanged } from '../plans/planChange.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import type { SavedGoal } from './goal.service.ts';
import { leadsSomewhere, LIMITS, type Goal } from './goal.ts';
import { goalIn, savingGoal } from './goalChange.ts';
import { emptyForm, newGoal } from './goalForm.ts';
import { replacementOf } from './goalReplaced.ts';
import { changeGoals } from './goalSets.service.ts';
import { moveGoal } from './goalStatus.ts';

/** Why the old goal goes, and what the student wants now. */
export interface Replacement {
  reason: string;
  statement: string;
}

/**
 * A career goal is looked at again: the old one is kept as let go, with the reason, and a new one of the same kind
 * names it. In a plan that is in use this is a material edit. Sent twice it is one new goal.
 * @throws Invalid without a reason or words for the new goal; Conflict for a goal of another kind, or one that has ended
 */
export async function replaceGoal(
  actor: Actor,
  student: string,
  goalId: string,
  { reason, statement }: Replacement,
  now: Date,
): Promise<SavedGoal> {
  const said = { reason: reason.trim(), statement: statement.replaceAll(/\s+/g, ' ').trim() };
  check(said);
  const id = newId();
  const plan = await changeGoals(actor, student, now, (before) => {
    const old = goalIn(before, goalId);
    if (old.status === 'dropped' && replacementOf(before.goals, old)) return unchanged(before);
    if (!leadsSomewhere(old)) throw new Conflict(say('goals.error.notReplaced'));
    const kind = editKind(before, actor, null);
    refuseFull(before.goals);
    const form = { ...emptyForm(old.kind), statement: said.statement };
    const made: Goal = { ...newGoal(form, actor.person, now, newId), id, replaces: old.id };
    const dropped = { ...moveGoal(old, 'drop'), outcome: said.reason, changedAt: now };
    const change = amended(begun(unchanged(before), actor), actor);
    const action = kind === 'own' ? 'goal.proposed' : 'goal.proposedByStaff';
    const first = savingGoal(change, dropped, {
      action: 'goal.replaced',
      from: old.statement,
      to: said.reason,
    });
    return savingGoal(first, made, { action, from: old.statement, to: said.statement });
  });
  const made = replacementOf(plan.goals, { id: goalId });
  return { plan, goal: made ?? goalIn(plan, goalId) };
}

function check({ reason, statement }: Replacement): void {
  const problems: FieldError[] = [
    ...tooLong('reason', reason, LIMITS.text),
    ...tooLong('statement', statement, LIMITS.line),
    ...(reason === '' ? [{ field: 'reason', message: say('goals.error.replaceReason') }] : []),
    ...(statement === '' ? [{ field: 'statement', message: say('goals.error.statement') }] : []),
  ];
  if (problems.length > 0) throw new Invalid(problems);
}

function tooLong(field: string, text: string, limit: number): FieldError[] {
  return text.length > limit ? [{ field, message: say('goals.error.tooLong', { limit }) }] : [];
}

function refuseFull(goals: readonly Goal[]): void {
  if (goals.length < LIMITS.kept) return;
  throw new Invalid([
    { field: 'statement', message: say('goals.error.tooManyGoals', { limit: LIMITS.goals }) },
  ]);
}
