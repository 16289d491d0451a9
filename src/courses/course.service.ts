import { record } from '../audit/audit.service.ts';
import { hashOf } from '../shared/crypto.ts';
import { NotFound } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import * as store from './course.store.ts';
import type { Course } from './course.ts';

export {
  claimColumn,
  connectedCourses,
  findCourse,
  forgetColumn,
  listCourses,
  settleColumn,
} from './course.store.ts';

/** @throws NotFound when this institution has no such course. */
export async function getCourse(institution: string, id: string): Promise<Course> {
  const course = await store.findCourse(institution, id);
  if (!course) throw new NotFound(`course ${id}`);
  return course;
}

/** Remembers the course of a launch. Facts a launch left out keep their stored value (lms.md, Schoology 10). */
export async function rememberCourse(facts: LaunchedCourse, now: Date): Promise<Course> {
  const { institution, platform, contextId, ...rest } = facts;
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  const fingerprint = hashOf(JSON.stringify(known));
  const found = await store.findCourseByContext(institution, platform, contextId);
  if (found?.fingerprint === fingerprint) return found;
  return store.saveCourse(
    { institution, platform, contextId, title: found?.title ?? contextId, ...known },
    fingerprint,
    now,
  );
}
export type LaunchedCourse = Pick<Course, 'institution' | 'platform' | 'contextId' | 'deploymentId'> & {
  [K in 'title' | 'label' | 'nrpsUrl' | 'lineItemsUrl' | 'scopes']: Course[K] | null;
};

/** Marks a course whose teachers are advisors, or takes the mark away. */
export async function setAdvisory(
  institution: string,
  id: string,
  advisory: boolean,
  actor: string,
  now: Date,
): Promise<Course> {
  return change(institution, id, { advisory }, actor, now);
}

/** Turns the "Learning plan" column of a course on or off. */
export async function setPlanGrade(
  institution: string,
  id: string,
  planGrade: boolean,
  actor: string,
  now: Date,
): Promise<Course> {
  return change(institution, id, { planGrade }, actor, now);
}

async function change(
  institution: string,
  id: string,
  values: Partial<Course>,
  actor: string,
  at: Date,
): Promise<Course> {
  return inTransaction(async () => {
    const before = await getCourse(institution, id);
    const after = await store.changeCourse(institution, id, values);
    const changes = Object.entries(values).map(([field, to]) => ({
      field,
      from: before[field as keyof Course],
      to,
    }));
    await record({
      institution,
      actor,
      action: 'course.changed',
      subject: null,
      object: { kind: 'course', id },
      changes,
      at,
    });
    return after ?? before;
  });
}
