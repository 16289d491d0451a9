import { Conflict } from '../shared/errors.ts';
import { isDuplicate, plain } from '../shared/model.ts';
import type { Plan, PlanState } from './plan.ts';
import { Plans, type PlanDoc } from './planModel.store.ts';
import { say } from './say.ts';

export async function findPlan(institution: string, person: string): Promise<Plan | null> {
  const doc = await Plans.findOne({ institution, person }).lean<PlanDoc>();
  return doc && plain(doc);
}

/** Makes the plan unless the student has one: two launches at once are one plan. @returns whether it is new. */
export async function addPlan(plan: Omit<Plan, 'id'>): Promise<{ plan: Plan; isNew: boolean }> {
  const { institution, person, ...first } = plan;
  const found = await Plans.findOneAndUpdate(
    { institution, person },
    { $setOnInsert: first },
    { upsert: true, returnDocument: 'after', includeResultMetadata: true, lean: true },
  );
  return { plan: plain(found.value as PlanDoc), isNew: found.lastErrorObject?.updatedExisting === false };
}

/** True when another launch made the plan between our look and our write. */
export const wasMadeMeanwhile = isDuplicate;

/**
 * One atomic write of what changed. The filter holds the version and state that were read.
 * @throws Conflict when somebody else wrote first.
 */
export async function updatePlan(
  read: Pick<Plan, 'institution' | 'id' | 'version' | 'state'>,
  change: Partial<Omit<Plan, 'id' | 'institution' | 'person' | 'version' | 'createdAt'>>,
): Promise<Plan> {
  const { institution, id, version, state } = read;
  const doc = await Plans.findOneAndUpdate(
    { institution, _id: id, version, state },
    { $set: change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<PlanDoc>();
  if (!doc) throw new Conflict(say('plans.error.changed'), `plan ${id} is no longer at version ${version}`);
  return plain(doc);
}

/** What a caseload lists of a plan: no words, no goals. */
export type PlanRow = Pick<
  Plan,
  'id' | 'person' | 'state' | 'summary' | 'submittedAt' | 'lastActivityAt' | 'needsAdvisorSince' | 'resumeTo'
>;

/** The plans of some students, without their texts, in no order. */
export async function listPlanRows(
  institution: string,
  people: readonly string[],
  states?: readonly PlanState[],
): Promise<PlanRow[]> {
  const filter = {
    institution,
    person: { $in: [...people] },
    ...(states ? { state: { $in: [...states] } } : {}),
  };
  const docs = await Plans.find(filter)
    .batchSize(1_000)
    .select('person state summary submittedAt lastActivityAt needsAdvisorSince resumeTo')
    .lean<PlanDoc[]>();
  return docs.map(plain);
}
