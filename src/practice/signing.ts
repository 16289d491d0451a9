import { CompactSign, SignJWT } from 'jose';
import type { CryptoKey, KeyObject } from 'jose';
import type { MannerState } from './state.ts';

export type Claims = Record<string, unknown>;

export interface SignOptions {
  /** Another key id in the header, for forged tokens. */
  readonly kid?: string;
  /** `none` leaves the signature empty; `HS256` needs `key`. */
  readonly alg?: string;
  readonly key?: CryptoKey | KeyObject | Uint8Array;
  /** Last word on the header, after kid and alg. */
  readonly header?: Record<string, unknown>;
}

function unsigned(header: object, claims: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.`;
}

/** Signs claims as this LMS does, or wrongly in the way `options` asks for. */
export async function signClaims(
  state: MannerState,
  claims: Claims,
  options: SignOptions = {},
): Promise<string> {
  const own = state.keys.current();
  const header = { typ: 'JWT', alg: options.alg ?? 'RS256', kid: options.kid ?? own.kid, ...options.header };
  if (header.alg === 'none') return unsigned(header, claims);
  const payload = new TextEncoder().encode(JSON.stringify(claims));
  return new CompactSign(payload).setProtectedHeader(header).sign(options.key ?? own.privateKey);
}

/** A short-lived token the LMS gives to itself through the browser (registration, deep-link data). */
export async function signOwnToken(state: MannerState, claims: Claims, seconds: number): Promise<string> {
  const now = Math.floor(state.now() / 1000);
  const own = state.keys.current();
  return new SignJWT({ ...claims, iat: now, exp: now + seconds })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: own.kid })
    .sign(own.privateKey);
}
