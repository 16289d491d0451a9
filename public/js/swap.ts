import { announce, csrfToken, entries } from './dom.ts';
import { focusProblem } from './errorFocus.ts';
import { release } from './once.ts';
import { reveal } from './reveal.ts';

/**
 * `<form data-swap="list count">` posts by fetch; the elements of those ids in the answer replace their
 * namesakes here, focus returns to the control it was on, and `data-say` of the first is spoken. An answer that leads to
 * another page is followed; refused words (422) replace the main part, with focus on the summary.
 */
export function swap(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['swap'] === undefined) return;
    if (event.defaultPrevented) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const focus = submitter?.id ?? document.activeElement?.id ?? '';
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { 'X-Fragment': '1', 'X-Csrf-Token': csrfToken(form) },
      body: new URLSearchParams(entries(form, submitter)),
    });
    show(answer, parse(await answer.text()), form, focus);
  } catch {
    form.removeAttribute('data-swap');
    release(form);
    form.requestSubmit(submitter);
  }
}

function show(answer: Response, page: Document, form: HTMLFormElement, focus: string): void {
  release(form);
  const ids = (form.dataset['swap'] ?? '').split(' ');
  const parts = ids.map((id) => page.getElementById(id)).filter((part) => part !== null);
  const here = new URL(answer.url).pathname === location.pathname;
  if (answer.ok && (!here || parts.length === 0)) return location.assign(answer.url);
  if (!answer.ok) return showMain(page);
  for (const part of parts) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  reveal();
  document.getElementById(focus)?.focus();
  announce(parts[0]?.dataset['say'] ?? '');
}

function showMain(page: Document): void {
  const main = document.getElementById('main');
  const found = page.getElementById('main');
  main?.replaceChildren(...document.adoptNode(found ?? page.body).childNodes);
  reveal();
  focusProblem();
}

interface HtmlPolicy {
  createHTML(html: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy;
}

/** The only policy the CSP names. It passes what our own server rendered, which is escaped there. */
const policy: HtmlPolicy = (window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('ilp', {
  createHTML: (html) => html,
}) ?? { createHTML: (html) => html };

export function parse(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}
