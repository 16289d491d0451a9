import type { Words } from '../shared/page.ts';
import type { Message, MessagePage } from '../shared/system.page.ts';
import type { RegistrationAsk } from './registration.service.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'lti/register': MessagePage;
  }
}

/** Who asks, and one button; opened by a person, where to paste the link instead. */
export function registerPage({ t }: Words, ask: RegistrationAsk, action: string): MessagePage {
  const title = t('lti.register.title');
  const msg: Message =
    ask.host === null
      ? {
          icon: 'link',
          title,
          paragraphs: [t('lti.register.paste')],
          items: [
            { icon: 'check', text: t('lti.register.canvas') },
            { icon: 'check', text: t('lti.register.moodle') },
          ],
          ref: { label: t('lti.register.link'), value: ask.link },
        }
      : {
          icon: 'link',
          title,
          paragraphs: [t('lti.register.asks', { host: ask.host }), t('lti.register.next')],
          form: {
            action,
            fields: ask.fields,
            button: { label: t('lti.register.button'), kind: 'primary', large: true },
            newTab: false,
            auto: false,
          },
        };
  return { title, layout: 'plain', msg };
}
