import { z } from 'zod';
import { longText, oneLine, OptionalDay } from '../experiences/experienceForm.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { say } from '../plans/say.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { ENTRY_KINDS, emptyResume, entryIn, RESUME_LIMITS } from './resume.ts';
import { entryPage, resumePage, type ResumeFacts, type TypedEntry } from './resume.page.ts';
import {
  addEntry,
  archiveEntry,
  changeEntry,
  lookThrough,
  pickLines,
  resumeOf,
  resumeWithLog,
} from './resume.service.ts';
import { resumeSheetPage } from './resumeSheet.page.ts';
import { listIn, textIn } from './typed.ts';

const SELF = { of: 'self', as: 'student' } as const;
const Params = z.object({ resumeEntry: Id });
const Query = z.object({
  done: z.enum(['saved', 'added', 'archived', 'restored', 'looked']).nullable().catch(null).default(null),
});
const Ref = z.string().regex(/^[ex]\.[0-9a-f]{24}$/);
const Picks = z.strictObject({
  profile: longText(RESUME_LIMITS.profile).default(''),
  /** One ticked box comes as a word, several as a list, none as nothing. */
  pick: z.union([Ref.transform((ref) => [ref]), z.array(Ref).max(200)]).default([]),
});
const Entry = z
  .strictObject({
    kind: z.enum(ENTRY_KINDS, { error: () => say('after.error.entryKind') }),
    title: oneLine(RESUME_LIMITS.line).min(1, { error: () => say('after.error.entry') }),
    place: oneLine(RESUME_LIMITS.line).default(''),
    from: OptionalDay,
    to: OptionalDay,
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    error: () => say('experiences.error.order'),
  });
const Nothing = z.strictObject({});
const Away = z.strictObject({ away: z.enum(['0', '1']) });

/** The student's activity log and résumé. */
export function resumeRoutes(): Declaration[] {
  return [...pageRoutes(), ...entryRoutes()];
}

function pageRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.resume,
      who: SELF,
      changes: [],
      query: Query,
      handle: async ({ viewer, query, res }) => {
        if (query.done) tellSaved(res, wordsOf(res).t(`after.told.${query.done}`));
        page(res, 'after/resume', resumePage(wordsOf(res), await factsOf(viewer)));
      },
    }),
    route({
      method: 'post',
      path: paths.resume,
      who: SELF,
      changes: ['resume.changed'],
      form: Picks,
      handle: async ({ viewer, form, now, res }) => {
        const { pick: picks, profile } = form;
        await pickLines(actorOf(viewer, 'student'), { picks, profile }, now);
        seeOther(res, `${paths.resume}?done=saved`);
      },
      onInvalid: async ({ viewer, res }, { fields: problems }, body) => {
        const after = { problems, profile: textIn(body, 'profile'), picks: listIn(body, 'pick') };
        page(res, 'after/resume', resumePage(wordsOf(res), await factsOf(viewer), after), { status: 422 });
      },
    }),
    route({
      method: 'get',
      path: paths.resumeSheet,
      who: SELF,
      changes: [],
      query: Query,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`after.told.${call.query.done}`));
        await showSheet(call);
      },
    }),
    route({
      method: 'post',
      path: paths.resumeLooked,
      who: SELF,
      changes: ['resume.lookedThrough'],
      form: Nothing,
      handle: async ({ viewer, now, res }) => {
        await lookThrough(actorOf(viewer, 'student'), now);
        seeOther(res, `${paths.resumeSheet}?done=looked`);
      },
      onInvalid: (call, { fields }) => showSheet(call, fields),
    }),
  ];
}

function entryRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.newResumeEntry,
      who: SELF,
      changes: [],
      handle: ({ res }) => page(res, 'after/entry', entryPage(wordsOf(res), null)),
    }),
    route({
      method: 'post',
      path: paths.resumeEntries,
      who: SELF,
      changes: ['resume.entryAdded'],
      form: Entry,
      handle: async ({ viewer, form, now, res }) => {
        await addEntry(actorOf(viewer, 'student'), form, now);
        seeOther(res, `${paths.resume}?done=added`);
      },
      onInvalid: ({ res }, { fields: problems }, body) => {
        const model = entryPage(wordsOf(res), null, { problems, typed: typedIn(body) });
        page(res, 'after/entry', model, { status: 422 });
      },
    }),
    route({
      method: 'get',
      path: paths.resumeEntry(':resumeEntry'),
      who: SELF,
      changes: [],
      params: Params,
      handle: async ({ viewer, params, res }) => {
        const entry = entryIn(await ownResume(viewer), params.resumeEntry);
        page(res, 'after/entry', entryPage(wordsOf(res), entry));
      },
    }),
    route({
      method: 'post',
      path: paths.resumeEntry(':resumeEntry'),
      who: SELF,
      changes: ['resume.entryChanged'],
      params: Params,
      form: Entry,
      handle: async ({ viewer, params, form, now, res }) => {
        await changeEntry(actorOf(viewer, 'student'), params.resumeEntry, form, now);
        seeOther(res, `${paths.resume}?done=saved`);
      },
      onInvalid: async ({ viewer, params, res }, { fields: problems }, body) => {
        const entry = entryIn(await ownResume(viewer), params.resumeEntry);
        const model = entryPage(wordsOf(res), entry, { problems, typed: typedIn(body) });
        page(res, 'after/entry', model, { status: 422 });
      },
    }),
    route({
      method: 'post',
      path: paths.archiveResumeEntry(':resumeEntry'),
      who: SELF,
      changes: ['resume.entryArchived', 'resume.entryRestored'],
      params: Params,
      form: Away,
      handle: async ({ viewer, params, form, now, res }) => {
        const away = form.away === '1';
        await archiveEntry(actorOf(viewer, 'student'), params.resumeEntry, away, now);
        seeOther(res, `${paths.resume}?done=${away ? 'archived' : 'restored'}`);
      },
    }),
  ];
}

/** Student View gets an empty log, kept nowhere. */
async function factsOf(viewer: Viewer): Promise<ResumeFacts> {
  const { institution, person, testUser } = viewer;
  return testUser
    ? { resume: emptyResume(institution, person), log: [] }
    : resumeWithLog(institution, person);
}

async function ownResume({ institution, person, testUser }: Viewer) {
  return testUser ? emptyResume(institution, person) : resumeOf(institution, person);
}

async function showSheet(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  problems: readonly FieldError[] = [],
): Promise<void> {
  const [facts, { grade }, { name: school }] = await Promise.all([
    factsOf(viewer),
    ownPlan(viewer, now),
    settingsOf(viewer.institution),
  ]);
  const model = resumeSheetPage(wordsOf(res), { ...facts, name: viewer.name, school, grade }, problems);
  page(res, 'after/sheet', model, { status: problems.length > 0 ? 422 : 200 });
}

function typedIn(body: Record<string, unknown>): TypedEntry {
  const text = (name: string): string => textIn(body, name);
  return {
    kind: text('kind'),
    title: text('title'),
    place: text('place'),
    from: text('from'),
    to: text('to'),
  };
}
