import { hashOf, newToken } from '../shared/crypto.ts';
import { isLive, needsTouch, type Session } from './session.ts';
import * as store from './session.store.ts';

export { endSessionsOf, endSessionsOfDeployment } from './session.store.ts';

/** Starts a session with a new token; the browser's earlier session ends (fixation, another person's launch). */
export async function startSession(
  fields: Omit<Session, 'id' | 'csrf' | 'createdAt' | 'seenAt'>,
  now: Date,
  earlierToken?: string,
): Promise<{ token: string; session: Session }> {
  const token = newToken();
  const session = { ...fields, id: hashOf(token), csrf: newToken(24), createdAt: now, seenAt: now };
  await store.addSession(session);
  if (earlierToken) await store.endSession(hashOf(earlierToken));
  return { token, session };
}

/** The live session of a token, or null. */
export async function resumeSession(token: string, now: Date): Promise<Session | null> {
  const session = await store.findSession(hashOf(token));
  if (!session || !isLive(session, now)) return null;
  if (needsTouch(session, now)) await store.touchSession(session.id, now);
  return session;
}

export async function signOut(session: Session): Promise<void> {
  await store.endSession(session.id);
}
