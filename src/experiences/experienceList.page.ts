import type { Cluster } from '../careers/career.ts';
import { clusterOf } from '../careers/find.ts';
import { exploreTabs } from '../careers/exploreWords.page.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head, Ready, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isActivity, isAtWork, LIMITS, totalsOf, type Experience } from './experience.ts';
import { datesOf, oneLineOf, stateChip } from './experienceWords.page.ts';
import type { NoActivity } from './experienceStanding.ts';
import { isOnOffer, type Opportunity } from './opportunity.ts';

/** Everything the student recorded, what it adds up to, and what the school offers. */
export interface ExperienceListPage extends PageModel {
  head: Head;
  tabs: { label: string; items: Segment[] };
  errors: readonly FieldError[];
  add: Action;
  none: { title: string; text: string } | null;
  lines: { title: string; href: string; sub: string; chip: Chip }[];
  offers: OfferCard[];
  totals: { label: string; value: string }[];
  done: Ready[];
  noActivity: { action: string; field: Field; said: string | null } | null;
  archived: { title: string; lines: { id: string; title: string; sub: string; action: string }[] } | null;
}

interface OfferCard {
  id: string;
  title: string;
  line: string;
  about: string;
  facts: string[];
  take: Action;
}

declare module '../shared/page.ts' {
  interface Pages {
    'experiences/list': ExperienceListPage;
  }
}

export interface ListFacts {
  /** Put-away ones too. */
  experiences: readonly Experience[];
  none: NoActivity | null;
  opportunities: readonly Opportunity[];
  clusters: readonly Cluster[];
  /** The school's calendar day. */
  today: string;
}

export function experienceListPage(
  words: Words,
  facts: ListFacts,
  after: { problems?: readonly FieldError[]; why?: string } = {},
): ExperienceListPage {
  const { t } = words;
  const live = facts.experiences.filter(({ archivedAt }) => archivedAt === null);
  const title = t('experiences.title');
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('experiences.lede'), back: { href: paths.plan, label: t('careers.back.plan') } },
    tabs: exploreTabs(words, 'experiences'),
    errors: after.problems ?? [],
    add: { label: t('experiences.add'), href: paths.newExperience, icon: 'plus', kind: 'primary' },
    none: live.length === 0 ? { title: t('experiences.none'), text: t('experiences.noneBody') } : null,
    lines: live.map((one) => ({
      title: one.title,
      href: paths.experience(one.id),
      sub: oneLineOf(words, one),
      chip: stateChip(words, one, 'student'),
    })),
    offers: facts.opportunities
      .filter((one) => isOnOffer(one, facts.today))
      .map((one) => offerOf(words, one, facts.clusters)),
    totals: totalLines(words, live),
    done: doneOf(words, live, facts.none),
    noActivity: live.some(isActivity) ? null : noActivityOf(words, facts.none, after),
    archived: archivedOf(words, facts.experiences),
  };
}

/** When, in which field, until when and how to apply: only what was said. */
export function offerFacts(words: Words, one: Opportunity, clusters: readonly Cluster[]): string[] {
  const { t, fmt } = words;
  const cluster = clusterOf(clusters, one.cluster);
  const field = cluster && t('experiences.offer.cluster', { title: cluster.title });
  const apply = one.applyBy && t('experiences.offer.applyBy', { day: fmt.date(one.applyBy) });
  const how = one.how && t('experiences.offer.how', { how: one.how });
  return [field, datesOf(words, one), apply, how].filter((line): line is string => !!line);
}

function offerOf(words: Words, one: Opportunity, clusters: readonly Cluster[]): OfferCard {
  const { t } = words;
  return {
    id: one.id,
    title: one.title,
    line: offerLine(words, one),
    about: one.about,
    facts: offerFacts(words, one, clusters),
    take: {
      label: t('experiences.offer.take'),
      more: one.title,
      href: `${paths.newExperience}?of=${one.id}`,
      kind: 'quiet',
      icon: 'plus',
    },
  };
}

export function offerLine({ t }: Words, { kind, organisation }: Opportunity): string {
  const what = t(`experiences.kind.${kind}`);
  return organisation === '' ? what : t('experiences.offer.line', { kind: what, organisation });
}

/** Hours per kind, and their sum where there are several kinds. */
export function totalLines(
  { t }: Words,
  experiences: readonly Experience[],
): { label: string; value: string }[] {
  const totals = totalsOf(experiences);
  const line = (label: string, logged: number, confirmed: number) => ({
    label,
    value: t('experiences.totals.line', { logged, confirmed }),
  });
  const sum = (of: 'logged' | 'confirmed'): number => totals.reduce((all, one) => all + one[of], 0);
  const all = totals.length > 1 ? [line(t('experiences.totals.all'), sum('logged'), sum('confirmed'))] : [];
  return [
    ...totals.map(({ kind, logged, confirmed }) => line(t(`experiences.kind.${kind}`), logged, confirmed)),
    ...all,
  ];
}

function doneOf({ t }: Words, live: readonly Experience[], none: NoActivity | null): Ready[] {
  const atWork = live.filter(isAtWork);
  const confirmed = atWork.some((one) => one.confirmed !== null);
  const sent = !confirmed && atWork.some(({ state }) => state === 'submitted');
  return [
    {
      label: t('experiences.done.wbl'),
      state: confirmed ? 'done' : 'todo',
      note: sent ? t('experiences.done.wblSent') : null,
    },
    {
      label: t('experiences.done.activity'),
      state: none !== null || live.some(isActivity) ? 'done' : 'todo',
    },
  ];
}

function noActivityOf(
  { t }: Words,
  none: NoActivity | null,
  { problems = [], why }: { problems?: readonly FieldError[]; why?: string },
): ExperienceListPage['noActivity'] {
  return {
    action: paths.noActivity,
    said: none && t('experiences.noActivity.said'),
    field: {
      name: 'why',
      kind: 'textarea',
      rows: 2,
      label: t('experiences.noActivity.why'),
      hint: t('experiences.noActivity.hint'),
      maxLength: LIMITS.note,
      value: why ?? none?.why ?? '',
      error: errorOf(problems, 'why'),
    },
  };
}

function archivedOf(words: Words, experiences: readonly Experience[]): ExperienceListPage['archived'] {
  const away = experiences.filter(({ archivedAt }) => archivedAt !== null);
  if (away.length === 0) return null;
  return {
    title: words.t('experiences.archived', { count: away.length }),
    lines: away.map((one) => ({
      id: one.id,
      title: one.title,
      sub: oneLineOf(words, one),
      action: paths.archiveExperience(one.id),
    })),
  };
}
