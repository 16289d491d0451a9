import type { Response } from 'express';
import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import type { Actor } from '../people/actor.ts';
import { namesOf } from '../people/names.service.ts';
import { COURSE_TAGS, TERMS } from '../pathways/catalogue.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { say } from '../plans/say.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { addCoursePage, type Search } from './addCourse.page.ts';
import { courseFactsOf } from './courseFacts.service.ts';
import type { CourseFacts } from './courseFacts.ts';
import { coursePlanPage } from './coursePlan.page.ts';
import { LIMITS } from './coursePlan.ts';
import * as service from './coursePlan.service.ts';
import { entryPage } from './entry.page.ts';
import { courseOptionsPage } from './options.page.ts';
import { courseSupportPage } from './support.page.ts';

const STUDENT = { of: 'self', as: 'student' } as const;
const CHANGED = ['plan.begun', 'plan.amended'] as const;

const Grade = z.coerce.number().int().min(6).max(12);
const EntryId = z.string().regex(/^(?:lms-)?[0-9a-f]{24}$/);
const EntryParams = z.object({ entry: EntryId });
const Nothing = z.strictObject({});
const PlaceForm = z.strictObject({ grade: Grade, term: z.enum(TERMS) });
const AddForm = z.strictObject({ code: z.string().min(1).max(40), grade: Grade, term: z.enum(TERMS) });
const DONE = [
  ...(['planned', 'moved', 'removed', 'undone', 'accepted', 'declined', 'sets', 'matched'] as const),
  ...(['grade', 'options'] as const),
] as const;
type Done = (typeof DONE)[number];
const ShowQuery = z.object({
  view: z.enum(['middle', 'high']).nullable().catch(null).default(null),
  done: z.enum(DONE).nullable().catch(null).default(null),
});
const AddQuery = z.object({
  grade: Grade.catch(9).default(9),
  term: z.enum(TERMS).nullable().catch(null).default(null),
  line: z.string().max(60).catch('').default(''),
  q: z.string().max(100).catch('').default(''),
  subject: z.string().max(60).catch('').default(''),
  page: z.coerce.number().int().min(1).max(200).catch(1).default(1),
});
const OptionsForm = z.strictObject(
  Object.fromEntries(
    COURSE_TAGS.flatMap((tag) => [
      [
        tag,
        z.enum(['forMe', 'notForMe', 'later'], { error: () => say('coursePlan.error.option') }).optional(),
      ],
      [`${tag}.why`, z.string().trim().max(LIMITS.reason).default('')],
    ]),
  ),
);

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

/** The student's own courses: plan, options, help. */
export function coursePlanRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.coursePlan,
      who: STUDENT,
      changes: [],
      query: ShowQuery,
      handle: (call) => {
        tellDone(call.res, call.query.done);
        return show(call, { view: call.query.view });
      },
    }),
    post(
      paths.courseGrade,
      ['plan.gradeTold'],
      z.strictObject({ grade: gradeTold() }),
      async (actor, { grade }, now) => {
        await service.tellGrade(actor, actor.person, grade, now);
        return 'grade';
      },
    ),
    route({
      method: 'get',
      path: paths.addCourse,
      who: STUDENT,
      changes: [],
      query: AddQuery,
      handle: async ({ query, ...call }) => showAdd(call, query),
    }),
    route({
      method: 'post',
      path: paths.addCourse,
      who: STUDENT,
      changes: ['coursePlan.planned', ...CHANGED],
      form: AddForm,
      handle: async ({ viewer, form, now, res }) => {
        await service.planCourse(actorOf(viewer, 'student'), viewer.person, form, now);
        done(res, 'planned', form.grade);
      },
      onInvalid: (call, { fields }, typed) => showAdd(call, AddQuery.parse(typed), fields),
    }),
    route({
      method: 'get',
      path: paths.courseEntry(':entry'),
      who: STUDENT,
      changes: [],
      params: EntryParams,
      handle: (call) => showEntry(call, call.params.entry),
    }),
    route({
      method: 'post',
      path: paths.moveCourse(':entry'),
      who: STUDENT,
      changes: ['coursePlan.moved', ...CHANGED],
      params: EntryParams,
      form: PlaceForm,
      handle: async ({ viewer, params, form, now, res }) => {
        await service.moveCourse(actorOf(viewer, 'student'), viewer.person, params.entry, form, now);
        done(res, 'moved', form.grade);
      },
      onInvalid: (call, { fields }) => showEntry(call, call.params.entry, fields),
    }),
    onEntry(
      paths.removeCourse(':entry'),
      ['coursePlan.removed', ...CHANGED],
      Nothing,
      async (actor, id, _form, now) => {
        await service.removeCourse(actor, actor.person, id, now);
        return 'removed';
      },
    ),
    onEntry(
      paths.answerCourse(':entry'),
      ['coursePlan.suggestionAccepted', 'coursePlan.suggestionDeclined', ...CHANGED],
      z.strictObject({ do: z.enum(['accept', 'decline']) }),
      async (actor, id, form, now) => {
        await service.answerSuggestion(actor, actor.person, id, form.do, now);
        return form.do === 'accept' ? 'accepted' : 'declined';
      },
    ),
    post(
      paths.courseSwap,
      ['coursePlan.swapped', ...CHANGED],
      z.strictObject({ a: EntryId, b: EntryId }),
      async (actor, form, now) => {
        await service.swapCourses(actor, actor.person, form, now);
        return 'moved';
      },
    ),
    post(paths.courseUndo, ['coursePlan.undone', ...CHANGED], Nothing, async (actor, _form, now) => {
      await service.undoCourses(actor, actor.person, now);
      return 'undone';
    }),
    post(
      paths.courseSets,
      ['coursePlan.setsChosen', ...CHANGED],
      z.strictObject({ sets: z.union([Id, z.array(Id).max(LIMITS.sets)]).optional() }),
      async (actor, { sets }, now) => {
        await service.chooseSets(actor, actor.person, [sets ?? []].flat(), now);
        return 'sets';
      },
    ),
    post(
      paths.courseMatch,
      ['coursePlan.matched'],
      z.strictObject({ course: Id, code: z.string().max(40) }),
      async (actor, { course, code }, now) => {
        await service.matchCourse(actor, actor.person, { course, code: code || null }, now);
        return 'matched';
      },
    ),
    ...moreRoutes(),
  ];
}

/** Options and help. */
function moreRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.courseOptions,
      who: STUDENT,
      changes: [],
      handle: (call) => showOptions(call),
    }),
    route({
      method: 'post',
      path: paths.courseOptions,
      who: STUDENT,
      changes: ['coursePlan.optionsAnswered', 'plan.begun'],
      form: OptionsForm,
      handle: async ({ viewer, form, now, res }) => {
        const answers = COURSE_TAGS.flatMap((tag) => {
          const answer = form[tag] as service.OptionForm['answer'] | undefined;
          return answer ? [{ tag, answer, why: whyIn(form[`${tag}.why`]) }] : [];
        });
        await service.answerOptions(actorOf(viewer, 'student'), viewer.person, answers, now);
        seeOther(res, `${paths.coursePlan}?done=options`);
      },
      onInvalid: (call, { fields }, typed) => showOptions(call, textsIn(typed), fields),
    }),
    route({
      method: 'get',
      path: paths.courseSupport,
      who: STUDENT,
      changes: [],
      handle: async (call) => {
        const facts = await load(call);
        const names = await namesOf(call.viewer.institution, [facts.courses.support?.by ?? null]);
        page(call.res, 'coursePlan/support', courseSupportPage(wordsOf(call.res), facts, names, call.now));
      },
    }),
  ];
}

function gradeTold() {
  return z.coerce
    .number({ error: () => say('coursePlan.error.tellGrade') })
    .int()
    .min(6, { error: () => say('coursePlan.error.tellGrade') })
    .max(12, { error: () => say('coursePlan.error.tellGrade') });
}

/** A post that comes back to the course plan with one sentence; a refused one shows the plan with what is wrong. */
function post<F extends z.ZodType>(
  path: string,
  changes: readonly string[],
  form: F,
  save: (actor: Actor, form: z.output<F>, now: Date) => Promise<Done>,
): Declaration {
  return route({
    method: 'post',
    path,
    who: STUDENT,
    changes,
    form,
    handle: async ({ viewer, form: typed, now, res }) =>
      done(res, await save(actorOf(viewer, 'student'), typed, now)),
    onInvalid: (call, { fields }) => show(call, { problems: fields }),
  });
}

function onEntry<F extends z.ZodType>(
  path: string,
  changes: readonly string[],
  form: F,
  save: (actor: Actor, id: string, form: z.output<F>, now: Date) => Promise<Done>,
): Declaration {
  return route({
    method: 'post',
    path,
    who: STUDENT,
    changes,
    params: EntryParams,
    form,
    handle: async ({ viewer, params, form: typed, now, res }) =>
      done(res, await save(actorOf(viewer, 'student'), params.entry, typed, now)),
    onInvalid: (call, { fields }) => show(call, { problems: fields }),
  });
}

/** Back to the plan, on the view that shows the grade. */
function done(res: Response, what: Done, grade?: number): void {
  const view = grade === undefined ? '' : `&view=${grade < 9 ? 'middle' : 'high'}`;
  seeOther(res, `${paths.coursePlan}?done=${what}${view}`);
}

function tellDone(res: Response, what: Done | null): void {
  if (what) tellSaved(res, wordsOf(res).t(`coursePlan.done.${what}`));
}

async function load({ viewer, now }: Pick<Shown, 'viewer' | 'now'>): Promise<CourseFacts> {
  return courseFactsOf(await ownPlan(viewer, now), now);
}

async function show(
  call: Shown,
  { view = null, problems }: { view?: 'middle' | 'high' | null; problems?: readonly FieldError[] },
): Promise<void> {
  const facts = await load(call);
  const names = await namesOf(
    call.viewer.institution,
    facts.courses.entries.map(({ by }) => by),
  );
  const model = coursePlanPage(wordsOf(call.res), {
    ...facts,
    names,
    now: call.now,
    view,
    ...(problems ? { problems } : {}),
  });
  page(call.res, 'coursePlan/show', model, { status: problems ? 422 : 200 });
}

async function showAdd(call: Shown, search: Search, problems?: readonly FieldError[]): Promise<void> {
  const model = addCoursePage(wordsOf(call.res), await load(call), search, problems);
  page(call.res, 'coursePlan/add', model, { status: problems ? 422 : 200 });
}

async function showEntry(call: Shown, id: string, problems?: readonly FieldError[]): Promise<void> {
  const model = entryPage(wordsOf(call.res), await load(call), id, problems);
  page(call.res, 'coursePlan/entry', model, { status: problems ? 422 : 200 });
}

async function showOptions(
  call: Shown,
  typed: Record<string, string> | null = null,
  problems?: readonly FieldError[],
): Promise<void> {
  const model = courseOptionsPage(wordsOf(call.res), await load(call), typed, problems);
  page(call.res, 'coursePlan/options', model, { status: problems ? 422 : 200 });
}

function textsIn(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}

function whyIn(typed: unknown): string {
  return typeof typed === 'string' ? typed : '';
}
