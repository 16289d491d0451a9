import { isStaffRole, type Actor } from '../people/actor.ts';
import { Conflict, Forbidden } from '../shared/errors.ts';
import type { Plan, PlanState } from './plan.ts';
import { say } from './say.ts';
import { STATE_LABEL } from './transition.ts';

/** A student writes until the plan is sent, and again when it came back, is in force or is being amended. */
const STUDENT_WRITES: ReadonlySet<PlanState> = new Set([
  'not_started',
  'draft',
  'returned',
  'active',
  'review_due',
  'amending',
]);
/** Staff also edit what they review; an approved plan that waits for signatures is closed to all. */
const STAFF_WRITES: ReadonlySet<PlanState> = new Set([...STUDENT_WRITES, 'submitted', 'in_review']);

/**
 * How an edit is taken: the student's own words; staff on the caseload (marked so); or a correction with a
 * reason, which is never material. An administrator only corrects.
 */
export type EditKind = 'own' | 'staff' | 'correction';

export function mayEdit(plan: Pick<Plan, 'state'>, role: Actor['role']): boolean {
  if (role === 'student') return STUDENT_WRITES.has(plan.state);
  return isStaffRole(role) && STAFF_WRITES.has(plan.state);
}

/** @throws Forbidden to families and to an administrator without a reason, Conflict in words by state. */
export function editKind(
  plan: Pick<Plan, 'state'>,
  by: Pick<Actor, 'role'>,
  reason: string | null,
): EditKind {
  if (by.role === 'family') throw new Forbidden('family may not edit a plan');
  if (by.role === 'administrator' && !reason)
    throw new Forbidden('correction without a reason', say('plans.error.correctionReason'));
  if (!mayEdit(plan, by.role))
    throw new Conflict(
      say('plans.error.locked', { state: say(STATE_LABEL[plan.state]) }),
      `edit in ${plan.state}`,
    );
  if (by.role === 'student') return 'own';
  return reason ? 'correction' : 'staff';
}

/** The verb of an edit in the audit log: a staff edit is marked as one. */
export const EDIT_ACTION = {
  own: 'changed',
  staff: 'changedByStaff',
  correction: 'corrected',
} as const satisfies Record<EditKind, string>;
