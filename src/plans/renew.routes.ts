import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { ownPlan } from './ownPlan.service.ts';
import { yearAt } from './plan.service.ts';
import { renewPage } from './renew.page.ts';
import { isOfEarlierYear } from './renew.ts';
import { renewPlan } from './renew.service.ts';

/** One box is a string, several are a list, none is nothing: what a form of check boxes sends. */
const Keep = z.union([z.array(Id), Id.transform((one) => [one])]).default([]);
const RenewForm = z.strictObject({ keep: Keep });
const Typed = z.object({ keep: Keep.catch([]) });

/** The student begins the plan of a new school year. */
export function renewRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.renewPlan,
      who: { of: 'self', as: 'student' },
      changes: [],
      handle: (call) => show(call),
    }),
    route({
      method: 'post',
      path: paths.renewPlan,
      who: { of: 'self', as: 'student' },
      changes: ['plan.renewed', 'plan.begunAgain'],
      form: RenewForm,
      handle: async ({ viewer, form, now, res }) => {
        await renewPlan(actorOf(viewer, 'student'), viewer.person, form.keep, now);
        seeOther(res, paths.plan);
      },
      onInvalid: (call, { fields }, typed) => show(call, { errors: fields, keep: Typed.parse(typed).keep }),
    }),
  ];
}

/** In the plan's own school year there is nothing to begin: back to the plan. */
async function show(
  { viewer, now, res }: Pick<Call, 'viewer' | 'now' | 'res'>,
  after: { errors: readonly FieldError[]; keep: readonly string[] | null } = { errors: [], keep: null },
): Promise<void> {
  const plan = await ownPlan(viewer, now);
  const year = await yearAt(viewer.institution, now);
  if (!isOfEarlierYear(plan, year)) return seeOther(res, paths.plan);
  const status = after.errors.length > 0 ? 422 : 200;
  page(res, 'plans/renew', renewPage(wordsOf(res), plan, year, after), { status });
}
