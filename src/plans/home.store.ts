/**
 * The student's home in one read: the plan and what stands around it. A read model over other features'
 * collections, so that the page most opened in the product costs one round trip (quality.md, `launch`).
 */
import type { Around, HomeTask } from './home.ts';
import type { Plan } from './plan.ts';
import { Plans } from './planModel.store.ts';

const MOST = { tasks: 50, comments: 50, courses: 30, staff: 60, events: 12 } as const;

/** What "What changed" tells; launches and drafts would drown the rest. */
const TOLD = [
  'plan.submitted',
  'plan.withdrawn',
  'plan.reviewStarted',
  'plan.returned',
  'plan.approved',
  'comment.added',
  'goal.proposed',
  'goal.stepTicked',
  'goal.checkedIn',
  'goal.achieved',
  'task.submitted',
  'task.verified',
  'task.returned',
];

/** @returns null when the student has no plan yet. */
export async function findHome(institution: string, person: string): Promise<Around | null> {
  const [found] = await Plans.aggregate<Raw>([
    { $match: { institution, person } },
    { $limit: 1 },
    lookup('tasks', { institution, person }, [
      { $sort: { changedAt: -1 } },
      { $limit: MOST.tasks },
      {
        $lookup: {
          from: 'links',
          localField: 'link',
          foreignField: '_id',
          as: 'link',
          pipeline: [{ $match: { institution } }],
        },
      },
      {
        $project: {
          state: 1,
          submittedAt: 1,
          course: 1,
          title: { $first: '$link.title' },
          dueAt: { $first: '$link.dueAt' },
        },
      },
    ]),
    {
      $lookup: {
        from: 'comments',
        let: { plan: '$_id' },
        as: 'comments',
        pipeline: [
          { $match: { institution, visibility: 'plan', $expr: { $eq: ['$plan', '$$plan'] } } },
          { $sort: { at: -1 } },
          { $limit: MOST.comments },
          { $project: { section: 1, author: 1, authorRole: 1, text: 1, at: 1 } },
        ],
      },
    },
    lookup('enrolments', { institution, person, active: true, role: 'student' }, [
      { $limit: MOST.courses },
      { $project: { course: 1 } },
    ]),
    {
      $lookup: {
        from: 'courses',
        localField: 'enrolments.course',
        foreignField: '_id',
        as: 'courses',
        pipeline: [
          { $match: { institution } },
          { $project: { title: 1, advisory: 1 } },
          { $sort: { title: 1 } },
        ],
      },
    },
    {
      $lookup: {
        from: 'enrolments',
        localField: 'enrolments.course',
        foreignField: 'course',
        as: 'teaching',
        pipeline: [
          { $match: { institution, active: true, role: { $in: ['teacher', 'assistant'] } } },
          { $limit: MOST.staff },
          { $sort: { role: -1, seenAt: 1 } },
          { $project: { course: 1, person: 1 } },
        ],
      },
    },
    {
      $lookup: {
        from: 'people',
        localField: 'teaching.person',
        foreignField: '_id',
        as: 'staff',
        pipeline: [{ $match: { institution } }, { $project: { name: 1 } }],
      },
    },
    lookup('auditEvents', { institution, subject: person, action: { $in: TOLD } }, [
      { $sort: { at: -1 } },
      { $limit: MOST.events },
      { $project: { action: 1, actor: 1, kind: 1, object: 1, at: 1 } },
    ]),
  ]);
  return found ? toFacts(found) : null;
}

function lookup(from: string, match: object, pipeline: object[]) {
  return { $lookup: { from, as: from, pipeline: [{ $match: match }, ...pipeline] as never } };
}

interface Raw extends Omit<Plan, 'id'> {
  _id: string;
  tasks: (Omit<HomeTask, 'id'> & { _id: string })[];
  comments: Around['comments'];
  enrolments: { course: string }[];
  courses: { _id: string; title: string; advisory: boolean }[];
  teaching: { course: string; person: string }[];
  staff: { _id: string; name: string }[];
  auditEvents: Around['events'];
}

function toFacts({
  tasks,
  comments,
  enrolments: _enrolments,
  courses,
  teaching,
  staff,
  auditEvents,
  ...doc
}: Raw): Around {
  const { _id, ...plan } = doc;
  const names = new Map(staff.map((one) => [one._id, one.name]));
  const advisory = new Set(courses.filter((course) => course.advisory).map((course) => course._id));
  return {
    plan: { ...plan, id: _id },
    tasks: tasks.map(({ _id: id, ...task }) => ({ ...task, id })),
    comments,
    courses: courses.map(({ _id: id, title, advisory: advises }) => ({ id, title, advisory: advises })),
    staff: teaching.map(({ person, course }) => ({
      id: person,
      name: names.get(person) ?? '',
      advisor: advisory.has(course),
      course,
    })),
    events: auditEvents,
  };
}
