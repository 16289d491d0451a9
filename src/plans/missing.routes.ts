import type { Response } from 'express';
import { frameworkOf } from '../frameworks/framework.service.ts';
import { milestonesOf } from '../frameworks/milestones.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { periodAt } from '../meetings/period.ts';
import { getPerson } from '../people/person.service.ts';
import { dayIn } from '../shared/format.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, type Declaration } from '../web/route.ts';
import { missingPage, type MissingFacts } from './missing.page.ts';
import { ownPlan } from './ownPlan.service.ts';
import { getPlan } from './plan.service.ts';
import type { Plan } from './plan.ts';
import { OfStudent, READERS } from './reviewShow.routes.ts';

/** What a plan still needs and why: for the student, and for those who read the plan as staff. */
export function missingRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.missing,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: async ({ viewer, now, res }) => show(res, await ownPlan(viewer, now), null, now),
    }),
    route({
      method: 'get',
      path: paths.studentMissing(':person'),
      who: READERS,
      changes: [],
      params: OfStudent,
      handle: async ({ viewer, student, now, res }) => {
        const plan = await getPlan(viewer.institution, student);
        await show(res, plan, await getPerson(viewer.institution, student), now);
      },
    }),
  ];
}

async function show(res: Response, plan: Plan, student: MissingFacts['student'], now: Date): Promise<void> {
  const [framework, milestones, { zone, yearStarts }] = await Promise.all([
    frameworkOf(plan),
    milestonesOf(plan, plan.grade),
    settingsOf(plan.institution),
  ]);
  const { to: until } = periodAt(dayIn(now, zone), framework.reviewsPerYear, yearStarts);
  page(res, 'plans/missing', missingPage(wordsOf(res), { plan, framework, milestones, until, student }));
}
