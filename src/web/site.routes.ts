import { z } from 'zod';
import type { AppDeps } from '../deps.ts';
import { isMongoReady } from '../shared/mongo.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import {
  accessibilityPage,
  helpPage,
  noAccessPage,
  whoCanSeePage,
  type TextPage,
} from '../shared/system.page.ts';
import { signOut } from '../sessions/session.service.ts';
import { clearSessionCookie } from '../lti/doorCookies.ts';
import { allowFraming } from './headers.ts';
import { route, seeOther, type Declaration } from './route.ts';

const HOMES = {
  student: paths.plan,
  staff: paths.caseload,
  family: paths.family,
  other: paths.welcome,
} as const;

/** Pages of no feature: where people arrive, help, health. */
export function siteRoutes({ isReady }: AppDeps): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.home,
      who: { of: 'self' },
      changes: [],
      handle: ({ session, res }) =>
        seeOther(
          res,
          session.standing === 'other' && session.administrator ? paths.admin : HOMES[session.standing],
        ),
    }),
    route({
      method: 'get',
      path: paths.welcome,
      who: { of: 'self' },
      changes: [],
      handle: ({ res }) => {
        const words = wordsOf(res);
        page(res, 'system/noAccess', noAccessPage(words, { message: words.t('site.nothingHere') }));
      },
    }),
    route({
      method: 'post',
      path: paths.signOut,
      who: { of: 'self' },
      changes: ['session.ended'],
      form: z.strictObject({}),
      handle: async ({ session, res }) => {
        await signOut(session);
        clearSessionCookie(res);
        res.set('Clear-Site-Data', '"cache", "storage"');
        seeOther(res, paths.help);
      },
    }),
    text(paths.help, 'system/help', helpPage),
    text(paths.whoCanSee, 'system/whoCanSee', whoCanSeePage),
    text(paths.privacy, 'system/whoCanSee', whoCanSeePage),
    text(paths.accessibility, 'system/accessibility', accessibilityPage),
    health('/livez', async () => true),
    health('/readyz', async () => isReady() && (await isMongoReady())),
    route({
      method: 'post',
      path: '/csp-report',
      who: { of: 'anyone' },
      changes: [],
      protection: 'lti',
      handle: ({ res }) => void res.status(204).end(),
    }),
  ];
}

function text(
  path: string,
  view: 'system/help' | 'system/whoCanSee' | 'system/accessibility',
  build: (words: ReturnType<typeof wordsOf>, inside: boolean) => TextPage,
): Declaration {
  return route({
    method: 'get',
    path,
    who: { of: 'anyone' },
    changes: [],
    handle: ({ session, res }) => {
      if (!session) allowFraming(res, ['*']);
      page(res, view, build(wordsOf(res), Boolean(session)));
    },
  });
}

/** For load balancers: a word, no detail (quality.md F42). */
function health(path: string, isWell: () => Promise<boolean>): Declaration {
  return route({
    method: 'get',
    path,
    who: { of: 'anyone' },
    changes: [],
    handle: async ({ res }) => {
      const well = await isWell();
      res
        .status(well ? 200 : 503)
        .type('text')
        .send(well ? 'ok' : 'not ready');
    },
  });
}
