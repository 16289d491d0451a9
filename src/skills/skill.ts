import type { StandingNow } from '../plans/standing.ts';

/** The skills for work and life. Their names and the words of each level are texts: `skills.<key>`, `skills.<key>.<level>`. */
export const SKILL_KEYS = [
  'communication',
  'teamwork',
  'problemSolving',
  'reliability',
  'planning',
  'selfAdvocacy',
  'digital',
  'creativity',
  'adaptability',
  'leadership',
] as const;
export type SkillKey = (typeof SKILL_KEYS)[number];

/** 1 starting, 2 growing, 3 steady, 4 strong. */
export const LEVELS = [1, 2, 3, 4] as const;
export type Level = (typeof LEVELS)[number];

/** One skill of one student: how they have seen it over time, and what it does for their goals. */
export interface SkillRecord {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  skill: SkillKey;
  /** Ids of the plan's goals that it helps. */
  goals: string[];
  /** How it helps with them, in the student's words. */
  how: string;
  /** Oldest first. */
  ratings: Rating[];
}

/** How the student saw a skill on one day. */
export interface Rating {
  id: string;
  level: Level;
  /** What shows it, in the student's words. */
  example: string;
  /** The plan's school year. */
  year: number;
  at: Date;
  by: string;
}

/** What keeps a record bounded: about seven school years at the limit of one. */
export const SKILL_LIMITS = { perYear: 10, example: 1_000, how: 500, goals: 20 } as const;

export function isSkillKey(word: string): word is SkillKey {
  return (SKILL_KEYS as readonly string[]).includes(word);
}

/** The newest rating; null: never rated. */
export function latestOf(record: Pick<SkillRecord, 'ratings'> | undefined): Rating | null {
  return record?.ratings.at(-1) ?? null;
}

/** The newest rating of a school year; null: not rated in it. */
export function latestIn(record: Pick<SkillRecord, 'ratings'> | undefined, year: number): Rating | null {
  return record?.ratings.findLast((rating) => rating.year === year) ?? null;
}

/** Skills rated in a school year, as the share of all: whole when each is. */
export function skillStandings(records: readonly SkillRecord[], year: number): [StandingNow] {
  const rated = SKILL_KEYS.filter((key) => latestIn(recordOf(records, key), year) !== null).length;
  const credit = Math.round((100 * rated) / SKILL_KEYS.length) / 100;
  return [{ component: 'skills.employability', credit, verified: false }];
}

export function recordOf(records: readonly SkillRecord[], skill: SkillKey): SkillRecord | undefined {
  return records.find((record) => record.skill === skill);
}

/** The skill to go on with: the first after this one, round the list, that was not rated in the year; null: all were. */
export function nextUnrated(
  records: readonly SkillRecord[],
  year: number,
  after: SkillKey | null,
): SkillKey | null {
  const start = after === null ? 0 : SKILL_KEYS.indexOf(after) + 1;
  const round = [...SKILL_KEYS.slice(start), ...SKILL_KEYS.slice(0, start)];
  return round.find((key) => latestIn(recordOf(records, key), year) === null) ?? null;
}

/** What a student says about one skill. */
export interface Said {
  level: Level;
  example: string;
  goals: string[];
  how: string;
}

/** Who says it, when: the school's calendar day, the plan's year, and an id for a new rating. */
export interface Saying {
  by: string;
  /** The school's calendar day of an instant. */
  dayOf: (instant: Date) => string;
  year: number;
  now: Date;
  id: string;
}

/**
 * The record after the student rated the skill. The same level and example as before in this year is no new rating; a
 * rating of the same day is changed; else one is added to the history.
 */
export function rated(record: SkillRecord, said: Said, saying: Saying): SkillRecord {
  const { goals, how } = said;
  return { ...record, goals, how, ratings: ratingsWith(record, said, saying) };
}

function ratingsWith({ ratings }: SkillRecord, { level, example }: Said, saying: Saying): Rating[] {
  const { by, dayOf, year, now, id } = saying;
  const last = ratings.at(-1);
  if (last?.year === year && last.level === level && last.example === example) return ratings;
  const news: Rating = { id, level, example, year, at: now, by };
  const sameDay = last?.year === year && dayOf(last.at) === dayOf(now);
  if (last && sameDay) return [...ratings.slice(0, -1), { ...news, id: last.id }];
  return [...ratings, news];
}

/** Whether the history of a school year is within its limit. */
export function isWithinLimit({ ratings }: Pick<SkillRecord, 'ratings'>, year: number): boolean {
  return ratings.filter((rating) => rating.year === year).length <= SKILL_LIMITS.perYear;
}
