import { changesBetween, type Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { editKind } from '../plans/editing.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { newId } from '../shared/model.ts';
import {
  addingStep,
  choosing,
  dropping,
  isMaterial,
  ranking,
  removingStep,
  tickingStep,
  type AfterKind,
  type AfterPlan,
  type OptionForm,
} from './after.ts';
import { afterStandings } from './afterStandings.ts';
import { findAfter, saveAfter } from './after.store.ts';

export { findAfter as afterOf } from './after.store.ts';

/** Chooses a way after school or changes its words. @throws Invalid without a reason */
export async function chooseOption(
  actor: Actor,
  kind: AfterKind,
  form: OptionForm,
  now: Date,
): Promise<void> {
  await changeAfter(actor, now, { action: 'afterOption.chosen', id: kind }, (before) =>
    choosing(before, kind, form, now),
  );
}

export async function rankOption(actor: Actor, kind: AfterKind, to: 'up' | 'down', now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'afterOption.ranked', id: kind }, (before) =>
    ranking(before, kind, to),
  );
}

/** Lets one go; it is kept with the reason. */
export async function dropOption(actor: Actor, kind: AfterKind, reason: string, now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'afterOption.dropped', id: kind }, (before) =>
    dropping(before, kind, reason, now),
  );
}

export async function addStep(
  actor: Actor,
  kind: AfterKind,
  step: { title: string; due: string | null },
  now: Date,
): Promise<void> {
  const made = { ...step, id: newId() };
  await changeAfter(actor, now, { action: 'afterStep.added', id: kind }, (before) =>
    addingStep(before, kind, made),
  );
}

export async function removeStep(actor: Actor, kind: AfterKind, step: string, now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'afterStep.removed', id: kind }, (before) =>
    removingStep(before, kind, step),
  );
}

/** Ticks a step or takes the tick away; possible in every state of the plan. */
export async function tickStep(
  actor: Actor,
  kind: AfterKind,
  step: string,
  done: boolean,
  now: Date,
): Promise<void> {
  const action = done ? 'afterStep.ticked' : 'afterStep.unticked';
  await changeAfter(actor, now, { action, id: kind, when: 'open' }, (before) =>
    tickingStep(before, kind, step, done, now),
  );
}

/** What a change of the after-school plan is called, and of what. `open`: in every state of the plan. */
export interface AfterEdit {
  action: string;
  id: string;
  when?: 'writing' | 'open';
}

/**
 * One write of the student's own plan after school, with what its components are then worth. The same again writes
 * nothing; an option that came, went or names something else makes it material.
 */
export async function changeAfter(
  actor: Actor,
  now: Date,
  { action, id, when = 'writing' }: AfterEdit,
  decide: (before: AfterPlan, plan: Plan) => AfterPlan,
): Promise<void> {
  await changePlan(actor, actor.person, now, async (plan) => {
    if (when === 'writing') editKind(plan, actor, null);
    const before = await findAfter(actor.institution, actor.person);
    const after = decide(before, plan);
    if (after === before) return unchanged(plan);
    await saveAfter(after);
    return editingPart(plan, actor, {
      part: 'after',
      when,
      material: isMaterial(before, after),
      action,
      object: { kind: 'afterPlan', id },
      changes: told(before, after),
      standings: afterStandings(after),
      now,
    });
  });
}

/** What changed, in short: of each list only the things that differ. */
function told(before: AfterPlan, after: AfterPlan): Change[] {
  const fields = ['options', 'dropped', 'applications', 'notApplying', 'aid', 'ownAid'] as const;
  return changesBetween(before, after, fields).map(({ field, from, to }) => ({
    field,
    from: without(from, to),
    to: without(to, from),
  }));
}

function without(list: unknown, other: unknown): unknown {
  if (!Array.isArray(list) || !Array.isArray(other)) return list;
  const known = new Set(other.map((one) => JSON.stringify(one)));
  const differing: unknown[] = list.filter((one) => !known.has(JSON.stringify(one)));
  // Nothing but the order changed: the kinds in their order say it.
  return differing.length > 0 ? differing : list.map((one: { kind?: string }) => one.kind ?? null);
}
