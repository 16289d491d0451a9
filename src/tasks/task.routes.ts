import { z } from 'zod';
import { getCourse } from '../courses/course.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { activePlatform } from '../lti/known.service.ts';
import { lmsNameOf } from '../lti/lmsName.ts';
import { actorOf } from '../people/actorOf.ts';
import { findPeople } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Chrome } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { twoVersionsPage } from '../shared/system.page.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { getLink } from './link.service.ts';
import { LONGEST_ANSWER, type Task } from './task.ts';
import { taskPage, type TaskFacts, type TaskTyped } from './task.page.ts';
import { getTask, handIn, openTask, saveTaskDraft, withdrawHandIn } from './task.service.ts';
import { answersFrom, saysTheSame, type AnswerForm } from './taskAnswers.ts';
import { ownerOfTask } from './taskOwner.service.ts';
import { getTemplate, listTemplates } from './template.ts';

const TaskParams = z.object({ task: Id });
/** What has just been done, for the line at the top. */
const TaskQuery = z.object({ done: z.enum(['later', 'handedIn', 'takenBack']).optional().catch(undefined) });

const answer = z
  .string()
  .max(2 * LONGEST_ANSWER)
  .transform((text) => text.replaceAll('\r\n', '\n'))
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
      changes: ['task.opened', 'task.saved', 'task.submitted'],
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
  const version = isAutosave ? (ifMatch ?? form.version) : form.version;
  try {
    await begun(call);
    const actor = actorOf(viewer, 'student');
    const task = await saveTaskDraft(actor, params.task, form.answers, version, now);
    if (isAutosave) res.json({ version: task.version, savedAt: now.toISOString() });
    else seeOther(res, `${paths.task(task.id)}${form.keep ? '' : '?done=later'}`);
  } catch (error) {
    if (!(error instanceof VersionConflict) || isAutosave) throw error;
    showTwoVersions(call, error);
  }
}

/** Hands in; the same words sent a second time are handed in already. Refused words are kept as a draft. */
async function send(call: PostCall): Promise<void> {
  const { viewer, params, form, now, res } = call;
  const actor = actorOf(viewer, 'student');
  const before = await begun(call);
  try {
    if (!isHandedIn(before, form.answers)) await handIn(actor, params.task, form.answers, form.version, now);
    seeOther(res, `${paths.task(params.task)}?done=handedIn`);
  } catch (error) {
    if (error instanceof VersionConflict) return showTwoVersions(call, error);
    if (error instanceof Invalid) await saveTaskDraft(actor, params.task, form.answers, form.version, now);
    throw error;
  }
}

function isHandedIn(task: Task, answers: AnswerForm): boolean {
  const sent = task.state === 'submitted' || task.state === 'verified';
  return sent && saysTheSame(task, answersFrom(answers, getTemplate(task.template)));
}

/** A task that staff made for the student, and that is written in before it was ever opened. */
async function begun({ viewer, params, now }: Pick<PostCall, 'viewer' | 'params' | 'now'>): Promise<Task> {
  const actor = actorOf(viewer, 'student');
  const task = await getTask(actor, params.task);
  return task.state === 'assigned' ? openTask(actor, task.link, now) : task;
}

function showTwoVersions({ params, form, res, now }: PostCall, { stored, yours }: VersionConflict): void {
  const words = wordsOf(res);
  const parts = Object.keys(yours).filter((key) => (yours[key] ?? '') !== (stored.words[key] ?? ''));
  const told = (version: Record<string, string>): string =>
    parts.map((key) => version[key] ?? '').join('\n\n');
  const fields = { ...form.answers, _version: String(stored.version) };
  const model = twoVersionsPage(words, {
    name: words.t('tasks.two.name'),
    form: {
      action: paths.task(params.task),
      fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    },
    mine: told(yours),
    theirs: told(stored.words),
    theirsAt: stored.at && words.fmt.moment(stored.at, now),
    back: paths.task(params.task),
  });
  standAlone(res, null);
  page(res, 'system/twoVersions', model, { status: 409 });
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
  standAlone(res, done && words.t(DONE[done]));
  page(res, 'tasks/show', taskPage(words, facts, after), { status: after ? 422 : 200 });
}

async function showAgain(call: Shown, problem: Invalid, body: Record<string, unknown>): Promise<void> {
  const { _csrf: _token, _key: _once, ...rest } = body;
  const parsed = AnswerPost.safeParse(rest);
  if (!parsed.success) throw problem;
  await showTask(call, { after: { typed: parsed.data.answers, problems: problem.fields } });
}

/** Only this task: no way to other pages but the one back to the course. */
function standAlone(res: Call['res'], saved: string | null): void {
  res.locals['chrome'] = { ...(res.locals['chrome'] as Chrome), nav: [], home: null, saved };
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
  const people = [link.createdBy, task.decidedBy ?? '', ...task.history.map(({ by }) => by)];
  const [course, { zone }, found] = await Promise.all([
    getCourse(institution, task.course),
    settingsOf(institution),
    findPeople(institution, [...new Set(people)].filter(Boolean)),
  ]);
  const family = (await activePlatform(course.platform, now))?.family ?? null;
  return {
    task,
    link,
    zone,
    now,
    template: getTemplate(task.template),
    course: course.title,
    names: new Map(found.map((person) => [person.id, person.name])),
    lms: { name: t(lmsNameOf(family)), showsHandIn: family === 'canvas' },
  };
}
