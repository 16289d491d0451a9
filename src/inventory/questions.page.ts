import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head, Row } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { itemsOn, PAGE_SIZE, pageCount, type ItemBank } from './bank.ts';
import { isScorable, type Answer } from './riasec.ts';
import type { Sitting } from './sitting.ts';

/** One page of about six questions. */
export interface QuestionsPage extends PageModel {
  head: Head;
  carried: string | null;
  progress: { done: number; total: number; label: string };
  action: string;
  page: number;
  questions: { name: string; text: string; options: { value: string; label: string; checked: boolean }[] }[];
  buttons: Action[];
  attribution: string;
}

/** Before the result, when questions were left out. */
export interface CheckPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  rows: Row[];
  /** Why there can be no result yet. */
  tooFew: string | null;
  action: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'inventory/questions': QuestionsPage;
    'inventory/check': CheckPage;
  }
}

interface QuestionFacts {
  sitting: Pick<Sitting, 'answers' | 'from'>;
  bank: ItemBank;
  page: number;
}

/** The name of a question's field on its page. @param index from 0 */
export function fieldName(index: number): string {
  return `q${index}`;
}

/** Names of all fields a page can have. */
export const FIELD_NAMES = Array.from({ length: PAGE_SIZE }, (_, index) => fieldName(index));

export function questionsPage(words: Words, { sitting, bank, page }: QuestionFacts): QuestionsPage {
  const { t } = words;
  const pages = pageCount(bank);
  const counts = { done: sitting.answers.length, total: bank.items.length };
  const values = new Map(sitting.answers.map(({ item, value }) => [item, value]));
  return {
    title: `${t('inventory.questions.title')} ${t('inventory.questions.eyebrow', { page, pages })}`,
    styles: 'wide',
    head: {
      title: t('inventory.questions.title'),
      eyebrow: t('inventory.questions.eyebrow', { page, pages }),
      back: { href: paths.interests, label: t('inventory.backToInterests') },
    },
    carried: sitting.from && page === 1 ? t('inventory.questions.carried') : null,
    progress: { ...counts, label: t('inventory.questions.progress', counts) },
    action: paths.interestQuestions,
    page,
    questions: itemsOn(bank, page).map(({ id, text }, index) => ({
      name: fieldName(index),
      text,
      options: bank.scale.map((label, value) => ({
        value: String(value),
        label,
        checked: values.get(id) === value,
      })),
    })),
    buttons: buttonsOf(words, page, pages),
    attribution: bank.attribution,
  };
}

/** The first button is what Enter presses. */
function buttonsOf({ t }: Words, page: number, pages: number): Action[] {
  const next = t(page === pages ? 'inventory.questions.finish' : 'inventory.questions.next');
  const previous: Action = { label: t('inventory.questions.previous'), name: 'do', value: 'previous' };
  return [
    { label: next, kind: 'primary', large: true, name: 'do', value: 'next' },
    ...(page > 1 ? [previous] : []),
    { label: t('inventory.questions.later'), kind: 'quiet', name: 'do', value: 'later' },
  ];
}

export function checkPage(
  words: Words,
  { sitting, bank }: Omit<QuestionFacts, 'page'>,
  errors: readonly FieldError[] = [],
): CheckPage {
  const { t } = words;
  const title = t('inventory.check.title');
  return {
    title,
    errors,
    head: {
      title,
      lede: t('inventory.check.lede'),
      back: { href: paths.interests, label: t('inventory.backToInterests') },
    },
    rows: Array.from({ length: pageCount(bank) }, (_, index) =>
      pageRow(words, bank, sitting.answers, index + 1),
    ),
    tooFew: isScorable(bank, sitting.answers) ? null : t('inventory.check.tooFew'),
    action: paths.interestCheck,
  };
}

function pageRow({ t }: Words, bank: ItemBank, answers: readonly Answer[], page: number): Row {
  const answered = new Set(answers.map(({ item }) => item));
  const count = itemsOn(bank, page).filter(({ id }) => !answered.has(id)).length;
  const whole = count === 0;
  return {
    label: t('inventory.check.page', { page }),
    hint: whole ? t('inventory.check.complete') : t('inventory.check.missing', { count }),
    href: `${paths.interestQuestions}?page=${page}`,
    state: whole ? 'done' : 'todo',
    status: {
      label: t(whole ? 'inventory.check.chipDone' : 'inventory.check.chipOpen'),
      tone: whole ? 'plain' : 'now',
    },
  };
}
