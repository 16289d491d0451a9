/** The wire against the practice LMS, which refuses what the real ones refuse, in all three manners. */
import { decodeJwt, type JWTPayload } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnv } from '../../../config/env.ts';
import { institutionFor } from '../../../src/institutions/institution.service.ts';
import { approvePlatform } from '../../../src/lti/platform.service.ts';
import { listDeployments } from '../../../src/lti/platform.store.ts';
import type { Connection, Platform } from '../../../src/lti/platform.ts';
import type { RegistrationForm } from '../../../src/lti/registration.service.ts';
import type { Member } from '../../../src/lti/roster.ts';
import type { Score } from '../../../src/lti/score.ts';
import { createLtiServices, type LtiServices } from '../../../src/lti/services.ts';
import { newToken } from '../../../src/shared/crypto.ts';
import { createLog } from '../../../src/shared/log.ts';
import {
  startPracticeLms,
  type Manner,
  type MannerHandle,
  type PracticeLms,
} from '../../../src/practice/lms.ts';
import { useDatabase } from '../../support/db.ts';
import { pairSource } from '../../support/keyPairs.ts';
import { json, serve } from '../../support/lmsServer.ts';

useDatabase();

let lms: PracticeLms;
beforeAll(async () => {
  lms = await startPracticeLms({ makePair: pairSource() });
});
afterAll(() => lms.stop());

const now = (): Date => new Date();

/** A tool whose key set the LMS can fetch. */
async function aTool(): Promise<{ lti: LtiServices; url: string }> {
  const { origin } = await serve((_, response) => {
    void lti.keys.publicKeySet().then((set) => json(response, set));
  });
  const env = readEnv({
    NODE_ENV: 'test',
    PUBLIC_URL: origin,
    MONGODB_URI: 'mongodb://unused.example/x',
    WAYMARK_SECRET: Buffer.from(newToken(32), 'base64url').toString('base64'),
    WAYMARK_ALLOW_INSECURE: '1',
  });
  const lti = createLtiServices({ env, log: createLog('silent') });
  return { lti, url: origin };
}

async function registered(manner: Manner, lti: LtiServices, url: string): Promise<Platform> {
  const institution = await institutionFor('Riverbend', now());
  if (manner === 'schoology') {
    const settings = lms.manners[manner].registerTool({
      loginUrl: `${url}/lti/login`,
      launchUrls: [`${url}/lti/launch`],
      jwksUrl: `${url}/lti/keys`,
    });
    const { accountName: name, ...rest } = settings;
    return lti.registration.addManualPlatform({ ...rest, name, family: manner }, institution.id, now());
  }
  const invite = await lti.registration.invite(institution.id, now());
  const opened = new URL(await lms.manners[manner].registrationUrl(invite.url));
  const form = Object.fromEntries(opened.searchParams) as RegistrationForm;
  expect((await lti.registration.showRegistration(form, now())).host).toBe(new URL(lms.url).host);
  const { platform, outcome } = await lti.registration.completeRegistration(form, now());
  expect(outcome).toBe('new');
  lms.manners[manner].activate(platform.clientId);
  return platform;
}

async function connected(manner: Manner, lti: LtiServices, url: string): Promise<Connection> {
  const stored = await registered(manner, lti, url);
  expect(stored).toMatchObject({ family: manner, status: 'inactive', issuer: lms.manners[manner].issuer });
  const { platform, deployments } = await approvePlatform(stored.id, now());
  expect(deployments).toHaveLength(1);
  const { deploymentId } = deployments[0] as { deploymentId: string };
  return { institution: platform.invitedBy, platform, deploymentId };
}

/** The claims of a launch, without a browser. */
async function launchClaims(
  handle: MannerHandle,
  { platform }: Connection,
  request: { person: string; course: string; message?: 'deep' },
  url: string,
): Promise<JWTPayload> {
  const form = await handle.launchForm({ ...request, clientId: platform.clientId })({
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.clientId,
    redirect_uri: `${url}/lti/launch`,
    login_hint: 'x',
    lti_message_hint: 'y',
    state: newToken(),
    nonce: newToken(),
  });
  return decodeJwt(form.fields.id_token);
}

const claimOf = <T>(claims: JWTPayload, name: string): T =>
  claims[`https://purl.imsglobal.org/spec/${name}`] as T;

function peopleOf(handle: MannerHandle) {
  const course = handle.courses[0];
  if (!course) throw new Error('The sample school has no course.');
  const withRole = (role: string) => {
    const found = [...course.members].find(([, member]) => member.role === role)?.[0];
    return handle.person(found ?? '');
  };
  return { course, teacher: withRole('teacher'), student: withRole('student') };
}

test.each(['canvas', 'schoology', 'moodle'] as const)(
  '%s: registration, roster, line item, score, result and deep link',
  async (manner) => {
    const { lti, url } = await aTool();
    const handle = lms.manners[manner];
    const connection = await connected(manner, lti, url);
    const { course, teacher, student } = peopleOf(handle);

    const claims = await launchClaims(handle, connection, { person: teacher.key, course: course.key }, url);
    const ags = claimOf<{ scope: string[]; lineitems: string }>(claims, 'lti-ags/claim/endpoint');
    const nrps = claimOf<{ context_memberships_url: string }>(claims, 'lti-nrps/claim/namesroleservice');

    const members: Member[] = [];
    for await (const page of lti.rosterPages(connection, nrps.context_memberships_url)) {
      expect(page.contextId).toBe(course.contextId);
      members.push(...page.members);
    }
    expect(new Set(members.map(({ sub }) => sub)).size).toBe(members.length);
    expect(members.find(({ sub }) => sub === student.sub)).toMatchObject({
      given: student.given,
      sisId: student.sisId,
      status: 'Active',
    });

    const wanted = { resourceId: 'ilp:plan', tag: 'ilp-plan' };
    const { grades } = lti;
    expect(await grades.findLineItem(connection, ags.lineitems, wanted, ags.scope)).toBeNull();
    const item = { ...wanted, label: 'Learning plan', scoreMaximum: 100 };
    const made = await grades.createLineItem(connection, ags.lineitems, item, ags.scope);
    const found = await grades.findLineItem(connection, ags.lineitems, wanted, ags.scope);
    expect(found?.id).toBe(made.id);
    const renamed = await grades.updateLineItem(connection, made.id, { label: 'ILP' }, ags.scope);
    expect(renamed).toMatchObject({ label: 'ILP', resourceId: 'ilp:plan', tag: 'ilp-plan' });
    for (const assignment of handle.assignments(course.id)) handle.publish(assignment.id);

    const score: Score = {
      userId: student.sub,
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      scoreGiven: 40,
      scoreMaximum: 100,
      comment: '2 of 5 parts are done.',
      timestamp: new Date(Date.now() - 5_000),
      firstPost: true,
      newAttempt: false,
    };
    expect(await grades.postScore(connection, made.id, score, ags.scope)).toBe('sent');
    const pending: Score = {
      ...score,
      gradingProgress: 'PendingManual',
      timestamp: new Date(Date.now() - 3_000),
    };
    await grades.postScore(connection, made.id, pending, ags.scope);
    expect(await grades.readResult(connection, made.id, student.sub, ags.scope)).toMatchObject({
      score: 40,
      maximum: 100,
    });
    const regrade: Score = { ...score, scoreGiven: 80, firstPost: false, timestamp: new Date() };
    expect(await grades.postScore(connection, made.id, regrade, ags.scope)).toBe('sent');
    expect(handle.gradebook(course.id).find((row) => row.person === student.key)?.score).toBe(80);

    const toTeacher = { ...regrade, userId: teacher.sub, timestamp: new Date() };
    await expect(grades.postScore(connection, made.id, toTeacher, ags.scope)).rejects.toMatchObject({
      reason: 'not-in-course',
      retry: false,
    });

    const request = { person: teacher.key, course: course.key, message: 'deep' as const };
    const deep = await launchClaims(handle, connection, request, url);
    const settings = claimOf<{ deep_link_return_url: string; data?: string }>(
      deep,
      'lti-dl/claim/deep_linking_settings',
    );
    const answer = await lti.deepLinkResponse(
      connection,
      { returnUrl: settings.deep_link_return_url, data: settings.data },
      [
        {
          url: `${url}/lti/launch`,
          title: 'Visit a campus',
          custom: { task: 'visit' },
          lineItem: { label: 'Visit a campus', scoreMaximum: 1, resourceId: 'ilp:visit', tag: 'ilp-task' },
          dueAt: new Date('2026-12-01T12:00:00Z'),
        },
      ],
    );
    const posted = await fetch(answer.returnUrl, {
      method: 'POST',
      body: new URLSearchParams({ JWT: answer.jwt }),
      headers: { cookie: handle.signIn(teacher.key) },
      redirect: 'manual',
    });
    expect(posted.status).toBeLessThan(400);
    expect(handle.assignments(course.id).map(({ title }) => title)).toContain('Visit a campus');
  },
);

test('an LMS that registers again with another invite stays the same platform, and waits again', async () => {
  const { lti, url } = await aTool();
  const first = await connected('moodle', lti, url);
  const invite = await lti.registration.invite(first.institution, now());
  const opened = new URL(await lms.manners.moodle.registrationUrl(invite.url));
  const form = Object.fromEntries(opened.searchParams) as RegistrationForm;
  const { platform, outcome } = await lti.registration.completeRegistration(form, now());
  expect(outcome).toBe('updated');
  expect(platform).toMatchObject({ id: first.platform.id, status: 'inactive' });
  expect(await listDeployments()).toHaveLength(1);
});

test('rate limits, cut answers and outages of the practice LMS end in a reason', async () => {
  const { lti, url } = await aTool();
  const handle = lms.manners.canvas;
  const connection = await connected('canvas', lti, url);
  const { course, teacher, student } = peopleOf(handle);
  const claims = await launchClaims(handle, connection, { person: teacher.key, course: course.key }, url);
  const ags = claimOf<{ scope: string[]; lineitems: string }>(claims, 'lti-ags/claim/endpoint');
  const item = { label: 'Plan', scoreMaximum: 10, resourceId: `ilp:${newToken(4)}`, tag: 't' };
  const made = await lti.grades.createLineItem(connection, ags.lineitems, item, ags.scope);
  const score: Score = {
    userId: student.sub,
    activityProgress: 'Completed',
    gradingProgress: 'FullyGraded',
    scoreGiven: 10,
    scoreMaximum: 10,
    timestamp: now(),
    firstPost: false,
    newAttempt: false,
  };
  const post = () => lti.grades.postScore(connection, made.id, score, ags.scope);
  handle.failNext({ status: 429, retryAfter: 3, path: '/scores' });
  await expect(post()).rejects.toMatchObject({ reason: 'throttled', retryAfterMs: 3_000 });
  handle.failNext({ status: 503, path: '/scores' });
  await expect(post()).rejects.toMatchObject({ reason: 'server-error', retry: true });
  handle.failNext({ cut: 'before', path: '/scores' });
  await expect(post()).rejects.toMatchObject({ reason: 'unreachable', retry: true });
  handle.failNext({ status: 401, path: '/scores' });
  expect(await post()).toBe('sent');
});
