import { isLive, type Goal } from '../goals/goal.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { latestOf, recordOf, SKILL_KEYS, type Level, type SkillKey, type SkillRecord } from './skill.ts';
import type { SkillFacts } from './skillList.page.ts';
import type { ShownBy } from './shownBy.ts';

/** The range of skills developed, and what each does for a goal; for the student and, without links, the advisor. */
export interface SkillOverviewPage extends PageModel {
  head: Head;
  notice: Notice | null;
  skills: RangeLine[];
  /** Heads of the four parts of a range. */
  scale: string[];
  goals: {
    id: string;
    eyebrow: string;
    title: string;
    skills: { name: string; level: string; how: string }[];
  }[];
  noGoals: string | null;
  addGoal: Action | null;
  /** Rated skills that help no goal yet. */
  untied: string | null;
  rows: { name: string; level: string; since: string; goals: string; example: string }[];
}

/** One skill as a range of four parts: from where it was first to where it is now, in percent of the width. */
interface RangeLine {
  name: string;
  words: string;
  link: Action | null;
  label: string;
  span: { x: string; width: string } | null;
  dot: string | null;
  /** Pieces of the portfolio and experiences tied to it. */
  shownBy: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'skills/overview': SkillOverviewPage;
  }
}

type Frame = Pick<SkillOverviewPage, 'title' | 'head' | 'notice'>;

/** The student's own. */
export function skillOverviewPage(words: Words, facts: SkillFacts & { shownBy: ShownBy }): SkillOverviewPage {
  const { t } = words;
  const title = t('skills.overview.title');
  const back = { href: paths.skills, label: t('skills.backToSkills') };
  const head = { title, lede: t('skills.overview.lede'), back };
  return overviewIn(words, facts, { title, head, notice: null }, true);
}

/** What an advisor reads of a student. */
export function studentSkillsPage(
  words: Words,
  facts: {
    plan: Pick<SkillFacts['plan'], 'goals'>;
    records: SkillFacts['records'];
    shownBy: ShownBy;
    person: string;
    name: string;
  },
): SkillOverviewPage {
  const { t } = words;
  const { person, name, records } = facts;
  const head = {
    title: t('skills.student.heading'),
    lede: t('skills.student.lede', { name }),
    back: { href: paths.student(person), label: name },
  };
  const none = { title: t('skills.student.none'), text: t('skills.student.noneBody', { name }) };
  const notice: Notice | null =
    records.length > 0 ? null : { id: 'none', tone: 'now', icon: 'bulb', ...none };
  return overviewIn(words, facts, { title: t('skills.student.title', { name }), head, notice }, false);
}

interface Read {
  plan: Pick<SkillFacts['plan'], 'goals'>;
  records: readonly SkillRecord[];
  shownBy: ShownBy;
}

function overviewIn(words: Words, facts: Read, frame: Frame, isOwn: boolean): SkillOverviewPage {
  const { t } = words;
  const goals = facts.plan.goals.filter(isLive);
  const add: Action = { label: t('skills.overview.addGoal'), href: paths.newGoal, icon: 'plus' };
  return {
    ...frame,
    styles: 'wide',
    skills: SKILL_KEYS.map((key) => rangeLine(words, facts, key, isOwn)),
    scale: ([1, 2, 3, 4] as const).map((level) => t(`skills.level.level${level}`)),
    goals: goals.map((goal) => goalWithSkills(words, facts, goal)),
    noGoals: isOwn && goals.length === 0 ? t('skills.overview.noGoals') : null,
    addGoal: isOwn && goals.length === 0 ? add : null,
    untied: untiedOf(words, facts),
    rows: SKILL_KEYS.flatMap((key) => tableRow(words, facts, key)),
  };
}

function rangeLine(words: Words, { records, shownBy }: Read, key: SkillKey, isOwn: boolean): RangeLine {
  const { t } = words;
  const record = recordOf(records, key);
  const [first, last] = [record?.ratings[0] ?? null, latestOf(record)];
  const name = t(`skills.${key}`);
  const said = rangeWords(words, first?.level ?? null, last?.level ?? null);
  const link = {
    label: t(last ? 'skills.overview.open' : 'skills.overview.rate'),
    href: paths.skill(key),
    more: name,
  };
  return {
    name,
    words: said,
    link: isOwn ? link : null,
    label: `${name}: ${said}`,
    dot: last && `${middleOf(last.level)}%`,
    shownBy: shownByWords(words, shownBy.get(key) ?? []),
    span: first && last && first.level !== last.level ? spanOf(first.level, last.level) : null,
  };
}

/** Titles that are named; the rest is counted. */
const NAMED = 3;

function shownByWords({ t, fmt }: Words, titles: readonly string[]): string | null {
  if (titles.length === 0) return null;
  const more = titles.length - NAMED;
  const named = [
    ...titles.slice(0, NAMED),
    ...(more > 0 ? [t('skills.overview.more', { count: more })] : []),
  ];
  return t('skills.overview.shownBy', { things: fmt.list(named) });
}

function rangeWords({ t }: Words, first: Level | null, last: Level | null): string {
  if (first === null || last === null) return t('skills.overview.notRated');
  const level = t(`skills.level.level${last}`);
  return first === last
    ? t('skills.overview.now', { level })
    : t('skills.overview.grown', { first: t(`skills.level.level${first}`), level });
}

/** The middle of a level's quarter, in percent of the width. */
function middleOf(level: Level): number {
  return (level - 0.5) * 25;
}

function spanOf(a: Level, b: Level): { x: string; width: string } {
  const [low, high] = [middleOf(Math.min(a, b) as Level), middleOf(Math.max(a, b) as Level)];
  return { x: `${low}%`, width: `${high - low}%` };
}

function goalWithSkills({ t }: Words, { records }: Read, goal: Goal): SkillOverviewPage['goals'][number] {
  const helping = records.filter(({ goals, ratings }) => goals.includes(goal.id) && ratings.length > 0);
  return {
    id: `goal-${goal.id}`,
    eyebrow: t(`goals.kind.${goal.kind}`),
    title: goal.statement || t('skills.form.unnamedGoal'),
    skills: helping.flatMap((record) => {
      const last = latestOf(record);
      const { skill, how } = record;
      return last ? [{ name: t(`skills.${skill}`), level: t(`skills.level.level${last.level}`), how }] : [];
    }),
  };
}

function untiedOf({ t, fmt }: Words, { records, plan }: Read): string | null {
  const live = new Set(plan.goals.filter(isLive).map(({ id }) => id));
  const untied = SKILL_KEYS.filter((key) => {
    const record = recordOf(records, key);
    return latestOf(record) !== null && !record?.goals.some((id) => live.has(id));
  });
  return untied.length > 0 ? fmt.list(untied.map((key) => t(`skills.${key}`))) : null;
}

function tableRow({ t, fmt }: Words, { records, plan }: Read, key: SkillKey): SkillOverviewPage['rows'] {
  const record = recordOf(records, key);
  const [first, last] = [record?.ratings[0], latestOf(record)];
  if (!record || !first || !last) return [];
  const goals = plan.goals.filter(({ id }) => record.goals.includes(id));
  const named = goals.map(({ statement }) => statement || t('skills.form.unnamedGoal'));
  return [
    {
      name: t(`skills.${key}`),
      level: t(`skills.level.level${last.level}`),
      since: fmt.date(first.at),
      goals: named.length > 0 ? fmt.list(named) : t('skills.overview.noneTied'),
      example: last.example,
    },
  ];
}
