import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { mayConfirm, mayUndo, type ImportRun } from './import.ts';
import type { ImportTarget } from './target.ts';

/** What can be imported, and what was. */
export interface ImportListPage extends PageModel {
  head: Head;
  targets: { title: string; lede: string; href: string }[];
  runs: { title: string; sub: string; href: string; status: Chip }[];
}

export interface NewImportPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  file: { label: string; hint: string; error: string | null };
  text: Field;
  columns: { name: string; required: string | null; help: string }[];
  example: string;
}

/** A dry run, or what came of an import. */
export interface ImportPage extends PageModel {
  head: Head & { status: Chip };
  facts: { label: string; value: string }[];
  problems: { line: string; message: string }[];
  more: string | null;
  confirm: { action: string; label: string; note: string } | null;
  discard: string | null;
  undo: string | null;
  words: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'imports/index': ImportListPage;
    'imports/new': NewImportPage;
    'imports/show': ImportPage;
  }
}

const CHIP: Readonly<Record<ImportRun['status'], Omit<Chip, 'label'>>> = {
  checked: { tone: 'now', icon: 'eye' },
  applying: { tone: 'warn', icon: 'clock' },
  done: { tone: 'done', icon: 'check' },
  undone: { tone: 'quiet', icon: 'undo' },
  discarded: { tone: 'quiet', icon: 'x' },
};

function chipOf({ t }: Words, { status }: Pick<ImportRun, 'status'>): Chip {
  return { label: t(`imports.status.${status}`), ...CHIP[status] };
}

export function importListPage(
  words: Words,
  targets: readonly ImportTarget[],
  runs: readonly ImportRun[],
  now: Date,
): ImportListPage {
  const { t } = words;
  const title = t('imports.title');
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('imports.lede'), back: { href: paths.admin, label: t('imports.backAdmin') } },
    targets: targets.map((target) => ({
      title: t(target.title),
      lede: t(target.lede),
      href: paths.newImport(target.name),
    })),
    runs: runs.map((run) => {
      const target = targets.find(({ name }) => name === run.target);
      return {
        title: target ? t(target.title) : run.target,
        sub: t('imports.runSub', { when: words.fmt.moment(run.at, now), ...run.counts }),
        href: paths.anImport(run.id),
        status: chipOf(words, run),
      };
    }),
  };
}

export function newImportPage(
  words: Words,
  target: ImportTarget,
  { problems = [], typed = '' }: { problems?: readonly FieldError[]; typed?: string } = {},
): NewImportPage {
  const { t } = words;
  const title = t(target.title);
  return {
    title,
    styles: 'wide',
    head: { title, lede: t(target.lede), back: { href: paths.adminImports, label: t('imports.back') } },
    errors: problems,
    action: paths.newImport(target.name),
    file: { label: t('imports.file'), hint: t('imports.fileHint'), error: errorOf(problems, 'upload') },
    text: {
      name: 'text',
      label: t('imports.paste'),
      kind: 'textarea',
      rows: 8,
      optional: true,
      value: typed,
      error: errorOf(problems, 'text'),
    },
    columns: target.columns.map(({ name, required, help }) => ({
      name,
      required: required ? t('imports.required') : null,
      help: t(help),
    })),
    example: target.example,
  };
}

export function importPage(words: Words, target: ImportTarget, run: ImportRun, now: Date): ImportPage {
  const { t, fmt } = words;
  const { added, changed, same, bad } = run.counts;
  const title = t(target.title);
  const shown = run.problems.length;
  return {
    title,
    styles: 'wide',
    head: {
      title,
      eyebrow: run.file || t('imports.pasted'),
      back: { href: paths.adminImports, label: t('imports.back') },
      status: chipOf(words, run),
    },
    words: t(`imports.says.${run.status}`),
    facts: [
      { label: t('imports.count.added'), value: fmt.number(added) },
      { label: t('imports.count.changed'), value: fmt.number(changed) },
      { label: t('imports.count.same'), value: fmt.number(same) },
      { label: t('imports.count.bad'), value: fmt.number(bad) },
    ],
    problems: run.problems.map(({ line, message }) => ({ line: t('imports.line', { line }), message })),
    more: bad > shown && shown > 0 ? t('imports.more', { shown, bad }) : null,
    confirm: mayConfirm(run, now)
      ? {
          action: paths.confirmImport(run.id),
          label: t('imports.confirm', { count: added + changed }),
          note: bad > 0 ? t('imports.confirmBad', { bad }) : t('imports.confirmNote'),
        }
      : null,
    discard: run.status === 'checked' ? paths.discardImport(run.id) : null,
    undo: mayUndo(run) ? paths.undoImport(run.id) : null,
  };
}
