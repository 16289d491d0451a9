import { differingTexts } from '../shared/differing.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';

const LABELS = {
  statement: 'goals.parts.statement',
  why: 'goals.parts.why',
  baseline: 'goals.parts.baseline',
  measure: 'goals.parts.measure',
  target: 'goals.show.target',
  by: 'goals.parts.by',
  strategies: 'goals.show.strategies',
  steps: 'goals.parts.steps',
  supports: 'goals.parts.supports',
} as const satisfies Record<string, MessageKey>;

/** Both versions of a goal as text (`textsOf`), only where they differ. */
export function differingWords(
  words: Words,
  mine: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
): { mine: string; theirs: string } {
  const labels = Object.fromEntries(Object.entries(LABELS).map(([part, label]) => [part, words.t(label)]));
  return differingTexts(words, labels, mine, theirs);
}
