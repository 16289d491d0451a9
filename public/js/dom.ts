/** Elements with a data attribute, typed. */
export function all<E extends HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

/** `<meta name=…>` content, or null. */
export function meta(name: string): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? null;
}

/** The anti-forgery token a fetch has to carry: the form's own, else the page's. */
export function csrfToken(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? meta('csrf-token') ?? '';
}

/** A copy of a `<template>`'s first element, with its named slots filled as text (never as HTML). */
export function fromTemplate(id: string, slots: Record<string, string>): HTMLElement | null {
  const template = document.querySelector<HTMLTemplateElement>(`template#${id}`);
  const element = template?.content.firstElementChild?.cloneNode(true);
  if (!(element instanceof HTMLElement)) return null;
  for (const [name, text] of Object.entries(slots)) {
    for (const slot of all(`[data-slot="${name}"]`, element)) {
      if (slot instanceof HTMLTextAreaElement) slot.value = text;
      else slot.textContent = text;
    }
  }
  return element;
}

/** Says one sentence through the page's polite live region. */
export function announce(text: string): void {
  const region = document.querySelector('[data-live]');
  if (region) region.textContent = text;
}

/** Set once the person has chosen to send or leave: no question about unsaved words after that. */
export const leaving = { asked: false };

/** What the browser itself would send, the pressed button included. Files are left to the plain post. */
export function entries(form: HTMLFormElement, submitter: HTMLElement | null): [string, string][] {
  const data = new FormData(form, submitter);
  return [...data.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}

/** A random id, also where the page is not in a secure context (a school's test server over http). */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join('-');
}
