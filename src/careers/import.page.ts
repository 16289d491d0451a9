import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Field, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Catalogue } from './career.ts';
import { FORMATS, type CatalogueImport } from './catalogueImport.ts';

/** Choose a file and see what was imported before. */
export interface CareerImportPage extends PageModel {
  head: Head;
  now: string;
  errors: readonly FieldError[];
  action: string;
  fields: Field[];
  file: { error: string | null };
  columns: { label: string; value: string }[];
  past: { title: string; sub: string; undo: { action: string; button: Action } | null; undone: boolean }[];
}

/** What a file would change, before it does. */
export interface CareerCheckPage extends PageModel {
  head: Head;
  counts: { label: string; value: string }[];
  bad: { items: { at: string; message: string }[]; more: string | null } | null;
  sample: { title: string; sub: string }[];
  nothing: Notice | null;
  confirm: { action: string; label: string } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'careers/import': CareerImportPage;
    'careers/check': CareerCheckPage;
  }
}

/** What can be pasted; longer ones come as a file. */
export const LONGEST_PASTE = 60_000;

export interface TypedImport {
  format: string;
  text: string;
  version: string;
}

export interface ImportFacts {
  catalogue: Catalogue;
  past: readonly CatalogueImport[];
  /** Person id → name. */
  names: ReadonlyMap<string, string>;
}

export function careerImportPage(
  words: Words,
  { catalogue, past, names }: ImportFacts,
  { problems = [], typed }: { problems?: readonly FieldError[]; typed?: TypedImport } = {},
): CareerImportPage {
  const { t, fmt } = words;
  const title = t('careers.import.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('careers.import.lede'),
      back: { href: paths.admin, label: t('careers.import.back') },
    },
    now: t('careers.import.now', {
      careers: catalogue.careers.length,
      programmes: catalogue.programmes.length,
      clusters: catalogue.clusters.length,
    }),
    errors: problems,
    action: paths.adminCareerCheck,
    fields: fieldsOf(words, typed, problems),
    file: { error: errorOf(problems, 'file') },
    columns: FORMATS.map((format) => ({
      label: t(`careers.import.format.${format}`),
      value: t(`careers.import.columns.${format}`),
    })),
    past: past.map((one) => ({
      title: t(`careers.import.format.${one.format}`),
      sub: t('careers.import.pastLine', {
        count: one.added + one.changed,
        name: names.get(one.by) ?? '',
        day: fmt.date(one.at),
      }),
      undone: one.state === 'undone',
      undo:
        one.state === 'done'
          ? {
              action: paths.adminCareerUndo(one.id),
              button: { label: t('careers.import.undo'), more: fmt.date(one.at), kind: 'quiet' },
            }
          : null,
    })),
  };
}

function fieldsOf({ t }: Words, typed: TypedImport | undefined, problems: readonly FieldError[]): Field[] {
  return [
    {
      name: 'format',
      kind: 'select',
      label: t('careers.import.format'),
      options: FORMATS.map((value) => ({ value, label: t(`careers.import.format.${value}`) })),
      value: typed?.format ?? 'career',
      error: errorOf(problems, 'format'),
    },
    {
      name: 'version',
      label: t('careers.import.version'),
      hint: t('careers.import.versionHint'),
      optional: true,
      maxLength: 10,
      value: typed?.version ?? '',
      error: errorOf(problems, 'version'),
    },
    {
      name: 'text',
      kind: 'textarea',
      rows: 4,
      label: t('careers.import.text'),
      hint: t('careers.import.textHint', { limit: LONGEST_PASTE }),
      maxLength: LONGEST_PASTE,
      value: typed?.text ?? '',
      error: errorOf(problems, 'text'),
    },
  ];
}

const MOST_SAMPLES = 20;

export function careerCheckPage(words: Words, one: CatalogueImport): CareerCheckPage {
  const { t, fmt } = words;
  const title = t('careers.import.checked');
  const back = { href: paths.adminCareers, label: t('careers.import.again') };
  const nothing: Notice = {
    id: 'nothing',
    tone: 'now',
    icon: 'half',
    title: t('careers.import.nothing'),
    text: t('careers.import.nothingBody'),
  };
  return {
    title,
    styles: 'wide',
    head: {
      title,
      eyebrow: t(`careers.import.format.${one.format}`),
      lede: t('careers.import.checkedLede'),
      back,
    },
    counts: (
      [
        ['added', one.added],
        ['changed', one.changed],
        ['same', one.same],
        ['bad', one.badCount],
      ] as const
    ).map(([name, count]) => ({ label: t(`careers.import.count.${name}`), value: fmt.number(count) })),
    bad: badOf(words, one),
    sample: one.rows.slice(0, MOST_SAMPLES).map(({ key, isNew, data }) => ({
      title: data.title,
      sub: `${key} · ${t(isNew ? 'careers.import.count.added' : 'careers.import.count.changed')}`,
    })),
    nothing: one.rows.length === 0 ? nothing : null,
    confirm:
      one.rows.length > 0
        ? {
            action: paths.adminCareerImport(one.id),
            label: t('careers.import.confirm', { count: one.rows.length }),
          }
        : null,
  };
}

function badOf({ t }: Words, { bad, badCount }: CatalogueImport): CareerCheckPage['bad'] {
  if (badCount === 0) return null;
  return {
    items: bad.map(({ line, message }) => ({ at: t('careers.import.badLine', { line }), message })),
    more: badCount > bad.length ? t('careers.import.badMore', { count: badCount - bad.length }) : null,
  };
}
