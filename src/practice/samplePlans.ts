/**
 * A school that looks alive: students of the sample school with plans in every state, made by the same services
 * that their pages call. Nothing is written past them.
 */
import { findPeopleBySisId } from '../people/person.service.ts';
import type { Actor } from '../people/actor.ts';
import { approvePlan, returnPlan } from '../plans/decision.service.ts';
import { findPlan, openPlan, submitPlan, yearAt } from '../plans/plan.service.ts';
import { saveReviewAnswer, startReview } from '../plans/review.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { checkIn } from '../goals/step.service.ts';
import type { PracticeLms } from './lms.ts';
import { planSampleMeeting, postSampleOpportunities } from './sampleStaff.ts';
import { beginPlan, fillPlan, type SampleTime, type SampleWriter } from './sampleStudent.ts';
import { FIRST_WORDS, THEMES, type ThemeName } from './sampleWords.ts';

/** How far a student has come. */
type Stage = 'writing' | 'sent' | 'inReview' | 'returned' | 'inUse';

interface Role {
  key: string;
  theme: ThemeName;
  stage: Stage;
  /** Days since they began. */
  begun: number;
  /** Plans courses up to grade 12. */
  courses?: true;
  /** Talks with the advisor in so many days. */
  meeting?: number;
}

/** The first is the student of the demo's links: begun, so that there is something to see and something to do. */
const CAST: readonly Role[] = [
  { key: 'student01', theme: 'machines', stage: 'writing', begun: 14, courses: true, meeting: 6 },
  { key: 'student02', theme: 'care', stage: 'inUse', begun: 24, courses: true },
  { key: 'student03', theme: 'words', stage: 'sent', begun: 11 },
  { key: 'student04', theme: 'computing', stage: 'returned', begun: 15, meeting: 4 },
  { key: 'student05', theme: 'nature', stage: 'inUse', begun: 22 },
  { key: 'student07', theme: 'kitchen', stage: 'sent', begun: 18 },
  { key: 'student08', theme: 'stage', stage: 'inReview', begun: 12 },
];

/** Students who have written one text and no more. */
const BEGINNERS = ['student06', 'student10', 'student12', 'student15'] as const;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Fills the sample school; students who have begun by themselves (a kept demo) stay as they are.
 * @returns how many plans were begun. @throws the signal's reason, between two students
 */
export async function addSamplePlans(
  lms: PracticeLms,
  institution: string,
  now: Date,
  signal: AbortSignal,
): Promise<number> {
  const { zone } = await settingsOf(institution);
  const month = new Date(now.getTime() - 31 * DAY_MS);
  const isOneYear = (await yearAt(institution, month)) === (await yearAt(institution, now));
  const time = timeAround(now, isOneYear ? DAY_MS : MINUTE_MS, zone);
  const [advisor] = await peopleOf(lms, institution, 'advisor1');
  if (!advisor) return 0;
  const staff: Actor = { institution, person: advisor, role: 'advisor', via: null };
  let begun = 0;
  for (const role of CAST) {
    signal.throwIfAborted();
    for (const person of await beginnersAmong(lms, institution, role.key)) {
      await play(role, { student: asStudent(institution, person), staff, time });
      begun += 1;
    }
  }
  for (const [index, key] of BEGINNERS.entries()) {
    signal.throwIfAborted();
    for (const person of await beginnersAmong(lms, institution, key)) {
      const student = asStudent(institution, person);
      await openPlan(institution, person, time.ago(9));
      await beginPlan({ student, staff, time }, FIRST_WORDS[index] ?? '', time.ago(6 - index));
      begun += 1;
    }
  }
  if (begun > 0) await postSampleOpportunities(staff, time);
  return begun;
}

const asStudent = (institution: string, person: string): Actor => ({
  institution,
  person,
  role: 'student',
  via: null,
});

/** One person, or one of each LMS that does not tell the SIS id. */
async function peopleOf(lms: PracticeLms, institution: string, key: string): Promise<string[]> {
  const { sisId } = lms.manners.canvas.person(key);
  const people = sisId ? await findPeopleBySisId(institution, [sisId]) : [];
  return people.map(({ id }) => id);
}

async function beginnersAmong(lms: PracticeLms, institution: string, key: string): Promise<string[]> {
  const people = await peopleOf(lms, institution, key);
  const plans = await Promise.all(people.map((person) => findPlan(institution, person)));
  return people.filter((_, index) => (plans[index]?.state ?? 'not_started') === 'not_started');
}

/** @param unit days back count as minutes in the first weeks of a school year: they would be another year's plan */
function timeAround(now: Date, unit: number, zone: string): SampleTime {
  const at = (days: number, length: number): Date => new Date(now.getTime() + days * length);
  const dayOf = (moment: Date): string => schoolDay(moment, zone);
  return {
    zone,
    today: dayOf(now),
    ago: (days) => at(-days, unit),
    dayAgo: (days) => dayOf(at(-days, unit)),
    dayIn: (days) => dayOf(at(days, DAY_MS)),
  };
}

async function play(role: Role, writer: SampleWriter): Promise<void> {
  const { student, staff, time } = writer;
  const { institution, person } = student;
  const theme = THEMES[role.theme];
  await openPlan(institution, person, time.ago(role.begun));
  const goals = await fillPlan(writer, theme, {
    begun: role.begun,
    whole: role.stage !== 'writing',
    courses: role.courses === true,
  });
  if (role.stage !== 'writing') await send(role.stage, writer, role.begun - 4);
  if (role.stage === 'inUse' && goals[0])
    await checkIn(student, person, goals[0], { text: 'Slow start, but it moves.', value: null }, time.ago(2));
  if (role.meeting !== undefined) await planSampleMeeting(staff, person, role.meeting, time);
}

/** @param day when it was sent, in days ago */
async function send(stage: Stage, { student, staff, time }: SampleWriter, day: number): Promise<void> {
  const { person } = student;
  await submitPlan(student, person, time.ago(day));
  if (stage === 'sent') return;
  await startReview(staff, person, time.ago(day - 2));
  if (stage === 'returned')
    await saveReviewAnswer(staff, person, { section: 'improvements', ...MORE_PLEASE }, 0, time.ago(day - 2));
  else await saveReviewAnswer(staff, person, { section: 'strengths', ...WELL_SEEN }, 0, time.ago(day - 2));
  if (stage === 'returned') await returnPlan(staff, person, RETURNED, time.ago(day - 3));
  if (stage === 'inUse') await approvePlan(staff, person, APPROVED, time.ago(day - 3));
}

const MORE_PLEASE = {
  answer: 'change',
  comment:
    'I would like to hear one example: when was a longer answer asked, and what would you add to it today?',
} as const;
const WELL_SEEN = { answer: 'good', comment: 'I have seen exactly this in class.' } as const;
const RETURNED = 'A strong plan. One part needs another look, then we are there.';
const APPROVED = 'I am glad to agree to this plan. Let us look at the first goal when we meet.';
