import type { CookieOptions, Request, Response } from 'express';
import { SESSION_COOKIE, ABSOLUTE_MS } from '../sessions/session.ts';
import { COOKIES_WORK, LOGIN_LIFETIME_MS, loginCookieName, type NewLogin } from './login.ts';

/** What every cookie of ours is: first-party-only by name, unreadable for scripts, kept per framing site. */
const FLAGS: CookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'none', partitioned: true };

const MONTH_MS = 30 * 24 * 60 * 60_000;

/** The value of a cookie of this request, or undefined. `__Host-` names cannot be set for us by other hosts. */
export function cookieOf(req: Request, name: string): string | undefined {
  const pairs = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export function setLoginCookie(res: Response, login: NewLogin): void {
  res.cookie(loginCookieName(login.state), login.browserSecret, { ...FLAGS, maxAge: LOGIN_LIFETIME_MS });
}

export function clearLoginCookie(res: Response, state: string): void {
  res.clearCookie(loginCookieName(state), FLAGS);
}

export function setSessionCookie(res: Response, token: string): void {
  res.cookie(SESSION_COOKIE, token, { ...FLAGS, maxAge: ABSOLUTE_MS });
  res.cookie(COOKIES_WORK, '1', { ...FLAGS, maxAge: MONTH_MS });
}

export function clearSessionCookie(res: Response): void {
  res.clearCookie(SESSION_COOKIE, FLAGS);
}

/** Whether cookies were seen to come back in this frame before. */
export function cookiesWork(req: Request): boolean {
  return cookieOf(req, COOKIES_WORK) === '1' || cookieOf(req, SESSION_COOKIE) !== undefined;
}
