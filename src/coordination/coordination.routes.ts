import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import { getPerson } from '../people/person.service.ts';
import type { Actor } from '../people/actor.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import { getPlan } from '../plans/planChange.service.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { differingTexts } from '../shared/differing.ts';
import { Forbidden } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { allowFraming } from '../web/headers.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { coordinationPage } from './coordination.page.ts';
import { checkOtherPlans, coordinationOf, isOnCaseload } from './coordination.service.ts';
import {
  emptyCoordination,
  noneOfThese,
  OTHER_PLANS,
  type Coordination,
  type OtherPlan,
} from './coordination.ts';
import { CoordinationPost, NonePost, typedIn } from './coordinationForm.ts';
import { staffCoordinationPage } from './coordinationStaff.page.ts';
import { explainPage } from './explain.page.ts';

const STAFF = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;
const Params = z.strictObject({ person: Id });
const Query = z.object({ done: z.literal('saved').nullable().catch(null).default(null) });

/** Other plans: the student reads, staff on the caseload and administrators write; what an ILP and an IEP are, anybody. */
export function coordinationRoutes(): Declaration[] {
  return [...readRoutes(), ...staffRoutes()];
}

function readRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.coordination,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: async ({ viewer, now, res }) => {
        const { institution, person, testUser } = viewer;
        const plan = await ownPlan(viewer, now);
        const coordination = testUser
          ? emptyCoordination(institution, person)
          : await coordinationOf(institution, person);
        const checker = await checkerOf(wordsOf(res), coordination);
        page(res, 'coordination/show', coordinationPage(wordsOf(res), { coordination, plan, checker }));
      },
    }),
    route({
      method: 'get',
      path: paths.ilpAndIep,
      who: { of: 'anyone' },
      changes: [],
      handle: ({ session, res }) => {
        if (!session) allowFraming(res, ['*']);
        page(res, 'coordination/explain', explainPage(wordsOf(res), Boolean(session)));
      },
    }),
  ];
}

function staffRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.studentCoordination(':person'),
      who: STAFF,
      changes: [],
      params: Params,
      query: Query,
      handle: async (call) => {
        await refuseOthers(call);
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t('coordination.told.saved'));
        await showStaff(call);
      },
    }),
    route({
      method: 'post',
      path: paths.studentCoordination(':person'),
      who: STAFF,
      changes: ['coordination.checked'],
      params: Params,
      form: CoordinationPost,
      handle: async (call) => {
        await refuseOthers(call);
        if (call.form.keep === 'theirs') return seeOther(call.res, paths.studentCoordination(call.student));
        await save(call, call.form);
      },
      onInvalid: async (call, { fields }, body) => {
        await refuseOthers(call);
        await showStaff(call, { fields, typed: typedIn(body) });
      },
    }),
    route({
      method: 'post',
      path: paths.noOtherPlans(':person'),
      who: STAFF,
      changes: ['coordination.checked'],
      params: Params,
      form: NonePost,
      handle: async (call) => {
        await refuseOthers(call);
        await save(call, { plans: noneOfThese(), version: call.form._version });
      },
    }),
  ];
}

type StaffCall = Pick<Call, 'viewer' | 'student' | 'relation' | 'now' | 'res'>;

/** Narrower than "may see the plan": teachers of the student's advisory courses, and administrators. */
async function refuseOthers({ viewer, student }: StaffCall): Promise<void> {
  const { institution, person, administrator } = viewer;
  if (!administrator && !(await isOnCaseload(institution, person, student)))
    throw new Forbidden(`${student} is not on the caseload of ${person}`);
}

async function save(call: StaffCall, said: { plans: OtherPlan[]; version: number }): Promise<void> {
  const { viewer, student, relation, now, res } = call;
  const actor: Actor = actorOf(viewer, relation === 'advisor' ? 'advisor' : 'administrator');
  try {
    await checkOtherPlans(actor, student, said, now);
    seeOther(res, `${paths.studentCoordination(student)}?done=saved`);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    const { stored, yours } = error;
    const words = wordsOf(res);
    showTwoVersions(res, {
      name: words.t('coordination.two'),
      path: paths.studentCoordination(student),
      fields: { ...yours, _version: String(stored.version) },
      ...differingTexts(words, labelsOf(words), yours, stored.words),
      theirsAt: stored.at,
      now,
    });
  }
}

async function showStaff(
  { viewer, student, res }: StaffCall,
  problem: Parameters<typeof staffCoordinationPage>[2] = null,
): Promise<void> {
  const { institution } = viewer;
  const words = wordsOf(res);
  const [{ name }, { goals }, coordination] = await Promise.all([
    getPerson(institution, student),
    getPlan(institution, student),
    coordinationOf(institution, student),
  ]);
  const checker = await checkerOf(words, coordination);
  const facts = { student: { id: student, name }, coordination, checker, goals };
  page(res, 'coordination/staff', staffCoordinationPage(words, facts, problem), {
    status: problem ? 422 : 200,
  });
}

async function checkerOf({ t }: Words, { institution, checkedBy }: Coordination): Promise<string> {
  return (await namesOf(institution, [checkedBy])).get(checkedBy ?? '') ?? t('home.anAdvisor');
}

/** Field → its label, for the page that shows two versions. */
function labelsOf({ t }: Words): Record<string, string> {
  const entries = OTHER_PLANS.flatMap((kind) =>
    (['exists', 'where', 'askName', 'askRole', 'goals'] as const).map((name) => [
      `${kind}.${name}`,
      t('coordination.label', {
        kind: t(`coordination.kind.${kind}`),
        field: t(`coordination.staff.${name}`),
      }),
    ]),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}
