import type { PartLine, PlanPart } from '../plans/planPart.ts';
import { getPlan } from '../plans/planChange.service.ts';
import type { Plan } from '../plans/plan.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { EXPLORE_KINDS, type ExploreKind } from './career.ts';
import { savedOf, type Exploration } from './exploration.ts';
import { explorationOf } from './explore.service.ts';
import { goalWords } from './exploreWords.page.ts';

/** Saved careers and programmes in the student's order, what was let go, and the cluster. */
export const careersPart: PlanPart = {
  key: 'careers',
  section: 'explore',
  title: ({ t }) => t('careers.part'),
  href: paths.careers,
  read: async ({ institution, person }, words) => {
    const [exploration, plan] = await Promise.all([
      explorationOf(institution, person),
      getPlan(institution, person),
    ]);
    return careerLines(words, exploration, plan);
  },
  records: async ({ institution, person }) => {
    const { saved, dropped, cluster } = await explorationOf(institution, person);
    return { saved, dropped, cluster };
  },
};

/** Families read what was chosen; what was let go is for the student and staff. */
export function careerLines(words: Words, exploration: Exploration, plan: Pick<Plan, 'goals'>): PartLine[] {
  const { t } = words;
  const { cluster, dropped } = exploration;
  const chosen: PartLine[] = cluster
    ? [
        {
          id: 'cluster',
          label: t('careers.part.cluster'),
          text: t('careers.part.cluster.text', { title: cluster.title, why: cluster.why }).trim(),
          material: false,
          audience: 'family',
        },
      ]
    : [];
  const gone = dropped.map(({ kind, option, title, reason }): PartLine => ({
    id: `dropped.${kind}.${option}`,
    label: t('careers.part.dropped', { title }),
    text: reason,
    material: false,
    audience: 'plan',
  }));
  return [...chosen, ...EXPLORE_KINDS.flatMap((kind) => savedLines(words, kind, exploration, plan)), ...gone];
}

function savedLines(
  { t }: Words,
  kind: ExploreKind,
  exploration: Exploration,
  plan: Pick<Plan, 'goals'>,
): PartLine[] {
  return savedOf(exploration, kind).map(({ option, title, why, goal }, index) => {
    const served = goalWords(plan, goal);
    return {
      id: `${kind}.${option}`,
      label: t(`careers.part.saved.${kind}`, { rank: index + 1, title }),
      text: served ? t('careers.part.saved.text', { why, goal: served }) : why,
      material: false,
      audience: 'family',
    };
  });
}
