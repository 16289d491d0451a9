import type { RequestHandler, Response } from 'express';
import { cookieOf } from '../lti/doorCookies.ts';
import { initialsOf } from '../people/person.ts';
import { SESSION_COOKIE, type Session } from '../sessions/session.ts';
import { resumeSession } from '../sessions/session.service.ts';
import { englishIn, type Chrome, type NavItem, type Words } from '../shared/page.ts';
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
  const words = englishIn(session.zone);
  res.locals['session'] = session;
  res.locals['words'] = words;
  res.locals['chrome'] = chromeOf(session, words, path);
  allowFraming(res, session.frameAncestors);
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
function navOf(session: Session, words: Words, path: string): NavItem[] {
  const areas = areasOf(session, words);
  const here = areas
    .filter(({ area }) => path === area || path.startsWith(`${area}/`))
    .toSorted((one, other) => other.area.length - one.area.length)[0];
  return areas.map(({ href, label, icon, area }) => ({ href, label, icon, current: area === here?.area }));
}

/** A place of the navigation and the addresses under it; of two that fit, the longer is where one is. */
type Area = Omit<NavItem, 'current'> & { area: string };

function areasOf(session: Session, { t }: Words): Area[] {
  const item = (href: string, label: string, icon: string, area = href): Area => ({
    href,
    label,
    icon,
    area,
  });
  const admin = session.administrator
    ? [item(paths.admin, t('nav.admin'), 'lock'), item(paths.adminFrameworks, t('nav.planDesign'), 'plan')]
    : [];
  switch (session.standing) {
    case 'student':
      return [
        item(paths.plan, t('nav.plan'), 'plan'),
        item(paths.coursePlan, t('nav.courses'), 'book'),
        item(paths.careers, t('nav.explore'), 'search', '/explore'),
        item(paths.portfolio, t('nav.portfolio'), 'folder'),
        item(paths.meetings, t('nav.meetings'), 'cal'),
      ];
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
