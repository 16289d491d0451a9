import { resumeSession } from '../../src/sessions/session.service.ts';
import { SESSION_COOKIE, type Session } from '../../src/sessions/session.ts';
import type { Visitor } from '../../src/practice/visitor.ts';

/** The session behind a visitor's cookie. */
export async function findSessionOf(visitor: Visitor): Promise<Session> {
  const session = await resumeSession(visitor.cookies.get(SESSION_COOKIE) ?? '', new Date());
  if (!session) throw new Error('The visitor has no session.');
  return session;
}
