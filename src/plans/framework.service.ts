import { frameworkOf } from '../frameworks/framework.service.ts';
import { Conflict } from '../shared/errors.ts';
import { textsAskedBy } from './credit.ts';
import { countPlansOnVersion, listPlansOnVersion } from './plan.store.ts';
import type { Plan, PlanState } from './plan.ts';
import { having, unchanged } from './planChange.ts';
import { changePlan } from './planChange.service.ts';
import { say } from './say.ts';

export { countPlansByVersion } from './plan.store.ts';

interface Version {
  framework: string;
  version: number;
}

/** A page of the plans on one version of a definition, by person id. @param moved only those a migration moved */
export async function listPlansBy(
  institution: string,
  { framework, version }: Version,
  states: readonly PlanState[],
  after: string | null,
  limit: number,
  moved: string | null = null,
): Promise<Plan[]> {
  return listPlansOnVersion({ institution, framework, version, states, after, limit, moved });
}

/** How many plans on one version are in one of these states. @param moved only those a migration moved */
export async function countPlansOn(
  institution: string,
  version: Version,
  states: readonly PlanState[],
  moved: string | null = null,
): Promise<number> {
  return countPlansOnVersion(institution, version, states, moved);
}

/**
 * Puts a plan on another version; its words, goals and records stay, its completion is counted anew.
 * @param by the administrator who asked @throws Conflict when the plan was put elsewhere meanwhile
 */
export async function movePlanTo(
  read: Pick<Plan, 'institution' | 'person' | 'framework' | 'frameworkVersion'>,
  { framework, version }: Version,
  { by, mark }: { by: string; mark: string | null },
  now: Date,
): Promise<void> {
  const actor = { institution: read.institution, person: by, role: 'administrator' as const, via: null };
  const texts = textsAskedBy(
    await frameworkOf({ institution: read.institution, framework, frameworkVersion: version }),
  );
  await changePlan(actor, read.person, now, (plan) => {
    if (plan.framework !== read.framework || plan.frameworkVersion !== read.frameworkVersion)
      throw new Conflict(say('plans.error.changed'));
    const from = `${plan.framework} ${plan.frameworkVersion}`;
    return having(
      unchanged(plan),
      { framework, frameworkVersion: version, texts, migration: mark },
      { action: 'plan.migrated', changes: [{ field: 'framework', from, to: `${framework} ${version}` }] },
    );
  });
}
