/**
 * The LTI door: login → launch → session (architecture.md, "The LTI door"). The login record is consumed
 * before anything is fetched or decided; what cannot be proven ends in the same page, whatever was wrong.
 *
 * How a browser proves that the launch answers its own login, in this order:
 * 1. the login's own partitioned cookie comes back: one straight path of redirects;
 * 2. no cookie, but the LMS keeps data for us (LTI platform storage): it is asked for the proof, and the
 *    launch goes on in a new tab by a posted one-time code, for this frame would keep no session either;
 * 3. neither: the id_token is thrown away, and one button starts the login again in a new tab.
 */
import { hashOf, sameText } from '../shared/crypto.ts';
import { addContinuation, type SessionFields } from './continuation.store.ts';
import { BadLaunch, verifyIdToken } from './idToken.ts';
import type { FindKey } from './jwks.ts';
import { acceptLaunch, type Arrival } from './launch.service.ts';
import { toLaunch } from './launch.ts';
import { authenticationRequest, newLogin, type LoginRecord, type NewLogin } from './login.ts';
import { addLogin, consumeLogin, peekLogin } from './login.store.ts';
import type { Platform } from './platform.ts';
import { activePlatform, platformOfLogin } from './known.service.ts';
import { UnknownPlatform } from './refusals.ts';

export interface Door {
  publicUrl: string;
  findKey: FindKey;
}

export interface StartedLogin {
  login: NewLogin;
  platform: Platform;
  /** The LMS's authorization address with the request in it. */
  next: string;
}

/** Answers a login initiation. @throws UnknownPlatform (400) */
export async function beginLogin(
  door: Door,
  asked: Pick<LoginRecord, 'params' | 'startedAt'>,
  now: Date,
): Promise<StartedLogin> {
  const platform = await platformOfLogin(asked.params.iss, asked.params.client_id, now);
  if (!platform) throw new UnknownPlatform('no active registration for this issuer and client');
  const login = newLogin(platform, asked, now);
  await addLogin(login.record);
  return { login, platform, next: authenticationRequest(platform, login, `${door.publicUrl}/lti/launch`) };
}

/** What the launch post carries besides the token. */
export interface Proofs {
  state: string;
  /** The login's cookie, or undefined. */
  cookie: string | undefined;
  /** What the LMS's storage gave back: empty when it kept nothing, undefined when it was not asked yet. */
  storage: string | undefined;
}

export type LaunchAnswer =
  | ({ kind: 'arrived' } & Arrival)
  /** Proven by storage: this frame keeps no cookie, so the code is posted to a new tab. */
  | { kind: 'newTab'; code: string; session: SessionFields }
  /** Nothing proven yet, but the LMS may keep a proof. */
  | { kind: 'askStorage'; target: string; platform: Platform; login: LoginRecord }
  /** Nothing can be proven in this frame: start again in a new tab. */
  | { kind: 'restart'; platform: Platform; login: LoginRecord };

/** @throws BadLaunch, KeysUnavailable, Invalid, WaitingDeployment, AnonymousLaunch */
export async function answerLaunch(
  door: Door,
  idToken: string,
  proofs: Proofs,
  now: Date,
): Promise<LaunchAnswer> {
  const waiting = await storageFirst(proofs, now);
  if (waiting) return waiting;
  const { login, platform } = await takeLogin(proofs.state, now);
  const proof = proofs.cookie ?? proofs.storage;
  if (!proof) return { kind: 'restart', login, platform };
  if (!sameText(hashOf(proof), login.browserHash))
    throw new BadLaunch('the browser is not the one of the login');
  const claims = await verifyIdToken(idToken, { platform, login }, door.findKey, now);
  const arrival = await acceptLaunch(toLaunch(claims, platform, door.publicUrl), platform, now);
  if (proofs.cookie !== undefined) return { kind: 'arrived', ...arrival };
  return { kind: 'newTab', code: await addContinuation(arrival, now), session: arrival.session };
}

/** Looks, without consuming, whether the LMS may hold the proof of a browser that sent no cookie. */
async function storageFirst({ state, cookie, storage }: Proofs, now: Date): Promise<LaunchAnswer | null> {
  if (cookie !== undefined || storage !== undefined) return null;
  const login = await peekLogin(hashOf(state), now);
  const target = login?.params.lti_storage_target;
  const platform = login && target ? await activePlatform(login.platform, now) : null;
  return login && target && platform ? { kind: 'askStorage', target, platform, login } : null;
}

/** Consumes the login of a state: of a hundred posts at once exactly one gets it. */
export async function takeLogin(
  state: string,
  now: Date,
): Promise<{ login: LoginRecord; platform: Platform }> {
  const login = await consumeLogin(hashOf(state), now);
  if (!login) throw new BadLaunch('the state is unknown, spent or too old');
  const platform = await activePlatform(login.platform, now);
  if (!platform) throw new UnknownPlatform('the registration was switched off');
  return { login, platform };
}
