import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { say } from '../plans/say.ts';
import type { Invalid } from '../shared/errors.ts';
import { LETTERS } from '../inventory/riasec.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { optionsIn, type ExploreKind } from './career.ts';
import { catalogueOf, optionIn } from './catalogue.service.ts';
import { clusterPage } from './cluster.page.ts';
import { comparePage, MOST_COMPARED } from './compare.page.ts';
import { emptyExploration } from './exploration.ts';
import { explorePage } from './explore.page.ts';
import type { Asked } from './exploreFind.page.ts';
import { chooseCluster, dropOption, explorationOf, moveOption, saveOption } from './explore.service.ts';
import { EXPLORE_PATHS, type ExploreFacts } from './exploreWords.page.ts';
import { interestsFor } from './interests.service.ts';
import { optionPage, type OptionProblem } from './option.page.ts';

const SELF = { of: 'self', as: 'student' } as const;
const OptionId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/);
/** `:career` or `:programme` of the path. */
const paramsOf = (kind: ExploreKind) =>
  z.object({ [kind]: OptionId }).transform((params) => ({ option: params[kind] ?? '' }));
const Told = z.enum(['saved', 'dropped', 'cluster']).nullable().catch(null).default(null);
const filter = z.string().min(1).max(80).nullable().catch(null).default(null);
const ListQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  cluster: filter,
  interest: z.enum(LETTERS).nullable().catch(null).default(null),
  level: filter,
  page: z.coerce.number().int().min(1).max(500).catch(1).default(1),
  done: Told,
}) satisfies z.ZodType<Asked & { done: unknown }>;
const CompareQuery = z.object({
  c: z
    .union([OptionId.transform((id) => [id]), z.array(OptionId)])
    .catch([])
    .default([]),
});

const words = typedText().max(20_000);
const SaveForm = z.strictObject({
  why: words,
  goal: z.union([Id, z.literal('').transform(() => null)]).default(null),
});
const MoveForm = z.strictObject({ to: z.enum(['up', 'down']) });
const DropForm = z.strictObject({ reason: words });
const ClusterForm = z.strictObject({
  cluster: z.string({ error: () => say('careers.error.cluster') }).max(80),
  why: words.default(''),
});

/** The student's pages of exploring: careers, programmes after school, the cluster. */
export function exploreRoutes(): Declaration[] {
  return [...kindRoutes('career'), ...kindRoutes('programme'), ...clusterRoutes()];
}

function kindRoutes(kind: ExploreKind): Declaration[] {
  const at = EXPLORE_PATHS[kind];
  const params = paramsOf(kind);
  const id = `:${kind}`;
  return [
    route({
      method: 'get',
      path: at.list,
      who: SELF,
      changes: [],
      query: ListQuery,
      handle: async ({ viewer, query, now, res }) => {
        if (query.done) tellSaved(res, wordsOf(res).t(`careers.told.${query.done}`));
        page(res, 'careers/explore', explorePage(wordsOf(res), kind, await factsOf(viewer, now), query));
      },
    }),
    route({
      method: 'get',
      path: at.compare,
      who: SELF,
      changes: [],
      query: CompareQuery,
      handle: async ({ viewer, query, now, res }) => {
        const facts = await factsOf(viewer, now);
        const all = optionsIn(facts.catalogue, kind);
        const chosen = [...new Set(query.c)].flatMap((id) => all.find((option) => option.id === id) ?? []);
        page(res, 'careers/compare', comparePage(wordsOf(res), kind, chosen.slice(0, MOST_COMPARED), facts));
      },
    }),
    route({
      method: 'get',
      path: at.one(id),
      who: SELF,
      changes: [],
      params,
      handle: (call) => showOption(call, kind, call.params.option),
    }),
    route({
      method: 'post',
      path: at.save(id),
      who: SELF,
      changes: [`${kind}.saved`, 'plan.begun'],
      params,
      form: SaveForm,
      handle: async ({ viewer, params, form, now, res }) => {
        await saveOption(actorOf(viewer, 'student'), kind, params.option, form, now);
        seeOther(res, `${at.list}?done=saved`);
      },
      onInvalid: (call, problem, typed) =>
        showOption(call, kind, call.params.option, problemOf('save', problem, typed)),
    }),
    route({
      method: 'post',
      path: at.move(id),
      who: SELF,
      changes: [`${kind}.ranked`, 'plan.begun'],
      params,
      form: MoveForm,
      handle: async ({ viewer, params, form, now, res }) => {
        await moveOption(actorOf(viewer, 'student'), kind, params.option, form.to, now);
        seeOther(res, `${at.list}#mine`);
      },
    }),
    route({
      method: 'post',
      path: at.drop(id),
      who: SELF,
      changes: [`${kind}.dropped`, 'plan.begun'],
      params,
      form: DropForm,
      handle: async ({ viewer, params, form, now, res }) => {
        await dropOption(actorOf(viewer, 'student'), kind, params.option, form.reason, now);
        seeOther(res, `${at.list}?done=dropped`);
      },
      onInvalid: (call, problem, typed) =>
        showOption(call, kind, call.params.option, problemOf('drop', problem, typed)),
    }),
  ];
}

function clusterRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.cluster,
      who: SELF,
      changes: [],
      handle: async ({ viewer, now, res }) =>
        page(res, 'careers/cluster', clusterPage(wordsOf(res), await factsOf(viewer, now))),
    }),
    route({
      method: 'post',
      path: paths.cluster,
      who: SELF,
      changes: ['cluster.chosen', 'plan.begun'],
      form: ClusterForm,
      handle: async ({ viewer, form, now, res }) => {
        await chooseCluster(actorOf(viewer, 'student'), form.cluster, form.why, now);
        seeOther(res, `${paths.careers}?done=cluster`);
      },
      onInvalid: async ({ viewer, now, res }, { fields: problems }, body) => {
        const typed = { cluster: textIn(body, 'cluster'), why: textIn(body, 'why') };
        const model = clusterPage(wordsOf(res), await factsOf(viewer, now), { typed, problems });
        page(res, 'careers/cluster', model, { status: 422 });
      },
    }),
  ];
}

/** Student View gets the catalogue and an empty list, kept nowhere. */
async function factsOf(viewer: Viewer, now: Date): Promise<ExploreFacts> {
  const { institution, person, testUser } = viewer;
  const plan = await ownPlan(viewer, now);
  const [catalogue, exploration, interests] = await Promise.all([
    catalogueOf(institution),
    testUser ? emptyExploration(institution, person) : explorationOf(institution, person),
    testUser ? null : interestsFor(institution, person),
  ]);
  return { plan, catalogue, exploration, interests };
}

async function showOption(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  kind: ExploreKind,
  id: string,
  problem: OptionProblem | null = null,
): Promise<void> {
  const facts = await factsOf(viewer, now);
  const model = optionPage(wordsOf(res), kind, optionIn(facts.catalogue, kind, id), facts, problem);
  page(res, 'careers/option', model, { status: problem ? 422 : 200 });
}

function problemOf(
  form: OptionProblem['form'],
  { fields }: Invalid,
  body: Record<string, unknown>,
): OptionProblem {
  const typed = { why: textIn(body, 'why'), goal: textIn(body, 'goal'), reason: textIn(body, 'reason') };
  return { form, fields, typed };
}

function textIn(body: Record<string, unknown>, name: string): string {
  const text = body[name];
  return typeof text === 'string' ? text : '';
}
