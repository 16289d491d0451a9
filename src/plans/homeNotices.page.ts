import { isLive } from '../goals/goal.ts';
import { initialsOf } from '../people/person.ts';
import type { Words } from '../shared/page.ts';
import type { Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { nameOfYear } from '../shared/schoolYear.ts';
import { COMPONENT_KEYS, COMPONENTS } from './component.ts';
import type { HomeFacts } from './home.ts';
import { WRITTEN_KEYS, type Plan, type PlanSection } from './plan.ts';
import type { PartKey } from './planPart.ts';
import { isOfEarlierYear } from './renew.ts';
import { mayMove } from './transition.ts';
import { sectionName } from './review.ts';

/** What the student must know before anything else: a new school year, signatures, changes asked for. */
export function noticesOf(words: Words, facts: HomeFacts, advisor: string, now: Date): Notice[] {
  return [
    ...newYear(words, facts),
    ...toSign(words, facts.plan),
    ...askedSections(facts.plan).map((asked) => askedNotice(words, facts, { ...asked, advisor, now })),
    ...returnedTasks(words, facts),
  ];
}

function newYear({ t }: Words, { plan, year }: HomeFacts): Notice[] {
  const mayBegin = plan.state === 'not_started' || mayMove(plan, 'renew', 'student');
  if (!isOfEarlierYear(plan, year) || !mayBegin) return [];
  const to = nameOfYear(year);
  return [
    {
      id: 'new-year',
      tone: 'now',
      icon: 'redo',
      title: t('renew.home.title'),
      meta: t('renew.home.text', { from: nameOfYear(plan.year), to }),
      actions: [{ label: t('renew.start', { year: to }), href: paths.renewPlan, kind: 'primary' }],
    },
  ];
}

function toSign({ t }: Words, plan: Plan): Notice[] {
  if (plan.state !== 'signing') return [];
  return [
    {
      id: 'sign',
      tone: 'review',
      icon: 'sign',
      title: t('home.sign.title'),
      meta: t('home.sign.text'),
      actions: [{ label: t('home.sign.open'), href: paths.signatures, kind: 'primary' }],
    },
  ];
}

interface Asked {
  section: PlanSection;
  href: string;
}

/** Each text, goal and part that an advisor asked to change. */
function askedSections(plan: Plan): Asked[] {
  return [
    ...WRITTEN_KEYS.filter((key) => plan.profile[key].asked).map((key) => ({
      section: key,
      href: paths.profilePart(key),
    })),
    ...plan.goals
      .filter((goal) => goal.asked && isLive(goal))
      .map(({ id }): Asked => ({ section: `goal:${id}`, href: paths.goal(id) })),
    ...plan.askedParts.map((part): Asked => ({ section: `part:${part}`, href: placeOfPart(part) })),
  ];
}

/** The first page on which a part is edited. */
export function placeOfPart(part: PartKey): string {
  const key = COMPONENT_KEYS.find((one) => COMPONENTS[one].part === part);
  return key ? COMPONENTS[key].href : paths.plan;
}

/** The advisor's request with their words. */
function askedNotice(
  { t, fmt }: Words,
  { plan, comments, staff }: HomeFacts,
  { section, href, advisor, now }: Asked & { advisor: string; now: Date },
): Notice {
  const said = comments.find((comment) => comment.section === section && comment.authorRole !== 'student');
  const who = staff.find(({ id }) => id === said?.author)?.name ?? advisor;
  const name = sectionName(plan, section, t);
  const reply = { label: t('home.reply'), href: `${href}#comments`, kind: 'quiet', icon: 'msg' } as const;
  return {
    id: `asked-${section.replace(':', '-')}`,
    title: t('home.asked', { advisor: who }),
    meta: said ? t('home.asked.meta', { section: name, when: fmt.moment(said.at, now) }) : name,
    quote: said?.text ?? null,
    initials: initialsOf(who),
    actions: [
      { label: t('home.edit'), more: t('home.edit.more', { section: name }), href },
      ...(section.startsWith('part:') ? [] : [reply]),
    ],
  };
}

function returnedTasks({ t }: Words, { tasks }: HomeFacts): Notice[] {
  return tasks
    .filter(({ state }) => state === 'returned')
    .map(({ id, title }) => ({
      id: `task-${id}`,
      title: t('home.task.returned'),
      meta: title,
      actions: [{ label: t('home.task.open'), href: paths.task(id) }],
    }));
}
