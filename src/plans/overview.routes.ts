import { z } from 'zod';
import { familiesOf } from '../courses/families.service.ts';
import { actorOf } from '../people/actorOf.ts';
import type { FieldError, Invalid } from '../shared/errors.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import { addComment } from './comment.service.ts';
import { overviewPage } from './overview.page.ts';
import type { OverviewFacts } from './overviewFacts.ts';
import type { PlanSection } from './plan.ts';
import { readForOverview } from './reading.service.ts';
import { CommentText, SectionName } from './reviewForm.ts';
import { ADVISORS, OfStudent, readerOf, READERS, showReview, type StudentCall } from './reviewShow.routes.ts';

const CommentForm = z.strictObject({
  section: SectionName,
  text: CommentText,
  visibility: z.enum(['plan', 'staff']).default('plan'),
  back: z.enum(['review', 'student']).default('student'),
});

/** One student for their advisor: where they stand, and comments on their plan. */
export function overviewRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.student(':person'),
      who: READERS,
      changes: [],
      params: OfStudent,
      handle: (call) => showOverview(call),
    }),
    route({
      method: 'post',
      path: paths.studentComments(':person'),
      who: ADVISORS,
      changes: ['comment.added'],
      params: OfStudent,
      form: CommentForm,
      onInvalid: refuseComment,
      handle: async ({ viewer, student, form: { back, ...comment }, res, now }) => {
        await addComment(actorOf(viewer, 'advisor'), student, comment, now);
        seeOther(res, back === 'review' ? paths.review(student) : `${paths.student(student)}#comments`);
      },
    }),
  ];
}

async function showOverview(
  call: StudentCall,
  refused: Pick<OverviewFacts, 'typed' | 'errors'> | null = null,
): Promise<void> {
  const { res, student, now } = call;
  const { typed, errors } = refused ?? { typed: null, errors: [] };
  const facts = await readForOverview(readerOf(call), student);
  const families = await familiesOf(facts.courses, now);
  const model = overviewPage(wordsOf(res), { ...facts, families, typed, errors, now });
  page(res, 'reviews/overview', model, { status: refused ? 422 : 200 });
}

/** A comment that was refused is shown again on the page it was written on. */
async function refuseComment(
  call: StudentCall,
  { fields }: Invalid,
  body: Record<string, unknown>,
): Promise<void> {
  const typed = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const section = typed('section') as PlanSection;
  if (typed('back') === 'review') return showOnReview(call, fields, section, typed('text'));
  const comment = { section, text: typed('text'), visibility: typed('visibility') };
  await showOverview(call, { errors: fields, typed: comment });
}

async function showOnReview(
  call: StudentCall,
  fields: readonly FieldError[],
  section: PlanSection,
  comment: string,
): Promise<void> {
  const errors = fields.map(({ message }) => ({ field: section, message }));
  const sections = new Map([[section, { answer: null, comment }]]);
  const typed = { note: '', openNext: true, sections, theirs: new Map() };
  await showReview(call, { errors, typed, show: 'all', status: 422 });
}
