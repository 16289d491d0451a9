import { record } from '../audit/audit.service.ts';
import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import * as store from './requirement.store.ts';
import { SET_LIMITS, type RequirementSet } from './requirement.ts';

export {
  findSet,
  findVersions,
  listCurrentSets as listRequirementSets,
  listVersions,
} from './requirement.store.ts';

/** What an administrator types of a set. */
export type SetForm = Pick<RequirementSet, 'name' | 'kind' | 'citation' | 'rules'>;

/** @throws NotFound */
export async function getSet(institution: string, id: string): Promise<RequirementSet> {
  const set = await store.findSet(institution, id);
  if (!set) throw new NotFound(`requirement set ${id}`);
  return set;
}

/**
 * A new set, or (`id` of a current version) its next version. The version before stays for the plans that are
 * measured by it, so an edit changes no plan by itself.
 */
export async function saveSet(
  actor: Actor,
  id: string | null,
  form: SetForm,
  now: Date,
  importId: string | null = null,
): Promise<RequirementSet> {
  const { institution } = actor;
  return inTransaction(async () => {
    const before = id === null ? null : await currentVersion(institution, id);
    if (before && importId === null && saysTheSame(before, form)) return before;
    if (!before) await refuseOver(institution);
    const set: RequirementSet = {
      ...form,
      id: newId(),
      institution,
      key: before?.key ?? newId(),
      version: (before?.version ?? 0) + 1,
      status: 'current',
      importId,
      createdBy: actor.person,
      createdAt: now,
    };
    if (before) await store.changeSetStatus(institution, before.id, 'replaced');
    await store.addSet(set);
    if (importId === null) await tell(actor, before, set, now);
    return set;
  });
}

async function currentVersion(institution: string, id: string): Promise<RequirementSet> {
  const set = await getSet(institution, id);
  if (set.status === 'current') return set;
  const [newest] = await store.listVersions(institution, set.key);
  return newest ?? set;
}

function saysTheSame(before: RequirementSet, form: SetForm): boolean {
  return changesBetween<SetForm>(before, form, ['name', 'kind', 'citation', 'rules']).length === 0;
}

async function refuseOver(institution: string): Promise<void> {
  if ((await store.listCurrentSets(institution)).length < SET_LIMITS.sets) return;
  throw new Invalid([{ field: 'name', message: say('requirements.error.full', { limit: SET_LIMITS.sets }) }]);
}

async function tell(
  actor: Actor,
  before: RequirementSet | null,
  set: RequirementSet,
  at: Date,
): Promise<void> {
  await record({
    institution: actor.institution,
    actor: actor.person,
    action: before ? 'requirements.changed' : 'requirements.added',
    subject: null,
    object: { kind: 'requirementSet', id: set.id },
    changes: before
      ? changesBetween<SetForm>(before, set, ['name', 'kind', 'citation', 'rules'])
      : [{ field: 'name', from: null, to: set.name }],
    via: actor.via,
    at,
  });
}

/** Offered no longer, or again; plans that are measured by it keep it. */
export async function retireSet(actor: Actor, id: string, retired: boolean, now: Date): Promise<void> {
  const { institution } = actor;
  await inTransaction(async () => {
    const set = await getSet(institution, id);
    const status = retired ? 'retired' : 'current';
    if (set.status === status || set.status === 'replaced') return;
    await store.changeSetStatus(institution, id, status);
    await record({
      institution,
      actor: actor.person,
      action: retired ? 'requirements.retired' : 'requirements.restored',
      subject: null,
      object: { kind: 'requirementSet', id },
      changes: [{ field: 'status', from: set.status, to: status }],
      via: actor.via,
      at: now,
    });
  });
}

/** Takes back a version that an import made; the one before is current again. */
export async function removeVersion(institution: string, set: RequirementSet): Promise<void> {
  await inTransaction(async () => {
    await store.removeSet(institution, set.id);
    const [before] = await store.listVersions(institution, set.key);
    if (before && before.status === 'replaced')
      await store.changeSetStatus(institution, before.id, 'current');
  });
}
