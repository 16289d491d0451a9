import type { PartLine, PlanPart } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { isShown, type Evidence } from './evidence.ts';
import { portfolioOf } from './evidence.service.ts';
import { eyebrowOf } from './evidenceWords.page.ts';

/** What the student shows, newest first; what was put away is only in the raw data. */
export const portfolioPart: PlanPart = {
  key: 'portfolio',
  section: 'portfolio',
  title: ({ t }) => t('portfolio.part.title'),
  href: paths.portfolio,
  read: async ({ institution, person }, words) =>
    portfolioLines(words, await portfolioOf(institution, person)),
  records: ({ institution, person }) => portfolioOf(institution, person),
};

export function portfolioLines(words: Words, items: readonly Evidence[]): PartLine[] {
  return items.filter(isShown).map((evidence) => ({
    id: evidence.id,
    label: evidence.title,
    text: lineOf(words, evidence),
    material: false,
    audience: evidence.audience === 'family' ? 'family' : 'plan',
  }));
}

/** Kind and day, then everything that is written of it. */
function lineOf(words: Words, evidence: Evidence): string {
  const { t } = words;
  const { url, text, reflection, alt, capstone, file } = evidence;
  const written = [file?.name ?? '', url ?? '', text, reflection, alt].filter((one) => one !== '').join('\n');
  const line = t('portfolio.part.line', { eyebrow: eyebrowOf(words, evidence), words: written });
  return capstone ? t('portfolio.part.capstone', { line }) : line;
}
