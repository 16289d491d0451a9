import { LETTERS } from './riasec.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { ImportedBank, ItemBank } from './bank.ts';
import type { BankDiff, ImportForm, ImportProblem } from './bankImport.ts';
import { OWN_BANKS } from './data/ownBanks.ts';
import { languageName } from './interests.page.ts';

interface BankLine {
  title: string;
  sub: string;
  status: Chip;
  forms: { action: string; fields: { name: string; value: string }[]; button: Action }[];
}

/** The school's interest questions, and a form to bring more. */
export interface BanksPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  banks: BankLine[];
  action: string;
  source: Field;
  rest: Field[];
}

/** What an import would do. */
export interface BankCheckPage extends PageModel {
  head: Head;
  summary: string;
  about: string;
  counts: { label: string; value: string }[];
  sample: string[];
  confirm: { action: string; fields: { name: string; value: string }[]; button: Action } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'inventory/banks': BanksPage;
    'inventory/bankCheck': BankCheckPage;
  }
}

export const EMPTY_FORM: ImportForm = { source: '', name: '', language: 'en', scale: '', attribution: '' };

export interface BanksFacts {
  imported: readonly ImportedBank[];
  off: readonly string[];
  names: ReadonlyMap<string, string>;
  typed?: ImportForm;
  problems?: readonly FieldError[];
}

export function banksPage(words: Words, facts: BanksFacts): BanksPage {
  const { t } = words;
  const { typed = EMPTY_FORM, problems = [] } = facts;
  const current = facts.imported.filter(({ status }) => status === 'current');
  const title = t('inventory.admin.title');
  return {
    title,
    head: {
      title,
      lede: t('inventory.admin.lede'),
      back: { href: paths.admin, label: t('inventory.admin.back') },
    },
    errors: problems,
    banks: [
      ...OWN_BANKS.map((bank) => bankLine(words, bank, facts, null)),
      ...current.map((bank) => bankLine(words, bank, facts, bank)),
    ],
    action: paths.adminInventoryCheck,
    source: {
      name: 'source',
      label: t('inventory.admin.source'),
      hint: t('inventory.admin.sourceHint'),
      kind: 'textarea',
      rows: 8,
      value: typed.source,
      error: sourceError(words, problems),
    },
    rest: restOf(words, typed, problems),
  };
}

function restOf({ t }: Words, typed: ImportForm, problems: readonly FieldError[]): Field[] {
  const field = (name: 'name' | 'language' | 'scale' | 'attribution'): Field => ({
    name,
    label: t(`inventory.admin.${name}`),
    hint: t(`inventory.admin.${name}Hint`),
    value: typed[name],
    error: errorOf(problems, name),
  });
  return [
    { ...field('name'), maxLength: 120 },
    { ...field('language'), maxLength: 35 },
    { ...field('scale'), kind: 'textarea', rows: 5 },
    { ...field('attribution'), kind: 'textarea', rows: 2, maxLength: 500 },
  ];
}

/** One is said beside the field; many stand in the summary above. */
function sourceError({ t }: Words, problems: readonly FieldError[]): string | null {
  const mine = problems.filter(({ field }) => field === 'source');
  return mine.length > 1 ? t('inventory.import.bad', { count: mine.length }) : (mine[0]?.message ?? null);
}

function bankLine(words: Words, bank: ItemBank, facts: BanksFacts, imported: ImportedBank | null): BankLine {
  const { t } = words;
  const isOff = facts.off.includes(bank.id);
  const offer: Action = {
    label: t(isOff ? 'inventory.admin.offer' : 'inventory.admin.stop'),
    more: bank.name,
  };
  const fields = [
    { name: 'bank', value: bank.id },
    { name: 'offered', value: isOff ? '1' : '0' },
  ];
  const undo: Action = { label: t('inventory.admin.undo'), more: bank.name, kind: 'quiet' };
  return {
    title: bank.name,
    sub: t('inventory.admin.sub', {
      count: bank.items.length,
      language: languageName(t.locale, bank.language),
      source: imported ? importedBy(words, imported, facts.names) : t('inventory.admin.own'),
      attribution: bank.attribution,
    }),
    status: isOff
      ? { label: t('inventory.admin.off'), tone: 'quiet' }
      : { label: t('inventory.admin.offered'), tone: 'done', icon: 'check' },
    forms: [
      { action: paths.adminInventoryOffer, fields, button: offer },
      ...(imported
        ? [{ action: paths.adminInventoryUndo, fields: [{ name: 'bank', value: bank.id }], button: undo }]
        : []),
    ],
  };
}

function importedBy({ t, fmt }: Words, bank: ImportedBank, names: ReadonlyMap<string, string>): string {
  const name = names.get(bank.importedBy) ?? t('inventory.admin.someone');
  return t('inventory.admin.imported', { day: fmt.date(bank.importedAt), name });
}

export interface CheckFacts {
  form: ImportForm;
  bank: Omit<ItemBank, 'id'>;
  diff: BankDiff;
  replaces: ImportedBank | null;
}

/** The form's own fields that can be wrong; in a JSON file all of it is in `source`. */
const HEAD_FIELDS: readonly string[] = ['name', 'language', 'scale', 'attribution'];

/** Everything that is wrong, each with its line, for the form that was sent: an import has at most some hundreds. */
export function importErrors(
  { t }: Words,
  form: ImportForm,
  problems: readonly ImportProblem[],
): FieldError[] {
  const isJson = /^\s*[[{]/.test(form.source);
  return problems.map(({ at, row, why, value }) => {
    const what = t(`inventory.import.problem.${why}`, { value });
    const field = !isJson && HEAD_FIELDS.includes(why) ? why : 'source';
    return {
      field,
      message:
        at === 'file'
          ? what
          : t('inventory.import.at', { where: t(`inventory.import.${at}`, { row }), what }),
    };
  });
}

/** A dry run in which nothing is wrong. */
export function bankCheckPage(words: Words, facts: CheckFacts): BankCheckPage {
  const { t } = words;
  const { bank, diff, replaces } = facts;
  const title = t('inventory.import.title');
  const about = diff.same ? 'sameAll' : replaces ? 'replaces' : 'isNew';
  return {
    title,
    head: { title, back: { href: paths.adminInventories, label: t('inventory.import.back') } },
    summary: t('inventory.import.good'),
    about: t(`inventory.import.${about}`),
    counts: countsOf(words, bank, diff),
    sample: bank.items.slice(0, 6).map(({ text }) => text),
    confirm: diff.same ? null : confirmOf(words, facts),
  };
}

function countsOf(words: Words, bank: Omit<ItemBank, 'id'>, diff: BankDiff): BankCheckPage['counts'] {
  const { t, fmt } = words;
  const letters = LETTERS.map((letter) => {
    const count = bank.items.filter((item) => item.letter === letter).length;
    return t('inventory.import.letter', { letter, count });
  });
  return [
    { label: t('inventory.import.new'), value: fmt.number(diff.added) },
    { label: t('inventory.import.changed'), value: fmt.number(diff.changed) },
    { label: t('inventory.import.unchanged'), value: fmt.number(diff.unchanged) },
    { label: t('inventory.import.gone'), value: fmt.number(diff.gone) },
    { label: t('inventory.import.perLetter'), value: letters.join(' · ') },
    { label: t('inventory.admin.scale'), value: bank.scale.join(' · ') },
  ];
}

function confirmOf({ t }: Words, { form, bank }: CheckFacts): BankCheckPage['confirm'] {
  const fields = Object.entries(form).map(([name, value]) => ({ name, value: String(value) }));
  const button: Action = { label: t('inventory.import.confirm', { name: bank.name }), kind: 'primary' };
  return { action: paths.adminInventories, fields, button };
}
