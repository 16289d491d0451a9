import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { hoursOf, type Experience, type ExperienceKind } from '../experiences/experience.ts';

/** What a student adds to their activity log, and what of it goes into the résumé. One document a student. */
export interface Resume {
  institution: string;
  /** The student. */
  person: string;
  /** A few sentences at the top of the résumé. */
  profile: string;
  entries: ResumeEntry[];
  /** Which lines of the log go in, by `LogLine.ref`. */
  picks: string[];
  /** When the student last said that they looked it through. */
  lookedAt: Date | null;
  version: number;
}

export const ENTRY_KINDS = ['award', 'job', 'skill', 'other'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What is no experience of its own: an award, a job, a skill. */
export interface ResumeEntry {
  id: string;
  kind: EntryKind;
  title: string;
  /** Where, or from whom. */
  place: string;
  /** Calendar days; null: none, or still going on. */
  from: string | null;
  to: string | null;
  /** Put away by the student; kept, and shown nowhere. */
  archivedAt: Date | null;
}

export type EntryForm = Pick<ResumeEntry, 'kind' | 'title' | 'place' | 'from' | 'to'>;

export const RESUME_LIMITS = { entries: 60, profile: 500, line: 150 } as const;

/** The headings of a résumé, in its order. */
export const RESUME_SECTIONS = ['work', 'service', 'activity', 'award', 'skill', 'other'] as const;
export type ResumeSection = (typeof RESUME_SECTIONS)[number];

const SECTION_OF: Readonly<Record<ExperienceKind | EntryKind, ResumeSection>> = {
  internship: 'work',
  shadowing: 'work',
  employment: 'work',
  job: 'work',
  volunteering: 'service',
  service: 'service',
  club: 'activity',
  leadership: 'activity',
  award: 'award',
  skill: 'skill',
  other: 'other',
};

/** One line of the activity log: an experience or an own entry. */
export interface LogLine {
  /** `x.ID` for an experience, `e.ID` for an own entry. */
  ref: string;
  id: string;
  source: 'experience' | 'entry';
  kind: ExperienceKind | EntryKind;
  section: ResumeSection;
  title: string;
  place: string;
  from: string | null;
  to: string | null;
  /** Logged hours; null for own entries. */
  hours: number | null;
  picked: boolean;
}

export function emptyResume(institution: string, person: string): Resume {
  return { institution, person, profile: '', entries: [], picks: [], lookedAt: null, version: 0 };
}

/** The activity log: what goes on first, then the newest. @param experiences those not put away */
export function activityLog(
  resume: Pick<Resume, 'entries' | 'picks'>,
  experiences: readonly Experience[],
): LogLine[] {
  const picked = new Set(resume.picks);
  const own = resume.entries.filter(({ archivedAt }) => archivedAt === null).map(entryLine);
  const lines = [...experiences.map(experienceLine), ...own];
  return lines
    .map((line) => ({ ...line, picked: picked.has(line.ref) }))
    .toSorted((a, b) => endOf(b).localeCompare(endOf(a)) || (b.from ?? '').localeCompare(a.from ?? ''));
}

/** The picked lines under their headings; headings without one are left out. */
export function resumeSections(log: readonly LogLine[]): { section: ResumeSection; lines: LogLine[] }[] {
  return RESUME_SECTIONS.map((section) => ({
    section,
    lines: log.filter((line) => line.picked && line.section === section),
  })).filter(({ lines }) => lines.length > 0);
}

/** What goes in and what stands above it. Lines that are not in the log are left out. */
export function picking(
  before: Resume,
  { picks, profile }: Pick<Resume, 'picks' | 'profile'>,
  log: readonly LogLine[],
): Resume {
  const known = log.map(({ ref }) => ref).filter((ref) => picks.includes(ref));
  const same = known.length === before.picks.length && known.every((ref) => before.picks.includes(ref));
  return same && profile === before.profile ? before : { ...before, picks: known, profile };
}

/** A new own entry goes into the résumé until the student takes it out. */
export function addingEntry(before: Resume, id: string, form: EntryForm): Resume {
  if (before.entries.length >= RESUME_LIMITS.entries)
    throw new Invalid([
      { field: 'title', message: say('after.error.manyEntries', { limit: RESUME_LIMITS.entries }) },
    ]);
  const entry: ResumeEntry = { ...form, id, archivedAt: null };
  return { ...before, entries: [...before.entries, entry], picks: [...before.picks, `e.${id}`] };
}

export function changingEntry(before: Resume, id: string, form: EntryForm): Resume {
  return withEntry(before, { ...entryIn(before, id), ...form });
}

export function archivingEntry(before: Resume, id: string, away: boolean, now: Date): Resume {
  const entry = entryIn(before, id);
  return (entry.archivedAt !== null) === away
    ? before
    : withEntry(before, { ...entry, archivedAt: away ? now : null });
}

/** @throws Invalid while nothing is in it */
export function lookingThrough(before: Resume, log: readonly LogLine[], now: Date): Resume {
  if (!log.some(({ picked }) => picked))
    throw new Invalid([{ field: 'looked', message: say('after.error.emptyResume') }]);
  return before.lookedAt ? before : { ...before, lookedAt: now };
}

/** @throws NotFound */
export function entryIn({ entries }: Pick<Resume, 'entries'>, id: string): ResumeEntry {
  const found = entries.find((entry) => entry.id === id);
  if (!found) throw new NotFound(`résumé entry ${id}`);
  return found;
}

function withEntry(before: Resume, entry: ResumeEntry): Resume {
  const entries = before.entries.map((one) => (one.id === entry.id ? entry : one));
  return JSON.stringify(entries) === JSON.stringify(before.entries) ? before : { ...before, entries };
}

type Line = Omit<LogLine, 'picked'>;

function experienceLine(one: Experience): Line {
  const { id, kind, title, organisation: place, from, to } = one;
  const section = SECTION_OF[kind];
  return {
    ref: `x.${id}`,
    id,
    source: 'experience',
    kind,
    section,
    title,
    place,
    from,
    to,
    hours: hoursOf(one),
  };
}

function entryLine({ id, kind, title, place, from, to }: ResumeEntry): Line {
  const section = SECTION_OF[kind];
  return { ref: `e.${id}`, id, source: 'entry', kind, section, title, place, from, to, hours: null };
}

/** For the order: what has begun and not ended is the newest; what has no day the oldest. */
function endOf({ from, to }: LogLine): string {
  return to ?? (from ? '9999' : '');
}
