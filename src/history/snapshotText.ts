/** A frozen version of a plan as lines of plain text: to be read before signing, and to be compared. */
import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import { WRITTEN_KEYS } from '../plans/plan.ts';
import type { SnapshotContent } from '../plans/snapshot.ts';
import { sameWords, wordDiff, type Piece } from '../plans/wordDiff.ts';

export interface TextLine {
  /** Stable across versions. */
  id: string;
  label: string;
  text: string;
}

export interface TextGroup {
  id: string;
  title: string;
  lines: TextLine[];
}

/** Everything in a version that says anything, in the plan's order. */
export function snapshotText(words: Words, content: SnapshotContent): TextGroup[] {
  const groups = [
    profileOf(words, content),
    ...content.goals.map((goal) => goalOf(words, goal)),
    ...content.parts.map(({ key, title, lines }) => ({ id: `part:${key}`, title, lines: lines.map(lineOf) })),
    exemptionsOf(words, content),
  ];
  return groups
    .map((group) => ({ ...group, lines: group.lines.filter(({ text }) => text.trim() !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

function lineOf({ id, label, text }: TextLine): TextLine {
  return { id, label, text };
}

function profileOf({ t }: Words, { profile }: SnapshotContent): TextGroup {
  const lines = WRITTEN_KEYS.map((key) => ({
    id: key,
    label: t(`plans.part.${key}`),
    text: profile[key] ?? '',
  }));
  return { id: 'profile', title: t('section.about'), lines };
}

type FrozenGoal = SnapshotContent['goals'][number];

const GOAL_FIELDS = {
  statement: 'review.field.statement',
  why: 'review.field.why',
  baseline: 'review.field.baseline',
  measure: 'review.field.measure',
  strategies: 'review.field.strategies',
} as const satisfies Partial<Record<keyof FrozenGoal, MessageKey>>;

function goalOf({ t, fmt }: Words, goal: FrozenGoal): TextGroup {
  const line = (id: string, label: MessageKey, text: string): TextLine => ({ id, label: t(label), text });
  const { from, to, unit } = goal.target ?? {};
  const target =
    to === undefined
      ? ''
      : from === null || from === undefined
        ? t('review.targetTo', { to, unit: unit ?? '' })
        : t('review.target', { from, to, unit: unit ?? '' });
  const steps = goal.steps.map(({ title, due }) =>
    due ? t('history.step', { title, due: fmt.date(due) }) : title,
  );
  const supports = goal.supports.map(({ what, who }) => (who ? t('review.support', { what, who }) : what));
  const fields = Object.entries(GOAL_FIELDS) as [keyof typeof GOAL_FIELDS, MessageKey][];
  return {
    id: `goal:${goal.id}`,
    title: t('history.goal', { statement: goal.statement }),
    lines: [
      ...fields.map(([field, label]) => line(field, label, goal[field])),
      line('target', 'review.field.target', target.trim()),
      line('by', 'review.field.by', goal.by ? fmt.date(goal.by) : ''),
      line('supports', 'review.field.supports', supports.join('\n')),
      line('steps', 'review.steps', steps.join('\n')),
    ],
  };
}

function exemptionsOf({ t }: Words, { exemptions }: SnapshotContent): TextGroup {
  const lines = exemptions.map(({ component, reason }) => ({
    id: component,
    label: t('history.exempt', { what: component }),
    text: reason,
  }));
  return { id: 'exemptions', title: t('history.exemptions'), lines };
}

/** What became of one group between two versions; `same` ones are left out. */
export interface GroupChange {
  id: string;
  title: string;
  change: 'added' | 'removed' | 'changed';
  lines: { id: string; label: string; change: 'added' | 'removed' | 'changed'; pieces: Piece[] }[];
}

/** The differences between two versions, line by line: new ones in their order, then what is gone. */
export function differencesBetween(before: readonly TextGroup[], after: readonly TextGroup[]): GroupChange[] {
  const old = new Map(before.map((group) => [group.id, group]));
  const now = new Set(after.map(({ id }) => id));
  const gone = before
    .filter(({ id }) => !now.has(id))
    .map((group) => ({ ...group, lines: [] as TextLine[] }));
  return [...after, ...gone].flatMap((group) => {
    const was = old.get(group.id);
    const lines = linesBetween(was?.lines ?? [], group.lines);
    if (lines.length === 0) return [];
    const change = was === undefined ? 'added' : now.has(group.id) ? 'changed' : 'removed';
    return [{ id: group.id, title: group.title, change, lines }];
  });
}

function linesBetween(before: readonly TextLine[], after: readonly TextLine[]): GroupChange['lines'] {
  const old = new Map(before.map((line) => [line.id, line]));
  const now = new Set(after.map(({ id }) => id));
  const written = after.flatMap((line) => {
    const was = old.get(line.id)?.text ?? null;
    if (was !== null && sameWords(was, line.text)) return [];
    const change: 'added' | 'changed' = was === null ? 'added' : 'changed';
    return [{ id: line.id, label: line.label, change, pieces: wordDiff(was ?? '', line.text) }];
  });
  const gone = before
    .filter(({ id }) => !now.has(id))
    .map((line) => ({
      id: line.id,
      label: line.label,
      change: 'removed' as const,
      pieces: wordDiff(line.text, ''),
    }));
  return [...written, ...gone];
}
