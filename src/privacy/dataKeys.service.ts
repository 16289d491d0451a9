/**
 * Each person's stored words in the audit log are sealed with a key of their own, wrapped by the
 * institution's, wrapped by WAYMARK_SECRET. Destroying a person's key erases those words and leaves
 * the log whole (quality.md, "Audit and erasure fit together").
 */
import { createSealer, newToken, type Sealed, type Sealer } from '../shared/crypto.ts';
import { findOrAddKey } from './dataKeys.store.ts';

const CACHE_LIMIT = 5_000;
const cache = new Map<string, Sealer>();
let root: Sealer | null = null;

/** Called once at start with the sealer of WAYMARK_SECRET. */
export function useRootSealer(sealer: Sealer): void {
  root = sealer;
  cache.clear();
}

/** The sealer of one person's words; the key is made at first use. */
export async function sealerOf(institution: string, person: string): Promise<Sealer> {
  const cached = cache.get(`${institution}/${person}`);
  if (cached) return cached;
  const parent = await keyUnder(rootSealer(), institution, 'institution');
  return keyUnder(parent, institution, person);
}

async function keyUnder(parent: Sealer, institution: string, owner: string): Promise<Sealer> {
  const name = `${institution}/${owner}`;
  const cached = cache.get(name);
  if (cached) return cached;
  const wrapped = await findOrAddKey(institution, owner, () => parent.seal(newSecret(), name));
  return remember(name, createSealer([parent.open(wrapped as Sealed, name)]));
}

function remember(name: string, sealer: Sealer): Sealer {
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value as string);
  cache.set(name, sealer);
  return sealer;
}

function rootSealer(): Sealer {
  if (!root) throw new Error('useRootSealer() was not called at start.');
  return root;
}

function newSecret(): string {
  return Buffer.from(newToken(32), 'base64url').toString('base64');
}
