import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import { getPerson } from '../people/person.service.ts';
import { getPlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { CONFIRMED_BY, LIMITS } from './experience.ts';
import { longText } from './experienceForm.ts';
import { confirmExperience, returnExperience } from './confirmation.service.ts';
import { experiencesOf, noActivityOf } from './experience.service.ts';
import { staffExperiencesPage, type StaffProblem } from './experienceStaff.page.ts';

const READERS = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;
const ADVISORS = { of: 'student', param: 'person', relations: ['advisor'] } as const;
const Query = z.object({ done: z.enum(['confirmed', 'returned']).nullable().catch(null).default(null) });
const Decision = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('confirm'),
    how: z.enum(CONFIRMED_BY, { error: () => say('experiences.error.how') }),
    note: longText(LIMITS.note).default(''),
  }),
  z.strictObject({ do: z.literal('return'), reason: longText(LIMITS.note) }),
]);

/** An advisor reads, confirms and gives back what a student did. */
export function experienceStaffRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.studentExperiences(':person'),
      who: READERS,
      changes: [],
      params: z.object({ person: Id }),
      query: Query,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`experiences.told.${call.query.done}`));
        await show(call);
      },
    }),
    route({
      method: 'post',
      path: paths.studentExperience(':person', ':experience'),
      who: ADVISORS,
      changes: ['experience.verified', 'experience.returned'],
      params: z.object({ person: Id, experience: Id }),
      form: Decision,
      handle: async ({ viewer, student, params, form, now, res }) => {
        const actor: Actor = actorOf(viewer, 'advisor');
        if (form.do === 'confirm') await confirmExperience(actor, student, params.experience, form, now);
        else await returnExperience(actor, student, params.experience, form.reason, now);
        const done = form.do === 'confirm' ? 'confirmed' : 'returned';
        seeOther(res, `${paths.studentExperiences(student)}?done=${done}`);
      },
      onInvalid: (call, { fields }, body) => {
        const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
        const form = text('do') === 'return' ? 'return' : 'confirm';
        const typed = { how: text('how'), note: text('note'), reason: text('reason') };
        return show(call, { experience: call.params.experience, form, fields, typed });
      },
    }),
  ];
}

type Shown = Pick<Call, 'viewer' | 'student' | 'relation' | 'res'>;

async function show(
  { viewer, student, relation, res }: Shown,
  problem: StaffProblem | null = null,
): Promise<void> {
  const { institution } = viewer;
  const [person, plan, experiences, none] = await Promise.all([
    getPerson(institution, student),
    getPlan(institution, student),
    experiencesOf(institution, student),
    noActivityOf(institution, student),
  ]);
  const names = await namesOf(
    institution,
    experiences.map(({ confirmed }) => confirmed?.by ?? null),
  );
  const mayDecide = relation === 'advisor';
  const facts = { student: { id: student, name: person.name }, plan, experiences, none, names, mayDecide };
  const model = staffExperiencesPage(wordsOf(res), facts, problem);
  page(res, 'experiences/staff', model, { status: problem ? 422 : 200 });
}
