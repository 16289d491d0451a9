import { rememberCourse, setPlanGrade } from '../../src/courses/course.service.ts';
import { rememberEnrolment } from '../../src/courses/enrolment.service.ts';
import { addInstitution } from '../../src/institutions/institution.store.ts';
import { FIRST_SETTINGS } from '../../src/institutions/institution.ts';
import type { Actor } from '../../src/people/actor.ts';
import { anId, NOW } from './build.ts';

/** A stored institution with one graded course and its student; nobody launched, so no LMS is needed. */
export interface School {
  institution: string;
  course: string;
  student: Actor;
  advisor: Actor;
  administrator: Actor;
  family: Actor;
}

export async function aSchool(options: { planGrade?: boolean } = {}): Promise<School> {
  const { id: institution } = await addInstitution({
    ...FIRST_SETTINGS,
    name: `School ${anId()}`,
    createdAt: NOW,
  });
  const actor = (role: Actor['role']): Actor => ({ institution, person: anId(), role, via: null });
  const [student, advisor] = [actor('student'), actor('advisor')];
  const course = await aCourse(institution);
  await setPlanGrade(institution, course, options.planGrade ?? true, advisor.person, NOW);
  await rememberEnrolment(
    { institution, course, person: student.person, sub: `sub-${student.person}`, role: 'student' },
    NOW,
  );
  return {
    institution,
    course,
    student,
    advisor,
    administrator: actor('administrator'),
    family: actor('family'),
  };
}

/** A course as a launch leaves it. @returns its id */
export async function aCourse(institution: string): Promise<string> {
  const facts = {
    institution,
    platform: anId(),
    contextId: anId(),
    deploymentId: '1',
    title: 'Advisory',
    label: 'ADV',
    nrpsUrl: null,
    lineItemsUrl: null,
    scopes: [],
  };
  return (await rememberCourse(facts, NOW)).id;
}
