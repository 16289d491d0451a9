import type { Response } from 'express';
import { z } from 'zod';
import { countPlansByVersion } from '../plans/framework.service.ts';
import { newPlan, yearAt } from '../plans/plan.service.ts';
import { Conflict, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { comparePage } from './compare.page.ts';
import { differenceOf } from './difference.ts';
import { publishChecked, schoolHas } from './reach.service.ts';
import { reachOf } from './reach.ts';
import { samplePage } from './sample.page.ts';
import {
  templateEditPage,
  templateVersionPage,
  type AfterSave,
  type TemplateFacts,
} from './template.page.ts';
import {
  draftNextVersion,
  getTemplate,
  listTemplates,
  retireTemplate,
  saveDraft,
} from './template.service.ts';
import { frameworkOfTemplate, type Template, type TemplateForm } from './template.ts';
import { byOf } from './templateActor.ts';
import { comparedWith, sampleGrade } from './templateAside.page.ts';
import { FIELD_NAMES, formFrom, TEMPLATE_LIMITS, typedFrom, type TypedTemplate } from './templateForm.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;
const params = z.object({ template: Id });
const Nothing = z.strictObject({});
const Done = z.object({
  done: z.enum(['saved', 'started', 'published', 'retired']).nullable().catch(null).default(null),
});
const { firstGrade, lastGrade } = TEMPLATE_LIMITS;
const Sample = z.object({
  grade: z.coerce.number().int().min(firstGrade).max(lastGrade).optional().catch(undefined),
});

const Saves = z.coerce.number().int().min(0).max(1_000_000).default(0);
const EditForm = z.strictObject({
  _version: Saves,
  // Each button saves first; this one then goes where it says.
  next: z.enum(['save', 'preview', 'publish']).default('save'),
  ...Object.fromEntries(FIELD_NAMES.map((name) => [name, z.string().max(500).optional()] as const)),
});
const PublishForm = z.strictObject({ _version: Saves, anyway: z.literal('1').optional() });

/** One template: its editor or, once published, its page; preview, compare, publish, retire, next version. */
export function templateRoutes(): Declaration[] {
  return [...readRoutes(), ...writeRoutes()];
}

function readRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminFramework(':template'),
      who: ADMINISTRATOR,
      changes: [],
      params,
      query: Done,
      handle: async (call) => {
        const { query, res } = call;
        if (query.done) tellSaved(res, wordsOf(res).t(`frameworks.done.${query.done}`));
        const template = await getTemplate(call.viewer.institution, call.params.template);
        await showTemplate(call, template);
      },
    }),
    route({
      method: 'get',
      path: paths.previewFramework(':template'),
      who: ADMINISTRATOR,
      changes: [],
      params,
      query: Sample,
      handle: async ({ viewer, params, query, now, res }) => {
        const { institution, person } = viewer;
        const template = await getTemplate(institution, params.template);
        const framework = frameworkOfTemplate(template);
        const grade = query.grade ?? sampleGrade(template);
        const year = await yearAt(institution, now);
        const plan = { ...newPlan({ institution, person, year }, now, framework), id: 'sample', grade };
        page(res, 'frameworks/sample', samplePage(wordsOf(res), { template, framework, plan, grade }));
      },
    }),
    route({
      method: 'get',
      path: paths.compareFramework(':template'),
      who: ADMINISTRATOR,
      changes: [],
      params,
      handle: ({ viewer, params, res }) => showCompare(res, viewer.institution, params.template),
    }),
  ];
}

function writeRoutes(): Declaration[] {
  return [
    route({
      method: 'post',
      path: paths.adminFramework(':template'),
      who: ADMINISTRATOR,
      changes: ['template.changed'],
      params,
      form: EditForm,
      handle: saveTemplate,
      onInvalid: async (call, { fields }, typed) => {
        const template = await getTemplate(call.viewer.institution, call.params.template);
        await showTemplate(call, template, { typed: typedFrom(typed), errors: fields });
      },
    }),
    route({
      method: 'post',
      path: paths.publishFramework(':template'),
      who: ADMINISTRATOR,
      changes: ['template.published'],
      params,
      form: PublishForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const seen = { anyway: form.anyway === '1', saved: form._version };
        const { id } = await publishChecked(byOf(viewer), params.template, seen, now);
        seeOther(res, `${paths.adminFramework(id)}?done=published`);
      },
      onInvalid: ({ viewer, params, res }, { fields }) =>
        showCompare(res, viewer.institution, params.template, fields),
    }),
    route({
      method: 'post',
      path: paths.retireFramework(':template'),
      who: ADMINISTRATOR,
      changes: ['template.retired'],
      params,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        const { id } = await retireTemplate(byOf(viewer), params.template, now);
        seeOther(res, `${paths.adminFramework(id)}?done=retired`);
      },
    }),
    route({
      method: 'post',
      path: paths.nextFramework(':template'),
      who: ADMINISTRATOR,
      changes: ['template.drafted'],
      params,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        const { key } = await getTemplate(viewer.institution, params.template);
        const draft = await draftNextVersion(byOf(viewer), key, now);
        seeOther(res, `${paths.adminFramework(draft.id)}?done=started`);
      },
    }),
  ];
}

type EditCall = Call<typeof params, z.ZodType, typeof EditForm>;

async function saveTemplate(call: EditCall): Promise<void> {
  const { viewer, params, form, now, res } = call;
  const typed = typedFrom(form);
  const before = await getTemplate(viewer.institution, params.template);
  const draft = formFrom(typed, before);
  try {
    const { id } = await saveDraft(byOf(viewer), params.template, draft, form._version, now);
    if (form.next === 'preview') return seeOther(res, paths.previewFramework(id));
    if (form.next === 'publish') return seeOther(res, paths.compareFramework(id));
    seeOther(res, `${paths.adminFramework(id)}?done=saved`);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    await showStale(call, typed, draft, error);
  }
}

/** Another tab or person saved first: both stay, and what differs is named. @throws the conflict when it is no draft */
async function showStale(
  call: Shown,
  typed: TypedTemplate,
  draft: TemplateForm,
  conflict: Conflict,
): Promise<void> {
  const stored = await getTemplate(call.viewer.institution, call.params.template);
  if (stored.status !== 'draft') throw conflict;
  const mine = frameworkOfTemplate({ ...stored, ...draft });
  await showTemplate(call, stored, { typed, stale: differenceOf(frameworkOfTemplate(stored), mine) });
}

type Shown = Pick<Call<typeof params>, 'viewer' | 'params' | 'now' | 'res'>;

async function showTemplate(
  { viewer, now, res }: Shown,
  template: Template,
  after: AfterSave = {},
): Promise<void> {
  const words = wordsOf(res);
  const facts = await factsOf(viewer.institution, template, now);
  if (template.status !== 'draft') {
    page(res, 'frameworks/version', templateVersionPage(words, facts));
    return;
  }
  const status = after.stale ? 409 : after.errors ? 422 : 200;
  page(res, 'frameworks/edit', templateEditPage(words, facts, after), { status });
}

async function factsOf(institution: string, template: Template, now: Date): Promise<TemplateFacts> {
  const [templates, counts, has] = await Promise.all([
    listTemplates(institution),
    countPlansByVersion(institution),
    schoolHas(institution),
  ]);
  const framework = frameworkOfTemplate(template);
  return { template, framework, templates, counts, reach: reachOf(framework, has), now };
}

async function showCompare(
  res: Response,
  institution: string,
  id: string,
  errors?: readonly FieldError[],
): Promise<void> {
  const template = await getTemplate(institution, id);
  const [templates, counts, has] = await Promise.all([
    listTemplates(institution),
    countPlansByVersion(institution),
    schoolHas(institution),
  ]);
  const earlier = counts.filter((one) => one.framework === template.key && one.version < template.version);
  const model = comparePage(wordsOf(res), {
    template,
    other: comparedWith(template, templates),
    reach: reachOf(frameworkOfTemplate(template), has),
    plans: earlier.reduce((sum, { plans }) => sum + plans, 0),
    ...(errors ? { errors } : {}),
  });
  page(res, 'frameworks/compare', model, { status: errors ? 422 : 200 });
}
