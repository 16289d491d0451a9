import { TYPE_FACTS } from '../files/fileType.ts';
import { sizeOf } from '../files/file.ts';
import { advisorIn } from '../goals/goalWords.page.ts';
import type { Words } from '../shared/page.ts';
import type { Chip } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Evidence } from './evidence.ts';
import type { PortfolioFacts, Tie } from './portfolioFacts.ts';
import { isSkillKey } from '../skills/skill.ts';

/** What a piece looks like on a page: by its kind and, for a file, by what the file is. */
export const LOOKS = ['picture', 'document', 'sound', 'video', 'link', 'text'] as const;
export type Look = (typeof LOOKS)[number];

export function lookOf({ kind, file }: Pick<Evidence, 'kind' | 'file'>): Look {
  if (kind !== 'file') return kind;
  return file ? TYPE_FACTS[file.type].group : 'document';
}

/** The picture of a card, or a sign where there is none. */
export type Thumb =
  | { kind: 'picture'; src: string; alt: string }
  | { kind: 'icon'; icon: string; tone: 'now' | 'review' | 'done' | 'warn' };

const SIGNS = {
  document: { icon: 'file', tone: 'now' },
  sound: { icon: 'msg', tone: 'review' },
  video: { icon: 'video', tone: 'review' },
  link: { icon: 'link', tone: 'warn' },
  text: { icon: 'pencil', tone: 'done' },
} as const;

export function thumbOf(evidence: Evidence): Thumb {
  const look = lookOf(evidence);
  if (look === 'picture')
    return { kind: 'picture', src: paths.evidencePicture(evidence.id), alt: evidence.alt };
  return { kind: 'icon', ...SIGNS[look] };
}

export function eyebrowOf({ t, fmt }: Words, evidence: Evidence): string {
  return t('portfolio.eyebrow', {
    kind: t(`portfolio.kind.${lookOf(evidence)}`),
    day: fmt.date(evidence.day),
  });
}

/** Who sees it beside the student, in a few words. */
export function audienceOf(
  words: Words,
  { audience }: Pick<Evidence, 'audience'>,
  facts: Pick<PortfolioFacts, 'advisors'>,
  own: boolean,
): string {
  if (!own) return words.t(`portfolio.staff.sees.${audience}`);
  return words.t(`portfolio.sees.${audience}`, { advisor: advisorName(words, facts) });
}

/** The advisor by name, or "My advisor". */
export function advisorName(words: Words, facts: Pick<PortfolioFacts, 'advisors'>): string {
  const { t } = words;
  if (facts.advisors.length === 1) return advisorIn(words, facts);
  return t(facts.advisors.length > 1 ? 'portfolio.advisors' : 'portfolio.anAdvisor');
}

export function capstoneChip({ t }: Words, { capstone, confirmedAt }: Evidence): Chip | null {
  if (!capstone) return null;
  return confirmedAt
    ? { label: t('portfolio.confirmed'), tone: 'done', icon: 'check' }
    : { label: t('portfolio.capstone'), tone: 'review', icon: 'star' };
}

/** The names of what it is tied to; what is gone is left out. */
export function namesIn(ids: readonly string[], ties: readonly Tie[]): string[] {
  return ids.flatMap((id) => ties.find((tie) => tie.id === id)?.label ?? []);
}

export function skillNames({ t }: Words, keys: readonly string[]): string[] {
  return keys.filter(isSkillKey).map((key) => t(`skills.${key}`));
}

/** "2.4 MB". */
export function sizeText({ t }: Words, bytes: number): string {
  return t('files.size', sizeOf(bytes));
}
