import { mayEdit } from '../plans/editing.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head, Notice, Ready, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { optionsIn, type ExploreKind } from './career.ts';
import { careerStandings, ENOUGH, savedOf, type SavedOption } from './exploration.ts';
import {
  becauseOf,
  EXPLORE_PATHS,
  exploreTabs,
  goalWords,
  levelWords,
  lockedIn,
  type ExploreFacts,
} from './exploreWords.page.ts';
import { findOf, optionLine, type Asked, type FindCard, type OptionLine } from './exploreFind.page.ts';
import { clusterOf } from './find.ts';
import { suggestionsFrom } from './interest.ts';

const MOST_SUGGESTIONS = 6;

interface SavedLine extends OptionLine {
  id: string;
  rank: number;
  option: string;
  why: string;
  goal: string | null;
  /** Where its move form posts to; null: nothing can be moved now. */
  move: string | null;
  isFirst: boolean;
  isLast: boolean;
}

/** Careers (or programmes): mine, suggested, all. */
export interface ExplorePage extends PageModel {
  head: Head;
  tabs: { label: string; items: Segment[] };
  locked: Notice | null;
  saved: { title: string; none: string | null; lines: SavedLine[]; compare: string | null };
  suggested: { lede: string; lines: OptionLine[]; go: Action | null } | null;
  find: FindCard;
  heading: { title: string | null; text: string; action: Action };
  done: Ready[] | null;
  dropped: { title: string; lines: { title: string; href: string; why: string }[] } | null;
  sources: string[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'careers/explore': ExplorePage;
  }
}

export function explorePage(words: Words, kind: ExploreKind, facts: ExploreFacts, asked: Asked): ExplorePage {
  const { t } = words;
  const title = t(`careers.title.${kind}`);
  const find = findOf(words, kind, facts, asked);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t(`careers.lede.${kind}`),
      back: { href: paths.plan, label: t('careers.back.plan') },
    },
    tabs: exploreTabs(words, kind),
    locked: lockedIn(words, facts.plan),
    saved: savedCard(words, kind, facts),
    suggested: isSearch(asked) ? null : suggestedCard(words, kind, facts),
    find: find.card,
    heading: headingOf(words, facts),
    done: kind === 'career' ? doneOf(words, facts) : null,
    dropped: droppedOf(words, kind, facts),
    sources: [...new Set(find.shown.flatMap(({ source }) => source ?? []))],
  };
}

function isSearch({ q, cluster, interest, level, page }: Asked): boolean {
  return q !== '' || cluster !== null || interest !== null || level !== null || page > 1;
}

function savedCard(words: Words, kind: ExploreKind, facts: ExploreFacts): ExplorePage['saved'] {
  const { t } = words;
  const saved = savedOf(facts.exploration, kind);
  return {
    title: t(`careers.saved.${kind}`),
    none: saved.length === 0 ? t(`careers.saved.none.${kind}`) : null,
    lines: saved.map((one, index) => savedLine(words, one, index, saved.length, facts)),
    compare: saved.length > 1 ? EXPLORE_PATHS[kind].compare : null,
  };
}

function savedLine(
  words: Words,
  one: SavedOption,
  index: number,
  count: number,
  { plan, catalogue }: ExploreFacts,
): SavedLine {
  const { t } = words;
  const option = optionsIn(catalogue, one.kind).find(({ id }) => id === one.option);
  const goal = goalWords(plan, one.goal);
  return {
    id: `saved-${index + 1}`,
    rank: index + 1,
    option: one.option,
    title: option?.title ?? one.title,
    href: EXPLORE_PATHS[one.kind].one(one.option),
    sub: (option && levelWords(words, option)) ?? (option ? '' : t('careers.saved.gone')),
    reason: null,
    why: one.why,
    goal: goal && t('careers.saved.goal', { goal }),
    chip: null,
    move: mayEdit(plan, 'student') && count > 1 ? EXPLORE_PATHS[one.kind].move(one.option) : null,
    isFirst: index === 0,
    isLast: index === count - 1,
  };
}

function suggestedCard(words: Words, kind: ExploreKind, facts: ExploreFacts): ExplorePage['suggested'] {
  const { t, fmt } = words;
  const { interests, catalogue, exploration } = facts;
  if (!interests)
    return {
      lede: t('careers.suggest.none'),
      lines: [],
      go: { label: t('careers.suggest.go'), href: paths.interests, iconEnd: 'right' },
    };
  const known = new Set(
    [...exploration.saved, ...exploration.dropped].map((one) => `${one.kind}/${one.option}`),
  );
  const open = optionsIn(catalogue, kind).filter(({ id }) => !known.has(`${kind}/${id}`));
  const found = suggestionsFrom(open, interests, MOST_SUGGESTIONS);
  return {
    lede: t(found.length > 0 ? 'careers.suggest.lede' : 'careers.suggest.all', {
      day: fmt.date(interests.takenAt),
    }),
    lines: found.map(({ option, because }) => ({
      ...optionLine(words, kind, option, facts),
      reason: becauseOf(words, because),
    })),
    go: null,
  };
}

function headingOf({ t }: Words, { plan, exploration, catalogue }: ExploreFacts): ExplorePage['heading'] {
  const chosen = exploration.cluster;
  const label = t(chosen ? 'careers.heading.change' : 'careers.heading.choose');
  return {
    title: chosen ? (clusterOf(catalogue.clusters, chosen.cluster)?.title ?? chosen.title) : null,
    text: chosen ? chosen.why : t('careers.heading.none'),
    action: {
      label,
      href: paths.cluster,
      ...(chosen || !mayEdit(plan, 'student') ? { kind: 'quiet' as const } : {}),
      more: t('careers.cluster.title'),
    },
  };
}

function doneOf({ t }: Words, { exploration }: ExploreFacts): Ready[] {
  const [explore, cluster] = careerStandings(exploration);
  const count = Math.min(savedOf(exploration, 'career').length, ENOUGH);
  return [
    { label: t('careers.done.saved', { count }), state: explore && explore.credit >= 1 ? 'done' : 'todo' },
    { label: t('careers.done.cluster'), state: cluster && cluster.credit >= 1 ? 'done' : 'todo' },
  ];
}

function droppedOf({ t }: Words, kind: ExploreKind, { exploration }: ExploreFacts): ExplorePage['dropped'] {
  const dropped = exploration.dropped.filter((one) => one.kind === kind);
  if (dropped.length === 0) return null;
  return {
    title: t('careers.dropped', { count: dropped.length }),
    lines: dropped.map(({ title, option, reason }) => ({
      title,
      href: EXPLORE_PATHS[kind].one(option),
      why: t('careers.dropped.why', { reason }),
    })),
  };
}
