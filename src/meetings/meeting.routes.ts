/** The student's meetings: what is next, their questions, what was agreed; and their look back. */
import { z } from 'zod';
import { actorOf } from '../people/actorOf.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import type { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { QUESTION_KEYS, type QuestionKey, type SelfReviewForm } from './cycle.ts';
import { getMeeting } from './meeting.service.ts';
import { partTitleIn } from './partTitle.ts';
import { askQuestion, dropQuestion } from './question.service.ts';
import { ownReviews } from './reading.service.ts';
import { saveSelfReview } from './selfReview.service.ts';
import { selfReviewPage } from './selfReview.page.ts';
import { sendCalendar } from './calendar.routes.ts';
import { staffMeetingRoutes } from './staffMeeting.routes.ts';
import { studentMeetingsPage } from './studentMeetings.page.ts';
import { tickFollowUp } from './talk.service.ts';

const SELF = { of: 'self', as: 'student' } as const;
const Tick = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');
const text = typedText().max(20_000).default('');
const SelfReviewPost = z.strictObject({
  well: text,
  hard: text,
  changed: text,
  next: text,
  finished: Tick,
  _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
  keep: z.enum(['mine', 'theirs']).optional(),
});
const TypedReview = z.object({
  well: z.string().catch(''),
  hard: z.string().catch(''),
  changed: z.string().catch(''),
  next: z.string().catch(''),
  finished: Tick.catch(false),
});
const QuestionForm = z.strictObject({ question: z.string().max(2_000).default('') });
const TypedQuestion = z.object({ question: z.string().catch('') });
const OfMeeting = z.object({ meeting: Id });
const OfQuestion = z.object({ question: Id });
const OfFollowUp = z.object({ followUp: Id });
const Query = z.object({ done: z.enum(['question']).optional().catch(undefined) });
const Nothing = z.strictObject({});
const Done = z.strictObject({ done: z.enum(['0', '1']) });

export function meetingRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.meetings,
      who: SELF,
      changes: [],
      query: Query,
      handle: (call) => {
        if (call.query.done) tellSaved(call.res, wordsOf(call.res).t('meetings.done.question'));
        return showMeetings(call);
      },
    }),
    route({
      method: 'post',
      path: paths.meetingQuestions,
      who: SELF,
      changes: ['question.asked'],
      form: QuestionForm,
      handle: async ({ viewer, form, now, res }) => {
        const question = { side: 'student', text: oneLine(form.question) } as const;
        await askQuestion(actorOf(viewer, 'student'), viewer.person, question, now);
        seeOther(res, `${paths.meetings}?done=question#questions`);
      },
      onInvalid: (call, problem, typed) => showMeetings(call, problem, TypedQuestion.parse(typed).question),
    }),
    route({
      method: 'post',
      path: paths.dropQuestion(':question'),
      who: SELF,
      changes: ['question.dropped'],
      params: OfQuestion,
      form: Nothing,
      handle: async ({ viewer, params, now, res }) => {
        await dropQuestion(actorOf(viewer, 'student'), viewer.person, params.question, now);
        seeOther(res, `${paths.meetings}#questions`);
      },
    }),
    route({
      method: 'post',
      path: paths.followUp(':followUp'),
      who: SELF,
      changes: ['followUp.done', 'followUp.undone'],
      params: OfFollowUp,
      form: Done,
      handle: async ({ viewer, params, form, now, res }) => {
        const isDone = form.done === '1';
        await tickFollowUp(actorOf(viewer, 'student'), viewer.person, params.followUp, isDone, now);
        seeOther(res, `${paths.meetings}#follow-ups`);
      },
    }),
    route({
      method: 'get',
      path: paths.meetingFile(':meeting'),
      who: SELF,
      changes: [],
      params: OfMeeting,
      handle: async ({ viewer, params, now, res }) => {
        const meeting = await getMeeting(viewer.institution, viewer.person, params.meeting);
        const words = wordsOf(res);
        sendCalendar(res, words, meeting, words.t('meetings.calendar.title'), now);
      },
    }),
    route({
      method: 'get',
      path: paths.selfReview,
      who: SELF,
      changes: [],
      handle: (call) => showSelfReview(call),
    }),
    route({
      method: 'post',
      path: paths.selfReview,
      who: SELF,
      changes: ['selfReview.changed', 'selfReview.finished'],
      form: SelfReviewPost,
      handle: (call) => keepSelfReview(call),
      onInvalid: (call, problem, typed) => {
        const { finished, ...answers } = TypedReview.parse(typed);
        return showSelfReview(call, problem, { answers, finished });
      },
    }),
    ...staffMeetingRoutes(),
  ];
}

type Shown = Pick<Call, 'viewer' | 'now' | 'res'>;

async function showMeetings({ viewer, now, res }: Shown, problem?: Invalid, typed?: string): Promise<void> {
  const words = wordsOf(res);
  const facts = await ownReviews(viewer, now);
  const after = problem ? { problems: problem.fields, typed: typed ?? '' } : {};
  const model = studentMeetingsPage(words, { ...facts, ...after, partTitle: partTitleIn(words) });
  page(res, 'meetings/mine', model, { status: problem ? 422 : 200 });
}

async function showSelfReview(
  { viewer, now, res }: Shown,
  problem?: Invalid,
  typed?: SelfReviewForm,
): Promise<void> {
  const { cycle, perYear } = await ownReviews(viewer, now);
  const after = problem && typed ? { problems: problem.fields, typed } : {};
  const model = selfReviewPage(wordsOf(res), { cycle, perYear, now, ...after });
  page(res, 'meetings/selfReview', model, { status: problem ? 422 : 200 });
}

async function keepSelfReview(call: Call<z.ZodType, z.ZodType, typeof SelfReviewPost>): Promise<void> {
  const { viewer, form, isAutosave, ifMatch, now, res } = call;
  if (form.keep === 'theirs') return seeOther(res, paths.selfReview);
  const version = isAutosave ? (ifMatch ?? form._version) : form._version;
  const answers = Object.fromEntries(QUESTION_KEYS.map((key) => [key, form[key].trim()])) as Record<
    QuestionKey,
    string
  >;
  const typed = { answers, finished: form.finished };
  try {
    const saved = await saveSelfReview(actorOf(viewer, 'student'), viewer.person, typed, version, now);
    if (isAutosave) res.json({ version: saved.version, savedAt: now.toISOString() });
    else seeOther(res, paths.meetings);
  } catch (error) {
    if (!(error instanceof VersionConflict) || isAutosave) throw error;
    showBoth(call, typed, error);
  }
}

function showBoth({ res, now }: Shown, typed: SelfReviewForm, { stored }: VersionConflict): void {
  const words = wordsOf(res);
  const all = (answers: Record<string, string>): string =>
    QUESTION_KEYS.map((key) => `${words.t(`meetings.selfReview.${key}`)}\n${answers[key] ?? ''}`).join(
      '\n\n',
    );
  showTwoVersions(res, {
    name: words.t('meetings.selfReview.title'),
    path: paths.selfReview,
    fields: {
      ...typed.answers,
      _version: String(stored.version),
      ...(typed.finished ? { finished: '1' } : {}),
    },
    mine: all(typed.answers),
    theirs: all(stored.words),
    theirsAt: stored.at,
    now,
  });
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}
