import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { importUpload, LONGEST_PASTE, sentText } from './importFile.ts';
import { importListPage, importPage, newImportPage } from './import.page.ts';
import { checkImport, confirmImport, discardImport, getRun, listRuns, undoImport } from './import.service.ts';
import type { ImportRun } from './import.ts';
import type { ImportTarget } from './target.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;
const HISTORY = 50;

const Chosen = z.object({ target: z.string().max(40).default('catalogue') });
const RunParams = z.object({ run: Id });
const Nothing = z.strictObject({});
const CheckForm = z.strictObject({ text: z.string().max(LONGEST_PASTE).default('') });
const Done = z.object({
  done: z.enum(['confirmed', 'undone', 'discarded']).nullable().catch(null).default(null),
});

/** Imports of all features: choose, dry run, confirm, undo, history. */
export function importRoutes(targets: readonly ImportTarget[]): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminImports,
      who: ADMINISTRATOR,
      changes: [],
      handle: async ({ viewer, now, res }) => {
        const runs = await listRuns(viewer.institution, HISTORY);
        page(res, 'imports/index', importListPage(wordsOf(res), targets, runs, now));
      },
    }),
    route({
      method: 'get',
      path: paths.addImport,
      who: ADMINISTRATOR,
      changes: [],
      query: Chosen,
      handle: ({ query, res }) =>
        page(res, 'imports/new', newImportPage(wordsOf(res), named(targets, query.target))),
    }),
    route({
      method: 'post',
      path: paths.addImport,
      who: ADMINISTRATOR,
      changes: ['import.checked'],
      query: Chosen,
      form: CheckForm,
      upload: importUpload,
      handle: async ({ viewer, query, form, file: given, now, res }) => {
        const target = named(targets, query.target);
        const sent = sentText(given);
        const text = sent?.text || form.text;
        if (text.trim() === '') throw new Invalid([{ field: 'text', message: say('imports.error.empty') }]);
        const file = sent?.text ? sent.name : '';
        const run = await checkImport(target, actorOf(viewer, 'administrator'), { text, file }, now);
        seeOther(res, paths.anImport(run.id));
      },
      onInvalid: ({ query, res }, { fields }, typed) => {
        const target = named(targets, query.target);
        const text = typeof typed['text'] === 'string' ? typed['text'] : '';
        page(res, 'imports/new', newImportPage(wordsOf(res), target, { problems: fields, typed: text }), {
          status: 422,
        });
      },
    }),
    route({
      method: 'get',
      path: paths.anImport(':run'),
      who: ADMINISTRATOR,
      changes: [],
      params: RunParams,
      query: Done,
      handle: async ({ viewer, params, query, now, res }) => {
        const words = wordsOf(res);
        if (query.done) tellSaved(res, words.t(`imports.done.${query.done}`));
        const run = await getRun(viewer.institution, params.run);
        page(res, 'imports/show', importPage(words, named(targets, run.target), run, now));
      },
    }),
    step(targets, paths.confirmImport(':run'), ['import.confirmed'], async (target, run, call) => {
      await confirmImport(target, actorOf(call.viewer, 'administrator'), run.id, call.now);
      return 'confirmed';
    }),
    step(targets, paths.undoImport(':run'), ['import.undone'], async (target, run, call) => {
      await undoImport(target, actorOf(call.viewer, 'administrator'), run.id, call.now);
      return 'undone';
    }),
    step(targets, paths.discardImport(':run'), ['import.discarded'], async (_target, run, call) => {
      await discardImport(actorOf(call.viewer, 'administrator'), run.id);
      return 'discarded';
    }),
  ];
}

/** @throws NotFound */
function named(targets: readonly ImportTarget[], name: string): ImportTarget {
  const found = targets.find((target) => target.name === name);
  if (!found) throw new NotFound(`import target ${name}`);
  return found;
}

function step(
  targets: readonly ImportTarget[],
  path: string,
  changes: readonly string[],
  take: (target: ImportTarget, run: ImportRun, call: Pick<Call, 'viewer' | 'now'>) => Promise<string>,
): Declaration {
  return route({
    method: 'post',
    path,
    who: ADMINISTRATOR,
    changes,
    params: RunParams,
    form: Nothing,
    handle: async (call) => {
      const run = await getRun(call.viewer.institution, call.params.run);
      const done = await take(named(targets, run.target), run, call);
      seeOther(call.res, `${paths.anImport(run.id)}?done=${done}`);
    },
  });
}
