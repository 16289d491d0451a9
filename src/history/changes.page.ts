import type { MessageKey } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip, Head } from '../shared/parts.ts';
import { formatter } from '../shared/format.ts';
import type { SnapshotContent } from '../plans/snapshot.ts';
import type { Piece } from '../plans/wordDiff.ts';
import { compareForm, home, type HistoryOf, type HistoryPage } from './history.page.ts';
import type { Version, VersionName } from './historyFacts.ts';
import { differencesBetween, snapshotText, type GroupChange } from './snapshotText.ts';

/** What changed between two versions, group by group. */
export interface ChangesPage extends PageModel {
  head: Head;
  compare: HistoryPage['compare'];
  none: string | null;
  groups: {
    id: string;
    title: string;
    chip: Chip;
    lines: { label: string; chip: Chip | null; pieces: Piece[] }[];
  }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'history/changes': ChangesPage;
  }
}

export interface ChangesFacts {
  from: VersionName;
  to: VersionName;
  before: SnapshotContent;
  after: SnapshotContent;
  versions: readonly Version[];
  zone: string;
}

export function changesPage(words: Words, facts: ChangesFacts, of: HistoryOf): ChangesPage {
  const { t } = words;
  const { from, to } = facts;
  const groups = differencesBetween(snapshotText(words, facts.before), snapshotText(words, facts.after));
  const title = t('history.changes.title');
  const lede = t('history.changes.lede', { from: nameOf(words, facts, from), to: nameOf(words, facts, to) });
  return {
    title,
    head: {
      title,
      eyebrow: of.student?.name ?? null,
      lede,
      back: { href: home(of), label: t('history.backList') },
    },
    compare: compareForm(words, facts, of, { from: String(from), to: String(to) }),
    none: groups.length > 0 ? null : t(noneKey(facts)),
    groups: groups.map(({ id, title: heading, change, lines }) => ({
      id,
      title: heading,
      chip: chipOf(words, change),
      lines: lines.map((line) => ({
        label: line.label,
        chip: change === 'changed' && line.change !== 'changed' ? chipOf(words, line.change) : null,
        pieces: line.pieces,
      })),
    })),
  };
}

function noneKey({ versions, from, to }: ChangesFacts): MessageKey {
  if (versions.length === 0) return 'history.versionsNone';
  return from === to ? 'history.changes.same' : 'history.changes.none';
}

function nameOf({ t }: Words, { versions, zone }: ChangesFacts, version: VersionName): string {
  if (version === 'now') return t('history.now');
  const found = versions.find(({ revision }) => revision === version);
  const name = t('history.version', { revision: version });
  return found ? `${name} (${formatter(t, zone).date(found.at)})` : name;
}

function chipOf({ t }: Words, change: GroupChange['change']): Chip {
  const tone = { added: 'done', changed: 'now', removed: 'warn' } as const;
  const icon = { added: 'plus', changed: 'pencil', removed: 'x' } as const;
  return { label: t(`history.changes.${change}`), tone: tone[change], icon: icon[change] };
}
