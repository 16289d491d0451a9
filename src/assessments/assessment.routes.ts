import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { differingTexts } from '../shared/differing.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { answerSaved, tellSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { inOrder } from './assessment.ts';
import { assessmentEditPage, type AssessmentProblem } from './assessmentEdit.page.ts';
import { AssessmentPost, NewAssessment, typedIn } from './assessmentForm.ts';
import { assessmentListPage } from './assessmentList.page.ts';
import {
  addAssessment,
  archiveAssessment,
  assessmentRecordsOf,
  changeAssessment,
  getAssessment,
  useAsBaseline,
} from './assessment.service.ts';
import { baselineWords } from './assessmentWords.page.ts';

const SELF = { of: 'self', as: 'student' } as const;
const Params = z.object({ assessment: Id });
const Done = z.object({
  done: z.enum(['added', 'saved', 'used', 'archived', 'restored']).nullable().catch(null).default(null),
});

/** The student's own results. Open in every state of the plan; a goal's baseline only while goals may be written. */
export function assessmentRoutes(): Declaration[] {
  return [...listRoutes(), ...oneRoutes()];
}

function listRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.assessments,
      who: SELF,
      changes: [],
      query: Done,
      handle: async (call) => {
        told(call);
        page(
          call.res,
          'assessments/list',
          assessmentListPage(wordsOf(call.res), await resultsOf(call.viewer)),
        );
      },
    }),
    route({
      method: 'get',
      path: paths.newAssessment,
      who: SELF,
      changes: [],
      handle: (call) => showOne(call, null),
    }),
    route({
      method: 'post',
      path: paths.assessments,
      who: SELF,
      changes: ['assessment.added'],
      form: NewAssessment,
      handle: async ({ viewer, form, now, res }) => {
        const { id } = await addAssessment(actorOf(viewer, 'student'), viewer.person, form, now);
        seeOther(res, `${paths.assessment(id)}?done=added`);
      },
      onInvalid: (call, { fields }, body) =>
        showOne(call, null, { form: 'about', fields, typed: typedIn(body) }),
    }),
  ];
}

function oneRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.assessment(':assessment'),
      who: SELF,
      changes: [],
      params: Params,
      query: Done,
      handle: async (call) => {
        told(call);
        await showOne(call, call.params.assessment);
      },
    }),
    route({
      method: 'post',
      path: paths.assessment(':assessment'),
      who: SELF,
      changes: ['assessment.changed'],
      params: Params,
      form: AssessmentPost,
      handle: (call) => saveOne(call),
      onInvalid: (call, { fields }, body) =>
        showOne(call, call.params.assessment, { form: 'about', fields, typed: typedIn(body) }),
    }),
    route({
      method: 'post',
      path: paths.useAssessment(':assessment'),
      who: SELF,
      changes: ['assessment.usedForGoal', 'goal.changed', 'plan.begun', 'plan.amended'],
      params: Params,
      form: z.strictObject({ goal: Id }),
      handle: async ({ viewer, params, form, now, res }) => {
        const one = await getAssessment(viewer.institution, viewer.person, params.assessment);
        const use = { goal: form.goal, words: baselineWords(wordsOf(res), one) };
        await useAsBaseline(actorOf(viewer, 'student'), one.id, use, now);
        seeOther(res, `${paths.assessment(one.id)}?done=used`);
      },
      onInvalid: (call, { fields }, body) =>
        showOne(call, call.params.assessment, { form: 'baseline', fields, typed: typedIn(body) }),
    }),
    route({
      method: 'post',
      path: paths.archiveAssessment(':assessment'),
      who: SELF,
      changes: ['assessment.archived', 'assessment.restored'],
      params: Params,
      form: z.strictObject({ away: z.enum(['0', '1']) }),
      handle: async ({ viewer, params, form, now, res }) => {
        const away = form.away === '1';
        await archiveAssessment(actorOf(viewer, 'student'), viewer.person, params.assessment, away, now);
        seeOther(res, `${paths.assessments}?done=${away ? 'archived' : 'restored'}`);
      },
    }),
  ];
}

function told({ query, res }: Call<z.ZodType, typeof Done>): void {
  if (query.done) tellSaved(res, wordsOf(res).t(`assessments.told.${query.done}`));
}

/** Canvas's Student View has no results of its own (lms.md 6.4). */
async function resultsOf({ institution, person, testUser }: Viewer) {
  return testUser ? [] : inOrder(await assessmentRecordsOf(institution, person));
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showOne(
  { viewer, now, res }: Shown,
  id: string | null,
  problem: AssessmentProblem | null = null,
): Promise<void> {
  const one = id === null ? null : await getAssessment(viewer.institution, viewer.person, id);
  const facts = { one, plan: await ownPlan(viewer, now), now };
  const model = assessmentEditPage(wordsOf(res), facts, problem);
  page(res, 'assessments/edit', model, { status: problem ? 422 : 200 });
}

type SaveCall = Call<typeof Params, z.ZodType, typeof AssessmentPost>;

async function saveOne(call: SaveCall): Promise<void> {
  const { viewer, params, form, isAutosave, ifMatch, now, res } = call;
  if (form.keep === 'theirs') return seeOther(res, paths.assessment(params.assessment));
  const { kind, name, subject, date, score, level } = await getAssessment(
    viewer.institution,
    viewer.person,
    params.assessment,
  );
  const facts = form.facts ?? { kind, name, subject, date, score, level };
  const version = isAutosave ? (ifMatch ?? form.version) : form.version;
  try {
    const write = { form: { ...facts, tells: form.tells }, version };
    const saved = await changeAssessment(actorOf(viewer, 'student'), params.assessment, write, now);
    if (isAutosave) answerSaved(res, saved.version, now);
    else seeOther(res, `${paths.assessment(saved.id)}?done=saved`);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    answerConflict(call, error);
  }
}

/** Another tab or an import changed it first: autosave puts both together; a pressed button shows both texts. */
function answerConflict({ params, form, isAutosave, now, res }: SaveCall, error: VersionConflict): void {
  const { stored, yours } = error;
  if (isAutosave)
    return void res
      .status(412)
      .json({ version: stored.version, fields: stored.words, message: error.message });
  const words = wordsOf(res);
  const { tells = '' } = yours;
  showTwoVersions(res, {
    name: words.t('assessments.two.name'),
    path: paths.assessment(params.assessment),
    fields: { ...(form.facts ? yours : { tells }), _version: String(stored.version) },
    ...differingTexts(words, labelsOf(words), yours, stored.words),
    theirsAt: stored.at,
    now,
  });
}

function labelsOf({ t }: Words): Record<string, string> {
  const names = ['name', 'subject', 'date', 'score', 'level', 'tells'] as const;
  return Object.fromEntries(names.map((name) => [name, t(`assessments.form.${name}`)]));
}
