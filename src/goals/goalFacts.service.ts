import { advisorsOf } from '../courses/members.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { findPeople } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { listCommentsFor } from '../plans/comment.service.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import type { Plan } from '../plans/plan.ts';
import { goalIn } from './goalChange.ts';
import type { Goal } from './goal.ts';

/** What stands around one goal of the viewer's own plan; its page builders are pure. */
export interface StoredGoalFacts {
  plan: Plan;
  goal: Goal;
  comments: Awaited<ReturnType<typeof listCommentsFor>>;
  names: ReadonlyMap<string, string>;
  advisors: string[];
  viewer: string;
  zone: string;
  now: Date;
}

/** @throws NotFound when the viewer has no plan, or it holds no such goal. */
export async function goalFactsOf(viewer: Viewer, goalId: string, now: Date): Promise<StoredGoalFacts> {
  const { institution, person } = viewer;
  const plan = await getPlan(institution, person);
  const goal = goalIn(plan, goalId);
  const [all, { zone }, staff] = await Promise.all([
    listCommentsFor(actorOf(viewer, 'student'), person),
    settingsOf(institution),
    advisorsOf(institution, person),
  ]);
  const comments = all.filter(({ section }) => section === `goal:${goal.id}`);
  const ids = [
    ...comments.map(({ author }) => author),
    ...goal.checkIns.map(({ by }) => by),
    ...staff.map((one) => one.person),
  ];
  const people = await findPeople(institution, [...new Set(ids)]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const advisors = staff.flatMap((one) => names.get(one.person) ?? []);
  return { plan, goal, comments, names, advisors, viewer: person, zone, now };
}

/** The viewer's own plan with the names of those who advise them. @throws NotFound when they have none. */
export async function planFactsOf(
  viewer: Viewer,
  now: Date,
): Promise<Pick<StoredGoalFacts, 'plan' | 'advisors' | 'zone' | 'now'>> {
  const { institution, person } = viewer;
  const plan = await ownPlan(viewer, now);
  const [{ zone }, staff] = await Promise.all([settingsOf(institution), advisorsOf(institution, person)]);
  const people = await findPeople(
    institution,
    staff.map((one) => one.person),
  );
  return { plan, advisors: people.map(({ name }) => name), zone, now };
}
