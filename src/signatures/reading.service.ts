/** What the pages of signatures show. */
import { frameworkOf } from '../frameworks/framework.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { attemptsIn } from '../meetings/contact.ts';
import { listContacts } from '../meetings/contact.service.ts';
import { namesOf } from '../people/names.service.ts';
import { approvedContent } from '../plans/decision.service.ts';
import type { Plan } from '../plans/plan.ts';
import { NotFound } from '../shared/errors.ts';
import { currentOf, listSignatures } from './signature.service.ts';
import type { SignatureFacts } from './signatureFacts.ts';
import type { Signature } from './signature.ts';

export async function signatureFacts(plan: Plan): Promise<SignatureFacts> {
  const { institution, person, year } = plan;
  const [all, framework, { zone, yearStarts }, contacts] = await Promise.all([
    listSignatures(institution, plan.id),
    frameworkOf(plan),
    settingsOf(institution),
    listContacts(institution, person),
  ]);
  const current = currentOf(plan, all);
  const frozen = current.length > 0 ? await approvedContent(plan, plan.revision) : null;
  const named = [person, frozen?.by ?? null, ...all.map(({ by }) => by)];
  return {
    plan,
    asks: framework.signatures.length > 0,
    current,
    earlier: all.filter((one) => !current.includes(one)),
    frozen,
    names: await namesOf(institution, named),
    attempts: attemptsIn(contacts, year, yearStarts),
    zone,
  };
}

/** @throws NotFound for one that is not of this plan's present version */
export function signatureIn({ current }: Pick<SignatureFacts, 'current'>, id: string): Signature {
  const found = current.find((one) => one.id === id);
  if (!found) throw new NotFound(`signature ${id}`);
  return found;
}
