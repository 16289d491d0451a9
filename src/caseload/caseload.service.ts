import type { Course, Enrolment } from '../courses/course.ts';
import { advisedCourses, studentsOf } from '../courses/enrolment.service.ts';
import { findPeople } from '../people/person.service.ts';
import type { Person } from '../people/person.ts';
import { componentsOf, starter } from '../plans/framework.ts';
import { listPlanRows, type PlanRow } from '../plans/plan.service.ts';
import { NotFound } from '../shared/errors.ts';
import { listTasksIn } from '../tasks/task.service.ts';
import type { Case, Waiting } from './caseload.ts';

export interface Caseload {
  /** All courses this person advises in, by title. */
  courses: Course[];
  /** The students of one of them, or of all; in no order. */
  cases: Case[];
}

/**
 * The students of the courses somebody advises. Each collection is asked once, whatever the number of
 * students. @param course only this one. @throws NotFound when they do not advise in it.
 */
export async function caseloadOf(
  institution: string,
  advisor: string,
  course: string | null,
): Promise<Caseload> {
  const courses = await advisedCourses(institution, advisor);
  const ids = courses.map(({ id }) => id).filter((id) => course === null || id === course);
  if (course !== null && ids.length === 0) throw new NotFound(`course ${course} is not advised`);
  const enrolments = await studentsOf(institution, ids);
  const students = [...new Set(enrolments.map(({ person }) => person))];
  if (students.length === 0) return { courses, cases: [] };
  const [people, plans, tasks] = await Promise.all([
    findPeople(institution, students),
    listPlanRows(institution, students),
    listTasksIn(institution, ids, 'submitted'),
  ]);
  const plan = new Map(plans.map((row) => [row.person, row]));
  const shared = grouped(enrolments, ({ person, course: id }) => [person, id]);
  const handIns = grouped(tasks, ({ person, id, submittedAt, changedAt }) => [
    person,
    { task: id, since: submittedAt ?? changedAt },
  ]);
  const cases = people
    .filter(({ testUser }) => !testUser)
    .map((person) =>
      caseOf(person, plan.get(person.id) ?? null, {
        courses: shared.get(person.id) ?? [],
        handIns: handIns.get(person.id) ?? [],
      }),
    );
  return { courses, cases };
}

function grouped<T, V>(items: readonly T[], entry: (item: T) => [string, V]): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const item of items) {
    const [key, value] = entry(item);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

function caseOf(
  person: Person,
  plan: PlanRow | null,
  { courses, handIns }: Pick<Case, 'courses' | 'handIns'>,
): Case {
  const components = componentsOf(starter);
  return {
    person: person.id,
    name: listName(person),
    sisId: person.sisId,
    courses,
    state: plan?.state ?? 'not_started',
    hasPlan: plan !== null,
    progress: plan?.summary.progress ?? null,
    done: plan?.summary.done ?? 0,
    total: plan?.summary.total ?? components.length,
    missing: plan?.summary.missing ?? components.map(({ key }) => key),
    lastActivityAt: plan?.lastActivityAt ?? null,
    needsAdvisorSince: plan?.needsAdvisorSince ?? null,
    handIns,
  };
}

/** "Okafor, Maya" where the LMS tells both names apart. */
function listName({ name, given, family }: Person): string {
  return given && family ? `${family}, ${given}` : name;
}

/** The sent plans of an advisor's students, the longest wait first: "1 of 14 waiting". */
export async function waitingPlans(institution: string, advisor: string): Promise<Waiting[]> {
  const courses = await advisedCourses(institution, advisor);
  const enrolments: Enrolment[] = await studentsOf(
    institution,
    courses.map(({ id }) => id),
  );
  const students = [...new Set(enrolments.map(({ person }) => person))];
  const rows = await listPlanRows(institution, students, ['submitted', 'in_review']);
  const people = await findPeople(
    institution,
    rows.map(({ person }) => person),
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows
    .map(({ person, needsAdvisorSince: since }) => ({ person, name: names.get(person) ?? '', since }))
    .toSorted((a, b) => timeOf(a) - timeOf(b) || a.person.localeCompare(b.person));
}

function timeOf({ since }: Waiting): number {
  return since?.getTime() ?? 0;
}
