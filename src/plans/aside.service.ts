import { isStaffRole, type Actor } from '../people/actor.ts';
import { Forbidden, Invalid } from '../shared/errors.ts';
import type { ComponentKey } from './component.ts';
import type { Plan } from './plan.ts';
import { having, moved, unchanged } from './planChange.ts';
import { changePlan } from './planChange.service.ts';
import { say } from './say.ts';

/** Staff sets a plan aside, with a reason. Nothing is graded until it is taken up again. */
export async function setPlanAside(
  actor: Actor,
  student: string,
  how: 'hold' | 'transfer' | 'waive',
  reason: string,
  now: Date,
): Promise<Plan> {
  return changePlan(actor, student, now, (plan) =>
    having(moved(unchanged(plan), how, actor, reason.trim()), { needsAdvisorSince: null }),
  );
}

/** Staff takes a plan up again where it was. */
export async function resumePlan(actor: Actor, student: string, reason: string, now: Date): Promise<Plan> {
  return changePlan(actor, student, now, (plan) => {
    const resumed = moved(unchanged(plan), 'resume', actor, reason.trim());
    const waits = resumed.plan.state === 'submitted' || resumed.plan.state === 'in_review';
    return having(resumed, { needsAdvisorSince: waits ? now : null });
  });
}

/** Staff takes a component out of the count, with a reason; it neither helps nor harms. */
export async function exemptComponent(
  actor: Actor,
  student: string,
  component: ComponentKey,
  reason: string,
  now: Date,
): Promise<Plan> {
  return changeExemption(actor, student, { component, reason, action: 'component.exempted' }, now);
}

/** Staff lets an exempted component count again. One that counts is left as it is. */
export async function endExemption(
  actor: Actor,
  student: string,
  component: ComponentKey,
  reason: string,
  now: Date,
): Promise<Plan> {
  return changeExemption(actor, student, { component, reason, action: 'component.counted' }, now);
}

async function changeExemption(
  actor: Actor,
  student: string,
  change: {
    component: ComponentKey;
    reason: string;
    action: 'component.exempted' | 'component.counted';
  },
  now: Date,
): Promise<Plan> {
  const { component, action } = change;
  const reason = reasonOf(actor, change.reason);
  return changePlan(actor, student, now, (plan) => {
    const others = plan.exemptions.filter((exemption) => exemption.component !== component);
    const exempts = action === 'component.exempted';
    if (!exempts && others.length === plan.exemptions.length) return unchanged(plan);
    const exemptions = exempts ? [...others, { component, reason, by: actor.person, at: now }] : others;
    const changes = [{ field: component, from: null, to: reason }];
    return having(unchanged(plan), { exemptions }, { action, changes });
  });
}

function reasonOf(actor: Actor, reason: string): string {
  if (!isStaffRole(actor.role)) throw new Forbidden(`${actor.role} may not exempt`);
  const words = reason.trim();
  if (words === '') throw new Invalid([{ field: 'reason', message: say('plans.error.reason') }]);
  return words;
}
