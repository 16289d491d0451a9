import { record } from '../audit/audit.service.ts';
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Conflict, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import { catalogueOf, forgetCatalogues } from './catalogue.service.ts';
import { checkFile, type CatalogueImport, type ImportFile } from './catalogueImport.ts';
import { putRecords, takeBack } from './catalogue.store.ts';
import { findImport, insertImport, listImports, moveImport } from './import.store.ts';

/** Bad lines that are kept to be shown; the file has the rest. */
const MOST_BAD = 100;
const KEPT_MS = 24 * 60 * 60_000;
const MOST_LISTED = 50;

/** The dry run: reads the file, says what would happen, and keeps that for a day to be confirmed. */
export async function checkImport(actor: Actor, file: ImportFile, now: Date): Promise<CatalogueImport> {
  forgetCatalogues();
  const { rows, added, changed, same, bad } = checkFile(file, await catalogueOf(actor.institution));
  const checked: CatalogueImport = {
    id: newId(),
    institution: actor.institution,
    format: file.format,
    state: 'checked',
    rows,
    added,
    changed,
    same,
    bad: bad.slice(0, MOST_BAD),
    badCount: bad.length,
    by: actor.person,
    at: now,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
  await insertImport(checked);
  return checked;
}

/** @throws NotFound when the school has no such import. */
export async function getImport(institution: string, id: string): Promise<CatalogueImport> {
  const found = await findImport(institution, id);
  if (!found) throw new NotFound(`import ${id}`);
  return found;
}

/** Writes what the dry run showed. Confirmed twice is confirmed once. */
export async function confirmImport(actor: Actor, id: string, now: Date): Promise<void> {
  await inTransaction(async () => {
    const { state, rows, format } = await getImport(actor.institution, id);
    if (state === 'done') return;
    if (!(await moveImport(actor.institution, id, 'checked', 'done')))
      throw new Conflict(say('careers.import.error.gone'));
    await putRecords(
      actor.institution,
      rows.map(({ kind, key, data }) => ({ kind, key, data, import: id })),
    );
    await tell(actor, 'careers.imported', id, { field: format, from: null, to: rows.length }, now);
  });
  forgetCatalogues();
}

/** Takes an import back: what it replaced returns, what it added goes. Rows that a later import changed stay. */
export async function undoImport(actor: Actor, id: string, now: Date): Promise<void> {
  await inTransaction(async () => {
    const { state, format } = await getImport(actor.institution, id);
    if (state === 'undone') return;
    if (!(await moveImport(actor.institution, id, 'done', 'undone')))
      throw new Conflict(say('careers.import.error.gone'));
    const count = await takeBack(actor.institution, id);
    await tell(actor, 'careers.importUndone', id, { field: format, from: count, to: null }, now);
  });
  forgetCatalogues();
}

/** The newest imports that were confirmed. */
export async function importsOf(institution: string): Promise<CatalogueImport[]> {
  return listImports(institution, MOST_LISTED);
}

async function tell(
  { institution, person, via }: Actor,
  action: string,
  id: string,
  change: { field: string; from: unknown; to: unknown },
  at: Date,
): Promise<void> {
  const object = { kind: 'careerImport', id };
  await record({ institution, actor: person, action, subject: null, object, changes: [change], via, at });
}
