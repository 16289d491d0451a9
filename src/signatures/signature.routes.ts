/** Signing: the student's own pages, and those of advisor and school. */
import { z } from 'zod';
import { openFile, ownFile } from '../files/file.service.ts';
import { studentFiles } from '../files/studentFiles.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { named, OfStudent, STAFF, staffOf, textsIn, type StaffCall } from '../meetings/staff.ts';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { getPerson } from '../people/person.service.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { sendContent } from '../web/sendContent.ts';
import { signatureFacts, signatureIn } from './reading.service.ts';
import { declineSignature, openSignature, recordPaper, signAs, waiveSignature } from './signature.service.ts';
import { signatureListPage, type Reader } from './signatureList.page.ts';
import { signaturePage } from './signatureShow.page.ts';

const SELF = { of: 'self', as: 'student' } as const;
const OfSignature = z.strictObject({ signature: Id });
const OfStudentSignature = z.strictObject({ person: Id, signature: Id });
const DONE = ['signed', 'declined', 'recorded'] as const;
const Query = z.object({ done: z.enum(DONE).optional().catch(undefined) });
const Nothing = z.strictObject({});
const line = z.string().max(2_000).trim().default('');
const Agree = z.strictObject({
  agree: z
    .literal('1')
    .optional()
    .transform((value) => value === '1'),
});
const Decline = z.strictObject({ reason: line });
const Paper = z.strictObject({ name: line, day: line });
const Waive = z.strictObject({
  ground: z.enum(['adult', 'attempts'], { error: () => say('signatures.error.ground') }),
  reason: line,
});
/** Moves that a settled or declined signature may bring with it. */
const SETTLES = ['plan.activated'];
const DECLINES = ['plan.signatureDeclined', 'goal.reopened', 'signature.voided', 'signature.declined'];

export function signatureRoutes(): Declaration[] {
  return [...ownRoutes(), ...staffRoutes(), ...recordRoutes()];
}

function ownRoutes(): Declaration[] {
  const one = { who: SELF, params: OfSignature } as const;
  return [
    route({
      method: 'get',
      path: paths.signatures,
      who: SELF,
      changes: [],
      query: Query,
      handle: async ({ viewer, query, now, res }) => {
        if (query.done) tellSaved(res, wordsOf(res).t(`signatures.done.${query.done}`));
        const facts = await signatureFacts(await ownPlan(viewer, now));
        page(res, 'signatures/list', signatureListPage(wordsOf(res), facts, OWN));
      },
    }),
    route({
      ...one,
      method: 'post',
      path: paths.openSignature(':signature'),
      changes: ['signature.viewed'],
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        await openSignature(actorOf(viewer, 'student'), viewer.person, params.signature, now);
        seeOther(res, paths.signature(params.signature));
      },
    }),
    route({
      ...one,
      method: 'get',
      path: paths.signature(':signature'),
      changes: [],
      handle: (call) => showOwn(call),
    }),
    route({
      ...one,
      method: 'post',
      path: paths.signature(':signature'),
      changes: ['signature.signed', ...SETTLES],
      form: Agree,
      handle: async ({ viewer, params, form, now, res }) => {
        const signed = { name: viewer.name, agreed: form.agree };
        await signAs(actorOf(viewer, 'student'), viewer.person, params.signature, signed, now);
        seeOther(res, `${paths.signatures}?done=signed`);
      },
      onInvalid: (call, problem) => showOwn(call, problem, 'sign'),
    }),
    route({
      ...one,
      method: 'post',
      path: paths.declineSignature(':signature'),
      changes: DECLINES,
      form: Decline,
      handle: async ({ viewer, params, form, now, res }) => {
        const actor = actorOf(viewer, 'student');
        await declineSignature(actor, viewer.person, params.signature, form.reason, now);
        seeOther(res, `${paths.signatures}?done=declined`);
      },
      onInvalid: (call, problem, typed) => showOwn(call, problem, 'decline', typed),
    }),
  ];
}

function staffRoutes(): Declaration[] {
  const one = { who: STAFF, params: OfStudentSignature } as const;
  const at = (path: (person: string, id: string) => string): string => path(':person', ':signature');
  return [
    route({
      method: 'get',
      path: paths.studentSignatures(':person'),
      who: STAFF,
      params: OfStudent,
      changes: [],
      query: Query,
      handle: async (call) => {
        const { viewer, student, query, res } = call;
        if (query.done) tellSaved(res, wordsOf(res).t(`signatures.done.${query.done}`));
        const facts = await signatureFacts(await getPlan(viewer.institution, student));
        page(res, 'signatures/list', signatureListPage(wordsOf(res), facts, await readerOf(call)));
      },
    }),
    route({
      ...one,
      method: 'post',
      path: at(paths.openStudentSignature),
      changes: ['signature.viewed'],
      form: Nothing,
      handle: async (call) => {
        const { student, params, now, res } = call;
        await openSignature(await actorFor(call, params.signature), student, params.signature, now);
        seeOther(res, paths.studentSignature(student, params.signature));
      },
    }),
    route({
      ...one,
      method: 'get',
      path: at(paths.studentSignature),
      changes: [],
      handle: (call) => showTheirs(call),
    }),
    route({
      ...one,
      method: 'post',
      path: at(paths.studentSignature),
      changes: ['signature.signed', ...SETTLES],
      form: Agree,
      handle: async (call) => {
        const { viewer, student, params, form, now } = call;
        const signed = { name: viewer.name, agreed: form.agree };
        await signAs(await actorFor(call, params.signature), student, params.signature, signed, now);
        done(call, 'signed');
      },
      onInvalid: (call, problem) => showTheirs(call, problem, 'sign'),
    }),
    route({
      ...one,
      method: 'post',
      path: at(paths.declineStudentSignature),
      changes: DECLINES,
      form: Decline,
      handle: async (call) => {
        const { student, params, form, now } = call;
        const actor = await actorFor(call, params.signature);
        await declineSignature(actor, student, params.signature, form.reason, now);
        done(call, 'declined');
      },
      onInvalid: (call, problem, typed) => showTheirs(call, problem, 'decline', typed),
    }),
  ];
}

/** What staff record for others: paper and waiver. */
function recordRoutes(): Declaration[] {
  const one = { who: STAFF, params: OfStudentSignature } as const;
  const at = (path: (person: string, id: string) => string): string => path(':person', ':signature');
  return [
    route({
      ...one,
      method: 'post',
      path: at(paths.paperSignature),
      changes: ['signature.paper', ...SETTLES],
      form: Paper,
      upload: studentFiles,
      handle: async (call) => {
        const { student, params, form, file, now } = call;
        if (file.is === 'refused') throw new Invalid([{ field: 'file', message: file.message }]);
        const scan = file.is === 'arrived' ? file.id : null;
        await recordPaper(staffOf(call), student, params.signature, { ...form, scan }, now);
        done(call, 'recorded');
      },
      onInvalid: (call, problem, typed) => showTheirs(call, problem, 'paper', typed),
    }),
    route({
      ...one,
      method: 'post',
      path: at(paths.waiveSignature),
      changes: ['signature.waived', ...SETTLES],
      form: Waive,
      handle: async (call) => {
        const { student, params, form, now } = call;
        await waiveSignature(staffOf(call), student, params.signature, form, now);
        done(call, 'recorded');
      },
      onInvalid: (call, problem, typed) => showTheirs(call, problem, 'waive', typed),
    }),
    route({
      ...one,
      method: 'get',
      path: at(paths.signatureScan),
      changes: [],
      handle: async ({ viewer, student, params, res }) => {
        const { institution } = viewer;
        const { current, earlier } = await signatureFacts(await getPlan(institution, student));
        const found = [...current, ...earlier].find(({ id }) => id === params.signature);
        if (!found?.scan || !found.by) throw new NotFound(`scan of ${params.signature}`);
        const file = await ownFile({ institution, person: found.by }, found.scan);
        await sendContent(res, await openFile(file));
      },
    }),
  ];
}

const OWN: Reader = { roles: ['student'], student: null };

type OneCall = StaffCall & { params: z.output<typeof OfStudentSignature> };

function done({ res, student }: OneCall, what: (typeof DONE)[number]): void {
  seeOther(res, `${paths.studentSignatures(student)}?done=${what}`);
}

/** An administrator who also advises the student signs for the school with the right of the school. */
async function actorFor(call: OneCall, id: string): Promise<Actor> {
  const { viewer, student } = call;
  const { current } = await signatureFacts(await getPlan(viewer.institution, student));
  const isSchool = current.find((one) => one.id === id)?.role === 'school';
  return isSchool && viewer.administrator ? actorOf(viewer, 'administrator') : staffOf(call);
}

async function readerOf(call: StaffCall): Promise<Reader> {
  const { id, name } = named(await getPerson(call.viewer.institution, call.student));
  const { role } = staffOf(call);
  const roles = call.viewer.administrator ? [role, 'administrator' as const] : [role];
  return { roles, student: { id, name } };
}

type Form = 'sign' | 'decline' | 'paper' | 'waive';

/** Fields of several forms of one page have one name; the summary links to the right one. */
function problemsOf(problem: Invalid, form: Form): Invalid['fields'] {
  return problem.fields.map(({ field, message }) => ({
    field: field === 'agree' || field === 'ground' ? field : `${form}-${field}`,
    message,
  }));
}

function afterOf(problem: Invalid | undefined, form: Form | undefined, typed: Record<string, unknown>) {
  if (!problem || !form) return {};
  return { problems: problemsOf(problem, form), typed: { ...textsIn(typed), form } };
}

async function showOwn(
  {
    viewer,
    params,
    res,
    now,
  }: Pick<Call, 'viewer' | 'res' | 'now'> & { params: z.output<typeof OfSignature> },
  problem?: Invalid,
  form?: Form,
  typed: Record<string, unknown> = {},
): Promise<void> {
  const facts = await signatureFacts(await ownPlan(viewer, now));
  const more = {
    signature: signatureIn(facts, params.signature),
    viewerName: viewer.name,
    today: schoolDay(now, facts.zone),
    ...afterOf(problem, form, typed),
  };
  const model = signaturePage(wordsOf(res), { ...facts, ...more }, OWN);
  page(res, 'signatures/show', model, { status: problem ? 422 : 200 });
}

async function showTheirs(
  call: OneCall,
  problem?: Invalid,
  form?: Form,
  typed: Record<string, unknown> = {},
): Promise<void> {
  const { viewer, student, params, res, now } = call;
  const facts = await signatureFacts(await getPlan(viewer.institution, student));
  const signature = signatureIn(facts, params.signature);
  const more = {
    signature,
    viewerName: viewer.name,
    today: schoolDay(now, facts.zone),
    ...afterOf(problem, form, typed),
  };
  const model = signaturePage(wordsOf(res), { ...facts, ...more }, await readerOf(call));
  page(res, 'signatures/show', model, { status: problem ? 422 : 200 });
}
