import type { Words } from '../shared/page.ts';
import type { Chunk } from '../shared/i18n.ts';
import type { ItemBank } from './bank.ts';
import { hexagonOf, type Hexagon } from './hexagon.ts';
import { isFlat, LETTERS, placesOf, type Letter, type Place, type Scores } from './riasec.ts';
import type { Done } from './sitting.ts';

/** A result in words, as a chart, and as a table that says the same. */
export interface ResultCard {
  heading: string;
  when: string;
  /** What comes first and next, one sentence a place. */
  sentences: Chunk[][];
  code: string | null;
  chart: Omit<Hexagon, 'labels'> & {
    label: string;
    labels: (Hexagon['labels'][number] & { name: string })[];
  };
  rows: { name: string; formal: string; score: number; means: string }[];
  /** The strongest kinds with what they could lead to. */
  strongest: { name: string; means: string; work: string; subjects: string }[];
  /** Every question with its answer; empty: not shown. */
  answers: { question: string; answer: string }[];
  attribution: string | null;
}

/** @param bank null when it cannot be found any more: the result stands without it */
export function resultCard(words: Words, sitting: Done, bank: ItemBank | null): ResultCard {
  const { t } = words;
  const { scores, code } = sitting;
  const { labels, ...hexagon } = hexagonOf(scores);
  return {
    heading: t('inventory.result.title'),
    when: whenOf(words, sitting, bank),
    sentences: sentencesOf(words, scores),
    code: code === '' || isFlat(scores) ? null : t('inventory.result.code', { code }),
    chart: {
      ...hexagon,
      label: t('inventory.result.chart'),
      labels: labels.map((one) => ({ ...one, name: t(`riasec.${one.letter}.name`) })),
    },
    rows: LETTERS.map((letter) => ({
      name: t(`riasec.${letter}.name`),
      formal: t(`riasec.${letter}.formal`),
      score: scores[letter],
      means: t(`riasec.${letter}.means`),
    })),
    strongest: strongestOf(scores).map((letter) => ({
      name: t(`riasec.${letter}.name`),
      means: t(`riasec.${letter}.means`),
      work: t(`riasec.${letter}.work`),
      subjects: t(`riasec.${letter}.subjects`),
    })),
    answers: bank ? answersOf(words, sitting, bank) : [],
    attribution: bank?.attribution ?? null,
  };
}

function whenOf({ t, fmt }: Words, { status, endedAt }: Done, bank: ItemBank | null): string {
  const key = status === 'confirmed' ? 'inventory.result.confirmedOn' : 'inventory.result.on';
  return t(key, { day: fmt.date(endedAt), bank: bank?.name ?? '' });
}

/** Where all six are alike nothing comes first, and nothing is pointed out. */
function strongestOf(scores: Scores): Letter[] {
  return isFlat(scores) ? [] : placesOf(scores).flat();
}

function sentencesOf(words: Words, scores: Scores): Chunk[][] {
  const { t } = words;
  if (isFlat(scores)) return [t.rich(scores.R === 0 ? 'inventory.result.nothing' : 'inventory.result.flat')];
  return placesOf(scores).map((place, index) =>
    t.rich(index === 0 ? 'inventory.result.most' : 'inventory.result.then', {
      count: place.length,
      names: namesOf(words, place),
    }),
  );
}

function namesOf({ t, fmt }: Words, place: Place): string {
  return fmt.list(place.map((letter) => t(`riasec.${letter}.name`)));
}

function answersOf({ t }: Words, { answers }: Done, { items, scale }: ItemBank): ResultCard['answers'] {
  const values = new Map(answers.map(({ item, value }) => [item, value]));
  return items.map(({ id, text }) => ({
    question: text,
    answer: scale[values.get(id) ?? -1] ?? t('inventory.result.noAnswer'),
  }));
}

/** The strongest kinds in one line: "Helping, then Creating and Leading". For lists and print. */
export function namesLine(words: Words, scores: Scores): string {
  const { t } = words;
  if (isFlat(scores)) return t(scores.R === 0 ? 'inventory.result.nothing' : 'inventory.result.flat');
  return placesOf(scores)
    .map((place) => namesOf(words, place))
    .join(', ');
}
