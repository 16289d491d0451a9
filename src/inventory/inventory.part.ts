import type { PartLine, PlanPart } from '../plans/planPart.ts';
import { findPlan } from '../plans/plan.service.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { listSittings } from './inventory.service.ts';
import { namesLine } from './result.page.ts';
import { LETTERS } from './riasec.ts';
import { doneOf, skipOf, type Done } from './sitting.ts';

/** The newest result, and a year that was skipped. The answers themselves are only in the raw data. */
export const inventoryPart: PlanPart = {
  key: 'inventory',
  section: 'about',
  title: ({ t }) => t('inventory.part.title'),
  href: paths.interests,
  read: async ({ institution, person }, words) => {
    const [sittings, plan] = await Promise.all([
      listSittings(institution, person),
      findPlan(institution, person),
    ]);
    const [last] = doneOf(sittings);
    const skip = plan && last?.year !== plan.year ? skipOf(sittings, plan.year) : null;
    return [
      ...(last ? resultLines(words, last) : []),
      ...(skip ? [line('skipped', words.t('inventory.part.skipped'), skip.reason ?? '', 'plan')] : []),
    ];
  },
  records: ({ institution, person }) => listSittings(institution, person),
};

function resultLines(words: Words, { scores, code, endedAt }: Done): PartLine[] {
  const { t, fmt } = words;
  const text = t('inventory.part.line', {
    names: namesLine(words, scores),
    code: code || t('inventory.history.noCode'),
    when: fmt.date(endedAt),
  });
  const all = LETTERS.map((letter) =>
    t('inventory.part.score', { name: t(`riasec.${letter}.name`), score: scores[letter] }),
  );
  return [
    line('result', t('inventory.part.result'), text, 'family'),
    line('scores', t('inventory.part.scores'), all.join(', '), 'family'),
  ];
}

function line(id: string, label: string, text: string, audience: PartLine['audience']): PartLine {
  return { id, label, text, material: false, audience };
}
