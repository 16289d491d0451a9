/** One meeting for staff: agenda and questions, notes, decisions, follow-ups, and how it ended. */
import { z } from 'zod';
import { settingsOf } from '../institutions/settings.service.ts';
import { getPerson } from '../people/person.service.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import type { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { showTwoVersions } from '../web/twoVersions.ts';
import { partTitleIn } from './partTitle.ts';
import { ATTENDEE_ROLES, FOLLOWERS, type AttendeeRole } from './meeting.ts';
import { MeetingForm, readMeetingForm, typedMeetingForm } from './meetingForm.ts';
import { changeMeetingPlan, endMeeting, getMeeting, type MeetingEnd } from './meeting.service.ts';
import { meetingPage } from './meetingShow.page.ts';
import { studentReviews } from './reading.service.ts';
import { sendCalendar } from './calendar.routes.ts';
import { named, STAFF, staffOf, textsIn, type StaffCall } from './staff.ts';
import * as talk from './talk.service.ts';

const OfMeeting = z.strictObject({ person: Id, meeting: Id });
const line = z.string().max(2_000).trim().default('');
const Tick = z
  .literal('1')
  .optional()
  .transform((value) => value === '1');
const Version = z.coerce.number().int().min(0).max(1_000_000).default(0);
const DONE = ['moved', 'ended', 'saved'] as const;
const Query = z.object({ done: z.enum(DONE).optional().catch(undefined) });

/** Ticks are named by what they stand at: `point.ID`, `question.ID` with `answer.ID`. */
const TalkForm = z
  .object({
    do: z
      .string()
      .regex(/^(?:save|add|refill|remove\.[\w:.]{1,60})$/)
      .default('save'),
    point: line,
  })
  .catchall(z.string().max(2_000));
const NotesForm = z.strictObject({
  notes: typedText().max(20_000).default(''),
  _version: Version,
  keep: z.enum(['mine', 'theirs']).optional(),
});
const DecisionForm = z.union([
  z.strictObject({ remove: Id, decision: line }),
  z.strictObject({ decision: line }),
]);
const FollowUpForm = z.strictObject({
  followUp: line,
  who: z.enum(FOLLOWERS).default('student'),
  due: line,
  goal: z.union([Id, z.literal('')]).default(''),
  remove: Id.optional(),
  tick: z
    .string()
    .regex(/^[0-9a-f]{24}\.[01]$/)
    .optional(),
});
const EndForm = z.strictObject({
  do: z.enum(['hold', 'miss', 'cancel', 'reopen']),
  why: line,
  ...Object.fromEntries(ATTENDEE_ROLES.map((role) => [`came.${role}`, Tick])),
} as {
  do: z.ZodEnum<{ hold: 'hold'; miss: 'miss'; cancel: 'cancel'; reopen: 'reopen' }>;
  why: typeof line;
} & Record<`came.${AttendeeRole}`, typeof Tick>);

type MeetingCall = StaffCall & { params: z.output<typeof OfMeeting> };

export function meetingShowRoutes(): Declaration[] {
  const base = { who: STAFF, params: OfMeeting } as const;
  const again = { onInvalid: showAgain };
  const at = (path: (person: string, id: string) => string): string => path(':person', ':meeting');
  return [
    route({
      ...base,
      method: 'get',
      path: at(paths.studentMeeting),
      changes: [],
      query: Query,
      handle: (call) => {
        const { done } = call.query;
        if (done) tellSaved(call.res, wordsOf(call.res).t(`meetings.done.${done}`));
        return showMeeting(call);
      },
    }),
    route({
      ...base,
      method: 'post',
      path: at(paths.studentMeeting),
      changes: ['meeting.changed'],
      form: MeetingForm,
      handle: async (call) => {
        const { zone } = await settingsOf(call.viewer.institution);
        const form = readMeetingForm(call.form, zone);
        await changeMeetingPlan(staffOf(call), call.student, call.params.meeting, form, call.now);
        back(call, 'moved');
      },
      onInvalid: (call, problem, typed) =>
        showMeeting(call, problem, { meetingForm: typedMeetingForm(typed) }),
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: at(paths.meetingTalk),
      changes: ['meeting.agendaChanged'],
      form: TalkForm,
      handle: (call) => keepTalk(call),
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: at(paths.meetingNotes),
      changes: ['meeting.notesChanged'],
      form: NotesForm,
      handle: (call) => keepNotes(call),
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: at(paths.meetingDecisions),
      changes: ['meeting.decided', 'meeting.decisionRemoved'],
      form: DecisionForm,
      handle: async (call) => {
        const { form, student, params, now } = call;
        if ('remove' in form)
          await talk.removeDecision(staffOf(call), student, params.meeting, form.remove, now);
        else await talk.addDecision(staffOf(call), student, params.meeting, form.decision, now);
        back(call, 'saved', '#decisions');
      },
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: at(paths.meetingFollowUps),
      changes: [
        'meeting.followUpAdded',
        'meeting.followUpRemoved',
        'followUp.done',
        'followUp.undone',
        'goal.changedByStaff',
        'goal.corrected',
        'plan.begun',
      ],
      form: FollowUpForm,
      handle: (call) => keepFollowUps(call),
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: at(paths.endMeeting),
      changes: ['meeting.held', 'meeting.missed', 'meeting.cancelled', 'meeting.reopened'],
      form: EndForm,
      handle: async (call) => {
        await endMeeting(staffOf(call), call.student, call.params.meeting, endFrom(call.form), call.now);
        back(call, 'ended');
      },
    }),
    route({
      ...base,
      method: 'get',
      path: at(paths.studentMeetingFile),
      changes: [],
      handle: async ({ viewer, student, params, now, res }) => {
        const meeting = await getMeeting(viewer.institution, student, params.meeting);
        const { name } = await getPerson(viewer.institution, student);
        const words = wordsOf(res);
        sendCalendar(res, words, meeting, words.t('meetings.calendar.titleOf', { name }), now);
      },
    }),
  ];
}

function back({ res, student, params }: MeetingCall, done: (typeof DONE)[number], at = ''): void {
  seeOther(res, `${paths.studentMeeting(student, params.meeting)}?done=${done}${at}`);
}

function endFrom(form: z.output<typeof EndForm>): MeetingEnd {
  const { do: event, why } = form;
  if (event === 'reopen') return { event };
  if (event !== 'hold') return { event, why };
  return { event, came: ATTENDEE_ROLES.filter((role) => form[`came.${role}`]) };
}

/** Every button of the form sends all ticks, so that none is lost by adding a point. */
async function keepTalk(call: Call<typeof OfMeeting, z.ZodType, typeof TalkForm>): Promise<void> {
  const { form, student, params, now } = call;
  const { do: pressed, point, ...ticks } = form;
  const actor = staffOf(call);
  const of = [actor, student, params.meeting] as const;
  await talk.saveTicks(...of, ticksFrom(ticks), now);
  if (pressed === 'add' || point !== '') await talk.addAgendaItem(...of, point, now);
  if (pressed === 'refill') await talk.refillAgenda(...of, now);
  if (pressed.startsWith('remove.')) await talk.removeAgendaItem(...of, pressed.slice('remove.'.length), now);
  back(call, 'saved');
}

function ticksFrom(form: Record<string, string>): talk.Ticks {
  const ids = (prefix: string): string[] =>
    Object.keys(form).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  const answers = (id: string): string => (form[`answer.${id}`] ?? '').replaceAll(/\s+/g, ' ').trim();
  return {
    agenda: ids('point.'),
    questions: ids('question.').map((id) => ({ id, answer: answers(id) })),
  };
}

async function keepFollowUps(call: Call<typeof OfMeeting, z.ZodType, typeof FollowUpForm>): Promise<void> {
  const { form, student, params, now } = call;
  const { followUp, who, due, goal, remove, tick } = form;
  const actor = staffOf(call);
  if (remove) await talk.removeFollowUp(actor, student, params.meeting, remove, now);
  else if (tick) {
    const [id = '', done] = tick.split('.');
    await talk.tickFollowUp(actor, student, id, done === '1', now);
  } else {
    const added = { text: followUp.replaceAll(/\s+/g, ' '), who, due: due || null, goal: goal || null };
    await talk.addFollowUp(actor, student, params.meeting, added, now);
  }
  back(call, 'saved', '#follow-ups');
}

async function keepNotes(call: Call<typeof OfMeeting, z.ZodType, typeof NotesForm>): Promise<void> {
  const { form, student, params, isAutosave, ifMatch, now, res } = call;
  const path = paths.studentMeeting(student, params.meeting);
  if (form.keep === 'theirs') return seeOther(res, path);
  const notes = {
    text: form.notes.trim(),
    version: isAutosave ? (ifMatch ?? form._version) : form._version,
  };
  try {
    const version = await talk.saveNotes(staffOf(call), student, params.meeting, notes, now);
    if (isAutosave) res.json({ version, savedAt: now.toISOString() });
    else back(call, 'saved', '#notes-card');
  } catch (error) {
    if (!(error instanceof VersionConflict) || isAutosave) throw error;
    showTwoVersions(res, {
      name: wordsOf(res).t('meetings.one.notes'),
      path: paths.meetingNotes(student, params.meeting),
      fields: { notes: form.notes, _version: String(error.stored.version) },
      mine: form.notes,
      theirs: error.stored.words['notes'] ?? '',
      theirsAt: error.stored.at,
      now,
    });
  }
}

async function showAgain(call: MeetingCall, problem: Invalid, typed: Record<string, unknown>): Promise<void> {
  return showMeeting(call, problem, { typed: textsIn(typed) });
}

async function showMeeting(
  call: MeetingCall,
  problem?: Invalid,
  after: Pick<Parameters<typeof meetingPage>[1], 'typed' | 'meetingForm'> = {},
): Promise<void> {
  const { viewer, student, params, res, now } = call;
  const [person, meeting, facts] = await Promise.all([
    getPerson(viewer.institution, student),
    getMeeting(viewer.institution, student, params.meeting),
    studentReviews(viewer.institution, student, now),
  ]);
  const words = wordsOf(res);
  const model = meetingPage(words, {
    ...facts,
    ...after,
    ...(problem ? { problems: problem.fields } : {}),
    meeting,
    student: named(person),
    partTitle: partTitleIn(words),
    viewerRole: staffOf(call).role === 'advisor' ? 'advisor' : 'administrator',
  });
  page(res, 'meetings/show', model, { status: problem ? 422 : 200 });
}
