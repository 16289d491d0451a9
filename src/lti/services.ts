import type { Env } from '../../config/env.ts';
import { createSealer, type Sealer } from '../shared/crypto.ts';
import type { Log } from '../shared/log.ts';
import { createDeepLink, type RespondToDeepLink } from './deepLink.ts';
import { createGrades, type Grades } from './grades.ts';
import { createKeys, type Keys } from './keys.service.ts';
import { guardedJson } from './outbound.ts';
import { installGuard } from './outboundAgent.ts';
import { createRegistration, type Registration } from './registration.service.ts';
import { toolUrls } from './registration.ts';
import { createRosterPages, type RosterPages } from './roster.ts';
import { createTokens } from './tokens.service.ts';

/** Everything Waymark says to an LMS. */
export interface LtiServices {
  keys: Keys;
  rosterPages: RosterPages;
  grades: Grades;
  deepLinkResponse: RespondToDeepLink;
  registration: Registration;
  /** A platform's key set: within 3 s, only from the given origins. @throws LmsError */
  fetchKeySet(jwksUri: string, origins: readonly string[]): Promise<unknown>;
}

const KEY_SET_TIMEOUT_MS = 3_000;
const KEY_SET_BYTES = 200_000;

/** @param sealer seals keys and tokens at rest; by default made from the environment's secrets */
export function createLtiServices(options: { env: Env; log: Log; sealer?: Sealer }): LtiServices {
  const { env, log, sealer = sealerFrom(env) } = options;
  installGuard();
  const allowInsecure = env.WAYMARK_ALLOW_INSECURE;
  const keys = createKeys(sealer);
  const wire = { tokens: createTokens({ keys, sealer, allowInsecure }), allowInsecure };
  return {
    keys,
    rosterPages: createRosterPages(wire),
    grades: createGrades(wire, toolUrls(env.PUBLIC_URL).launch),
    deepLinkResponse: createDeepLink(keys, allowInsecure),
    registration: createRegistration({ publicUrl: env.PUBLIC_URL, allowInsecure, log }),
    fetchKeySet: (jwksUri, origins) =>
      guardedJson(jwksUri, {
        origins,
        allowInsecure,
        timeoutMs: KEY_SET_TIMEOUT_MS,
        maxBytes: KEY_SET_BYTES,
      }),
  };
}

/** Seals with the current secret, opens with the previous one too. */
export function sealerFrom(env: Env): Sealer {
  const previous = env.WAYMARK_SECRET_PREVIOUS;
  return createSealer([env.WAYMARK_SECRET, ...(previous ? [previous] : [])]);
}
