import type { Answer, Letter } from './riasec.ts';

/** A set of questions about interests, ready to be asked. Never changed once it was asked: an edit is a new bank. */
export interface ItemBank {
  /** A word for the built-in ones, an id for the imported. */
  id: string;
  name: string;
  /** BCP 47 tag of the language the items are written in. */
  language: string;
  /** The words to answer with, from the least liking to the most. */
  scale: readonly string[];
  items: readonly Item[];
  /** Who wrote it and under which licence, in the words that must be shown. */
  attribution: string;
}

export interface Item {
  id: string;
  text: string;
  letter: Letter;
}

/** A bank that an administrator imported. Sittings name it by id, so it stays readable for ever. */
export interface ImportedBank extends ItemBank {
  institution: string;
  status: 'current' | 'replaced' | 'undone';
  /** The bank of the same name that it took the place of. */
  replaces: string | null;
  importedBy: string;
  importedAt: Date;
}

/** What an import may bring. Two items a letter is the least that can be scored with a tie shown. */
export const BANK_LIMITS = {
  items: 240,
  perLetter: 2,
  scale: 7,
  text: 300,
  name: 120,
  attribution: 500,
} as const;

/** Questions on one page. */
export const PAGE_SIZE = 6;

export function pageCount(bank: Pick<ItemBank, 'items'>): number {
  return Math.ceil(bank.items.length / PAGE_SIZE);
}

/** The questions of one page. @param page from 1 */
export function itemsOn(bank: Pick<ItemBank, 'items'>, page: number): readonly Item[] {
  return bank.items.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
}

/** The page to go on with: the first with a question that has no answer; the last when all have. */
export function firstOpenPage(bank: Pick<ItemBank, 'items'>, answers: readonly Answer[]): number {
  const answered = new Set(answers.map(({ item }) => item));
  const open = bank.items.findIndex(({ id }) => !answered.has(id));
  return open === -1 ? pageCount(bank) : Math.floor(open / PAGE_SIZE) + 1;
}

/** About five questions a minute with reading and thinking, whole minutes. */
export function minutesOf(bank: Pick<ItemBank, 'items'>): number {
  return Math.max(1, Math.round(bank.items.length / 5));
}

/**
 * Earlier answers as answers of this bank, so that nothing is asked twice: same question, same number of words to answer
 * with. The short and the quick set share questions.
 */
export function carriedOver(
  from: Pick<ItemBank, 'items' | 'scale'>,
  answers: readonly Answer[],
  to: Pick<ItemBank, 'items' | 'scale'>,
): Answer[] {
  if (from.scale.length !== to.scale.length) return [];
  const values = new Map(answers.map(({ item, value }) => [item, value]));
  const byText = new Map(from.items.map(({ id, text }) => [text, values.get(id)]));
  return to.items.flatMap(({ id, text }) => {
    const value = byText.get(text);
    return value === undefined ? [] : [{ item: id, value }];
  });
}
