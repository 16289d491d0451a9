import { z } from 'zod';
import { todayOf } from '../goals/goal.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { differingTexts } from '../shared/differing.ts';
import { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { getExperience } from './experienceChange.service.ts';
import { experiencePage, type EditProblem } from './experienceEdit.page.ts';
import { ExperiencePost, HoursPost, typedIn } from './experienceForm.ts';
import {
  archiveExperience,
  changeExperience,
  logHours,
  removeHours,
  sendExperience,
} from './experience.service.ts';

const SELF = { of: 'self', as: 'student' } as const;
const Params = z.object({ experience: Id });
const EditQuery = z.object({ done: z.enum(['saved']).nullable().catch(null).default(null) });
const Nothing = z.strictObject({});
const AwayForm = z.strictObject({ away: z.enum(['0', '1']) });

/** The page of one experience: about it, hours, sending, putting away. */
export function experienceOneRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.experience(':experience'),
      who: SELF,
      changes: [],
      params: Params,
      query: EditQuery,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t('experiences.told.saved'));
        await showOne(call, call.params.experience);
      },
    }),
    route({
      method: 'post',
      path: paths.experience(':experience'),
      who: SELF,
      changes: ['experience.changed'],
      params: Params,
      form: ExperiencePost,
      handle: (call) => saveOne(call),
      onInvalid: (call, { fields }, body) =>
        showOne(call, call.params.experience, { form: 'about', fields, typed: typedIn(body) }),
    }),
    route({
      method: 'post',
      path: paths.experienceHours(':experience'),
      who: SELF,
      changes: ['experience.hoursLogged', 'experience.hoursRemoved'],
      params: Params,
      form: HoursPost,
      handle: async ({ viewer, params, form, now, res }) => {
        const actor = actorOf(viewer, 'student');
        if (form.do === 'remove') await removeHours(actor, params.experience, form.entry, now);
        else {
          await refuseFuture(viewer, form.day, now);
          const { do: _do, ...entry } = form;
          await logHours(actor, params.experience, entry, now);
        }
        seeOther(res, `${paths.experience(params.experience)}#hours-card`);
      },
      onInvalid: (call, { fields }, body) =>
        showOne(call, call.params.experience, { form: 'hours', fields, hours: typedHours(body) }),
    }),
    route({
      method: 'post',
      path: paths.sendExperience(':experience'),
      who: SELF,
      changes: ['experience.submitted'],
      params: Params,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        await sendExperience(actorOf(viewer, 'student'), params.experience, now);
        seeOther(res, `${paths.experiences}?done=sent`);
      },
      onInvalid: (call, { fields }) => showOne(call, call.params.experience, { form: 'send', fields }),
    }),
    route({
      method: 'post',
      path: paths.archiveExperience(':experience'),
      who: SELF,
      changes: ['experience.archived', 'experience.restored'],
      params: Params,
      form: AwayForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const away = form.away === '1';
        await archiveExperience(actorOf(viewer, 'student'), params.experience, away, now);
        seeOther(res, `${paths.experiences}?done=${away ? 'archived' : 'restored'}`);
      },
    }),
  ];
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showOne(
  { viewer, now, res }: Shown,
  id: string,
  problem: EditProblem | null = null,
): Promise<void> {
  const { institution, person } = viewer;
  const [experience, plan, today] = await Promise.all([
    getExperience(institution, person, id),
    ownPlan(viewer, now),
    todayOf(institution, now),
  ]);
  const by = experience.confirmed?.by ?? null;
  const confirmer = (await namesOf(institution, [by])).get(by ?? '') ?? wordsOf(res).t('home.anAdvisor');
  const model = experiencePage(wordsOf(res), { experience, plan, confirmer, today, now }, problem);
  page(res, 'experiences/edit', model, { status: problem ? 422 : 200 });
}

type SaveCall = Call<typeof Params, z.ZodType, typeof ExperiencePost>;

async function saveOne(call: SaveCall): Promise<void> {
  const { viewer, params, form, isAutosave, ifMatch, now, res } = call;
  const path = paths.experience(params.experience);
  if (form.keep === 'theirs') return seeOther(res, path);
  const version = isAutosave ? (ifMatch ?? form.version) : form.version;
  try {
    const write = { facts: form.facts, version };
    const saved = await changeExperience(actorOf(viewer, 'student'), params.experience, write, now);
    if (isAutosave) res.json({ version: saved.formVersion, savedAt: now.toISOString() });
    else seeOther(res, `${path}?done=saved`);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    answerConflict(call, error);
  }
}

/** Another tab saved first: autosave puts both together; a pressed button shows both texts. */
function answerConflict({ params, isAutosave, now, res }: SaveCall, error: VersionConflict): void {
  const { stored, yours } = error;
  if (isAutosave)
    return void res
      .status(412)
      .json({ version: stored.version, fields: stored.words, message: error.message });
  const words = wordsOf(res);
  showTwoVersions(res, {
    name: words.t('experiences.two.name'),
    path: paths.experience(params.experience),
    fields: { ...yours, _version: String(stored.version) },
    ...differingTexts(words, labelsOf(words), yours, stored.words),
    theirsAt: stored.at,
    now,
  });
}

function labelsOf({ t }: Words): Record<string, string> {
  return {
    title: t('experiences.form.title'),
    organisation: t('experiences.form.organisation'),
    from: t('experiences.form.from'),
    to: t('experiences.form.to'),
    supervisorName: t('experiences.form.supervisorName'),
    supervisorContact: t('experiences.form.supervisorContact'),
    reflection: t('experiences.form.reflection'),
    skills: t('experiences.form.skills'),
  };
}

async function refuseFuture({ institution }: Viewer, day: string, now: Date): Promise<void> {
  if (day > (await todayOf(institution, now)))
    throw new Invalid([{ field: 'day', message: say('experiences.error.future') }]);
}

function typedHours(body: Record<string, unknown>): { day: string; hours: string; note: string } {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  return { day: text('day'), hours: text('hours'), note: text('note') };
}
