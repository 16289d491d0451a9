import type { PartLine, PlanPart } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { askNames, existing, type Coordination } from './coordination.ts';
import { coordinationOf } from './coordination.service.ts';

/** In review, snapshot and print only that another plan exists and whom to ask: not which, and not where. */
export const coordinationPart: PlanPart = {
  key: 'coordination',
  section: 'coordination',
  title: ({ t }) => t('coordination.part'),
  href: paths.coordination,
  read: async ({ institution, person }, words) =>
    coordinationLines(words, await coordinationOf(institution, person)),
  records: ({ institution, person }) => coordinationOf(institution, person),
};

/** The family holds the rights to those plans, so it reads the line. Nothing is said where there is none. */
export function coordinationLines({ t, fmt }: Words, coordination: Pick<Coordination, 'plans'>): PartLine[] {
  if (existing(coordination).length === 0) return [];
  const text = t('coordination.part.exists', { names: fmt.list(askNames(coordination)) });
  return [{ id: 'exists', label: t('coordination.part'), text, material: false, audience: 'family' }];
}
