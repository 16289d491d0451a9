/** What one sample student writes, by the services behind the student's own pages. */
import { chooseCluster, saveOption } from '../careers/explore.service.ts';
import { chooseSets, planCourse, tellGrade } from '../coursePlan/coursePlan.service.ts';
import { recordCompleted } from '../coursePlan/staff.service.ts';
import { addExperience, logHours, sendExperience } from '../experiences/experience.service.ts';
import { createGoal } from '../goals/goal.service.ts';
import { tickStep } from '../goals/step.service.ts';
import { offeredBanks } from '../inventory/bank.service.ts';
import { endSitting, saveAnswers, startSitting } from '../inventory/inventory.service.ts';
import { listRequirementSets } from '../pathways/requirement.service.ts';
import type { Actor } from '../people/actor.ts';
import type { ProfileKey } from '../plans/plan.ts';
import { saveProfilePart } from '../plans/profile.service.ts';
import { addEvidence } from '../portfolio/evidence.service.ts';
import { TypedEvidence } from '../portfolio/evidenceForm.ts';
import type { SampleGoal, SampleTheme } from './sampleWords.ts';

/** The school's days around now. */
export interface SampleTime {
  zone: string;
  today: string;
  ago: (days: number) => Date;
  /** `YYYY-MM-DD` */
  dayAgo: (days: number) => string;
  dayIn: (days: number) => string;
}

export interface SampleWriter {
  student: Actor;
  /** The advisor. */
  staff: Actor;
  time: SampleTime;
}

interface Extent {
  /** Days since the student began. */
  begun: number;
  /** Everything that is required is finished; else the last text and the last goal are open. */
  whole: boolean;
  courses: boolean;
}

/** The first lines of somebody who has only just begun. */
export async function beginPlan({ student }: SampleWriter, text: string, now: Date): Promise<void> {
  await saveProfilePart(student, student.person, 'strengths', { text, finished: false }, 0, now);
}

/** @returns the ids of the student's goals */
export async function fillPlan(
  writer: SampleWriter,
  theme: SampleTheme,
  { begun, whole, courses }: Extent,
): Promise<string[]> {
  const { student, time } = writer;
  const texts: readonly [ProfileKey, string, boolean][] = [
    ['strengths', theme.strengths, true],
    ['improvements', theme.improvements, true],
    ['interests', theme.interests, whole],
  ];
  for (const [key, text, finished] of texts)
    await saveProfilePart(student, student.person, key, { text, finished }, 0, time.ago(begun));
  await takeInventory(writer, theme, time.ago(begun - 1));
  const goals: string[] = [];
  for (const [index, goal] of theme.goals.entries())
    goals.push(await addGoal(writer, goal, { finished: whole || index === 0, now: time.ago(begun - 2) }));
  await explore(writer, theme, { goal: goals[0] ?? null, now: time.ago(begun - 2) });
  await work(writer, theme, goals[0] ?? null);
  await show(writer, theme, time.ago(3));
  if (courses) await planCourses(writer, theme, time.ago(begun - 3));
  return goals;
}

/** Strong in the theme's letters, lukewarm in the others, never the same everywhere. */
async function takeInventory({ student }: SampleWriter, theme: SampleTheme, now: Date): Promise<void> {
  const [bank] = await offeredBanks(student.institution);
  if (!bank) return;
  await startSitting(student, student.person, { bank: bank.id, begin: 'fresh' }, now);
  const answers = bank.items.map(({ id, letter }, index) => {
    const rank = theme.letters.indexOf(letter);
    return { item: id, value: rank === -1 ? index % 2 : 4 - rank };
  });
  await saveAnswers(student, student.person, answers, now);
  await endSitting(student, student.person, now);
}

async function addGoal(
  { student, time }: SampleWriter,
  { steps, ...words }: SampleGoal,
  { finished, now }: { finished: boolean; now: Date },
): Promise<string> {
  const form = {
    ...words,
    by: time.dayIn(120),
    requirementSets: [],
    steps: steps.map((title, index) => ({
      id: null,
      title,
      due: time.dayIn(index * 18 + (finished ? -15 : 6)),
    })),
    finished,
  };
  const { goal } = await createGoal(student, student.person, form, now);
  const [first] = goal.steps;
  if (first && finished)
    await tickStep(student, student.person, goal.id, { step: first.id, done: true }, time.ago(1));
  return goal.id;
}

async function explore(
  { student }: SampleWriter,
  { careers, programme, cluster }: SampleTheme,
  { goal, now }: { goal: string | null; now: Date },
): Promise<void> {
  for (const [index, { id, why }] of careers.entries())
    await saveOption(student, 'career', id, { why, goal: index === 0 ? goal : null }, now);
  await saveOption(student, 'programme', programme.id, { why: programme.why, goal: null }, now);
  await chooseCluster(student, cluster.id, cluster.why, now);
}

/** An experience; one at work or in service waits for the advisor's confirmation. */
async function work({ student, time }: SampleWriter, theme: SampleTheme, goal: string | null): Promise<void> {
  const { hours, skills, ...words } = theme.experience;
  const first = Math.max(...hours.map(({ daysAgo }) => daysAgo));
  const facts = { ...words, skills: [...skills], goal, from: time.dayAgo(first), to: null };
  const { id } = await addExperience(student, facts, null, time.ago(first));
  for (const { daysAgo, hours: spent, note } of hours)
    await logHours(student, id, { day: time.dayAgo(daysAgo), hours: spent, note }, time.ago(daysAgo));
  if (words.supervisor.name) await sendExperience(student, id, time.ago(2));
}

async function show({ student, time }: SampleWriter, theme: SampleTheme, now: Date): Promise<void> {
  const none = new Set<string>();
  const own = { goals: none, skills: none, courses: none, tasks: none };
  for (const words of theme.work) {
    const form = TypedEvidence.parse({ ...words, day: time.dayAgo(3), audience: 'family' });
    const given = { kind: 'text', form, file: { is: 'none' } } as const;
    await addEvidence(student, given, { own, today: time.today, now });
  }
}

/** What everybody in grade 10 has behind them, with a mark. */
const GRADE_9 = [
  ['ENG 9', 'B+'],
  ['ALG 1', 'B'],
  ['BIO 10', 'A-'],
  ['SPAN 1', 'B'],
] as const;
const EVERYBODY = [
  ['ENG 10', 10],
  ['GEO', 10],
  ['HIST 10', 10],
  ['SPAN 2', 10],
  ['ENG 11', 11],
  ['ALG 2', 11],
  ['US HIST', 11],
  ['ENG 12', 12],
] as const;

async function planCourses({ student, staff }: SampleWriter, theme: SampleTheme, now: Date): Promise<void> {
  const { institution, person } = student;
  await tellGrade(student, person, 10, now);
  for (const [code, mark] of GRADE_9) {
    const record = { code, title: code, subject: '', credits: 1, grade: 9, term: 'year', mark } as const;
    await recordCompleted(staff, person, record, now);
  }
  const sets = await listRequirementSets(institution);
  const wanted = sets.filter(({ kind, name }) => kind === 'graduation' || name.startsWith('Engineering'));
  const machines = theme.letters[0] === 'R';
  await chooseSets(
    student,
    person,
    wanted.filter(({ kind }) => machines || kind === 'graduation').map(({ key }) => key),
    now,
  );
  const own = theme.electives.map(({ code, grade }) => [code, grade] as const);
  for (const [code, grade] of [...EVERYBODY, ...own])
    await planCourse(student, person, { code, grade, term: 'year' }, now);
}
