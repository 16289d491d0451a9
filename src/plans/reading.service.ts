/** What the advisor's pages show of one student: loaded side by side, from the services of each feature. */
import { historyOf } from '../audit/audit.service.ts';
import { TOLD_ACTIONS } from '../caseload/history.ts';
import { waitingPlans } from '../caseload/caseload.service.ts';
import { coursesOf, taughtCourses } from '../courses/enrolment.service.ts';
import { currentFramework, frameworkOf } from '../frameworks/framework.service.ts';
import { gradeStatusesOf } from '../jobs/gradeStatus.service.ts';
import type { Actor } from '../people/actor.ts';
import { namesOf } from '../people/names.service.ts';
import { getPerson } from '../people/person.service.ts';
import type { Words } from '../shared/page.ts';
import { findLinks } from '../tasks/link.service.ts';
import { listTasksOf } from '../tasks/task.service.ts';
import type { Task, TaskLink } from '../tasks/task.ts';
import { listCommentsFor } from './comment.service.ts';
import { lastApproved } from './decision.service.ts';
import type { OverviewFacts } from './overviewFacts.ts';
import type { PlanSection } from './plan.ts';
import { readParts } from './parts.service.ts';
import { findPlan, getPlan } from './plan.service.ts';
import { listReviews, getReview } from './review.service.ts';
import type { ReviewFacts } from './reviewFacts.ts';
import type { PlanReview } from './review.ts';

type ReviewReading = Omit<ReviewFacts, 'show' | 'now' | 'typed' | 'problem' | 'errors'>;

/** Everything the review page shows. @throws NotFound when the student has no plan. */
export async function readForReview(actor: Actor, student: string, words: Words): Promise<ReviewReading> {
  const { institution } = actor;
  const isAdvisor = actor.role === 'advisor';
  const plan = await getPlan(institution, student);
  const [person, review, approved, reviews, comments, queue] = await Promise.all([
    getPerson(institution, student),
    isAdvisor && plan.state === 'in_review' ? getReview(actor, student) : null,
    lastApproved(plan),
    listReviews(actor, student),
    listCommentsFor(actor, student),
    isAdvisor ? waitingPlans(institution, actor.person) : [],
  ]);
  const named = [student, plan.approvedBy, ...comments.map(({ author }) => author)];
  return {
    student: person,
    plan,
    parts: await readParts(plan, words),
    viewer: { person: actor.person, isAdvisor },
    review,
    approved,
    asked: lastAsked(reviews),
    comments,
    names: await namesOf(institution, named),
    queue,
  };
}

/** Sections the last decided review asked a change of; an approval settles them. */
function lastAsked(reviews: readonly PlanReview[]): PlanSection[] {
  const last = reviews.find(({ outcome }) => outcome !== 'open');
  return last?.outcome === 'returned'
    ? last.answers.filter(({ answer }) => answer === 'change').map(({ section }) => section)
    : [];
}

type OverviewReading = Omit<OverviewFacts, 'families' | 'now' | 'typed' | 'errors'>;

/** More than are told: repeated saves are told once. */
const EVENTS = 60;

/** Everything the overview shows, of students without a plan too. @throws NotFound for nobody we know. */
export async function readForOverview(actor: Actor, student: string): Promise<OverviewReading> {
  const { institution } = actor;
  const person = await getPerson(institution, student);
  const plan = await findPlan(institution, student);
  const [comments, tasks, courses, own, grades, history] = await Promise.all([
    plan ? listCommentsFor(actor, student) : [],
    tasksOf(institution, student),
    coursesOf(institution, student),
    taughtCourses(institution, actor.person),
    gradeStatusesOf(institution, student),
    historyOf(institution, student, { actions: TOLD_ACTIONS, limit: EVENTS }),
  ]);
  const named = [student, ...comments.map(({ author }) => author), ...history.map((event) => event.actor)];
  return {
    student: person,
    plan,
    framework: plan ? await frameworkOf(plan) : await currentFramework(institution),
    viewer: { person: actor.person, isAdvisor: actor.role === 'advisor' },
    comments,
    tasks,
    courses,
    ownCourses: new Set(own.map(({ id }) => id)),
    grades,
    history,
    names: await namesOf(institution, named),
  };
}

async function tasksOf(institution: string, student: string): Promise<{ task: Task; link: TaskLink }[]> {
  const tasks = await listTasksOf(institution, student);
  const ids = [...new Set(tasks.map(({ link }) => link))];
  const links = new Map((await findLinks(institution, ids)).map((link) => [link.id, link]));
  return tasks.flatMap((task) => {
    const link = links.get(task.link);
    return link ? [{ task, link }] : [];
  });
}
