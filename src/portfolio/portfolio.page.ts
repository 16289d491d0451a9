import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, FilterBar, Head, Option, Pager } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isShown, type Evidence } from './evidence.ts';
import {
  audienceOf,
  capstoneChip,
  eyebrowOf,
  LOOKS,
  lookOf,
  namesIn,
  skillNames,
  thumbOf,
  type Look,
  type Thumb,
} from './evidenceWords.page.ts';
import type { PortfolioFacts } from './portfolioFacts.ts';
import { SKILL_KEYS } from '../skills/skill.ts';

/** One piece in the grid; the whole card is its link. */
export interface EvidenceCard {
  href: string;
  title: string;
  eyebrow: string;
  thumb: Thumb;
  text: string;
  tied: { icon: string; text: string }[];
  chips: Chip[];
}

/** All pieces of a portfolio, of the student's own or for an advisor. */
export interface PortfolioPage extends PageModel {
  head: Head;
  /** Null for staff, and in what was put away. */
  add: Action | null;
  /** After putting a piece away. */
  undo: { text: string; action: string; label: string } | null;
  /** Null where there is too little to choose from. */
  filter: FilterBar | null;
  cards: EvidenceCard[];
  /** The empty place at the end of the grid. */
  slot: { href: string; label: string; hint: string } | null;
  none: { title: string; text: string; action: Action | null } | null;
  pager: Pager | null;
  archived: { href: string; label: string } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'portfolio/list': PortfolioPage;
  }
}

/** What the reader asked to see. */
export interface Shown {
  kind: Look | '';
  /** A goal's id; `none`: tied to no goal. */
  goal: string;
  skill: string;
  show: 'archived' | '';
  page: number;
}

/** How the list is read: by its student, or by staff. */
export interface ListFor {
  title: string;
  lede: string;
  back: Head['back'];
  own: boolean;
  /** Address of the list and of one piece. */
  path: string;
  one: (id: string) => string;
  none: { title: string; text: string };
  undo: PortfolioPage['undo'];
}

const PAGE_SIZE = 24;
/** With fewer there is nothing to look for. */
const FILTER_FROM = 4;

export function portfolioPage(words: Words, facts: PortfolioFacts, shown: Shown, to: ListFor): PortfolioPage {
  const { t } = words;
  const all = facts.items.filter((one) => isShown(one) === (shown.show === ''));
  const found = all.filter((one) => fits(one, shown));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(shown.page, pages);
  const cards = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const away = facts.items.length - facts.items.filter(isShown).length;
  const open = to.own && shown.show === '';
  return {
    title: to.title,
    styles: 'wide',
    head: { title: to.title, lede: to.lede, back: to.back ?? null },
    add:
      open && all.length > 0
        ? { label: t('portfolio.add'), href: paths.newEvidence, icon: 'plus', kind: 'primary' }
        : null,
    undo: to.undo,
    filter: shown.show === '' && all.length >= FILTER_FROM ? filterOf(words, facts, shown, to.path) : null,
    cards: cards.map((one) => cardOf(words, facts, one, to)),
    slot:
      open && found.length > 0 && page === pages
        ? { href: paths.newEvidence, label: t('portfolio.add'), hint: t('portfolio.addHint') }
        : null,
    none: found.length === 0 ? noneOf(words, { all: all.length, shown, to }) : null,
    pager: pages > 1 ? pagerOf({ page, pages, total: found.length }, shown, to.path) : null,
    archived:
      open && away > 0
        ? { href: `${to.path}?show=archived`, label: t('portfolio.archivedLink', { count: away }) }
        : null,
  };
}

function fits(evidence: Evidence, { kind, goal, skill }: Shown): boolean {
  if (kind !== '' && lookOf(evidence) !== kind) return false;
  if (goal === 'none' ? evidence.goals.length > 0 : goal !== '' && !evidence.goals.includes(goal))
    return false;
  return skill === '' || evidence.skills.includes(skill);
}

function noneOf(
  { t }: Words,
  { all, shown, to }: { all: number; shown: Shown; to: ListFor },
): PortfolioPage['none'] {
  if (shown.show === 'archived')
    return { title: t('portfolio.archivedNone'), text: t('portfolio.archivedNoneBody'), action: null };
  if (all > 0)
    return {
      title: t('portfolio.noneFound'),
      text: t('portfolio.noneFoundBody'),
      action: { label: t('portfolio.showAll'), href: to.path },
    };
  const add: Action = { label: t('portfolio.add'), href: paths.newEvidence, icon: 'plus', kind: 'primary' };
  return { ...to.none, action: to.own ? add : null };
}

export function cardOf(
  words: Words,
  facts: PortfolioFacts,
  evidence: Evidence,
  { one, own }: Pick<ListFor, 'one' | 'own'>,
): EvidenceCard {
  const { t, fmt } = words;
  const goals = namesIn(evidence.goals, facts.goals);
  const skills = skillNames(words, evidence.skills);
  const capstone = capstoneChip(words, evidence);
  const family = evidence.audience === 'family';
  return {
    href: one(evidence.id),
    title: evidence.title,
    eyebrow: eyebrowOf(words, evidence),
    thumb: thumbOf(evidence),
    text: shortened(evidence.reflection || evidence.text),
    tied: [
      { icon: 'flag', text: goals.length > 0 ? fmt.list(goals) : t('portfolio.noGoal') },
      ...(skills.length > 0 ? [{ icon: 'star', text: fmt.list(skills) }] : []),
    ],
    chips: [
      { label: audienceOf(words, evidence, facts, own), icon: family ? 'users' : 'eye' },
      ...(capstone ? [capstone] : []),
    ],
  };
}

/** The first words, for a card. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  if (line.length <= 140) return line;
  return `${line.slice(0, 140).replace(/\s\S*$/, '')} …`;
}

function filterOf(words: Words, facts: PortfolioFacts, shown: Shown, path: string): FilterBar {
  const { t } = words;
  const all = (label: MessageKey): Option => ({ value: '', label: t(label) });
  const goals = facts.goals.map(({ id, label }) => ({ value: id, label }));
  return {
    label: t('portfolio.filter'),
    action: path,
    search: null,
    selects: [
      {
        name: 'kind',
        label: t('portfolio.filter.kind'),
        value: shown.kind,
        options: [
          all('portfolio.filter.allKinds'),
          ...LOOKS.map((value) => ({ value, label: t(`portfolio.kind.${value}`) })),
        ],
      },
      {
        name: 'goal',
        label: t('portfolio.filter.goal'),
        value: shown.goal,
        options: [
          all('portfolio.filter.allGoals'),
          ...goals,
          { value: 'none', label: t('portfolio.filter.noGoal') },
        ],
      },
      {
        name: 'skill',
        label: t('portfolio.filter.skill'),
        value: shown.skill,
        options: [
          all('portfolio.filter.allSkills'),
          ...SKILL_KEYS.map((value) => ({ value, label: t(`skills.${value}`) })),
        ],
      },
    ],
  };
}

function pagerOf(
  { page, pages, total }: { page: number; pages: number; total: number },
  shown: Shown,
  path: string,
): Pager {
  const to = (number: number): string => {
    const { kind, goal, skill, show } = shown;
    const query = Object.entries({ kind, goal, skill, show, page: String(number) }).filter(
      ([, value]) => value !== '',
    );
    return `${path}?${new URLSearchParams(query).toString()}`;
  };
  return {
    from: (page - 1) * PAGE_SIZE + 1,
    to: Math.min(page * PAGE_SIZE, total),
    total,
    previous: page > 1 ? to(page - 1) : null,
    next: page < pages ? to(page + 1) : null,
  };
}
