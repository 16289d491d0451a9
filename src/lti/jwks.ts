/**
 * The LMSs' public keys. Cached an hour; an unknown `kid` asks again at most every 30 s per platform, so
 * forged tokens cannot make us fetch; one fetch at a time; while an LMS is down its cached keys serve on.
 */
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';

const FRESH_MS = 60 * 60_000;
const COOLDOWN_MS = 30_000;

const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100),
});

interface Cached {
  keys: Map<string, CryptoKey>;
  fetchedAt: number;
  triedAt: number;
}

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

export function createKeyFinder(fetchJson: FetchJson, clock: () => number = Date.now): FindKey {
  const cache = new Map<string, Cached>();
  const running = new Map<string, Promise<Cached>>();

  async function refresh(uri: string): Promise<Cached> {
    const flight = running.get(uri) ?? fetchKeys(uri).finally(() => running.delete(uri));
    running.set(uri, flight);
    return flight;
  }

  async function fetchKeys(uri: string): Promise<Cached> {
    const old = cache.get(uri);
    const now = clock();
    try {
      const keys = await importKeys(KeySet.parse(await fetchJson(uri)).keys as JWK[]);
      return keep(uri, { keys, fetchedAt: now, triedAt: now });
    } catch (error) {
      const detail = `jwks: ${error instanceof Error ? error.name : 'failed'}`;
      keep(uri, { keys: old?.keys ?? new Map(), fetchedAt: old?.fetchedAt ?? 0, triedAt: now });
      throw new KeysUnavailable(detail);
    }
  }

  function keep(uri: string, entry: Cached): Cached {
    cache.set(uri, entry);
    return entry;
  }

  return async (uri, kid) => {
    const entry = cache.get(uri);
    const key = entry?.keys.get(kid);
    const coolingDown = entry !== undefined && clock() - entry.triedAt < COOLDOWN_MS;
    if (key && (coolingDown || clock() - (entry as Cached).fetchedAt < FRESH_MS)) return key;
    if (coolingDown) return noKey(entry);
    const fetched = await refresh(uri).catch((error: unknown) => {
      if (key) return entry as Cached;
      throw error;
    });
    return fetched.keys.get(kid) ?? null;
  };
}

/** During the cool-down: null when the platform answered lately, unavailable when it never did. */
function noKey(entry: Cached): null {
  if (entry.fetchedAt === 0) throw new KeysUnavailable('jwks: cooling down after a failed fetch');
  return null;
}

/** Keeps RSA signing keys of 2048 bits and more with a `kid` of their own; anything else is left out. */
async function importKeys(keys: readonly JWK[]): Promise<Map<string, CryptoKey>> {
  const usable = keys.filter(
    (key) =>
      key.kty === 'RSA' &&
      key.kid &&
      key.use !== 'enc' &&
      (key.alg ?? 'RS256') === 'RS256' &&
      bitsOf(key) >= 2_048,
  );
  const unique = usable.filter((key) => keys.filter(({ kid }) => kid === key.kid).length === 1);
  const imported = await Promise.all(
    unique.map(async (key) => [key.kid as string, await toPublicKey(key)] as const),
  );
  return new Map(imported);
}

async function toPublicKey({ kty, n, e }: JWK): Promise<CryptoKey> {
  return (await importJWK({ kty, n, e } as JWK, 'RS256')) as CryptoKey;
}

function bitsOf(key: JWK): number {
  const modulus = Buffer.from(key.n ?? '', 'base64url');
  const first = modulus.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus[first] as number) + 24;
}
