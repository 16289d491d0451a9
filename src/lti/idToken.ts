import { decodeProtectedHeader, errors, jwtVerify, type CryptoKey, type JWTPayload } from 'jose';
import { hashOf, sameText } from '../shared/crypto.ts';
import { AppError } from '../shared/errors.ts';
import type { FindKey } from './jwks.ts';
import { LOGIN_LIFETIME_MS, type LoginRecord } from './login.ts';
import type { Platform } from './platform.ts';

const SKEW_S = 60;
/** A token answers a login that lives this long, so an older one was made for something else. */
const OLDEST_S = LOGIN_LIFETIME_MS / 1_000 + SKEW_S;
const KID = /^[\x21-\x7e]{1,200}$/;

/** A launch that proves nothing: bad signature, wrong audience, replay, too old … Always the same page: 401. */
export class BadLaunch extends AppError {
  constructor(detail: string) {
    super(
      'BadLaunch',
      401,
      'This link could not be checked. Go back to your course and open it again.',
      detail,
    );
  }
}

/**
 * Verifies an id_token (LTI Security Framework 5.1.3, OpenID Connect Core 3.1.3.7) against the platform
 * and login it answers. RS256 only; 60 s of clock skew. Key hints in the header (jwk, jku, x5u) are not read.
 *
 * @throws BadLaunch, or KeysUnavailable when the platform's keys cannot be had.
 */
export async function verifyIdToken(
  idToken: string,
  expected: { platform: Platform; login: LoginRecord },
  findKey: FindKey,
  now: Date,
): Promise<JWTPayload> {
  const { platform, login } = expected;
  const key = await findKey(platform.jwksUri, kidOf(idToken));
  if (!key) throw new BadLaunch('the key is not in the platform’s key set');
  const claims = await signed(idToken, key, platform, now);
  assertTimes(claims, now);
  assertAudience(claims, platform.clientId);
  if (typeof claims['nonce'] !== 'string' || !sameText(hashOf(claims['nonce']), login.nonceHash))
    throw new BadLaunch('the nonce is not this login’s');
  return claims;
}

function kidOf(idToken: string): string {
  const header = headerOf(idToken);
  if (header.alg !== 'RS256') throw new BadLaunch('the algorithm is not RS256');
  if (header.crit !== undefined) throw new BadLaunch('a critical header we do not know');
  if (typeof header.kid !== 'string' || !KID.test(header.kid)) throw new BadLaunch('no usable kid');
  return header.kid;
}

function headerOf(idToken: string): { alg?: unknown; kid?: unknown; crit?: unknown } {
  try {
    return decodeProtectedHeader(idToken);
  } catch {
    throw new BadLaunch('not a JWT');
  }
}

async function signed(idToken: string, key: CryptoKey, platform: Platform, now: Date): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(idToken, key, {
      algorithms: ['RS256'],
      issuer: platform.issuer,
      audience: platform.clientId,
      // The times are checked to the second below; jose's own edge would refuse exactly 60 s.
      clockTolerance: SKEW_S + 1,
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'nonce'],
    });
    return payload;
  } catch (error) {
    throw new BadLaunch(
      error instanceof errors.JOSEError ? `${error.code}: ${error.message.slice(0, 80)}` : 'not verifiable',
    );
  }
}

function assertTimes({ iat, nbf = 0, exp }: JWTPayload, now: Date): void {
  const seconds = Math.floor(now.getTime() / 1000);
  if (typeof iat !== 'number' || iat > seconds + SKEW_S) throw new BadLaunch('issued in the future');
  if (iat < seconds - OLDEST_S) throw new BadLaunch('issued before the login');
  if (nbf > seconds + SKEW_S) throw new BadLaunch('not valid yet');
  if (typeof exp !== 'number' || exp < seconds - SKEW_S) throw new BadLaunch('expired');
  if (exp <= iat) throw new BadLaunch('expires before it was issued');
}

/** No stranger in `aud`; `azp`, where it stands or must stand, is us (Security Framework 5.1.3, points 3 to 5). */
function assertAudience({ aud, azp }: JWTPayload & { azp?: unknown }, clientId: string): void {
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (audiences.some((one) => one !== clientId)) throw new BadLaunch('a stranger in the audience');
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined) throw new BadLaunch('azp is missing');
  if (azp !== undefined && azp !== clientId) throw new BadLaunch('azp is another client');
}
