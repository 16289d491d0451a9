import type { Relation, Viewer } from '../people/viewer.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { wardsOf } from '../people/family.service.ts';
import { listCourses } from './course.store.ts';
import { isStaff, type Course } from './course.ts';
import { findEnrolment, listActive, type Membership } from './enrolment.store.ts';

export {
  findEnrolment as enrolmentOf,
  listEnrolmentsOf as enrolmentsOf,
  saveLaunchEnrolment as rememberEnrolment,
} from './enrolment.store.ts';

/** The courses a student takes now, as far as Waymark sees them on a roster or a launch. */
export async function coursesOf(institution: string, student: string): Promise<Course[]> {
  const enrolments = await listActive(institution, { person: student, roles: ['student'] });
  return enrolments.length === 0
    ? []
    : listCourses(
        institution,
        enrolments.map(({ course }) => course),
      );
}

/** The courses in which this person may advise: where they teach and the institution lets such teachers see plans. */
export async function advisedCourses(institution: string, staff: string): Promise<Course[]> {
  const teaching = (await listActive(institution, { person: staff })).filter(({ role }) => isStaff(role));
  if (teaching.length === 0) return [];
  const courses = await listCourses(
    institution,
    teaching.map(({ course }) => course),
  );
  return (await seesAll(institution)) ? courses : courses.filter(({ advisory }) => advisory);
}

/** Whether this person teaches anywhere. */
export async function teachesAnywhere(institution: string, person: string): Promise<boolean> {
  return (await listActive(institution, { person })).some(({ role }) => isStaff(role));
}

/** The courses in which this person teaches at all. */
export async function taughtCourses(institution: string, staff: string): Promise<Course[]> {
  const teaching = (await listActive(institution, { person: staff })).filter(({ role }) => isStaff(role));
  return teaching.length === 0
    ? []
    : listCourses(
        institution,
        teaching.map(({ course }) => course),
      );
}

/**
 * The students of some courses: one row for each course they are in. Whoever teaches one of these courses is no
 * student of another: Moodle lists a non-editing teacher as a learner until they launch (lms.md section 3).
 */
export async function studentsOf(institution: string, courses: readonly string[]): Promise<Membership[]> {
  if (courses.length === 0) return [];
  const all = await listActive(institution, { courses, roles: ['student', 'teacher', 'assistant'] });
  const staff = new Set(all.filter(({ role }) => isStaff(role)).map(({ person }) => person));
  return all.filter(({ role, person }) => role === 'student' && !staff.has(person));
}

/** What the viewer is to a student (product.md, "Who may do what"). */
export async function relationTo(viewer: Viewer, student: string, now: Date): Promise<Relation> {
  if (viewer.person === student) return 'self';
  const advised = await advisedCourses(viewer.institution, viewer.person);
  if (await sharesCourse(viewer.institution, student, advised)) return 'advisor';
  const taught = await taughtCourses(viewer.institution, viewer.person);
  if (await sharesCourse(viewer.institution, student, taught)) return 'teacher';
  return (await wardsOf(viewer.institution, viewer.person, now)).includes(student) ? 'family' : 'none';
}

/** What the viewer is in a course. */
export async function standingIn(viewer: Viewer, course: string): Promise<CourseStanding> {
  const enrolment = await findEnrolment(viewer.institution, course, viewer.person);
  if (!enrolment?.active) return 'none';
  if (!isStaff(enrolment.role)) return enrolment.role === 'student' ? 'student' : 'none';
  const advised = await advisedCourses(viewer.institution, viewer.person);
  return advised.some(({ id }) => id === course) ? 'advisor' : 'teacher';
}
export type CourseStanding = 'student' | 'advisor' | 'teacher' | 'none';

async function sharesCourse(
  institution: string,
  student: string,
  courses: readonly Course[],
): Promise<boolean> {
  if (courses.length === 0) return false;
  const ids = courses.map(({ id }) => id);
  return (await listActive(institution, { person: student, courses: ids, roles: ['student'] })).length > 0;
}

async function seesAll(institution: string): Promise<boolean> {
  return (await settingsOf(institution)).seesPlans === 'all';
}
