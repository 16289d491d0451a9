import { mayEdit } from '../plans/editing.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS, type Cluster } from './career.ts';
import { savedOf } from './exploration.ts';
import { lockedIn, type ExploreFacts } from './exploreWords.page.ts';
import { clusterOf } from './find.ts';

/** Choosing the cluster one is heading for. */
export interface ClusterPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  locked: Notice | null;
  action: string;
  /** Null: the plan may not be edited now. */
  form: { cluster: Choices; why: Field } | null;
  chosen: { title: string; why: string } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'careers/cluster': ClusterPage;
  }
}

export function clusterPage(
  words: Words,
  facts: ExploreFacts,
  {
    typed,
    problems = [],
  }: { typed?: { cluster: string; why: string }; problems?: readonly FieldError[] } = {},
): ClusterPage {
  const { t } = words;
  const { catalogue, exploration, plan } = facts;
  const chosen = exploration.cluster;
  const title = t('careers.cluster.title');
  return {
    title,
    head: {
      title,
      lede: t('careers.cluster.lede'),
      back: { href: paths.careers, label: t('careers.back.career') },
    },
    errors: problems,
    locked: lockedIn(words, plan),
    action: paths.cluster,
    chosen: chosen && {
      title: clusterOf(catalogue.clusters, chosen.cluster)?.title ?? chosen.title,
      why: chosen.why,
    },
    form: mayEdit(plan, 'student')
      ? {
          cluster: {
            name: 'cluster',
            legend: t('careers.cluster.legend'),
            wide: true,
            sees: t('careers.sees'),
            value: typed?.cluster ?? chosen?.cluster ?? null,
            error: errorOf(problems, 'cluster'),
            options: catalogue.clusters.map((cluster) => ({
              value: cluster.id,
              label: cluster.title,
              hint: hintOf(words, cluster, facts),
            })),
          },
          why: {
            name: 'why',
            kind: 'textarea',
            label: t('careers.cluster.why'),
            optional: true,
            maxLength: LIMITS.why,
            value: typed?.why ?? chosen?.why ?? '',
            error: errorOf(problems, 'why'),
          },
        }
      : null,
  };
}

function hintOf({ t }: Words, { id, does }: Cluster, { catalogue, exploration }: ExploreFacts): string {
  const mine = new Set(savedOf(exploration, 'career').map(({ option }) => option));
  const count = catalogue.careers.filter((career) => career.cluster === id && mine.has(career.id)).length;
  return count === 0 ? does : t('careers.cluster.saved', { does, count });
}
