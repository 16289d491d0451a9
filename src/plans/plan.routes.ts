import { z } from 'zod';
import { frameworkOf } from '../frameworks/framework.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { NotFound, type FieldError } from '../shared/errors.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { answerSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { addComment, listCommentsFor } from './comment.service.ts';
import { findHome } from './home.store.ts';
import type { Around, HomeFacts } from './home.ts';
import { homePage } from './home.page.ts';
import { ownPlan } from './ownPlan.service.ts';
import { partPage } from './part.page.ts';
import { readParts } from './parts.service.ts';
import { WRITTEN_KEYS, type ProfileKey } from './plan.ts';
import { submitPlan, withdrawPlan, yearAt } from './plan.service.ts';
import { saveProfilePart } from './profile.service.ts';
import { submitPage } from './submit.page.ts';
import { VersionConflict } from './versionConflict.ts';

const PartParams = z.object({ part: z.enum(WRITTEN_KEYS) });
const Tick = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');
const Version = z.coerce.number().int().min(0).max(1_000_000).default(0);
const PartForm = z.strictObject({
  text: typedText().max(20_000).default(''),
  finished: Tick,
  _version: Version,
  /** From the two-versions page: whose words stay. */
  keep: z.enum(['mine', 'theirs']).optional(),
});
/** What was typed, as far as it can be shown again. */
const TypedPart = z.object({ text: z.string().catch(''), finished: Tick.catch(false) });
const CommentForm = z.strictObject({ section: z.enum(WRITTEN_KEYS), comment: typedText().max(20_000) });
/** What was typed into a refused comment, and under which part. */
const TypedComment = z.object({
  section: z.enum(WRITTEN_KEYS).catch('strengths'),
  comment: z.string().catch(''),
});
const Nothing = z.strictObject({});

/** The student's own plan: home, one page a part, check and send. */
export function planRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.plan,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: async ({ viewer, now, res }) => {
        const facts = await homeOf(viewer, now);
        const { zone, planName } = await settingsOf(viewer.institution);
        page(res, 'plans/home', homePage(wordsOf(res), facts, { ...viewer, planName, zone, now }));
      },
    }),
    route({
      method: 'get',
      path: paths.profilePart(':part'),
      who: { of: 'self', as: 'student' },
      changes: [],
      params: PartParams,
      handle: (call) => showPart(call, call.params.part),
    }),
    route({
      method: 'post',
      path: paths.profilePart(':part'),
      who: { of: 'self', as: 'student' },
      changes: ['profile.changed', 'plan.begun'],
      params: PartParams,
      form: PartForm,
      handle: (call) => savePart(call),
      onInvalid: (call, problem, typed) =>
        showPart(call, call.params.part, {
          problems: problem.fields,
          typed: TypedPart.parse(typed),
        }),
    }),
    route({
      method: 'post',
      path: paths.reply,
      who: { of: 'self', as: 'student' },
      changes: ['comment.added'],
      form: CommentForm,
      handle: async ({ viewer, form, now, res }) => {
        const comment = { section: form.section, text: form.comment, visibility: 'plan' } as const;
        await addComment(actorOf(viewer, 'student'), viewer.person, comment, now);
        seeOther(res, `${paths.profilePart(form.section)}#comments`);
      },
      onInvalid: (call, problem, typed) => {
        const { section, comment } = TypedComment.parse(typed);
        // The service names the problem after its own field; the form's is `comment`.
        const problems = problem.fields.map(({ message }) => ({ field: 'comment', message }));
        return showPart(call, section, { problems, comment });
      },
    }),
    route({
      method: 'get',
      path: paths.submitPlan,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: (call) => showSubmit(call),
    }),
    route({
      method: 'post',
      path: paths.submitPlan,
      who: { of: 'self', as: 'student' },
      changes: ['plan.submitted'],
      form: Nothing,
      handle: async ({ viewer, now, res }) => {
        await submitPlan(actorOf(viewer, 'student'), viewer.person, now);
        seeOther(res, paths.plan);
      },
      onInvalid: (call, problem) => showSubmit(call, problem.fields),
    }),
    route({
      method: 'post',
      path: paths.withdrawPlan,
      who: { of: 'self', as: 'student' },
      changes: ['plan.withdrawn'],
      form: Nothing,
      handle: async ({ viewer, now, res }) => {
        await withdrawPlan(actorOf(viewer, 'student'), viewer.person, now);
        seeOther(res, paths.plan);
      },
    }),
  ];
}

/** The plan was made at the student's first launch. @throws NotFound for people who have none, such as staff. */
async function homeOf(viewer: Viewer, now: Date): Promise<HomeFacts> {
  const { institution, person, testUser } = viewer;
  const year = await yearAt(institution, now);
  const found = testUser ? await sandboxOf(viewer, now) : await findHome(institution, person);
  if (!found) throw new NotFound(`plan of ${person}`);
  return { ...found, year, framework: await frameworkOf(found.plan) };
}

/** What Canvas's Student View looks at: a plan with nothing around it. */
async function sandboxOf(viewer: Viewer, now: Date): Promise<Around> {
  return { plan: await ownPlan(viewer, now), tasks: [], comments: [], courses: [], staff: [], events: [] };
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showPart(
  { viewer, now, res }: Shown,
  key: ProfileKey,
  after: Partial<Parameters<typeof partPage>[1]> = {},
): Promise<void> {
  const plan = await ownPlan(viewer, now);
  const comments = viewer.testUser ? [] : await listCommentsFor(actorOf(viewer, 'student'), viewer.person);
  const names = await namesOf(
    viewer.institution,
    comments.map(({ author }) => author),
  );
  const facts = { plan, key, comments, names, viewer: viewer.person, now, ...after };
  page(res, 'plans/part', partPage(wordsOf(res), facts), { status: after.problems ? 422 : 200 });
}

async function savePart(call: Call<typeof PartParams, z.ZodType, typeof PartForm>): Promise<void> {
  const { viewer, params, form, isAutosave, ifMatch, now, res } = call;
  if (form.keep === 'theirs') return seeOther(res, paths.profilePart(params.part));
  const version = isAutosave ? (ifMatch ?? form._version) : form._version;
  const words = { text: form.text.trim(), finished: form.finished };
  const actor = actorOf(viewer, 'student');
  try {
    const plan = await saveProfilePart(actor, viewer.person, params.part, words, version, now);
    if (isAutosave) answerSaved(res, plan.profile[params.part].version, now);
    else seeOther(res, paths.plan);
  } catch (error) {
    if (!(error instanceof VersionConflict) || isAutosave) throw error;
    showTwoVersions(res, {
      name: wordsOf(res).t(`plans.part.${params.part}`),
      path: paths.profilePart(params.part),
      fields: {
        text: form.text,
        _version: String(error.stored.version),
        ...(form.finished ? { finished: '1' } : {}),
      },
      mine: error.yours['text'] ?? '',
      theirs: error.stored.words['text'] ?? '',
      theirsAt: error.stored.at,
      now,
    });
  }
}

async function showSubmit(
  { viewer, now, res }: Shown,
  problems: readonly FieldError[] | null = null,
): Promise<void> {
  const { plan, staff } = await homeOf(viewer, now);
  const words = wordsOf(res);
  const advisor = staff.find((one) => one.advisor && one.name)?.name ?? words.t('home.anAdvisor');
  const parts = viewer.testUser ? [] : await readParts(plan, words);
  const facts = { plan, parts, advisor, ...(problems ? { problems } : {}) };
  page(res, 'plans/submit', submitPage(words, facts), { status: problems ? 422 : 200 });
}
