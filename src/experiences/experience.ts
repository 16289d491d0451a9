import type { SkillKey } from '../skills/skill.ts';

/** Something a student did beyond class: at work, in service, in a club. One document each; hours are embedded. */
export interface Experience {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  kind: ExperienceKind;
  /** What the student did or was: "Library helper". */
  title: string;
  organisation: string;
  /** Calendar days `YYYY-MM-DD`; `to` null: still going on. */
  from: string | null;
  to: string | null;
  hours: HoursEntry[];
  /** Kept so that an adult can be asked; only the student and staff read it. */
  supervisor: { name: string; contact: string };
  reflection: string;
  /** Skills that were practised. */
  skills: SkillKey[];
  /** Goal of the plan that it serves. */
  goal: string | null;
  /** The posted opportunity it came from. */
  opportunity: string | null;
  state: ExperienceState;
  /** The last confirmation by an adult; stays while what was confirmed stays true. */
  confirmed: Confirmation | null;
  /** What the advisor asked for, until it is sent again. */
  asked: string | null;
  /** Rises with each write; a write names the version it read. */
  version: number;
  /** Rises with each change of the student's words; two tabs are told apart by it. */
  formVersion: number;
  createdAt: Date;
  changedAt: Date;
  /** Put away by the student; kept, and counted nowhere. */
  archivedAt: Date | null;
}

export const EXPERIENCE_KINDS = [
  'internship',
  'shadowing',
  'volunteering',
  'service',
  'employment',
  'club',
  'leadership',
] as const;
export type ExperienceKind = (typeof EXPERIENCE_KINDS)[number];

export type ExperienceState = 'draft' | 'submitted' | 'verified' | 'returned';

export interface HoursEntry {
  id: string;
  /** `YYYY-MM-DD` */
  day: string;
  /** Hours in quarters: 1.25. */
  hours: number;
  note: string;
}

/** How an adult vouched: the advisor knows it, asked the supervisor, or saw a signed paper slip. */
export const CONFIRMED_BY = ['advisor', 'supervisor', 'slip'] as const;
export type ConfirmedBy = (typeof CONFIRMED_BY)[number];

export interface Confirmation {
  how: ConfirmedBy;
  by: string;
  at: Date;
  note: string;
  /** The hours that were logged then. */
  hours: number;
}

/** What the student types about an experience. */
export type ExperienceFacts = Pick<
  Experience,
  'kind' | 'title' | 'organisation' | 'from' | 'to' | 'supervisor' | 'reflection' | 'skills' | 'goal'
>;

export const LIMITS = {
  experiences: 60,
  hours: 200,
  perEntry: 24,
  line: 150,
  note: 300,
  text: 3_000,
} as const;

/** Kinds that count as experience at work or in service. */
const AT_WORK: ReadonlySet<ExperienceKind> = new Set([
  'internship',
  'shadowing',
  'volunteering',
  'service',
  'employment',
]);

export function isAtWork({ kind }: Pick<Experience, 'kind'>): boolean {
  return AT_WORK.has(kind);
}

/** Clubs, teams and leadership: activities outside class. */
export function isActivity({ kind }: Pick<Experience, 'kind'>): boolean {
  return !AT_WORK.has(kind);
}

/** Logged hours, exact to the quarter. */
export function hoursOf({ hours }: Pick<Experience, 'hours'>): number {
  return hours.reduce((sum, entry) => sum + Math.round(entry.hours * 4), 0) / 4;
}

export interface KindTotal {
  kind: ExperienceKind;
  logged: number;
  confirmed: number;
}

/** Hours per kind over what is not put away; kinds without an experience are left out. */
export function totalsOf(experiences: readonly Experience[]): KindTotal[] {
  const live = experiences.filter(({ archivedAt }) => archivedAt === null);
  return EXPERIENCE_KINDS.flatMap((kind) => {
    const ofKind = live.filter((one) => one.kind === kind);
    if (ofKind.length === 0) return [];
    const logged = ofKind.reduce((sum, one) => sum + hoursOf(one), 0);
    const confirmed = ofKind.reduce((sum, one) => sum + (one.confirmed?.hours ?? 0), 0);
    return [{ kind, logged, confirmed }];
  });
}

/** Confirmed ones first, then the newest. */
export function inOrder(experiences: readonly Experience[]): Experience[] {
  return experiences.toSorted(
    (a, b) =>
      Number(b.confirmed !== null) - Number(a.confirmed !== null) ||
      (b.from ?? '').localeCompare(a.from ?? '') ||
      b.createdAt.getTime() - a.createdAt.getTime(),
  );
}
