import { all } from './dom.ts';

const sent = new WeakSet<HTMLFormElement>();

/** A second tap on a sending form does nothing. The server's idempotency key is the real guard. */
export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    if (form.method !== 'post') return;
    sent.add(form);
    setTimeout(() => setBusy(form, true));
  });
  // Back from the next page: the browser shows this one as it was left.
  addEventListener('pageshow', () => {
    for (const form of all<HTMLFormElement>('form')) release(form);
  });
}

/** Lets a form be sent again, after an answer that kept the page. */
export function release(form: HTMLFormElement): void {
  sent.delete(form);
  setBusy(form, false);
}

function setBusy(form: HTMLFormElement, busy: boolean): void {
  if (busy) form.setAttribute('aria-busy', 'true');
  else form.removeAttribute('aria-busy');
}
