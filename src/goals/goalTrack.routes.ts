import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { addComment } from '../plans/comment.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import { say } from '../plans/say.ts';
import type { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { goalEditPage } from './goal.page.ts';
import { closeGoal, dropGoal, type Outcome } from './goal.service.ts';
import { goalIn } from './goalChange.ts';
import { goalFactsOf } from './goalFacts.service.ts';
import { readValue } from './goalRead.ts';
import { goalShowPage, opensToWrite } from './goalShow.page.ts';
import type { TrackProblem } from './goalTrack.page.ts';
import { checkIn, tickStep } from './step.service.ts';
import { LIMITS, type Goal, type GoalStatus } from './goal.ts';

const GoalParams = z.object({ goal: Id });
const StepParams = z.object({ goal: Id, step: Id });
const TickForm = z.strictObject({ done: z.enum(['0', '1']) });
const words = z
  .string()
  .max(20_000)
  .default('')
  .transform((text) => text.replaceAll('\r\n', '\n'));
const CheckInForm = z.strictObject({ text: words, value: z.string().max(40).default('') });
/** Words about the end of a goal; the service trims them. */
const ending = words.refine((text) => text.length <= LIMITS.text, {
  error: () => say('goals.error.tooLong', { limit: LIMITS.text }),
});
const CloseForm = z.strictObject({
  outcome: z.enum(['achieve', 'achievePartly', 'miss'], { error: () => say('goals.error.outcome') }),
  words: ending,
});
const DropForm = z.strictObject({ reason: ending });
const CommentForm = z.strictObject({ comment: words });
/** Which page the tick stands on, to come back to it. */
const TickQuery = z.object({ from: z.enum(['plan', 'goal']).catch('goal') });

/** How a goal goes: ticks, updates, its end, comments. Ticks and updates stay possible in every state of the plan. */
export function goalTrackRoutes(): Declaration[] {
  return [
    route({
      method: 'post',
      path: paths.goalStep(':goal', ':step'),
      who: { of: 'self', as: 'student' },
      changes: ['goal.stepTicked', 'goal.stepUnticked'],
      params: StepParams,
      query: TickQuery,
      form: TickForm,
      handle: async ({ viewer, params, query, form, now, res }) => {
        const tick = { step: params.step, done: form.done === '1' };
        await tickStep(actorOf(viewer, 'student'), viewer.person, params.goal, tick, now);
        seeOther(
          res,
          query.from === 'plan' ? paths.plan : `${paths.goal(params.goal)}#s-${params.step}-tick`,
        );
      },
    }),
    route({
      method: 'post',
      path: paths.goalCheckIns(':goal'),
      who: { of: 'self', as: 'student' },
      changes: ['goal.checkedIn'],
      params: GoalParams,
      form: CheckInForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const said = { text: form.text, value: readValue(form.value) };
        await checkIn(actorOf(viewer, 'student'), viewer.person, params.goal, said, now);
        seeOther(res, `${paths.goal(params.goal)}#check-ins`);
      },
      onInvalid: (call, problem, typed) => showProblem(call, 'update', problem, typed),
    }),
    route({
      method: 'post',
      path: paths.closeGoal(':goal'),
      who: { of: 'self', as: 'student' },
      changes: ['goal.achieved', 'goal.achievedPartly', 'goal.missed'],
      params: GoalParams,
      form: CloseForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const before = await goalOf({ viewer, params });
        if (before.status !== ENDED[form.outcome])
          await closeGoal(actorOf(viewer, 'student'), viewer.person, params.goal, form, now);
        seeOther(res, paths.goal(params.goal));
      },
      onInvalid: (call, problem, typed) => showProblem(call, 'close', problem, typed),
    }),
    route({
      method: 'post',
      path: paths.dropGoal(':goal'),
      who: { of: 'self', as: 'student' },
      changes: ['goal.dropped', 'plan.begun', 'plan.amended'],
      params: GoalParams,
      form: DropForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const before = await goalOf({ viewer, params });
        if (before.status !== 'dropped')
          await dropGoal(actorOf(viewer, 'student'), viewer.person, params.goal, form.reason, now);
        seeOther(res, paths.goals);
      },
      onInvalid: (call, problem, typed) => showProblem(call, 'drop', problem, typed),
    }),
    route({
      method: 'post',
      path: paths.goalComments(':goal'),
      who: { of: 'self', as: 'student' },
      changes: ['comment.added'],
      params: GoalParams,
      form: CommentForm,
      handle: async ({ viewer, params, form, now, res }) => {
        const { id } = await goalOf({ viewer, params });
        const comment = { section: `goal:${id}`, text: form.comment, visibility: 'plan' } as const;
        await addComment(actorOf(viewer, 'student'), viewer.person, comment, now);
        seeOther(res, `${paths.goal(id)}#comments`);
      },
      onInvalid: (call, problem, typed) => showProblem(call, 'comment', problem, typed),
    }),
  ];
}

/** Said twice is said once: a goal that already ended so is left as it is. */
const ENDED = {
  achieve: 'achieved',
  achievePartly: 'partly',
  miss: 'not_achieved',
} as const satisfies Record<Outcome, GoalStatus>;

type TrackCall = Pick<Call<typeof GoalParams>, 'viewer' | 'params' | 'now' | 'res'>;

async function goalOf({ viewer, params }: Pick<TrackCall, 'viewer' | 'params'>): Promise<Goal> {
  return goalIn(await getPlan(viewer.institution, viewer.person), params.goal);
}

/** The service names a comment's problem after its own field; the form's is `comment`. */
async function showProblem(
  { viewer, params, now, res }: TrackCall,
  form: TrackProblem['form'],
  { fields }: Invalid,
  typed: Record<string, unknown>,
): Promise<void> {
  const facts = await goalFactsOf(viewer, params.goal, now);
  const mine = form === 'comment' ? fields.map((one) => ({ ...one, field: 'comment' })) : fields;
  const track: TrackProblem = { form, fields: mine, typed: textsIn(typed) };
  const model = wordsOf(res);
  if (opensToWrite(facts, false))
    page(res, 'goals/edit', goalEditPage(model, facts, { track }), { status: 422 });
  else page(res, 'goals/show', goalShowPage(model, facts, track), { status: 422 });
}

function textsIn(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}
