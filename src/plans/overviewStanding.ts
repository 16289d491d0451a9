import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { PathNode } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { componentsOf, type Framework } from './framework.ts';
import type { OverviewPage } from './overview.page.ts';
import type { OverviewReady } from './overviewFacts.ts';
import { isAside, standingState, type Plan, type PlanState } from './plan.ts';
import { completionOfPlan, missingOf, type Missing } from './progress.ts';

const HEADING: Record<PlanState, MessageKey> = {
  not_started: 'overview.stands.notStarted',
  draft: 'overview.stands.draft',
  submitted: 'overview.stands.submitted',
  in_review: 'overview.stands.inReview',
  returned: 'overview.stands.returned',
  approved: 'overview.stands.approved',
  signing: 'overview.stands.signing',
  active: 'overview.stands.active',
  amending: 'overview.stands.amending',
  review_due: 'overview.stands.reviewDue',
  closed: 'overview.stands.closed',
  archived: 'overview.stands.closed',
  on_hold: 'overview.stands.aside',
  transferred: 'overview.stands.aside',
  waived: 'overview.stands.aside',
};

type Stands = Pick<OverviewPage, 'ring' | 'heading' | 'lede' | 'actions' | 'path'>;

/** Where the plan stands, what is missing, and the reader's next step. */
export function standing(ready: OverviewReady): Stands {
  const {
    words: { t },
    plan,
    called: name,
    student,
    viewer,
    framework,
  } = ready;
  if (!plan)
    return {
      ring: null,
      heading: t('overview.stands.neverOpened', { name }),
      lede: t('overview.neverOpenedText', { name }),
      actions: [],
      path: null,
    };
  const { progress, done, total } = completionOfPlan(plan, framework);
  const waits = viewer.isAdvisor && (plan.state === 'submitted' || plan.state === 'in_review');
  const label = t(waits ? 'overview.review' : 'overview.read');
  return {
    ring: { done, total, percent: progress, ...(progress === 100 ? { tone: 'done' as const } : {}) },
    heading: t(HEADING[plan.state], { name }),
    lede: isAside(plan) ? (plan.asideReason ?? '') : missingText(ready, plan, framework),
    actions: [
      { label, href: paths.review(student.id), kind: waits ? 'primary' : 'plain', iconEnd: 'right' },
      { label: t('missing.link'), href: paths.studentMissing(student.id), kind: 'quiet' },
    ],
    path: { label: t('overview.path'), nodes: pathOf(ready.words, plan) },
  };
}

/** One sentence names so many; the list below names all. */
const NAMED = 4;

/** What keeps the plan from being complete, in one sentence. */
function missingText({ words: { t, fmt } }: OverviewReady, plan: Plan, framework: Framework): string {
  const labels = new Map<string, MessageKey>(componentsOf(framework).map(({ key, label }) => [key, label]));
  const named = ({ key, why }: Missing): string => {
    if (why === 'gate')
      return t(key === 'signatures' ? 'overview.missing.signatures' : 'overview.missing.approval');
    const label = labels.get(key);
    const part = label ? t(label) : key;
    return why === 'notVerified' ? t('overview.missing.verified', { part }) : part;
  };
  const missing = missingOf(plan, framework).map(named);
  if (missing.length === 0) return t('overview.complete');
  const more = missing.length - NAMED;
  const list = [
    ...missing.slice(0, NAMED),
    ...(more > 0 ? [t('overview.missing.more', { count: more })] : []),
  ];
  return t('overview.missing', { list: fmt.list(list) });
}

const STAGE: Partial<Record<PlanState, 'build' | 'review'>> = {
  not_started: 'build',
  draft: 'build',
  returned: 'build',
  amending: 'build',
  submitted: 'review',
  in_review: 'review',
};

function pathOf({ t }: Words, plan: Plan): PathNode[] {
  const stages = ['build', 'review', 'use'] as const;
  const here = stages.indexOf(STAGE[standingState(plan)] ?? 'use');
  const icons = { build: 'pencil', review: 'eye', use: 'flag' } as const;
  const asked = standingState(plan) === 'returned';
  return stages.map((stage, index) => ({
    label: t(`overview.path.${stage}`),
    icon: index < here ? 'check' : icons[stage],
    state: index < here ? 'done' : index === here ? 'current' : 'todo',
    note: index === here ? t(asked ? 'overview.path.changes' : 'overview.path.here') : null,
    tone: index === here && asked ? 'warn' : null,
  }));
}
