import { mayEdit } from '../plans/editing.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head, Notice } from '../shared/parts.ts';
import { isProgramme, LIMITS, optionsIn, type ExploreKind, type Option } from './career.ts';
import { savedOf, type SavedOption } from './exploration.ts';
import { clusterOf, relatedOptions } from './find.ts';
import { sharedInterests } from './interest.ts';
import {
  becauseOf,
  EXPLORE_PATHS,
  goalOptions,
  levelWords,
  likes,
  lockedIn,
  savedPlace,
  type ExploreFacts,
} from './exploreWords.page.ts';
import type { OptionLine } from './exploreFind.page.ts';

/** One career or programme: what it is, what it takes, and what I think of it. */
export interface OptionPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  locked: Notice | null;
  because: string | null;
  wasDropped: string | null;
  does: string;
  facts: { label: string; value: string }[];
  related: { title: string; lines: OptionLine[] } | null;
  source: string;
  mine: {
    title: string;
    rank: string | null;
    /** Null: nothing can be written now. */
    save: { action: string; why: Field; goal: Field; label: string } | null;
    drop: { action: string; reason: Field; open: boolean } | null;
    why: string | null;
  };
}

declare module '../shared/page.ts' {
  interface Pages {
    'careers/option': OptionPage;
  }
}

/** After an error: which form, what is wrong, and what was typed. */
export interface OptionProblem {
  form: 'save' | 'drop';
  fields: readonly FieldError[];
  typed: { why: string; goal: string; reason: string };
}

const MOST_RELATED = 5;

export function optionPage(
  words: Words,
  kind: ExploreKind,
  option: Option,
  facts: ExploreFacts,
  problem: OptionProblem | null = null,
): OptionPage {
  const { t, fmt } = words;
  const { catalogue, exploration, interests } = facts;
  const dropped = exploration.dropped.find((one) => one.kind === kind && one.option === option.id);
  return {
    title: option.title,
    styles: 'wide',
    head: {
      title: option.title,
      eyebrow: clusterOf(catalogue.clusters, option.cluster)?.title ?? null,
      back: { href: EXPLORE_PATHS[kind].list, label: t(`careers.back.${kind}`) },
    },
    errors: problem?.fields ?? [],
    locked: lockedIn(words, facts.plan),
    because: interests && becauseOf(words, sharedInterests(option, interests)),
    wasDropped: dropped
      ? t('careers.wasDropped', { day: fmt.date(dropped.droppedAt), reason: dropped.reason })
      : null,
    does: option.does,
    facts: factsOf(words, option),
    related: relatedOf(words, kind, option, facts),
    source:
      option.source === null ? t('careers.one.ours') : t('careers.one.source', { source: option.source }),
    mine: mineOf(words, kind, option, facts, problem),
  };
}

/** What it takes, line by line; a line whose answer the source does not give says so, pay and outlook are left out. */
export function factsOf(words: Words, option: Option): { label: string; value: string }[] {
  const { t } = words;
  const said = (value: string | null): string => value || t('careers.one.unsaid');
  const subjects = option.subjects.map((subject) => t(`careers.subject.${subject}`)).join(' · ');
  const own = isProgramme(option)
    ? [
        { label: t('careers.one.kind'), value: said(levelWords(words, option)) },
        { label: t('careers.one.length'), value: option.length },
        { label: t('careers.one.needs'), value: said(option.needs) },
      ]
    : [
        { label: t('careers.one.education'), value: said(levelWords(words, option)) },
        { label: t('careers.one.skills'), value: said(option.skills.join(' · ')) },
      ];
  const money = isProgramme(option)
    ? []
    : (['pay', 'outlook'] as const).flatMap((name) => {
        const value = option[name];
        return value === null ? [] : [{ label: t(`careers.one.${name}`), value }];
      });
  return [
    ...own,
    { label: t('careers.one.subjects'), value: said(subjects) },
    { label: t('careers.one.interests'), value: said(likes(words, option.interests.slice(0, 3))) },
    ...money,
  ];
}

function relatedOf(
  words: Words,
  kind: ExploreKind,
  option: Option,
  { catalogue }: ExploreFacts,
): OptionPage['related'] {
  const other: ExploreKind = kind === 'career' ? 'programme' : 'career';
  const found = relatedOptions(option, optionsIn(catalogue, other), MOST_RELATED);
  if (found.length === 0) return null;
  return {
    title: words.t(`careers.one.related.${kind}`),
    lines: found.map((one) => {
      const level = levelWords(words, one);
      return {
        title: one.title,
        href: EXPLORE_PATHS[other].one(one.id),
        sub: one.does,
        reason: null,
        chip: level === null ? null : { label: level, tone: 'quiet' as const },
      };
    }),
  };
}

function mineOf(
  words: Words,
  kind: ExploreKind,
  option: Option,
  { plan, exploration }: ExploreFacts,
  problem: OptionProblem | null,
): OptionPage['mine'] {
  const { t } = words;
  const place = savedPlace(savedOf(exploration, kind), option.id);
  const writable = mayEdit(plan, 'student');
  return {
    title: t(place ? 'careers.save.titleSaved' : 'careers.save.title'),
    rank: place && t('careers.saved.rank', { rank: place.rank, count: place.count }),
    why: writable ? null : (place?.one.why ?? null),
    save: writable
      ? {
          action: EXPLORE_PATHS[kind].save(option.id),
          ...saveFields(words, plan, place?.one ?? null, problem?.form === 'save' ? problem : null),
          label: t(place ? 'careers.save.change' : 'careers.save.go'),
        }
      : null,
    drop:
      writable && place
        ? {
            action: EXPLORE_PATHS[kind].drop(option.id),
            reason: reasonField(words, problem?.form === 'drop' ? problem : null),
            open: problem?.form === 'drop',
          }
        : null,
  };
}

function saveFields(
  { t }: Words,
  plan: ExploreFacts['plan'],
  saved: SavedOption | null,
  problem: OptionProblem | null,
): { why: Field; goal: Field } {
  return {
    why: {
      name: 'why',
      kind: 'textarea',
      rows: 4,
      label: t('careers.save.why'),
      hint: t('careers.save.whyHint'),
      sees: t('careers.sees'),
      maxLength: LIMITS.why,
      value: problem?.typed.why ?? saved?.why ?? '',
      error: errorOf(problem?.fields ?? [], 'why'),
    },
    goal: {
      name: 'goal',
      kind: 'select',
      label: t('careers.save.goal'),
      options: goalOptions(t('careers.save.noGoal'), plan),
      value: problem?.typed.goal ?? saved?.goal ?? '',
      error: errorOf(problem?.fields ?? [], 'goal'),
    },
  };
}

function reasonField({ t }: Words, problem: OptionProblem | null): Field {
  return {
    name: 'reason',
    kind: 'textarea',
    rows: 2,
    label: t('careers.drop.why'),
    hint: t('careers.drop.whyHint'),
    maxLength: LIMITS.why,
    value: problem?.typed.reason ?? '',
    error: errorOf(problem?.fields ?? [], 'reason'),
  };
}
