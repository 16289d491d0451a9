import { z } from 'zod';
import { longText, oneLine, OptionalDay } from '../experiences/experienceForm.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import type { Viewer } from '../people/viewer.ts';
import { say } from '../plans/say.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { emptyAfter, LIMITS, type AfterPlan } from './after.ts';
import { applicationListPage } from './applicationList.page.ts';
import { applicationPage, newApplicationPage, type TypedApplication } from './application.page.ts';
import {
  addApplication,
  archiveApplication,
  changeApplication,
  moveApplication,
  savedProgrammes,
  sayNoApplication,
  tickPart,
} from './application.service.ts';
import { afterOf } from './after.service.ts';
import { APPLICATION_KINDS, APPLICATION_PARTS, APPLICATION_STATUSES, applicationIn } from './application.ts';
import { listIn, textIn } from './typed.ts';

const SELF = { of: 'self', as: 'student' } as const;
const Params = z.object({ application: Id });
const PartParams = z.object({ application: Id, applicationPart: z.enum(APPLICATION_PARTS) });
const ListQuery = z.object({
  done: z.enum(['archived', 'restored', 'none']).nullable().catch(null).default(null),
});
const OneQuery = z.object({ done: z.enum(['saved', 'added']).nullable().catch(null).default(null) });
const Part = z.enum(APPLICATION_PARTS);
const Form = z.strictObject({
  where: oneLine(LIMITS.line).default(''),
  programme: z
    .string()
    .max(80)
    .default('')
    .transform((id) => id || null),
  kind: z.enum(APPLICATION_KINDS, { error: () => say('after.error.kind') }),
  deadline: OptionalDay,
  /** One ticked box comes as a word, several as a list, none as nothing. */
  needs: z.union([Part.transform((part) => [part]), z.array(Part).max(APPLICATION_PARTS.length)]).default([]),
});
const None = z.strictObject({ why: longText(LIMITS.text) });
const Move = z.strictObject({ to: z.enum(APPLICATION_STATUSES) });
const Tick = z.strictObject({ done: z.enum(['0', '1']) });
const Away = z.strictObject({ away: z.enum(['0', '1']) });

/** The student's applications. */
export function applicationRoutes(): Declaration[] {
  return [...listRoutes(), ...oneRoutes()];
}

function listRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.applications,
      who: SELF,
      changes: [],
      query: ListQuery,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`after.told.${call.query.done}`));
        await showList(call);
      },
    }),
    route({
      method: 'get',
      path: paths.newApplication,
      who: SELF,
      changes: [],
      handle: async ({ viewer, res }) =>
        page(res, 'after/newApplication', newApplicationPage(wordsOf(res), await programmesOf(viewer))),
    }),
    route({
      method: 'post',
      path: paths.applications,
      who: SELF,
      changes: ['application.added'],
      form: Form,
      handle: async ({ viewer, form, now, res }) => {
        const id = await addApplication(actorOf(viewer, 'student'), form, now);
        seeOther(res, `${paths.application(id)}?done=added`);
      },
      onInvalid: async ({ viewer, res }, { fields: problems }, body) => {
        const after = { problems, typed: typedIn(body) };
        const model = newApplicationPage(wordsOf(res), await programmesOf(viewer), after);
        page(res, 'after/newApplication', model, { status: 422 });
      },
    }),
    route({
      method: 'post',
      path: paths.noApplication,
      who: SELF,
      changes: ['application.none'],
      form: None,
      handle: async ({ viewer, form, now, res }) => {
        await sayNoApplication(actorOf(viewer, 'student'), form.why, now);
        seeOther(res, `${paths.applications}?done=none`);
      },
      onInvalid: (call, { fields: problems }, body) => showList(call, { problems, why: textIn(body, 'why') }),
    }),
  ];
}

function oneRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.application(':application'),
      who: SELF,
      changes: [],
      params: Params,
      query: OneQuery,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`after.told.${call.query.done}`));
        await showOne(call, call.params.application);
      },
    }),
    route({
      method: 'post',
      path: paths.application(':application'),
      who: SELF,
      changes: ['application.changed'],
      params: Params,
      form: Form,
      handle: async ({ viewer, params, form, now, res }) => {
        await changeApplication(actorOf(viewer, 'student'), params.application, form, now);
        seeOther(res, `${paths.application(params.application)}?done=saved`);
      },
      onInvalid: (call, { fields: problems }, body) =>
        showOne(call, call.params.application, { problems, typed: typedIn(body) }),
    }),
    route({
      method: 'post',
      path: paths.moveApplication(':application'),
      who: SELF,
      changes: ['application.moved'],
      params: Params,
      form: Move,
      handle: async ({ viewer, params, form, now, res }) => {
        await moveApplication(actorOf(viewer, 'student'), params.application, form.to, now);
        seeOther(res, paths.application(params.application));
      },
    }),
    route({
      method: 'post',
      path: paths.applicationPart(':application', ':applicationPart'),
      who: SELF,
      changes: ['application.partTicked'],
      params: PartParams,
      form: Tick,
      handle: async ({ viewer, params, form, now, res }) => {
        const { application, applicationPart } = params;
        await tickPart(actorOf(viewer, 'student'), application, applicationPart, form.done === '1', now);
        seeOther(res, paths.application(application));
      },
    }),
    route({
      method: 'post',
      path: paths.archiveApplication(':application'),
      who: SELF,
      changes: ['application.archived', 'application.restored'],
      params: Params,
      form: Away,
      handle: async ({ viewer, params, form, now, res }) => {
        const away = form.away === '1';
        await archiveApplication(actorOf(viewer, 'student'), params.application, away, now);
        seeOther(res, `${paths.applications}?done=${away ? 'archived' : 'restored'}`);
      },
      onInvalid: (call, { fields: problems }) => showList(call, { problems }),
    }),
  ];
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showList(
  { viewer, now, res }: Shown,
  typed: { problems?: readonly FieldError[]; why?: string } = {},
): Promise<void> {
  const facts = { after: await ownAfter(viewer), today: await todayOf(viewer, now) };
  const status = typed.problems ? 422 : 200;
  page(res, 'after/applications', applicationListPage(wordsOf(res), facts, typed), { status });
}

async function showOne(
  { viewer, now, res }: Shown,
  id: string,
  typed: { problems?: readonly FieldError[]; typed?: TypedApplication } = {},
): Promise<void> {
  const one = applicationIn(await ownAfter(viewer), id);
  const facts = { one, programmes: await programmesOf(viewer), today: await todayOf(viewer, now) };
  const status = typed.problems ? 422 : 200;
  page(res, 'after/application', applicationPage(wordsOf(res), facts, typed), { status });
}

/** Student View gets an empty list, kept nowhere. */
async function ownAfter({ institution, person, testUser }: Viewer): Promise<AfterPlan> {
  return testUser ? emptyAfter(institution, person) : afterOf(institution, person);
}

async function programmesOf({ institution, person, testUser }: Viewer) {
  return testUser ? [] : savedProgrammes(institution, person);
}

async function todayOf({ institution }: Viewer, now: Date): Promise<string> {
  return schoolDay(now, (await settingsOf(institution)).zone);
}

function typedIn(body: Record<string, unknown>): TypedApplication {
  const text = (name: string): string => textIn(body, name);
  return {
    where: text('where'),
    programme: text('programme'),
    kind: text('kind'),
    deadline: text('deadline'),
    needs: listIn(body, 'needs'),
  };
}
