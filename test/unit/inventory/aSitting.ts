import { OWN_BANKS } from '../../../src/inventory/data/ownBanks.ts';
import type { ItemBank } from '../../../src/inventory/bank.ts';
import type { Letter } from '../../../src/inventory/riasec.ts';
import { ended, type Done, type Sitting } from '../../../src/inventory/sitting.ts';
import { anId, NOW } from '../../support/build.ts';

export const SHORT = OWN_BANKS[0] as ItemBank;
export const QUICK = OWN_BANKS[1] as ItemBank;

/** Every question of a bank answered by its letter. */
export function answersBy(bank: ItemBank, values: Record<Letter, number>): Sitting['answers'] {
  return bank.items.map(({ id, letter }) => ({ item: id, value: values[letter] }));
}

export function aSitting(overrides: Partial<Sitting> = {}): Sitting {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    bank: SHORT.id,
    status: 'open',
    answers: [],
    scores: null,
    code: null,
    from: null,
    reason: null,
    year: 2026,
    startedAt: NOW,
    endedAt: null,
    ...overrides,
  };
}

/** A sitting with a result. */
export function aDone(
  values: Record<Letter, number> = { R: 4, I: 3, A: 2, S: 1, E: 0, C: 0 },
  overrides: Partial<Sitting> = {},
): Done {
  const { endedAt = NOW, year = 2026 } = overrides;
  const sitting = aSitting({ answers: answersBy(SHORT, values), ...overrides });
  return { ...ended(sitting, SHORT, year, endedAt ?? NOW), ...overrides } as Done;
}
