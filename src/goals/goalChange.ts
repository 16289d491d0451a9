import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { EDIT_ACTION, type EditKind } from '../plans/editing.ts';
import type { Plan } from '../plans/plan.ts';
import { amended, begun, having, reasonChange, unchanged, type PlanChange } from '../plans/planChange.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { NotFound } from '../shared/errors.ts';
import { formOf, wordsOf, type GoalForm } from './goalForm.ts';
import { isMaterialChange, type Goal } from './goal.ts';

/** @throws NotFound when the plan holds no such goal. */
export function goalIn(plan: Pick<Plan, 'goals'>, id: string): Goal {
  const goal = plan.goals.find((one) => one.id === id);
  if (!goal) throw new NotFound(`goal ${id}`);
  return goal;
}

/** The change with this goal added or replaced, and what the log says of it. */
export function savingGoal(
  change: PlanChange,
  goal: Goal,
  told: { action: string; from?: unknown; to?: unknown },
): PlanChange {
  const isNew = !change.plan.goals.some(({ id }) => id === goal.id);
  const goals = isNew
    ? [...change.plan.goals, goal]
    : change.plan.goals.map((one) => (one.id === goal.id ? goal : one));
  const { action, from = null, to = null } = told;
  return having(
    change,
    { goals },
    { action, object: { kind: 'goal', id: goal.id }, changes: [{ field: 'goal', from, to }] },
  );
}

export interface GoalEdit {
  kind: EditKind;
  actor: Pick<Actor, 'role'>;
  reason: string | null;
}

const FIELDS = [
  'kind',
  'statement',
  'why',
  'baseline',
  'measure',
  'target',
  'by',
  'strategies',
  'supports',
  'steps',
  'finished',
] as const;

/** The plan with an edited goal: amended when the edit is material, unless staff corrects with a reason. */
export function editingGoal(plan: Plan, goal: Goal, after: Goal, edit: GoalEdit): PlanChange {
  const first = begun(unchanged(plan), edit.actor);
  const material = edit.kind !== 'correction' && isMaterialChange(goal, after);
  const change = material ? amended(first, edit.actor) : first;
  return having(
    change,
    { goals: plan.goals.map((one) => (one.id === goal.id ? after : one)) },
    {
      action: `goal.${EDIT_ACTION[edit.kind]}`,
      object: { kind: 'goal', id: goal.id },
      changes: [...changesBetween(goal, after, FIELDS), ...reasonChange(edit.reason)],
    },
  );
}

/** Whether the form says just what is stored: the same post sent twice. New steps are told by their place. */
export function saysTheSame(goal: Goal, form: GoalForm): boolean {
  const stored = formOf(goal);
  const steps = form.steps.map((step, index) => ({
    ...step,
    id: step.id ?? stored.steps[index]?.id ?? null,
  }));
  return essence(stored) === essence({ ...form, steps });
}

function essence({ supports, steps, target, ...words }: GoalForm): string {
  return JSON.stringify([
    Object.entries(words).toSorted(([a], [b]) => a.localeCompare(b)),
    target && [target.from, target.to, target.unit],
    supports.map(({ what, who }) => [what, who]),
    steps.map(({ id, title, due }) => [id, title, due]),
  ]);
}

/** @throws VersionConflict with both texts unless the writer saw the goal as it is stored. */
export function refuseOther(goal: Goal, form: GoalForm, version: number): void {
  if (goal.version === version) return;
  throw new VersionConflict(
    { words: wordsOf(formOf(goal)), version: goal.version, at: goal.changedAt },
    wordsOf(form),
  );
}
