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
import { isAdministrator, rememberPeople } from '../people/person.service.ts';
import { displayName } from '../people/person.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { openPlan } from '../plans/plan.service.ts';
import type { SessionFields } from './continuation.store.ts';
import { framingAddress } from './doorFrames.ts';
import type { Launch } from './launch.ts';
import type { Deployment, Platform } from './platform.ts';
import { approvedDeployment } from './known.service.ts';
import { originsFor } from './profiles.ts';
import { targetOf } from './target.ts';
import { AnonymousLaunch, WaitingDeployment } from './refusals.ts';

/** Where a launch leads: the session to start, and a clean path without anything secret in it. */
export interface Arrival {
  session: SessionFields;
  target: string;
}

/** @throws WaitingDeployment (403) or AnonymousLaunch (403). */
export async function acceptLaunch(launch: Launch, platform: Platform, now: Date): Promise<Arrival> {
  const deployment = await approvedDeployment(platform, launch.deploymentId, now);
  if (!deployment) throw new WaitingDeployment(platform, launch.deploymentId);
  if (!launch.person) throw new AnonymousLaunch();
  const { institution } = deployment;
  const people = await rememberPeople(institution, platform.id, [launch.person], now, 'launch');
  const person = people.get(launch.person.sub) as string;
  const course = await courseOf(launch, { institution, platform }, now);
  await enrol(launch, { institution, person, platform, course }, now);
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

async function courseOf(
  launch: Launch,
  { institution, platform }: { institution: string; platform: Platform },
  now: Date,
): Promise<Course | null> {
  if (!launch.course) return null;
  const { deploymentId } = launch;
  const course = await rememberCourse(
    { institution, platform: platform.id, deploymentId, ...launch.course },
    now,
  );
  if (course.roster.status === 'never' && course.nrpsUrl) await requestRoster(course, now);
  return course;
}

/** A launch says for certain what this person is here. Student View's test user is enrolled nowhere. */
async function enrol(
  launch: Launch,
  {
    institution,
    person,
    platform,
    course,
  }: { institution: string; person: string; platform: Platform; course: Course | null },
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
