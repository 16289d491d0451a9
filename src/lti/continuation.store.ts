import { defineModel } from '../shared/model.ts';
import { hashOf, newToken } from '../shared/crypto.ts';
import type { Session } from '../sessions/session.ts';

export type SessionFields = Omit<Session, 'id' | 'csrf' | 'createdAt' | 'seenAt'>;

/** A proven launch that goes on in a new tab, because this frame keeps no cookies. */
export interface Continuation {
  session: SessionFields;
  target: string;
}

interface ContinuationDoc extends Continuation {
  _id: string;
  expiresAt: Date;
}

const LIFETIME_MS = 60_000;

const Continuations = defineModel<ContinuationDoc>({
  name: 'continuations',
  tenancy: { global: 'found by a one-time code before there is a session' },
  fields: {
    session: { type: {}, required: true },
    target: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  registry: [
    {
      fields: ['session', 'target', 'expiresAt'],
      purpose: 'go on in a new tab where a frame keeps no cookies',
      audience: 'system',
      retention: 'minutes',
    },
  ],
});

/** @returns the one-time code; only its hash is stored. */
export async function addContinuation(continuation: Continuation, now: Date): Promise<string> {
  const code = newToken();
  await Continuations.create({
    _id: hashOf(code),
    ...continuation,
    expiresAt: new Date(now.getTime() + LIFETIME_MS),
  });
  return code;
}

export async function consumeContinuation(code: string, now: Date): Promise<Continuation | null> {
  const doc = await Continuations.findOneAndDelete({
    _id: hashOf(code),
    expiresAt: { $gt: now },
  }).lean<ContinuationDoc>();
  return doc && { session: doc.session, target: doc.target };
}
