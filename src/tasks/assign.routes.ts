import { z } from 'zod';
import { getCourse } from '../courses/course.service.ts';
import { advisedCourses, coursesOf, studentsOf } from '../courses/enrolment.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import { listName } from '../people/person.ts';
import { findPeople, getPerson } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, type FieldError } from '../shared/errors.ts';
import { dayIn } from '../shared/format.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { typedText } from '../shared/typedText.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { assignAlso, assignInside, excuseUnopened } from './assign.service.ts';
import { AssignPost, NOTHING, typedAssign } from './assignForm.ts';
import { assignPage } from './assign.page.ts';
import { showAssignment } from './assignment.routes.ts';
import { endOfDay } from './dueDate.ts';
import { courseOfLink } from './taskOwner.service.ts';
import { listTemplates } from './template.ts';

const CourseParams = z.object({ course: Id });
const PersonParams = z.object({ person: Id });
const LinkParams = z.object({ link: Id });
const OF_COURSE = { of: 'course', param: 'course', standings: ['advisor'], administrator: true } as const;
const OF_LINK = { of: 'course', param: 'link', standings: ['advisor'], administrator: true } as const;
const OF_STUDENT = { of: 'student', param: 'person', relations: ['advisor'] } as const;
const People = z.union([Id.transform((one) => [one]), z.array(Id).max(1_000)]).default([]);

/** Giving tasks inside Waymark, and what can be done for students who have not opened one. */
export function assignRoutes(): Declaration[] {
  return [...courseRoutes(), ...studentRoutes(), ...linkRoutes()];
}

function courseRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.assignToCourse(':course'),
      who: OF_COURSE,
      changes: [],
      params: CourseParams,
      handle: (call) => showForCourse(call),
    }),
    route({
      method: 'post',
      path: paths.assignToCourse(':course'),
      who: OF_COURSE,
      changes: ['task.assigned'],
      params: CourseParams,
      form: AssignPost,
      handle: async (call) => {
        const { viewer, params, form, now, res } = call;
        const all = await studentsIn(viewer, params.course);
        const people = form.whom === 'all' ? all.map(({ person }) => person) : form.people;
        const given = { ...form, course: params.course, people, dueAt: await dueOf(viewer, form.due, now) };
        const [link] = await assignInside(giver(call), given, now);
        seeOther(res, link ? `${paths.assignment(link.id)}?done=assigned` : paths.course(params.course));
      },
      onInvalid: (call, { fields }, body) => showForCourse(call, typedAssign(body), fields),
    }),
  ];
}

function studentRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.assignToStudent(':person'),
      who: OF_STUDENT,
      changes: [],
      params: PersonParams,
      handle: (call) => showForStudent(call),
    }),
    route({
      method: 'post',
      path: paths.assignToStudent(':person'),
      who: OF_STUDENT,
      changes: ['task.assigned'],
      params: PersonParams,
      form: AssignPost,
      handle: async ({ viewer, student, form, now, res }) => {
        const course = await sharedCourse(viewer, student);
        const dueAt = await dueOf(viewer, form.due, now);
        const given = { ...form, course, people: [student], dueAt };
        await assignInside(actorOf(viewer, 'advisor'), given, now);
        seeOther(res, paths.student(student));
      },
      onInvalid: (call, { fields }, body) => showForStudent(call, typedAssign(body), fields),
    }),
  ];
}

function linkRoutes(): Declaration[] {
  return [
    route({
      method: 'post',
      path: paths.assignAlso(':link'),
      who: OF_LINK,
      owner: courseOfLink,
      changes: ['task.assigned'],
      params: LinkParams,
      form: z.strictObject({ people: People }),
      handle: async (call) => {
        await assignAlso(giver(call), call.params.link, call.form.people, call.now);
        seeOther(call.res, `${paths.assignment(call.params.link)}?done=assigned`);
      },
      onInvalid: (call, { fields }) => showAgain(call, fields, {}),
    }),
    route({
      method: 'post',
      path: paths.excuseFrom(':link'),
      who: OF_LINK,
      owner: courseOfLink,
      changes: ['task.excused'],
      params: LinkParams,
      form: z.strictObject({
        person: z.union([Id, z.literal('')]).default(''),
        reason: typedText().max(20_000).default(''),
      }),
      handle: async (call) => {
        const { params, form, now, res } = call;
        await excuseUnopened(giver(call), params.link, form, now);
        seeOther(res, `${paths.assignment(params.link)}?done=excused`);
      },
      onInvalid: (call, { fields }, body) => showAgain(call, fields, body),
    }),
  ];
}

/** An administrator who does not advise in the course gives tasks as one. */
function giver({ viewer, standing }: Pick<Call, 'viewer' | 'standing'>): Actor {
  return actorOf(viewer, standing === 'advisor' ? 'advisor' : 'administrator');
}

async function showAgain(
  call: Parameters<typeof showAssignment>[0],
  fields: readonly FieldError[],
  body: Record<string, unknown>,
): Promise<void> {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const refused = { fields, person: text('person'), reason: text('reason') };
  await showAssignment(call, { show: null, done: null }, refused);
}

/** The end of a day where the school is. @throws Invalid for a day that is over */
async function dueOf({ institution }: Viewer, due: string, now: Date): Promise<Date | null> {
  if (due === '') return null;
  const { zone } = await settingsOf(institution);
  if (due < dayIn(now, zone)) throw new Invalid([{ field: 'due', message: say('tasks.error.duePast') }]);
  return endOfDay(due, zone);
}

async function studentsIn(
  { institution }: Viewer,
  course: string,
): Promise<{ person: string; name: string }[]> {
  const here = await studentsOf(institution, [course]);
  const people = await findPeople(institution, [...new Set(here.map(({ person }) => person))]);
  return people
    .filter(({ testUser }) => !testUser)
    .map((one) => ({ person: one.id, name: listName(one) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The first course in which the viewer advises this student. @throws Conflict when they left it a moment ago */
async function sharedCourse({ institution, person }: Viewer, student: string): Promise<string> {
  const advised = new Set((await advisedCourses(institution, person)).map(({ id }) => id));
  const shared = (await coursesOf(institution, student)).find(({ id }) => advised.has(id));
  if (!shared) throw new Conflict(say('tasks.error.notHere'));
  return shared.id;
}

async function showForCourse(
  { viewer, params, res }: Pick<Call<typeof CourseParams>, 'viewer' | 'params' | 'res'>,
  typed: AssignPost = NOTHING,
  problems: readonly FieldError[] = [],
): Promise<void> {
  const course = await getCourse(viewer.institution, params.course);
  const words = wordsOf(res);
  const facts = {
    action: paths.assignToCourse(course.id),
    back: { href: paths.course(course.id), label: course.title },
    title: words.t('assign.new.titleCourse', { course: course.title }),
    templates: listTemplates(),
    students: await studentsIn(viewer, course.id),
  };
  const model = assignPage(words, facts, typed, problems);
  page(res, 'assignments/new', model, { status: problems.length > 0 ? 422 : 200 });
}

async function showForStudent(
  { viewer, student, res }: Pick<Call, 'viewer' | 'student' | 'res'>,
  typed: AssignPost = NOTHING,
  problems: readonly FieldError[] = [],
): Promise<void> {
  const { name } = await getPerson(viewer.institution, student);
  const words = wordsOf(res);
  const facts = {
    action: paths.assignToStudent(student),
    back: { href: paths.student(student), label: name },
    title: words.t('assign.new.titleStudent', { name }),
    templates: listTemplates(),
    students: null,
  };
  const model = assignPage(words, facts, typed, problems);
  page(res, 'assignments/new', model, { status: problems.length > 0 ? 422 : 200 });
}
