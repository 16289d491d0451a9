import type { Cluster } from '../careers/career.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS } from './experience.ts';
import { kindOptions } from './experienceWords.page.ts';
import { offerFacts, offerLine } from './experienceList.page.ts';
import { isOnOffer, type Opportunity } from './opportunity.ts';

/** Staff post what students can do: the list and the form of one. */
export interface OpportunitiesPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  form: { title: string; action: string; fields: Field[]; label: string };
  mine: { none: string | null; lines: OpportunityLine[] };
  others: OpportunityLine[];
}

interface OpportunityLine {
  title: string;
  href: string | null;
  sub: string;
  chip: Chip;
  close: { action: string; button: Action } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'experiences/opportunities': OpportunitiesPage;
  }
}

export interface OpportunityFacts {
  /** Everything that is not closed. */
  open: readonly Opportunity[];
  viewer: { person: string; administrator: boolean };
  clusters: readonly Cluster[];
  /** The school's calendar day. */
  today: string;
}

/** The form as text. */
export type TypedOpportunity = Record<
  'kind' | 'title' | 'organisation' | 'about' | 'from' | 'to' | 'applyBy' | 'how' | 'cluster',
  string
>;

export function typedOpportunity(one: Opportunity | null): TypedOpportunity {
  return {
    kind: one?.kind ?? 'volunteering',
    title: one?.title ?? '',
    organisation: one?.organisation ?? '',
    about: one?.about ?? '',
    from: one?.from ?? '',
    to: one?.to ?? '',
    applyBy: one?.applyBy ?? '',
    how: one?.how ?? '',
    cluster: one?.cluster ?? '',
  };
}

export function opportunitiesPage(
  words: Words,
  facts: OpportunityFacts,
  one: Opportunity | null,
  after: { problems?: readonly FieldError[]; typed?: TypedOpportunity } = {},
): OpportunitiesPage {
  const { t } = words;
  const { open, viewer } = facts;
  const mine = open.filter(({ by }) => by === viewer.person);
  const others = open.filter(({ by }) => by !== viewer.person);
  const title = t(one ? 'experiences.post.edit' : 'experiences.post.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('experiences.post.lede'),
      ...(one ? { back: { href: paths.opportunities, label: t('experiences.post.back') } } : {}),
    },
    errors: after.problems ?? [],
    form: {
      title: t(one ? 'experiences.post.edit' : 'experiences.post.new'),
      action: one ? paths.opportunity(one.id) : paths.opportunities,
      fields: fieldsOf(words, after.typed ?? typedOpportunity(one), facts.clusters, after.problems ?? []),
      label: t(one ? 'experiences.post.save' : 'experiences.post.go'),
    },
    mine: {
      none: mine.length === 0 ? t('experiences.post.none') : null,
      lines: mine.map((each) => lineOf(words, each, facts, paths.closeOpportunity(each.id))),
    },
    others: others.map((each) =>
      lineOf(words, each, facts, viewer.administrator ? paths.adminCloseOpportunity(each.id) : null),
    ),
  };
}

function lineOf(
  words: Words,
  one: Opportunity,
  { viewer, today, clusters }: OpportunityFacts,
  close: string | null,
): OpportunityLine {
  const { t } = words;
  return {
    title: one.title,
    href: one.by === viewer.person ? paths.opportunity(one.id) : null,
    sub: [offerLine(words, one), ...offerFacts(words, one, clusters)].join(' · '),
    chip: isOnOffer(one, today)
      ? { label: t('experiences.post.open'), tone: 'done' }
      : { label: t('experiences.post.over'), tone: 'quiet' },
    close: close
      ? { action: close, button: { label: t('experiences.post.close'), more: one.title, kind: 'quiet' } }
      : null,
  };
}

function fieldsOf(
  words: Words,
  typed: TypedOpportunity,
  clusters: readonly Cluster[],
  problems: readonly FieldError[],
): Field[] {
  const { t } = words;
  const field = (name: keyof TypedOpportunity, label: string, more: Partial<Field> = {}): Field => ({
    name,
    label,
    value: typed[name],
    error: errorOf(problems, name),
    ...more,
  });
  const any = { value: '', label: t('experiences.post.noCluster') };
  return [
    field('title', t('experiences.post.name'), { maxLength: LIMITS.line }),
    field('kind', t('experiences.post.kind'), { kind: 'select', options: kindOptions(words) }),
    field('organisation', t('experiences.post.organisation'), { maxLength: LIMITS.line, optional: true }),
    field('about', t('experiences.post.about'), {
      kind: 'textarea',
      rows: 4,
      maxLength: LIMITS.text,
      optional: true,
    }),
    field('from', t('experiences.post.from'), { kind: 'date', optional: true }),
    field('to', t('experiences.post.to'), { kind: 'date', optional: true }),
    field('applyBy', t('experiences.post.applyBy'), { kind: 'date', optional: true }),
    field('how', t('experiences.post.how'), { kind: 'textarea', maxLength: LIMITS.note }),
    field('cluster', t('experiences.post.cluster'), {
      kind: 'select',
      options: [any, ...clusters.map(({ id, title }) => ({ value: id, label: title }))],
    }),
  ];
}
