/** The courses of the measured school, its catalogue and requirement sets, and who is in which course. */
import { seedPerson } from '../../src/admin/commands/seedPeople.ts';
import type { Enrolment } from '../../src/courses/course.ts';
import { newId } from '../../src/shared/model.ts';
import { aBigAudit } from '../../test/support/courses.ts';

/** An advisory group, and how many of them an advisor has: 400 students, a counselor's caseload. */
export const GROUP = 25;
export const GROUPS = 16;

export interface School {
  institution: string;
  /** Ids of the advisory courses, and of who advises there. */
  groups: string[];
  advisors: string[];
  now: Date;
}

/** Documents to write, by collection. */
export type Docs = Record<string, object[]>;

/** The audit of the bench: 240 courses on offer, 60 of them taken, four sets of twelve lines. */
const big = aBigAudit();

/** Advisors teach their groups; every student of a group also takes one class, with an assignment. */
export function coursesOf(school: School): Docs {
  const { institution, groups, advisors, now } = school;
  const people = advisors.map((id, index) => {
    const { sub: _sub, lmsUserId: _id, ...facts } = seedPerson('advisor', index);
    return { _id: id, institution, ...facts, createdAt: now };
  });
  const courses = groups.flatMap((id, nth) => [
    course(school, id, { title: `Advisory group ${nth + 1}`, advisory: true }),
    course(school, classOf(id), { title: `World history ${nth + 1}`, advisory: false }),
  ]);
  const enrolments = groups.flatMap((id, nth) => {
    const person = advisors[Math.floor(nth / GROUPS)] ?? '';
    return [enrolment(school, id, person, 'teacher')];
  });
  const links = groups.map((id) => ({
    _id: linkOf(id),
    institution,
    uuid: id,
    template: 'interests',
    course: id,
    title: 'What interests me',
    points: 10,
    dueAt: now,
    lineItem: null,
    resourceLinkId: id,
    createdBy: advisors[0],
    createdAt: now,
  }));
  return { people, courses, enrolments, links, ...catalogue(institution) };
}

/** Groups, their class and their assignment go together: the same id with another first digit. */
export const classOf = (group: string): string => `a${group.slice(1)}`;
export const linkOf = (group: string): string => `b${group.slice(1)}`;
export const groupOf = ({ groups }: School, index: number): string => groups[Math.floor(index / GROUP)] ?? '';

/** What one student is in, and their course plan. */
export function coursesTaken(school: School, person: string, index: number): Docs {
  const group = groupOf(school, index);
  const { institution, now } = school;
  const entries = big.courses
    .filter(({ state }) => state !== 'current')
    .slice(0, 48)
    .map(({ id: _id, state, ...one }) => ({
      id: newId(),
      code: one.code,
      title: one.title,
      subject: one.subject,
      credits: one.credits,
      grade: one.grade,
      term: one.term,
      state,
      mark: state === 'completed' ? 'B' : null,
      note: '',
      by: person,
      importId: null,
      at: now,
    }));
  // A course plan is as long as a plan: only those that are looked at have one, the others are never met.
  const plan = {
    _id: newId(),
    institution,
    person,
    entries,
    previous: null,
    sets: big.sets.map(({ key, version }) => ({ key, version })),
    matches: [],
    options: [],
    support: null,
    substitutions: [],
    waivers: [],
    changedAt: now,
  };
  return {
    enrolments: [
      enrolment(school, group, person, 'student'),
      enrolment(school, classOf(group), person, 'student'),
    ],
    coursePlans: index % 10 === 0 || index < 50 ? [plan] : [],
  };
}

function catalogue(institution: string): Docs {
  return {
    catalogueCourses: [...big.catalogue.values()].map(({ id: _id, ...one }) => ({
      _id: newId(),
      ...one,
      institution,
      codeKey: one.code.toLowerCase(),
    })),
    requirementSets: big.sets.map(({ id: _id, ...set }) => ({ _id: newId(), ...set, institution })),
  };
}

function course(
  { institution, now }: School,
  id: string,
  { title, advisory }: { title: string; advisory: boolean },
): object {
  return {
    _id: id,
    institution,
    platform: 'bench',
    deploymentId: 'bench',
    contextId: id,
    title,
    label: title,
    advisory,
    planGrade: false,
    nrpsUrl: null,
    lineItemsUrl: null,
    scopes: [],
    planLineItem: null,
    columnClaimedUntil: null,
    roster: { status: 'complete', at: now, members: GROUP, problem: null },
    lastLaunchAt: now,
    fingerprint: '',
  };
}

function enrolment(
  { institution, now: seenAt }: School,
  course: string,
  person: string,
  role: Enrolment['role'],
): object {
  return {
    _id: newId(),
    institution,
    course,
    person,
    sub: person,
    role,
    active: true,
    source: 'roster',
    seenAt,
  };
}
