import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { createDeepLink } from '../../../src/lti/deepLink.ts';
import { createKeys } from '../../../src/lti/keys.service.ts';
import { createSealer, newToken } from '../../../src/shared/crypto.ts';
import { useDatabase } from '../../support/db.ts';
import { aConnection } from '../../support/lmsServer.ts';

useDatabase({ emptyAfterEach: false });

const LMS = 'https://lms.example';
const keys = createKeys(createSealer([Buffer.from(newToken(32), 'base64url').toString('base64')]));
const respond = createDeepLink(keys, false);
const connection = aConnection(LMS);
const settings = { returnUrl: `${LMS}/return?token=1`, data: 'opaque' };
const item = { url: 'https://tool.example/lti/launch', title: 'A task', custom: { task: '1' } };

test('the answer is signed now, for the platform, once, with its data', async () => {
  const { returnUrl, jwt } = await respond(connection, settings, [item], { message: 'Added 1 task' });
  expect(returnUrl).toBe(settings.returnUrl);
  const keySet = createLocalJWKSet(await keys.publicKeySet());
  const { payload } = await jwtVerify(jwt, keySet, {
    audience: LMS,
    issuer: 'client-1',
    algorithms: ['RS256'],
  });
  expect(payload).toMatchObject({
    'https://purl.imsglobal.org/spec/lti/claim/deployment_id': '1',
    'https://purl.imsglobal.org/spec/lti/claim/message_type': 'LtiDeepLinkingResponse',
    'https://purl.imsglobal.org/spec/lti/claim/version': '1.3.0',
    'https://purl.imsglobal.org/spec/lti-dl/claim/data': 'opaque',
    'https://purl.imsglobal.org/spec/lti-dl/claim/msg': 'Added 1 task',
    'https://purl.imsglobal.org/spec/lti-dl/claim/content_items': [{ type: 'ltiResourceLink', ...item }],
  });
  const now = Date.now() / 1_000;
  expect(payload.iat).toBeLessThan(now - 3);
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300);
  const again = await respond(connection, settings, [item]);
  const second = await jwtVerify(again.jwt, keySet);
  expect(second.payload['nonce']).not.toBe(payload['nonce']);
});

test('who cancels sends no items, and data only where there was some', async () => {
  const { jwt } = await respond(connection, { returnUrl: settings.returnUrl }, []);
  const { payload } = await jwtVerify(jwt, createLocalJWKSet(await keys.publicKeySet()));
  expect(payload['https://purl.imsglobal.org/spec/lti-dl/claim/content_items']).toEqual([]);
  expect(payload).not.toHaveProperty('https://purl.imsglobal.org/spec/lti-dl/claim/data');
});

test.each([
  'https://evil.example/return',
  'http://lms.example/return',
  'https://lms.example@evil.example/',
  'https://user:word@lms.example/return',
  'https://lms.example:444/return',
  'javascript:alert(1)',
  'data:text/html,x',
  '//lms.example/return',
  '"><script>',
  '',
])('nothing is signed for the return address %s', async (returnUrl) => {
  await expect(respond(connection, { returnUrl }, [item])).rejects.toMatchObject({
    name: 'Invalid',
    status: 400,
  });
});
