import { z } from 'zod';
import { catalogueOf } from '../careers/catalogue.service.ts';
import { todayOf } from '../goals/goal.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { say } from '../plans/say.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { LIMITS } from './experience.ts';
import { Kind, longText, oneLine, OptionalDay } from './experienceForm.ts';
import { opportunitiesPage, typedOpportunity, type TypedOpportunity } from './opportunity.page.ts';
import {
  changeOpportunity,
  closeOpportunity,
  openOpportunities,
  ownOpportunity,
  postOpportunity,
} from './opportunity.service.ts';
import type { Opportunity } from './opportunity.ts';

const STAFF = { of: 'staff', administrator: true } as const;
/** Changing is the poster's own; the service looks at who posted it. */
const POSTER = { of: 'staff' } as const;
const Params = z.object({ opportunity: Id });
const Query = z.object({
  done: z.enum(['posted', 'saved', 'closed']).nullable().catch(null).default(null),
});
const Nothing = z.strictObject({});

const OpportunityPost = z
  .strictObject({
    kind: Kind,
    title: oneLine(LIMITS.line).min(1, { error: () => say('experiences.error.postTitle') }),
    organisation: oneLine(LIMITS.line).default(''),
    about: longText(LIMITS.text).default(''),
    from: OptionalDay,
    to: OptionalDay,
    applyBy: OptionalDay,
    how: longText(LIMITS.note).min(1, { error: () => say('experiences.error.postHow') }),
    cluster: z
      .string()
      .max(80)
      .default('')
      .transform((id) => id || null),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    error: () => say('experiences.error.order'),
  });

/** Staff post what students can do; an administrator may close anyone's. */
export function opportunityRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.opportunities,
      who: STAFF,
      changes: [],
      query: Query,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`experiences.told.${call.query.done}`));
        await show(call, null);
      },
    }),
    route({
      method: 'post',
      path: paths.opportunities,
      who: STAFF,
      changes: ['opportunity.posted'],
      form: OpportunityPost,
      handle: async ({ viewer, form, now, res }) => {
        await postOpportunity(actorOf(viewer, 'advisor'), form, now);
        seeOther(res, `${paths.opportunities}?done=posted`);
      },
      onInvalid: (call, { fields: problems }, body) => show(call, null, { problems, typed: typedIn(body) }),
    }),
    route({
      method: 'get',
      path: paths.opportunity(':opportunity'),
      who: POSTER,
      changes: [],
      params: Params,
      handle: async (call) =>
        show(call, await ownOpportunity(actorOf(call.viewer, 'advisor'), call.params.opportunity)),
    }),
    route({
      method: 'post',
      path: paths.opportunity(':opportunity'),
      who: POSTER,
      changes: ['opportunity.changed'],
      params: Params,
      form: OpportunityPost,
      handle: async ({ viewer, params, form, now, res }) => {
        await changeOpportunity(actorOf(viewer, 'advisor'), params.opportunity, form, now);
        seeOther(res, `${paths.opportunities}?done=saved`);
      },
      onInvalid: async (call, { fields: problems }, body) => {
        const one = await ownOpportunity(actorOf(call.viewer, 'advisor'), call.params.opportunity);
        await show(call, one, { problems, typed: typedIn(body) });
      },
    }),
    closeRoute(paths.closeOpportunity(':opportunity'), POSTER, 'advisor'),
    closeRoute(paths.adminCloseOpportunity(':opportunity'), { of: 'administrator' }, 'administrator'),
  ];
}

function closeRoute(path: string, who: Declaration['who'], role: 'advisor' | 'administrator'): Declaration {
  return route({
    method: 'post',
    path,
    who,
    changes: ['opportunity.closed'],
    params: Params,
    form: Nothing,
    handle: async ({ viewer, params, now, res }) => {
      await closeOpportunity(actorOf(viewer, role), params.opportunity, now);
      seeOther(res, `${paths.opportunities}?done=closed`);
    },
  });
}

async function show(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  one: Opportunity | null,
  after: { problems?: readonly FieldError[]; typed?: TypedOpportunity } = {},
): Promise<void> {
  const { institution } = viewer;
  const [open, { clusters }, today] = await Promise.all([
    openOpportunities(institution),
    catalogueOf(institution),
    todayOf(institution, now),
  ]);
  const facts = { open, viewer, clusters, today };
  const model = opportunitiesPage(wordsOf(res), facts, one, after);
  page(res, 'experiences/opportunities', model, { status: after.problems ? 422 : 200 });
}

function typedIn(body: Record<string, unknown>): TypedOpportunity {
  const empty = typedOpportunity(null);
  const entries = Object.keys(empty).map((name) => {
    const value = body[name];
    return [name, typeof value === 'string' ? value : ''] as const;
  });
  return Object.fromEntries(entries) as TypedOpportunity;
}
