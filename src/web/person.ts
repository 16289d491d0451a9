import type { RequestHandler, Response } from 'express';
import { cookieOf } from '../lti/doorCookies.ts';
import { initialsOf } from '../people/person.ts';
import { SESSION_COOKIE, type Session } from '../sessions/session.ts';
import { resumeSession } from '../sessions/session.service.ts';
import { formatter } from '../shared/format.ts';
import { translator } from '../shared/i18n.ts';
import type { Chrome, NavItem, Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { allowFraming } from './headers.ts';

/** Finds the session of a request and sets what every page needs of it: words, chrome, who may frame it. */
export function knowPerson(clock: () => Date): RequestHandler {
  return async (req, res, next) => {
    try {
      const token = cookieOf(req, SESSION_COOKIE);
      const session = token ? await resumeSession(token, clock()) : null;
      if (session) prepare(res, session, req.path);
      next();
    } catch (error) {
      next(error);
    }
  };
}

function prepare(res: Response, session: Session, path: string): void {
  const words = wordsFor(session);
  res.locals['session'] = session;
  res.locals['words'] = words;
  res.locals['chrome'] = chromeOf(session, words, path);
  allowFraming(res, session.frameAncestors);
}

function wordsFor({ zone }: Session): Words {
  const t = translator('en', 'blank');
  return { t, fmt: formatter(t, zone) };
}

function chromeOf(session: Session, words: Words, path: string): Chrome {
  return {
    lang: 'en',
    dir: 'ltr',
    theme: 'light',
    nav: navOf(session, words, path),
    home: paths.home,
    person: { name: session.name, initials: initialsOf(session.name) },
    csrf: session.csrf,
    lmsOrigin: session.frameOrigin,
    returnUrl: session.returnUrl,
  };
}

/** What the person's last launch made them: its course is kept only for staff. */
function navOf(session: Session, { t }: Words, path: string): NavItem[] {
  const item = (href: string, label: string, icon: string): NavItem => ({
    href,
    label,
    icon,
    current: path === href || path.startsWith(`${href}/`),
  });
  const admin = session.administrator ? [item(paths.admin, t('nav.admin'), 'lock')] : [];
  switch (session.standing) {
    case 'student':
      return [item(paths.plan, t('nav.plan'), 'plan')];
    case 'staff':
      return [
        item(paths.caseload, t('nav.caseload'), 'users'),
        item(paths.courses, t('nav.courses'), 'book'),
        ...admin,
      ];
    case 'family':
      return [item(paths.family, t('nav.family'), 'users')];
    case 'other':
      return admin;
  }
}
