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

const ROW = {
  person: 1,
  state: 1,
  submittedAt: 1,
  lastActivityAt: 1,
  needsAdvisorSince: 1,
  resumeTo: 1,
  'summary.progress': 1,
  'summary.grade': 1,
  'summary.done': 1,
  'summary.total': 1,
} as const;

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
    .select({
      ...ROW,
      // A row names the next part only; all of them would be most of what is sent.
      'summary.missing': { $slice: 1 },
    })
    .lean<PlanDoc[]>();
  return docs.map(plain);
}

/** How many plans are on each version of each framework. */
export async function countPlansByVersion(
  institution: string,
): Promise<{ framework: string; version: number; plans: number }[]> {
  const groups = await Plans.aggregate<{
    _id: { framework: string; version: number };
    plans: number;
  }>([
    { $match: { institution } },
    { $group: { _id: { framework: '$framework', version: '$frameworkVersion' }, plans: { $sum: 1 } } },
  ]);
  return groups.map(({ _id, plans }) => ({ ..._id, plans }));
}

/** How many plans on one version are in one of these states. @param moved only those a migration moved */
export async function countPlansOnVersion(
  institution: string,
  { framework, version }: { framework: string; version: number },
  states: readonly PlanState[],
  moved: string | null,
): Promise<number> {
  return Plans.countDocuments({
    institution,
    framework,
    frameworkVersion: version,
    state: { $in: [...states] },
    ...(moved ? { migration: moved } : {}),
  });
}

/** A page of whole plans on one version of a framework, by person id. */
export async function listPlansOnVersion(wanted: {
  institution: string;
  framework: string;
  version: number;
  states: readonly PlanState[];
  after: string | null;
  limit: number;
  moved: string | null;
}): Promise<Plan[]> {
  const { institution, framework, version, states, after, limit, moved } = wanted;
  const docs = await Plans.find({
    institution,
    framework,
    frameworkVersion: version,
    state: { $in: [...states] },
    ...(after ? { person: { $gt: after } } : {}),
    ...(moved ? { migration: moved } : {}),
  })
    .sort({ person: 1 })
    .limit(limit)
    .lean<PlanDoc[]>();
  return docs.map(plain);
}
