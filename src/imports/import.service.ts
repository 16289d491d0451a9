/** Dry run, confirmation and undoing of an import; what a row means is its target's. */
import { record } from '../audit/audit.service.ts';
import type { Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Conflict, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import * as store from './import.store.ts';
import { mayConfirm, mayUndo, MOST_PROBLEMS, type ImportCounts, type ImportRun } from './import.ts';
import { readRows } from './readRows.ts';
import { isBad, type CheckedRow, type GoodRow, type ImportTarget, type UndoRecord } from './target.ts';

export { listRuns } from './import.store.ts';

/** Rows written before the next undo record is kept. */
const CHUNK = 200;

/** @throws NotFound */
export async function getRun(institution: string, id: string): Promise<ImportRun> {
  const run = await store.findRun(institution, id);
  if (!run) throw new NotFound(`import ${id}`);
  return run;
}

/** Reads and checks everything and writes nothing but the run itself. @throws Invalid when it cannot be read */
export async function checkImport(
  target: ImportTarget,
  actor: Actor,
  { text, file }: { text: string; file: string },
  now: Date,
): Promise<ImportRun> {
  const rows = readRows(text, target);
  const id = newId();
  const checked = await target.check({ actor, importId: id, now }, rows);
  const run: ImportRun = {
    id,
    institution: actor.institution,
    target: target.name,
    file,
    status: 'checked',
    text,
    counts: countsOf(checked),
    problems: problemsOf(checked),
    by: actor.person,
    at: now,
    doneAt: null,
    undoneAt: null,
  };
  await store.addImport(run);
  return run;
}

function countsOf(rows: readonly CheckedRow[]): ImportCounts {
  const of = (change: CheckedRow['change']): number => rows.filter((row) => row.change === change).length;
  return { added: of('added'), changed: of('changed'), same: of('same'), bad: of('bad') };
}

function problemsOf(rows: readonly CheckedRow[]): ImportRun['problems'] {
  return rows
    .filter(isBad)
    .flatMap(({ line, problems }) => problems.map((message) => ({ line, message })))
    .slice(0, MOST_PROBLEMS);
}

/**
 * Writes the good rows, checked once more against what is stored now. One audit event; undoable.
 * @throws Conflict when it was confirmed or discarded already.
 */
export async function confirmImport(
  target: ImportTarget,
  actor: Actor,
  id: string,
  now: Date,
): Promise<ImportRun> {
  const run = await getRun(actor.institution, id);
  const begin = { status: 'applying', doneAt: now } as const;
  if (!mayConfirm(run, now) || !(await store.moveRun(run, [run.status], begin)))
    throw new Conflict(say('imports.error.over'));
  const place = { actor, importId: id, now };
  const checked = await target.check(place, readRows(run.text, target));
  const good = checked.filter((row): row is GoodRow => !isBad(row) && row.change !== 'same');
  for (let from = 0; from < good.length; from += CHUNK)
    await store.addUndo(run.institution, id, await target.apply(place, good.slice(from, from + CHUNK)));
  const counts = countsOf(checked);
  await store.moveRun(run, ['applying'], { status: 'done', counts, text: '', doneAt: now });
  await tell(actor, run, 'import.confirmed', countChanges(counts), now);
  return { ...run, status: 'done', counts };
}

function countChanges({ added, changed, bad }: ImportCounts): Change[] {
  return Object.entries({ added, changed, bad }).map(([field, to]) => ({ field, from: null, to }));
}

async function tell(
  actor: Actor,
  run: ImportRun,
  action: string,
  changes: Change[],
  at: Date,
): Promise<void> {
  await record({
    institution: run.institution,
    actor: actor.person,
    action,
    subject: null,
    object: { kind: `import.${run.target}`, id: run.id },
    changes,
    via: actor.via,
    at,
  });
}

/** Takes an import back. Rows that somebody changed since stay as they are. @throws Conflict */
export async function undoImport(target: ImportTarget, actor: Actor, id: string, now: Date): Promise<number> {
  const run = await getRun(actor.institution, id);
  if (!mayUndo(run)) throw new Conflict(say('imports.error.notDone'));
  const records = (await store.listUndos(run.institution, id)) as UndoRecord[];
  const undone = await target.undo({ actor, importId: id, now }, records);
  if (!(await store.moveRun(run, ['done', 'applying'], { status: 'undone', undoneAt: now, text: '' })))
    throw new Conflict(say('imports.error.notDone'));
  await store.removeUndos(run.institution, id);
  await tell(actor, run, 'import.undone', [{ field: 'rows', from: records.length, to: undone }], now);
  return undone;
}

/** Lets a dry run go. */
export async function discardImport(actor: Actor, id: string): Promise<void> {
  const run = await getRun(actor.institution, id);
  await store.moveRun(run, ['checked'], { status: 'discarded', text: '', problems: [] });
}
