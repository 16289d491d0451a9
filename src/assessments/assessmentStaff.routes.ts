import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { getPerson } from '../people/person.service.ts';
import { getPlan } from '../plans/plan.service.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { inOrder } from './assessment.ts';
import { StaffAssessment, typedIn, type TypedAssessment } from './assessmentForm.ts';
import { addAssessment, archiveAssessment, assessmentRecordsOf } from './assessment.service.ts';
import { staffAssessmentsPage } from './assessmentStaff.page.ts';

const READERS = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;
const ADVISORS = { of: 'student', param: 'person', relations: ['advisor'] } as const;
const Done = z.object({
  done: z.enum(['added', 'archived', 'restored']).nullable().catch(null).default(null),
});

/** A student's results before staff: to read, to enter, to put away what staff entered. */
export function assessmentStaffRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.studentAssessments(':person'),
      who: READERS,
      changes: [],
      params: z.object({ person: Id }),
      query: Done,
      handle: async (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t(`assessments.told.${call.query.done}`));
        await show(call);
      },
    }),
    route({
      method: 'post',
      path: paths.studentAssessments(':person'),
      who: ADVISORS,
      changes: ['assessment.added'],
      params: z.object({ person: Id }),
      form: StaffAssessment,
      handle: async ({ viewer, student, form, now, res }) => {
        await addAssessment(actorOf(viewer, 'advisor'), student, { ...form, tells: '' }, now);
        seeOther(res, `${paths.studentAssessments(student)}?done=added`);
      },
      onInvalid: (call, { fields }, body) => show(call, { fields, typed: typedIn(body) }),
    }),
    route({
      method: 'post',
      path: paths.archiveStudentAssessment(':person', ':assessment'),
      who: ADVISORS,
      changes: ['assessment.archived', 'assessment.restored'],
      params: z.object({ person: Id, assessment: Id }),
      form: z.strictObject({ away: z.enum(['0', '1']) }),
      handle: async ({ viewer, student, params, form, now, res }) => {
        const away = form.away === '1';
        await archiveAssessment(actorOf(viewer, 'advisor'), student, params.assessment, away, now);
        seeOther(res, `${paths.studentAssessments(student)}?done=${away ? 'archived' : 'restored'}`);
      },
    }),
  ];
}

type Shown = Pick<Call, 'viewer' | 'student' | 'relation' | 'res'>;

async function show(
  { viewer, student, relation, res }: Shown,
  problem: { fields: readonly FieldError[]; typed: TypedAssessment } | null = null,
): Promise<void> {
  const { institution } = viewer;
  const [{ name }, plan, all] = await Promise.all([
    getPerson(institution, student),
    getPlan(institution, student),
    assessmentRecordsOf(institution, student),
  ]);
  const facts = {
    student: { id: student, name },
    all: inOrder(all),
    goals: new Map(plan.goals.map(({ id, statement }) => [id, statement])),
    mayWrite: relation === 'advisor',
  };
  const model = staffAssessmentsPage(wordsOf(res), facts, problem);
  page(res, 'assessments/staff', model, { status: problem ? 422 : 200 });
}
