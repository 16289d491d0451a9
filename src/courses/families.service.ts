import { activePlatform } from '../lti/known.service.ts';
import type { LmsFamily } from '../lti/platform.ts';
import type { Course } from './course.ts';

/** Platform id → its family, of the LMSs that are connected. */
export async function familiesOf(courses: readonly Course[], now: Date): Promise<Map<string, LmsFamily>> {
  const ids = [...new Set(courses.map(({ platform }) => platform))];
  const platforms = await Promise.all(ids.map((id) => activePlatform(id, now)));
  return new Map(platforms.flatMap((platform) => (platform ? [[platform.id, platform.family]] : [])));
}
