/** A plan's history: what happened, the approved versions, and what changed between two of them. */
import { z } from 'zod';
import { named, OfStudent, STAFF } from '../meetings/staff.ts';
import { getPerson } from '../people/person.service.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import type { Plan } from '../plans/plan.ts';
import { getPlan } from '../plans/plan.service.ts';
import { contentOf } from '../plans/snapshot.ts';
import { NotFound } from '../shared/errors.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, type Call, type Declaration } from '../web/route.ts';
import { changesPage } from './changes.page.ts';
import { historyPage, type HistoryOf } from './history.page.ts';
import { contentOfVersion, historyFacts, listVersions } from './history.service.ts';

const SELF = { of: 'self', as: 'student' } as const;
/** A person's id, or what acts by itself. */
const Actor = z.string().regex(/^(?:[0-9a-f]{24}|system|operator)$/);
/** An old or mistyped address shows the newest page instead of an error. */
const Query = z.object({
  who: Actor.nullable().catch(null).default(null),
  before: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullable()
    .catch(null)
    .default(null),
});
const Version = z.union([
  z.literal('now'),
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
]);
/** Without a version to begin with: the newest one. */
const Compared = z.object({
  from: Version.nullable().catch(null).default(null),
  to: Version.catch('now').default('now'),
});

type Query = z.output<typeof Query>;
type Compared = z.output<typeof Compared>;

export function planHistoryRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.history,
      who: SELF,
      changes: [],
      query: Query,
      handle: async (call) => showHistory(call, await ownPlan(call.viewer, call.now), null),
    }),
    route({
      method: 'get',
      path: paths.historyChanges,
      who: SELF,
      changes: [],
      query: Compared,
      handle: async (call) => showChanges(call, await ownPlan(call.viewer, call.now), null),
    }),
    route({
      method: 'get',
      path: paths.studentHistory(':person'),
      who: STAFF,
      params: OfStudent,
      changes: [],
      query: Query,
      handle: async (call) => showHistory(call, ...(await studentOf(call))),
    }),
    route({
      method: 'get',
      path: paths.studentHistoryChanges(':person'),
      who: STAFF,
      params: OfStudent,
      changes: [],
      query: Compared,
      handle: async (call) => showChanges(call, ...(await studentOf(call))),
    }),
  ];
}

type Student = NonNullable<HistoryOf['student']>;

async function studentOf({ viewer, student }: Pick<Call, 'viewer' | 'student'>): Promise<[Plan, Student]> {
  const plan = await getPlan(viewer.institution, student);
  const { id, name } = named(await getPerson(viewer.institution, student));
  return [plan, { id, name }];
}

async function showHistory(
  { query, now, res }: { query: Query } & Pick<Call, 'now' | 'res'>,
  plan: Plan,
  student: Student | null,
): Promise<void> {
  const { who: actor, before } = query;
  const reader = student ? 'staff' : 'student';
  const facts = await historyFacts(plan, reader, { before, actor }, now);
  page(res, 'history/show', historyPage(wordsOf(res), facts, { student, actor, before, now }));
}

async function showChanges(
  { query, now, res }: { query: Compared } & Pick<Call, 'now' | 'res'>,
  plan: Plan,
  student: Student | null,
): Promise<void> {
  const listed = await listVersions(plan);
  const from = query.from ?? listed.versions[0]?.revision ?? 'now';
  const { to } = query;
  // Without a version there is nothing to compare; the parts of a Student View's plan cannot be read at all.
  const none = listed.versions.length === 0 ? contentOf(plan, []) : null;
  const before = none ?? (await contentOfVersion(plan, from));
  const after = none ?? (await contentOfVersion(plan, to));
  if (!before || !after) throw new NotFound(`version ${from} or ${to}`);
  const facts = { from, to, before, after, ...listed };
  const of = { student, actor: null, before: null, now };
  page(res, 'history/changes', changesPage(wordsOf(res), facts, of));
}
