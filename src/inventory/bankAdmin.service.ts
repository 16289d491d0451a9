/** What an administrator does with a school's interest questions: import, take back, offer or not. */
import { record } from '../audit/audit.service.ts';
import type { Change } from '../audit/event.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import { diffOf, readBank, type BankDiff, type ImportForm, type ReadBank } from './bankImport.ts';
import type { ImportedBank } from './bank.ts';
import { insertBank, listImported, listOff, setBankStatus, setOff } from './bank.store.ts';
import { OWN_BANKS } from './data/ownBanks.ts';
import { getBank } from './bank.service.ts';

export { listImported, listOff } from './bank.store.ts';

export interface By {
  institution: string;
  person: string;
  via: string | null;
}

/** What an import would do. Saves nothing. */
export interface DryRun extends ReadBank {
  diff: BankDiff;
  /** The bank of this name whose place it would take. */
  replaces: ImportedBank | null;
}

export async function dryRun(institution: string, form: ImportForm): Promise<DryRun> {
  const read = readBank(form);
  const current = (await listImported(institution)).filter(({ status }) => status === 'current');
  const replaces = current.find(({ name }) => name === read.bank.name) ?? null;
  return { ...read, replaces, diff: diffOf(replaces, read.bank) };
}

/**
 * Imports what was checked; it is read again, so that nothing else is saved than what was shown.
 * @returns null when nothing differs from what is there
 * @throws Invalid when anything is wrong
 */
export async function importBank(by: By, form: ImportForm, now: Date): Promise<string | null> {
  return inTransaction(async () => {
    const { bank, problems, diff, replaces } = await dryRun(by.institution, form);
    if (problems.length > 0)
      throw new Invalid([
        { field: 'source', message: say('inventory.import.bad', { count: problems.length }) },
      ]);
    if (diff.same) return null;
    const id = newId();
    const { institution, person: importedBy } = by;
    if (replaces) await setBankStatus(institution, replaces.id, 'current', 'replaced');
    const source = {
      status: 'current' as const,
      replaces: replaces?.id ?? null,
      importedBy,
      importedAt: now,
    };
    await insertBank({ ...bank, ...source, id, institution });
    const { added, changed, gone } = diff;
    const counts = Object.entries({ name: bank.name, added, changed, gone });
    await tell(
      by,
      'inventory.imported',
      id,
      counts.map(([field, to]) => ({ field, from: null, to })),
      now,
    );
    return id;
  });
}

/**
 * Takes an import back: the questions it replaced are offered again. Students who have begun with it go on.
 * @throws NotFound for what was never imported here, Conflict when it was replaced or taken back already
 */
export async function undoImport(by: By, id: string, now: Date): Promise<void> {
  const bank = (await listImported(by.institution)).find((one) => one.id === id);
  if (!bank) throw new NotFound(`imported bank ${id}`);
  await inTransaction(async () => {
    const done = await setBankStatus(by.institution, id, 'current', 'undone');
    if (!done) throw new Conflict(say('inventory.admin.done.undone'), `undo of ${bank.status}`);
    if (bank.replaces) await setBankStatus(by.institution, bank.replaces, 'replaced', 'current');
    await refuseNoneLeft(by.institution);
    await tell(by, 'inventory.importUndone', id, [], now);
  });
}

/**
 * Offers a bank to students, or does so no more.
 * @throws NotFound for an unknown bank, Conflict when nothing would be left to answer
 */
export async function offerBank(by: By, id: string, offered: boolean, now: Date): Promise<void> {
  await getBank(by.institution, id);
  await inTransaction(async () => {
    await setOff(by.institution, id, !offered);
    await refuseNoneLeft(by.institution);
    const changes = [{ field: 'offered', from: !offered, to: offered }];
    await tell(by, 'inventory.offerChanged', id, changes, now);
  });
}

async function refuseNoneLeft(institution: string): Promise<void> {
  const [imported, off] = [await listImported(institution), await listOff(institution)];
  const ids = [...OWN_BANKS, ...imported.filter(({ status }) => status === 'current')].map(({ id }) => id);
  if (ids.every((id) => off.includes(id))) throw new Conflict(say('inventory.admin.last'));
}

function tell(by: By, action: string, id: string, changes: Change[], at: Date): Promise<void> {
  const { institution, person: actor, via } = by;
  return record({
    institution,
    actor,
    action,
    subject: null,
    object: { kind: 'itemBank', id },
    changes,
    via,
    at,
  });
}
