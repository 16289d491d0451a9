import { record } from '../audit/audit.service.ts';
import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import { MOST_OPPORTUNITIES, type Opportunity, type OpportunityForm } from './opportunity.ts';
import { findOpportunity, insertOpportunity, listOpen, replaceOpportunity } from './opportunity.store.ts';

export { findOpportunity, listOpen as openOpportunities } from './opportunity.store.ts';

/** @throws NotFound when the school has none of that id, or somebody else posted it. */
export async function ownOpportunity({ institution, person }: Actor, id: string): Promise<Opportunity> {
  const found = await findOpportunity(institution, id);
  if (!found || found.by !== person) throw new NotFound(`opportunity ${id}`);
  return found;
}

/** Posts something students can do. @throws Invalid when too many are open. */
export async function postOpportunity(actor: Actor, form: OpportunityForm, now: Date): Promise<Opportunity> {
  const one: Opportunity = {
    ...form,
    id: newId(),
    institution: actor.institution,
    by: actor.person,
    postedAt: now,
    closedAt: null,
    version: 1,
  };
  await inTransaction(async () => {
    if ((await listOpen(actor.institution)).length >= MOST_OPPORTUNITIES)
      throw new Invalid([
        {
          field: 'title',
          message: say('experiences.error.manyOpportunities', { limit: MOST_OPPORTUNITIES }),
        },
      ]);
    await insertOpportunity(one);
    await tell(actor, 'opportunity.posted', null, one, now);
  });
  return one;
}

export async function changeOpportunity(
  actor: Actor,
  id: string,
  form: OpportunityForm,
  now: Date,
): Promise<void> {
  await inTransaction(async () => {
    const before = await ownOpportunity(actor, id);
    const after = { ...before, ...form };
    if (changesOf(before, after).length === 0) return;
    await replaceOpportunity(before, after);
    await tell(actor, 'opportunity.changed', before, after, now);
  });
}

/** Takes it off the students' list; what they did stays with them. An administrator may close anyone's. */
export async function closeOpportunity(actor: Actor, id: string, now: Date): Promise<void> {
  await inTransaction(async () => {
    const before =
      actor.role === 'administrator'
        ? await findOpportunity(actor.institution, id)
        : await ownOpportunity(actor, id);
    if (!before) throw new NotFound(`opportunity ${id}`);
    if (before.closedAt !== null) return;
    const after = { ...before, closedAt: now };
    await replaceOpportunity(before, after);
    await tell(actor, 'opportunity.closed', before, after, now);
  });
}

const FIELDS = [
  'kind',
  'title',
  'organisation',
  'about',
  'from',
  'to',
  'applyBy',
  'how',
  'cluster',
  'closedAt',
] as const;

function changesOf(before: Opportunity, after: Opportunity) {
  return changesBetween(before, after, FIELDS);
}

async function tell(
  { institution, person, via }: Actor,
  action: string,
  before: Opportunity | null,
  after: Opportunity,
  at: Date,
): Promise<void> {
  await record({
    institution,
    actor: person,
    action,
    subject: null,
    object: { kind: 'opportunity', id: after.id },
    changes: before ? changesOf(before, after) : [{ field: 'title', from: null, to: after.title }],
    via,
    at,
  });
}
