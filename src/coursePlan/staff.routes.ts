import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import { getPerson } from '../people/person.service.ts';
import { TERMS } from '../pathways/catalogue.ts';
import { getPlan } from '../plans/plan.service.ts';
import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { courseFactsOf } from './courseFacts.service.ts';
import { LIMITS } from './coursePlan.ts';
import { staffCoursePage, type FormId } from './staff.page.ts';
import * as service from './staff.service.ts';

const READERS = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;
const ADVISORS = { of: 'student', param: 'person', relations: ['advisor'] } as const;
const Params = z.strictObject({ person: Id });

const DONE = ['suggested', 'completed', 'withdrawn', 'decided', 'support', 'newest'] as const;
type Done = (typeof DONE)[number];
const Query = z.object({
  view: z.enum(['middle', 'high']).nullable().catch(null).default(null),
  done: z.enum(DONE).nullable().catch(null).default(null),
});

const line = (most: number) => z.string().trim().max(most).default('');
const Grade = z.coerce.number().int().min(6).max(12);
const Term = z.enum(TERMS);
const SuggestForm = z.strictObject({
  code: z
    .string()
    .min(1, { error: () => say('coursePlan.error.unknown') })
    .max(40),
  grade: Grade,
  term: Term,
  note: line(LIMITS.reason),
});
const CompleteForm = z.strictObject({
  code: line(40).transform((code) => code || null),
  title: line(120),
  subject: line(60),
  credits: z.coerce
    .number({ error: () => say('coursePlan.error.credits') })
    .min(0, { error: () => say('coursePlan.error.credits') })
    .max(20, { error: () => say('coursePlan.error.credits') }),
  grade: Grade,
  term: Term,
  mark: line(10).transform((mark) => mark || null),
});
const Amount = z
  .string()
  .trim()
  .max(10)
  .default('')
  .refine((text) => text === '' || Number(text) > 0, { error: () => say('coursePlan.staff.error.amount') })
  .transform((text) => (text === '' ? null : Number(text)));
const DecideForm = z.strictObject({
  what: z.enum(['substitute', 'waive'], { error: () => say('coursePlan.staff.error.what') }),
  line: z.string().regex(/^[\w-]{1,60}\.[\w-]{1,60}$/, { error: () => say('coursePlan.staff.error.line') }),
  record: z.string().max(40).default(''),
  forCode: line(40).transform((code) => code || null),
  amount: Amount,
  reason: line(LIMITS.reason),
});
const SupportForm = z.strictObject({
  needed: z.enum(['yes', 'no'], { error: () => say('coursePlan.staff.error.support') }),
  text: typedText().trim().max(LIMITS.text).default(''),
});
const WithdrawForm = z.strictObject({ entry: Id.optional(), decision: Id.optional() });

type StaffCall = Pick<Call<typeof Params>, 'viewer' | 'student' | 'relation' | 'now' | 'res'>;

/** The advisor's page of one student's courses. */
export function staffCourseRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.studentCourses(':person'),
      who: READERS,
      changes: [],
      params: Params,
      query: Query,
      handle: (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`coursePlan.done.${call.query.done}`));
        return show(call, call.query.view);
      },
    }),
    form(
      'suggest',
      paths.suggestCourse(':person'),
      ['coursePlan.suggested'],
      SuggestForm,
      async (actor, student, typed, now) => {
        await service.suggestCourse(actor, student, typed, now);
        return 'suggested';
      },
    ),
    form(
      'complete',
      paths.recordCourse(':person'),
      ['coursePlan.completed'],
      CompleteForm,
      async (actor, student, typed, now) => {
        await service.recordCompleted(actor, student, typed, now);
        return 'completed';
      },
    ),
    form(
      'decide',
      paths.decideCourse(':person'),
      ['coursePlan.substituted', 'coursePlan.waived'],
      DecideForm,
      async (actor, student, typed, now) => {
        await decide(actor, student, typed, now);
        return 'decided';
      },
    ),
    form(
      'support',
      paths.supportCourse(':person'),
      ['coursePlan.supportRecorded'],
      SupportForm,
      async (actor, student, { needed, text }, now) => {
        await service.recordSupport(actor, student, { needed: needed === 'yes', text }, now);
        return 'support';
      },
    ),
    route({
      method: 'post',
      path: paths.withdrawCourse(':person'),
      who: ADVISORS,
      changes: ['coursePlan.recordRemoved', 'coursePlan.suggestionWithdrawn', 'coursePlan.decisionWithdrawn'],
      params: Params,
      form: WithdrawForm,
      handle: async ({ viewer, student, form: { entry, decision }, now, res }) => {
        const actor = actorOf(viewer, 'advisor');
        if (entry) await service.withdrawEntry(actor, student, entry, now);
        if (decision) await service.withdrawDecision(actor, student, decision, now);
        back(res, student, 'withdrawn');
      },
    }),
    route({
      method: 'post',
      path: paths.newestSet(':person'),
      who: ADVISORS,
      changes: ['coursePlan.setsChosen', 'plan.amended'],
      params: Params,
      form: z.strictObject({ set: Id }),
      handle: async ({ viewer, student, form: { set }, now, res }) => {
        await service.useNewestSet(actorOf(viewer, 'advisor'), student, set, now);
        back(res, student, 'newest');
      },
    }),
  ];
}

async function decide(
  actor: Actor,
  student: string,
  { what, line: named, record, forCode, amount, reason }: z.output<typeof DecideForm>,
  now: Date,
): Promise<void> {
  const [set = '', rule = ''] = named.split('.');
  if (what === 'waive') return void (await service.waive(actor, student, { set, rule, amount, reason }, now));
  if (record === '') throw new Invalid([{ field: 'record', message: say('coursePlan.staff.error.record') }]);
  await service.substitute(actor, student, { set, rule, record, forCode, reason }, now);
}

/** One of the advisor's forms; a refused one is shown open with what was typed. */
function form<F extends z.ZodType>(
  id: FormId,
  path: string,
  changes: readonly string[],
  schema: F,
  save: (actor: Actor, student: string, typed: z.output<F>, now: Date) => Promise<Done>,
): Declaration {
  return route({
    method: 'post',
    path,
    who: ADVISORS,
    changes,
    params: Params,
    form: schema,
    handle: async ({ viewer, student, form: typed, now, res }) =>
      back(res, student, await save(actorOf(viewer, 'advisor'), student, typed, now)),
    onInvalid: (call, { fields }, typed) => {
      const problems = fields.map(({ field, message }) => ({ field: `${id}.${field}`, message }));
      return show(call, null, { form: id, problems, typed: textsIn(typed) });
    },
  });
}

function back(res: Call['res'], student: string, done: Done): void {
  seeOther(res, `${paths.studentCourses(student)}?done=${done}`);
}

async function show(
  { viewer, student, relation, now, res }: StaffCall,
  view: 'middle' | 'high' | null,
  refused?: { form: FormId; problems: readonly FieldError[]; typed: Record<string, string> },
): Promise<void> {
  const { institution } = viewer;
  const facts = await courseFactsOf(await getPlan(institution, student), now);
  const { entries, substitutions, waivers } = facts.courses;
  const names = await namesOf(
    institution,
    [...entries, ...substitutions, ...waivers].map(({ by }) => by),
  );
  const model = staffCoursePage(wordsOf(res), {
    ...facts,
    student: await getPerson(institution, student),
    names,
    view,
    acts: relation === 'advisor',
    ...(refused ? { refused } : {}),
  });
  page(res, 'coursePlan/staff', model, { status: refused ? 422 : 200 });
}

function textsIn(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}
