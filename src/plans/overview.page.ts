import { stateChip } from '../caseload/caseRow.ts';
import { initialsOf } from '../people/person.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, GoalCard, LogEntry, PathNode, Ring, Row, TaskGroup } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { componentsOf, getFramework, type ComponentKey, type Framework } from './framework.ts';
import type { GradeLine, OverviewFacts, OverviewReady, Talk } from './overviewFacts.ts';
import { gradeOf, historyOf } from './overviewLog.ts';
import { talkOf } from './overviewTalk.ts';
import { goalOf, taskOf } from './overviewWork.ts';
import { isAside, standingState, type Plan, type PlanState } from './plan.ts';
import { completionOfPlan, missingOf, type Missing } from './progress.ts';
import { anchorOf } from './reviewFacts.ts';

export interface OverviewPage extends PageModel {
  /** To the caseload, for those who have one. */
  back: { href: string; label: string } | null;
  eyebrow: string;
  initials: string;
  status: Chip;
  ring: Ring | null;
  heading: string;
  lede: string;
  actions: readonly Action[];
  path: { label: string; nodes: readonly PathNode[] } | null;
  facts: readonly { label: string; value: string }[];
  groups: readonly TaskGroup[];
  goals: readonly GoalCard[];
  tasks: readonly Row[];
  talk: Talk | null;
  courses: readonly { title: string; note: string | null; href: string | null }[];
  grades: readonly GradeLine[];
  history: readonly LogEntry[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'reviews/overview': OverviewPage;
  }
}

export function overviewPage(words: Words, facts: OverviewFacts): OverviewPage {
  const { student, plan, courses } = facts;
  const { t } = words;
  const ready: OverviewReady = { ...facts, words, called: student.given || student.name };
  const advisories = courses.filter(({ advisory }) => advisory).map((course) => course.title);
  return {
    title: student.name,
    back: facts.viewer.isAdvisor ? { href: paths.caseload, label: t('overview.back') } : null,
    eyebrow: [...new Set(advisories), student.sisId].filter(Boolean).join(' · '),
    initials: initialsOf(student.name),
    status: stateChip(words, plan?.state ?? 'not_started'),
    ...standing(ready),
    facts: plan ? factsOf(ready, plan) : [],
    groups: plan ? groupsOf(ready, plan) : [],
    goals: plan
      ? plan.goals.filter(({ status }) => status !== 'dropped').map((goal) => goalOf(ready, goal))
      : [],
    tasks: facts.tasks.map((one) => taskOf(ready, one)),
    talk: plan ? talkOf(ready, plan) : null,
    courses: courses.map(({ id, title, advisory }) => ({
      title,
      note: advisory ? t('overview.advisory') : null,
      href: facts.ownCourses.has(id) ? paths.course(id) : null,
    })),
    grades: facts.grades.map((grade) => gradeOf(ready, grade)),
    history: historyOf(ready),
    errors: facts.errors,
  };
}

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

function standing(ready: OverviewReady): Stands {
  const {
    words: { t },
    plan,
    called: name,
    student,
    viewer,
  } = ready;
  if (!plan)
    return {
      ring: null,
      heading: t('overview.stands.neverOpened', { name }),
      lede: t('overview.neverOpenedText', { name }),
      actions: [],
      path: null,
    };
  const framework = getFramework(plan.framework);
  const { progress, done, total } = completionOfPlan(plan, framework);
  const waits = viewer.isAdvisor && (plan.state === 'submitted' || plan.state === 'in_review');
  const label = t(waits ? 'overview.review' : 'overview.read');
  return {
    ring: { done, total, percent: progress, ...(progress === 100 ? { tone: 'done' as const } : {}) },
    heading: t(HEADING[plan.state], { name }),
    lede: isAside(plan) ? (plan.asideReason ?? '') : missingText(ready, plan, framework),
    actions: [{ label, href: paths.review(student.id), kind: waits ? 'primary' : 'plain', iconEnd: 'right' }],
    path: { label: t('overview.path'), nodes: pathOf(ready.words, plan) },
  };
}

/** What keeps the plan from being complete, in one sentence. */
function missingText({ words: { t, fmt } }: OverviewReady, plan: Plan, framework: Framework): string {
  const labels = new Map<string, MessageKey>(componentsOf(framework).map(({ key, label }) => [key, label]));
  const named = ({ key, why }: Missing): string => {
    if (why === 'gate') return t('overview.missing.approval');
    const label = labels.get(key);
    const part = label ? t(label) : key;
    return why === 'notVerified' ? t('overview.missing.verified', { part }) : part;
  };
  const missing = missingOf(plan, framework).map(named);
  return missing.length === 0 ? t('overview.complete') : t('overview.missing', { list: fmt.list(missing) });
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

function factsOf({ words: { t, fmt } }: OverviewReady, plan: Plan): OverviewPage['facts'] {
  const when = (at: Date | null): string => (at ? fmt.short(at) : t('overview.never'));
  const { grade } = completionOfPlan(plan, getFramework(plan.framework));
  return [
    { label: t('overview.lastChange'), value: when(plan.lastActivityAt) },
    { label: t('overview.sentOn'), value: when(plan.submittedAt) },
    { label: t('overview.approvedOn'), value: when(plan.approvedAt) },
    { label: t('overview.grade'), value: grade === null ? '–' : fmt.percent(grade / 100) },
  ];
}

/** The framework's sections with their components, each a link into the plan. */
function groupsOf(ready: OverviewReady, plan: Plan): TaskGroup[] {
  const { t } = ready.words;
  const framework = getFramework(plan.framework);
  const { sections } = completionOfPlan(plan, framework);
  const missing = new Map(missingOf(plan, framework).map((one) => [one.key as string, one]));
  return framework.sections.map(({ key, label, components }) => {
    const { done = 0, total = 0 } = sections.find((section) => section.key === key) ?? {};
    const rows = components.map((component): Row => ({
      label: t(component.label),
      href: `${paths.review(ready.student.id)}?show=all#${placeOf(plan, component.key)}`,
      ...componentState(ready.words, plan, component.key, missing.get(component.key) ?? null),
    }));
    return { title: t(label), done, total, open: done < total, rows };
  });
}

/** Where a component stands on the plan's page; all goals together are its top. */
function placeOf(plan: Plan, key: ComponentKey): string {
  if (key !== 'agreedGoal') return anchorOf(key);
  const [goal] = plan.goals.filter(({ status }) => status !== 'dropped');
  return goal ? anchorOf(`goal:${goal.id}`) : 'sum';
}

function componentState(
  { t }: Words,
  plan: Plan,
  key: ComponentKey,
  missing: Missing | null,
): Pick<Row, 'state' | 'status'> {
  if (plan.exemptions.some(({ component }) => component === key))
    return { state: 'done', status: { label: t('overview.exempt'), tone: 'plain' } };
  switch (missing?.why) {
    case undefined:
    case 'gate':
      return { state: 'done', status: { label: t('overview.finished'), tone: 'plain' } };
    case 'changeAsked':
      return { state: 'warn', status: { label: t('overview.changeAsked'), tone: 'warn', icon: 'warn' } };
    case 'notVerified':
      return { state: 'done', status: { label: t('overview.waitsApproval'), tone: 'review', icon: 'eye' } };
    case 'unfinished':
      return { state: 'now', status: { label: t('overview.begun'), tone: 'now', icon: 'half' } };
    case 'empty':
      return { state: 'todo', status: { label: t('overview.notBegun'), tone: 'quiet', icon: 'circle' } };
  }
}
