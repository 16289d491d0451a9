import { LETTERS } from '../inventory/riasec.ts';
import type { Words } from '../shared/page.ts';
import type { Chip, FilterBar, Pager } from '../shared/parts.ts';
import { EDUCATION, optionsIn, PROGRAMME_KINDS, type ExploreKind, type Option } from './career.ts';
import { EXPLORE_PATHS, levelWords, type ExploreFacts } from './exploreWords.page.ts';
import { findOptions, type Wanted } from './find.ts';

/** Careers or programmes on one page. */
export const PER_PAGE = 12;
/** One line that leads to a career or programme. */
export interface OptionLine {
  title: string;
  href: string;
  sub: string;
  reason: string | null;
  chip: Chip | null;
}

/** What was found, a page at a time, below what it was searched by. */
export interface FindCard {
  title: string;
  filter: FilterBar;
  count: string;
  none: string | null;
  lines: OptionLine[];
  pager: Pager | null;
}

export interface Asked extends Wanted {
  page: number;
}

/** One career or programme with its level, or that it is saved. */
export function optionLine(
  words: Words,
  kind: ExploreKind,
  option: Option,
  { exploration }: ExploreFacts,
): OptionLine {
  const isSaved = exploration.saved.some((one) => one.kind === kind && one.option === option.id);
  const level = levelWords(words, option);
  return {
    title: option.title,
    href: EXPLORE_PATHS[kind].one(option.id),
    sub: option.does,
    reason: null,
    chip: isSaved
      ? { label: words.t('careers.saved.chip'), tone: 'done', icon: 'check' }
      : level === null
        ? null
        : { label: level, tone: 'quiet' },
  };
}

/** The card, and the options that stand on this page of it. */
export function findOf(
  words: Words,
  kind: ExploreKind,
  facts: ExploreFacts,
  asked: Asked,
): { card: FindCard; shown: Option[] } {
  const { t } = words;
  const found = findOptions(optionsIn(facts.catalogue, kind), asked, facts.catalogue.clusters);
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const page = Math.min(asked.page, pages);
  const shown = found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const card = {
    title: t(`careers.find.title.${kind}`),
    filter: filterOf(words, kind, facts, asked),
    count: t('careers.find.count', { count: found.length }),
    none: found.length === 0 ? t('careers.find.none') : null,
    lines: shown.map((option) => optionLine(words, kind, option, facts)),
    pager:
      pages > 1
        ? {
            from: (page - 1) * PER_PAGE + 1,
            to: (page - 1) * PER_PAGE + shown.length,
            total: found.length,
            previous: page > 1 ? hrefOf(kind, asked, page - 1) : null,
            next: page < pages ? hrefOf(kind, asked, page + 1) : null,
          }
        : null,
  };
  return { card, shown };
}

function hrefOf(kind: ExploreKind, { q, cluster, interest, level }: Asked, page: number): string {
  const filters = { q, cluster: cluster ?? '', interest: interest ?? '', level: level ?? '' };
  const set = Object.entries(filters).filter(([, value]) => value !== '');
  const query = new URLSearchParams([...set, ['page', String(page)]]);
  return `${EXPLORE_PATHS[kind].list}?${query.toString()}#all`;
}

function filterOf(words: Words, kind: ExploreKind, { catalogue }: ExploreFacts, asked: Asked): FilterBar {
  const { t } = words;
  const any = { value: '', label: t('careers.find.any') };
  const levels =
    kind === 'career'
      ? EDUCATION.map((value) => ({ value, label: t(`careers.education.${value}`) }))
      : PROGRAMME_KINDS.map((value) => ({ value, label: t(`careers.kind.${value}`) }));
  const select = (
    name: 'cluster' | 'interest' | 'level',
    label: string,
    options: FilterBar['selects'][number]['options'],
  ) => ({
    name,
    label,
    value: asked[name] ?? '',
    options: [any, ...options],
  });
  return {
    label: t(`careers.find.title.${kind}`),
    action: `${EXPLORE_PATHS[kind].list}#all`,
    search: { name: 'q', label: t('careers.find.q'), value: asked.q },
    selects: [
      select(
        'cluster',
        t('careers.find.cluster'),
        catalogue.clusters.map(({ id, title }) => ({ value: id, label: title })),
      ),
      select(
        'interest',
        t('careers.find.interest'),
        LETTERS.map((value) => ({ value, label: t(`riasec.${value}.name`) })),
      ),
      select('level', t(`careers.find.level.${kind}`), levels),
    ],
  };
}
