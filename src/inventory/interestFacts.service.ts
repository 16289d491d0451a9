import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import type { Plan } from '../plans/plan.ts';
import { findBank, offeredBanks } from './bank.service.ts';
import type { ItemBank } from './bank.ts';
import { listSittings } from './inventory.service.ts';
import { openOf, type Sitting } from './sitting.ts';

/** The viewer's own interests. Student View has a plan that is kept nowhere, and no sittings. */
export async function ownInterests(
  viewer: Viewer,
  now: Date,
): Promise<{ plan: Plan; sittings: Sitting[]; offered: ItemBank[]; banks: Map<string, ItemBank> }> {
  const { institution, person, testUser } = viewer;
  const plan = await ownPlan(viewer, now);
  const sittings = testUser ? [] : await listSittings(institution, person);
  const [offered, banks] = await Promise.all([offeredBanks(institution), banksIn(institution, sittings)]);
  return { plan, sittings, offered, banks };
}

/** Every bank that these sittings name. */
export async function banksIn(
  institution: string,
  sittings: readonly Sitting[],
): Promise<Map<string, ItemBank>> {
  const ids = [...new Set(sittings.flatMap(({ bank }) => bank ?? []))];
  const found = await Promise.all(ids.map((id) => findBank(institution, id)));
  return new Map(found.flatMap((bank) => (bank ? [[bank.id, bank]] : [])));
}

/** The viewer's open sitting with its questions; null: none is open. */
export async function openSitting(viewer: Viewer): Promise<{ sitting: Sitting; bank: ItemBank } | null> {
  if (viewer.testUser) return null;
  const sitting = openOf(await listSittings(viewer.institution, viewer.person));
  const bank = sitting && (await findBank(viewer.institution, sitting.bank));
  return bank ? { sitting, bank } : null;
}
