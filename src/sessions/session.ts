/** An opaque session: only the hash of its token is stored. One person; course and task come from the path. */
export interface Session {
  /** Hash of the cookie's token. */
  id: string;
  institution: string;
  person: string;
  platform: string;
  deployment: string;
  name: string;
  administrator: boolean;
  testUser: boolean;
  masquerader: string | null;
  /** Bound to each form; another person's launch in the same browser makes older forms refuse. */
  csrf: string;
  locale: string;
  zone: string;
  /** Where the LMS wants the person back (launch_presentation.return_url), if it is on the platform's origins. */
  returnUrl: string | null;
  /** The LMS page that frames us, for postMessage: one of the platform's origins. */
  frameOrigin: string | null;
  /** All origins that may frame this session's pages. */
  frameAncestors: string[];
  /** What the launch made of the person; only for the navigation, rights are decided per request. */
  standing: 'student' | 'staff' | 'family' | 'other';
  createdAt: Date;
  seenAt: Date;
}

const MINUTE = 60_000;

/** Idle 30 min, absolute 12 h (NIST 800-63B AAL2; quality.md C9). */
export const IDLE_MS = 30 * MINUTE;
export const ABSOLUTE_MS = 12 * 60 * MINUTE;

/** A session's last use is written at most once a minute: a write per page view is not needed for a 30 min limit. */
const TOUCH_AFTER_MS = MINUTE;

/** Whether the session may still be used. The TTL index is late by up to a minute, so every use asks. */
export function isLive(session: Session, now: Date): boolean {
  const idle = now.getTime() - session.seenAt.getTime();
  const age = now.getTime() - session.createdAt.getTime();
  return idle <= IDLE_MS && age <= ABSOLUTE_MS;
}

export function needsTouch(session: Session, now: Date): boolean {
  return now.getTime() - session.seenAt.getTime() > TOUCH_AFTER_MS;
}

/** `__Host-` cookies work on https and, in browsers, on http://localhost too. */
export const SESSION_COOKIE = '__Host-waymark';
