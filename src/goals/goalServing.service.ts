import { assessmentsOf } from '../assessments/assessment.service.ts';
import { courseFactsOf } from '../coursePlan/courseFacts.service.ts';
import { measure } from '../coursePlan/measure.ts';
import { hoursOf } from '../experiences/experience.ts';
import { experiencesOf } from '../experiences/experience.service.ts';
import type { Plan } from '../plans/plan.ts';
import { evidenceFor } from '../portfolio/evidence.service.ts';
import { listSkills } from '../skills/skills.service.ts';
import { chosenSets, type Goal } from './goal.ts';
import { coursesServing, type Serving } from './goalServing.ts';

/** Everything in the plan that serves this goal: courses first, then what the student did, can and has to show. */
export async function servingOf(plan: Plan, goal: Goal, now: Date): Promise<Serving[]> {
  const { institution, person } = plan;
  const [courses, experiences, skills, evidence, assessments] = await Promise.all([
    servingCourses(plan, goal, now),
    experiencesOf(institution, person),
    listSkills(institution, person),
    evidenceFor(institution, person, { goal: goal.id }),
    assessmentsOf(institution, person),
  ]);
  return [
    ...courses,
    ...experiences
      .filter((one) => one.goal === goal.id)
      .map((one) => ({
        kind: 'experience' as const,
        id: one.id,
        title: one.title,
        hours: hoursOf(one),
        confirmed: one.confirmed !== null,
      })),
    ...skills
      .filter(({ goals }) => goals.includes(goal.id))
      .map(({ skill, how }) => ({ kind: 'skill' as const, id: skill, how })),
    ...evidence.map(({ id, title }) => ({ kind: 'evidence' as const, id, title })),
    ...assessments
      .filter(({ goals }) => goals.includes(goal.id))
      .map(({ id, name, score, date }) => ({ kind: 'assessment' as const, id, title: name, score, date })),
  ];
}

async function servingCourses(plan: Plan, goal: Goal, now: Date): Promise<Serving[]> {
  const sets = chosenSets(goal);
  if (sets.length === 0) return [];
  const { courses, around } = await courseFactsOf(plan, now);
  return coursesServing(measure(courses, around).audit, sets);
}
