import { datesOf } from '../experiences/experienceWords.page.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Field, Head, Ready, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { afterTabs } from './afterWords.page.ts';
import { ENTRY_KINDS, RESUME_LIMITS, type LogLine, type Resume, type ResumeEntry } from './resume.ts';

/** The activity log, and what of it goes into the résumé. */
export interface ResumePage extends PageModel {
  head: Head;
  tabs: { label: string; items: Segment[] };
  errors: readonly FieldError[];
  none: { title: string; text: string } | null;
  action: string;
  lines: { ref: string; title: string; sub: string; checked: boolean; href: string }[];
  profile: Field;
  add: Action[];
  see: Action;
  asks: Ready[];
  archived: { title: string; lines: { id: string; title: string; sub: string; action: string }[] } | null;
}

/** One own entry, new or known. */
export interface EntryPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  fields: Field[];
  label: string;
  archive: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/resume': ResumePage;
    'after/entry': EntryPage;
  }
}

export interface ResumeFacts {
  resume: Resume;
  log: readonly LogLine[];
}

export function resumePage(
  words: Words,
  { resume, log }: ResumeFacts,
  after: { problems?: readonly FieldError[]; profile?: string; picks?: readonly string[] } = {},
): ResumePage {
  const { t } = words;
  const { problems = [], picks } = after;
  const title = t('after.resume.title');
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('after.resume.lede'), back: { href: paths.plan, label: t('after.back.plan') } },
    tabs: afterTabs(words, 'resume'),
    errors: problems,
    none: log.length === 0 ? { title: t('after.resume.none'), text: t('after.resume.noneBody') } : null,
    action: paths.resume,
    lines: log.map((line) => ({
      ref: line.ref,
      title: line.title,
      sub: lineWords(words, line),
      checked: picks ? picks.includes(line.ref) : line.picked,
      href: line.source === 'entry' ? paths.resumeEntry(line.id) : paths.experience(line.id),
    })),
    profile: {
      name: 'profile',
      kind: 'textarea',
      rows: 4,
      label: t('after.resume.profile'),
      hint: t('after.resume.profileHint'),
      sees: t('after.sees'),
      maxLength: RESUME_LIMITS.profile,
      value: after.profile ?? resume.profile,
      error: errorOf(problems, 'profile'),
    },
    add: [
      { label: t('after.resume.addEntry'), href: paths.newResumeEntry, icon: 'plus' },
      { label: t('after.resume.addExperience'), href: paths.newExperience, icon: 'plus', kind: 'quiet' },
    ],
    see: { label: t('after.resume.see'), href: paths.resumeSheet, icon: 'eye', kind: 'primary' },
    asks: [
      { label: t('after.asks.resume'), state: log.some(({ picked }) => picked) ? 'done' : 'todo' },
      { label: t('after.asks.looked'), state: resume.lookedAt ? 'done' : 'todo' },
    ],
    archived: archivedOf(words, resume),
  };
}

/** "Volunteering, City library · September 1, 2026 to June 5, 2027 · 12 hours" */
export function lineWords(words: Words, line: LogLine): string {
  const { t } = words;
  const kind = kindWords(words, line);
  const what = line.place === '' ? kind : t('after.resume.lineAt', { kind, place: line.place });
  const hours = line.hours ? t('after.resume.hours', { hours: line.hours }) : null;
  return [what, whenOf(words, line), hours].filter((part): part is string => !!part).join(' · ');
}

/** One day, or from when to when; null without a day. */
export function whenOf(words: Words, line: Pick<LogLine, 'from' | 'to'>): string | null {
  return line.from && line.from === line.to ? words.fmt.date(line.from) : datesOf(words, line);
}

function kindWords({ t }: Words, { kind }: Pick<LogLine, 'kind'>): string {
  const own = ENTRY_KINDS.find((one) => one === kind);
  return own
    ? t(`after.entry.${own}`)
    : t(`experiences.kind.${kind as Exclude<LogLine['kind'], ResumeEntry['kind']>}`);
}

function archivedOf(words: Words, { entries }: Resume): ResumePage['archived'] {
  const away = entries.filter(({ archivedAt }) => archivedAt !== null);
  if (away.length === 0) return null;
  return {
    title: words.t('after.resume.archived', { count: away.length }),
    lines: away.map(({ id, title, kind }) => ({
      id,
      title,
      sub: kindWords(words, { kind }),
      action: paths.archiveResumeEntry(id),
    })),
  };
}

/** An entry's form as text. */
export interface TypedEntry {
  kind: string;
  title: string;
  place: string;
  from: string;
  to: string;
}

const BLANK: TypedEntry = { kind: 'award', title: '', place: '', from: '', to: '' };

/** @param entry null: a new one */
export function entryPage(
  words: Words,
  entry: ResumeEntry | null,
  { problems = [], typed }: { problems?: readonly FieldError[]; typed?: TypedEntry } = {},
): EntryPage {
  const { t } = words;
  const title = entry ? t('after.entry.edit') : t('after.entry.new');
  const stored = entry ? { ...entry, from: entry.from ?? '', to: entry.to ?? '' } : BLANK;
  return {
    title,
    head: {
      title,
      lede: entry ? null : t('after.entry.newLede'),
      back: { href: paths.resume, label: t('after.back.resume') },
    },
    errors: problems,
    action: entry ? paths.resumeEntry(entry.id) : paths.resumeEntries,
    fields: entryFields(words, typed ?? stored, problems),
    label: entry ? t('after.form.save') : t('after.entry.go'),
    archive: entry && paths.archiveResumeEntry(entry.id),
  };
}

function entryFields({ t }: Words, typed: TypedEntry, problems: readonly FieldError[]): Field[] {
  const field = (name: keyof TypedEntry, label: string, more: Partial<Field> = {}): Field => ({
    name,
    label,
    value: typed[name],
    error: errorOf(problems, name),
    ...more,
  });
  return [
    field('kind', t('after.entry.kind'), {
      kind: 'select',
      options: ENTRY_KINDS.map((value) => ({ value, label: t(`after.entry.${value}`) })),
    }),
    field('title', t('after.entry.title'), {
      hint: t('after.entry.titleHint'),
      maxLength: RESUME_LIMITS.line,
      sees: t('after.sees'),
    }),
    field('place', t('after.entry.place'), { maxLength: RESUME_LIMITS.line, optional: true }),
    field('from', t('after.entry.from'), { kind: 'date', optional: true }),
    field('to', t('after.entry.to'), { kind: 'date', hint: t('after.entry.toHint'), optional: true }),
  ];
}
