/**
 * Connects Waymark to the practice LMS the way a school does it: an invite for each LMS, dynamic registration
 * where that LMS has it (Canvas, Moodle), copied settings where not (Schoology), a person's approval, then the
 * first launches, which bring the rosters.
 */
import type { AppDeps } from '../deps.ts';
import type { Worker } from '../jobs/worker.ts';
import { changeSettings, institutionFor } from '../institutions/institution.service.ts';
import { listCourses, setAdvisory, setPlanGrade } from '../courses/course.service.ts';
import { forgetKnown } from '../lti/known.service.ts';
import { approveDeployment, approvePlatform } from '../lti/platform.service.ts';
import { listDeployments, listPlatforms, proposeDeployment } from '../lti/platform.store.ts';
import { addGrant } from '../people/grant.store.ts';
import { findPeopleBySisId } from '../people/person.store.ts';
import type { Manner, PracticeLms, MannerHandle } from './lms.ts';
import type { PlatformSettings } from './tools.ts';
import { newVisitor } from './visitor.ts';

export const MANNERS: readonly Manner[] = ['canvas', 'schoology', 'moodle'];

/** The advisory course is told by its key in the sample school. */
const ADVISORY = 'advisory';

/** @returns the institution that all manners belong to. @throws the signal's reason, between two steps */
export async function connectSchool(
  lms: PracticeLms,
  deps: AppDeps,
  worker: Worker | null,
  signal = new AbortController().signal,
): Promise<string> {
  const now = deps.clock();
  const { id: institution } = await institutionFor('Riverbend High School', now);
  const operator = { institution, person: 'operator', via: null };
  await changeSettings(operator, { zone: lms.state.canvas.school.timezone }, now);
  for (const manner of MANNERS) {
    await connect(lms.manners[manner], institution, deps);
    signal.throwIfAborted();
  }
  await approveAll(institution, now);
  for (const manner of MANNERS) await firstLaunches(lms.manners[manner], deps, signal);
  await worker?.idle();
  signal.throwIfAborted();
  for (const { id, title } of await listCourses(institution))
    if (title.startsWith('Advisory')) {
      await setAdvisory(institution, id, true, 'operator', now);
      await setPlanGrade(institution, id, true, 'operator', now);
    }
  await grantAdministrator(lms, institution, deps);
  return institution;
}

async function connect(lms: MannerHandle, institution: string, deps: AppDeps): Promise<void> {
  if (lms.manner === 'schoology') return connectByHand(lms, institution, deps);
  const { url } = await deps.lti.registration.invite(institution, deps.clock());
  const opened = await lms.registrationUrl(url);
  const form = new URLSearchParams(new URL(opened).searchParams);
  const origin = new URL(deps.env.PUBLIC_URL).origin;
  const answer = await fetch(`${deps.env.PUBLIC_URL}/lti/register`, {
    method: 'POST',
    body: form,
    headers: { origin },
  });
  if (!answer.ok)
    throw new Error(`The registration in the ${lms.manner} manner was refused (${answer.status}).`);
  const client = lms.tools().at(-1)?.clientId;
  if (client) lms.activate(client);
}

/** What README.md tells a Schoology administrator to paste: without the SIS id people of several LMSs stay apart. */
const CUSTOM_PARAMETERS = {
  sgy_user_uid: '$com.schoology.User.uniqueId',
  user_timezone: '$com.schoology.User.timezone',
};

async function connectByHand(lms: MannerHandle, institution: string, deps: AppDeps): Promise<void> {
  const { PUBLIC_URL: url } = deps.env;
  const settings = lms.registerTool({
    loginUrl: `${url}/lti/login`,
    launchUrls: [`${url}/lti/launch`],
    jwksUrl: `${url}/lti/keys`,
    customParameters: CUSTOM_PARAMETERS,
  });
  const { id } = await deps.lti.registration.addManualPlatform(
    manualOf(settings, lms.manner),
    institution,
    deps.clock(),
  );
  await proposeDeployment(
    { platform: id, deploymentId: settings.deploymentId, institution, status: 'waiting' },
    deps.clock(),
  );
}

function manualOf(settings: PlatformSettings, family: Manner) {
  const { issuer, clientId, authorizationEndpoint, tokenEndpoint, jwksUri, accountName } = settings;
  return { issuer, clientId, family, name: accountName, authorizationEndpoint, tokenEndpoint, jwksUri };
}

async function approveAll(institution: string, now: Date): Promise<void> {
  for (const { id } of await listPlatforms()) await approvePlatform(id, now);
  for (const { id, status } of await listDeployments())
    if (status === 'waiting') await approveDeployment(id, now, institution);
  forgetKnown();
}

/** A teacher opens the tool once in each course: from then on Waymark knows the course and reads its roster. */
async function firstLaunches(lms: MannerHandle, deps: AppDeps, signal: AbortSignal): Promise<void> {
  for (const course of lms.courses) {
    signal.throwIfAborted();
    const person = course.key === ADVISORY ? 'advisor1' : course.key === 'history' ? 'teacher1' : 'teacher2';
    const page = await newVisitor(deps.env.PUBLIC_URL).launch(lms, { person, course: course.id });
    if (page.path.startsWith('/lti/'))
      throw new Error(`The first launch in the ${lms.manner} manner ended in ${page.status}.`);
  }
}

/** The LMS's administrator opens the tool once; the operator then gives that person the right (`grants add`). */
async function grantAdministrator(lms: PracticeLms, institution: string, deps: AppDeps): Promise<void> {
  const { canvas } = lms.manners;
  await newVisitor(deps.env.PUBLIC_URL).launch(canvas, { person: 'admin1', placement: 'account_navigation' });
  const { sisId } = canvas.person('admin1');
  const [person] = sisId ? await findPeopleBySisId(institution, [sisId]) : [];
  if (!person) throw new Error('The administrator of the sample school could not launch.');
  await addGrant({
    institution,
    person: person.id,
    right: 'administrator',
    by: 'operator',
    at: deps.clock(),
  });
}
