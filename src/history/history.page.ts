import { historyEntries, type Happened, type Naming } from '../caseload/history.ts';
import { sectionName } from '../plans/review.ts';
import type { PlanSection } from '../plans/plan.ts';
import { formatter } from '../shared/format.ts';
import { en } from '../shared/messages/en.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head, LogEntry } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { partOfAction, wordsOf, type HistoryReader } from './event.ts';
import type { HistoryFacts, Version } from './historyFacts.ts';

/** One event with what it changed, word by word where it may be read. */
export interface HistoryLine extends LogEntry {
  /** `from` is left out where there was nothing before. */
  details: { label: string; from: string | null; to: string }[];
}

export interface HistoryPage extends PageModel {
  head: Head;
  links: Action[];
  versions: { title: string; meta: string; chip: Chip }[];
  compare: { action: string; from: Field; to: Field } | null;
  filter: { action: string; who: Field };
  lines: HistoryLine[];
  none: string;
  older: Action | null;
  newest: Action | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'history/show': HistoryPage;
  }
}

/** Whose history it is: null for the student's own page. */
export interface HistoryOf {
  student: { id: string; name: string } | null;
  actor: string | null;
  before: Date | null;
  now: Date;
}

export function historyPage(words: Words, facts: HistoryFacts, of: HistoryOf): HistoryPage {
  const { t } = words;
  const { student } = of;
  const title = student ? t('history.titleOf', { name: student.name }) : t('history.title');
  const back = student
    ? { href: paths.student(student.id), label: t('history.backTo', { name: student.name }) }
    : { href: paths.plan, label: t('history.back') };
  return {
    title,
    head: { title, back, lede: t(student ? 'history.ledeStaff' : 'history.lede') },
    links: sinceLinks(words, facts, of),
    versions: facts.versions.map((version) => versionRow(words, facts, version)),
    compare: compareForm(words, facts, of, { from: null, to: 'now' }),
    filter: { action: home(of), who: whoField(words, facts, of) },
    lines: facts.events.map((event) => lineOf(words, facts, of, event)),
    none: t(of.actor ? 'history.noneOf' : 'history.none'),
    ...pagerOf(words, facts, of),
  };
}

export function home({ student }: Pick<HistoryOf, 'student'>): string {
  return student ? paths.studentHistory(student.id) : paths.history;
}

function changesPath({ student }: HistoryOf): string {
  return student ? paths.studentHistoryChanges(student.id) : paths.historyChanges;
}

/** The two questions people ask most, when there is something to compare with. */
function sinceLinks({ t }: Words, { versions, lastYear }: HistoryFacts, of: HistoryOf): Action[] {
  const standing = versions.filter(({ undoneAt }) => undoneAt === null);
  const signed = standing.find((version) => version.signed);
  const last = signed ?? standing[0];
  const link = (label: MessageKey, revision: number): Action => ({
    label: t(label),
    href: `${changesPath(of)}?from=${revision}&to=now`,
    icon: 'redo',
  });
  return [
    ...(last ? [link(signed ? 'history.since.signed' : 'history.since.approved', last.revision)] : []),
    ...(lastYear === null ? [] : [link('history.since.year', lastYear)]),
  ];
}

function versionRow({ t }: Words, { names, zone }: HistoryFacts, version: Version) {
  const fmt = formatter(t, zone);
  const name = names.get(version.by) ?? t('thread.somebody');
  const chip: Chip = version.undoneAt
    ? { label: t('history.chip.undone'), tone: 'quiet', icon: 'undo' }
    : version.signed
      ? { label: t('history.chip.signed'), tone: 'done', icon: 'sign' }
      : { label: t('history.chip.approved'), tone: 'done', icon: 'check' };
  return {
    title: t('history.version', { revision: version.revision }),
    meta: version.undoneAt
      ? t('history.versionUndone', { day: fmt.date(version.undoneAt) })
      : t('history.versionOn', { day: fmt.date(version.at), name }),
    chip,
  };
}

/** @returns null when there is no version to compare with */
export function compareForm(
  { t }: Words,
  { versions, zone }: Pick<HistoryFacts, 'versions' | 'zone'>,
  of: HistoryOf,
  chosen: { from: string | null; to: string },
): HistoryPage['compare'] {
  const [last] = versions;
  if (!last) return null;
  const fmt = formatter(t, zone);
  const options = [
    { value: 'now', label: t('history.now') },
    ...versions.map(({ revision, at }) => ({
      value: String(revision),
      label: `${t('history.version', { revision })}, ${fmt.date(at)}`,
    })),
  ];
  const field = (name: 'from' | 'to', value: string): Field => ({
    name,
    label: t(`history.compare.${name}`),
    kind: 'select',
    options,
    value,
    compact: true,
  });
  return {
    action: changesPath(of),
    from: field('from', chosen.from ?? String(last.revision)),
    to: field('to', chosen.to),
  };
}

function whoField({ t }: Words, { actors, names }: HistoryFacts, { actor }: HistoryOf): Field {
  const special = specialNames(t);
  const options = actors.map((value) => ({
    value,
    label: special[value] ?? names.get(value) ?? t('thread.somebody'),
  }));
  return {
    name: 'who',
    label: t('history.who'),
    kind: 'select',
    value: actor ?? '',
    compact: true,
    options: [
      { value: '', label: t('history.everybody') },
      ...options.toSorted((a, b) => a.label.localeCompare(b.label)),
    ],
  };
}

function specialNames(t: Words['t']): Readonly<Record<string, string>> {
  return { system: t('overview.system'), operator: t('overview.operator') };
}

function pagerOf({ t }: Words, { next }: HistoryFacts, of: HistoryOf): Pick<HistoryPage, 'older' | 'newest'> {
  const who = of.actor ? `&who=${of.actor}` : '';
  return {
    older: next && {
      label: t('history.older'),
      href: `${home(of)}?before=${encodeURIComponent(next.toISOString())}${who}#events`,
      iconEnd: 'chevr',
    },
    newest: of.before && {
      label: t('history.newest'),
      href: of.actor ? `${home(of)}?who=${of.actor}` : home(of),
      icon: 'up',
    },
  };
}

/** The event in the words that the overview has, in our own, or as what it was about. */
function lineOf(words: Words, facts: HistoryFacts, of: HistoryOf, event: Happened): HistoryLine {
  const naming = namingOf(words, facts);
  const reader: HistoryReader = of.student ? 'staff' : 'student';
  const [known] = historyEntries(words, [event], naming, of.now);
  const entry = ownEntry(words, event, naming, of.now, known === undefined) ?? known;
  return { ...(entry as LogEntry), details: detailsOf(words, facts.zone, event, reader) };
}

function ownEntry(
  { t, fmt }: Words,
  event: Happened,
  naming: Naming,
  now: Date,
  always: boolean,
): LogEntry | null {
  const key = `history.did.${event.action}`;
  const part = partOfAction(event.action);
  const own = Object.hasOwn(en, key) ? (key as MessageKey) : null;
  if (own === null && !always) return null;
  const who = naming.person(event.actor);
  const fallback = part ? 'history.did.part' : 'history.did.some';
  const what = own ? subjectOf(event, naming, t) : part ? t(`plans.part.${part}`) : '';
  return {
    icon: ICON[event.action.split('.')[0] ?? ''] ?? 'pencil',
    chunks: t.rich(own ?? fallback, { who, what }),
    when: fmt.moment(event.at, now),
    datetime: event.at.toISOString(),
  };
}

const ICON: Readonly<Record<string, string>> = {
  goal: 'flag',
  meeting: 'cal',
  question: 'msg',
  family: 'users',
  signature: 'sign',
  followUp: 'task',
  reviewCycle: 'flag',
  plan: 'plan',
};

function subjectOf({ kind, object, changes }: Happened, naming: Naming, t: Words['t']): string {
  const named = naming.thing(kind, object);
  const words = changes
    .map(({ to, from }) => to ?? from)
    .find((text) => typeof text === 'string' && text !== '');
  return named ?? (typeof words === 'string' ? words : t('overview.something'));
}

function namingOf({ t }: Words, { plan, names }: HistoryFacts): Naming {
  const special = specialNames(t);
  return {
    person: (id) => special[id] ?? names.get(id) ?? t('thread.somebody'),
    thing: (kind, id) => {
      if (kind === 'goal') return plan.goals.find((goal) => goal.id === id)?.statement || null;
      const key = `plans.part.${id}`;
      return kind === 'profile' && Object.hasOwn(en, key) ? t(key as MessageKey) : null;
    },
    section: (section) => sectionName(plan, section as PlanSection, t),
  };
}

/** Longer texts are cut: the comparison of versions shows them whole. */
const LONGEST = 300;

function detailsOf(
  words: Words,
  zone: string,
  event: Happened,
  reader: HistoryReader,
): HistoryLine['details'] {
  const { t } = words;
  const said = subject(event);
  const told = wordsOf(event, reader).filter(({ from, to }) => !isNothing(from) || to !== said);
  return told.map(({ field, from, to }) => ({
    label: t(labelOf(field)),
    from: isNothing(from) ? null : t('history.from', { text: saidOf(words, zone, field, from) }),
    to: t(isNothing(from) ? 'history.only' : 'history.to', { text: saidOf(words, zone, field, to) }),
  }));
}

/** What such a sentence names already: a goal, a question, a decision. */
function subject({ kind, changes }: Happened): unknown {
  const names = kind === 'goal' || kind === 'question' || kind === 'meeting';
  return names ? changes.map(({ to }) => to).find((to) => typeof to === 'string' && to !== '') : null;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === false;
}

const LABELS = ['history.field', 'review.field', 'meetings.selfReview'] as const;

function labelOf(field: string): MessageKey {
  const found = LABELS.map((family) => `${family}.${field}`).find((key) => Object.hasOwn(en, key));
  return (found ?? 'history.field.other') as MessageKey;
}

function saidOf({ t }: Words, zone: string, field: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'history.yes' : 'history.no');
  if (typeof value !== 'string' || value === '') return t('history.nothing');
  if (field === 'startsAt') return whenOf(t, zone, new Date(value));
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

function whenOf(t: Words['t'], zone: string, at: Date): string {
  const fmt = formatter(t, zone);
  return t('time.at', { day: fmt.date(at), time: fmt.time(at) });
}
