import { z } from 'zod';
import { oneLine, OptionalDay } from '../experiences/experienceForm.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { actorOf } from '../people/actorOf.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { emptyAfter, LIMITS } from './after.ts';
import { afterOf } from './after.service.ts';
import { aidPage, type AidProblem } from './aid.page.ts';
import { addAid, answerAid, dateAid, removeAid } from './aid.service.ts';
import { AID_ANSWERS, AID_KEYS } from './aid.ts';
import { textIn } from './typed.ts';

const SELF = { of: 'self', as: 'student' } as const;
const Params = z.object({ aidStep: z.union([z.enum(AID_KEYS), Id]) });
const NewStep = z.strictObject({ title: oneLine(LIMITS.line), due: OptionalDay });
const Answer = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(AID_ANSWERS) }),
  z.strictObject({ do: z.literal('remove') }),
  z.strictObject({ do: z.literal('date'), due: OptionalDay }),
]);

/** The student's financial-aid list. */
export function aidRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.financialAid,
      who: SELF,
      changes: [],
      handle: (call) => show(call),
    }),
    route({
      method: 'post',
      path: paths.financialAid,
      who: SELF,
      changes: ['aid.added'],
      form: NewStep,
      handle: async ({ viewer, form, now, res }) => {
        await addAid(actorOf(viewer, 'student'), form, now);
        seeOther(res, `${paths.financialAid}#own`);
      },
      onInvalid: (call, { fields }, body) => show(call, { step: null, fields, typed: typedIn(body) }),
    }),
    route({
      method: 'post',
      path: paths.aidStep(':aidStep'),
      who: SELF,
      changes: ['aid.answered', 'aid.dated', 'aid.removed'],
      params: Params,
      form: Answer,
      handle: async ({ viewer, params, form, now, res }) => {
        const actor = actorOf(viewer, 'student');
        if (form.do === 'remove') await removeAid(actor, params.aidStep, now);
        else if (form.do === 'date') await dateAid(actor, params.aidStep, form.due, now);
        else await answerAid(actor, params.aidStep, form.do, now);
        seeOther(res, `${paths.financialAid}#aid-${params.aidStep}`);
      },
      onInvalid: (call, { fields }, body) =>
        show(call, { step: call.params.aidStep, fields, typed: typedIn(body) }),
    }),
  ];
}

async function show(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  problem: AidProblem | null = null,
): Promise<void> {
  const { institution, person, testUser } = viewer;
  const after = testUser ? emptyAfter(institution, person) : await afterOf(institution, person);
  const today = schoolDay(now, (await settingsOf(institution)).zone);
  page(res, 'after/aid', aidPage(wordsOf(res), { after, today }, problem), { status: problem ? 422 : 200 });
}

function typedIn(body: Record<string, unknown>): AidProblem['typed'] {
  return { title: textIn(body, 'title'), due: textIn(body, 'due') };
}
