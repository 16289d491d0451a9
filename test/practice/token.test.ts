import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manner } from '../../src/practice/lms.ts';
import { scope } from '../../src/practice/uris.ts';
import { askToken, assertionClaims, now, setStage } from './fakeTool.ts';
import type { Stage } from './fakeTool.ts';

let stage: Stage;
beforeAll(async () => void (stage = await setStage()));
afterAll(() => stage.stop());

const manners: Manner[] = ['canvas', 'schoology', 'moodle'];
const clientStatus = { canvas: 401, schoology: 401, moodle: 400 };
const claimStatus = { canvas: 400, schoology: 401, moodle: 400 };

describe.each(manners)('the token endpoint of %s', (manner) => {
  const handle = () => stage.lms.manners[manner];
  const ask = async (changes: Record<string, unknown> = {}, form: Record<string, string> = {}) =>
    askToken(handle(), await stage.tool.sign(assertionClaims(handle(), changes)), form);

  test('grants the scopes this tool has, and no others', async () => {
    const answer = await ask({}, { scope: `${scope.score} ${scope.roster} https://nobody.example/scope` });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: `${scope.score} ${scope.roster}`,
    });
    const type = manner === 'moodle' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
    expect(answer.headers.get('content-type')).toBe(type);
  });

  test('refuses when no scope is left', async () => {
    const answer = await ask({}, { scope: 'https://nobody.example/scope' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_scope' }),
    ]);
  });

  test('refuses another grant type and a missing assertion', async () => {
    const other = await ask({}, { grant_type: 'password' });
    expect([other.status, ((await other.json()) as { error: string }).error]).toEqual([
      400,
      'unsupported_grant_type',
    ]);
    expect((await askToken(handle(), '')).status).toBe(400);
  });

  test('refuses an unknown client', async () => {
    const answer = await ask({ iss: 'nobody', sub: 'nobody' });
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
      clientStatus[manner],
      'invalid_client',
    ]);
  });

  test('refuses a signature of another key, an unknown kid and another algorithm', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const wrongKey = await stage.tool.sign(assertionClaims(handle()), {}, privateKey);
    expect((await askToken(handle(), wrongKey)).status).toBe(clientStatus[manner]);
    const wrongKid = await stage.tool.sign(assertionClaims(handle()), { kid: 'tool-9' });
    expect((await askToken(handle(), wrongKid)).status).toBe(clientStatus[manner]);
    const none = Buffer.from('{"alg":"none","kid":"tool-1"}').toString('base64url');
    const body = Buffer.from(JSON.stringify(assertionClaims(handle()))).toString('base64url');
    expect((await askToken(handle(), `${none}.${body}.`)).status).toBe(clientStatus[manner]);
  });

  test.each([
    ['another audience', { aud: 'https://elsewhere.example/token' }],
    ['an expired assertion', { exp: now() - 1 }],
    ['no expiry', { exp: undefined }],
    ['an iat as text', { iat: String(now()) }],
    ['an iat far ahead', { iat: now() + 90 }],
    ['no jti', { jti: undefined }],
    ['an issuer that is not the client', { iss: 'somebody' }],
  ])('refuses %s', async (_name, changes) => {
    expect((await ask(changes)).status).toBe(claimStatus[manner]);
  });

  test('a token opens nothing beyond its scopes', async () => {
    const answer = await ask({}, { scope: scope.score });
    const { access_token } = (await answer.json()) as { access_token: string };
    const course = handle().course('advisory');
    const roster = {
      canvas: `/api/lti/courses/${course.id}/names_and_roles`,
      schoology: `/lti-service/tool/${handle().settings().clientId}/services/names-roles/v2p0/membership/${course.id}`,
      moodle: `/mod/lti/services.php/CourseSection/${course.id}/bindings/1/memberships`,
    }[manner];
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await fetch(handle().issuer + roster, { headers })).status).toBe(401);
    expect((await fetch(handle().issuer + roster)).status).toBe(401);
  });
});

test('Canvas takes an assertion of at most five minutes, and each jti once', async () => {
  const handle = stage.lms.manners.canvas;
  const old = await stage.tool.sign(assertionClaims(handle, { iat: now() - 310 }));
  expect((await askToken(handle, old)).status).toBe(400);
  const twice = await stage.tool.sign(assertionClaims(handle));
  const answers = await Promise.all(Array.from({ length: 5 }, () => askToken(handle, twice)));
  expect(answers.map((one) => one.status).sort((a, b) => a - b)).toEqual([200, 400, 400, 400, 400]);
});

test('Moodle refuses an assertion 30 seconds ahead, Canvas 20 seconds does not', async () => {
  const { canvas, moodle } = stage.lms.manners;
  const ahead = (handle: typeof canvas, seconds: number) =>
    stage.tool.sign(assertionClaims(handle, { iat: now() + seconds }));
  expect((await askToken(moodle, await ahead(moodle, 30))).status).toBe(400);
  expect((await askToken(canvas, await ahead(canvas, 20))).status).toBe(200);
});

test('an expired access token is refused', async () => {
  const handle = stage.lms.manners.canvas;
  const { access_token } = (await (
    await askToken(handle, await stage.tool.sign(assertionClaims(handle)))
  ).json()) as {
    access_token: string;
  };
  const found = handle.state.tokens.get(access_token)!;
  handle.state.tokens.set(access_token, { ...found, expiresAt: Date.now() - 1 });
  const url = `${handle.issuer}/api/lti/courses/48120/names_and_roles`;
  expect((await fetch(url, { headers: { authorization: `Bearer ${access_token}` } })).status).toBe(401);
});

test('faults hit the next calls that fit, then leave; the log knows them', async () => {
  const handle = stage.lms.manners.schoology;
  handle.failNext({ status: 503, retryAfter: 7, times: 2, path: 'access-token' });
  const assertion = await stage.tool.sign(assertionClaims(handle));
  const answers = [
    await askToken(handle, assertion),
    await askToken(handle, assertion),
    await askToken(handle, assertion),
  ];
  expect(answers.map((one) => one.status)).toEqual([503, 503, 200]);
  expect(answers[0]!.headers.get('retry-after')).toBe('7');
  expect(handle.requests.slice(-3).map((one) => [one.method, one.status])).toEqual([
    ['POST', 503],
    ['POST', 503],
    ['POST', 200],
  ]);
  handle.failNext({ cut: 'before', path: 'jwks' });
  await expect(fetch(handle.settings().jwksUri)).rejects.toThrow('fetch failed');
  expect((await fetch(handle.settings().jwksUri)).status).toBe(200);
});
