import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';

const LABELS: Readonly<Record<string, MessageKey>> = {
  statement: 'goals.parts.statement',
  why: 'goals.parts.why',
  baseline: 'goals.parts.baseline',
  measure: 'goals.parts.measure',
  target: 'goals.show.target',
  by: 'goals.parts.by',
  strategies: 'goals.show.strategies',
  steps: 'goals.parts.steps',
  supports: 'goals.parts.supports',
};

/** Both versions of a goal as text, only where they differ, each part under its name. */
export function differingWords(
  { t }: Words,
  mine: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
): { mine: string; theirs: string } {
  const parts = Object.entries(LABELS).filter(([part]) => (mine[part] ?? '') !== (theirs[part] ?? ''));
  const told = (version: Readonly<Record<string, string>>): string =>
    parts.map(([part, label]) => `${t(label)}\n${version[part] || t('system.two.empty')}`).join('\n\n');
  return { mine: told(mine), theirs: told(theirs) };
}
