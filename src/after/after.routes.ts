import { z } from 'zod';
import { longText, oneLine, OptionalDay } from '../experiences/experienceForm.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { NotFound, type Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { AFTER_KINDS, emptyAfter, LIMITS, type AfterKind } from './after.ts';
import { afterListPage, type AfterFacts } from './afterList.page.ts';
import { afterOptionPage, type OptionProblem } from './afterOption.page.ts';
import {
  addStep,
  afterOf,
  chooseOption,
  dropOption,
  rankOption,
  removeStep,
  tickStep,
} from './after.service.ts';
import { aidRoutes } from './aid.routes.ts';
import { applicationRoutes } from './application.routes.ts';
import { resumeRoutes } from './resume.routes.ts';
import { textIn } from './typed.ts';

const SELF = { of: 'self', as: 'student' } as const;
/** Any word: who may not come here is told so before whether there is such a way. */
const AnyOption = z.object({ afterOption: z.string().max(40) });
const Option = z.object({ afterOption: z.enum(AFTER_KINDS) });
const Step = z.object({ afterOption: z.enum(AFTER_KINDS), afterStep: Id });
const ListQuery = z.object({ done: z.literal('dropped').nullable().catch(null).default(null) });
const OptionQuery = z.object({
  done: z.enum(['chosen', 'added']).nullable().catch(null).default(null),
});
const About = z.strictObject({ what: oneLine(LIMITS.line).default(''), why: longText(LIMITS.text) });
const Rank = z.strictObject({ to: z.enum(['up', 'down']) });
const Drop = z.strictObject({ reason: longText(LIMITS.text) });
const NewStep = z.strictObject({ title: oneLine(LIMITS.line), due: OptionalDay });
/** `done`: the tick; `do`: taking it out. */
const StepPost = z.union([
  z.strictObject({ done: z.enum(['0', '1']) }),
  z.strictObject({ do: z.literal('remove') }),
]);

/** What comes after school: options, applications, paying for it, résumé. The student's own. */
export function afterRoutes(): Declaration[] {
  return [...optionRoutes(), ...stepRoutes(), ...applicationRoutes(), ...aidRoutes(), ...resumeRoutes()];
}

function optionRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.after,
      who: SELF,
      changes: [],
      query: ListQuery,
      handle: async ({ viewer, query, now, res }) => {
        const words = wordsOf(res);
        if (query.done) tellSaved(res, words.t('after.told.dropped'));
        page(res, 'after/list', afterListPage(words, await factsOf(viewer, now)));
      },
    }),
    route({
      method: 'get',
      path: paths.afterOption(':afterOption'),
      who: SELF,
      changes: [],
      params: AnyOption,
      query: OptionQuery,
      handle: async (call) => {
        const kind = kindNamed(call.params.afterOption);
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`after.told.${call.query.done}`));
        await show(call, kind);
      },
    }),
    route({
      method: 'post',
      path: paths.afterOption(':afterOption'),
      who: SELF,
      changes: ['afterOption.chosen', 'plan.begun', 'plan.amended'],
      params: Option,
      form: About,
      handle: async ({ viewer, params, form, now, res }) => {
        await chooseOption(actorOf(viewer, 'student'), params.afterOption, form, now);
        seeOther(res, `${paths.afterOption(params.afterOption)}?done=chosen`);
      },
      onInvalid: (call, problem, body) =>
        show(call, call.params.afterOption, problemOf('about', problem, body)),
    }),
    route({
      method: 'post',
      path: paths.rankAfterOption(':afterOption'),
      who: SELF,
      changes: ['afterOption.ranked', 'plan.begun'],
      params: Option,
      form: Rank,
      handle: async ({ viewer, params, form, now, res }) => {
        await rankOption(actorOf(viewer, 'student'), params.afterOption, form.to, now);
        seeOther(res, `${paths.after}#mine`);
      },
    }),
    route({
      method: 'post',
      path: paths.dropAfterOption(':afterOption'),
      who: SELF,
      changes: ['afterOption.dropped', 'plan.begun', 'plan.amended'],
      params: Option,
      form: Drop,
      handle: async ({ viewer, params, form, now, res }) => {
        await dropOption(actorOf(viewer, 'student'), params.afterOption, form.reason, now);
        seeOther(res, `${paths.after}?done=dropped`);
      },
      onInvalid: (call, problem, body) =>
        show(call, call.params.afterOption, problemOf('drop', problem, body)),
    }),
  ];
}

function stepRoutes(): Declaration[] {
  return [
    route({
      method: 'post',
      path: paths.afterSteps(':afterOption'),
      who: SELF,
      changes: ['afterStep.added', 'plan.begun'],
      params: Option,
      form: NewStep,
      handle: async ({ viewer, params, form, now, res }) => {
        await addStep(actorOf(viewer, 'student'), params.afterOption, form, now);
        seeOther(res, `${paths.afterOption(params.afterOption)}?done=added`);
      },
      onInvalid: (call, problem, body) =>
        show(call, call.params.afterOption, problemOf('step', problem, body)),
    }),
    route({
      method: 'post',
      path: paths.afterStep(':afterOption', ':afterStep'),
      who: SELF,
      changes: ['afterStep.ticked', 'afterStep.unticked', 'afterStep.removed', 'plan.begun'],
      params: Step,
      form: StepPost,
      handle: async ({ viewer, params, form, now, res }) => {
        const { afterOption: kind, afterStep: step } = params;
        const actor = actorOf(viewer, 'student');
        if ('do' in form) await removeStep(actor, kind, step, now);
        else await tickStep(actor, kind, step, form.done === '1', now);
        seeOther(res, `${paths.afterOption(kind)}#steps`);
      },
    }),
  ];
}

/** @throws NotFound for a word that names no way after school */
function kindNamed(word: string): AfterKind {
  const kind = AFTER_KINDS.find((one) => one === word);
  if (!kind) throw new NotFound(`after-school option ${word}`);
  return kind;
}

/** Student View gets an empty one to look at, kept nowhere. */
async function factsOf(viewer: Viewer, now: Date): Promise<AfterFacts> {
  const { institution, person, testUser } = viewer;
  const [plan, after, { zone }] = await Promise.all([
    ownPlan(viewer, now),
    testUser ? emptyAfter(institution, person) : afterOf(institution, person),
    settingsOf(institution),
  ]);
  return { plan, after, today: schoolDay(now, zone) };
}

async function show(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  kind: AfterKind,
  problem: OptionProblem | null = null,
): Promise<void> {
  const model = afterOptionPage(wordsOf(res), kind, await factsOf(viewer, now), problem);
  page(res, 'after/option', model, { status: problem ? 422 : 200 });
}

function problemOf(
  form: OptionProblem['form'],
  { fields }: Invalid,
  body: Record<string, unknown>,
): OptionProblem {
  const text = (name: string): string => textIn(body, name);
  const typed = {
    what: text('what'),
    why: text('why'),
    title: text('title'),
    due: text('due'),
    reason: text('reason'),
  };
  return { form, fields, typed };
}
