import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { addComment } from '../plans/comment.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import { say } from '../plans/say.ts';
import type { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { goalEditPage } from './goal.page.ts';
import { closeGoal, dropGoal, type Outcome } from './goal.service.ts';
import { goalIn } from './goalChange.ts';
import { goalFactsOf } from './goalFacts.service.ts';
import { readValue } from './goalRead.ts';
import { goalShowPage, opensToWrite } from './goalShow.page.ts';
import type { TrackProblem } from './goalTrackForms.page.ts';
import { replaceGoal } from './goalReplace.service.ts';
import { checkIn, tickStep } from './step.service.ts';
import { LIMITS, type Goal, type GoalStatus } from './goal.ts';

const GoalParams = z.object({ goal: Id });
const StepParams = z.object({ goal: Id, step: Id });
const TickForm = z.strictObject({ done: z.enum(['0', '1']) });
const words = typedText().max(20_000).default('');
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
const ReplaceForm = z.strictObject({ changeWhy: words, next: words });
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
      changes: ['goal.stepTicked', 'goal.stepUnticked', 'goal.started'],
      params: StepParams,
      query: TickQuery,
      form: TickForm,
      handle: async ({ viewer, params, query, form, now, res }) => {
        const tick = { step: params.step, done: form.done === '1' };
        await tickStep(actorOf(viewer, 'student'), viewer.person, params.goal, tick, now);
        const step = `${paths.goal(params.goal)}#s-${params.step}-tick`;
        seeOther(res, query.from === 'plan' ? paths.plan : step);
      },
    }),
    trackForm('update', {
      path: paths.goalCheckIns(':goal'),
      changes: ['goal.checkedIn', 'goal.started'],
      form: CheckInForm,
      save: async ({ form, now }, actor, { id }) => {
        const said = { text: form.text, value: readValue(form.value) };
        await checkIn(actor, actor.person, id, said, now);
        return `${paths.goal(id)}#check-ins`;
      },
    }),
    trackForm('close', {
      path: paths.closeGoal(':goal'),
      changes: ['goal.achieved', 'goal.achievedPartly', 'goal.missed'],
      form: CloseForm,
      save: async ({ form, now }, actor, { id, status }) => {
        if (status !== ENDED[form.outcome]) await closeGoal(actor, actor.person, id, form, now);
        return paths.goal(id);
      },
    }),
    trackForm('drop', {
      path: paths.dropGoal(':goal'),
      changes: ['goal.dropped', 'plan.begun', 'plan.amended'],
      form: DropForm,
      save: async ({ form, now }, actor, { id, status }) => {
        if (status !== 'dropped') await dropGoal(actor, actor.person, id, form.reason, now);
        return paths.goals;
      },
    }),
    trackForm('replace', {
      path: paths.replaceGoal(':goal'),
      changes: ['goal.replaced', 'goal.proposed', 'plan.begun', 'plan.amended'],
      form: ReplaceForm,
      save: async ({ form, now }, actor, { id }) => {
        const said = { reason: form.changeWhy, statement: form.next };
        const { goal } = await replaceGoal(actor, actor.person, id, said, now);
        return paths.goal(goal.id);
      },
    }),
    trackForm('comment', {
      path: paths.goalComments(':goal'),
      changes: ['comment.added'],
      form: CommentForm,
      save: async ({ form, now }, actor, { id }) => {
        const comment = { section: `goal:${id}`, text: form.comment, visibility: 'plan' } as const;
        await addComment(actor, actor.person, comment, now);
        return `${paths.goal(id)}#comments`;
      },
    }),
  ];
}

/** A form on the student's own goal. `save` says where it leads; a refused one is shown again with what was typed. */
function trackForm<F extends z.ZodType>(
  name: TrackProblem['form'],
  {
    save,
    ...declared
  }: Pick<Declaration, 'path' | 'changes'> & {
    form: F;
    save: (call: Call<typeof GoalParams, z.ZodType, F>, actor: Actor, before: Goal) => Promise<string>;
  },
): Declaration {
  return route({
    ...declared,
    method: 'post',
    who: { of: 'self', as: 'student' },
    params: GoalParams,
    handle: async (call) => {
      const { viewer, params, res } = call;
      const before = goalIn(await getPlan(viewer.institution, viewer.person), params.goal);
      seeOther(res, await save(call, actorOf(viewer, 'student'), before));
    },
    onInvalid: (call, problem, typed) => showProblem(call, name, problem, typed),
  });
}

/** Said twice is said once: a goal that already ended so is left as it is. */
const ENDED = {
  achieve: 'achieved',
  achievePartly: 'partly',
  miss: 'not_achieved',
} as const satisfies Record<Outcome, GoalStatus>;

type TrackCall = Pick<Call<typeof GoalParams>, 'viewer' | 'params' | 'now' | 'res'>;

/** The service names a problem after its own field, the page after the form's. */
async function showProblem(
  { viewer, params, now, res }: TrackCall,
  form: TrackProblem['form'],
  { fields }: Invalid,
  typed: Record<string, unknown>,
): Promise<void> {
  const facts = await goalFactsOf(viewer, params.goal, now);
  const mine = fields.map((one) => ({ ...one, field: inputOf(form, one.field) }));
  const track: TrackProblem = { form, fields: mine, typed: textsIn(typed) };
  const told = wordsOf(res);
  if (opensToWrite(facts, false))
    page(res, 'goals/edit', goalEditPage(told, facts, { track }), { status: 422 });
  else page(res, 'goals/show', goalShowPage(told, facts, track), { status: 422 });
}

/** Two forms of a page may not have fields of one name. */
function inputOf(form: TrackProblem['form'], field: string): string {
  if (form === 'comment') return 'comment';
  if (form !== 'replace') return field;
  return field === 'reason' ? 'changeWhy' : field === 'statement' ? 'next' : field;
}

function textsIn(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}
