import type { Response } from 'express';
import { z } from 'zod';
import { namesOf } from '../people/names.service.ts';
import { starter } from '../plans/framework.ts';
import { countPlansByVersion } from '../plans/framework.service.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import {
  countToMove,
  getMigration,
  previewMigration,
  requestMigration,
  undoMigration,
} from './migration.service.ts';
import { movePage, movingPage, versionMark, type MoveFacts } from './move.page.ts';
import { getTemplate, listTemplates } from './template.service.ts';
import type { Template } from './template.ts';
import { byOf } from './templateActor.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;
const ofTemplate = z.object({ template: Id });
const ofMove = z.object({ move: Id });
const Nothing = z.strictObject({});

/** A version as it stands in an address: `KEY.VERSION`. */
const VersionMark = z
  .string()
  .regex(new RegExp(`^(${starter.id}|[0-9a-f]{24})\\.\\d{1,4}$`))
  .transform((mark) => {
    const [framework = '', version = ''] = mark.split('.');
    return { framework, version: Number(version) };
  });
const Query = z.object({
  from: VersionMark.nullable().catch(null).default(null),
  after: Id.nullable().catch(null).default(null),
});
const MoveForm = z.strictObject({ from: z.string().max(40).default('') });

/** Moving plans to a published version: preview, confirm, watch, undo. */
export function moveRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.movePlans(':template'),
      who: ADMINISTRATOR,
      changes: [],
      params: ofTemplate,
      query: Query,
      handle: async ({ viewer, params, query, res }) =>
        showMove(res, await publishedTemplate(viewer.institution, params.template), query),
    }),
    route({
      method: 'post',
      path: paths.movePlans(':template'),
      who: ADMINISTRATOR,
      changes: ['migration.asked'],
      params: ofTemplate,
      form: MoveForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const template = await publishedTemplate(viewer.institution, params.template);
        const from = VersionMark.safeParse(form.from);
        if (!from.success) throw new Invalid([{ field: 'from', message: say('frameworks.error.from') }]);
        const move = await requestMigration(byOf(viewer), from.data, targetOf(template), now);
        seeOther(res, paths.planMove(move.id));
      },
      onInvalid: async ({ viewer, params, res }, { fields }) => {
        const template = await publishedTemplate(viewer.institution, params.template);
        await showMove(res, template, { from: null, after: null }, fields);
      },
    }),
    route({
      method: 'get',
      path: paths.planMove(':move'),
      who: ADMINISTRATOR,
      changes: [],
      params: ofMove,
      handle: async ({ viewer, params, now, res }) => {
        const { institution } = viewer;
        const move = await getMigration(institution, params.move);
        const [templates, todo, names] = await Promise.all([
          listTemplates(institution),
          countToMove(move),
          namesOf(institution, [move.by]),
        ]);
        const by = names.get(move.by) ?? null;
        page(res, 'frameworks/moving', movingPage(wordsOf(res), { move, templates, todo, by, now }));
      },
    }),
    route({
      method: 'post',
      path: paths.undoPlanMove(':move'),
      who: ADMINISTRATOR,
      changes: ['migration.undoAsked'],
      params: ofMove,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        const { id } = await undoMigration(byOf(viewer), params.move, now);
        seeOther(res, paths.planMove(id));
      },
    }),
  ];
}

/** Plans move to published versions only. @throws Conflict */
async function publishedTemplate(institution: string, id: string): Promise<Template> {
  const template = await getTemplate(institution, id);
  if (template.status !== 'published') throw new Conflict(say('frameworks.error.moveTo'));
  return template;
}

const targetOf = ({ key, version }: Template) => ({ framework: key, version });

async function showMove(
  res: Response,
  template: Template,
  { from, after }: z.output<typeof Query>,
  errors?: readonly FieldError[],
): Promise<void> {
  const { institution } = template;
  const [templates, counts] = await Promise.all([
    listTemplates(institution),
    countPlansByVersion(institution),
  ]);
  const here = versionMark(targetOf(template));
  const others = counts.filter((one) => versionMark(one) !== here);
  const isOther = from !== null && others.some((one) => versionMark(one) === versionMark(from));
  const chosen = isOther ? await chosenOf(template, from, after) : null;
  const facts = { template, templates, others, chosen, ...(errors ? { errors } : {}) };
  page(res, 'frameworks/move', movePage(wordsOf(res), facts), { status: errors ? 422 : 200 });
}

async function chosenOf(
  template: Template,
  from: { framework: string; version: number },
  after: string | null,
): Promise<MoveFacts['chosen']> {
  const { institution } = template;
  const { diff, ...preview } = await previewMigration(institution, from, targetOf(template), after);
  const names = await namesOf(
    institution,
    preview.effects.map(({ person }) => person),
  );
  return { from, difference: diff, isFirst: after === null, names, ...preview };
}
