import { findCourse } from '../courses/course.service.ts';
import type { GradeDecision } from './grade.ts';
import { putDecision } from './outbox.store.ts';

/**
 * The one door from the features to the LMS: writes the grade decision into the outbox. Call it inside
 * the transaction of the change it follows from; the worker posts it later.
 */
export async function enqueue(decision: GradeDecision): Promise<void> {
  const course = await findCourse(decision.institution, decision.course);
  if (course) await putDecision(decision, course.platform, decision.decidedAt);
}
