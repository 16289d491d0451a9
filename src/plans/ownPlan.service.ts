import type { Viewer } from '../people/viewer.ts';
import { getPlan, newPlan, yearAt } from './plan.service.ts';
import type { Plan } from './plan.ts';

const SANDBOX = 'sandbox';

/** A plan that Canvas's Student View looks at: it is kept nowhere, and nothing belongs to it. */
export function isSandbox({ id }: Pick<Plan, 'id'>): boolean {
  return id === SANDBOX;
}

/**
 * The viewer's own plan. Canvas's Student View gets an empty one to look at, kept nowhere (lms.md 6.4).
 * @throws NotFound for people who have none, such as staff
 */
export async function ownPlan({ institution, person, testUser }: Viewer, now: Date): Promise<Plan> {
  if (!testUser) return getPlan(institution, person);
  return { ...newPlan({ institution, person, year: await yearAt(institution, now) }, now), id: SANDBOX };
}
