import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { hashOf, newToken, type Sealer } from '../shared/crypto.ts';
import { LmsError } from '../shared/errors.ts';
import type { Keys } from './keys.service.ts';
import { guardedFetch, parseJson } from './outbound.ts';
import type { Platform } from './platform.ts';
import { originsFor, profileOf } from './profiles.ts';
import { errorOf } from './refusal.ts';
import {
  claimRenewal,
  dropToken,
  endRenewal,
  findToken,
  keepToken,
  type StoredToken,
} from './tokens.store.ts';

/** Access tokens of the LMSs (LTI 1.3 Security section 4.1), one per platform and set of scopes. */
export interface Tokens {
  /** @throws LmsError unauthorized, missing-scope, bad-answer and the errors of an outbound call */
  tokenFor(platform: Platform, scopes: readonly string[]): Promise<string>;
  /** Forgets a token that the LMS answered with 401; one that was renewed since stays. */
  drop(platform: Platform, scopes: readonly string[], refused: string): Promise<void>;
}

interface Settings {
  keys: Keys;
  sealer: Sealer;
  allowInsecure: boolean;
}

const MARGIN_MS = 60_000;
/** For an answer without `expires_in`: short enough to be safe, long enough for a roster. */
const UNKNOWN_LIFE_S = 300;
const RENEWAL_MS = 20_000;
const POLL_MS = 150;
/** The LMS's clock may be behind ours (lms.md 6.18); its limits are 30 s ahead and 5 min old. */
const BACK_S = 5;
const ASSERTION_LIFE_S = 240;

const TokenAnswer = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().max(86_400).catch(UNKNOWN_LIFE_S),
  scope: z.string().optional(),
});

export function createTokens(settings: Settings): Tokens {
  const known = new Map<string, StoredToken>();
  const flights = new Map<string, Promise<StoredToken>>();
  const fetchOnce = (id: string, platform: Platform, scopes: readonly string[]): Promise<StoredToken> => {
    const flight = flights.get(id) ?? renew(settings, id, platform, scopes).finally(() => flights.delete(id));
    flights.set(id, flight);
    return flight;
  };
  return {
    tokenFor: async (platform, scopes) => {
      const id = idOf(platform, scopes);
      const held = known.get(id);
      const token = held && held.expiresAt > new Date() ? held : await fetchOnce(id, platform, scopes);
      known.set(id, token);
      return settings.sealer.open(token.sealed, id);
    },
    drop: async (platform, scopes, refused) => {
      const id = idOf(platform, scopes);
      const held = known.get(id);
      // Of many calls refused at once the first renews; the others must not throw the new token away.
      if (!held || settings.sealer.open(held.sealed, id) !== refused) return;
      known.delete(id);
      await dropToken(id, held.sealed);
    },
  };
}

/** Also the sealing context: a token moved to another platform's row does not open. */
function idOf(platform: Platform, scopes: readonly string[]): string {
  return `${platform.id}/${hashOf([...scopes].toSorted().join(' '))}`;
}

/** Takes the shared token, or renews it; when another process is renewing, waits for what it brings. */
async function renew(
  settings: Settings,
  id: string,
  platform: Platform,
  scopes: readonly string[],
): Promise<StoredToken> {
  const giveUp = Date.now() + RENEWAL_MS;
  for (;;) {
    const now = new Date();
    const shared = await findToken(id, now);
    if (shared) return shared;
    const until = new Date(now.getTime() + RENEWAL_MS);
    if (await claimRenewal(id, platform.id, { now, until }))
      return request(settings, id, platform, scopes).catch(async (error: unknown) => {
        await endRenewal(id);
        throw error;
      });
    if (Date.now() > giveUp)
      throw new LmsError('timeout', { retry: true, detail: 'another process renews the token too long' });
    await pause(POLL_MS);
  }
}

async function request(
  settings: Settings,
  id: string,
  platform: Platform,
  scopes: readonly string[],
): Promise<StoredToken> {
  const answer = await guardedFetch(
    platform.tokenEndpoint,
    { origins: originsFor(platform), allowInsecure: settings.allowInsecure },
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: await assertionForm(settings.keys, platform, scopes),
    },
  );
  if (answer.status !== 200 && answer.status !== 201)
    throw errorOf({ call: 'token', ...answer }, profileOf(platform.family).refusals);
  // Moodle serves it as text/html, so the content type says nothing.
  const token = readToken(answer.text, scopes);
  const expiresAt = new Date(Date.now() + Math.max(token.expires_in * 1_000 - MARGIN_MS, 1_000));
  const stored = { sealed: settings.sealer.seal(token.access_token, id), expiresAt };
  await keepToken(id, stored);
  return stored;
}

async function assertionForm(keys: Keys, platform: Platform, scopes: readonly string[]): Promise<string> {
  const { kid, key } = await keys.currentSigningKey();
  const now = Math.floor(Date.now() / 1_000);
  const assertion = await new SignJWT({ jti: newToken(16) })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(platform.clientId)
    .setSubject(platform.clientId)
    .setAudience(platform.tokenAudience)
    .setIssuedAt(now - BACK_S)
    .setExpirationTime(now + ASSERTION_LIFE_S)
    .sign(key);
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: scopes.join(' '),
  }).toString();
}

/** @throws LmsError bad-answer, or missing-scope when the LMS gave a token for something else. */
function readToken(text: string, scopes: readonly string[]): z.output<typeof TokenAnswer> {
  const parsed = TokenAnswer.safeParse(parseJson(text));
  if (!parsed.success)
    throw new LmsError('bad-answer', { retry: true, detail: 'the token answer has another shape' });
  const granted = parsed.data.scope?.split(' ').filter(Boolean) ?? [];
  if (granted.length > 0 && !scopes.some((scope) => granted.includes(scope)))
    throw new LmsError('missing-scope', { retry: false, detail: 'the token lacks the scope asked for' });
  return parsed.data;
}
