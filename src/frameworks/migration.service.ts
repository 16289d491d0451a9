import { record } from '../audit/audit.service.ts';
import { countPlansOn, listPlansBy, movePlanTo } from '../plans/framework.service.ts';
import type { Plan } from '../plans/plan.ts';
import { say } from '../plans/say.ts';
import { AppError, Conflict, NotFound } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { frameworkOf } from './framework.service.ts';
import { differenceOf, type Difference } from './difference.ts';
import { effectOn, MOVABLE, type Migration, type PlanEffect } from './migration.ts';
import { addMigration, findMigration, leaseMigration, updateMigration } from './migration.store.ts';
import type { TemplateActor } from './template.service.ts';

export { listMigrations } from './migration.store.ts';

type Version = Migration['from'];
const BATCH = 100;
const LEASE_MS = 60_000;

export interface Preview {
  diff: Difference;
  /** How many would be moved in all. */
  movable: number;
  /** Up to a page of them, by person id. */
  effects: PlanEffect[];
  next: string | null;
}

/** Who would be moved and what that changes; nothing is written. @param after the last person of the page before */
export async function previewMigration(
  institution: string,
  from: Version,
  to: Version,
  after: string | null = null,
): Promise<Preview> {
  const [before, target] = await Promise.all([versionOf(institution, from), versionOf(institution, to)]);
  const [plans, movable] = await Promise.all([
    listPlansBy(institution, from, MOVABLE, after, BATCH),
    countPlansOn(institution, from, MOVABLE),
  ]);
  return {
    diff: differenceOf(before, target),
    movable,
    effects: plans.map((plan) => effectOn(plan, before, target)),
    next: plans.length === BATCH ? (plans.at(-1)?.person ?? null) : null,
  };
}

function versionOf(institution: string, { framework, version }: Version) {
  return frameworkOf({ institution, framework, frameworkVersion: version });
}

/** @throws NotFound for another school's, as for a missing one */
export async function getMigration(institution: string, id: string): Promise<Migration> {
  const found = await findMigration(institution, id);
  if (!found) throw new NotFound(`migration ${id}`);
  return found;
}

/** How many plans a move, or its undoing, still has before it. */
export async function countToMove(migration: Migration): Promise<number> {
  const { institution, id, from, to, status } = migration;
  if (status === 'undoing') return countPlansOn(institution, to, MOVABLE, id);
  return status === 'done' || status === 'undone' ? 0 : countPlansOn(institution, from, MOVABLE);
}

/** Asks the worker to move them. @throws Conflict when it is the version they have */
export async function requestMigration(
  actor: TemplateActor,
  from: Version,
  to: Version,
  now: Date,
): Promise<Migration> {
  const { institution, person } = actor;
  if (from.framework === to.framework && from.version === to.version)
    throw new Conflict(say('templates.error.sameVersion'));
  await Promise.all([versionOf(institution, from), versionOf(institution, to)]);
  const start = { status: 'waiting', cursor: null, moved: 0, left: 0, endedAt: null } as const;
  return inTransaction(async () => {
    const dates = { askedAt: now, leasedUntil: now };
    const migration = await addMigration({ institution, from, to, by: person, ...start, ...dates });
    await tell(actor, 'migration.asked', migration, now);
    return migration;
  });
}

/** Asks the worker to move back those that were moved and are still on the new version. */
export async function undoMigration(actor: TemplateActor, id: string, now: Date): Promise<Migration> {
  const found = await getMigration(actor.institution, id);
  if (found.status !== 'done') throw new Conflict(say('templates.error.notDone'));
  return inTransaction(async () => {
    const back = { status: 'undoing', cursor: null, moved: 0, left: 0, endedAt: null } as const;
    const undone = await updateMigration(found, { ...back, leasedUntil: now });
    if (!undone) throw new Conflict(say('templates.error.changed'));
    await tell(actor, 'migration.undoAsked', undone, now);
    return undone;
  });
}

async function tell(actor: TemplateActor, action: string, migration: Migration, at: Date): Promise<void> {
  const { institution, person, via } = actor;
  const object = { kind: 'migration', id: migration.id };
  const changes = [{ field: 'version', from: migration.from, to: migration.to }];
  await record({ institution, actor: person, action, subject: null, object, changes, via, at });
}

/** One piece of work for the worker: at most a batch of one migration. @returns null when none is due */
export async function takeMigration(clock: () => Date): Promise<(() => Promise<void>) | null> {
  const now = clock();
  const migration = await leaseMigration(now, new Date(now.getTime() + LEASE_MS));
  return migration && (() => runBatch(migration, clock));
}

async function runBatch(migration: Migration, clock: () => Date): Promise<void> {
  const back = migration.status === 'undoing';
  const [source, target] = back ? [migration.to, migration.from] : [migration.from, migration.to];
  const only = back ? migration.id : null;
  const plans = await listPlansBy(migration.institution, source, MOVABLE, migration.cursor, BATCH, only);
  const moved = await moveAll(plans, { migration, target, back }, clock);
  const counts = { moved: migration.moved + moved, left: migration.left + plans.length - moved };
  const ended = plans.length < BATCH;
  await updateMigration(migration, {
    ...counts,
    cursor: plans.at(-1)?.person ?? migration.cursor,
    leasedUntil: clock(),
    ...(ended ? { status: back ? 'undone' : 'done', endedAt: clock() } : {}),
  });
}

async function moveAll(
  plans: readonly Plan[],
  to: { migration: Migration; target: Version; back: boolean },
  clock: () => Date,
): Promise<number> {
  const { migration, target, back } = to;
  let moved = 0;
  for (const plan of plans) {
    const mark = back ? null : migration.id;
    if (await moves(() => movePlanTo(plan, target, { by: migration.by, mark }, clock()))) moved += 1;
  }
  return moved;
}

/** A plan that was written at the same moment is left as it is and counted. */
async function moves(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
