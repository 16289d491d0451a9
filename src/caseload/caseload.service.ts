import type { Course } from '../courses/course.ts';
import { advisedCourses, studentsOf } from '../courses/enrolment.service.ts';
import { namesOf } from '../people/names.service.ts';
import { findListed, type Listed } from '../people/person.service.ts';
import { listName } from '../people/person.ts';
import { currentFramework } from '../frameworks/framework.service.ts';
import { componentsOf } from '../plans/framework.ts';
import { listPlanRows, type PlanRow } from '../plans/plan.service.ts';
import { NotFound } from '../shared/errors.ts';
import { listHandIns } from '../tasks/task.service.ts';
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
    findListed(institution, students),
    listPlanRows(institution, students),
    listHandIns(institution, ids),
  ]);
  const plan = new Map(plans.map((row) => [row.person, row]));
  const shared = grouped(enrolments, ({ person, course: id }) => [person, id]);
  const handIns = grouped(tasks, ({ person, id, submittedAt, changedAt }) => [
    person,
    { task: id, since: submittedAt ?? changedAt },
  ]);
  const components = componentsOf(await currentFramework(institution));
  const empty = { missing: components.map(({ key }) => key), total: components.length };
  const cases = people
    .filter(({ testUser }) => !testUser)
    .map((person) =>
      caseOf(person, plan.get(person.id) ?? null, {
        courses: shared.get(person.id) ?? [],
        handIns: handIns.get(person.id) ?? [],
        empty,
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
  person: Listed,
  plan: PlanRow | null,
  { courses, handIns, empty }: Pick<Case, 'courses' | 'handIns'> & { empty: Pick<Case, 'missing' | 'total'> },
): Case {
  return {
    person: person.id,
    name: listName(person),
    sisId: person.sisId,
    courses,
    state: plan?.state ?? 'not_started',
    hasPlan: plan !== null,
    progress: plan?.summary.progress ?? null,
    done: plan?.summary.done ?? 0,
    total: plan?.summary.total ?? empty.total,
    missing: plan?.summary.missing ?? empty.missing,
    lastActivityAt: plan?.lastActivityAt ?? null,
    needsAdvisorSince: plan?.needsAdvisorSince ?? null,
    handIns,
  };
}

/** The sent plans of an advisor's students, the longest wait first: "1 of 14 waiting". */
export async function waitingPlans(institution: string, advisor: string): Promise<Waiting[]> {
  const courses = await advisedCourses(institution, advisor);
  const enrolments = await studentsOf(
    institution,
    courses.map(({ id }) => id),
  );
  const students = [...new Set(enrolments.map(({ person }) => person))];
  const rows = await listPlanRows(institution, students, ['submitted', 'in_review']);
  const names = await namesOf(
    institution,
    rows.map(({ person }) => person),
  );
  return rows
    .map(({ person, needsAdvisorSince: since }) => ({ person, name: names.get(person) ?? '', since }))
    .toSorted((a, b) => timeOf(a) - timeOf(b) || a.person.localeCompare(b.person));
}

function timeOf({ since }: Waiting): number {
  return since?.getTime() ?? 0;
}
