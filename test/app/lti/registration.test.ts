import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { approveDeployment, approvePlatform, deploymentOf } from '../../../src/lti/platform.service.ts';
import { findPlatform, listDeployments, listPlatforms } from '../../../src/lti/platform.store.ts';
import { createRegistration, type RegistrationForm } from '../../../src/lti/registration.service.ts';
import { createLog } from '../../../src/shared/log.ts';
import { newId } from '../../../src/shared/model.ts';
import { useDatabase } from '../../support/db.ts';
import { json, serve, type OneServer } from '../../support/lmsServer.ts';

useDatabase();

const PUBLIC = 'https://plan.example';
const settings = { publicUrl: PUBLIC, log: createLog('silent') };
const open = createRegistration({ ...settings, allowInsecure: true });
const strict = createRegistration({ ...settings, allowInsecure: false });
const now = new Date('2026-09-01T12:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * 24 * 60 * 60_000);

interface Answers {
  configuration?: (origin: string) => object;
  registration?: object;
  status?: number;
}

/** A platform that describes itself and registers tools, as told. */
function anLms(answers: Answers = {}): Promise<OneServer> {
  return serve((seen, response) => {
    const origin = `http://${seen.headers.host}`;
    if (seen.url.startsWith('/openid')) json(response, configurationOf(origin, answers));
    else if (seen.url === '/register')
      json(response, answers.registration ?? { client_id: 'c-1' }, { status: answers.status ?? 200 });
    else json(response, {}, { status: 404 });
  });
}

function configurationOf(origin: string, { configuration }: Answers): object {
  const usual = {
    issuer: origin,
    authorization_endpoint: `${origin}/auth`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    registration_endpoint: `${origin}/register`,
    'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: 'moodle' },
  };
  return { ...usual, ...configuration?.(origin) };
}

async function anInvite(institution = newId(), registration = open): Promise<string> {
  const { url } = await registration.invite(institution, now);
  return new URL(url).searchParams.get('invite') as string;
}

async function formFor(lms: OneServer, invite?: string): Promise<RegistrationForm> {
  return {
    invite: invite ?? (await anInvite()),
    openid_configuration: `${lms.origin}/openid`,
    registration_token: 'one-time',
  };
}

describe('the invite', () => {
  test('is a link of which only the hash is stored', async () => {
    const { url, expiresAt } = await open.invite(newId(), now);
    expect(url).toMatch(/^https:\/\/plan\.example\/lti\/register\?invite=[\w-]{43}$/);
    expect(expiresAt).toEqual(later(7));
    const stored = await mongoose.connection.collection('invites').find({}).toArray();
    expect(JSON.stringify(stored)).not.toContain(new URL(url).searchParams.get('invite'));
  });

  test('looking at it, once or often, neither spends it nor asks the LMS anything', async () => {
    const lms = await anLms();
    const form = await formFor(lms);
    for (let time = 0; time < 5; time += 1) {
      const ask = await open.showRegistration(form, now);
      expect(ask.host).toBe(new URL(lms.origin).host);
      expect(Object.fromEntries(ask.fields.map(({ name, value }) => [name, value]))).toEqual(form);
    }
    expect(lms.seen).toHaveLength(0);
    expect((await open.completeRegistration(form, now)).outcome).toBe('new');
  });

  test('opened by a person it says where to paste itself', async () => {
    const invite = await anInvite();
    expect(await open.showRegistration({ invite }, now)).toMatchObject({
      host: null,
      link: `${PUBLIC}/lti/register?invite=${invite}`,
    });
  });

  test.each([
    ['made up', () => Promise.resolve('x'.repeat(43)), now],
    ['expired', () => anInvite(), later(8)],
  ])('one that is %s reaches nobody', async (_name, invite, at) => {
    const lms = await anLms();
    const form = await formFor(lms, await invite());
    await expect(open.showRegistration(form, at)).rejects.toMatchObject({ status: 403 });
    await expect(open.completeRegistration(form, at)).rejects.toMatchObject({ status: 403 });
    expect(lms.seen).toHaveLength(0);
  });

  test('of twenty that use it at once one registers', async () => {
    const lms = await anLms();
    const form = await formFor(lms);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => open.completeRegistration(form, now)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(lms.seen).toHaveLength(2);
    expect(await listPlatforms()).toHaveLength(1);
  });

  test('is given back when the LMS fails, five times', async () => {
    const lms = await anLms({ status: 500 });
    const form = await formFor(lms);
    for (let time = 0; time < 5; time += 1)
      await expect(open.completeRegistration(form, now)).rejects.toMatchObject({ reason: 'server-error' });
    await expect(open.completeRegistration(form, now)).rejects.toMatchObject({ status: 403 });
    expect(await listPlatforms()).toEqual([]);
  });
});

describe('the platform', () => {
  test('is stored inactive, with a waiting deployment of the school that invited it', async () => {
    const lms = await anLms({
      registration: {
        client_id: 170000000000412,
        'https://purl.imsglobal.org/spec/lti-tool-configuration': { deployment_id: '1' },
      },
    });
    const institution = newId();
    const { platform } = await open.completeRegistration(
      await formFor(lms, await anInvite(institution)),
      now,
    );
    expect(platform).toMatchObject({
      issuer: lms.origin,
      clientId: '170000000000412',
      family: 'moodle',
      status: 'inactive',
      invitedBy: institution,
      origins: [lms.origin],
    });
    expect(await listDeployments()).toMatchObject([{ deploymentId: '1', institution, status: 'waiting' }]);
    const [configuration, registration] = lms.seen;
    expect(configuration?.headers.authorization).toBe('Bearer one-time');
    expect(registration).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer one-time', 'content-type': 'application/json' },
    });
    const events = await mongoose.connection.collection('auditEvents').find({}).toArray();
    expect(events).toMatchObject([{ institution, action: 'platform.registered', object: platform.id }]);
  });

  test('approval lets in the deployment it named; one met at a launch waits for its own', async () => {
    const lms = await anLms({ registration: { client_id: 'c', deployment_id: 'd1' } });
    const { platform } = await open.completeRegistration(await formFor(lms), now);
    const met = await deploymentOf(platform, 'd2', now);
    expect(met).toMatchObject({ institution: null, status: 'waiting' });
    const approved = await approvePlatform(platform.id, now);
    expect(approved.deployments.map(({ deploymentId }) => deploymentId)).toEqual(['d1']);
    expect((await findPlatform(platform.id))?.status).toBe('active');
    const second = await approveDeployment(met.id, now);
    expect(second).toMatchObject({ deploymentId: 'd2', institution: platform.invitedBy, status: 'approved' });
    await expect(approvePlatform(newId(), now)).rejects.toMatchObject({ status: 404 });
  });

  test('another school cannot take over a client that is registered', async () => {
    const lms = await anLms();
    const first = await open.completeRegistration(await formFor(lms), now);
    await approvePlatform(first.platform.id, now);
    await expect(open.completeRegistration(await formFor(lms), now)).rejects.toMatchObject({ status: 409 });
    expect(await findPlatform(first.platform.id)).toMatchObject({ status: 'active' });
  });

  test.each<[string, Answers['configuration'] & {}]>([
    ['a foreign issuer', () => ({ issuer: 'https://canvas.instructure.com' })],
    ['an issuer that only looks alike', (o) => ({ issuer: o.replace('127', 'x127') })],
    ['no issuer', () => ({ issuer: undefined })],
    ['no token endpoint', () => ({ token_endpoint: undefined })],
    ['a script as endpoint', () => ({ authorization_endpoint: 'javascript:alert(1)' })],
    ['credentials in an endpoint', () => ({ jwks_uri: 'https://a:b@lms.example/jwks' })],
    ['other signatures only', () => ({ id_token_signing_alg_values_supported: ['HS256'] })],
    ['secrets only', () => ({ token_endpoint_auth_methods_supported: ['client_secret_post'] })],
    ['codes only', () => ({ response_types_supported: ['code'] })],
  ])('%s in the configuration is refused before anything is sent', async (_name, configuration) => {
    const lms = await anLms({ configuration });
    await expect(open.completeRegistration(await formFor(lms), now)).rejects.toMatchObject({ status: 400 });
    expect(lms.seen).toHaveLength(1);
    expect(await listPlatforms()).toEqual([]);
  });

  test.each([
    'http://lms.example/openid',
    'ftp://lms.example/openid',
    'https://a:b@lms.example/openid',
    'https://lms.example/openid#x',
    'nonsense',
  ])('the address %s is refused, and the invite lives on', async (address) => {
    const invite = await anInvite();
    const form = { invite, openid_configuration: address };
    await expect(strict.showRegistration(form, now)).rejects.toMatchObject({ status: 400 });
    await expect(strict.completeRegistration(form, now)).rejects.toMatchObject({ status: 400 });
    expect((await strict.showRegistration({ invite }, now)).host).toBeNull();
  });

  test.each([
    'https://127.0.0.1/openid',
    'https://10.1.2.3/x',
    'https://localhost/x',
    'https://169.254.169.254/x',
  ])('no request leaves for %s', async (address) => {
    const form = { invite: await anInvite(), openid_configuration: address };
    await expect(strict.completeRegistration(form, now)).rejects.toMatchObject({ reason: 'blocked-origin' });
  });

  test('redirects of the configuration are not followed', async () => {
    const secret = await serve((_, response) => json(response, {}));
    const lms = await serve((_, response) => response.writeHead(302, { location: secret.origin }).end());
    await expect(open.completeRegistration(await formFor(lms), now)).rejects.toMatchObject({
      reason: 'redirected',
    });
    expect(secret.seen).toHaveLength(0);
  });

  test('of a stale registration token nothing is stored', async () => {
    const lms = await anLms({ status: 401 });
    await expect(open.completeRegistration(await formFor(lms), now)).rejects.toMatchObject({
      reason: 'unauthorized',
    });
    expect(await listPlatforms()).toEqual([]);
  });
});

describe('a platform entered by hand', () => {
  const schoology = {
    issuer: 'https://schoology.schoology.com',
    clientId: '7204419856',
    family: 'schoology',
    authorizationEndpoint: 'https://lti-service.svc.schoology.com/lti-service/authorize-redirect',
    tokenEndpoint: 'https://lti-service.svc.schoology.com/lti-service/access-token',
    jwksUri: 'https://lti-service.svc.schoology.com/lti-service/.well-known/jwks',
    deploymentId: '7204419856-6613907724',
  };

  test('is stored inactive like any other', async () => {
    const platform = await strict.addManualPlatform(schoology, newId(), now);
    expect(platform).toMatchObject({
      status: 'inactive',
      name: 'schoology.schoology.com',
      tokenAudience: schoology.tokenEndpoint,
    });
    expect(await listDeployments()).toMatchObject([
      { status: 'waiting', deploymentId: schoology.deploymentId },
    ]);
  });

  test.each([
    ['a missing field', { ...schoology, clientId: undefined }, 'clientId'],
    ['an unknown field', { ...schoology, secret: 'x' }, ''],
    ['an address without https', { ...schoology, jwksUri: 'http://lms.example/jwks' }, 'origins'],
    ['no object', 'text', ''],
  ])('%s is named', async (_name, entry, field) => {
    await expect(strict.addManualPlatform(entry, newId(), now)).rejects.toMatchObject({
      status: 422,
      fields: [{ field }],
    });
  });
});
