import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { getPerson } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { findPlan } from '../plans/plan.service.ts';
import { NotFound, type Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { shownByIn } from './shownBy.ts';
import { shownByOf } from './shownBy.service.ts';
import { isSkillKey, LEVELS, nextUnrated, SKILL_LIMITS, type SkillKey } from './skill.ts';
import { skillFormPage, type TypedSkill } from './skillForm.page.ts';
import { skillListPage, type SkillFacts } from './skillList.page.ts';
import { skillOverviewPage, studentSkillsPage } from './skillOverview.page.ts';
import { listSkills, rateSkill } from './skills.service.ts';

const SELF = { of: 'self', as: 'student' } as const;
const READERS = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;

const Told = z.object({ done: z.literal('saved').nullable().catch(null).default(null) });
const SkillParams = z.object({ skill: z.string().max(40) });
const words = typedText().max(20_000).trim().default('');
/** One ticked box comes as a word, several as a list. */
const Goals = z.union([Id.transform((id) => [id]), z.array(Id).max(SKILL_LIMITS.goals)]).default([]);
const Level = z.coerce.number().pipe(z.literal(LEVELS)).nullable().catch(null).default(null);
const Rate = z.strictObject({ level: Level, example: words, goals: Goals, how: words });

/** The student's skills for work and life, and what their advisor reads of them. */
export function skillRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.skills,
      who: SELF,
      changes: [],
      query: Told,
      handle: async ({ viewer, query, now, res }) => {
        const told = wordsOf(res);
        if (query.done) tellSaved(res, told.t('skills.done.saved'));
        page(res, 'skills/list', skillListPage(told, await ownSkills(viewer, now)));
      },
    }),
    route({
      method: 'get',
      path: paths.skillsOverview,
      who: SELF,
      changes: [],
      handle: async ({ viewer, now, res }) => {
        const { institution, person, testUser } = viewer;
        const shownBy = testUser ? shownByIn([]) : await shownByOf(institution, person);
        const facts = { ...(await ownSkills(viewer, now)), shownBy };
        page(res, 'skills/overview', skillOverviewPage(wordsOf(res), facts));
      },
    }),
    route({
      method: 'get',
      path: paths.skill(':skill'),
      who: SELF,
      changes: [],
      params: SkillParams,
      query: Told,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t('skills.done.saved'));
        await showSkill(call);
      },
    }),
    route({
      method: 'post',
      path: paths.skill(':skill'),
      who: SELF,
      changes: ['skills.rated', 'plan.begun'],
      params: SkillParams,
      form: Rate,
      handle: async ({ viewer, params, form, now, res }) => {
        const skill = skillNamed(params.skill);
        await rateSkill(actorOf(viewer, 'student'), viewer.person, skill, form, now);
        const { plan, records } = await ownSkills(viewer, now);
        const next = nextUnrated(records, plan.year, skill);
        seeOther(res, `${next ? paths.skill(next) : paths.skills}?done=saved`);
      },
      onInvalid: (call, problem, typed) => showSkill(call, problem, typed),
    }),
    route({
      method: 'get',
      path: paths.studentSkills(':person'),
      who: READERS,
      changes: [],
      params: z.strictObject({ person: Id }),
      handle: async ({ viewer: { institution }, student, res }) => {
        const [{ name }, plan, records, shownBy] = await Promise.all([
          getPerson(institution, student),
          findPlan(institution, student),
          listSkills(institution, student),
          shownByOf(institution, student),
        ]);
        const facts = { plan: { goals: plan?.goals ?? [] }, records, shownBy, person: student, name };
        page(res, 'skills/overview', studentSkillsPage(wordsOf(res), facts));
      },
    }),
  ];
}

/** @throws NotFound for a word that names no skill */
function skillNamed(word: string): SkillKey {
  if (!isSkillKey(word)) throw new NotFound(`skill ${word}`);
  return word;
}

/** The viewer's own skills. Student View has a plan that is kept nowhere, and no ratings. */
async function ownSkills(viewer: Viewer, now: Date): Promise<SkillFacts> {
  const plan = await ownPlan(viewer, now);
  return { plan, records: viewer.testUser ? [] : await listSkills(viewer.institution, viewer.person) };
}

/** What was typed, as far as it can be shown again. */
const Typed = z.object({
  level: z.string().nullable().catch(null),
  example: z.string().catch(''),
  goals: z.union([z.string().transform((id) => [id]), z.array(z.string())]).catch([]),
  how: z.string().catch(''),
}) satisfies z.ZodType<TypedSkill>;

async function showSkill(
  { viewer, params, now, res }: Pick<Call<typeof SkillParams>, 'viewer' | 'params' | 'now' | 'res'>,
  problem?: Invalid,
  typed: Record<string, unknown> = {},
): Promise<void> {
  const skill = skillNamed(params.skill);
  const facts = { ...(await ownSkills(viewer, now)), skill };
  const after = problem ? { problems: problem.fields, typed: Typed.parse(typed) } : {};
  page(res, 'skills/rate', skillFormPage(wordsOf(res), facts, after), { status: problem ? 422 : 200 });
}
