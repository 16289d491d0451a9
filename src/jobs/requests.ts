import type { Course } from '../courses/course.ts';
import { putRequest } from './request.store.ts';

/**
 * Asks the worker for a roster run of a course, soon. Asking twice before it ran is asking once.
 * @param confirmed a person said that a roster half as long as before is right
 */
export async function requestRoster(
  { institution, id }: Pick<Course, 'institution' | 'id'>,
  now: Date,
  confirmed = false,
): Promise<void> {
  await putRequest({ institution, course: id, confirmed, dueAt: now });
}
