import { addAssessment } from '../../src/assessments/assessment.service.ts';
import { addApplication } from '../../src/after/application.service.ts';
import { addEntry, resumeOf } from '../../src/after/resume.service.ts';
import { findCoursePlan } from '../../src/coursePlan/coursePlan.store.ts';
import { tellGrade } from '../../src/coursePlan/coursePlan.service.ts';
import { suggestCourse } from '../../src/coursePlan/staff.service.ts';
import { checkImport as checkRun } from '../../src/imports/import.service.ts';
import { catalogueImport } from '../../src/pathways/catalogueImport.service.ts';
import { listOffered } from '../../src/pathways/catalogue.service.ts';
import { listRequirementSets } from '../../src/pathways/requirement.service.ts';
import type { Actor as ServiceActor } from '../../src/people/actor.ts';
import { addSampleCourses } from '../../src/practice/sampleCourses.ts';
import { checkImport } from '../../src/careers/import.service.ts';
import { addExperience } from '../../src/experiences/experience.service.ts';
import { postOpportunity } from '../../src/experiences/opportunity.service.ts';
import { requestMigration } from '../../src/frameworks/migration.service.ts';
import { draftFromPresets, publishTemplate } from '../../src/frameworks/template.service.ts';
import { keepFile, receiveFile } from '../../src/files/file.service.ts';
import { createGoal } from '../../src/goals/goal.service.ts';
import { emptyForm } from '../../src/goals/goalForm.ts';
import { endSitting, saveAnswers, startSitting } from '../../src/inventory/inventory.service.ts';
import { OWN_BANKS } from '../../src/inventory/data/ownBanks.ts';
import { rememberDeepLinkRequest } from '../../src/lti/deepLinkRequest.store.ts';
import { listDeployments, listPlatforms } from '../../src/lti/platform.store.ts';
import { addEvidence } from '../../src/portfolio/evidence.service.ts';
import { TypedEvidence } from '../../src/portfolio/evidenceForm.ts';
import { newId } from '../../src/shared/model.ts';
import { prepareLinks } from '../../src/tasks/link.service.ts';
import { getMeeting, planMeeting } from '../../src/meetings/meeting.service.ts';
import { askQuestion, listQuestions } from '../../src/meetings/question.service.ts';
import { addFollowUp } from '../../src/meetings/talk.service.ts';
import { getPlan } from '../../src/plans/plan.service.ts';
import { insertSignatures } from '../../src/signatures/signature.store.ts';
import { openTask } from '../../src/tasks/task.service.ts';
import { listTemplates } from '../../src/tasks/template.ts';
import type { Declaration } from '../../src/web/route.ts';
import { aPhoto } from '../support/madeFiles.ts';
import { findSessionOf } from '../support/sessions.ts';
import type { School } from '../support/startSchool.ts';
import { STUDENT, type Actor } from './actors.ts';

/** The real things the matrix tries to reach: all of one student, one course, one advisor. */
export interface Things {
  pathOf(route: Declaration): string;
  /** The same path with ids that never were. */
  missingPathOf(route: Declaration): string;
  /** Whether the thing in the path, if there is one, is this actor's own; somebody else's is as good as missing. */
  isOwn(route: Declaration, actor: string): boolean;
}

/** Parameters that name a thing of one person, and whose it is. */
const OWNERS: Record<string, string> = {
  ':goal': 'student, own',
  ':step': 'student, own',
  ':entry': 'student, own',
  ':sitting': 'student, own',
  ':evidence': 'student, own',
  ':assessment': 'student, own',
  ':experience': 'student, own',
  ':application': 'student, own',
  ':resumeEntry': 'student, own',
  ':opportunity': 'advisor, own',
  ':request': 'advisor, own',
  ':meeting': 'student, own',
  ':question': 'student, own',
  ':followUp': 'student, own',
  ':signature': 'student, own',
};

const RESULT = {
  kind: 'state',
  name: 'State math test',
  subject: 'Math',
  date: '2026-03-02',
  score: '2460',
  level: '',
  tells: '',
} as const;

export async function makeThings(school: School, actors: readonly Actor[]): Promise<Things> {
  const ids = await makeIds(school, actors);
  const fill = (path: string, value: (name: string) => string): string =>
    path.replace(/:(\w+)/g, (_, name: string) => value(name));
  return {
    pathOf: ({ path }) => fill(path, (name) => known(ids, name, path)),
    missingPathOf: ({ path }) => fill(path, (name) => (name === 'part' ? 'strengths' : newId())),
    isOwn: ({ path }, actor) =>
      Object.entries(OWNERS).every(([name, owner]) => !path.includes(name) || owner === actor),
  };
}

function known(ids: Record<string, string>, name: string, path: string): string {
  const id = ids[name];
  if (id === undefined)
    throw new Error(`The matrix has no thing for :${name} of ${path}. Add it to test/matrix/things.ts.`);
  return id;
}

/** An interest inventory of the student, answered to its end. */
async function aSitting(student: Parameters<typeof endSitting>[0], now: Date): Promise<string> {
  const bank = OWN_BANKS[0];
  await startSitting(student, student.person, { bank: bank?.id ?? '', begin: 'fresh' }, now);
  const answers = bank?.items.map(({ id }) => ({ item: id, value: 1 })) ?? [];
  await saveAnswers(student, student.person, answers, now);
  return (await endSitting(student, student.person, now)).id;
}

/** A picture in the student's portfolio that their family may see. */
async function anEvidence(student: Parameters<typeof addEvidence>[0], now: Date): Promise<string> {
  const photo = await aPhoto();
  const pieces = (async function* () {
    yield photo;
  })();
  const id = await receiveFile(student, { name: 'arm.jpg', stream: pieces }, now);
  const form = TypedEvidence.parse({ title: 'Robot arm', audience: 'family' });
  const none = new Set<string>();
  const own = { goals: none, skills: none, courses: none, tasks: none };
  const today = now.toISOString().slice(0, 10);
  return (await addEvidence(student, { kind: 'file', form, file: { is: 'sent', id } }, { own, today, now }))
    .id;
}

/** A career, a program, an experience, an opportunity and an import that was checked. */
async function exploredThings(
  student: Parameters<typeof addExperience>[0],
  staff: Parameters<typeof postOpportunity>[0],
  now: Date,
): Promise<Record<string, string>> {
  const facts = {
    kind: 'club',
    title: 'Chess club',
    organisation: 'School',
    from: null,
    to: null,
    supervisor: { name: '', contact: '' },
    reflection: '',
    skills: [],
    goal: null,
  } as const;
  const experience = await addExperience(student, { ...facts, skills: [] }, null, now);
  const dates = { from: null, to: null, applyBy: null, cluster: null };
  const offer = {
    kind: 'club',
    title: 'Chess club',
    organisation: '',
    about: '',
    how: 'Come',
    ...dates,
  } as const;
  const opportunity = await postOpportunity(staff, offer, now);
  const text = 'id,title,does\nbaker,Baker,You bake.';
  const checked = await checkImport(staff, { format: 'career', text, version: '' }, now);
  return {
    career: 'chef',
    programme: 'bachelor-nursing',
    experience: experience.id,
    opportunity: opportunity.id,
    import: checked.id,
  };
}

async function makeIds(school: School, actors: readonly Actor[]): Promise<Record<string, string>> {
  const { institution, deps } = school;
  const now = deps.clock();
  const [person, advisor, course] = [
    await school.person(STUDENT),
    await school.person('advisor1'),
    await school.course('advisory'),
  ];
  const student = { institution, person, role: 'student', via: null } as const;
  const form = {
    ...emptyForm('academic'),
    statement: 'Read twelve books',
    steps: [{ id: null, title: 'Choose one', due: null }],
  };
  const { goal } = await createGoal(student, person, form, now);
  const staff = { institution, person: advisor, role: 'advisor', via: null } as const;
  const [template] = listTemplates();
  const [link] = await prepareLinks(staff, course, [{ template: template?.id ?? '' }], now);
  const task = await openTask(student, link?.id ?? '', now);
  const own = actors.find(({ name }) => name === 'advisor, own') as Actor;
  const session = await findSessionOf(own.visitor);
  const settings = {
    returnUrl: `${school.lms.url}/canvas/deep`,
    acceptTypes: ['ltiResourceLink'],
    acceptMultiple: true,
    acceptLineItem: true,
    data: null,
  };
  const [platform] = await listPlatforms();
  const deployment = (await listDeployments()).find((one) => one.platform === platform?.id);
  const request = await rememberDeepLinkRequest(
    {
      institution,
      person: session.person,
      course,
      platform: platform?.id ?? '',
      deploymentId: deployment?.deploymentId ?? '',
      settings,
    },
    now,
  );
  return {
    person,
    course,
    goal: goal.id,
    evidence: await anEvidence(student, now),
    assessment: (await addAssessment(student, person, RESULT, now)).id,
    step: goal.steps[0]?.id ?? '',
    checkIn: newId(),
    link: link?.id ?? '',
    task: task.id,
    request,
    part: 'strengths',
    ...(await courseThings(institution, student, staff, now)),
    sitting: await aSitting(student, now),
    ...(await exploredThings(student, staff, now)),
    skill: 'communication',
    ...(await meetingThings(student, staff, now)),
    ...(await frameworkThings({ institution, person: advisor, via: null }, now)),
    ...(await afterThings(student, now)),
    platform: platform?.id ?? '',
    deployment: deployment?.id ?? '',
  };
}

/** A published template, and a move of the plans on it: there are none. */
async function frameworkThings(
  actor: Parameters<typeof requestMigration>[0],
  now: Date,
): Promise<Record<string, string>> {
  const draft = await draftFromPresets(actor, ['us-az-ecap'], now);
  const template = await publishTemplate(actor, draft.id, now);
  const from = { framework: template.key, version: template.version };
  const move = await requestMigration(actor, from, { framework: 'starter', version: 1 }, now);
  return { template: template.id, move: move.id };
}

/** An application and an entry of the student's activity log; the rest are names that everybody has. */
async function afterThings(student: ServiceActor, now: Date): Promise<Record<string, string>> {
  const form = { where: 'Lakeside College', programme: null, kind: 'college', deadline: null } as const;
  const application = await addApplication(student, { ...form, needs: ['form'] }, now);
  const entry = { kind: 'award', title: 'First prize', place: '', from: null, to: null } as const;
  await addEntry(student, entry, now);
  const { entries } = await resumeOf(student.institution, student.person);
  return {
    application,
    applicationPart: 'form',
    resumeEntry: entries[0]?.id ?? '',
    afterOption: 'college',
    afterStep: newId(),
    aidStep: 'fafsa',
  };
}

/** A suggestion in the student's course plan, and the administrator's course, set and dry run. */
async function courseThings(
  institution: string,
  student: ServiceActor,
  staff: ServiceActor,
  now: Date,
): Promise<Record<string, string>> {
  await addSampleCourses(institution, now);
  await tellGrade(student, student.person, 10, now);
  const form = { code: 'CHEM', grade: 11, term: 'year', note: '' } as const;
  await suggestCourse(staff, student.person, form, now);
  const { entries } = await findCoursePlan(institution, student.person);
  const [offered] = await listOffered(institution);
  const [set] = await listRequirementSets(institution);
  const administrator = { ...staff, role: 'administrator' } as const;
  const run = await checkRun(catalogueImport, administrator, { text: 'code,title\nM,M', file: '' }, now);
  return {
    entry: entries[0]?.id ?? '',
    offered: offered?.id ?? '',
    set: set?.id ?? '',
    run: run.id,
  };
}

/** A planned meeting with something to do, a question for it, and a signature on paper with its scan. */
async function meetingThings(
  student: ServiceActor,
  staff: ServiceActor,
  now: Date,
): Promise<Record<string, string>> {
  const { institution, person } = student;
  const startsAt = new Date(now.getTime() + 7 * 24 * 60 * 60_000);
  const attendees = [{ role: 'student', name: '', came: null } as const];
  const form = { startsAt, minutes: 20, place: 'Room 204', link: '', attendees };
  const { id } = await planMeeting(staff, person, form, now);
  await addFollowUp(staff, person, id, { text: 'Ask', who: 'student', due: null, goal: null }, now);
  await askQuestion(student, person, { side: 'student', text: 'Which club?' }, now);
  const [question] = await listQuestions(institution, person);
  const { followUps } = await getMeeting(institution, person, id);
  return {
    meeting: id,
    question: question?.id ?? '',
    followUp: followUps[0]?.id ?? '',
    signature: await aSignature(student, staff, now),
  };
}

async function aSignature(student: ServiceActor, staff: ServiceActor, now: Date): Promise<string> {
  const { institution, person } = student;
  const { id: plan, revision } = await getPlan(institution, person);
  const photo = await aPhoto();
  const pieces = (async function* () {
    yield photo;
  })();
  const scan = await receiveFile(staff, { name: 'paper.jpg', stream: pieces }, now);
  await keepFile(staff, scan);
  const id = newId();
  const of = { id, institution, plan, person, revision, hash: 'none', place: 0, required: true } as const;
  const paper = { role: 'family', state: 'paper', name: 'A guardian', paperDay: '2026-01-05', scan } as const;
  const times = { requestedAt: now, viewedAt: now, settledAt: now, voidedAt: null };
  await insertSignatures([
    { ...of, ...paper, ...times, was: null, by: staff.person, reason: null, ground: null },
  ]);
  return id;
}
