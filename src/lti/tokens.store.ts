import type { Sealed } from '../shared/crypto.ts';
import { defineModel, isDuplicate } from '../shared/model.ts';

/** An access token of one platform for one set of scopes, shared by all processes. */
export interface StoredToken {
  sealed: Sealed;
  /** Already 60 s earlier than the LMS said. */
  expiresAt: Date;
}

interface TokenDoc {
  _id: string;
  platform: string;
  sealed: Sealed | null;
  expiresAt: Date;
  renewingUntil: Date;
}

const Tokens = defineModel<TokenDoc>({
  name: 'accessTokens',
  tenancy: { global: 'an LMS gives its token to a registration, which may hold many schools' },
  fields: {
    platform: { type: String, required: true },
    sealed: { type: String, default: null },
    expiresAt: { type: Date, required: true },
    renewingUntil: { type: Date, required: true },
  },
  indexes: [[{ platform: 1 }], [{ expiresAt: 1 }, { expireAfterSeconds: 60 }]],
  registry: [
    {
      fields: ['platform', 'sealed', 'expiresAt', 'renewingUntil'],
      purpose: 'call the services of an LMS without asking for a new token each time',
      audience: 'system',
      retention: 'minutes',
    },
  ],
});

export async function findToken(id: string, now: Date): Promise<StoredToken | null> {
  const doc = await Tokens.findOne({
    _id: id,
    sealed: { $ne: null },
    expiresAt: { $gt: now },
  }).lean<TokenDoc>();
  return doc?.sealed ? { sealed: doc.sealed, expiresAt: doc.expiresAt } : null;
}

/**
 * Claims the right to renew until `until`, so that many processes ask the LMS once.
 * @returns false while another process holds it, or has just renewed.
 */
export async function claimRenewal(
  id: string,
  platform: string,
  span: { now: Date; until: Date },
): Promise<boolean> {
  try {
    await Tokens.updateOne(
      // A token that came between the look and the claim is found by the next look: nothing to renew.
      {
        _id: id,
        renewingUntil: { $lte: span.now },
        $or: [{ sealed: null }, { expiresAt: { $lte: span.now } }],
      },
      {
        $set: { platform, renewingUntil: span.until },
        $setOnInsert: { sealed: null, expiresAt: span.until },
      },
      { upsert: true },
    );
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Keeps a fresh token and ends the renewal. */
export async function keepToken(id: string, token: StoredToken): Promise<void> {
  await Tokens.updateOne({ _id: id }, { $set: { ...token, renewingUntil: new Date(0) } });
}

/** Ends a renewal that failed, so that the next caller need not wait. */
export async function endRenewal(id: string): Promise<void> {
  await Tokens.updateOne({ _id: id }, { $set: { renewingUntil: new Date(0) } });
}

/** Forgets a token the LMS refused, unless another process has renewed it since. */
export async function dropToken(id: string, sealed: Sealed): Promise<void> {
  await Tokens.updateOne({ _id: id, sealed }, { $set: { sealed: null } });
}
