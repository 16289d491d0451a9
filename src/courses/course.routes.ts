import type { Response } from 'express';
import { z } from 'zod';
import { record } from '../audit/audit.service.ts';
import { requestRoster } from '../jobs/requests.ts';
import { gradesOfCourse, retryGrades } from '../jobs/retry.service.ts';
import { activePlatform } from '../lti/known.service.ts';
import { lmsNameOf } from '../lti/lmsName.ts';
import { findPeople } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { listLinksOf } from '../tasks/link.service.ts';
import { route, seeOther, type Call, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { coursePage } from './course.page.ts';
import { getCourse, listCourses } from './course.service.ts';
import type { Course } from './course.ts';
import { courseListPage } from './courseList.page.ts';
import { taughtCourses } from './enrolment.service.ts';
import { familiesOf } from './families.service.ts';
import { countMembers } from './members.service.ts';
import { switchPlanGrade } from './planGrade.service.ts';

const params = z.object({ course: Id });

/** What to show of the grades, and what a post before has done. */
const query = z.object({
  show: z.enum(['sent', 'waiting', 'failed', 'leftAlone']).nullable().catch(null),
  done: z.enum(['roster', 'planOn', 'planOff', 'retry']).nullable().catch(null),
  count: z.coerce.number().int().min(0).max(100_000).catch(0),
});

const Checked = z.literal('1').optional();

const STAFF = {
  of: 'course',
  param: 'course',
  standings: ['advisor', 'teacher'],
  administrator: true,
} as const;

/** The courses of the viewer, and a course's roster, columns and grades for its staff. */
export function courseRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.courses,
      who: { of: 'staff', administrator: true },
      changes: [],
      handle: async ({ viewer, now, res }) => {
        const courses = await coursesFor(viewer);
        const counts = await countMembers(
          viewer.institution,
          courses.map(({ id }) => id),
        );
        const families = await familiesOf(courses, now);
        const facts = { courses, counts, families, isAll: viewer.administrator, now };
        page(res, 'courses/list', courseListPage(wordsOf(res), facts));
      },
    }),
    route({
      method: 'get',
      path: paths.course(':course'),
      who: STAFF,
      changes: [],
      params,
      query,
      handle: show,
    }),
    route({
      method: 'post',
      path: paths.courseRoster(':course'),
      who: STAFF,
      changes: ['roster.requested'],
      params,
      form: z.strictObject({ confirmed: Checked }),
      handle: async ({ params, form, viewer, now, res }) => {
        const course = await getCourse(viewer.institution, params.course);
        await askForRoster(course, viewer, form.confirmed === '1', now);
        seeOther(res, `${paths.course(course.id)}?done=roster`);
      },
    }),
    route({
      method: 'post',
      path: paths.coursePlanGrade(':course'),
      who: { ...STAFF, standings: ['advisor'] },
      changes: ['course.changed'],
      params,
      form: z.strictObject({ on: Checked }),
      handle: async ({ params, form, viewer, now, res }) => {
        const on = form.on === '1';
        const { institution, person } = viewer;
        const count = await switchPlanGrade(institution, params.course, on, person, now);
        seeOther(res, `${paths.course(params.course)}?done=${on ? 'planOn' : 'planOff'}&count=${count}`);
      },
    }),
    route({
      method: 'post',
      path: paths.courseGrades(':course'),
      who: STAFF,
      changes: ['grade.requeued'],
      params,
      form: z.strictObject({ row: z.union([z.literal('all'), Id]) }),
      handle: async ({ params, form, viewer, now, res }) => {
        const { institution, person, masquerader: via } = viewer;
        const row = form.row === 'all' ? null : form.row;
        const count = await retryGrades({ institution, person, via }, params.course, row, now);
        seeOther(res, `${paths.course(params.course)}?done=retry&count=${count}`);
      },
    }),
  ];
}

async function coursesFor({ institution, person, administrator }: Viewer): Promise<Course[]> {
  return administrator ? listCourses(institution) : taughtCourses(institution, person);
}

async function askForRoster(course: Course, viewer: Viewer, confirmed: boolean, at: Date): Promise<void> {
  await requestRoster(course, at, confirmed);
  await record({
    institution: course.institution,
    actor: viewer.person,
    action: 'roster.requested',
    subject: null,
    object: { kind: 'course', id: course.id },
    changes: confirmed ? [{ field: 'confirmed', from: false, to: true }] : [],
    via: viewer.masquerader,
    at,
  });
}

async function show(call: Call<typeof params, typeof query>): Promise<void> {
  const { params, query, viewer, standing, now, res } = call;
  const { institution } = viewer;
  const course = await getCourse(institution, params.course);
  const [counts, links, grades, platform] = await Promise.all([
    countMembers(institution, [course.id]),
    listLinksOf(institution, course.id),
    gradesOfCourse(institution, course.id),
    activePlatform(course.platform, now),
  ]);
  const people = await findPeople(institution, [...new Set(grades.map(({ person }) => person))]);
  const words = wordsOf(res);
  tellDone(res, query);
  const model = coursePage(words, {
    course,
    counts: counts.get(course.id) ?? { students: 0, teachers: 0, observers: 0 },
    links,
    grades,
    names: new Map(people.map(({ id, name }) => [id, name])),
    lms: words.t(lmsNameOf(platform?.family)),
    family: platform?.family ?? 'generic',
    isConnected: platform !== null,
    isAdvisor: standing === 'advisor' || viewer.administrator,
    show: query.show,
    now,
  });
  page(res, 'courses/show', model);
}

function tellDone(res: Response, { done, count }: z.output<typeof query>): void {
  const { t } = wordsOf(res);
  tellSaved(res, done && t(`courses.done.${done}`, { count }));
}
