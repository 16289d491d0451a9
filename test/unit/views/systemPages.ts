import * as system from '../../../src/shared/system.page.ts';
import type { Pages } from '../../../src/shared/page.ts';
import { words } from './render.ts';

type SystemPages = { [K in keyof Pages & `system/${string}`]: Pages[K] };

/** A model for every page of `views/system/`, made by the product's own builders. */
export function systemFixtures(say: (text: string) => string): SystemPages {
  const url = (path: string): string => `${path}?q=${encodeURIComponent(say('x'))}`;
  const form = { action: url('/lti/continue'), fields: [{ name: 'code', value: say('abc') }] };
  const storage = {
    target: say('_parent'),
    origin: 'https://lms.example',
    key: say('state-1'),
    timeoutMs: 1500,
  };
  return {
    'system/error': system.errorPage(words, {
      reference: say('WM-1'),
      message: say('It failed'),
      retry: url('/plan'),
      home: '/plan',
    }),
    'system/notFound': system.notFoundPage(words, '/plan'),
    'system/noAccess': system.noAccessPage(words, { course: say('Advisory 9B'), retry: url('/plan') }),
    'system/sessionEnded': system.sessionEndedPage(words, {
      kept: say('My first step'),
      returnUrl: 'https://lms.example/',
    }),
    'system/openInNewTab': system.openInNewTabPage(words, form),
    'system/reopenFromCourse': system.reopenFromCoursePage(words, {
      reference: say('WM-2'),
      returnUrl: 'https://lms.example/',
    }),
    'system/notApproved': system.notApprovedPage(words, {
      platform: say('lms.example'),
      reference: say('WM-3'),
      retry: '/plan',
    }),
    'system/offline': system.offlinePage(words, url('/plan')),
    'system/twoVersions': system.twoVersionsPage(words, {
      name: say('your career goal'),
      form,
      mine: say('a robot arm'),
      theirs: say('a robot leg'),
      theirsAt: say('today'),
      back: '/goals/1',
    }),
    'system/registrationDone': system.registrationDonePage(words, {
      platform: say('lms.example'),
      platformOrigin: 'https://lms.example',
      approved: false,
    }),
    'system/deepLinkReturn': system.deepLinkReturnPage(words, {
      returnUrl: 'https://lms.example/deep',
      jwt: say('a.b.c'),
    }),
    'system/storage-put': system.storagePutPage(words, {
      ...storage,
      value: say('v'),
      next: 'https://lms.example/auth',
    }),
    'system/storage-get': system.storageGetPage(words, {
      storage,
      proof: { ...form, action: '/lti/launch/proof' },
      fallback: form,
    }),
    'system/help': system.helpPage(words, true),
    'system/whoCanSee': system.whoCanSeePage(words, true),
    'system/accessibility': system.accessibilityPage(words, false),
  };
}
