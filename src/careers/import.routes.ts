import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { say } from '../plans/say.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { catalogueOf } from './catalogue.service.ts';
import { FORMATS } from './catalogueImport.ts';
import { importUpload, sentText } from './importFile.ts';
import { careerCheckPage, careerImportPage, LONGEST_PASTE, type TypedImport } from './import.page.ts';
import { checkImport, confirmImport, getImport, importsOf, undoImport } from './import.service.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;
const Params = z.object({ import: Id });
const Query = z.object({ done: z.enum(['Done', 'Undone']).nullable().catch(null).default(null) });
const Nothing = z.strictObject({});
const ImportPost = z.strictObject({
  format: z.enum(FORMATS, { error: () => say('careers.import.error.format') }),
  version: z.string().trim().max(10).default(''),
  text: typedText().max(LONGEST_PASTE).default(''),
});

/** Administrators bring careers, clusters and programmes: a file, its check, its confirmation, its undo. */
export function careerImportRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminCareers,
      who: ADMINISTRATOR,
      changes: [],
      query: Query,
      handle: async (call) => {
        if (call.query.done)
          tellSaved(call.res, wordsOf(call.res).t(`careers.import.told${call.query.done}`));
        await show(call);
      },
    }),
    route({
      method: 'post',
      path: paths.adminCareerCheck,
      who: ADMINISTRATOR,
      changes: [],
      form: ImportPost,
      upload: importUpload,
      handle: async ({ viewer, form, file, now, res }) => {
        const text = sentText(file)?.text || form.text;
        const { id } = await checkImport(administrator(viewer), { ...form, text }, now);
        seeOther(res, paths.adminCareerImport(id));
      },
      onInvalid: (call, { fields: problems }, body) => show(call, { problems, typed: typedIn(body) }),
    }),
    route({
      method: 'get',
      path: paths.adminCareerImport(':import'),
      who: ADMINISTRATOR,
      changes: [],
      params: Params,
      handle: async ({ viewer, params, res }) => {
        const one = await getImport(viewer.institution, params.import);
        if (one.state !== 'checked') return seeOther(res, paths.adminCareers);
        page(res, 'careers/check', careerCheckPage(wordsOf(res), one));
      },
    }),
    route({
      method: 'post',
      path: paths.adminCareerImport(':import'),
      who: ADMINISTRATOR,
      changes: ['careers.imported'],
      params: Params,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        await confirmImport(administrator(viewer), params.import, now);
        seeOther(res, `${paths.adminCareers}?done=Done`);
      },
    }),
    route({
      method: 'post',
      path: paths.adminCareerUndo(':import'),
      who: ADMINISTRATOR,
      changes: ['careers.importUndone'],
      params: Params,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        await undoImport(administrator(viewer), params.import, now);
        seeOther(res, `${paths.adminCareers}?done=Undone`);
      },
    }),
  ];
}

function administrator(viewer: Viewer): Actor {
  return actorOf(viewer, 'administrator');
}

async function show(
  { viewer, res }: Pick<Call, 'viewer' | 'res'>,
  after: { problems?: readonly FieldError[]; typed?: TypedImport } = {},
): Promise<void> {
  const { institution } = viewer;
  const [catalogue, past] = await Promise.all([catalogueOf(institution), importsOf(institution)]);
  const names = await namesOf(
    institution,
    past.map(({ by }) => by),
  );
  const model = careerImportPage(wordsOf(res), { catalogue, past, names }, after);
  page(res, 'careers/import', model, { status: after.problems ? 422 : 200 });
}

function typedIn(body: Record<string, unknown>): TypedImport {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  return { format: text('format'), text: text('text'), version: text('version') };
}
