import { goalWords } from '../careers/exploreWords.page.ts';
import type { Plan } from '../plans/plan.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { OTHER_PLANS, otherPlan, type Coordination, type Exists } from './coordination.ts';
import { linkOf } from './pasted.ts';

/** What the student reads of their other plans. Staff write it. */
export interface CoordinationPage extends PageModel {
  head: Head;
  checked: string;
  plans: PlanLine[];
  explain: Action;
}

interface PlanLine {
  id: string;
  title: string;
  about: string;
  chip: Chip;
  facts: { label: string; value: string; href: string | null }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'coordination/show': CoordinationPage;
  }
}

const CHIPS: Readonly<Record<Exists, Pick<Chip, 'tone'> & { icon: string | null }>> = {
  yes: { tone: 'now', icon: 'check' },
  no: { tone: 'quiet', icon: null },
  unknown: { tone: 'quiet', icon: null },
};

export function coordinationPage(
  words: Words,
  { coordination, plan, checker }: { coordination: Coordination; plan: Pick<Plan, 'goals'>; checker: string },
): CoordinationPage {
  const { t } = words;
  const title = t('coordination.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('coordination.lede'),
      back: { href: paths.plan, label: t('coordination.back') },
    },
    checked: checkedWords(words, coordination, checker),
    plans: OTHER_PLANS.map((kind) => {
      const one = otherPlan(coordination, kind);
      return {
        id: kind,
        title: t(`coordination.kind.${kind}`),
        about: t(`coordination.about.${kind}`),
        chip: { ...CHIPS[one.exists], label: t(`coordination.chip.${one.exists}`) },
        facts: one.exists === 'yes' ? factsOf(words, one, plan) : [],
      };
    }),
    explain: { label: t('coordination.explain.link'), href: paths.ilpAndIep, icon: 'book' },
  };
}

/** "Last checked on October 5, 2026 by Ms. Alvarez." */
export function checkedWords({ t, fmt }: Words, { checkedAt }: Coordination, name: string): string {
  return checkedAt
    ? t('coordination.checked', { day: fmt.date(checkedAt), name })
    : t('coordination.notChecked');
}

function factsOf(
  { t, fmt }: Words,
  { where, askName, askRole, goals }: ReturnType<typeof otherPlan>,
  plan: Pick<Plan, 'goals'>,
): PlanLine['facts'] {
  const served = goals.flatMap((id) => goalWords(plan, id) ?? []);
  const fact = (label: string, value: string, href: string | null = null) => ({ label, value, href });
  const link = linkOf(where);
  return [
    fact(t('coordination.where'), link ? t('coordination.openLink') : where, link),
    fact(t('coordination.ask'), [askName, askRole].filter(Boolean).join(', ')),
    ...(served.length > 0 ? [fact(t('coordination.goals'), fmt.list(served))] : []),
  ];
}
