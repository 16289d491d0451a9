import { z } from 'zod';
import { catalogueOf } from '../careers/catalogue.service.ts';
import { todayOf } from '../goals/goal.service.ts';
import { actorOf } from '../people/actorOf.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { LIMITS, type ExperienceFacts } from './experience.ts';
import { longText, NewExperience, typedIn } from './experienceForm.ts';
import { experienceListPage, type ListFacts } from './experienceList.page.ts';
import { newExperiencePage } from './experienceNew.page.ts';
import { experienceOneRoutes } from './experienceOne.routes.ts';
import { addExperience, experienceRecordsOf, noActivityOf, sayNoActivity } from './experience.service.ts';
import { findOpportunity, openOpportunities } from './opportunity.service.ts';

const SELF = { of: 'self', as: 'student' } as const;
const ListQuery = z.object({
  done: z.enum(['sent', 'archived', 'restored', 'none']).nullable().catch(null).default(null),
});
const NewQuery = z.object({ of: Id.nullable().catch(null).default(null) });
const NoneForm = z.strictObject({ why: longText(LIMITS.note) });

/** The student's own experiences: list, a new one, and the page of each. Open in every state of the plan. */
export function experienceRoutes(): Declaration[] {
  return [...listRoutes(), ...experienceOneRoutes()];
}

function listRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.experiences,
      who: SELF,
      changes: [],
      query: ListQuery,
      handle: async (call) => {
        const { query, res } = call;
        if (query.done) tellSaved(res, wordsOf(res).t(`experiences.told.${query.done}`));
        await showList(call);
      },
    }),
    route({
      method: 'post',
      path: paths.noActivity,
      who: SELF,
      changes: ['experience.none'],
      form: NoneForm,
      handle: async ({ viewer, form, now, res }) => {
        await sayNoActivity(actorOf(viewer, 'student'), form.why, now);
        seeOther(res, `${paths.experiences}?done=none`);
      },
      onInvalid: (call, { fields: problems }, typed) =>
        showList(call, { problems, why: typeof typed['why'] === 'string' ? typed['why'] : '' }),
    }),
    route({
      method: 'get',
      path: paths.newExperience,
      who: SELF,
      changes: [],
      query: NewQuery,
      handle: async ({ viewer, query, res }) => {
        const from = query.of === null ? null : await findOpportunity(viewer.institution, query.of);
        page(res, 'experiences/new', newExperiencePage(wordsOf(res), from));
      },
    }),
    route({
      method: 'post',
      path: paths.experiences,
      who: SELF,
      changes: ['experience.added'],
      form: NewExperience,
      handle: async ({ viewer, form, now, res }) => {
        const { opportunity, ...first } = form;
        const known = opportunity && (await findOpportunity(viewer.institution, opportunity));
        const facts: ExperienceFacts = { ...EMPTY, ...first };
        const { id } = await addExperience(actorOf(viewer, 'student'), facts, known ? known.id : null, now);
        seeOther(res, paths.experience(id));
      },
      onInvalid: ({ res }, { fields: problems }, body) => {
        const opportunity = typeof body['opportunity'] === 'string' ? body['opportunity'] : '';
        const after = { problems, typed: typedIn(body), opportunity };
        page(res, 'experiences/new', newExperiencePage(wordsOf(res), null, after), { status: 422 });
      },
    }),
  ];
}

const EMPTY = {
  to: null,
  supervisor: { name: '', contact: '' },
  reflection: '',
  skills: [],
  goal: null,
} as const satisfies Partial<ExperienceFacts>;

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

/** Student View sees what the school offers and an empty list, kept nowhere. */
async function showList(
  { viewer, now, res }: Shown,
  after: { problems?: readonly FieldError[]; why?: string } = {},
): Promise<void> {
  const { institution, person, testUser } = viewer;
  const [experiences, none, opportunities, { clusters }, today] = await Promise.all([
    testUser ? [] : experienceRecordsOf(institution, person),
    testUser ? null : noActivityOf(institution, person),
    openOpportunities(institution),
    catalogueOf(institution),
    todayOf(institution, now),
  ]);
  const facts: ListFacts = { experiences, none, opportunities, clusters, today };
  const status = after.problems ? 422 : 200;
  page(res, 'experiences/list', experienceListPage(wordsOf(res), facts, after), { status });
}
