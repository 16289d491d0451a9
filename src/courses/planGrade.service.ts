import { listPlanRows, sendPlanGrade } from '../plans/plan.service.ts';
import { setPlanGrade } from './course.service.ts';
import { studentsOf } from './enrolment.service.ts';

/**
 * Turns a course's "Learning plan" column on or off. Turning it on queues the grade of each student who has
 * sent the plan at least once; doing it again sends nothing that the LMS has already.
 * @returns how many grades were queued
 */
export async function switchPlanGrade(
  institution: string,
  course: string,
  on: boolean,
  actor: string,
  now: Date,
): Promise<number> {
  await setPlanGrade(institution, course, on, actor, now);
  if (!on) return 0;
  const students = (await studentsOf(institution, [course])).map(({ person }) => person);
  const sent = (await listPlanRows(institution, students)).filter(({ submittedAt }) => submittedAt !== null);
  for (const { person } of sent) await sendPlanGrade(institution, person, course, now);
  return sent.length;
}
