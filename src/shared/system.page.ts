import type { PageModel, Words } from './page.ts';
import type { Action } from './parts.ts';
import { paths } from './paths.ts';

/**
 * The small pages that belong to no feature: errors, the door's ways out, help. Pure builders: words and
 * facts in, exactly what the template prints out. All but the help pages have no navigation.
 */
export interface Message {
  icon: string;
  tone?: 'done' | 'warn' | 'stop' | 'review' | 'quiet' | null;
  title: string;
  paragraphs: readonly string[];
  quiet?: string | null;
  items?: readonly { icon: string; text: string }[];
  ref?: { label: string; value: string } | null;
  /** What the refused form held, so that nothing typed is lost. */
  kept?: { label: string; hint: string; text: string } | null;
  form?: MessageForm | null;
  actions?: readonly Action[];
  foot?: string | null;
}

/** Hidden fields and one button; `auto`: the script presses it. */
interface MessageForm extends PostForm {
  button: Action;
  newTab: boolean;
  auto: boolean;
}

export interface MessagePage extends PageModel {
  msg: Message;
}

/** A form with hidden fields and one button. */
export interface PostForm {
  action: string;
  fields: readonly { name: string; value: string }[];
}

export interface TwoVersionsPage extends MessagePage {
  form: PostForm;
  legend: string;
  mine: Version;
  theirs: Version;
  keep: Action;
  back: Action;
}

interface Version {
  value: 'mine' | 'theirs';
  label: string;
  when: string | null;
  text: string;
}

export interface RegistrationDonePage extends MessagePage {
  /** Whose window may be told to close itself. */
  platformOrigin: string;
  close: string;
}

export interface StoragePutPage extends PageModel {
  storage: StorageRequest & { value: string; next: string };
  message: string;
  button: string;
}

export interface StorageGetPage extends PageModel {
  storage: StorageRequest;
  message: string;
  /** Posts what the LMS gave back; its field `proof` is filled by the script. */
  proof: PostForm;
  /** Shown when the LMS does not answer, and without script. */
  fallback: Message;
}

export interface StorageRequest {
  /** `lti_storage_target`: `_parent`, or the name of the platform's storage frame. */
  target: string;
  /** Origin of the platform's OIDC authorization address. */
  origin: string;
  key: string;
  timeoutMs: number;
}

export interface TextPage extends PageModel {
  lede: string;
  sections: readonly { id: string; title: string; paragraphs: readonly string[]; items: readonly string[] }[];
}

/** Help leads on to pages of their own. */
export interface HelpPage extends TextPage {
  links: readonly { href: string; label: string }[];
}

declare module './page.ts' {
  interface Pages {
    'system/error': MessagePage;
    'system/notFound': MessagePage;
    'system/noAccess': MessagePage;
    'system/sessionEnded': MessagePage;
    'system/openInNewTab': MessagePage;
    'system/reopenFromCourse': MessagePage;
    'system/notApproved': MessagePage;
    'system/offline': MessagePage;
    'system/twoVersions': TwoVersionsPage;
    'system/registrationDone': RegistrationDonePage;
    'system/deepLinkReturn': MessagePage;
    'system/storage-put': StoragePutPage;
    'system/storage-get': StorageGetPage;
    'system/help': HelpPage;
    'system/whoCanSee': TextPage;
    'system/accessibility': TextPage;
  }
}

type ErrorKind = 'error' | 'busy' | 'lms' | 'refused';

/** Something failed. `message` replaces the usual sentence; `retry` and `home` are addresses, where there are any. */
export function errorPage(
  { t }: Words,
  facts: {
    kind?: ErrorKind;
    message?: string | null;
    reference: string;
    retry?: string | null;
    home?: string | null;
  },
): MessagePage {
  const kind = facts.kind ?? 'error';
  const title = t(`system.${kind}.title`);
  return plain({
    icon: 'warn',
    tone: 'stop',
    title,
    paragraphs: [facts.message ?? t(`system.${kind}.body`)],
    ref: { label: t('system.reference'), value: facts.reference },
    actions: [
      ...(facts.retry ? [primary(t('system.tryAgain'), facts.retry, 'redo')] : []),
      ...(facts.home ? [quiet(t('system.goHome'), facts.home)] : []),
    ],
  });
}

/** Somebody else changed the thing first (409); `message` says what to do. */
export function conflictPage({ t }: Words, facts: { message: string; back: string | null }): MessagePage {
  return plain({
    icon: 'sync',
    tone: 'warn',
    title: t('system.conflict.title'),
    paragraphs: [facts.message],
    actions: facts.back ? [primary(t('system.lookAgain'), facts.back, 'redo')] : [],
  });
}

/** An unknown address, or somebody else's thing: the two look the same (404). */
export function notFoundPage({ t }: Words, home: string | null): MessagePage {
  return plain({
    icon: 'help',
    tone: 'quiet',
    title: t('system.notFound.title'),
    paragraphs: [t('system.notFound.body')],
    actions: [...(home ? [primary(t('system.goHome'), home)] : []), quiet(t('system.help'), '/help')],
  });
}

/** The person is known and may not do this (403). With `course`: they are not on its list. */
export function noAccessPage(
  { t }: Words,
  facts: { message?: string | null; course?: string | null; retry?: string | null },
): MessagePage {
  const actions = facts.retry ? [primary(t('system.lookAgain'), facts.retry, 'redo')] : [];
  if (!facts.course) {
    const paragraphs = [facts.message ?? t('system.notFound.body')];
    return plain({ icon: 'lock', tone: 'quiet', title: t('system.noAccess.title'), paragraphs, actions });
  }
  return plain({
    icon: 'users',
    tone: 'quiet',
    title: t('system.noAccess.course'),
    paragraphs: [t('system.noAccess.courseBody', { course: facts.course })],
    items: [
      { icon: 'redo', text: t('system.noAccess.joined') },
      { icon: 'msg', text: t('system.noAccess.ask') },
    ],
    actions,
  });
}

/** No session, or it ended (401). `kept`: the words of the form that was refused. */
export function sessionEndedPage(
  { t }: Words,
  facts: { kept: string | null; returnUrl: string | null },
): MessagePage {
  const { kept, returnUrl } = facts;
  return plain({
    icon: 'lock',
    title: t('system.ended.title'),
    paragraphs: [...(kept ? [t('system.ended.kept')] : []), t('system.ended.body')],
    kept: kept ? { label: t('system.ended.keptLabel'), hint: t('system.ended.copy'), text: kept } : null,
    actions: returnUrl ? [primary(t('system.backToCourse'), returnUrl)] : [],
  });
}

/** Cookies do not come back in the frame: one button posts to a tab of its own. */
export function openInNewTabPage({ t }: Words, form: PostForm): MessagePage {
  const button: Action = {
    label: t('system.newTab.button'),
    kind: 'primary',
    large: true,
    iconEnd: 'ext',
    more: t('system.newTab.more'),
  };
  return plain({
    icon: 'ext',
    title: t('system.newTab.title'),
    paragraphs: [t('system.newTab.body')],
    quiet: t('system.newTab.quiet'),
    form: { ...form, button, newTab: true, auto: false },
    foot: t('system.newTab.foot'),
  });
}

/** A launch that cannot be used: spent, too old, incomplete. The reference is also in the log. */
export function reopenFromCoursePage(
  { t }: Words,
  facts: { reference: string; returnUrl?: string | null; message?: string | null },
): MessagePage {
  return plain({
    icon: 'redo',
    tone: 'warn',
    title: t('system.reopen.title'),
    paragraphs: [facts.message ?? t('system.reopen.body'), t('system.reopen.steps')],
    ref: { label: t('system.reopen.reference'), value: facts.reference },
    actions: facts.returnUrl ? [primary(t('system.backToCourse'), facts.returnUrl)] : [],
  });
}

/** The connection is registered, and nobody approved it yet. `platform`: host name of the LMS. */
export function notApprovedPage(
  { t }: Words,
  facts: { platform: string; reference: string; retry?: string | null },
): MessagePage {
  return plain({
    icon: 'clock',
    tone: 'warn',
    title: t('system.notApproved.title'),
    paragraphs: [t('system.notApproved.body', { platform: facts.platform })],
    quiet: t('system.notApproved.quiet'),
    ref: { label: t('system.reopen.reference'), value: facts.reference },
    actions: facts.retry ? [primary(t('system.lookAgain'), facts.retry, 'redo')] : [],
  });
}

/** The browser has no connection. */
export function offlinePage({ t }: Words, retry: string): MessagePage {
  return plain({
    icon: 'off',
    tone: 'warn',
    title: t('system.offline.title'),
    paragraphs: [t('system.offline.body')],
    actions: [primary(t('system.tryAgain'), retry, 'redo')],
  });
}

/** A form was sent that was based on an older version: both texts, side by side, and the choice. */
export function twoVersionsPage(
  { t }: Words,
  facts: {
    name: string;
    form: PostForm;
    mine: string;
    theirs: string;
    theirsAt: string | null;
    back: string;
  },
): TwoVersionsPage {
  const msg: Message = {
    icon: 'copy',
    tone: 'warn',
    title: t('system.two.title', { name: facts.name }),
    paragraphs: [t('system.two.body')],
  };
  const text = (words: string): string => words.trim() || t('system.two.empty');
  const when = facts.theirsAt === null ? null : t('system.two.saved', { when: facts.theirsAt });
  return {
    ...plain(msg),
    form: facts.form,
    legend: t('system.two.legend'),
    mine: { value: 'mine', label: t('system.two.mine'), when: null, text: text(facts.mine) },
    theirs: { value: 'theirs', label: t('system.two.theirs'), when, text: text(facts.theirs) },
    keep: { label: t('system.two.keep'), kind: 'primary' },
    back: quiet(t('system.two.back'), facts.back),
  };
}

/** The last page of dynamic registration; `org.imsglobal.lti.close` goes to the platform's origin only. */
export function registrationDonePage(
  { t }: Words,
  facts: { platform: string; platformOrigin: string; approved: boolean },
): RegistrationDonePage {
  const msg: Message = {
    icon: 'check',
    tone: 'done',
    title: t('system.registered.title'),
    paragraphs: [t('system.registered.body', { platform: facts.platform })],
    quiet: facts.approved ? null : t('system.registered.waits'),
  };
  return { ...plain(msg), platformOrigin: facts.platformOrigin, close: t('system.registered.close') };
}

/** Posts the signed deep-linking response (LTI Deep Linking 2.0, 3.1.2) back to the LMS. */
export function deepLinkReturnPage({ t }: Words, facts: { returnUrl: string; jwt: string }): MessagePage {
  return plain({
    icon: 'task',
    title: t('system.deepLink.title'),
    paragraphs: [t('system.deepLink.body')],
    form: {
      action: facts.returnUrl,
      fields: [{ name: 'JWT', value: facts.jwt }],
      button: { label: t('system.deepLink.button'), kind: 'primary', large: true },
      newTab: false,
      auto: true,
    },
  });
}

/** After the login request: the LMS keeps our proof, then the browser goes on to the LMS's sign-in. */
export function storagePutPage(
  { t }: Words,
  storage: StorageRequest & { value: string; next: string },
): StoragePutPage {
  const title = t('system.storage.title');
  return { title, layout: 'plain', storage, message: t('system.storage.body'), button: t('system.continue') };
}

/** After the launch post, where no cookie came: the LMS is asked for the proof. */
export function storageGetPage(
  words: Words,
  facts: { storage: StorageRequest; proof: PostForm; fallback: PostForm },
): StorageGetPage {
  const title = words.t('system.storage.title');
  const fallback = openInNewTabPage(words, facts.fallback).msg;
  const message = words.t('system.storage.body');
  return { title, layout: 'plain', storage: facts.storage, proof: facts.proof, message, fallback };
}

/** `inside`: the person has a session, so the page keeps its navigation. */
export function helpPage({ t }: Words, inside: boolean): HelpPage {
  const section = (id: 'start' | 'saved' | 'send' | 'grade' | 'who') => ({
    id,
    title: t(`help.${id}.title`),
    paragraphs: [t(`help.${id}.body`)],
    items: [],
  });
  const sections = (['start', 'saved', 'send', 'grade', 'who'] as const).map(section);
  const links = [{ href: paths.ilpAndIep, label: t('help.more.ilpAndIep') }];
  return { title: t('help.title'), lede: t('help.lede'), sections, links, layout: inside ? 'app' : 'plain' };
}

export function whoCanSeePage({ t }: Words, inside: boolean): TextPage {
  const section = (id: 'you' | 'advisor' | 'family' | 'school' | 'others') => ({
    id,
    title: t(`whoCanSee.${id}.title`),
    paragraphs: [t(`whoCanSee.${id}.body`)],
    items: [],
  });
  const sections = (['you', 'advisor', 'family', 'school', 'others'] as const).map(section);
  return {
    title: t('whoCanSee.title'),
    lede: t('whoCanSee.lede'),
    sections,
    layout: inside ? 'app' : 'plain',
  };
}

export function accessibilityPage({ t }: Words, inside: boolean): TextPage {
  const works = (['keyboard', 'zoom', 'colour', 'script'] as const).map((what) =>
    t(`accessibility.works.${what}`),
  );
  return {
    title: t('accessibility.title'),
    lede: t('accessibility.lede'),
    sections: [
      {
        id: 'aim',
        title: t('accessibility.aim.title'),
        paragraphs: [t('accessibility.aim.body')],
        items: [],
      },
      { id: 'works', title: t('accessibility.works.title'), paragraphs: [], items: works },
      {
        id: 'tell',
        title: t('accessibility.tell.title'),
        paragraphs: [t('accessibility.tell.body')],
        items: [],
      },
    ],
    layout: inside ? 'app' : 'plain',
  };
}

function plain(msg: Message): MessagePage {
  return { title: msg.title, layout: 'plain', msg };
}

function primary(label: string, href: string, icon: string | null = null): Action {
  return { label, href, icon, kind: 'primary' };
}

function quiet(label: string, href: string): Action {
  return { label, href, kind: 'quiet' };
}
