import { NotFound } from '../shared/errors.ts';
import type { ItemBank } from './bank.ts';
import { findImported, listImported, listOff } from './bank.store.ts';
import { OWN_BANKS } from './data/ownBanks.ts';

/** The banks a student of the school may choose from: ours and its own, without those it turned off. */
export async function offeredBanks(institution: string): Promise<ItemBank[]> {
  const [imported, off] = await Promise.all([listImported(institution), listOff(institution)]);
  const current = imported.filter(({ status }) => status === 'current');
  return [...OWN_BANKS, ...current].filter(({ id }) => !off.includes(id));
}

/** A bank by its id, also one that is not offered any more. Null: there never was one here. */
export async function findBank(institution: string, id: string): Promise<ItemBank | null> {
  return OWN_BANKS.find((own) => own.id === id) ?? (await findImported(institution, id));
}

/** @throws NotFound */
export async function getBank(institution: string, id: string): Promise<ItemBank> {
  const bank = await findBank(institution, id);
  if (!bank) throw new NotFound(`item bank ${id}`);
  return bank;
}
