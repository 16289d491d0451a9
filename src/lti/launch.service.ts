/**
 * What a proven launch does, in the order it is read: the school of its deployment, the person, the course,
 * their enrolment, then what they came for. It ends in a session and the place to go to.
 */
import { record } from '../audit/audit.service.ts';
import { rememberCourse } from '../courses/course.service.ts';
import { enrolmentOf, rememberEnrolment } from '../courses/enrolment.service.ts';
import { isStaff, type Course, type CourseRole } from '../courses/course.ts';
import { requestRoster } from '../jobs/requests.ts';
import { rememberWards } from '../people/family.service.ts';
import { isAdministrator, rememberPeople, unchangedPerson } from '../people/person.service.ts';
import { displayName, type PersonFacts } from '../people/person.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { openPlan } from '../plans/plan.service.ts';
import type { SessionFields } from './continuation.store.ts';
import { framingAddress } from './doorFrames.ts';
import type { Launch } from './launch.ts';
import { isAsSeen, unchangedCourse } from './launched.ts';
import { findLaunched, type Launched } from './launched.store.ts';
import type { Deployment, Platform } from './platform.ts';
import { approvedDeployment } from './known.service.ts';
import { originsFor, profileOf } from './profiles.ts';
import { targetOf } from './target.ts';
import { AnonymousLaunch, WaitingDeployment } from './refusals.ts';

/** Where a launch leads: the session to start, and a clean path without anything secret in it. */
export interface Arrival {
  session: SessionFields;
  target: string;
}

/** @throws WaitingDeployment (403) or AnonymousLaunch (403). */
export async function acceptLaunch(said: Launch, platform: Platform, now: Date): Promise<Arrival> {
  const deployment = await approvedDeployment(platform, said.deploymentId, now);
  if (!deployment) throw new WaitingDeployment(platform, said.deploymentId);
  if (!said.person) throw new AnonymousLaunch();
  const { institution } = deployment;
  const known = await findLaunched({
    institution,
    platform: platform.id,
    sub: said.person.sub,
    contextId: said.course?.contextId ?? null,
  });
  const isCertain = provesRole(said, platform);
  const launch = isCertain ? said : withListedRole(said, known);
  const person = await personOf(said.person, { institution, platform, known }, now);
  const course = await courseOf(launch, { institution, platform, known }, now);
  if (isCertain) await enrol(launch, { institution, person, platform, course, known }, now);
  const session = await sessionOf(launch, { deployment, platform, person });
  await record({
    institution,
    actor: person,
    action: 'launch.accepted',
    subject: person,
    object: { kind: course ? 'course' : 'platform', id: course?.id ?? platform.id },
    via: launch.masquerader,
    at: now,
  });
  return { session, target: await targetOf(launch, { session, course, platform }, now) };
}

/** Whether a launch tells what somebody is in the course. An LMS that calls its administrators teachers does not. */
function provesRole({ roles }: Launch, { family }: Platform): boolean {
  const { administratorsComeAsTeachers } = profileOf(family);
  return !(administratorsComeAsTeachers && roles.offersAdministrator && isStaff(roles.role));
}

/** Then the roster says whether they teach here; an administrator of the LMS is no advisor by that. */
function withListedRole(launch: Launch, { enrolment }: Launched): Launch {
  const role = enrolment?.active && isStaff(enrolment.role) ? enrolment.role : 'administrator';
  return { ...launch, roles: { ...launch.roles, role } };
}

/** Where a launch comes from, and what is stored of it. */
interface From {
  institution: string;
  platform: Platform;
  known: Launched;
}

async function personOf(
  facts: PersonFacts,
  { institution, platform, known }: From,
  now: Date,
): Promise<string> {
  const unchanged = unchangedPerson(known.account, facts);
  if (unchanged !== null) return unchanged;
  const people = await rememberPeople(institution, platform.id, [facts], now, 'launch');
  return people.get(facts.sub) as string;
}

async function courseOf(
  launch: Launch,
  { institution, platform, known }: From,
  now: Date,
): Promise<Course | null> {
  if (!launch.course) return null;
  const { deploymentId } = launch;
  const facts = { deploymentId, ...launch.course };
  const course =
    unchangedCourse(known.course, facts) ??
    (await rememberCourse({ institution, platform: platform.id, ...facts }, now));
  if (course.roster.status === 'never' && course.nrpsUrl) await requestRoster(course, now);
  return course;
}

/** A launch says for certain what this person is here. Student View's test user is enrolled nowhere. */
async function enrol(
  launch: Launch,
  { institution, person, platform, course, known }: From & { person: string; course: Course | null },
  now: Date,
): Promise<void> {
  const { role, testUser } = launch.roles;
  if (role === 'mentor')
    await rememberWards(
      { institution, platform: platform.id, person, course: course?.id ?? null },
      launch.mentees,
      now,
    );
  if (!course || testUser || !launch.person) return;
  if (!isListed(role) && !(await isMember(institution, course, person))) return;
  const seen = { institution, course: course.id, person, sub: launch.person.sub, role };
  if (isAsSeen(known.enrolment, seen)) return;
  const isNew = await rememberEnrolment(seen, now);
  if (isNew && role === 'student') await openPlan(institution, person, now);
}

/** Roles that stand on a roster. An administrator passing through is no member: the next run would end their session. */
function isListed(role: CourseRole): boolean {
  return role === 'student' || role === 'mentor' || isStaff(role);
}

/** Whoever was listed and now comes without such a role loses what it gave (quality.md A20, B5). */
async function isMember(institution: string, { id }: Course, person: string): Promise<boolean> {
  return (await enrolmentOf(institution, id, person))?.active ?? false;
}

async function sessionOf(
  launch: Launch,
  {
    deployment,
    platform,
    person,
  }: {
    deployment: Deployment & { institution: string };
    platform: Platform;
    person: string;
  },
): Promise<SessionFields> {
  const { institution } = deployment;
  const hosts = hostsOf(launch, platform);
  return {
    institution,
    person,
    platform: platform.id,
    deployment: deployment.id,
    name: launch.person ? displayName(launch.person) : '',
    // A student's launch asks for no such right, and so needs no look-up.
    administrator: launch.roles.role !== 'student' && (await isAdministrator(institution, person)),
    testUser: launch.roles.testUser,
    masquerader: launch.masquerader,
    locale: launch.person?.locale ?? 'en',
    zone: launch.person?.zone ?? (await settingsOf(institution)).zone,
    returnUrl: hosts.returnUrl,
    frameOrigin: hosts.frameOrigin,
    frameAncestors: hosts.ancestors,
    standing: standingOf(launch.roles.role),
  };
}

function standingOf(role: CourseRole): SessionFields['standing'] {
  if (isStaff(role)) return 'staff';
  if (role === 'student') return 'student';
  return role === 'mentor' ? 'family' : 'other';
}

/**
 * The hosts that may frame this person's pages: the registration's, and the school's own host as the signed
 * launch names it (vanity domains, lms.md 1.12). Never `X-Frame-Options`.
 */
function hostsOf(
  launch: Launch,
  platform: Platform,
): { returnUrl: string | null; frameOrigin: string | null; ancestors: string[] } {
  const own = originsFor(platform);
  const trusted = framingAddress(launch.returnUrl, platform.issuer);
  const frameOrigin = trusted?.origin ?? new URL(platform.issuer).origin;
  return { returnUrl: trusted?.href ?? null, frameOrigin, ancestors: [...new Set([...own, frameOrigin])] };
}
