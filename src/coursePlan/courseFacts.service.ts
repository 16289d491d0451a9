import { coursesOf } from '../courses/enrolment.service.ts';
import { isLive, type Goal } from '../goals/goal.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { catalogueFor } from '../pathways/catalogue.service.ts';
import { findVersions, listRequirementSets } from '../pathways/requirement.service.ts';
import type { RequirementSet } from '../pathways/requirement.ts';
import type { Plan } from '../plans/plan.ts';
import { getPlan } from '../plans/plan.service.ts';
import type { CourseFacts } from './courseFacts.ts';
import { findCoursePlan } from './coursePlan.store.ts';
import { emptyCoursePlan, type CoursePlan } from './coursePlan.ts';
import { setsFor, type Around } from './measure.ts';
import { halfOf } from './taking.ts';

export { findCoursePlan } from './coursePlan.store.ts';

/** One after the other: inside a transaction the reads share a session. */
export async function courseFactsOf(plan: Plan, now: Date): Promise<CourseFacts> {
  const { institution, person } = plan;
  const isSandbox = plan.id === 'sandbox';
  const courses = isSandbox
    ? { id: '', ...emptyCoursePlan(institution, person) }
    : await findCoursePlan(institution, person);
  const { offered, catalogue } = await catalogueFor(institution);
  const current = await listRequirementSets(institution);
  const versions = await findVersions(institution, olderThan(current, courses));
  const lms = isSandbox ? [] : await coursesOf(institution, person);
  const { zone, yearStarts } = await settingsOf(institution);
  const around: Around = {
    offered,
    catalogue,
    lms,
    current,
    versions: [...current, ...versions],
    goalSets: goalSetsOf(plan),
    grade: plan.grade,
    half: halfOf(schoolDay(now, zone), yearStarts),
  };
  return { plan, courses, around };
}

function olderThan(current: readonly RequirementSet[], { sets }: CoursePlan): CoursePlan['sets'] {
  return sets.filter(
    ({ key, version }) => !current.some((one) => one.key === key && one.version === version),
  );
}

/** Sets that live career and post-secondary goals select, by key. */
function goalSetsOf({ goals }: Pick<Plan, 'goals'>): string[] {
  return goals
    .filter(isLive)
    .flatMap((goal: Goal & { requirementSets?: readonly string[] }) => goal.requirementSets ?? []);
}

/** The requirement sets a student is measured by, in the versions that count for them. */
export async function setsOf(institution: string, student: string, now: Date): Promise<RequirementSet[]> {
  const { courses, around } = await courseFactsOf(await getPlan(institution, student), now);
  return setsFor(courses, around);
}
