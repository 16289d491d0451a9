import type { Viewer } from '../people/viewer.ts';
import { getPlan, newPlan } from './plan.service.ts';
import type { Plan } from './plan.ts';

/**
 * The viewer's own plan. Canvas's Student View gets an empty one to look at, kept nowhere (lms.md 6.4).
 * @throws NotFound for people who have none, such as staff
 */
export async function ownPlan({ institution, person, testUser }: Viewer, now: Date): Promise<Plan> {
  if (!testUser) return getPlan(institution, person);
  return { ...newPlan(institution, person, now), id: 'sandbox' };
}
