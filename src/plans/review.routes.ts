import { z } from 'zod';
import { waitingPlans } from '../caseload/caseload.service.ts';
import { relationTo } from '../courses/enrolment.service.ts';
import type { Actor } from '../people/actor.ts';
import { getPerson } from '../people/person.service.ts';
import { AppError, Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Chrome } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { addComment } from './comment.service.ts';
import { approvePlan, returnPlan, undoApproval } from './decision.service.ts';
import { overviewPage } from './overview.page.ts';
import type { OverviewFacts } from './overviewFacts.ts';
import type { PlanSection, PlanState } from './plan.ts';
import { findPlan } from './plan.service.ts';
import { readForOverview, readForReview } from './reading.service.ts';
import { reviewPage } from './review.page.ts';
import type { Typed } from './reviewFacts.ts';
import { nextInQueue } from './reviewStanding.ts';
import { saveReviewAnswer, saveReviewNote, startReview } from './review.service.ts';
import type { PlanReview } from './review.ts';
import { CommentText, isCurrent, newAnswers, ReviewForm, SectionName, typedFields } from './reviewForm.ts';
import { VersionConflict } from './versionConflict.ts';

const Params = z.strictObject({ person: Id });
const Nothing = z.strictObject({});
const Shown = z.object({
  show: z.enum(['changes', 'all']).catch('changes').default('changes'),
  /** The student whose review has just ended, when the next one opened by itself. */
  after: Id.nullable().catch(null).default(null),
});
const CommentForm = z.strictObject({
  section: SectionName,
  text: CommentText,
  visibility: z.enum(['plan', 'staff']).default('plan'),
  back: z.enum(['review', 'student']).default('student'),
});

const READERS = { of: 'student', param: 'person', relations: ['advisor'], administrator: true } as const;
const ADVISORS = { of: 'student', param: 'person', relations: ['advisor'] } as const;

/** The advisor's pages of one student: overview, review, comments. */
export function reviewRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.student(':person'),
      who: READERS,
      changes: [],
      params: Params,
      handle: (call) => showOverview(call),
    }),
    route({
      method: 'post',
      path: paths.studentComments(':person'),
      who: ADVISORS,
      changes: ['comment.added'],
      params: Params,
      form: CommentForm,
      onInvalid: refuseComment,
      handle: async (call) => {
        const { section, text, visibility, back } = call.form;
        await addComment(actorOf(call), call.student, { section, text, visibility }, call.now);
        seeOther(
          call.res,
          back === 'review' ? paths.review(call.student) : `${paths.student(call.student)}#comments`,
        );
      },
    }),
    route({
      method: 'get',
      path: paths.review(':person'),
      who: READERS,
      changes: [],
      params: Params,
      query: Shown,
      handle: async (call) => {
        if (!(await findPlan(call.viewer.institution, call.student)))
          return seeOther(call.res, paths.student(call.student));
        await tellOfLast(call, call.query.after);
        await showReview(call, { show: call.query.show });
      },
    }),
    step(paths.startReview(':person'), ['plan.reviewStarted'], startReview),
    step(paths.undoApproval(':person'), ['plan.approvalUndone'], undoApproval),
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
        'plan.activated',
        'plan.signaturesRequested',
        'comment.added',
      ],
      params: Params,
      form: ReviewForm,
      onInvalid: (call, problem, body) =>
        showReview(call, { errors: problem.fields, typed: typedOf(typedFields(body)), status: 422 }),
      handle: (call) => (call.isAutosave ? autosave(call) : finish(call)),
    }),
  ];
}

type StudentCall = Pick<Call, 'viewer' | 'relation' | 'student' | 'res' | 'now'>;
type ReviewCall = StudentCall & Pick<Call<z.ZodType, z.ZodType, typeof ReviewForm>, 'form' | 'ifMatch'>;

function actorOf({ viewer, relation }: StudentCall): Actor {
  const { institution, person, masquerader } = viewer;
  return {
    institution,
    person,
    role: relation === 'advisor' ? 'advisor' : 'administrator',
    via: masquerader,
  };
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
    params: Params,
    form: Nothing,
    handle: (call) =>
      orSay(call, null, async () => {
        await move(actorOf(call), call.student, call.now);
        seeOther(call.res, paths.review(call.student));
      }),
  });
}

interface Shows {
  show?: 'changes' | 'all';
  errors?: readonly FieldError[];
  typed?: Typed | null;
  problem?: { message: string; kept: string | null } | null;
  status?: number;
}

async function showReview(call: StudentCall, shows: Shows): Promise<void> {
  const { res, student, now } = call;
  const facts = await readForReview(actorOf(call), student);
  const { show = 'changes', errors = [], typed = null, problem = null, status = 200 } = shows;
  if (problem) chromeOf(call).error = true;
  page(res, 'reviews/show', reviewPage(wordsOf(res), { ...facts, show, errors, typed, problem, now }), {
    status,
  });
}

async function showOverview(
  call: StudentCall,
  shows: Partial<Pick<OverviewFacts, 'typed' | 'errors'>> & { status?: number } = {},
): Promise<void> {
  const { res, student, now } = call;
  const { typed = null, errors = [], status = 200 } = shows;
  const facts = await readForOverview(actorOf(call), student);
  page(res, 'reviews/overview', overviewPage(wordsOf(res), { ...facts, typed, errors, now }), { status });
}

function chromeOf({ res }: StudentCall): Chrome {
  return res.locals['chrome'] as Chrome;
}

/** A comment that was refused is shown again on the page it was written on. */
async function refuseComment(
  call: StudentCall,
  problem: Invalid,
  body: Record<string, unknown>,
): Promise<void> {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const section = text('section') as PlanSection;
  if (text('back') !== 'review') {
    const typed = { section, text: text('text'), visibility: text('visibility') };
    return showOverview(call, { errors: problem.fields, typed, status: 422 });
  }
  const errors = problem.fields.map(({ message }) => ({ field: section, message }));
  const sections = new Map([[section, { answer: null, comment: text('text') }]]);
  const typed: Typed = { note: '', openNext: true, sections, theirs: new Map() };
  return showReview(call, { errors, typed, show: 'all', status: 422 });
}

/** Saves the draft and, where the advisor chose to, decides. */
async function finish(call: ReviewCall): Promise<void> {
  const { form, student, now } = call;
  const actor = actorOf(call);
  await orSay(call, form, async () => {
    await saveDraft(call, await startReview(actor, student, now));
    if (form.do === 'save') return seeOther(call.res, paths.review(student));
    const next = form.openNext ? await nextAfter(call) : null;
    if (form.do === 'return') await returnPlan(actor, student, form.note, now);
    else await approvePlan(actor, student, form.note, now);
    seeOther(call.res, next ? `${paths.review(next)}?after=${student}` : paths.review(student));
  });
}

async function nextAfter({ viewer, student }: StudentCall): Promise<string | null> {
  return nextInQueue(await waitingPlans(viewer.institution, viewer.person), student)?.person ?? null;
}

/** The first answer begins the review; each answer that changed is saved over the version that was seen. */
async function saveDraft(
  { form, student, now, ...call }: ReviewCall,
  review: PlanReview,
): Promise<PlanReview> {
  const actor = actorOf({ ...call, student, now });
  let saved = review;
  for (const { seen, ...answer } of newAnswers(form, review))
    saved = await saveReviewAnswer(actor, student, answer, seen, now);
  const isNoted = form.note !== saved.note && (form.note !== '' || isCurrent(form.version, review));
  return isNoted ? saveReviewNote(actor, student, form.note, now) : saved;
}

/** Another tab saved first: the script gets what is stored and merges, field by field. */
async function autosave(call: ReviewCall): Promise<void> {
  const { student, now, res, ifMatch } = call;
  const review = await startReview(actorOf(call), student, now);
  const form = { ...call.form, version: ifMatch ?? 0 };
  if (!isCurrent(form.version, review)) {
    const fields = review.answers.map(({ section, comment }) => [`comment.${section}`, comment]);
    const message = wordsOf(res).t('plans.error.version');
    res.status(412).json({
      version: review.version,
      fields: { ...Object.fromEntries(fields), note: review.note },
      message,
    });
    return;
  }
  const { version } = await saveDraft({ ...call, form }, review);
  res.json({ version, savedAt: now.toISOString() });
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

async function sayConflict(call: StudentCall, form: ReviewForm | null, error: AppError): Promise<void> {
  if (form && error instanceof VersionConflict) {
    const { t } = wordsOf(call.res);
    const problem = { message: t('review.conflictText'), kept: null };
    return showReview(call, { typed: await besideTheirs(call, form), problem, status: 409 });
  }
  const kept = form ? wordsIn(form) : '';
  await showReview(call, { problem: { message: error.message, kept: kept || null }, status: 409 });
}

/** Both versions of each comment that was changed in two places. */
async function besideTheirs(call: StudentCall, form: ReviewForm): Promise<Typed> {
  const { review } = await readForReview(actorOf(call), call.student);
  const theirs = form.sections.flatMap(({ section, comment, seen }) => {
    const stored = review?.answers.find((answer) => answer.section === section);
    const isOther = stored && stored.version !== seen && stored.comment !== comment;
    return isOther ? [[section, stored.comment] as const] : [];
  });
  return { ...typedOf(form), theirs: new Map(theirs) };
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
async function tellOfLast(call: StudentCall, student: string | null): Promise<void> {
  const { viewer, res, now } = call;
  if (student === null || (await relationTo(viewer, student, now)) !== 'advisor') return;
  const plan = await findPlan(viewer.institution, student);
  const key = plan && DECIDED[plan.state];
  if (!key) return;
  const { given, name } = await getPerson(viewer.institution, student);
  chromeOf(call).saved = wordsOf(res).t(key, { name: given || name });
}

const DECIDED: Partial<Record<PlanState, MessageKey>> = {
  returned: 'overview.sentBack',
  signing: 'overview.approvedNow',
  active: 'overview.approvedNow',
};
