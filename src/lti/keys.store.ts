import type { Sealed } from '../shared/crypto.ts';
import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';

/** One of the tool's RS256 key pairs. `next` is published before it signs, so that no LMS meets an unknown kid. */
export interface ToolKey {
  /** The `kid`. */
  id: string;
  status: 'current' | 'next' | 'retired';
  /** Modulus and exponent, base64url (RFC 7518 section 6.3.1). */
  n: string;
  e: string;
  /** PKCS #8 PEM, sealed with the kid as context; gone once the key no longer signs. */
  sealedPrivate: Sealed | null;
  createdAt: Date;
  /** Until when a retired key stays published. */
  expiresAt: Date | null;
}
type ToolKeyDoc = Omit<ToolKey, 'id'> & { _id: string };

const Keys = defineModel<ToolKeyDoc>({
  name: 'toolKeys',
  tenancy: { global: "the tool signs with the same keys for every school's LMS" },
  fields: {
    status: { type: String, required: true },
    n: { type: String, required: true },
    e: { type: String, required: true },
    sealedPrivate: { type: String, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, default: null },
  },
  indexes: [
    [{ status: 1 }, { unique: true, partialFilterExpression: { status: { $in: ['current', 'next'] } } }],
    [{ expiresAt: 1 }, { expireAfterSeconds: 0 }],
  ],
  registry: [
    {
      fields: ['status', 'n', 'e', 'sealedPrivate', 'createdAt', 'expiresAt'],
      purpose: 'sign what Waymark sends to an LMS (LTI 1.3 Security 5.1.2)',
      audience: 'system',
      retention: 'with the connection',
    },
  ],
});

/** Current, next, and those retired that are still to be published at `now`. */
export async function listPublished(now: Date): Promise<ToolKey[]> {
  const docs = await Keys.find({
    $or: [{ status: { $in: ['current', 'next'] } }, { expiresAt: { $gt: now } }],
  }).lean<ToolKeyDoc[]>();
  return docs.map(plain);
}

/** @returns false when another process filled this place first. */
export async function addKey(key: ToolKey): Promise<boolean> {
  const { id, ...rest } = key;
  try {
    await Keys.create({ _id: id, ...rest });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/**
 * In one transaction: `current` retires and loses its private part, `next` signs from now on, `fresh` waits.
 * @returns false when `current` is not the current key any more: somebody else rotated.
 */
export async function rotate(change: {
  current: string;
  next: string;
  fresh: ToolKey;
  publishedUntil: Date;
}): Promise<boolean> {
  return inTransaction(async () => {
    const retired = await Keys.updateOne(
      { _id: change.current, status: 'current' },
      { $set: { status: 'retired', sealedPrivate: null, expiresAt: change.publishedUntil } },
    );
    if (retired.matchedCount === 0) return false;
    await Keys.updateOne({ _id: change.next, status: 'next' }, { $set: { status: 'current' } });
    const { id, ...rest } = change.fresh;
    await Keys.create([{ _id: id, ...rest }]);
    return true;
  });
}
