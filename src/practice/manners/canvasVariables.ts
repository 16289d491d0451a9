import { hexOf, uuidOf } from '../ids.ts';
import { childrenIn } from '../launch.ts';
import type { CourseRole } from '../school.ts';
import { lineItemOf, roleIn } from '../state.ts';
import type { Launch, MannerState } from '../state.ts';

// Canvas's variable substitutions (canvas-lms doc/api/tools_variable_substitutions.md). A function that gives
// undefined stands for "does not apply here": the variable then arrives literally.

type Variable = (state: MannerState, launch: Launch) => string | undefined;

const enrolmentNames: Record<CourseRole, string> = {
  student: 'StudentEnrollment',
  teacher: 'TeacherEnrollment',
  assistant: 'TaEnrollment',
  observer: 'ObserverEnrollment',
  testStudent: 'StudentViewEnrollment',
};

const inCourse =
  (read: Variable): Variable =>
  (state, launch) =>
    launch.course ? read(state, launch) : undefined;

const inAssignment =
  (read: Variable): Variable =>
  (state, launch) =>
    launch.assignment ? read(state, launch) : undefined;

/** Canvas writes course and term dates as `2018-01-15 00:00:00 -0700`. */
const schoolDate = (day: string, time: string) => `${day} ${time} -0600`;

function membershipRoles(launch: Launch): string | undefined {
  if (launch.person.kind === 'administrator') return 'Account Admin';
  const role = roleIn(launch.course, launch.person.key);
  return role ? enrolmentNames[role] : undefined;
}

function points(state: MannerState, launch: Launch): string | undefined {
  const item = launch.assignment && lineItemOf(state, launch.assignment);
  return item ? String(item.scoreMaximum) : undefined;
}

const sectionOf = (launch: Launch) => (roleIn(launch.course, launch.person.key) ? launch.course : null);

const variables: Record<string, Variable> = {
  'Canvas.user.id': (_, { person }) => person.userId,
  'vnd.instructure.User.uuid': (_, { person }) => `uuid${hexOf(36, person.sub)}`,
  'Canvas.user.sisSourceId': (_, { person }) => person.sisId ?? undefined,
  'Person.sourcedId': (_, { person }) => person.sisId ?? undefined,
  'Canvas.user.loginId': (_, { person }) => person.email ?? undefined,
  'Person.name.full': (_, { person }) => person.name,
  'Person.name.given': (_, { person }) => person.given,
  'Person.name.family': (_, { person }) => person.family,
  'Person.email.primary': (_, { person }) => person.email ?? undefined,
  'Person.address.timezone': ({ school }) => school.timezone,
  'User.id': (_, { person }) => person.sub,
  'User.username': (_, { person }) => person.email ?? undefined,
  'Message.locale': () => 'en',
  'Canvas.user.prefersHighContrast': () => 'false',
  'Canvas.user.isRootAccountAdmin': (_, { person }) => String(person.kind === 'administrator'),
  'Canvas.masqueradingUser.id': (_, { masquerader }) => masquerader?.userId,
  'Canvas.account.id': () => '17',
  'Canvas.account.name': ({ school }) => school.name,
  'vnd.Canvas.root_account.uuid': ({ school }) => hexOf(40, 'root', school.name),
  'Canvas.api.domain': ({ origin }) => new URL(origin).host,
  'Canvas.api.baseUrl': ({ base }) => base,
  'com.instructure.PostMessageToken': (_, { person }) => uuidOf('postMessage', person.sub),
  'Canvas.course.id': inCourse((_, { course }) => course?.id),
  'Canvas.course.name': inCourse((_, { course }) => course?.title),
  'Canvas.course.sisSourceId': inCourse((_, { course }) => course?.sisId),
  'Canvas.course.workflowState': inCourse((_, { course }) => (course?.concluded ? 'completed' : 'available')),
  'Canvas.course.sectionIds': inCourse((_, launch) => (sectionOf(launch) ? `9${launch.course?.id}` : '')),
  'Canvas.course.sectionSisSourceIds': inCourse((_, launch) =>
    sectionOf(launch) ? `${launch.course?.sisId}-A` : '',
  ),
  'com.instructure.User.sectionNames': inCourse((_, launch) =>
    JSON.stringify(sectionOf(launch) ? [launch.course?.title] : []),
  ),
  'Canvas.term.name': inCourse(({ school }) => school.term.name),
  'Canvas.term.startAt': inCourse(({ school }) => schoolDate(school.term.start, '00:00:00')),
  'Canvas.term.endAt': inCourse(({ school }) => schoolDate(school.term.end, '23:59:59')),
  'Canvas.enrollment.enrollmentState': inCourse((_, launch) => {
    const membership = launch.course?.members.get(launch.person.key);
    return membership ? (membership.active ? 'active' : 'inactive') : '';
  }),
  'Canvas.membership.roles': (_, launch) => membershipRoles(launch),
  'com.instructure.User.observees': inCourse((state, { person, course }) =>
    childrenIn(state, person, course)
      .map((child) => child.sub)
      .join(','),
  ),
  'com.instructure.Observee.sisIds': inCourse((state, { person, course }) =>
    childrenIn(state, person, course)
      .flatMap((child) => child.sisId ?? [])
      .join(','),
  ),
  'CourseSection.sourcedId': inCourse((_, { course }) => course?.sisId),
  'Context.id': inCourse((_, { course }) => course?.contextId),
  'Context.title': inCourse((_, { course }) => course?.title),
  'Context.id.history': inCourse(() => ''),
  'ResourceLink.id': (_, { assignment, course }) => assignment?.linkId ?? course?.contextId,
  'ResourceLink.title': inAssignment((_, { assignment }) => assignment?.title),
  'Canvas.assignment.id': inAssignment((_, { assignment }) => assignment?.id),
  'Canvas.assignment.title': inAssignment((_, { assignment }) => assignment?.title),
  'Canvas.assignment.published': inAssignment((_, { assignment }) => String(assignment?.published)),
  'Canvas.assignment.pointsPossible': inAssignment(points),
  'Canvas.assignment.allowedAttempts': inAssignment((_, { assignment }) =>
    String(assignment?.allowedAttempts ?? -1),
  ),
  'Canvas.assignment.dueAt.iso8601': inAssignment((_, { assignment }) => assignment?.dueAt ?? undefined),
  'Canvas.assignment.unlockAt.iso8601': inAssignment((_, { assignment }) => assignment?.opensAt ?? undefined),
  'Canvas.assignment.lockAt.iso8601': inAssignment((_, { assignment }) => assignment?.locksAt ?? undefined),
  'ResourceLink.available.startDateTime': inAssignment((_, { assignment }) => assignment?.opensAt ?? ''),
  'ResourceLink.available.endDateTime': inAssignment((_, { assignment }) => assignment?.locksAt ?? ''),
  'ResourceLink.submission.endDateTime': inAssignment((_, { assignment }) => assignment?.dueAt ?? ''),
};

/** Names Canvas lists in its platform configuration. */
export const canvasVariableNames = Object.keys(variables);

/** The value of a Canvas variable for this launch; undefined leaves it literal. */
export function canvasVariable(state: MannerState, launch: Launch, name: string): string | undefined {
  return variables[name]?.(state, launch);
}
