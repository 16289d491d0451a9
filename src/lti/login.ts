/**
 * OIDC third-party initiated login (LTI Security Framework 1.0, 5.1.1): what an LMS may send, and the
 * authorization request we answer with.
 */
import { z } from 'zod';
import { hashOf, newToken } from '../shared/crypto.ts';
import type { Platform } from './platform.ts';

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'));
const Short = text(255);
const Hint = text(4_000);

/** Some LMSs send parameters they have no value for. */
const orEmpty = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

/** A frame's name; what cannot be one is left out, since it is only a help (Client-side postMessages 1.0). */
const StorageTarget = z
  .string()
  .transform((name) => (/^[A-Za-z0-9_-]{1,64}$/.test(name) ? name : undefined))
  .optional();

/** Query or form of `/lti/login`. Members we do not know (canvas_region …) are dropped, never forwarded. */
export const LoginParams = z.object({
  iss: Short,
  login_hint: Hint,
  target_link_uri: text(2_000),
  client_id: orEmpty(Short),
  lti_message_hint: orEmpty(Hint),
  lti_deployment_id: orEmpty(Short),
  lti_storage_target: StorageTarget,
});
export type LoginParams = z.output<typeof LoginParams>;

/** One login that waits for its launch: used once, within five minutes. */
export interface LoginRecord {
  /** Hash of `state`. */
  id: string;
  platform: string;
  nonceHash: string;
  /** Hash of the secret that the browser holds in a cookie or in the LMS's storage. */
  browserHash: string;
  params: LoginParams;
  /** Origin of the page that began the login, as the browser says it; unproven, so it may only frame door pages. */
  startedAt: string | null;
  expiresAt: Date;
}

export const LOGIN_LIFETIME_MS = 5 * 60_000;

/** The secrets of one login and what is stored of them. */
export interface NewLogin {
  state: string;
  nonce: string;
  browserSecret: string;
  record: LoginRecord;
}

export function newLogin(
  platform: Platform,
  { params, startedAt }: Pick<LoginRecord, 'params' | 'startedAt'>,
  now: Date,
): NewLogin {
  const [state, nonce, browserSecret] = [newToken(), newToken(), newToken()];
  const record = {
    id: hashOf(state),
    platform: platform.id,
    nonceHash: hashOf(nonce),
    browserHash: hashOf(browserSecret),
    params,
    startedAt,
    expiresAt: new Date(now.getTime() + LOGIN_LIFETIME_MS),
  };
  return { state, nonce, browserSecret, record };
}

/** The authentication request (Security Framework 5.1.1.2): everything as the specification fixes it. */
export function authenticationRequest(platform: Platform, login: NewLogin, redirectUri: string): string {
  const { params } = login.record;
  const url = new URL(platform.authorizationEndpoint);
  const query = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.clientId,
    redirect_uri: redirectUri,
    login_hint: params.login_hint,
    state: login.state,
    nonce: login.nonce,
    ...(params.lti_message_hint ? { lti_message_hint: params.lti_message_hint } : {}),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** Cookie of one login, named after its state so that several tabs do not disturb each other. */
export function loginCookieName(state: string): string {
  return `__Host-wm-login-${hashOf(state).slice(0, 12)}`;
}

/** Set once cookies were seen to come back in this frame: the next login needs no storage page. */
export const COOKIES_WORK = '__Host-wm-cookies';
