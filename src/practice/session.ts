import type { Request, Response } from 'express';
import { secret } from './ids.ts';
import type { LmsPerson, MannerState } from './state.ts';

// The LMS's own sign-in. Two cookies carry one session id: `SameSite=None; Secure`, as hosted LMSs set it, so that
// the authorization endpoint sees it in a frame the tool navigated; and a plain Lax one for browsers that
// refuse Secure cookies on http loopback. Names hold the port, because cookies ignore ports.

export interface LmsSession {
  readonly id: string;
  readonly person: LmsPerson;
}

function cookieNames(state: MannerState): { framed: string; plain: string } {
  const name = `${state.manner}_session_${new URL(state.origin).port}`;
  return { framed: `${name}_framed`, plain: name };
}

function readCookies(req: Request): Map<string, string> {
  const pairs = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.flatMap(([name, ...rest]) => (name ? [[name, rest.join('=')]] : [])));
}

/** Who is signed in to this LMS in the browser that asks, or null. */
export function sessionOf(state: MannerState, req: Request): LmsSession | null {
  const cookies = readCookies(req);
  const { framed, plain } = cookieNames(state);
  const id = cookies.get(framed) ?? cookies.get(plain);
  const person = id === undefined ? undefined : state.people.get(state.sessions.get(id) ?? '');
  return id !== undefined && person ? { id, person } : null;
}

/** Starts a session without a browser; gives the `Cookie` header a client has to send. */
export function startSession(state: MannerState, personKey: string): { id: string; cookie: string } {
  const id = secret();
  state.sessions.set(id, personKey);
  return { id, cookie: `${cookieNames(state).plain}=${id}` };
}

/** Starts a session and sets its cookies. */
export function signIn(state: MannerState, res: Response, personKey: string): void {
  const { id } = startSession(state, personKey);
  const { framed, plain } = cookieNames(state);
  const path = `/${state.manner}`;
  res.cookie(framed, id, { path, httpOnly: true, secure: true, sameSite: 'none' });
  res.cookie(plain, id, { path, httpOnly: true, sameSite: 'lax' });
}

/** Ends the session of this browser. */
export function signOut(state: MannerState, req: Request, res: Response): void {
  const session = sessionOf(state, req);
  if (session) state.sessions.delete(session.id);
  const { framed, plain } = cookieNames(state);
  const path = `/${state.manner}`;
  res.clearCookie(framed, { path, secure: true, sameSite: 'none' });
  res.clearCookie(plain, { path });
}
