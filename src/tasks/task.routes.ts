import { z } from 'zod';
import { getCourse } from '../courses/course.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { activePlatform } from '../lti/known.service.ts';
import { lmsNameOf } from '../lti/lmsName.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { differingTexts } from '../shared/differing.ts';
import { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Chrome } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { answerSaved, tellSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { getLink } from './link.service.ts';
import { LONGEST_ANSWER, type Task } from './task.ts';
import { proofOf } from './proof.service.ts';
import { taskPage, type TaskFacts, type TaskTyped } from './task.page.ts';
import { choiceOf, getTask, handIn, openTask, saveTaskDraft, withdrawHandIn } from './task.service.ts';
import { answersFrom, saysTheSame, type AnswerForm } from './taskAnswers.ts';
import { ownerOfTask } from './taskOwner.service.ts';
import { getTemplate, listTemplates } from './template.ts';

const TaskParams = z.object({ task: Id });
/** What has just been done, for the line at the top. */
const TaskQuery = z.object({ done: z.enum(['later', 'handedIn', 'takenBack']).optional().catch(undefined) });

const answer = typedText()
  .max(2 * LONGEST_ANSWER)
  .optional();
const KEYS = new Set(listTemplates().flatMap(({ questions }) => questions.map(({ key }) => key)));

/** Every question there is; the service keeps those of the task's template. */
const AnswerPost = z
  .strictObject({
    ...Object.fromEntries([...KEYS].map((key) => [key, answer])),
    _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
    /** From the two-versions page: whose words stay. */
    keep: z.enum(['mine', 'theirs']).optional(),
  })
  .transform(({ _version, keep, ...answers }) => ({
    version: _version,
    keep: keep ?? null,
    answers: definedIn(answers),
  }));

function definedIn(answers: Record<string, string | undefined>): AnswerForm {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])),
  );
}

const ofTask = {
  who: { of: 'student', param: 'task', relations: ['self'], administrator: false },
  owner: ownerOfTask,
  params: TaskParams,
} as const;

/** One task of a student, as an LMS assignment opens it. */
export function taskRoutes(): Declaration[] {
  return [
    route({
      ...ofTask,
      method: 'get',
      path: paths.task(':task'),
      changes: [],
      query: TaskQuery,
      handle: (call) => showTask(call, { done: call.query.done ?? null }),
    }),
    route({
      ...ofTask,
      method: 'post',
      path: paths.task(':task'),
      changes: ['task.opened', 'task.saved'],
      form: AnswerPost,
      handle: (call) => save(call),
      onInvalid: (call, problem, typed) => showAgain(call, problem, typed),
    }),
    route({
      ...ofTask,
      method: 'post',
      path: paths.handIn(':task'),
      changes: ['task.opened', 'task.saved', 'task.submitted', 'task.verified'],
      form: AnswerPost,
      handle: (call) => send(call),
      onInvalid: (call, problem, typed) => showAgain(call, problem, typed),
    }),
    route({
      ...ofTask,
      method: 'post',
      path: paths.takeBack(':task'),
      changes: ['task.withdrawn'],
      form: z.strictObject({}),
      handle: async ({ viewer, params, now, res }) => {
        const actor = actorOf(viewer, 'student');
        const { state } = await getTask(actor, params.task);
        // Taken back a moment ago, by a second press: there is nothing left to do.
        if (state !== 'in_progress') await withdrawHandIn(actor, params.task, now);
        seeOther(res, `${paths.task(params.task)}?done=takenBack`);
      },
    }),
  ];
}

type PostCall = Call<typeof TaskParams, z.ZodType, typeof AnswerPost>;
type Shown = Pick<Call<typeof TaskParams>, 'viewer' | 'params' | 'now' | 'res'>;

async function save(call: PostCall): Promise<void> {
  const { viewer, params, form, isAutosave, ifMatch, now, res } = call;
  if (form.keep === 'theirs') return seeOther(res, paths.task(params.task));
  const seen = isAutosave ? (ifMatch ?? form.version) : form.version;
  try {
    const { version } = await begun(call, seen);
    const actor = actorOf(viewer, 'student');
    const task = await saveTaskDraft(actor, params.task, form.answers, version, now);
    if (isAutosave) answerSaved(res, task.version, now);
    else seeOther(res, `${paths.task(task.id)}${form.keep ? '' : '?done=later'}`);
  } catch (error) {
    if (!(error instanceof VersionConflict) || isAutosave) throw error;
    await showBoth(call, error);
  }
}

/** Hands in; the same words sent a second time are handed in already. Refused words are kept as a draft. */
async function send(call: PostCall): Promise<void> {
  const { viewer, params, form, now, res } = call;
  const actor = actorOf(viewer, 'student');
  const { task: before, version } = await begun(call, form.version);
  try {
    if (!isHandedIn(before, form.answers)) await handIn(actor, params.task, form.answers, version, now);
    seeOther(res, `${paths.task(params.task)}?done=handedIn`);
  } catch (error) {
    if (error instanceof VersionConflict) return showBoth(call, error);
    if (error instanceof Invalid) await saveTaskDraft(actor, params.task, form.answers, version, now);
    throw error;
  }
}

function isHandedIn(task: Task, answers: AnswerForm): boolean {
  const sent = task.state === 'submitted' || task.state === 'verified';
  return sent && saysTheSame(task, answersFrom(answers, getTemplate(task.template)));
}

/**
 * A task that staff made for the student, and that is written in before it was ever opened: opening it raises its
 * version, which is no other writer's doing.
 * @returns the task, and the version that the writer's words are based on
 */
async function begun(
  { viewer, params, now }: Pick<PostCall, 'viewer' | 'params' | 'now'>,
  version: number,
): Promise<{ task: Task; version: number }> {
  const actor = actorOf(viewer, 'student');
  const task = await getTask(actor, params.task);
  if (task.state !== 'assigned') return { task, version };
  const open = await openTask(actor, task.link, now);
  return { task: open, version: version === task.version ? open.version : version };
}

async function showBoth(call: PostCall, { stored, yours }: VersionConflict): Promise<void> {
  const { viewer, params, form, res, now } = call;
  const words = wordsOf(res);
  const { template } = await getTask(actorOf(viewer, 'student'), params.task);
  const labels = Object.fromEntries(
    getTemplate(template).questions.map(({ key, label }) => [key, words.t(label)]),
  );
  standAlone(res, null);
  showTwoVersions(res, {
    name: words.t('tasks.two.name'),
    path: paths.task(params.task),
    fields: { ...form.answers, _version: String(stored.version) },
    ...differingTexts(words, labels, yours, stored.words),
    theirsAt: stored.at,
    now,
  });
}

const DONE = {
  later: 'tasks.saved.later',
  handedIn: 'tasks.saved.handedIn',
  takenBack: 'tasks.saved.takenBack',
} as const;

async function showTask(
  { viewer, params, now, res }: Shown,
  { done = null, after = null }: { done?: keyof typeof DONE | null; after?: TaskTyped | null },
): Promise<void> {
  const words = wordsOf(res);
  const facts = await factsOf(viewer, params.task, now, words.t);
  if (facts.link.place === 'lms') standAlone(res, done && words.t(DONE[done]));
  else if (done) tellSaved(res, words.t(DONE[done]));
  page(res, 'tasks/show', taskPage(words, facts, after), { status: after ? 422 : 200 });
}

async function showAgain(call: Shown, problem: Invalid, body: Record<string, unknown>): Promise<void> {
  const { _csrf: _token, _key: _once, ...rest } = body;
  const parsed = AnswerPost.safeParse(rest);
  if (!parsed.success) throw problem;
  await showTask(call, { after: { typed: parsed.data.answers, problems: problem.fields } });
}

/** Only this task, and the ways to the plan and back to the course. */
function standAlone(res: Call['res'], saved: string | null): void {
  const plan = { href: paths.plan, label: wordsOf(res).t('tasks.page.plan'), icon: 'plan', current: false };
  res.locals['chrome'] = { ...(res.locals['chrome'] as Chrome), nav: [plan], home: null, saved };
}

async function factsOf(
  viewer: Viewer,
  id: string,
  now: Date,
  t: ReturnType<typeof wordsOf>['t'],
): Promise<TaskFacts> {
  const { institution } = viewer;
  const task = await getTask(actorOf(viewer, 'student'), id);
  const link = await getLink(institution, task.link);
  const people = task.history.map(({ by }) => by).filter((by) => by !== 'system');
  const [course, { zone }, names, proof, choice] = await Promise.all([
    getCourse(institution, task.course),
    settingsOf(institution),
    namesOf(institution, [link.createdBy, task.decidedBy, ...people]),
    proofOf(task, now),
    choiceOf(link, task.person),
  ]);
  const family = (await activePlatform(course.platform, now))?.family ?? null;
  return {
    task,
    link,
    zone,
    now,
    template: getTemplate(task.template),
    course: course.title,
    names,
    proof,
    choice,
    lms: { name: t(lmsNameOf(family)), showsHandIn: family === 'canvas' },
  };
}
