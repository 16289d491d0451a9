import { all, newId } from './dom.ts';

/**
 * LTI platform storage (Client-side postMessages 1.0): where a browser blocks cookies in frames, the
 * LMS keeps the login's proof for us. The door renders one element:
 *   data-lti-storage="put"  stores data-key/data-value, then goes on to data-next
 *   data-lti-storage="get"  reads data-key and posts it in the form data-form; else shows data-fallback
 * Messages go only to data-origin (the origin of the platform's OIDC address) and only answers from there
 * count: with `*` a page that frames us could learn the proof. Mobile apps never answer, hence the time-out.
 */
export function platformStorage(): void {
  for (const element of all('[data-lti-storage]')) {
    if (element.dataset['ltiStorage'] === 'put') void put(element);
    else void get(element);
  }
}

async function put(element: HTMLElement): Promise<void> {
  await ask(element, 'put_data');
  const next = new URL(element.dataset['next'] ?? '', location.href);
  if (/^https?:$/.test(next.protocol)) location.replace(next.href);
}

async function get(element: HTMLElement): Promise<void> {
  const value = await ask(element, 'get_data');
  const form = document.getElementById(element.dataset['form'] ?? '');
  const field = form?.querySelector<HTMLInputElement>('[data-storage-value]');
  if (value !== null && field && form instanceof HTMLFormElement) {
    field.value = value;
    return form.requestSubmit();
  }
  element.hidden = true;
  const fallback = document.getElementById(element.dataset['fallback'] ?? '');
  if (fallback) fallback.hidden = false;
}

/** The LMS's window: around the frame, or the one that opened this tab. */
const lms: Window | null = window.parent === window ? (window.opener as Window | null) : window.parent;

/** Asks by today's name, and after half the time by the first draft's; null: no, or no answer. */
async function ask(element: HTMLElement, what: 'put_data' | 'get_data'): Promise<string | null> {
  if (lms === null) return null;
  const half = Number(element.dataset['timeout'] ?? 1500) / 2;
  return (await send(element, `lti.${what}`, half)) ?? send(element, `org.imsglobal.lti.${what}`, half);
}

function send(element: HTMLElement, subject: string, waitMs: number): Promise<string | null> {
  const { key = '', value, origin = '', target = '_parent' } = element.dataset;
  const id = newId();
  return new Promise((resolve) => {
    const done = (answer: string | null): void => {
      removeEventListener('message', listen);
      clearTimeout(timer);
      resolve(answer);
    };
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.origin !== origin || !isAnswer(event.data) || event.data.message_id !== id) return;
      done(event.data.error === undefined ? (event.data.value ?? value ?? '') : null);
    };
    const timer = setTimeout(() => done(null), waitMs);
    addEventListener('message', listen);
    post(target, { subject, message_id: id, key, ...(value === undefined ? {} : { value }) }, origin);
  });
}

interface Answer {
  message_id: string;
  value?: string;
  error?: unknown;
}

function isAnswer(data: unknown): data is Answer {
  return typeof data === 'object' && data !== null && 'message_id' in data;
}

/** `_parent`, or a sibling frame of that name (Canvas: `post_message_forwarding`), which may be missing. */
function post(target: string, message: object, origin: string): void {
  try {
    storageFrame(target)?.postMessage(message, origin);
  } catch {
    // An origin the browser refuses: the time-out takes over.
  }
}

function storageFrame(target: string): Window | null {
  try {
    const sibling: unknown = target === '_parent' || lms === null ? null : Reflect.get(lms.frames, target);
    return sibling ? (sibling as Window) : lms;
  } catch {
    // A browser that does not let us look at the sibling: the LMS's own window is asked instead.
    return lms;
  }
}
