import type { Response } from 'express';
import { z } from 'zod';
import { changeSettings } from '../institutions/institution.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { starter } from '../plans/framework.ts';
import { countPlansByVersion } from '../plans/framework.service.ts';
import { listPresets } from '../plans/preset.ts';
import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { frameworksPage } from './frameworkList.page.ts';
import { listMigrations } from './migration.service.ts';
import { moveRoutes } from './move.routes.ts';
import { presetsPage } from './presets.page.ts';
import { byOf } from './templateActor.ts';
import { draftFromPresets, listTemplates } from './template.service.ts';
import { templateRoutes } from './template.routes.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;
const query = z.object({ done: z.enum(['chosen']).nullable().catch(null).default(null) });

const Picked = z
  .union([z.string().max(60), z.array(z.string().max(60)).max(60)])
  .optional()
  .transform((all): string[] => (all === undefined ? [] : [all].flat()));
const StartForm = z.strictObject({ presets: Picked });
const ChooseForm = z.strictObject({ framework: z.string().max(60).default('') });

/** Plan design: the school's templates, what new plans get, and moving plans between versions. */
export function frameworkRoutes(): Declaration[] {
  return [...listRoutes(), ...templateRoutes(), ...moveRoutes()];
}

function listRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.adminFrameworks,
      who: ADMINISTRATOR,
      changes: [],
      query,
      handle: async ({ viewer, query, now, res }) => {
        if (query.done) tellSaved(res, wordsOf(res).t(`frameworks.done.${query.done}`));
        await showList(res, viewer.institution, now);
      },
    }),
    route({
      method: 'get',
      path: paths.newFramework,
      who: ADMINISTRATOR,
      changes: [],
      handle: ({ res }) => page(res, 'frameworks/presets', presetsPage(wordsOf(res), listPresets(), [])),
    }),
    route({
      method: 'post',
      path: paths.adminFrameworks,
      who: ADMINISTRATOR,
      changes: ['template.drafted'],
      form: StartForm,
      handle: async ({ viewer, form, now, res }) => {
        const draft = await draftFromPresets(byOf(viewer), form.presets, now);
        seeOther(res, `${paths.adminFramework(draft.id)}?done=started`);
      },
      onInvalid: ({ res }, { fields }, typed) => {
        const picked = [typed['presets'] ?? []].flat().map(String);
        const model = presetsPage(wordsOf(res), listPresets(), picked, fields);
        page(res, 'frameworks/presets', model, { status: 422 });
      },
    }),
    route({
      method: 'post',
      path: paths.chooseFramework,
      who: ADMINISTRATOR,
      changes: ['institution.changed'],
      form: ChooseForm,
      handle: async ({ viewer, form, now, res }) => {
        await refuseUnpublished(viewer.institution, form.framework);
        await changeSettings(byOf(viewer), { framework: form.framework }, now);
        seeOther(res, `${paths.adminFrameworks}?done=chosen`);
      },
      onInvalid: ({ viewer, now, res }, { fields }) => showList(res, viewer.institution, now, fields),
    }),
  ];
}

/** New plans get the starter, or a template that has a published version. @throws Invalid */
async function refuseUnpublished(institution: string, framework: string): Promise<void> {
  if (framework === starter.id) return;
  const templates = await listTemplates(institution);
  if (templates.some(({ key, status }) => key === framework && status === 'published')) return;
  throw new Invalid([{ field: 'framework', message: say('frameworks.error.choose') }]);
}

async function showList(
  res: Response,
  institution: string,
  now: Date,
  errors?: readonly FieldError[],
): Promise<void> {
  const [templates, counts, moves, { framework: chosen }] = await Promise.all([
    listTemplates(institution),
    countPlansByVersion(institution),
    listMigrations(institution),
    settingsOf(institution),
  ]);
  const presets = new Map(
    listPresets().map(({ id, name, jurisdiction }) => [id, `${name}, ${jurisdiction}`]),
  );
  const facts = { templates, counts, chosen, moves, presets, now, ...(errors ? { errors } : {}) };
  page(res, 'frameworks/list', frameworksPage(wordsOf(res), facts), { status: errors ? 422 : 200 });
}
