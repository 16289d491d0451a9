/** One course of one manner in a school of its own, as a teacher's first launch leaves it. */
import { listCourses } from '../src/courses/course.service.ts';
import type { Course } from '../src/courses/course.ts';
import { institutionFor } from '../src/institutions/institution.service.ts';
import { acceptLaunch } from '../src/lti/launch.service.ts';
import { toLaunch } from '../src/lti/launch.ts';
import type { LmsFamily } from '../src/lti/platform.ts';
import { approveDeployment, approvePlatform } from '../src/lti/platform.service.ts';
import { proposeDeployment } from '../src/lti/platform.store.ts';
import { idTokenClaims, makeLaunch } from '../src/practice/launch.ts';
import type { Manner } from '../src/practice/lms.ts';
import type { Bench } from './setup.ts';

/** The course of the sample school that everybody takes. */
export const EVERYBODYS = 'history';

/** A course of 28, to get the worker going before it is measured. */
const SMALL = 'advisory';

export interface ConnectedCourse {
  course: Course;
  small: Course;
  manner: Manner;
  clientId: string;
}

/** @param family the manners Waymark expects; `generic` for those of no known LMS */
export async function connectCourse(
  bench: Bench,
  manner: Manner,
  family: LmsFamily,
): Promise<ConnectedCourse> {
  const now = new Date();
  const tool = bench.env['PUBLIC_URL'] as string;
  const lms = bench.lms.manners[manner];
  const settings = lms.registerTool({
    loginUrl: `${tool}/lti/login`,
    launchUrls: [`${tool}/lti/launch`],
    jwksUrl: `${tool}/lti/keys`,
  });
  const { issuer, clientId, deploymentId, authorizationEndpoint, tokenEndpoint, jwksUri } = settings;
  const { id: institution } = await institutionFor(`School of ${manner} ${family}`, now);
  const manual = { issuer, clientId, family, name: manner, authorizationEndpoint, tokenEndpoint, jwksUri };
  const platform = await bench.deps.lti.registration.addManualPlatform(manual, institution, now);
  const waiting = { platform: platform.id, deploymentId, institution, status: 'waiting' } as const;
  const deployment = await proposeDeployment(waiting, now);
  await approvePlatform(platform.id, now);
  await approveDeployment(deployment.id, now, institution);
  const open = async (person: string, key: string): Promise<Course> => {
    const launch = makeLaunch(lms.state, { person, course: key, clientId });
    await acceptLaunch(toLaunch(idTokenClaims(lms.state, launch, 'bench'), platform, tool), platform, now);
    const { title } = lms.course(key);
    const found = (await listCourses(institution)).find((one) => one.title === title);
    if (!found) throw new Error(`The launch into ${key} of ${manner} left no course.`);
    return found;
  };
  return {
    course: await open('teacher1', EVERYBODYS),
    small: await open('advisor1', SMALL),
    manner,
    clientId,
  };
}

/** An access token the LMS gave to this client already, for a baseline that only fetches. */
export function tokenOf(bench: Bench, { manner, clientId }: ConnectedCourse, scope: string): string {
  const grants = [...bench.lms.state[manner].tokens];
  const found = grants.find(([, grant]) => grant.clientId === clientId && grant.scopes.includes(scope));
  if (!found) throw new Error(`The LMS gave no token for ${scope}.`);
  return found[0];
}
