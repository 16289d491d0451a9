import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { getPerson } from '../people/person.service.ts';
import { findPlan, yearAt } from '../plans/plan.service.ts';
import { NotFound, type Invalid } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { findBank } from './bank.service.ts';
import { BANK_LIMITS, itemsOn, pageCount, type ItemBank } from './bank.ts';
import { banksIn, openSitting, ownInterests } from './interestFacts.service.ts';
import { interestsPage, type InterestFacts } from './interests.page.ts';
import {
  confirmLast,
  endSitting,
  listSittings,
  putAway,
  saveAnswers,
  skipYear,
  startSitting,
} from './inventory.service.ts';
import { checkPage, FIELD_NAMES, fieldName, questionsPage } from './questions.page.ts';
import type { Answer } from './riasec.ts';
import { isDone } from './sitting.ts';
import { earlierPage, studentInterestsPage } from './student.page.ts';

const SELF = { of: 'self', as: 'student' } as const;
const READERS = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;

const DONE = {
  confirmed: 'inventory.done.confirmed',
  skipped: 'inventory.done.skipped',
  later: 'inventory.done.later',
  away: 'inventory.done.away',
  finished: 'inventory.done.finished',
} as const satisfies Record<string, MessageKey>;
const Told = z.object({
  done: z
    .enum(Object.keys(DONE) as (keyof typeof DONE)[])
    .nullable()
    .catch(null)
    .default(null),
});

const Begin = z.strictObject({ bank: z.string().max(40).default(''), begin: z.enum(['fresh', 'carry']) });
const Skip = z.strictObject({ reason: typedText().max(20_000).trim().default('') });
const PageNumber = z.coerce.number().int().min(1).max(BANK_LIMITS.items);
const PageQuery = z.object({ page: PageNumber.catch(1).default(1) });
const Answered = z.strictObject({
  page: PageNumber,
  do: z.enum(['next', 'previous', 'later']).default('next'),
  ...Object.fromEntries(FIELD_NAMES.map((name) => [name, z.string().regex(/^\d$/).optional()])),
});
const Nothing = z.strictObject({});

/** The interest inventory of a student, and what their advisor reads of it. */
export function inventoryRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.interests,
      who: SELF,
      changes: [],
      query: Told,
      handle: async (call) => {
        const { done } = call.query;
        if (done) tellSaved(call.res, wordsOf(call.res).t(DONE[done]));
        await showInterests(call);
      },
    }),
    route({
      method: 'post',
      path: paths.interests,
      who: SELF,
      changes: ['interests.begun', 'plan.begun'],
      form: Begin,
      handle: async ({ viewer, form, now, res }) => {
        await startSitting(actorOf(viewer, 'student'), viewer.person, form, now);
        seeOther(res, paths.interestQuestions);
      },
      onInvalid: showAgain,
    }),
    route({
      method: 'get',
      path: paths.interestQuestions,
      who: SELF,
      changes: [],
      query: PageQuery,
      handle: async ({ viewer, query, res }) => {
        const open = await openSitting(viewer);
        if (!open) return seeOther(res, paths.interests);
        const number = Math.min(query.page, pageCount(open.bank));
        page(res, 'inventory/questions', questionsPage(wordsOf(res), { ...open, page: number }));
      },
    }),
    route({
      method: 'post',
      path: paths.interestQuestions,
      who: SELF,
      changes: ['interests.answered', 'interests.finished', 'plan.begun'],
      form: Answered,
      handle: keepPage,
    }),
    route({
      method: 'get',
      path: paths.interestCheck,
      who: SELF,
      changes: [],
      handle: (call) => showCheck(call),
    }),
    route({
      method: 'post',
      path: paths.interestCheck,
      who: SELF,
      changes: ['interests.finished', 'plan.begun'],
      form: Nothing,
      handle: async ({ viewer, now, res }) => {
        await endSitting(actorOf(viewer, 'student'), viewer.person, now);
        seeOther(res, `${paths.interests}?done=finished`);
      },
      onInvalid: (call, problem) => showCheck(call, problem),
    }),
    step(paths.interestConfirm, 'confirmed', 'interests.confirmed', confirmLast),
    step(paths.interestAway, 'away', 'interests.putAway', putAway),
    route({
      method: 'post',
      path: paths.interestSkip,
      who: SELF,
      changes: ['interests.skipped', 'plan.begun'],
      form: Skip,
      handle: async ({ viewer, form, now, res }) => {
        await skipYear(actorOf(viewer, 'student'), viewer.person, form.reason, now);
        seeOther(res, `${paths.interests}?done=skipped`);
      },
      onInvalid: showAgain,
    }),
    route({
      method: 'get',
      path: paths.interestResult(':sitting'),
      who: SELF,
      changes: [],
      params: z.object({ sitting: Id }),
      handle: async ({ viewer, params, res }) => {
        const { institution, person } = viewer;
        const found = (await listSittings(institution, person)).find(({ id }) => id === params.sitting);
        if (!found || !isDone(found)) throw new NotFound(`sitting ${params.sitting}`);
        page(
          res,
          'inventory/result',
          earlierPage(wordsOf(res), found, await findBank(institution, found.bank)),
        );
      },
    }),
    route({
      method: 'get',
      path: paths.studentInterests(':person'),
      who: READERS,
      changes: [],
      params: z.strictObject({ person: Id }),
      handle: (call) => showStudent(call),
    }),
  ];
}

/** A button without fields on the student's own page. */
function step(path: string, done: keyof typeof DONE, action: string, take: typeof confirmLast): Declaration {
  return route({
    method: 'post',
    path,
    who: SELF,
    changes: [action, 'plan.begun'],
    form: Nothing,
    handle: async ({ viewer, now, res }) => {
      await take(actorOf(viewer, 'student'), viewer.person, now);
      seeOther(res, `${paths.interests}?done=${done}`);
    },
  });
}

/** Saves one page and goes where the button says; after the last page to the result, if nothing is missing. */
async function keepPage(call: Call<z.ZodType, z.ZodType, typeof Answered>): Promise<void> {
  const { viewer, form, now, res } = call;
  const actor = actorOf(viewer, 'student');
  const open = await openSitting(viewer);
  if (!open) return seeOther(res, paths.interests);
  const answers = answersOn(open.bank, form);
  const saved = await saveAnswers(actor, viewer.person, answers, now);
  const pages = pageCount(open.bank);
  if (form.do === 'later') return seeOther(res, `${paths.interests}?done=later`);
  if (form.do === 'previous') return seeOther(res, atPage(Math.max(1, form.page - 1)));
  if (form.page < pages) return seeOther(res, atPage(form.page + 1));
  if (saved.answers.length < open.bank.items.length) return seeOther(res, paths.interestCheck);
  await endSitting(actor, viewer.person, now);
  seeOther(res, `${paths.interests}?done=finished`);
}

function atPage(number: number): string {
  return `${paths.interestQuestions}?page=${number}`;
}

function answersOn(bank: ItemBank, form: z.output<typeof Answered>): Answer[] {
  const typed = form as Record<string, unknown>;
  return itemsOn(bank, form.page).flatMap(({ id }, index) => {
    const value = typed[fieldName(index)];
    return typeof value === 'string' ? [{ item: id, value: Number(value) }] : [];
  });
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showInterests({ viewer, now, res }: Shown, after: Partial<InterestFacts> = {}): Promise<void> {
  const facts = { ...(await ownInterests(viewer, now)), ...after };
  page(res, 'inventory/interests', interestsPage(wordsOf(res), facts), {
    status: after.problems ? 422 : 200,
  });
}

const Typed = z.object({ bank: z.string().nullable().catch(null), reason: z.string().catch('') });

async function showAgain(call: Shown, problem: Invalid, typed: Record<string, unknown>): Promise<void> {
  await showInterests(call, { problems: problem.fields, typed: Typed.parse(typed) });
}

async function showCheck({ viewer, res }: Shown, problem?: Invalid): Promise<void> {
  const open = await openSitting(viewer);
  if (!open) return seeOther(res, paths.interests);
  page(res, 'inventory/check', checkPage(wordsOf(res), open, problem?.fields), {
    status: problem ? 422 : 200,
  });
}

async function showStudent({
  viewer,
  student,
  now,
  res,
}: Pick<Call, 'viewer' | 'student' | 'now' | 'res'>): Promise<void> {
  const { institution } = viewer;
  const [{ name }, plan, sittings] = await Promise.all([
    getPerson(institution, student),
    findPlan(institution, student),
    listSittings(institution, student),
  ]);
  const year = plan?.year ?? (await yearAt(institution, now));
  const facts = {
    person: student,
    name,
    plan: { year },
    sittings,
    banks: await banksIn(institution, sittings),
  };
  page(res, 'inventory/result', studentInterestsPage(wordsOf(res), facts));
}
