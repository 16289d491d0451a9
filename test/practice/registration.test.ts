import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startPracticeLms } from '../../src/practice/lms.ts';
import type { MannerHandle, PracticeLms } from '../../src/practice/lms.ts';
import { claim, platformConfigurationKey, scope, toolConfigurationKey } from '../../src/practice/uris.ts';
import { pairSource } from '../support/keyPairs.ts';
import { launch } from './fakeTool.ts';

let lms: PracticeLms;
beforeAll(async () => void (lms = await startPracticeLms({ makePair: pairSource() })));
afterAll(() => lms.stop());

const toolUrl = 'http://tool.example/register?invite=abc';

function request(
  changes: Record<string, unknown> = {},
  tool: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    application_type: 'web',
    grant_types: ['client_credentials', 'implicit'],
    response_types: ['id_token'],
    initiate_login_uri: 'http://tool.example/login',
    redirect_uris: ['http://tool.example/launch'],
    client_name: 'Plans',
    jwks_uri: 'http://tool.example/keys',
    token_endpoint_auth_method: 'private_key_jwt',
    scope: `${scope.score} ${scope.roster} https://nobody.example/scope`,
    [toolConfigurationKey]: {
      domain: 'tool.example',
      target_link_uri: 'http://tool.example/launch',
      custom_parameters: { who: '$User.id' },
      claims: ['sub', 'name', 'email'],
      messages: [
        {
          type: 'LtiResourceLinkRequest',
          placements: ['course_navigation'],
          custom_parameters: { where: 'nav' },
        },
        { type: 'LtiDeepLinkingRequest', placements: ['course_assignments_menu'] },
      ],
      ...tool,
    },
    ...changes,
  };
}

interface Opened {
  configuration: Record<string, unknown>;
  token: string;
  configurationStatus: number;
}

async function open(handle: MannerHandle): Promise<Opened> {
  const url = new URL(await handle.registrationUrl(toolUrl));
  expect(url.searchParams.get('invite')).toBe('abc');
  const token = url.searchParams.get('registration_token')!;
  const answer = await fetch(url.searchParams.get('openid_configuration')!, {
    headers: { authorization: `Bearer ${token}` },
  });
  return {
    token,
    configuration: (await answer.json()) as Record<string, unknown>,
    configurationStatus: answer.status,
  };
}

async function send(opened: Opened, body: unknown, token = opened.token) {
  const answer = await fetch(opened.configuration.registration_endpoint as string, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('Canvas', () => {
  const handle = () => lms.manners.canvas;

  test('publishes a configuration with account name and placements, for the token only', async () => {
    const { configuration, configurationStatus } = await open(handle());
    expect(configurationStatus).toBe(200);
    expect(configuration.issuer).toBe(handle().issuer);
    expect(configuration[platformConfigurationKey]).toMatchObject({
      product_family_code: 'canvas',
      'https://canvas.instructure.com/lti/account_name': 'Riverbend High School',
    });
    expect((await fetch(`${handle().issuer}/api/lti/security/openid-configuration`)).status).toBe(401);
  });

  test('registers, answers client_id and deployment_id, and the tool can be launched', async () => {
    const opened = await open(handle());
    const { status, body } = await send(opened, request());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      client_id: expect.stringMatching(/^\d{18}$/),
      deployment_id: expect.stringMatching(/^\d+:[0-9a-f]{40}$/),
    });
    expect(String(body.scope).split(' ').sort()).toEqual([scope.roster, scope.score].sort());
    const claims = await launch(handle(), { person: 'student01', course: 'advisory' });
    expect(claims[claim.custom]).toEqual({ who: handle().person('student01').sub, where: 'nav' });
    expect((await send(opened, request())).status).toBe(401);
  });

  test('refuses a made-up token with 401 and a faulty request with 422', async () => {
    const opened = await open(handle());
    expect((await send(opened, request(), 'made-up')).status).toBe(401);
    const missing = await send(opened, request({ jwks_uri: undefined }));
    expect([missing.status, missing.body.errors]).toEqual([
      422,
      [{ message: expect.stringContaining('jwks_uri') }],
    ]);
    expect((await send(opened, request({ redirect_uris: ['http://evil.example/launch'] }))).status).toBe(422);
    expect((await send(opened, request())).status).toBe(200);
  });

  test('derives the privacy level from the claims; anonymous launches carry no names', async () => {
    const opened = await open(handle());
    await send(opened, request({}, { claims: ['sub'] }));
    const claims = await launch(handle(), { person: 'student01', course: 'advisory' });
    expect(claims.name).toBeUndefined();
    expect(claims.email).toBeUndefined();
    expect(claims[claim.lis]).toBeUndefined();
  });
});

describe('Moodle', () => {
  const handle = () => lms.manners.moodle;
  let opened: Opened;
  beforeEach(async () => void (opened = await open(handle())));

  test('keeps a new tool pending until the administrator activates it', async () => {
    const { status, body } = await send(opened, request());
    expect(status).toBe(200);
    expect(body.client_id).toMatch(/^[A-Za-z0-9]{15}$/);
    expect(body[toolConfigurationKey]).toMatchObject({ deployment_id: '1', version: '1.3.0' });
    const tool = handle().tools()[0]!;
    expect(tool.status).toBe('pending');
    await expect(launch(handle(), { person: 'student01', course: 'advisory' })).rejects.toThrow(
      'No active tool',
    );
    handle().activate(tool.clientId);
    const claims = await launch(handle(), { person: 'student01', course: 'advisory' });
    expect(claims[claim.custom]).toMatchObject({ who: handle().person('student01').userId });
    expect(handle().links('advisory')).toHaveLength(1);
  });

  test('updates a tool of a known host: the same client again, still active', async () => {
    const { body } = await send(opened, request({ client_name: 'Plans, newer' }));
    expect(handle().tools()).toHaveLength(1);
    expect(handle().tools()[0]).toMatchObject({
      clientId: body.client_id,
      name: 'Plans, newer',
      status: 'active',
    });
    expect(handle().links('advisory')).toHaveLength(1);
  });

  test('refuses a faulty request with 400', async () => {
    expect((await send(opened, request({ response_types: ['code'] }))).status).toBe(400);
    expect((await send(opened, request(), 'made-up')).status).toBe(401);
  });
});

test('Schoology has no dynamic registration', async () => {
  await expect(lms.manners.schoology.registrationUrl(toolUrl)).rejects.toThrow('no dynamic registration');
});
