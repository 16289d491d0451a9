import type { Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import type { Plan } from './plan.ts';
import { transition, type PlanEvent } from './transition.ts';

/** A plan as a use case leaves it, with what the audit log says about the way there. */
export interface PlanChange {
  plan: Plan;
  actions: PlanAction[];
}

export interface PlanAction {
  /** Verb in the past with its noun: `plan.submitted`. */
  action: string;
  changes: Change[];
  /** What was changed when it is not the plan itself. */
  object?: { kind: string; id: string };
  /** It followed by itself from the action before. */
  bySystem?: true;
}

export function unchanged(plan: Plan): PlanChange {
  return { plan, actions: [] };
}

/** Moves the plan on; throws as `transition` does. */
export function moved(
  { plan, actions }: PlanChange,
  event: PlanEvent,
  by: Pick<Actor, 'role'> | 'system',
  reason = '',
): PlanChange {
  const standing = transition(plan, event, by, reason);
  const changes = [{ field: 'state', from: plan.state, to: standing.state }, ...reasonChange(reason)];
  const action: PlanAction = {
    action: EVENT_ACTION[event],
    changes,
    ...(by === 'system' ? { bySystem: true } : {}),
  };
  return { plan: { ...plan, ...standing }, actions: [...actions, action] };
}

/** Sets fields and tells of it. */
export function having(change: PlanChange, fields: Partial<Plan>, ...actions: PlanAction[]): PlanChange {
  return { plan: { ...change.plan, ...fields }, actions: [...change.actions, ...actions] };
}

/** The first edit begins the plan. */
export function begun(change: PlanChange, by: Pick<Actor, 'role'>): PlanChange {
  return change.plan.state === 'not_started' ? moved(change, 'begin', by) : change;
}

/** Approved and worked with: a material edit takes it back into writing. */
export function isInUse({ state }: Pick<Plan, 'state'>): boolean {
  return state === 'active' || state === 'review_due';
}

/** A material edit of a plan in use opens a new revision, which wants a new approval; else nothing happens. */
export function amended(change: PlanChange, by: Pick<Actor, 'role'>): PlanChange {
  if (!isInUse(change.plan)) return change;
  return having(moved(change, 'amend', by), { revision: change.plan.revision + 1 });
}

/** A reason in the words of an audit event. */
export function reasonChange(reason: string | null): Change[] {
  return reason ? [{ field: 'reason', from: null, to: reason }] : [];
}

const EVENT_ACTION: Record<PlanEvent, string> = {
  begin: 'plan.begun',
  submit: 'plan.submitted',
  withdraw: 'plan.withdrawn',
  startReview: 'plan.reviewStarted',
  return: 'plan.returned',
  approve: 'plan.approved',
  undoApproval: 'plan.approvalUndone',
  requestSignatures: 'plan.signaturesRequested',
  declineSignature: 'plan.signatureDeclined',
  activate: 'plan.activated',
  amend: 'plan.amended',
  reviewDue: 'plan.reviewDue',
  close: 'plan.closed',
  archive: 'plan.archived',
  renew: 'plan.begunAgain',
  hold: 'plan.held',
  transfer: 'plan.transferred',
  waive: 'plan.waived',
  resume: 'plan.resumed',
};
