import type { PageModel, Words } from '../shared/page.ts';
import type { Head, Notice } from '../shared/parts.ts';
import type { ExploreKind, Option } from './career.ts';
import { savedOf } from './exploration.ts';
import { EXPLORE_PATHS, goalWords, type ExploreFacts } from './exploreWords.page.ts';
import { clusterOf } from './find.ts';
import { factsOf } from './option.page.ts';

/** Two or three side by side: a table by line, on a phone one card a line. */
export interface ComparePage extends PageModel {
  head: Head;
  few: Notice | null;
  columns: { title: string; href: string }[];
  rows: { label: string; cells: string[] }[];
  sources: string[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'careers/compare': ComparePage;
  }
}

/** Most that fit side by side. */
export const MOST_COMPARED = 3;

export function comparePage(
  words: Words,
  kind: ExploreKind,
  options: readonly Option[],
  facts: ExploreFacts,
): ComparePage {
  const { t } = words;
  const title = t(`careers.compare.title.${kind}`);
  const back = { href: EXPLORE_PATHS[kind].list, label: t(`careers.back.${kind}`) };
  const enough = options.length > 1;
  const few: Notice = {
    id: 'few',
    tone: 'now',
    icon: 'half',
    title: t('careers.compare.few'),
    text: t('careers.compare.fewBody'),
    actions: [{ label: back.label, href: back.href }],
  };
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('careers.compare.lede'), back },
    few: enough ? null : few,
    columns: options.map(({ id, title: name }) => ({ title: name, href: EXPLORE_PATHS[kind].one(id) })),
    rows: enough ? rowsOf(words, kind, options, facts) : [],
    sources: [...new Set(options.flatMap(({ source }) => source ?? []))],
  };
}

function rowsOf(
  words: Words,
  kind: ExploreKind,
  options: readonly Option[],
  { catalogue, plan, exploration }: ExploreFacts,
): ComparePage['rows'] {
  const { t } = words;
  const saved = options.map(
    ({ id }) => savedOf(exploration, kind).find(({ option }) => option === id) ?? null,
  );
  const unsaid = t('careers.one.unsaid');
  const all = [
    { label: t('careers.one.does'), cells: options.map(({ does }) => does) },
    {
      label: t('careers.one.cluster'),
      cells: options.map(({ cluster }) => clusterOf(catalogue.clusters, cluster)?.title ?? unsaid),
    },
    ...factRows(words, options),
    { label: t('careers.one.why'), cells: saved.map((one) => one?.why || '–') },
    { label: t('careers.one.goal'), cells: saved.map((one) => goalWords(plan, one?.goal ?? null) ?? '–') },
  ];
  return all;
}

/** The facts of all, by label: a line that only one has (pay) says "not said" for the others. */
function factRows(words: Words, options: readonly Option[]): ComparePage['rows'] {
  const facts = options.map((option) => factsOf(words, option));
  const labels = [...new Set(facts.flat().map(({ label }) => label))];
  return labels.map((label) => ({
    label,
    cells: facts.map(
      (lines) => lines.find((line) => line.label === label)?.value ?? words.t('careers.one.unsaid'),
    ),
  }));
}
