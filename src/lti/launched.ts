import { isDeepStrictEqual } from 'node:util';
import type { Course, Enrolment } from '../courses/course.ts';
import type { LaunchedContext } from './launch.ts';

type Facts = LaunchedContext & { deploymentId: string };

/** The stored course, when it says all that the launch says of it; what a launch left out is no change. */
export function unchangedCourse(stored: Course | null, facts: Facts): Course | null {
  const said = Object.entries(facts).filter(([, value]) => value !== null);
  const same = (name: string, value: unknown): boolean =>
    isDeepStrictEqual(stored?.[name as keyof Facts], value);
  return said.every(([name, value]) => same(name, value)) ? stored : null;
}

type Seen = Pick<Enrolment, 'course' | 'person' | 'sub' | 'role'>;

/** Whether an earlier launch already said this of the person in the course. A roster's word is less certain. */
export function isAsSeen(stored: Enrolment | null, { course, person, sub, role }: Seen): boolean {
  return (
    stored !== null &&
    stored.active &&
    stored.source === 'launch' &&
    isDeepStrictEqual([stored.course, stored.person, stored.sub, stored.role], [course, person, sub, role])
  );
}
