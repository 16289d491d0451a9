import { z } from 'zod';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { findPeople } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { NotFound } from '../shared/errors.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { twoVersionsPage } from '../shared/system.page.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { addComment, listCommentsFor } from './comment.service.ts';
import { findHome } from './home.store.ts';
import type { HomeFacts } from './home.ts';
import { homePage } from './home.page.ts';
import { ownPlan } from './ownPlan.service.ts';
import { partPage } from './part.page.ts';
import { PROFILE_KEYS, type ProfileKey } from './plan.ts';
import { submitPlan, withdrawPlan } from './plan.service.ts';
import { saveProfilePart } from './profile.service.ts';
import { submitPage } from './submit.page.ts';
import { VersionConflict } from './versionConflict.ts';

const PartParams = z.object({ part: z.enum(PROFILE_KEYS) });
const Tick = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');
const Version = z.coerce.number().int().min(0).max(1_000_000).default(0);
const PartForm = z.strictObject({
  text: z.string().max(20_000).default(''),
  finished: Tick,
  _version: Version,
  /** From the two-versions page: whose words stay. */
  keep: z.enum(['mine', 'theirs']).optional(),
});
/** What was typed, as far as it can be shown again. */
const TypedPart = z.object({ text: z.string().catch(''), finished: Tick.catch(false) });
const CommentForm = z.strictObject({ section: z.enum(PROFILE_KEYS), comment: z.string().max(5_000) });
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
        await addComment(
          actorOf(viewer, 'student'),
          viewer.person,
          { section: form.section, text: form.comment, visibility: 'plan' },
          now,
        );
        seeOther(res, `${paths.profilePart(form.section)}#comments`);
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
  if (testUser)
    return { plan: await ownPlan(viewer, now), tasks: [], comments: [], courses: [], staff: [], events: [] };
  const found = await findHome(institution, person);
  if (!found) throw new NotFound(`plan of ${person}`);
  return found;
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showPart(
  { viewer, now, res }: Shown,
  key: ProfileKey,
  after: Partial<Parameters<typeof partPage>[1]> = {},
): Promise<void> {
  const plan = await ownPlan(viewer, now);
  const comments = viewer.testUser ? [] : await listCommentsFor(actorOf(viewer, 'student'), viewer.person);
  const people = await findPeople(viewer.institution, [...new Set(comments.map(({ author }) => author))]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const facts = { plan, key, comments, names, viewer: viewer.person, now, ...after };
  page(res, 'plans/part', partPage(wordsOf(res), facts), { status: after.problems ? 422 : 200 });
}

async function savePart(call: Call<typeof PartParams, z.ZodType, typeof PartForm>): Promise<void> {
  const { viewer, params, form, isAutosave, ifMatch, now, res } = call;
  if (form.keep === 'theirs') return seeOther(res, paths.profilePart(params.part));
  const version = isAutosave ? (ifMatch ?? form._version) : form._version;
  const words = { text: form.text.trim(), finished: form.finished };
  try {
    const plan = await saveProfilePart(
      actorOf(viewer, 'student'),
      viewer.person,
      params.part,
      words,
      version,
      now,
    );
    if (isAutosave) res.json({ version: plan.profile[params.part].version, savedAt: now.toISOString() });
    else seeOther(res, paths.plan);
  } catch (error) {
    if (!(error instanceof VersionConflict) || isAutosave) throw error;
    showTwoVersions(call, error);
  }
}

/** Another tab or person saved first: both texts, and the choice. */
function showTwoVersions(
  { params, form, res, now }: Call<typeof PartParams, z.ZodType, typeof PartForm>,
  { stored, yours }: VersionConflict,
): void {
  const words = wordsOf(res);
  const fields = [
    { name: 'text', value: form.text },
    { name: '_version', value: String(stored.version) },
    ...(form.finished ? [{ name: 'finished', value: '1' }] : []),
  ];
  const model = twoVersionsPage(words, {
    name: words.t(`plans.part.${params.part}`),
    form: { action: paths.profilePart(params.part), fields },
    mine: yours['text'] ?? '',
    theirs: stored.words['text'] ?? '',
    theirsAt: stored.at && words.fmt.moment(stored.at, now),
    back: paths.profilePart(params.part),
  });
  page(res, 'system/twoVersions', model, { status: 409 });
}

async function showSubmit(
  { viewer, now, res }: Shown,
  problems?: Parameters<typeof submitPage>[3],
): Promise<void> {
  const { plan, staff } = await homeOf(viewer, now);
  const words = wordsOf(res);
  const advisor = staff.find((one) => one.advisor && one.name)?.name ?? words.t('home.anAdvisor');
  page(res, 'plans/submit', submitPage(words, plan, advisor, problems), { status: problems ? 422 : 200 });
}
