import { stateChip } from '../caseload/caseRow.ts';
import { namesApart } from '../courses/courseNames.ts';
import { initialsOf } from '../people/person.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, GoalCard, LogEntry, PathNode, Ring, Row, TaskGroup } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { COMPONENTS, type ComponentKey } from './component.ts';
import { TEXTS_OF } from './credit.ts';
import type { GradeLine, OverviewFacts, OverviewReady, Talk } from './overviewFacts.ts';
import { gradeOf, historyOf } from './overviewLog.ts';
import { standing } from './overviewStanding.ts';
import { talkOf } from './overviewTalk.ts';
import { goalOf, taskOf } from './overviewWork.ts';
import type { Plan } from './plan.ts';
import { completionOfPlan, missingOf, type Missing } from './progress.ts';
import { staffLinks, STAFF_PLACE, type StaffLink } from './staffPlaces.ts';
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
  /** Every other page about this student. */
  more: readonly StaffLink[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'reviews/overview': OverviewPage;
  }
}

export function overviewPage(words: Words, facts: OverviewFacts): OverviewPage {
  const { student, plan, courses } = facts;
  const { t } = words;
  const courseNames = namesApart(words, courses, facts.families);
  const ready: OverviewReady = { ...facts, words, courseNames, called: student.given || student.name };
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
      title: courseNames.get(id) ?? title,
      note: advisory ? t('overview.advisory') : null,
      href: facts.ownCourses.has(id) ? paths.course(id) : null,
    })),
    grades: facts.grades.map((grade) => gradeOf(ready, grade)),
    history: historyOf(ready),
    more: plan ? staffLinks(t, student.id) : [],
    errors: facts.errors,
  };
}

function factsOf({ words: { t, fmt }, framework }: OverviewReady, plan: Plan): OverviewPage['facts'] {
  const when = (at: Date | null): string => (at ? fmt.short(at) : t('overview.never'));
  const { grade } = completionOfPlan(plan, framework);
  return [
    { label: t('overview.lastChange'), value: when(plan.lastActivityAt) },
    { label: t('overview.sentOn'), value: when(plan.submittedAt) },
    { label: t('overview.approvedOn'), value: when(plan.approvedAt) },
    { label: t('overview.grade'), value: grade === null ? '–' : fmt.percent(grade / 100) },
  ];
}

/** The framework's sections with their components, each a link into the plan. */
function groupsOf(ready: OverviewReady, plan: Plan): TaskGroup[] {
  const { framework } = ready;
  const { t } = ready.words;
  const { sections } = completionOfPlan(plan, framework);
  const missing = new Map(missingOf(plan, framework).map((one) => [one.key as string, one]));
  return framework.sections.map(({ key, label, components }) => {
    const { done = 0, total = 0 } = sections.find((section) => section.key === key) ?? {};
    const rows = components.map((component): Row => ({
      label: t(component.label),
      href: hrefOf(ready.student.id, plan, component.key),
      ...componentState(ready.words, plan, component.key, missing.get(component.key) ?? null),
    }));
    return { title: t(label), done, total, open: done < total, rows };
  });
}

/** Where staff works on a component: its own page, or its place in the plan. */
function hrefOf(person: string, plan: Plan, key: ComponentKey): string {
  const { part } = COMPONENTS[key];
  const own = part && STAFF_PLACE[part];
  return own ? own(person) : `${paths.review(person)}?show=all#${placeOf(plan, key)}`;
}

/** Where a component stands on the plan's page; all goals together are its top. */
function placeOf(plan: Plan, key: ComponentKey): string {
  const [text] = TEXTS_OF[key] ?? [];
  if (text) return anchorOf(text);
  if (COMPONENTS[key].section !== 'goals') return 'sum';
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
