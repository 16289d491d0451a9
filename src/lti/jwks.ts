/**
 * The LMSs' public keys. Cached an hour; an unknown `kid` asks again at most every 30 s per platform, so
 * forged tokens cannot make us fetch; one fetch at a time; while an LMS is down its cached keys serve on.
 */
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';

const FRESH_MS = 60 * 60_000;
const COOLDOWN_MS = 30_000;

/** Members we do not read may be anything: one odd key must not cost the school its other keys. */
const KeySet = z.object({ keys: z.array(z.unknown()).max(100) });

const SigningKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
  key_ops: z
    .array(z.string())
    .refine((uses) => uses.includes('verify'))
    .optional(),
});
type SigningKey = z.output<typeof SigningKey>;

interface Cached {
  keys: Map<string, CryptoKey>;
  /** When the keys came. */
  fetchedAt: number;
  /** Until then an unknown `kid` asks nobody. */
  quietUntil: number;
  /** The last fetch failed: an unknown `kid` may be a new key that we cannot see. */
  failed: boolean;
}
const NOTHING: Cached = { keys: new Map(), fetchedAt: -Infinity, quietUntil: 0, failed: false };

/** Fetches and parses JSON under the outbound guard, within three seconds. */
export type FetchJson = (url: string) => Promise<unknown>;

export type FindKey = (jwksUri: string, kid: string) => Promise<CryptoKey | null>;

/** Thrown when a platform's keys cannot be had and none are cached: 503, the launch may be tried again. */
export class KeysUnavailable extends AppError {
  constructor(detail: string) {
    super(
      'KeysUnavailable',
      503,
      'Your school’s LMS did not answer in time. Go back and open this again in a minute.',
      detail,
    );
  }
}

/** @returns a finder: the key, or null when the platform has no such key. It throws KeysUnavailable. */
export function createKeyFinder(fetchJson: FetchJson, clock: () => number = Date.now): FindKey {
  const cache = new Map<string, Cached>();
  const running = new Map<string, Promise<Cached>>();

  async function refresh(uri: string): Promise<Cached> {
    const flight = running.get(uri) ?? fetchKeys(uri).finally(() => running.delete(uri));
    running.set(uri, flight);
    return flight;
  }

  async function fetchKeys(uri: string): Promise<Cached> {
    const old = cache.get(uri) ?? NOTHING;
    const now = clock();
    try {
      const keys = await importKeys(KeySet.parse(await fetchJson(uri)).keys);
      // The first and the hourly fetch leave room for one more: a key made since then opens its first launch.
      const isExtra = now - old.fetchedAt < FRESH_MS;
      return keep(uri, { keys, fetchedAt: now, quietUntil: isExtra ? now + COOLDOWN_MS : 0, failed: false });
    } catch (error) {
      keep(uri, { ...old, quietUntil: now + COOLDOWN_MS, failed: true });
      throw error instanceof KeysUnavailable ? error : new KeysUnavailable(`jwks: ${nameOf(error)}`);
    }
  }

  function keep(uri: string, entry: Cached): Cached {
    cache.set(uri, entry);
    return entry;
  }

  return async (uri, kid) => {
    const entry = cache.get(uri) ?? NOTHING;
    const key = entry.keys.get(kid);
    const isQuiet = clock() < entry.quietUntil;
    if (key && (isQuiet || clock() - entry.fetchedAt < FRESH_MS)) return key;
    if (isQuiet) return noKey(entry);
    const fetched = await refresh(uri).catch((error: unknown) => {
      if (key) return entry;
      throw error;
    });
    return fetched.keys.get(kid) ?? null;
  };
}

/** While nobody is asked: null when the platform answered last time, unavailable when it did not. */
function noKey({ failed }: Cached): null {
  if (failed) throw new KeysUnavailable('jwks: cooling down after a failed fetch');
  return null;
}

/**
 * RSA signing keys of 2048 bits and more with a `kid` of their own; anything else is left out.
 * @throws KeysUnavailable when nothing is left: such a set takes no earlier key away.
 */
async function importKeys(keys: readonly unknown[]): Promise<Map<string, CryptoKey>> {
  const usable = keys.flatMap((key) => SigningKey.safeParse(key).data ?? []).filter(isStrong);
  const unique = usable.filter(({ kid }) => keys.filter((key) => kidOf(key) === kid).length === 1);
  const imported = await Promise.all(unique.map(entryOf));
  const found = new Map(imported.filter((entry) => entry !== null));
  if (found.size === 0) throw new KeysUnavailable('jwks: no usable key in the set');
  return found;
}

async function entryOf({ kty, kid, n, e }: SigningKey): Promise<readonly [string, CryptoKey] | null> {
  const jwk: JWK = { kty, n, e };
  const key = await importJWK(jwk, 'RS256').catch(() => null);
  return key === null || key instanceof Uint8Array ? null : [kid, key];
}

function kidOf(key: unknown): unknown {
  return typeof key === 'object' && key !== null && 'kid' in key ? key.kid : undefined;
}

/** Under 2048 bits keys are broken in time; with the exponent 1 anybody signs. */
function isStrong({ n, e }: SigningKey): boolean {
  return bitsOf(n) >= 2_048 && bitsOf(n) <= 8_192 && bitsOf(e) > 1;
}

function bitsOf(number: string): number {
  const bytes = Buffer.from(number, 'base64url');
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] as number) + 24;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'failed';
}
