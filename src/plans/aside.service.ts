import { isStaffRole, type Actor } from '../people/actor.ts';
import { Forbidden, Invalid } from '../shared/errors.ts';
import type { ComponentKey } from './framework.ts';
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
  const words = reasonOf(actor, reason);
  return changePlan(actor, student, now, (plan) => {
    const others = plan.exemptions.filter((exemption) => exemption.component !== component);
    const exemptions = [...others, { component, reason: words, by: actor.person, at: now }];
    return having(
      unchanged(plan),
      { exemptions },
      {
        action: 'component.exempted',
        changes: [{ field: component, from: null, to: words }],
      },
    );
  });
}

/** Staff lets an exempted component count again. */
export async function endExemption(
  actor: Actor,
  student: string,
  component: ComponentKey,
  reason: string,
  now: Date,
): Promise<Plan> {
  const words = reasonOf(actor, reason);
  return changePlan(actor, student, now, (plan) => {
    const exemptions = plan.exemptions.filter((exemption) => exemption.component !== component);
    if (exemptions.length === plan.exemptions.length) return unchanged(plan);
    return having(
      unchanged(plan),
      { exemptions },
      {
        action: 'component.counted',
        changes: [{ field: component, from: null, to: words }],
      },
    );
  });
}

function reasonOf(actor: Actor, reason: string): string {
  if (!isStaffRole(actor.role)) throw new Forbidden(`${actor.role} may not exempt`);
  const words = reason.trim();
  if (words === '') throw new Invalid([{ field: 'reason', message: say('plans.error.reason') }]);
  return words;
}
