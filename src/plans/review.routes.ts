import { z } from 'zod';
import { waitingPlans } from '../caseload/caseload.service.ts';
import { relationTo } from '../courses/enrolment.service.ts';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { getPerson } from '../people/person.service.ts';
import { Conflict } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import { Id } from '../shared/model.ts';
import { wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { answerSaved, tellSaved } from '../web/saved.ts';
import { approvePlan, returnPlan, undoApproval } from './decision.service.ts';
import { overviewRoutes } from './overview.routes.ts';
import type { PlanState } from './plan.ts';
import { findPlan } from './plan.service.ts';
import { readForReview } from './reading.service.ts';
import { startReview } from './review.service.ts';
import { saveDraft } from './reviewDraft.service.ts';
import type { Typed } from './reviewFacts.ts';
import { isCurrent, ReviewForm, typedFields } from './reviewForm.ts';
import { ADVISORS, OfStudent, readerOf, READERS, showReview, type StudentCall } from './reviewShow.routes.ts';
import { nextInQueue } from './reviewStanding.ts';
import { VersionConflict } from './versionConflict.ts';

const Nothing = z.strictObject({});
const Shown = z.object({
  show: z.enum(['changes', 'all']).catch('changes').default('changes'),
  /** The student whose review has just ended, when the next one opened by itself. */
  after: Id.nullable().catch(null).default(null),
});

/** The advisor's pages of one student: overview with comments, and the review. */
export function reviewRoutes(): Declaration[] {
  return [
    ...overviewRoutes(),
    route({
      method: 'get',
      path: paths.review(':person'),
      who: READERS,
      changes: [],
      params: OfStudent,
      query: Shown,
      handle: async (call) => {
        if (!(await findPlan(call.viewer.institution, call.student)))
          return seeOther(call.res, paths.student(call.student));
        await tellOfLast(call, call.query.after);
        await showReview(call, { show: call.query.show });
      },
    }),
    step(paths.startReview(':person'), ['plan.reviewStarted'], startReview),
    step(paths.undoApproval(':person'), ['plan.approvalUndone', 'goal.reopened'], undoApproval),
    route({
      method: 'post',
      path: paths.review(':person'),
      who: ADVISORS,
      changes: [
        'plan.reviewStarted',
        'review.answered',
        'review.noted',
        'plan.returned',
        'plan.approved',
        'goal.agreed',
        'plan.activated',
        'plan.signaturesRequested',
        'comment.added',
      ],
      params: OfStudent,
      form: ReviewForm,
      onInvalid: (call, problem, body) =>
        showReview(call, { errors: problem.fields, typed: typedOf(typedFields(body)), status: 422 }),
      handle: (call) => (call.isAutosave ? autosave(call) : finish(call)),
    }),
  ];
}

/** A post without fields that moves the plan on; too late is said on the page. */
function step(
  path: string,
  changes: readonly string[],
  move: (actor: Actor, student: string, now: Date) => Promise<unknown>,
): Declaration {
  return route({
    method: 'post',
    path,
    who: ADVISORS,
    changes,
    params: OfStudent,
    form: Nothing,
    handle: (call) =>
      orSay(call, null, async () => {
        await move(actorOf(call.viewer, 'advisor'), call.student, call.now);
        seeOther(call.res, paths.review(call.student));
      }),
  });
}

type ReviewCall = StudentCall & Pick<Call<z.ZodType, z.ZodType, typeof ReviewForm>, 'form' | 'ifMatch'>;

/** Saves the draft and, where the advisor chose to, decides. */
async function finish(call: ReviewCall): Promise<void> {
  const { form, student, now, res } = call;
  const actor = actorOf(call.viewer, 'advisor');
  await orSay(call, form, async () => {
    await saveDraft(actor, student, form, await startReview(actor, student, now), now);
    if (form.do === 'save') return seeOther(res, paths.review(student));
    const next = form.openNext ? await nextAfter(call) : null;
    if (form.do === 'return') await returnPlan(actor, student, form.note, now);
    else await approvePlan(actor, student, form.note, now);
    seeOther(res, next ? `${paths.review(next)}?after=${student}` : paths.review(student));
  });
}

async function nextAfter({ viewer, student }: StudentCall): Promise<string | null> {
  return nextInQueue(await waitingPlans(viewer.institution, viewer.person), student)?.person ?? null;
}

/** Another tab saved first: the script gets what is stored and merges, field by field. */
async function autosave(call: ReviewCall): Promise<void> {
  const { viewer, student, now, res, ifMatch } = call;
  const actor = actorOf(viewer, 'advisor');
  const review = await startReview(actor, student, now);
  const form = { ...call.form, version: ifMatch ?? 0 };
  if (isCurrent(form.version, review)) {
    const { version } = await saveDraft(actor, student, form, review, now);
    return answerSaved(res, version, now);
  }
  const comments = review.answers.map(({ section, comment }) => [`comment.${section}`, comment]);
  const fields = { ...Object.fromEntries(comments), note: review.note };
  const message = wordsOf(res).t('plans.error.version');
  res.status(412).json({ version: review.version, fields, message });
}

/** What came too late, or met another's words, is said on the page, beside what was typed. */
async function orSay(call: StudentCall, form: ReviewForm | null, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    await sayConflict(call, form, error);
  }
}

async function sayConflict(call: StudentCall, form: ReviewForm | null, error: Conflict): Promise<void> {
  if (form && error instanceof VersionConflict) {
    const problem = { message: wordsOf(call.res).t('review.conflictText'), kept: null };
    return showReview(call, { typed: await besideTheirs(call, form), problem, status: 409 });
  }
  const kept = form ? wordsIn(form) : '';
  await showReview(call, { problem: { message: error.message, kept: kept || null }, status: 409 });
}

/** Both versions of each comment, and of the note, that was changed in two places. */
async function besideTheirs(call: StudentCall, form: ReviewForm): Promise<Typed> {
  const { review } = await readForReview(readerOf(call), call.student, wordsOf(call.res));
  const comments = form.sections.flatMap(({ section, comment, seen }) => {
    const stored = review?.answers.find((answer) => answer.section === section);
    const isOther = stored && stored.version !== seen && stored.comment !== comment;
    return isOther ? [[section, stored.comment] as const] : [];
  });
  const other = review?.note ?? '';
  const note = other === '' || other === form.note ? [] : [['plan', other] as const];
  return { ...typedOf(form), theirs: new Map([...comments, ...note]) };
}

function typedOf(form: Pick<ReviewForm, 'note' | 'openNext' | 'sections'>): Typed {
  const sections = form.sections.map(
    ({ section, answer, comment }) => [section, { answer, comment }] as const,
  );
  return { note: form.note, openNext: form.openNext, sections: new Map(sections), theirs: new Map() };
}

function wordsIn({ note, sections }: ReviewForm): string {
  return [...sections.map(({ comment }) => comment), note].filter((text) => text !== '').join('\n\n');
}

/** The review before this one ended with a decision: it is confirmed on the page that opened next. */
async function tellOfLast({ viewer, res, now }: StudentCall, student: string | null): Promise<void> {
  if (student === null || (await relationTo(viewer, student, now)) !== 'advisor') return;
  const plan = await findPlan(viewer.institution, student);
  const key = plan && DECIDED[plan.state];
  if (!key) return;
  const { given, name } = await getPerson(viewer.institution, student);
  tellSaved(res, wordsOf(res).t(key, { name: given || name }));
}

const DECIDED: Partial<Record<PlanState, MessageKey>> = {
  returned: 'overview.sentBack',
  signing: 'overview.approvedNow',
  active: 'overview.approvedNow',
};
