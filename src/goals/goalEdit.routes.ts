import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { getPlan } from '../plans/plan.service.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { answerSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { goalEditPage, type GoalEditing } from './goal.page.ts';
import { changeGoal, type SavedGoal } from './goal.service.ts';
import { goalIn } from './goalChange.ts';
import { goalFactsOf } from './goalFacts.service.ts';
import { textsOf, type GoalForm } from './goalForm.ts';
import { GoalPost, inputsOf, type RowList } from './goalPost.ts';
import { readGoal, settled, storedFor } from './goalRead.ts';
import { goalShowPage, opensToWrite } from './goalShow.page.ts';
import { LIMITS, type Goal } from './goal.ts';
import { differingWords } from './goalVersions.ts';

const GoalParams = z.object({ goal: Id });
const GoalQuery = z.object({
  edit: z.literal('1').optional().catch(undefined),
  blank: z.enum(['steps', 'supports']).optional().catch(undefined),
});

/** One goal: to write where the plan may be edited, else to read and work on. */
export function goalEditRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.goal(':goal'),
      who: { of: 'self', as: 'student' },
      changes: [],
      params: GoalParams,
      query: GoalQuery,
      handle: (call) => showGoal(call, call.params.goal, call.query),
    }),
    route({
      method: 'post',
      path: paths.goal(':goal'),
      who: { of: 'self', as: 'student' },
      changes: ['goal.changed', 'plan.begun', 'plan.amended'],
      params: GoalParams,
      form: GoalPost,
      handle: (call) => saveGoal(call),
      onInvalid: (call, problem, typed) => showAgain(call, call.params.goal, problem, typed),
    }),
  ];
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showGoal(
  { viewer, now, res }: Shown,
  id: string,
  { edit, blank }: z.output<typeof GoalQuery>,
): Promise<void> {
  const facts = await goalFactsOf(viewer, id, now);
  const words = wordsOf(res);
  if (opensToWrite(facts, edit === '1'))
    page(res, 'goals/edit', goalEditPage(words, facts, { blank: blank ?? null }));
  else page(res, 'goals/show', goalShowPage(words, facts));
}

type Post = z.output<typeof GoalPost>;
type SaveCall = Call<typeof GoalParams, z.ZodType, typeof GoalPost>;

async function saveGoal(call: SaveCall): Promise<void> {
  const { viewer, params, form, isAutosave, ifMatch, res, now } = call;
  if (form.keep === 'theirs') return seeOther(res, paths.goal(params.goal));
  const before = goalIn(await getPlan(viewer.institution, viewer.person), params.goal);
  const post = { ...form, version: isAutosave ? (ifMatch ?? form.version) : form.version };
  try {
    const { goal } = await saveOrKeep(call, post, before);
    if (isAutosave) answerSaved(res, goal.version, now);
    else seeOther(res, nextPlace(goal, post));
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    await answerConflict(call, error);
  }
}

/**
 * Saves what was typed. A goal that is said to be finished and is not is kept as a draft, so that no word is
 * lost; the person who pressed Save is told what is missing.
 */
async function saveOrKeep(
  { viewer, isAutosave, now }: SaveCall,
  post: Post,
  before: Goal,
): Promise<SavedGoal> {
  const reading = isAutosave || post.button.kind !== 'save' ? 'draft' : 'whole';
  const form = readGoal(post, before, reading);
  const actor = actorOf(viewer, 'student');
  const save = (words: GoalForm): Promise<SavedGoal> =>
    changeGoal(actor, viewer.person, before.id, { form: words, version: post.version }, now);
  try {
    return await save(form);
  } catch (error) {
    if (!(error instanceof Invalid) || !form.finished) throw error;
    const draft = await save({ ...form, finished: false });
    if (reading === 'draft') return draft;
    throw error;
  }
}

/** After a row button: the same form, at that row. After Save: the goal while it runs, else the plan. */
function nextPlace(goal: Goal, { button }: Post): string {
  const form = `${paths.goal(goal.id)}?edit=1`;
  const last = goal.steps.length - 1;
  switch (button.kind) {
    case 'save':
      return goal.status === 'proposed' ? paths.plan : paths.goal(goal.id);
    case 'add': {
      const { list } = button;
      return `${form}&blank=${list}#${firstCell(list, Math.min(goal[list].length, LIMITS[list] - 1))}`;
    }
    case 'remove':
      return `${form}#${firstCell(button.list, Math.max(button.row - 1, 0))}`;
    case 'up':
      return `${form}#${button.row > 1 ? `up.${button.row - 1}` : 'down.0'}`;
    case 'down':
      return `${form}#${button.row + 1 < last ? `down.${button.row + 1}` : `up.${last}`}`;
  }
}

/** The id of a row's first cell. */
function firstCell(list: RowList, row: number): string {
  return `${list}.${row}.${list === 'steps' ? 'title' : 'what'}`;
}

/** Another tab or person saved first: autosave puts both together; a pressed button shows both texts. */
async function answerConflict(call: SaveCall, error: VersionConflict): Promise<void> {
  const { viewer, params, form, isAutosave, now, res } = call;
  const stored = goalIn(await getPlan(viewer.institution, viewer.person), params.goal);
  if (isAutosave) {
    const fields = storedFor(form, stored);
    return void res.status(412).json({ version: stored.version, fields, message: error.message });
  }
  const words = wordsOf(res);
  showTwoVersions(res, {
    name: words.t('goals.two.name'),
    path: paths.goal(params.goal),
    fields: {
      ...inputsOf(form.typed),
      _version: String(stored.version),
      ...(form.typed.finished ? { finished: '1' } : {}),
    },
    ...differingWords(words, error.yours, textsOf(stored)),
    theirsAt: stored.changedAt,
    now,
  });
}

async function showAgain(
  { viewer, now, res }: Shown,
  id: string,
  problem: Invalid,
  body: Record<string, unknown>,
): Promise<void> {
  const { _csrf: _token, _key: _once, ...rest } = body;
  const parsed = GoalPost.safeParse(rest);
  if (!parsed.success) throw problem;
  const facts = await goalFactsOf(viewer, id, now);
  const editing: GoalEditing = { typed: settled(parsed.data, facts.goal), problems: problem.fields };
  page(res, 'goals/edit', goalEditPage(wordsOf(res), facts, editing), { status: 422 });
}
