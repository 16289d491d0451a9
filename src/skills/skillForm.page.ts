import { isLive } from '../goals/goal.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { latestIn, latestOf, LEVELS, recordOf, SKILL_LIMITS, type Rating, type SkillKey } from './skill.ts';
import type { SkillFacts } from './skillList.page.ts';

/** One skill: where I am, what shows it, which goal it helps, and how it grew. */
export interface SkillFormPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  /** Who can see all of it. */
  sees: string;
  /** What was said before this school year. */
  lastTime: string | null;
  level: Choices;
  example: Field;
  /** Null: there is no goal to choose. */
  goals: Choices | null;
  how: Field | null;
  growth: Growth;
}

/** How a skill grew: a line drawn by the server in a box of 320 × 132, and the same in words. */
export interface Growth {
  /** Null: fewer than two ratings. */
  line: { points: string; dots: { x: number; y: number }[]; levels: { y: number; label: string }[] } | null;
  words: string;
  ratings: { level: string; when: string; datetime: string; example: string }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'skills/rate': SkillFormPage;
  }
}

/** What was typed, after an error. */
export interface TypedSkill {
  level: string | null;
  example: string;
  goals: readonly string[];
  how: string;
}

export function skillFormPage(
  words: Words,
  facts: SkillFacts & { skill: SkillKey },
  after: { typed?: TypedSkill; problems?: readonly FieldError[] } = {},
): SkillFormPage {
  const { t } = words;
  const { plan, records, skill } = facts;
  const { problems = [] } = after;
  const record = recordOf(records, skill);
  const now = latestIn(record, plan.year);
  const before = now ? null : latestOf(record);
  const typed = after.typed ?? storedAs(record, now ?? before, now !== null);
  const title = t(`skills.${skill}`);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t(`skills.${skill}.what`),
      back: { href: paths.skills, label: t('skills.backToSkills') },
    },
    errors: problems,
    action: paths.skill(skill),
    sees: t('skills.sees'),
    lastTime: before && lastTimeOf(words, before),
    ...fieldsOf(words, facts, typed, problems),
    growth: growthOf(words, record?.ratings ?? []),
  };
}

/** An example of an earlier year is not filled in: a new year wants a new one. */
function storedAs(
  record: { goals: string[]; how: string } | undefined,
  rating: Rating | null,
  isOfThisYear: boolean,
): TypedSkill {
  return {
    level: rating && String(rating.level),
    example: rating && isOfThisYear ? rating.example : '',
    goals: record?.goals ?? [],
    how: record?.how ?? '',
  };
}

function lastTimeOf({ t, fmt }: Words, { level, example, at }: Rating): string {
  return t('skills.form.lastTime', { day: fmt.date(at), level: t(`skills.level.level${level}`), example });
}

function fieldsOf(
  { t }: Words,
  { plan, skill }: SkillFacts & { skill: SkillKey },
  typed: TypedSkill,
  problems: readonly FieldError[],
): Pick<SkillFormPage, 'level' | 'example' | 'goals' | 'how'> {
  const goals = plan.goals.filter((goal) => isLive(goal) || typed.goals.includes(goal.id));
  const text = (name: 'example' | 'how', maxLength: number): Field => ({
    name,
    label: t(`skills.form.${name}`),
    hint: t(`skills.form.${name}Hint`),
    kind: 'textarea',
    maxLength,
    value: typed[name],
    error: errorOf(problems, name),
  });
  return {
    level: {
      name: 'level',
      legend: t('skills.form.level'),
      hint: t('skills.form.levelHint'),
      wide: true,
      value: typed.level,
      error: errorOf(problems, 'level'),
      options: LEVELS.map((level) => ({
        value: String(level),
        label: t(`skills.level.level${level}`),
        hint: t(`skills.${skill}.level${level}`),
      })),
    },
    example: { ...text('example', SKILL_LIMITS.example), rows: 4 },
    goals:
      goals.length > 0
        ? {
            name: 'goals',
            legend: t('skills.form.goals'),
            optional: true,
            wide: true,
            values: typed.goals,
            options: goals.map(({ id, statement, kind }) => ({
              value: id,
              label: statement || t('skills.form.unnamedGoal'),
              hint: t(`goals.kind.${kind}`),
            })),
          }
        : null,
    how: goals.length > 0 ? { ...text('how', SKILL_LIMITS.how), optional: true } : null,
  };
}

/** Newest ratings that the page lists; the line has them all. */
const LISTED = 12;

export function growthOf(words: Words, ratings: readonly Rating[]): Growth {
  const { t, fmt } = words;
  return {
    line: lineOf(words, ratings),
    words: growthWords(words, ratings),
    ratings: ratings
      .toReversed()
      .slice(0, LISTED)
      .map(({ level, at, example }) => ({
        level: t(`skills.level.level${level}`),
        when: fmt.date(at),
        datetime: at.toISOString(),
        example,
      })),
  };
}

function growthWords({ t, fmt }: Words, ratings: readonly Rating[]): string {
  const [first, last] = [ratings[0], ratings.at(-1)];
  if (!first || !last || first === last) return t('skills.history.none');
  const from = { first: t(`skills.level.level${first.level}`), from: fmt.date(first.at) };
  const to = { last: t(`skills.level.level${last.level}`), to: fmt.date(last.at) };
  const isSame = ratings.every(({ level }) => level === last.level);
  return isSame
    ? t('skills.history.same', { last: to.last, from: from.from })
    : t('skills.history.line', { ...from, ...to });
}

const BOX = { left: 72, right: 308, top: 16, step: 32 } as const;

/** Even steps from rating to rating: what counts is the order, not the days between. */
function lineOf({ t }: Words, ratings: readonly Rating[]): Growth['line'] {
  if (ratings.length < 2) return null;
  const wide = (BOX.right - BOX.left) / (ratings.length - 1);
  const dots = ratings.map(({ level }, index) => ({
    x: Math.round((BOX.left + index * wide) * 10) / 10,
    y: heightOf(level),
  }));
  return {
    dots,
    points: dots.map(({ x, y }) => `${x},${y}`).join(' '),
    levels: LEVELS.map((level) => ({ y: heightOf(level), label: t(`skills.level.level${level}`) })),
  };
}

function heightOf(level: number): number {
  return BOX.top + (4 - level) * BOX.step;
}
