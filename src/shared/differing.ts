import type { Words } from './page.ts';

type Texts = Readonly<Record<string, string>>;

/** Both versions of a form as text, only where they differ, each part under its label, in the labels' order. */
export function differingTexts(
  { t }: Words,
  labels: Texts,
  mine: Texts,
  theirs: Texts,
): { mine: string; theirs: string } {
  const parts = Object.entries(labels).filter(([part]) => (mine[part] ?? '') !== (theirs[part] ?? ''));
  const told = (version: Texts): string =>
    parts.map(([part, label]) => `${label}\n${version[part] || t('system.two.empty')}`).join('\n\n');
  return { mine: told(mine), theirs: told(theirs) };
}
