import type { Plan } from '../plans/plan.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { nameOfYear } from '../shared/schoolYear.ts';
import type { ItemBank } from './bank.ts';
import { resultCard, type ResultCard } from './result.page.ts';
import { doneOf, openOf, skipOf, type Done, type Sitting } from './sitting.ts';

/** A result to read: one of the student's earlier ones, or a student's interests for the advisor. */
export interface ResultPage extends PageModel {
  head: Head;
  notices: Notice[];
  result: ResultCard | null;
  /** Earlier results in words; the advisor sees them beneath the newest. */
  history: { text: string; year: string }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'inventory/result': ResultPage;
  }
}

/** One earlier result of the student's own. */
export function earlierPage(words: Words, sitting: Done, bank: ItemBank | null): ResultPage {
  const { t, fmt } = words;
  const title = t('inventory.result.title');
  const head = {
    title,
    eyebrow: fmt.date(sitting.endedAt),
    back: { href: paths.interests, label: t('inventory.backToInterests') },
  };
  return { title, styles: 'wide', head, notices: [], result: resultCard(words, sitting, bank), history: [] };
}

export interface StudentFacts {
  person: string;
  name: string;
  plan: Pick<Plan, 'year'>;
  sittings: readonly Sitting[];
  banks: ReadonlyMap<string, ItemBank>;
}

/** What an advisor reads, to talk about it with the student. */
export function studentInterestsPage(words: Words, facts: StudentFacts): ResultPage {
  const { t } = words;
  const { person, name, sittings, banks } = facts;
  const [last, ...earlier] = doneOf(sittings);
  return {
    title: t('inventory.result.titleOf', { name }),
    styles: 'wide',
    head: {
      title: t('inventory.student.title'),
      lede: t('inventory.student.lede', { name }),
      back: { href: paths.student(person), label: name },
    },
    notices: noticesOf(words, facts, last ?? null),
    result: last
      ? {
          ...resultCard(words, last, banks.get(last.bank) ?? null),
          heading: t('inventory.student.likes', { name }),
        }
      : null,
    history: [...earlier.map((one) => earlierLine(words, one)), ...skippedLines(words, facts)],
  };
}

function noticesOf({ t }: Words, { plan, sittings, banks, name }: StudentFacts, last: Done | null): Notice[] {
  const skip = skipOf(sittings, plan.year);
  const open = openOf(sittings);
  const total = open && banks.get(open.bank)?.items.length;
  const texts = [
    ...(open && total ? [t('inventory.student.open', { done: open.answers.length, total })] : []),
    ...(last && last.year !== plan.year
      ? [t('inventory.student.notThisYear', { name, year: nameOfYear(last.year) })]
      : []),
  ];
  const none = !last && !skip;
  const body = [...(none ? [t('inventory.student.noneBody', { name })] : []), ...texts].join(' ');
  const skipped = skip && last?.year !== plan.year;
  const title = t(
    none ? 'inventory.student.none' : skipped ? 'inventory.student.skipped' : 'inventory.student.title',
  );
  if (body === '' && !skipped) return [];
  return [
    {
      id: 'standing',
      tone: 'now',
      icon: 'bulb',
      title,
      text: body || null,
      quote: skipped ? skip.reason : null,
    },
  ];
}

function earlierLine(
  { t, fmt }: Words,
  { status, code, endedAt, year }: Done,
): ResultPage['history'][number] {
  const key = status === 'confirmed' ? 'inventory.history.confirmed' : 'inventory.history.answered';
  const text = t(key, { code: code || t('inventory.history.noCode'), day: fmt.date(endedAt) });
  return { text, year: nameOfYear(year) };
}

/** Years that were skipped before this one. */
function skippedLines({ t }: Words, { sittings, plan }: StudentFacts): ResultPage['history'] {
  return sittings
    .filter(({ status, year }) => status === 'skipped' && year !== plan.year)
    .map(({ year, reason }) => ({
      text: t('inventory.history.skipped', { year: nameOfYear(year), reason: reason ?? '' }),
      year: nameOfYear(year),
    }));
}
