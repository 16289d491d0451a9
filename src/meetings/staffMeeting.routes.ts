/** A student's reviews and meetings for staff: planning, hearing the family, attempts to reach them. */
import { z } from 'zod';
import { settingsOf } from '../institutions/settings.service.ts';
import { getPerson } from '../people/person.service.ts';
import type { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { CONTACT_HOWS, CONTACT_OUTCOMES } from './contact.ts';
import { logContact } from './contact.service.ts';
import {
  recordFamilyInput,
  recordNoFamilyInput,
  signOffReview,
  writeAdvisorReview,
} from './cycle.service.ts';
import { MeetingForm, readMeetingForm, typedMeetingForm } from './meetingForm.ts';
import { meetingShowRoutes } from './meetingShow.routes.ts';
import { planMeeting } from './meeting.service.ts';
import { askQuestion } from './question.service.ts';
import { studentReviews } from './reading.service.ts';
import { named, OfStudent, STAFF, staffOf, textsIn, type StaffCall } from './staff.ts';
import { staffMeetingsPage } from './staffMeetings.page.ts';

const line = z.string().max(2_000).trim().default('');
const words = typedText().max(20_000).trim().default('');
const DONE = ['planned', 'question', 'contact', 'family', 'advisor', 'signedOff'] as const;
const Query = z.object({ done: z.enum(DONE).optional().catch(undefined) });
const FamilyForm = z.union([
  z.strictObject({ familyText: words, familyWho: line, toldOn: line }),
  z.strictObject({ reason: line }),
]);

export function staffMeetingRoutes(): Declaration[] {
  const base = { who: STAFF, params: OfStudent } as const;
  const back = ({ res, student }: StaffCall, done: (typeof DONE)[number], at = ''): void =>
    seeOther(res, `${paths.studentMeetings(student)}?done=${done}${at}`);
  const again = { onInvalid: showAgain };
  return [
    route({
      ...base,
      method: 'get',
      path: paths.studentMeetings(':person'),
      changes: [],
      query: Query,
      handle: (call) => {
        const { done } = call.query;
        if (done) tellSaved(call.res, wordsOf(call.res).t(`meetings.done.${done}`));
        return showMeetings(call);
      },
    }),
    route({
      ...base,
      method: 'post',
      path: paths.studentMeetings(':person'),
      changes: ['meeting.planned'],
      form: MeetingForm,
      handle: async (call) => {
        const { zone } = await settingsOf(call.viewer.institution);
        await planMeeting(staffOf(call), call.student, readMeetingForm(call.form, zone), call.now);
        back(call, 'planned');
      },
      onInvalid: (call, problem, typed) =>
        showMeetings(call, problem, { meetingForm: typedMeetingForm(typed) }),
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: paths.studentContacts(':person'),
      changes: ['family.contacted'],
      form: z.strictObject({
        day: line,
        how: z.enum(CONTACT_HOWS),
        outcome: z.enum(CONTACT_OUTCOMES),
        note: line,
      }),
      handle: async (call) => {
        await logContact(staffOf(call), call.student, call.form, call.now);
        back(call, 'contact', '#contacts');
      },
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: paths.studentFamilyInput(':person'),
      changes: ['family.heard', 'family.notHeard'],
      form: FamilyForm,
      handle: async (call) => {
        const { form, student, now } = call;
        if ('reason' in form) await recordNoFamilyInput(staffOf(call), student, form.reason, now);
        else {
          const { familyText: text, familyWho: who, toldOn } = form;
          await recordFamilyInput(staffOf(call), student, { text, who, toldOn }, now);
        }
        back(call, 'family');
      },
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: paths.studentAdvisorReview(':person'),
      changes: ['advisorReview.changed'],
      form: z.strictObject({ advisorText: words }),
      handle: async (call) => {
        await writeAdvisorReview(staffOf(call), call.student, call.form.advisorText, call.now);
        back(call, 'advisor');
      },
    }),
    route({
      ...base,
      ...again,
      method: 'post',
      path: paths.studentQuestions(':person'),
      changes: ['question.asked'],
      form: z.strictObject({ side: z.enum(['staff', 'family']).default('staff'), question: line }),
      handle: async (call) => {
        const { side, question } = call.form;
        const text = question.replaceAll(/\s+/g, ' ');
        await askQuestion(staffOf(call), call.student, { side, text }, call.now);
        back(call, 'question', '#questions');
      },
    }),
    route({
      ...base,
      method: 'post',
      path: paths.signOffReview(':person'),
      changes: ['reviewCycle.signedOff'],
      form: z.strictObject({ cycle: Id }),
      handle: async (call) => {
        await signOffReview(staffOf(call), call.student, call.form.cycle, call.now);
        back(call, 'signedOff');
      },
    }),
    ...meetingShowRoutes(),
  ];
}

async function showAgain(call: StaffCall, problem: Invalid, typed: Record<string, unknown>): Promise<void> {
  return showMeetings(call, problem, { typed: textsIn(typed) });
}

async function showMeetings(
  { viewer, student, res, now }: StaffCall,
  problem?: Invalid,
  after: Pick<Parameters<typeof staffMeetingsPage>[1], 'typed' | 'meetingForm'> = {},
): Promise<void> {
  const [person, facts] = await Promise.all([
    getPerson(viewer.institution, student),
    studentReviews(viewer.institution, student, now),
  ]);
  const problems = problem ? { problems: problem.fields } : {};
  const model = staffMeetingsPage(wordsOf(res), { ...facts, ...after, ...problems, student: named(person) });
  page(res, 'meetings/staff', model, { status: problem ? 422 : 200 });
}
