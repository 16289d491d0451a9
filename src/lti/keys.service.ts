import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { newToken, type Sealed, type Sealer } from '../shared/crypto.ts';
import { Conflict } from '../shared/errors.ts';
import { addKey, listPublished, rotate, type ToolKey } from './keys.store.ts';

/** A public key as `/lti/keys` shows it (RFC 7517). */
interface PublicJwk {
  kty: 'RSA';
  use: 'sig';
  alg: 'RS256';
  kid: string;
  n: string;
  e: string;
}

interface SigningKey {
  kid: string;
  key: KeyObject;
}

/** The tool's own keys. Both readers answer from memory for up to a minute. */
export interface Keys {
  publicKeySet(): Promise<{ keys: PublicJwk[] }>;
  currentSigningKey(): Promise<SigningKey>;
  /** @returns the kid that signs from now on. @throws Conflict when another rotation came first. */
  rotateKeys(now: Date): Promise<string>;
}

const CACHE_MS = 60_000;
/** A retired key stays published so long: longer than any LMS keeps a key set. */
const OVERLAP_MS = 7 * 24 * 60 * 60_000;
const BITS = 2048;

interface Loaded {
  at: number;
  keys: { keys: PublicJwk[] };
  signing: SigningKey;
}

/** An RSA 2048 pair as node keeps it. */
export interface RsaPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}
type MakePair = () => Promise<RsaPair>;

const newPair: MakePair = () => promisify(generateKeyPair)('rsa', { modulusLength: BITS });

/** What making keys takes. */
interface Maker {
  sealer: Sealer;
  makePair: MakePair;
}

/** @param sealer seals private parts at rest. @param makePair by default a new one each time */
export function createKeys(sealer: Sealer, makePair: MakePair = newPair): Keys {
  const maker = { sealer, makePair };
  let loading: Promise<Loaded> | undefined;
  let loaded: Loaded | undefined;
  const load = async (): Promise<Loaded> => {
    if (loaded && Date.now() - loaded.at < CACHE_MS) return loaded;
    loading ??= read(maker).finally(() => (loading = undefined));
    loaded = await loading;
    return loaded;
  };
  return {
    publicKeySet: async () => (await load()).keys,
    currentSigningKey: async () => (await load()).signing,
    rotateKeys: async (now) => {
      const kid = await rotateNow(maker, now);
      loaded = undefined;
      return kid;
    },
  };
}

async function read(maker: Maker): Promise<Loaded> {
  const { current, all } = await existing(maker, new Date());
  const pem = maker.sealer.open(current.sealedPrivate as Sealed, contextOf(current.id));
  return {
    at: Date.now(),
    keys: { keys: all.map(publicJwk) },
    signing: { kid: current.id, key: createPrivateKey(pem) },
  };
}

interface KeyRing {
  current: ToolKey;
  next: ToolKey;
  all: ToolKey[];
}

/** Reads the keys; makes those missing. Two processes may race: the unique index lets one win, both read again. */
async function existing(maker: Maker, now: Date): Promise<KeyRing> {
  const ring = await readRing(now);
  if (ring) return ring;
  const fresh = await Promise.all([generate(maker, 'current', now), generate(maker, 'next', now)]);
  for (const key of fresh) await addKey(key);
  const made = await readRing(now);
  if (!made) throw new Error('The tool has no signing key, and none could be made.');
  return made;
}

async function readRing(now: Date): Promise<KeyRing | null> {
  const all = await listPublished(now);
  const current = all.find(({ status }) => status === 'current');
  const next = all.find(({ status }) => status === 'next');
  return current && next ? { current, next, all } : null;
}

async function rotateNow(maker: Maker, now: Date): Promise<string> {
  const { current, next } = await existing(maker, now);
  const done = await rotate({
    current: current.id,
    next: next.id,
    fresh: await generate(maker, 'next', now),
    publishedUntil: new Date(now.getTime() + OVERLAP_MS),
  });
  if (!done) throw new Conflict('Another rotation of the keys came first.');
  return next.id;
}

async function generate(
  { sealer, makePair }: Maker,
  status: 'current' | 'next',
  now: Date,
): Promise<ToolKey> {
  const { publicKey, privateKey } = await makePair();
  const { n, e } = publicKey.export({ format: 'jwk' }) as { n: string; e: string };
  const id = newToken(16);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return {
    id,
    status,
    n,
    e,
    sealedPrivate: sealer.seal(pem, contextOf(id)),
    createdAt: now,
    expiresAt: null,
  };
}

const contextOf = (kid: string): string => `toolKey/${kid}`;

function publicJwk({ id, n, e }: ToolKey): PublicJwk {
  return { kty: 'RSA', use: 'sig', alg: 'RS256', kid: id, n, e };
}
