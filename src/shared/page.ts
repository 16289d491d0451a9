import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import type { Express, Response } from 'express';
import type { AssetUrl } from './assets.ts';
import type { FieldError } from './errors.ts';
import { formatter, type Format } from './format.ts';
import { translator, type Translate } from './i18n.ts';

/**
 * Every view and the model it prints. A feature registers its own beside the builder:
 * `declare module '../shared/page.ts' { interface Pages { 'plans/show': PlanPage } }`.
 */
export interface Pages {}

/** What every page model has. `errors` puts "Error: " in front of the title (WCAG 3.3.1). */
export interface PageModel {
  title: string;
  errors?: readonly FieldError[];
  /** `plain` has no navigation: door pages, errors. */
  layout?: 'app' | 'plain' | 'paper';
  /** `wide` also loads the second style sheet: planner, reports, portfolio, printed plan, set-up. */
  styles?: 'wide';
}

export interface NavItem {
  href: string;
  label: string;
  /** Id in the sprite without `i-`. */
  icon: string;
  current: boolean;
}

export type Tone = 'done' | 'now' | 'warn' | 'stop' | 'review' | 'quiet';

/** What the layout prints around a page. Middleware puts it in `res.locals.chrome`. */
export interface Chrome {
  lang: string;
  dir: 'ltr' | 'rtl';
  theme: 'light' | 'dark' | 'auto';
  nav: readonly NavItem[];
  /** Where the brand leads; null where there is no home (door pages, one task opened from an assignment). */
  home: string | null;
  person: { name: string; initials: string } | null;
  csrf: string | null;
  /** Origin of the LMS page around the frame, for `lti.frameResize`; null outside a frame. */
  lmsOrigin: string | null;
  /** The launch's `return_url`, already checked to be http(s). */
  returnUrl: string | null;
  /** One sentence after a save: "Your goal is saved." */
  saved?: string | null;
  notice?: { tone: Tone; text: string } | null;
  /** The page shows a problem that is not a field's. */
  error?: boolean;
}

/** Language and zone of the person who reads: `res.locals.words`, for page builders and templates alike. */
export interface Words {
  t: Translate;
  fmt: Format;
}

/** Everything a template can name. Partials get their one argument as `it.a`. */
export interface TemplateData {
  vm: object;
  t: Translate;
  fmt: Format;
  asset: AssetUrl;
  chrome: Required<Chrome> & { title: string };
  /** A partial's argument with its optional fields filled in: `const a = it.args(it.a, { tone: 'quiet' })`. */
  args<T extends object>(given: Partial<T>, defaults: Partial<T>): T;
  /** Whether the layout also links the second style sheet. */
  wide: boolean;
  /** A fresh idempotency key for a form. */
  key(): string;
  /** The rendered page; only the layout has it. */
  body?: string;
}

/** Renders one template of `views/` to text. */
export type Render = (view: string, it: TemplateData) => string;

export interface PageSettings {
  /** Folder of the templates. */
  viewsDir: string;
  /** Off in development, so that an edit shows at once. */
  cache: boolean;
  asset: AssetUrl;
}

/** A partial by its path from the top of `views/`, with its one argument. */
type Include = (view: string, argument?: { a: unknown }) => string;

/**
 * Gives a template our `include`. EJS's own resolves the path and copies all options and locals each time, and a
 * page has a hundred partials: that was half of the time a page takes.
 */
const OWN_INCLUDE = '<% { const include = it.include; %>';
const END = '<% } %>';

/** Compiles templates: `it` and `include` are the only names in them, and nothing is looked up by `with`. */
export function createRender({ viewsDir, cache }: Pick<PageSettings, 'viewsDir' | 'cache'>): Render {
  // `it` is made here and read by its own names, so that it needs no copy without a prototype.
  const options = { _with: false, strict: true, localsName: 'it', unsafePrototypeLocals: true };
  const templates = new Map<string, ejs.TemplateFunction>();
  const load = (view: string): ejs.TemplateFunction => {
    const filename = join(viewsDir, `${view}.ejs`);
    const text = OWN_INCLUDE + readFileSync(filename, 'utf8') + END;
    return ejs.compile(text, { ...options, filename, compileDebug: !cache });
  };
  const render = (view: string, given: TemplateData & { a?: unknown }): string => {
    const template = templates.get(view) ?? load(view);
    if (cache) templates.set(view, template);
    const include: Include = (path, argument) => render(path.slice(1), { ...given, ...argument });
    return template({ ...given, include });
  };
  return render;
}

interface PageSystem {
  render: Render;
  asset: AssetUrl;
}

/** Gives the app its pages. Called once, by `createApp`. */
export function usePages(app: Express, settings: PageSettings): void {
  const system: PageSystem = { render: createRender(settings), asset: settings.asset };
  app.locals['pages'] = system;
}

/** Words by time zone, of which there are a few hundred. */
const english = new Map<string, Words>();

/** English for a reader of a time zone; one object a zone, for it is asked for on every request. */
export function englishIn(zone: string): Words {
  const known = english.get(zone);
  if (known) return known;
  const words = { t: plainEnglish, fmt: formatter(plainEnglish, zone) };
  english.set(zone, words);
  return words;
}
const plainEnglish = translator('en', 'blank');

/** The reader's language and zone; English and UTC until middleware knows better. */
export function wordsOf(res: Response): Words {
  return (res.locals['words'] as Words | undefined) ?? englishIn('UTC');
}

/** Chrome of a page that knows nothing of the person: the door, or an error before the session. */
export const emptyChrome: Chrome = {
  lang: 'en',
  dir: 'ltr',
  theme: 'light',
  nav: [],
  home: null,
  person: null,
  csrf: null,
  lmsOrigin: null,
  returnUrl: null,
};

/**
 * The only way a page is answered: body, then layout, as one HTML response. With the header `X-Fragment`
 * (`public/js/swap.ts`) only the body.
 */
export function page<K extends keyof Pages>(
  res: Response,
  view: K,
  model: Pages[K] & PageModel,
  options: { status?: number } = {},
): void {
  res
    .status(options.status ?? 200)
    .type('html')
    .send(html(res, view, model));
}

/** A page as text, for what is no answer to a browser: the PDF. */
export function pageText<K extends keyof Pages>(res: Response, view: K, model: Pages[K] & PageModel): string {
  return html(res, view, model);
}

function html(res: Response, view: string, model: PageModel): string {
  const { render, asset } = res.app.locals['pages'] as PageSystem;
  const chrome = { ...emptyChrome, ...(res.locals['chrome'] as Chrome | undefined) };
  const it = templateData(model, wordsOf(res), chrome, asset);
  const body = render(view, it);
  return res.req.get('x-fragment') ? body : render(`layout/${model.layout ?? 'app'}`, { ...it, body });
}

/** The `it` of a template, from its model and what surrounds it. */
export function templateData(model: PageModel, words: Words, chrome: Chrome, asset: AssetUrl): TemplateData {
  const wrong = (model.errors?.length ?? 0) > 0 || chrome.error === true;
  const title = wrong ? words.t('app.errorTitle', { title: model.title }) : model.title;
  return {
    vm: model,
    t: words.t,
    fmt: words.fmt,
    asset,
    chrome: { saved: null, notice: null, ...chrome, error: wrong, title },
    wide: model.styles === 'wide',
    args: (given, defaults) => ({ ...defaults, ...given }) as never,
    key: randomUUID,
  };
}
