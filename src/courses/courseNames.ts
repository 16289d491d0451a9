import { lmsNameOf } from '../lti/lmsName.ts';
import type { LmsFamily } from '../lti/platform.ts';
import type { Words } from '../shared/page.ts';
import type { Course } from './course.ts';
import { capital } from './rosterWords.ts';

/**
 * Course id → what to call it: its title, and the LMS beside it where several of these courses share the title.
 * @param families platform id → LMS
 */
export function namesApart(
  { t }: Pick<Words, 't'>,
  courses: readonly Pick<Course, 'id' | 'title' | 'platform'>[],
  families: ReadonlyMap<string, LmsFamily>,
): Map<string, string> {
  const times = new Map<string, number>();
  for (const { title } of courses) times.set(title, (times.get(title) ?? 0) + 1);
  return new Map(
    courses.map(({ id, title, platform }) => {
      const lms = capital(t(lmsNameOf(families.get(platform))));
      return [id, (times.get(title) ?? 0) > 1 ? t('courses.inLms', { title, lms }) : title];
    }),
  );
}
