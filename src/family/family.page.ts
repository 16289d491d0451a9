import { isLive, type Goal } from '../goals/goal.ts';
import { STATUS_LABEL } from '../goals/goalStatus.ts';
import { nextStepOf } from '../goals/goalTime.ts';
import { initialsOf } from '../people/person.ts';
import { COMPONENTS } from '../plans/component.ts';
import type { Framework } from '../plans/framework.ts';
import type { ReadPart } from '../plans/planPart.ts';
import type { Plan, ProfileKey } from '../plans/plan.ts';
import { nextStepOfPlan } from '../plans/progress.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { PathNode, Person, Ring } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Message } from '../shared/system.page.ts';
import { familyPlan, familyState, type FamilyState } from './family.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'family/list': FamilyListPage;
    'family/show': FamilyPage;
  }
}

export interface FamilyListPage extends PageModel {
  lede: string;
  children: readonly { name: string; initials: string; headline: string; href: string; label: string }[];
  empty: Message | null;
}

/** A family's children, each with one sentence; without any, how they get here. */
export function familyListPage(
  { t }: Words,
  children: readonly { person: string; name: string; given: string; plan: Plan | null }[],
): FamilyListPage {
  return {
    title: t('family.title'),
    lede: t('family.lede'),
    children: children.map(({ person, name, given, plan }) => ({
      name,
      initials: initialsOf(name),
      headline: t(HEADLINE[familyState(plan)], { name: given || name }),
      href: paths.ward(person),
      label: t('family.open', { name: given || name }),
    })),
    empty:
      children.length > 0
        ? null
        : {
            icon: 'users',
            title: t('family.none.title'),
            paragraphs: [t('family.none.body')],
            items: [
              { icon: 'check', text: t('family.none.again') },
              { icon: 'check', text: t('family.none.ask') },
            ],
          },
  };
}

export interface FamilyPage extends PageModel {
  eyebrow: string;
  headline: string;
  lede: string;
  ring: Ring | null;
  path: { label: string; nodes: readonly PathNode[] } | null;
  next: { heading: string; items: readonly ComingItem[] };
  says: { heading: string; own: string; items: readonly Said[] } | null;
  goals: { heading: string; items: readonly Aim[]; none: string } | null;
  people: { heading: string; people: readonly Person[]; none: string };
  sees: { heading: string; text: string };
}

interface ComingItem {
  what: string;
  when: string;
  isNow: boolean;
}

interface Said {
  icon: string;
  tone: 'warn' | 'done' | 'review' | null;
  heading: string;
  /** The student's own words; null: not finished yet. */
  text: string | null;
  none: string;
}

interface Aim {
  eyebrow: string;
  statement: string;
  meter: { done: number; total: number; text: string } | null;
  now: string;
  why: string | null;
  help: string | null;
}

export interface FamilyFacts {
  child: { name: string; given: string };
  plan: Plan | null;
  framework: Framework;
  /** What the features' parts say. */
  parts: readonly ReadPart[];
  advisors: readonly { name: string; course: string }[];
}

/** The child's plan in plain words, read only (mock-up `family`). No tables, no drafts, no staff notes. */
export function familyPage(words: Words, facts: FamilyFacts): FamilyPage {
  const { t } = words;
  const { child, plan, advisors } = facts;
  const name = child.given || child.name;
  const state = familyState(plan);
  const headline = t(HEADLINE[state], { name });
  const begun = plan !== null && state !== 'notStarted';
  return {
    title: headline,
    eyebrow: t('family.eyebrow', { name: child.name }),
    headline,
    lede: t(LEDE[state], { name }),
    ring: begun ? ringOf(plan) : null,
    path: state === 'aside' ? null : pathOf(words, name, state),
    next: { heading: t('family.next.title'), items: comingOf(words, name, state, facts) },
    says: begun ? saysOf(words, name, plan, facts.parts) : null,
    goals: begun ? goalsOf(words, name, plan) : null,
    people: {
      heading: t('family.people.title', { name }),
      people: advisors.map((one) => ({
        name: one.name,
        initials: initialsOf(one.name),
        note: t('family.people.advisor', { course: one.course }),
      })),
      none: t('family.people.none'),
    },
    sees: { heading: t('family.sees.title'), text: t('family.sees.body', { name }) },
  };
}

const HEADLINE: Record<FamilyState, MessageKey> = {
  notStarted: 'family.headline.notStarted',
  draft: 'family.headline.draft',
  sent: 'family.headline.sent',
  returned: 'family.headline.returned',
  approved: 'family.headline.approved',
  active: 'family.headline.active',
  amending: 'family.headline.amending',
  reviewDue: 'family.headline.reviewDue',
  closed: 'family.headline.closed',
  aside: 'family.headline.aside',
};

const LEDE: Record<FamilyState, MessageKey> = {
  notStarted: 'family.lede.notStarted',
  draft: 'family.lede.draft',
  sent: 'family.lede.sent',
  returned: 'family.lede.returned',
  approved: 'family.lede.done',
  active: 'family.lede.done',
  amending: 'family.lede.draft',
  reviewDue: 'family.lede.done',
  closed: 'family.lede.done',
  aside: 'family.lede.aside',
};

function ringOf({ summary: { done, total } }: Plan): Ring {
  return { done, total, tone: done === total && total > 0 ? 'done' : null };
}

/** Build, review, use: the point a state stands at. */
const POINT: Record<Exclude<FamilyState, 'aside'>, 0 | 1 | 2> = {
  notStarted: 0,
  draft: 0,
  returned: 0,
  amending: 0,
  sent: 1,
  approved: 2,
  active: 2,
  reviewDue: 2,
  closed: 2,
};

function pathOf({ t }: Words, name: string, state: Exclude<FamilyState, 'aside'>): FamilyPage['path'] {
  const at = POINT[state];
  const node = (index: 0 | 1 | 2, key: 'build' | 'review' | 'use', icon: string, done: string): PathNode => ({
    label: t(`family.path.${key}`),
    icon: index < at ? 'check' : icon,
    state: index < at ? 'done' : index === at ? 'current' : 'todo',
    note: index < at ? done : t(index === at ? 'family.path.now' : 'family.path.todo'),
  });
  return {
    label: t('family.path.label', { name }),
    nodes: [
      node(0, 'build', 'pencil', t('family.path.done', { name })),
      node(1, 'review', 'eye', t('family.path.reviewed')),
      node(2, 'use', 'flag', ''),
    ],
  };
}

/** At most so many goals are named under "What comes next". */
const NEXT_STEPS = 3;

function comingOf(words: Words, name: string, state: FamilyState, facts: FamilyFacts): ComingItem[] {
  const items = coming(words, name, state, facts);
  return items.map((item, index) => ({ ...item, isNow: index === 0 }));
}

function coming(
  words: Words,
  name: string,
  state: FamilyState,
  { plan, framework }: FamilyFacts,
): Omit<ComingItem, 'isNow'>[] {
  const { t } = words;
  const send = { what: t('family.next.send', { name }), when: '' };
  const read = { what: t('family.next.read'), when: '' };
  const answer = { what: t('family.next.answer', { name }), when: '' };
  if (state === 'aside') return [{ what: t('family.next.wait'), when: '' }];
  if (plan === null || state === 'notStarted')
    return [{ what: t('family.next.start', { name }), when: t('family.next.startWhen') }, send, read];
  if (state === 'sent') return [read, answer];
  if (state === 'draft' || state === 'returned' || state === 'amending')
    return [...finish(words, name, plan, framework), send, read];
  return [...steps(words, name, plan), { what: t('family.next.talk'), when: t('family.next.talkWhen') }];
}

function finish({ t }: Words, name: string, plan: Plan, framework: Framework): Omit<ComingItem, 'isNow'>[] {
  const next = nextStepOfPlan(plan, framework);
  if (next.kind !== 'component') return [];
  return [{ what: t('family.next.finish', { name, part: t(COMPONENTS[next.key].label) }), when: '' }];
}

function steps({ t, fmt }: Words, name: string, plan: Plan): Omit<ComingItem, 'isNow'>[] {
  const open = familyPlan(plan)
    .goals.filter(isLive)
    .flatMap((goal) => nextStepOf(goal) ?? []);
  return open.slice(0, NEXT_STEPS).map(({ title, due }) => ({
    what: t('family.next.step', { name, step: title }),
    when: due ? t('family.next.by', { day: fmt.weekday(due) }) : '',
  }));
}

const LOOK: Partial<Record<ProfileKey, { icon: string; tone: Said['tone']; heading: MessageKey }>> = {
  strengths: { icon: 'star', tone: 'done', heading: 'family.says.strengths' },
  interests: { icon: 'bulb', tone: 'warn', heading: 'family.says.interests' },
  improvements: { icon: 'up', tone: null, heading: 'family.says.improvements' },
};

function saysOf(words: Words, name: string, plan: Plan, parts: readonly ReadPart[]): FamilyPage['says'] {
  const { t } = words;
  const none = t('family.says.none', { name });
  const texts = familyPlan(plan).texts.map(({ key, text }): Said => {
    const { icon, tone, heading } = LOOK[key] ?? { icon: 'pencil', tone: null, heading: `plans.part.${key}` };
    return { icon, tone, heading: t(heading as 'family.says.strengths', { name }), text, none };
  });
  return {
    heading: t('family.says.title'),
    own: t('family.says.own', { name }),
    items: [...texts, ...parts.flatMap((part) => partSaid(part, none))],
  };
}

/** A feature's part as far as families may read it. */
function partSaid({ title, lines }: ReadPart, none: string): Said[] {
  const read = lines.filter(({ audience }) => audience === 'family');
  if (read.length === 0) return [];
  const text = read.map(({ label, text: said }) => `${label}: ${said}`).join('\n');
  return [{ icon: 'file', tone: 'review', heading: title, text, none }];
}

function goalsOf(words: Words, name: string, plan: Plan): FamilyPage['goals'] {
  const { t } = words;
  return {
    heading: t('family.goals.title', { name }),
    items: familyPlan(plan).goals.map((goal) => aimOf(words, goal)),
    none: t('family.goals.none', { name }),
  };
}

function aimOf(words: Words, goal: Goal): Aim {
  const { t, fmt } = words;
  const done = goal.steps.filter(({ doneAt }) => doneAt !== null).length;
  const total = goal.steps.length;
  const helpers = goal.supports.map(({ who, what }) =>
    who ? t('family.goals.helpItem', { who, what }) : what,
  );
  return {
    eyebrow: [t(`goals.kind.${goal.kind}`), goal.by && t('family.goals.by', { day: fmt.date(goal.by) })]
      .filter(Boolean)
      .join(' · '),
    statement: goal.statement,
    meter: total > 0 ? { done, total, text: t('family.goals.steps', { done, total }) } : null,
    now: nowOf(words, goal),
    why: goal.why === '' ? null : t('family.goals.why', { why: goal.why }),
    help: helpers.length === 0 ? null : fmt.list(helpers),
  };
}

function nowOf({ t, fmt }: Words, goal: Goal): string {
  if (!isLive(goal)) return t('family.goals.over', { status: t(STATUS_LABEL[goal.status]) });
  const step = nextStepOf(goal);
  return step === null
    ? t('family.goals.allDone')
    : t('family.goals.now', { step: step.title, due: step.due ? fmt.date(step.due) : 'none' });
}
