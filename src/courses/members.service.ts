import { isStaff, type Course, type CourseRole } from './course.ts';
import { isAnyActive, listActive } from './enrolment.store.ts';
import { listCourses } from './course.store.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { coursesOf } from './enrolment.service.ts';
import type { MemberCounts } from './members.ts';

/** The people of some courses by what they are there; courses without people are missing. */
export async function countMembers(
  institution: string,
  courses: readonly string[],
): Promise<Map<string, MemberCounts>> {
  const counts = new Map<string, MemberCounts>();
  if (courses.length === 0) return counts;
  for (const { course, role } of await listActive(institution, { courses })) {
    const before = counts.get(course) ?? { students: 0, teachers: 0, observers: 0 };
    counts.set(course, counted(before, role));
  }
  return counts;
}

function counted(counts: MemberCounts, role: CourseRole): MemberCounts {
  if (role === 'student') return { ...counts, students: counts.students + 1 };
  if (isStaff(role)) return { ...counts, teachers: counts.teachers + 1 };
  return role === 'mentor' ? { ...counts, observers: counts.observers + 1 } : counts;
}

/** Who advises a student: the staff of their advisory courses, each named once. */
export async function advisorsOf(
  institution: string,
  student: string,
): Promise<{ person: string; course: Course }[]> {
  const courses = (await coursesOf(institution, student)).filter(({ advisory }) => advisory);
  if (courses.length === 0) return [];
  const ids = courses.map(({ id }) => id);
  const staff = await listActive(institution, { courses: ids, roles: ['teacher', 'assistant'] });
  const byPerson = new Map(staff.map(({ person, course }) => [person, course]));
  return [...byPerson].flatMap(([person, id]) => {
    const course = courses.find((one) => one.id === id);
    return course ? [{ person, course }] : [];
  });
}

/** People whose LMS says that they administer it, by a role in a course of this school. */
export async function lmsAdministrators(institution: string): Promise<string[]> {
  const found = await listActive(institution, { roles: ['administrator'] });
  return [...new Set(found.map(({ person }) => person))];
}

/** Whether the school has anybody who may advise, and any family that opened Waymark. */
export async function rolesHere(institution: string): Promise<{ advisors: boolean; families: boolean }> {
  const { seesPlans } = await settingsOf(institution);
  const advisory = (await listCourses(institution)).filter((course) => course.advisory).map(({ id }) => id);
  const where = seesPlans === 'all' ? undefined : advisory;
  const [advisors, families] = await Promise.all([
    isAnyActive(institution, ['teacher', 'assistant'], where),
    isAnyActive(institution, ['mentor']),
  ]);
  return { advisors, families };
}
