import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { Invalid } from '../shared/errors.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { emptyForm } from './goalForm.ts';
import { createGoal } from './goal.service.ts';
import { goalEditRoutes } from './goalEdit.routes.ts';
import { planFactsOf } from './goalFacts.service.ts';
import { goalListPage, newGoalPage, type TypedNew } from './goalList.page.ts';
import { goalTrackRoutes } from './goalTrack.routes.ts';
import { GOAL_KINDS } from './goal.ts';
import { say } from '../plans/say.ts';

const NewGoal = z.strictObject({
  kind: z.enum(GOAL_KINDS, { error: () => say('goals.error.kind') }),
  statement: z
    .string()
    .max(20_000)
    .trim()
    .min(1, { error: () => say('goals.error.statement') }),
});

/** The student's own goals: list, a new one, and the pages of each (goalEdit, goalTrack). */
export function goalRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.goals,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: async ({ viewer, now, res }) =>
        page(res, 'goals/list', goalListPage(wordsOf(res), await planFactsOf(viewer, now))),
    }),
    route({
      method: 'get',
      path: paths.newGoal,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: (call) => showNew(call),
    }),
    route({
      method: 'post',
      path: paths.goals,
      who: { of: 'self', as: 'student' },
      changes: ['goal.proposed', 'plan.begun', 'plan.amended'],
      form: NewGoal,
      handle: async ({ viewer, form, now, res }) => {
        const words = { ...emptyForm(form.kind), statement: form.statement.replaceAll(/\s+/g, ' ') };
        const { goal } = await createGoal(actorOf(viewer, 'student'), viewer.person, words, now);
        seeOther(res, paths.goal(goal.id));
      },
      onInvalid: (call, problem, typed) => showNew(call, problem, typed),
    }),
    ...goalEditRoutes(),
    ...goalTrackRoutes(),
  ];
}

const TypedForm = z.object({
  kind: z.enum(GOAL_KINDS).nullable().catch(null),
  statement: z.string().catch(''),
}) satisfies z.ZodType<TypedNew>;

async function showNew(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  problem?: Invalid,
  typed: Record<string, unknown> = {},
): Promise<void> {
  const facts = await planFactsOf(viewer, now);
  const after = problem ? { problems: problem.fields, typed: TypedForm.parse(typed) } : {};
  page(res, 'goals/new', newGoalPage(wordsOf(res), facts, after), { status: problem ? 422 : 200 });
}
