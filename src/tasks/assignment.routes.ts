import { z } from 'zod';
import { getCourse } from '../courses/course.service.ts';
import { studentsOf } from '../courses/enrolment.service.ts';
import { gradesOfCourse } from '../jobs/retry.service.ts';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { namesOf } from '../people/names.service.ts';
import { listName } from '../people/person.ts';
import { findPeople, getPerson } from '../people/person.service.ts';
import { Conflict, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { assignmentPage, GROUPS, type RefusedGiving } from './assignment.page.ts';
import { getLink } from './link.service.ts';
import type { Task, TaskLink } from './task.ts';
import { proofOf } from './proof.service.ts';
import { getTask, listTasksOfLink } from './task.service.ts';
import { courseOfLink, ownerOfTask } from './taskOwner.service.ts';
import { excuseTask, reopenTask, returnTask, startTaskReview, verifyTask } from './taskReview.service.ts';
import { getTemplate } from './template.ts';
import { verifyPage, type TypedDecision as Typed } from './verify.page.ts';
import { Decision, levelsIn, typedDecision } from './verifyForm.ts';

const linkParams = z.object({ link: Id });
const taskParams = z.object({ task: Id });
const assignmentQuery = z.object({
  show: z.enum(GROUPS).nullable().catch(null),
  done: z.enum(['assigned', 'excused']).nullable().catch(null),
});
const reviewQuery = z.object({
  done: z.enum(['started', 'verified', 'returned', 'excused', 'reopened']).nullable().catch(null),
});

const ADVISOR = { of: 'student', param: 'task', relations: ['advisor'] } as const;

/** An assignment for the staff of its course, and one student's task before an advisor. */
export function assignmentRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.assignment(':link'),
      who: { of: 'course', param: 'link', standings: ['advisor', 'teacher'], administrator: true },
      owner: courseOfLink,
      changes: [],
      params: linkParams,
      query: assignmentQuery,
      handle: (call) => showAssignment(call, call.query),
    }),
    route({
      method: 'get',
      path: paths.studentTask(':task'),
      who: ADVISOR,
      owner: ownerOfTask,
      changes: [],
      params: taskParams,
      query: reviewQuery,
      handle: async (call) => showTask(call, { done: call.query.done }),
    }),
    route({
      method: 'post',
      path: paths.studentTask(':task'),
      who: ADVISOR,
      owner: ownerOfTask,
      changes: ['task.reviewStarted', 'task.verified', 'task.returned', 'task.excused', 'task.reopened'],
      params: taskParams,
      form: Decision,
      handle: async (call) => {
        const { params, form, viewer, now, res } = call;
        try {
          const done = await decide(actorOf(viewer, 'advisor'), params.task, form, now);
          seeOther(res, `${paths.studentTask(params.task)}?done=${done}`);
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          await showTask(call, { problem: error.message, typed: typedDecision(form) });
        }
      },
      onInvalid: (call, { fields: errors }, typed) => showTask(call, { errors, typed: typedDecision(typed) }),
    }),
  ];
}

type Done = NonNullable<z.output<typeof reviewQuery>['done']>;

async function decide(actor: Actor, id: string, form: Decision, now: Date): Promise<Done> {
  switch (form.do) {
    case 'start':
      await startTaskReview(actor, id, now);
      return 'started';
    case 'verify': {
      const points = form.points === '' ? null : Number(form.points.replace(',', '.'));
      const rubric = levelsIn(form);
      await verifyTask(actor, id, { points, comment: form.comment, rubric }, now);
      return 'verified';
    }
    case 'return':
      await returnTask(actor, id, form.comment, now);
      return 'returned';
    case 'excuse': {
      const task = await getTask(actor, id);
      await excuseTask(actor, task.link, task.person, form.reason, now);
      return 'excused';
    }
    case 'reopen':
      await reopenTask(actor, id, form.comment, now);
      return 'reopened';
  }
}

type AssignmentCall = Pick<Call<typeof linkParams>, 'params' | 'viewer' | 'standing' | 'now' | 'res'>;

/** @param refused what was wrong with a form below the list, and what was typed there */
export async function showAssignment(
  { params, viewer, standing, now, res }: AssignmentCall,
  { show, done }: z.output<typeof assignmentQuery>,
  refused: RefusedGiving | null = null,
): Promise<void> {
  const { institution } = viewer;
  const link = await getLink(institution, params.link);
  const [course, tasks, students, grades] = await Promise.all([
    getCourse(institution, link.course),
    listTasksOfLink(institution, link.id),
    studentsOf(institution, [link.course]),
    gradesOfCourse(institution, link.course),
  ]);
  const here = new Set(students.map(({ person }) => person));
  const people = await findPeople(institution, [...new Set([...here, ...tasks.map(({ person }) => person)])]);
  const model = assignmentPage(wordsOf(res), {
    link,
    template: getTemplate(link.template),
    course,
    students: people
      .filter(({ testUser }) => !testUser)
      .map((one) => ({ person: one.id, name: listName(one), isHere: here.has(one.id) })),
    tasks,
    grades: grades.filter(({ item }) => item.kind === 'task' && item.link === link.id),
    isAdvisor: standing === 'advisor',
    show,
    refused,
    now,
  });
  tellSaved(res, done && wordsOf(res).t(`assign.given.${done}`));
  page(res, 'assignments/show', model, { status: refused ? 422 : 200 });
}

interface Shown {
  done?: Done | null;
  typed?: Typed;
  errors?: readonly FieldError[];
  problem?: string;
}

type TaskCall = Pick<Call<typeof taskParams>, 'params' | 'viewer' | 'now' | 'res'>;

async function showTask({ params, viewer, now, res }: TaskCall, shown: Shown): Promise<void> {
  const { institution } = viewer;
  const task = await getTask(actorOf(viewer, 'advisor'), params.task);
  const link = await getLink(institution, task.link);
  const [student, course, grades, waiting, proof] = await Promise.all([
    getPerson(institution, task.person),
    getCourse(institution, link.course),
    gradesOfCourse(institution, link.course),
    nextWaiting(task, link),
    proofOf(task, now),
  ]);
  const names = await namesOf(institution, [
    ...task.history.map(({ by }) => by).filter((by) => by !== 'system'),
    waiting?.person ?? null,
  ]);
  const words = wordsOf(res);
  const called = student.given || student.name;
  tellSaved(res, shown.done ? words.t(`assign.done.${shown.done}`, { name: called }) : null);
  const model = verifyPage(words, {
    task,
    link,
    template: getTemplate(task.template),
    course: course.title,
    student,
    names,
    proof,
    grade: grades.find(({ item, person }) => isOf(item, link) && person === task.person) ?? null,
    next: waiting ? { id: waiting.id, name: names.get(waiting.person) ?? '' } : null,
    typed: shown.typed ?? null,
    errors: shown.errors ?? [],
    problem: shown.problem ?? null,
    now,
  });
  page(res, 'assignments/verify', model, { status: shown.errors ? 422 : shown.problem ? 409 : 200 });
}

function isOf(item: { kind: 'plan' } | { kind: 'task'; link: string }, link: TaskLink): boolean {
  return item.kind === 'task' && item.link === link.id;
}

/** The task of the same assignment that waits longest. */
async function nextWaiting(task: Task, link: TaskLink): Promise<Task | null> {
  const waiting = (await listTasksOfLink(task.institution, link.id))
    .filter(({ id, state }) => state === 'submitted' && id !== task.id)
    .toSorted((a, b) => (a.submittedAt?.getTime() ?? 0) - (b.submittedAt?.getTime() ?? 0));
  return waiting[0] ?? null;
}
