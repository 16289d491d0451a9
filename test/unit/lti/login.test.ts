import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framingAddress } from '../../../src/lti/doorFrames.ts';
import {
  authenticationRequest,
  LOGIN_LIFETIME_MS,
  loginCookieName,
  LoginParams,
  newLogin,
} from '../../../src/lti/login.ts';
import { hashOf } from '../../../src/shared/crypto.ts';
import { aPlatform, TOOL } from '../../support/aLaunch.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const params = { iss: 'https://lms.example', login_hint: 'u 1&x=y', target_link_uri: TOOL };
const login = (more: Partial<LoginParams> = {}) =>
  newLogin(aPlatform(), { params: { ...params, ...more }, startedAt: null }, NOW);

describe('what may begin a login', () => {
  it.each([
    {},
    { client_id: 'c' },
    { client_id: '', lti_message_hint: '', lti_deployment_id: '' },
    { canvas_region: 'x', state: 'y' },
  ])('%j', (more) => {
    expect(LoginParams.safeParse({ ...params, ...more }).success).toBe(true);
  });
  it.each([
    { iss: '' },
    { iss: undefined },
    { iss: ['a', 'b'] },
    { iss: { $ne: 1 } },
    { iss: 'x'.repeat(256) },
    { iss: 'a\u0000' },
    { login_hint: '' },
    { login_hint: ['a'] },
    { login_hint: 'x'.repeat(4_001) },
    { target_link_uri: '' },
    { client_id: ['a', 'b'] },
    { lti_message_hint: '\ud800' },
    { lti_storage_target: ['a', 'b'] },
  ])('not %j', (more) => {
    expect(LoginParams.safeParse({ ...params, ...more }).success).toBe(false);
  });
  it('parameters without a value are none, and unknown ones are dropped', () => {
    const parsed = LoginParams.parse({ ...params, client_id: '', lti_storage_target: '<x>', evil: '1' });
    expect(parsed).toEqual({ ...params, client_id: undefined, lti_storage_target: undefined });
  });
  it('nothing whatever breaks the parser', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom(...Object.keys(LoginParams.shape)), fc.jsonValue()),
        ),
        (value) => {
          expect(typeof LoginParams.safeParse(value).success).toBe('boolean');
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('a login', () => {
  it('has secrets of its own, of which only hashes are stored', () => {
    const [one, two] = [login(), login()];
    const secrets = [one.state, one.nonce, one.browserSecret, two.state, two.nonce, two.browserSecret];
    expect(new Set(secrets).size).toBe(6);
    for (const secret of secrets) expect(JSON.stringify([one.record, two.record])).not.toContain(secret);
    expect(one.record).toMatchObject({
      id: hashOf(one.state),
      nonceHash: hashOf(one.nonce),
      browserHash: hashOf(one.browserSecret),
    });
    expect(one.record.expiresAt.getTime() - NOW.getTime()).toBe(LOGIN_LIFETIME_MS);
  });

  it('is asked for exactly as the specification fixes it', () => {
    const made = login({ lti_message_hint: 'm?&#' });
    const url = new URL(authenticationRequest(aPlatform(), made, `${TOOL}/lti/launch`));
    expect(url.origin + url.pathname).toBe('https://lms.example/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      kept: '1',
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: 'client-1',
      redirect_uri: `${TOOL}/lti/launch`,
      login_hint: 'u 1&x=y',
      lti_message_hint: 'm?&#',
      state: made.state,
      nonce: made.nonce,
    });
    expect(url.href).not.toContain(made.browserSecret);
    expect(authenticationRequest(aPlatform(), login(), TOOL)).not.toContain('lti_message_hint');
  });

  it('has a cookie whose name tells no state', () => {
    const { state } = login();
    expect(loginCookieName(state)).toMatch(/^__Host-wm-login-[\w-]{12}$/);
    expect(state).not.toContain(loginCookieName(state).slice('__Host-wm-login-'.length));
  });
});

describe('an address may frame us', () => {
  it.each([
    'https://learn.school.example/courses/1',
    'https://learn.school.example:8443',
    'https://[2001:db8::1]/',
    'https://xn--schle-kva.example/',
  ])('%s', (address) => {
    expect(framingAddress(address, TOOL)?.origin).toBe(new URL(address).origin);
  });
  it.each([
    'http://learn.school.example/',
    'javascript:x',
    'data:text/html,x',
    'blob:https://a.example/x',
    'https://*',
    'https://*.example',
    'https://a;sandbox',
    'https://a,b',
    "https://'self'",
    'null',
    '',
    null,
    undefined,
  ])('not %s', (address) => {
    expect(framingAddress(address, TOOL)).toBeNull();
  });
  it('http only where we are on http ourselves', () => {
    expect(framingAddress('http://127.0.0.1:4000/x', 'http://localhost:3000')?.origin).toBe(
      'http://127.0.0.1:4000',
    );
  });
  it('nothing it lets through says more than one host to a policy', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string({ unit: 'binary' }).map((text) => `https://${text}`),
        ),
        (address) => {
          expect(framingAddress(address, TOOL)?.origin ?? 'https://none').toMatch(/^https:\/\/[\w.:[\]-]+$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
