import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { registrationDonePage } from '../shared/system.page.ts';
import { allowFraming } from '../web/headers.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import { registerPage } from './registration.page.ts';
import { RegistrationForm, RegistrationQuery, type Registration } from './registration.service.ts';

const REGISTERED = '/lti/registered';

/** Dynamic registration, in a frame of the LMS and without a session: the invite is its own secret. */
export function registrationRoutes(registration: Registration): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.register,
      who: { of: 'anyone' },
      changes: [],
      query: RegistrationQuery,
      handle: async ({ query, res, now }) => {
        allowFraming(res, ['*']);
        const ask = await registration.showRegistration(query, now);
        page(res, 'lti/register', registerPage(wordsOf(res), ask, paths.register));
      },
    }),
    route({
      method: 'post',
      path: paths.register,
      who: { of: 'anyone' },
      changes: ['platform.registered'],
      protection: 'own-secret',
      form: RegistrationForm,
      handle: async ({ form, res, now }) => {
        allowFraming(res, ['*']);
        await registration.completeRegistration(form, now);
        seeOther(res, REGISTERED);
      },
    }),
    route({
      method: 'get',
      path: REGISTERED,
      who: { of: 'anyone' },
      changes: [],
      handle: ({ res }) => {
        allowFraming(res, ['*']);
        const words = wordsOf(res);
        const platform = words.t('lti.register.yourLms');
        // "Close" goes to whoever frames us: a Canvas school has a host of its own, and the word is no secret.
        page(
          res,
          'system/registrationDone',
          registrationDonePage(words, { platform, platformOrigin: '*', approved: false }),
        );
      },
    }),
  ];
}
