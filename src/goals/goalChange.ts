import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { EDIT_ACTION, type EditKind } from '../plans/editing.ts';
import type { Plan } from '../plans/plan.ts';
import {
  amended,
  begun,
  having,
  reasonChange,
  unchanged,
  type PlanAction,
  type PlanChange,
} from '../plans/planChange.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { NotFound } from '../shared/errors.ts';
import { formOf, textsOf, type GoalForm } from './goalForm.ts';
import { isMaterialChange, type Goal } from './goal.ts';

/** @throws NotFound when the plan holds no such goal. */
export function goalIn(plan: Pick<Plan, 'goals'>, id: string): Goal {
  const goal = plan.goals.find((one) => one.id === id);
  if (!goal) throw new NotFound(`goal ${id}`);
  return goal;
}

/** The change with this goal added or replaced, and what the log says of it; work that begins with it is told too. */
export function savingGoal(
  change: PlanChange,
  goal: Goal,
  told: { action: string; from?: unknown; to?: unknown },
): PlanChange {
  const before = change.plan.goals.find(({ id }) => id === goal.id);
  const goals = before
    ? change.plan.goals.map((one) => (one === before ? goal : one))
    : [...change.plan.goals, goal];
  const { action, from = null, to = null } = told;
  const object = { kind: 'goal', id: goal.id };
  const saved = having(change, { goals }, { action, object, changes: [{ field: 'goal', from, to }] });
  return before?.status === 'agreed' && goal.status === 'in_progress'
    ? having(saved, {}, statusAction('goal.started', before, goal))
    : saved;
}

/** A move from one status to the next that follows from something else: a first tick, a plan's approval. */
export function statusAction(action: string, before: Goal, after: Goal): PlanAction {
  const changes = [{ field: 'status', from: before.status, to: after.status }];
  return { action, object: { kind: 'goal', id: after.id }, changes, bySystem: true };
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
  'requirementSets',
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
    { words: textsOf(formOf(goal)), version: goal.version, at: goal.changedAt },
    textsOf(form),
  );
}
