import { escapeHtml } from '../http.ts';

/** Text that is already HTML. Everything else is escaped by `html`. */
export interface Html {
  readonly html: string;
}

export type Piece = string | number | null | false | undefined | Html | readonly Piece[];

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (Array.isArray(piece)) return piece.map(render).join('');
  if (typeof piece === 'object') return (piece as Html).html;
  return escapeHtml(String(piece));
}

/** Template tag: escapes every value that is not itself made by `html`. */
export function html(texts: TemplateStringsArray, ...values: Piece[]): Html {
  return { html: texts.map((text, index) => text + render(values[index])).join('') };
}

export interface PageModel {
  readonly title: string;
  /** Name of the manner in the header; absent on the front page. */
  readonly lms?: string;
  readonly manner?: string;
  readonly person?: { readonly name: string; readonly signOut: string; readonly home: string } | null;
  readonly body: Html;
  readonly scripts?: readonly string[];
  readonly data?: Readonly<Record<string, string>>;
}

function header(model: PageModel): Html {
  return html`<header class="top">
    <a class="brand" href="${model.manner ? `/${model.manner}` : '/'}"
      >Riverbend${model.lms ? ` · ${model.lms}` : ''}</a
    >
    <span class="note">practice LMS, invented people</span>
    ${
      model.person
        ? html`<nav aria-label="Account">
            <a href="${model.person.home}">Courses</a>
            <span>${model.person.name}</span>
            <form method="post" action="${model.person.signOut}"><button class="link">Sign out</button></form>
          </nav>`
        : html`<nav aria-label="Account"><a href="/">All LMSs</a></nav>`
    }
  </header>`;
}

/** A whole page as text. */
export function page(model: PageModel): string {
  const data = Object.entries(model.data ?? {}).map(([name, value]) => html` data-${name}="${value}"`);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${model.title} · Riverbend practice LMS</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/static/lms.css" />
        ${(model.scripts ?? []).map((name) => html`<script src="/static/${name}" defer></script>`)}
      </head>
      <body class="${model.manner ?? 'front'}" ${data}>
        <a class="skip" href="#main">Skip to the page</a>
        ${header(model)}
        <main id="main">${model.body}</main>
      </body>
    </html>`.html;
}

/** A page with one message, for refusals. */
export function messagePage(title: string, text: string): string {
  return page({
    title,
    body: html`<h1>${title}</h1>
      <p>${text}</p>`,
  });
}

export interface AutoSubmit {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
}

/** A form that sends itself (by a script file of its own), with a button for when scripts are off. */
export function autoSubmitPage({ action, method, fields }: AutoSubmit): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Opening…</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/static/lms.css" />
        <script src="/static/auto-submit.js" defer></script>
      </head>
      <body class="bare">
        <main>
          <h1 class="quiet">Opening…</h1>
          <form id="auto" method="${method.toLowerCase()}" action="${action}">
            ${inputs}<button>Continue</button>
          </form>
        </main>
      </body>
    </html>`.html;
}
