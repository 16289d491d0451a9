/**
 * The actors of the authorization matrix and what each is to the student and the course it is about. They are
 * made by real launches into a school where the student is in Advisory and World History but not in Biology,
 * and in a second school that shares the LMS.
 */
import { approveDeployment, approvePlatform } from '../../src/lti/platform.service.ts';
import { addInstitution } from '../../src/institutions/institution.store.ts';
import { FIRST_SETTINGS } from '../../src/institutions/institution.ts';
import { forgetKnown } from '../../src/lti/known.service.ts';
import { proposeDeployment } from '../../src/lti/platform.store.ts';
import { addGrant } from '../../src/people/grant.store.ts';
import type { Relation } from '../../src/people/viewer.ts';
import type { CourseStanding } from '../../src/courses/enrolment.service.ts';
import { requestRoster } from '../../src/jobs/requests.ts';
import { setAdvisory } from '../../src/courses/course.service.ts';
import { MANNERS } from '../../src/practice/connect.ts';
import { newVisitor, type Visitor } from '../../src/practice/visitor.ts';
import { findSessionOf } from '../support/sessions.ts';
import type { School } from '../support/startSchool.ts';

export interface Actor {
  name: string;
  visitor: Visitor;
  /** Null: nobody is signed in. */
  facts: null | {
    relation: Relation;
    standing: CourseStanding;
    staff: boolean;
    administrator: boolean;
    testUser: boolean;
    launchedAs: 'student' | 'staff' | 'family' | 'other';
    /** Sees nothing of this institution at all. */
    foreign: boolean;
  };
}

export const STUDENT = 'student01';

const PLAIN = {
  relation: 'none',
  standing: 'none',
  staff: false,
  administrator: false,
  testUser: false,
  launchedAs: 'other',
  foreign: false,
} as const;

const PUPIL = { ...PLAIN, launchedAs: 'student' } as const;
const KIN = { ...PLAIN, launchedAs: 'family' } as const;

/** Brings the school into the shape the matrix speaks of, then signs everybody in. */
export async function makeActors(school: School): Promise<Actor[]> {
  await reshape(school);
  const other = await otherSchool(school);
  const as = (person: string, request: Parameters<School['as']>[1] = {}): Promise<Visitor> =>
    school.as(person, request);
  const actors: Actor[] = [
    { name: 'anonymous', visitor: newVisitor(school.tool), facts: null },
    {
      name: 'student, own',
      visitor: await as(STUDENT),
      facts: { ...PUPIL, relation: 'self', standing: 'student' },
    },
    {
      name: 'student of the same course',
      visitor: await as('student02'),
      facts: { ...PUPIL, standing: 'student' },
    },
    {
      name: 'student of another course',
      visitor: await as('student40', { course: 'history' }),
      facts: PUPIL,
    },
    {
      name: 'advisor, own',
      visitor: await as('advisor1'),
      facts: { ...PLAIN, relation: 'advisor', standing: 'advisor', staff: true, launchedAs: 'staff' },
    },
    {
      name: 'assistant in the advisory course',
      visitor: await as('assistant1'),
      facts: { ...PLAIN, relation: 'advisor', standing: 'advisor', staff: true, launchedAs: 'staff' },
    },
    {
      name: 'advisor of others',
      visitor: await as('teacher2', { course: 'biology' }),
      facts: { ...PLAIN, staff: true, launchedAs: 'staff' },
    },
    {
      name: 'course teacher',
      visitor: await as('teacher1', { course: 'history' }),
      facts: { ...PLAIN, relation: 'teacher', staff: true, launchedAs: 'staff' },
    },
    { name: 'family, linked', visitor: await as('parent1'), facts: { ...KIN, relation: 'family' } },
    { name: 'family of another child', visitor: await as('parent2'), facts: KIN },
    {
      name: 'observer without a child here',
      visitor: await as('parent3', { course: 'history' }),
      facts: KIN,
    },
    { name: 'administrator, own', visitor: await as('admin1'), facts: { ...PLAIN, administrator: true } },
    {
      name: 'administrator of another school',
      visitor: await other(),
      facts: { ...PLAIN, administrator: true, foreign: true },
    },
    { name: 'Student View', visitor: await as('teststudent'), facts: { ...PUPIL, testUser: true } },
  ];
  return [...actors, await exStudent(school)];
}

async function reshape(school: School): Promise<void> {
  for (const manner of MANNERS)
    school.lms.manners[manner].drop(school.lms.manners[manner].course('biology').id, STUDENT);
  const now = school.deps.clock();
  for (const manner of MANNERS) {
    const biology = await school.course('biology', manner);
    await setAdvisory(school.institution, biology, true, 'operator', now);
    await requestRoster({ institution: school.institution, id: biology }, now);
  }
  await school.settle();
}

/** A second school on the same Canvas: its administrator must find nothing of the first. */
async function otherSchool(school: School): Promise<() => Promise<Visitor>> {
  const { lms, deps, tool } = school;
  const now = deps.clock();
  const other = await addInstitution({ name: 'Hillcrest Academy', ...FIRST_SETTINGS, createdAt: now });
  const canvas = lms.manners.canvas;
  const settings = canvas.registerTool({
    loginUrl: `${tool}/lti/login`,
    launchUrls: [`${tool}/lti/launch`],
    jwksUrl: `${tool}/lti/keys`,
    domain: 'hillcrest.example',
  });
  const { issuer, clientId, authorizationEndpoint, tokenEndpoint, jwksUri, accountName } = settings;
  const manual = {
    issuer,
    clientId,
    family: 'canvas',
    name: accountName,
    authorizationEndpoint,
    tokenEndpoint,
    jwksUri,
  };
  const platform = await deps.lti.registration.addManualPlatform(manual, other.id, now);
  await approvePlatform(platform.id, now);
  const deployment = await proposeDeployment(
    { platform: platform.id, deploymentId: settings.deploymentId, institution: other.id, status: 'waiting' },
    now,
  );
  if (deployment.status !== 'approved') await approveDeployment(deployment.id, now, other.id);
  forgetKnown();
  return async () => {
    const first = newVisitor(tool);
    await first.launch(canvas, { person: 'admin1', course: 'advisory', clientId });
    const session = await findSessionOf(first);
    await addGrant({
      institution: other.id,
      person: session.person,
      right: 'administrator',
      by: 'operator',
      at: now,
    });
    const visitor = newVisitor(tool);
    await visitor.launch(canvas, { person: 'admin1', course: 'advisory', clientId });
    return visitor;
  };
}

/** Signed in, then dropped from every roster: the session must be dead after the next sync. */
async function exStudent(school: School): Promise<Actor> {
  const gone = 'student28';
  const visitor = await school.as(gone);
  for (const manner of MANNERS) {
    const lms = school.lms.manners[manner];
    for (const course of lms.courses) lms.drop(course.id, gone);
    for (const key of ['advisory', 'history', 'biology'])
      await requestRoster(
        { institution: school.institution, id: await school.course(key, manner) },
        school.deps.clock(),
      );
  }
  await school.settle();
  return { name: 'student who left', visitor, facts: null };
}
