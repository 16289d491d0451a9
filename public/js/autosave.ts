import { all, csrfToken, entries, fromTemplate, leaving, newId } from './dom.ts';

const TYPING_PAUSE_MS = 900;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;

/**
 * `<form data-autosave="URL" data-version="3">` saves itself: 900 ms after typing, at once on a change,
 * one save at a time. `If-Match` carries the version the words were based on, so two tabs never overwrite
 * each other: the server answers 412 with what it has, words only one side changed are taken from that side,
 * and where both changed the same field both texts are shown.
 */
export function autosave(): void {
  for (const form of all<HTMLFormElement>('form[data-autosave]')) keepSaved(form);
}

interface Draft {
  form: HTMLFormElement;
  /** `stopped`: a person has to act first (two versions, session ended). */
  state: 'clean' | 'dirty' | 'saving' | 'stopped';
  again: boolean;
  retryMs: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** The save that is on its way. */
  flight: Promise<void> | null;
  /** What each text field held when this page and the server last agreed. */
  agreed: Map<string, string>;
}

function keepSaved(form: HTMLFormElement): void {
  const draft: Draft = {
    form,
    state: 'clean',
    again: false,
    retryMs: FIRST_RETRY_MS,
    timer: undefined,
    flight: null,
    agreed: texts(form),
  };
  form.addEventListener('input', () => later(draft, TYPING_PAUSE_MS));
  form.addEventListener('change', () => later(draft, 0));
  // Before every other listener: the button waits for a save that is on its way, or the server would meet the
  // same person's words twice, the second time based on a version that is no more.
  form.addEventListener('submit', (event) => pressed(draft, event), { capture: true });
  addEventListener('online', () => retryNow(draft));
  addEventListener('pagehide', () => {
    if (draft.state === 'dirty' && !leaving.asked) void save(draft, true);
  });
  addEventListener('beforeunload', (event) => {
    if ((draft.state === 'dirty' || draft.state === 'saving') && !leaving.asked) event.preventDefault();
  });
}

function pressed(draft: Draft, event: SubmitEvent): void {
  clearTimeout(draft.timer);
  if (draft.flight === null) {
    leaving.asked = true;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  draft.again = false;
  const { submitter } = event;
  void draft.flight.then(() => draft.form.requestSubmit(submitter));
}

function later(draft: Draft, waitMs: number): void {
  if (draft.state === 'stopped') return;
  if (draft.state === 'saving') draft.again = true;
  else draft.state = 'dirty';
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => void save(draft), waitMs);
}

function retryNow(draft: Draft): void {
  if (draft.state === 'dirty') later(draft, 0);
}

async function save(draft: Draft, last = false): Promise<void> {
  if (draft.state !== 'dirty') return;
  draft.state = 'saving';
  draft.again = false;
  say(draft.form, 'saving');
  draft.flight = send(draft, last);
  await draft.flight;
  draft.flight = null;
}

async function send(draft: Draft, last: boolean): Promise<void> {
  try {
    const sent = texts(draft.form);
    const answer = await post(draft.form, last);
    if (answer.ok) saved(draft, sent, (await answer.json()) as Saved);
    else if (answer.status === 412) merge(draft, theirsOf(await answer.json()));
    else if (answer.status === 401 || answer.status === 403) sessionEnded(draft);
    else if (isFinal(answer.status)) refused(draft);
    else failed(draft);
  } catch {
    failed(draft);
  }
}

/** A refusal that the same words would meet again; anything else is tried later. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

function post(form: HTMLFormElement, keepalive: boolean): Promise<Response> {
  const words = entries(form, null).filter(([name]) => name !== '_key');
  return fetch(form.dataset['autosave'] ?? form.action, {
    method: 'POST',
    keepalive,
    headers: {
      Accept: 'application/json',
      'X-Autosave': '1',
      'X-Csrf-Token': csrfToken(form),
      'If-Match': `"${form.dataset['version'] ?? ''}"`,
    },
    // A key of its own: the form's is for the day the person presses its button.
    body: new URLSearchParams([...words, ['_key', newId()]]),
  });
}

interface Saved {
  version: number | string;
  /** An ISO instant, or a time that the server has put into words. */
  savedAt: string;
}

function saved(draft: Draft, sent: Map<string, string>, { version, savedAt }: Saved): void {
  setVersion(draft.form, version);
  draft.agreed = sent;
  draft.state = 'clean';
  draft.retryMs = FIRST_RETRY_MS;
  say(draft.form, 'saved', clock(savedAt));
  if (draft.again) later(draft, TYPING_PAUSE_MS);
}

function failed(draft: Draft): void {
  draft.state = 'dirty';
  say(draft.form, 'failed');
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => void save(draft), draft.retryMs);
  draft.retryMs = Math.min(draft.retryMs * 2, LONGEST_RETRY_MS);
}

/** The words do not fit yet (a date in the past, too long): they stay here, and the form's button says why. */
function refused(draft: Draft): void {
  draft.state = 'clean';
  say(draft.form, 'refused');
  if (draft.again) later(draft, TYPING_PAUSE_MS);
}

function sessionEnded(draft: Draft): void {
  draft.state = 'stopped';
  leaving.asked = true;
  say(draft.form, 'ended');
  const words = entries(draft.form, null).filter(([name, text]) => !name.startsWith('_') && text !== '');
  notice(draft.form, fromTemplate('session-ended', { words: words.map(([, text]) => text).join('\n\n') }));
}

interface Theirs {
  version: number | string;
  fields: Record<string, string>;
}

/** An answer without fields (a proxy's own 412) must not cost a word: it counts as a failed save. */
function theirsOf(answer: unknown): Theirs {
  const theirs = answer as Theirs | null;
  if (typeof theirs?.fields !== 'object') throw new Error('412 without fields');
  return theirs;
}

/** What the person typed stays in the form; a field both sides changed waits for their choice. */
function merge(draft: Draft, theirs: Theirs): void {
  setVersion(draft.form, theirs.version);
  const both: TextField[] = [];
  for (const field of textFields(draft.form)) {
    const text = theirs.fields[field.name];
    if (text === undefined || text === field.value) continue;
    if (field.value === draft.agreed.get(field.name)) field.value = text;
    else if (text !== draft.agreed.get(field.name)) both.push(field);
  }
  if (both.length > 0) return askWhich(draft, both, theirs);
  draft.state = 'dirty';
  later(draft, 0);
}

function askWhich(draft: Draft, fields: TextField[], theirs: Theirs): void {
  draft.state = 'stopped';
  say(draft.form, 'conflict');
  const element = fromTemplate('two-versions', {
    mine: fields.map((field) => field.value).join('\n\n'),
    theirs: fields.map((field) => theirs.fields[field.name]).join('\n\n'),
  });
  const go = (): void => {
    draft.agreed = new Map(Object.entries(theirs.fields));
    draft.state = 'dirty';
    element?.remove();
    fields[0]?.focus();
    later(draft, 0);
  };
  element?.querySelector('[data-choose="mine"]')?.addEventListener('click', go);
  element?.querySelector('[data-choose="theirs"]')?.addEventListener('click', () => {
    for (const field of fields) field.value = theirs.fields[field.name] ?? '';
    go();
  });
  notice(draft.form, element);
}

type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Fields with words in them: a tick or a radio has none to lose, and is sent as it stands. */
function textFields(form: HTMLFormElement): TextField[] {
  return all<TextField>('[name]:is(input, textarea, select)', form).filter(
    ({ type }) => !/^(checkbox|radio|hidden|file)$/.test(type),
  );
}

function texts(form: HTMLFormElement): Map<string, string> {
  return new Map(textFields(form).map(({ name, value }) => [name, value]));
}

function notice(form: HTMLFormElement, element: HTMLElement | null): void {
  if (!element) return;
  form.before(element);
  element.focus();
}

function setVersion(form: HTMLFormElement, version: number | string): void {
  form.dataset['version'] = String(version);
  const field = form.querySelector<HTMLInputElement>('input[name="_version"]');
  if (field) field.value = String(version);
}

/** The status line carries its own sentences (`data-text-saved="All changes saved at {time}"`). */
function say(form: HTMLFormElement, state: string, time = ''): void {
  const status =
    form.querySelector<HTMLElement>('[data-save-status]') ??
    document.querySelector<HTMLElement>('[data-save-status]');
  const words = status?.querySelector('[data-save-text]');
  if (!status || !words) return;
  status.dataset['tone'] = state === 'saved' || state === 'saving' ? 'done' : 'warn';
  const text = (status.getAttribute(`data-text-${state}`) ?? '').replace('{time}', time);
  if (words.textContent !== text) words.textContent = text;
}

function clock(savedAt: string): string {
  const instant = /^\d{4}-\d\d-\d\dT/.test(savedAt) ? new Date(savedAt) : null;
  if (instant === null) return savedAt;
  return instant.toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' });
}
