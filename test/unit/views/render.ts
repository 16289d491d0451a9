import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatter } from '../../../src/shared/format.ts';
import { translator } from '../../../src/shared/i18n.ts';
import {
  createRender,
  emptyChrome,
  templateData,
  type Chrome,
  type PageModel,
  type TemplateData,
  type Words,
} from '../../../src/shared/page.ts';
import { strictData, strictView } from '../../support/strictView.ts';

/** Renders templates as the product does, with strict models and invented asset names. */
export const viewsDir = fileURLToPath(new URL('../../../views', import.meta.url));

const t = translator('en', 'throw');
export const words: Words = { t, fmt: formatter(t, 'America/Chicago') };

const renderFile = createRender({ viewsDir, cache: true });

export const fullChrome: Chrome = {
  ...emptyChrome,
  nav: [
    { href: '/plan', label: 'My plan', icon: 'plan', current: true },
    { href: '/courses', label: 'Courses', icon: 'book', current: false },
  ],
  home: '/plan',
  person: { name: 'Zosia Petrova', initials: 'ZP' },
  csrf: 'token-1',
  lmsOrigin: 'https://lms.example',
  returnUrl: 'https://lms.example/courses/1',
  saved: 'Your goal is saved.',
};

function data(model: PageModel, chrome: Chrome): TemplateData {
  return strictData(templateData(model, words, chrome, (name) => `/assets/${name}`));
}

/** One view in its layout. */
export function renderPage(view: string, model: PageModel, chrome: Chrome = fullChrome): string {
  const it = data(model, chrome);
  return renderFile(`layout/${model.layout ?? 'app'}`, { ...it, body: renderFile(view, it) });
}

/** One partial with its argument. */
export function renderPart(name: string, argument: object): string {
  const it = data({ title: 'A part' }, fullChrome);
  return renderFile(`shared/_${name}`, { ...it, a: strictView(argument, 'a') } as TemplateData);
}

/** Paths of all templates in a folder of `views/`, without the ending. */
export function templatesIn(folder: string): string[] {
  return readdirSync(`${viewsDir}/${folder}`)
    .filter((name) => name.endsWith('.ejs'))
    .map((name) => name.slice(0, -4));
}

/** Every template with its source. */
export function allTemplates(): { path: string; source: string }[] {
  return readdirSync(viewsDir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ejs'))
    .map((path) => ({ path, source: readFileSync(`${viewsDir}/${path}`, 'utf8') }));
}
