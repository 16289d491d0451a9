import { advisorsOf } from '../courses/members.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { listRequirementSets } from '../pathways/requirement.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { listCommentsFor } from '../plans/comment.service.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import { servingOf } from './goalServing.service.ts';
import { goalIn } from './goalChange.ts';
import type { GoalFacts } from './goalFacts.ts';

/** What the pages of one goal of the viewer's own plan are made from. @throws NotFound when the viewer has no plan, or it holds no such goal. */
export async function goalFactsOf(viewer: Viewer, goalId: string, now: Date): Promise<GoalFacts> {
  const { institution, person } = viewer;
  const plan = await getPlan(institution, person);
  const goal = goalIn(plan, goalId);
  const [all, { zone }, staff, sets, serving] = await Promise.all([
    listCommentsFor(actorOf(viewer, 'student'), person),
    settingsOf(institution),
    advisorsOf(institution, person),
    listRequirementSets(institution),
    servingOf(plan, goal, now),
  ]);
  const comments = all.filter(({ section }) => section === `goal:${goal.id}`);
  const names = await namesOf(institution, [
    ...comments.map(({ author }) => author),
    ...goal.checkIns.map(({ by }) => by),
    ...staff.map((one) => one.person),
  ]);
  const advisors = staff.flatMap((one) => names.get(one.person) ?? []);
  return { plan, goal, sets, serving, comments, names, advisors, viewer: person, zone, now };
}

/** The viewer's own plan with the names of those who advise them. @throws NotFound when they have none. */
export async function planFactsOf(
  viewer: Viewer,
  now: Date,
): Promise<Pick<GoalFacts, 'plan' | 'advisors' | 'zone' | 'now'>> {
  const { institution, person } = viewer;
  const plan = await ownPlan(viewer, now);
  const [{ zone }, staff] = await Promise.all([settingsOf(institution), advisorsOf(institution, person)]);
  const names = await namesOf(
    institution,
    staff.map((one) => one.person),
  );
  return { plan, advisors: staff.flatMap((one) => names.get(one.person) ?? []), zone, now };
}
