import { mayEdit } from '../plans/editing.ts';
import type { Plan } from '../plans/plan.ts';
import { STATE_LABEL } from '../plans/transition.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, Head, Notice, Row } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { nameOfYear } from '../shared/schoolYear.ts';
import { firstOpenPage, minutesOf, type ItemBank } from './bank.ts';
import { resultCard, type ResultCard } from './result.page.ts';
import {
  doneOf,
  mayStart,
  openOf,
  SITTING_LIMITS,
  skipOf,
  stageOf,
  type Done,
  type Sitting,
  type Stage,
} from './sitting.ts';

/** The student's interests: what to do next, the result, earlier results. */
export interface InterestsPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  notices: Notice[];
  open: OpenCard | null;
  still: StillCard | null;
  result: ResultCard | null;
  start: StartCard | null;
  skip: { action: string; open: boolean; field: Field } | null;
  history: Row[];
}

interface OpenCard {
  about: string;
  done: number;
  total: number;
  go: Action;
  away: { action: string; button: Action; hint: string };
}

interface StillCard {
  about: string;
  confirm: string;
  change: { action: string; bank: string };
}

interface StartCard {
  title: string;
  about: string;
  action: string;
  sees: string;
  /** Null: there is only one set, named by `bank`. */
  choices: Choices | null;
  bank: string | null;
  buttons: Action[];
  /** Why nothing can be started. */
  closed: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'inventory/interests': InterestsPage;
  }
}

export interface InterestFacts {
  plan: Plan;
  sittings: readonly Sitting[];
  /** Banks the school offers. */
  offered: readonly ItemBank[];
  /** Every bank a sitting names, by id. */
  banks: ReadonlyMap<string, ItemBank>;
  /** After an error. */
  problems?: readonly FieldError[];
  typed?: { bank: string | null; reason: string };
}

export function interestsPage(words: Words, facts: InterestFacts): InterestsPage {
  const { t } = words;
  const { plan, sittings, problems = [] } = facts;
  const stage = stageOf(sittings, plan.year);
  const writable = mayEdit(plan, 'student');
  const [last] = doneOf(sittings);
  return {
    title: t('inventory.title'),
    styles: 'wide',
    head: {
      title: t('inventory.title'),
      lede: t('inventory.lede'),
      back: { href: paths.plan, label: t('inventory.back') },
    },
    errors: problems,
    notices: [...(writable ? [] : [lockedNotice(words, plan)]), ...skippedNotice(words, facts, stage)],
    open: writable ? openCard(words, facts) : null,
    still: writable && last && stage === 'stillTrue' ? stillCard(words, last) : null,
    result: last ? resultCard(words, last, facts.banks.get(last.bank) ?? null) : null,
    start: writable && !openOf(sittings) ? startCard(words, facts, last ?? null) : null,
    skip: writable && (stage === 'new' || stage === 'stillTrue') ? skipForm(words, facts) : null,
    history: historyRows(words, sittings, last ?? null),
  };
}

function lockedNotice({ t }: Words, plan: Plan): Notice {
  const text = t('plans.error.locked', { state: t(STATE_LABEL[plan.state]) });
  return { id: 'locked', tone: 'now', icon: 'lock', title: t('part.locked'), text };
}

function skippedNotice({ t }: Words, { sittings, plan }: InterestFacts, stage: Stage): Notice[] {
  const skip = stage === 'skipped' ? skipOf(sittings, plan.year) : null;
  if (!skip) return [];
  const title = t('inventory.skipped.title', { year: nameOfYear(skip.year) });
  const words = { text: t('inventory.skipped.about'), quote: skip.reason };
  return [{ id: 'skipped', tone: 'now', icon: 'right', title, ...words }];
}

function openCard({ t }: Words, { sittings, banks }: InterestFacts): OpenCard | null {
  const open = openOf(sittings);
  const bank = open && banks.get(open.bank);
  if (!bank) return null;
  const counts = { done: open.answers.length, total: bank.items.length };
  const page = firstOpenPage(bank, open.answers);
  return {
    ...counts,
    about: t('inventory.open.about', counts),
    go: {
      label: t('inventory.open.button', { page }),
      href: `${paths.interestQuestions}?page=${page}`,
      kind: 'primary',
      iconEnd: 'right',
    },
    away: {
      action: paths.interestAway,
      button: { label: t('inventory.open.away'), kind: 'quiet' },
      hint: t('inventory.open.awayHint'),
    },
  };
}

function stillCard({ t, fmt }: Words, { endedAt, bank }: Done): StillCard {
  return {
    about: t('inventory.still.about', { day: fmt.date(endedAt) }),
    confirm: paths.interestConfirm,
    change: { action: paths.interests, bank },
  };
}

function startCard(words: Words, facts: InterestFacts, last: Done | null): StartCard {
  const { t } = words;
  const { offered, plan, sittings, problems = [], typed } = facts;
  const [only] = offered;
  const many = offered.length > 1;
  return {
    title: t(last ? 'inventory.start.again' : 'inventory.start.title'),
    about: t(last ? 'inventory.start.againAbout' : 'inventory.start.about'),
    action: paths.interests,
    sees: t('inventory.sees'),
    choices: many
      ? {
          name: 'bank',
          legend: t('inventory.start.bank'),
          wide: true,
          value: typed?.bank ?? presetBank(offered, last),
          error: errorOf(problems, 'bank'),
          options: offered.map((bank) => ({ value: bank.id, label: bank.name, hint: bankHint(words, bank) })),
        }
      : null,
    bank: many ? null : (only?.id ?? null),
    buttons: startButtons(words, last, stageOf(sittings, plan.year)),
    closed: whyClosed(words, { offered, plan, sittings }),
  };
}

function presetBank(offered: readonly ItemBank[], last: Done | null): string | null {
  return (offered.find(({ id }) => id === last?.bank) ?? offered[0])?.id ?? null;
}

/** Where the page asks whether it is still true, "change some" stands there already. */
function startButtons({ t }: Words, last: Done | null, stage: Stage): Action[] {
  if (!last)
    return [
      { label: t('inventory.start.button'), kind: 'primary', large: true, name: 'begin', value: 'fresh' },
    ];
  const carry: Action = { label: t('inventory.start.carry'), name: 'begin', value: 'carry' };
  const fresh: Action = { label: t('inventory.start.fresh'), kind: 'quiet', name: 'begin', value: 'fresh' };
  return stage === 'stillTrue' ? [fresh] : [carry, fresh];
}

function whyClosed(
  { t }: Words,
  { offered, plan, sittings }: Pick<InterestFacts, 'offered' | 'plan' | 'sittings'>,
): string | null {
  if (offered.length === 0) return t('inventory.start.nothing');
  return mayStart(sittings, plan.year)
    ? null
    : t('inventory.error.tooMany', { limit: SITTING_LIMITS.perYear });
}

function bankHint({ t }: Words, bank: ItemBank): string {
  const hint = t('inventory.start.bankHint', { count: bank.items.length, minutes: minutesOf(bank) });
  return bank.language === t.locale
    ? hint
    : t('inventory.start.bankLanguage', { hint, language: languageName(t.locale, bank.language) });
}

/** A language's name in the reader's own. @param tag BCP 47, checked at the import */
export function languageName(locale: string, tag: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
}

function skipForm({ t }: Words, { problems = [], typed }: InterestFacts): InterestsPage['skip'] {
  const error = errorOf(problems, 'reason');
  return {
    action: paths.interestSkip,
    open: error !== null,
    field: {
      name: 'reason',
      label: t('inventory.skip.reason'),
      kind: 'textarea',
      rows: 2,
      maxLength: SITTING_LIMITS.reason,
      value: typed?.reason ?? '',
      sees: t('inventory.seesReason'),
      error,
    },
  };
}

/** Everything but the result above, newest first. */
export function historyRows(words: Words, sittings: readonly Sitting[], shown: Done | null): Row[] {
  return doneOf(sittings)
    .filter(({ id }) => id !== shown?.id)
    .map((sitting) => historyRow(words, sitting));
}

function historyRow({ t, fmt }: Words, { id, status, code, endedAt, year }: Done): Row {
  const key = status === 'confirmed' ? 'inventory.history.confirmed' : 'inventory.history.answered';
  return {
    label: t(key, { code: code || t('inventory.history.noCode'), day: fmt.date(endedAt) }),
    href: paths.interestResult(id),
    state: 'done',
    status: { label: nameOfYear(year), tone: 'plain' },
  };
}
