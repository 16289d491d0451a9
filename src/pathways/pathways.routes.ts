import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { cataloguePage, offeredPage, typedCourse, type TypedCourse } from './catalogue.page.ts';
import { getOffered, listOffered, saveCourse, type CourseForm } from './catalogue.service.ts';
import { CATALOGUE_LIMITS, COURSE_TAGS, GRADES, TERMS } from './catalogue.ts';
import { groupsOf } from './catalogueImport.service.ts';
import {
  LINE_CELLS,
  requirementSetPage,
  requirementsPage,
  typedSet,
  type TypedSet,
} from './requirement.page.ts';
import { getSet, listRequirementSets, listVersions, retireSet, saveSet } from './requirement.service.ts';
import { SET_KINDS, SET_LIMITS } from './requirement.ts';
import { setFrom, typedFrom } from './setForm.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;
const OfferedParams = z.object({ offered: Id });
const SetParams = z.object({ set: Id });
const ListQuery = z.object({
  q: z.string().max(100).catch('').default(''),
  page: z.coerce.number().int().min(1).max(200).catch(1).default(1),
  done: z.enum(['saved', 'retired']).nullable().catch(null).default(null),
});

const text = (most: number) => z.string().trim().max(most);
const several = <T extends string>(words: readonly [T, ...T[]]) =>
  z
    .union([z.enum(words), z.array(z.enum(words))])
    .optional()
    .transform((all): T[] => (all === undefined ? [] : ([all].flat() as T[])));
const GRADE_WORDS = GRADES.map(String) as [string, ...string[]];

const OfferedForm = z.strictObject({
  code: text(CATALOGUE_LIMITS.code).min(1, { error: () => say('catalogue.error.code') }),
  title: text(CATALOGUE_LIMITS.title).min(1, { error: () => say('catalogue.error.title') }),
  subject: text(CATALOGUE_LIMITS.subject).default(''),
  credits: z.coerce
    .number({ error: () => say('coursePlan.error.credits') })
    .min(0, { error: () => say('coursePlan.error.credits') })
    .max(CATALOGUE_LIMITS.credits, { error: () => say('coursePlan.error.credits') }),
  sisId: text(100).default(''),
  grades: several(GRADE_WORDS),
  terms: several(TERMS).refine((terms) => terms.length > 0, { error: () => say('catalogue.error.terms') }),
  prerequisites: text(1_000).default(''),
  tags: several(COURSE_TAGS),
  flags: several(['active', 'repeatable']),
});

const SetForm = z.strictObject({
  name: text(SET_LIMITS.name).default(''),
  kind: z.enum(SET_KINDS),
  citation: text(SET_LIMITS.citation).default(''),
  ...Object.fromEntries(
    Array.from({ length: SET_LIMITS.rules }, (_, nth) =>
      LINE_CELLS.map((cell) => [`lines.${nth}.${cell}`, z.string().max(2_000).optional()] as const),
    ).flat(),
  ),
});

type Shown = Pick<Call, 'viewer' | 'res'>;

/** The administrator's catalogue and requirement sets. */
export function pathwayRoutes(): Declaration[] {
  return [...catalogueRoutes(), ...requirementRoutes()];
}

function catalogueRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminCatalogue,
      who: ADMINISTRATOR,
      changes: [],
      query: ListQuery,
      handle: async ({ viewer, query, res }) => {
        if (query.done) tellSaved(res, wordsOf(res).t('catalogue.done.saved'));
        const offered = await listOffered(viewer.institution);
        page(res, 'pathways/catalogue', cataloguePage(wordsOf(res), offered, query));
      },
    }),
    route({
      method: 'get',
      path: paths.newOffered,
      who: ADMINISTRATOR,
      changes: [],
      handle: (call) => showOffered(call, null, typedCourse(null)),
    }),
    route({
      method: 'get',
      path: paths.offered(':offered'),
      who: ADMINISTRATOR,
      changes: [],
      params: OfferedParams,
      handle: async (call) =>
        showOffered(
          call,
          call.params.offered,
          typedCourse(await getOffered(call.viewer.institution, call.params.offered)),
        ),
    }),
    route({
      method: 'post',
      path: paths.newOffered,
      who: ADMINISTRATOR,
      changes: ['catalogue.added'],
      form: OfferedForm,
      handle: (call) => keepCourse(call, null, call.form),
      onInvalid: (call, { fields }, typed) => showOffered(call, null, coursesTyped(typed), fields),
    }),
    route({
      method: 'post',
      path: paths.offered(':offered'),
      who: ADMINISTRATOR,
      changes: ['catalogue.changed'],
      params: OfferedParams,
      form: OfferedForm,
      handle: async (call) => {
        await getOffered(call.viewer.institution, call.params.offered);
        await keepCourse(call, call.params.offered, call.form);
      },
      onInvalid: (call, { fields }, typed) =>
        showOffered(call, call.params.offered, coursesTyped(typed), fields),
    }),
  ];
}

function showOffered(
  { res }: Shown,
  id: string | null,
  typed: TypedCourse,
  errors?: readonly FieldError[],
): void {
  page(res, 'pathways/offered', offeredPage(wordsOf(res), id, typed, errors), { status: errors ? 422 : 200 });
}

async function keepCourse(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  id: string | null,
  form: z.output<typeof OfferedForm>,
): Promise<void> {
  const { flags, sisId, grades, prerequisites, ...rest } = form;
  const course: CourseForm = {
    ...rest,
    sisId: sisId || null,
    grades: grades.map(Number),
    prerequisites: groupsOf(prerequisites),
    repeatable: flags.includes('repeatable'),
    active: flags.includes('active'),
  };
  try {
    await saveCourse(actorOf(viewer, 'administrator'), id, course, now);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    throw new Invalid([{ field: 'code', message: say('catalogue.error.taken', { code: course.code }) }]);
  }
  seeOther(res, `${paths.adminCatalogue}?done=saved&q=${encodeURIComponent(course.code)}`);
}

function coursesTyped(body: Record<string, unknown>): TypedCourse {
  const one = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const many = (name: string): string[] => [body[name] ?? []].flat().map(String);
  return {
    code: one('code'),
    title: one('title'),
    subject: one('subject'),
    credits: one('credits'),
    grades: many('grades'),
    terms: many('terms'),
    tags: many('tags'),
    flags: many('flags'),
    prerequisites: one('prerequisites'),
    sisId: one('sisId'),
  };
}

function requirementRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminRequirements,
      who: ADMINISTRATOR,
      changes: [],
      query: ListQuery,
      handle: async ({ viewer, query, res }) => {
        const words = wordsOf(res);
        if (query.done) tellSaved(res, words.t(`requirements.done.${query.done}`));
        page(
          res,
          'pathways/requirements',
          requirementsPage(words, await listRequirementSets(viewer.institution)),
        );
      },
    }),
    route({
      method: 'get',
      path: paths.newSet,
      who: ADMINISTRATOR,
      changes: [],
      handle: (call) => showSet(call, null, typedSet(null)),
    }),
    route({
      method: 'get',
      path: paths.requirementSet(':set'),
      who: ADMINISTRATOR,
      changes: [],
      params: SetParams,
      handle: (call) => showSet(call, call.params.set, null),
    }),
    route({
      method: 'post',
      path: paths.newSet,
      who: ADMINISTRATOR,
      changes: ['requirements.added'],
      form: SetForm,
      handle: (call) => keepSet(call, null, call.form),
      onInvalid: (call, { fields }, typed) => showSet(call, null, typedFrom(typed), fields),
    }),
    route({
      method: 'post',
      path: paths.requirementSet(':set'),
      who: ADMINISTRATOR,
      changes: ['requirements.changed'],
      params: SetParams,
      form: SetForm,
      handle: (call) => keepSet(call, call.params.set, call.form),
      onInvalid: (call, { fields }, typed) => showSet(call, call.params.set, typedFrom(typed), fields),
    }),
    route({
      method: 'post',
      path: paths.retireSet(':set'),
      who: ADMINISTRATOR,
      changes: ['requirements.retired', 'requirements.restored'],
      params: SetParams,
      form: z.strictObject({ retired: z.enum(['0', '1']) }),
      handle: async ({ viewer, params, form, now, res }) => {
        await retireSet(actorOf(viewer, 'administrator'), params.set, form.retired === '1', now);
        seeOther(res, `${paths.adminRequirements}?done=retired`);
      },
    }),
  ];
}

async function keepSet(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  id: string | null,
  form: z.output<typeof SetForm>,
): Promise<void> {
  const set = setFrom(typedFrom(form), form.kind);
  await saveSet(actorOf(viewer, 'administrator'), id, set, now);
  seeOther(res, `${paths.adminRequirements}?done=saved`);
}

async function showSet(
  { viewer, res }: Shown,
  id: string | null,
  typed: TypedSet | null,
  errors?: readonly FieldError[],
): Promise<void> {
  const set = id === null ? null : await getSet(viewer.institution, id);
  const versions = set ? await listVersions(viewer.institution, set.key) : [];
  const model = requirementSetPage(wordsOf(res), {
    set,
    versions,
    typed: typed ?? typedSet(set),
    ...(errors ? { errors } : {}),
  });
  page(res, 'pathways/set', model, { status: errors ? 422 : 200 });
}
