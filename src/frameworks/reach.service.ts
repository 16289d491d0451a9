import { rolesHere } from '../courses/members.service.ts';
import { offeredBanks } from '../inventory/bank.service.ts';
import { listRequirementSets } from '../pathways/requirement.service.ts';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import { isBlocking, reachOf, type SchoolHas } from './reach.ts';
import { getTemplate, publishTemplate, type TemplateActor } from './template.service.ts';
import { frameworkOfTemplate, type Template } from './template.ts';

/** What the school has today of what a plan can depend on. */
export async function schoolHas(institution: string): Promise<SchoolHas> {
  const [roles, sets, banks] = await Promise.all([
    rolesHere(institution),
    listRequirementSets(institution),
    offeredBanks(institution),
  ]);
  const graduationRules = sets.some(({ kind, status }) => kind === 'graduation' && status === 'current');
  return { ...roles, graduationRules, inventories: banks.length > 0 };
}

/**
 * Publishes a draft that every student here could complete. @param anyway the administrator saw what stands in the
 * way, and it will be settled later @throws Invalid otherwise, Conflict when it is no draft or was saved since
 */
export async function publishChecked(
  actor: TemplateActor,
  id: string,
  { anyway, saved }: { anyway: boolean; saved: number },
  now: Date,
): Promise<Template> {
  const draft = await getTemplate(actor.institution, id);
  const { obstacles } = reachOf(frameworkOfTemplate(draft), await schoolHas(actor.institution));
  if (!anyway && obstacles.some(isBlocking))
    throw new Invalid([{ field: 'anyway', message: say('frameworks.error.anyway') }]);
  return publishTemplate(actor, id, now, saved);
}
