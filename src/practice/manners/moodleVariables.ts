import { hexOf } from '../ids.ts';
import { lineItemOf, roleIn } from '../state.ts';
import type { Launch, LineItem, MannerState, Tool } from '../state.ts';

// Moodle's substitutions, and the service addresses some of them name. null and '' are what Moodle has nothing for;
// undefined stays literal.

export type MoodleValue = string | null | undefined;
type Variable = (state: MannerState, launch: Launch) => MoodleValue;

/** Address of a course's line items; the tool's type id rides in the query. */
export function moodleItems(state: MannerState, courseId: string, tool: Pick<Tool, 'typeId'>): string {
  return `${state.base}/mod/lti/services.php/${courseId}/lineitems?type_id=${tool.typeId}`;
}

export function moodleItem(
  state: MannerState,
  item: LineItem,
  tool: Pick<Tool, 'typeId'>,
  suffix = '',
): string {
  const path = `/mod/lti/services.php/${item.courseId}/lineitems/${item.id}/lineitem${suffix}`;
  return `${state.base}${path}?type_id=${tool.typeId}`;
}

export function moodleMemberships(state: MannerState, courseId: string, tool: Pick<Tool, 'typeId'>): string {
  return `${state.base}/mod/lti/services.php/CourseSection/${courseId}/bindings/${tool.typeId}/memberships`;
}

/** In a launch anyone who manages activities is Instructor: a non-editing teacher too (not so in the roster). */
export function moodleShortRole({ person, course }: Launch): 'Instructor' | 'Learner' {
  if (person.kind === 'administrator') return 'Instructor';
  const kind = roleIn(course, person.key);
  return kind === 'teacher' || kind === 'assistant' ? 'Instructor' : 'Learner';
}

export function moodleSourcedId(launch: Launch): string | null {
  if (!launch.assignment || launch.assignment.kind !== 'assignment') return null;
  const { assignment, person, tool } = launch;
  const data = { instanceid: assignment.linkId, userid: person.userId, typeid: tool.typeId };
  return JSON.stringify({ data, hash: hexOf(64, 'result', assignment.id, person.key) });
}

const administratorRoles =
  'Instructor,urn:lti:sysrole:ims/lis/Administrator,urn:lti:instrole:ims/lis/Administrator';
const link =
  (read: (launch: Launch) => string): Variable =>
  (_, launch) =>
    launch.assignment ? read(launch) : null;
const courseBegins = (state: MannerState) => Date.parse(`${state.school.term.start}T05:00:00Z`) / 1000;

const variables: Record<string, Variable> = {
  'User.id': (_, { person }) => person.userId,
  'User.username': (_, { person }) => person.username,
  'Person.sourcedId': (_, { person }) => person.sisId ?? '',
  'Person.name.full': (_, { person }) => person.name,
  'Person.name.given': (_, { person }) => person.given,
  'Person.name.family': (_, { person }) => person.family,
  'Person.email.primary': (_, { person }) => person.email ?? '',
  'Person.address.timezone': ({ school }, { person }) =>
    person.kind === 'administrator' ? '99' : school.timezone,
  'ResourceLink.id': link(({ assignment }) => assignment!.linkId),
  'ResourceLink.title': link(({ assignment }) => assignment!.title),
  'ResourceLink.description': link(({ assignment }) => assignment!.text ?? ''),
  'Context.id': (_, { course }) => course?.contextId,
  'Context.title': (_, { course }) => course?.title,
  'Context.label': (_, { course }) => course?.label,
  'Context.id.history': () => '',
  'Context.sourcedId': (_, { course }) => course?.sisId,
  'Context.timeFrame.begin': (state) => String(courseBegins(state)),
  'CourseSection.title': (_, { course }) => course?.title,
  'CourseSection.label': (_, { course }) => course?.label,
  'CourseSection.sourcedId': (_, { course }) => course?.sisId,
  'CourseSection.timeFrame.begin': (state) =>
    new Date(courseBegins(state) * 1000).toISOString().replace('.000Z', '+00:00'),
  'CourseSection.timeFrame.end': () => '',
  'Membership.role': (_, launch) =>
    launch.person.kind === 'administrator' ? administratorRoles : moodleShortRole(launch),
  'Moodle.Person.userGroupIds': () => '',
  'Result.sourcedId': (_, launch) => moodleSourcedId(launch),
  'LineItems.url': (state, { course, tool }) => course && moodleItems(state, course.id, tool),
  'LineItem.url': (state, { assignment, tool }) => {
    const item = assignment && lineItemOf(state, assignment);
    return item ? moodleItem(state, item, tool) : '';
  },
  'Results.url': () => '',
  'Scores.url': () => '',
  'ToolProxyBinding.memberships.url': (state, { course, tool }) =>
    course && moodleMemberships(state, course.id, tool),
};

/** Names Moodle lists in its platform configuration. */
export const moodleVariableNames = Object.keys(variables);

/** The value of a Moodle variable for this launch; undefined leaves it literal. */
export function moodleVariable(state: MannerState, launch: Launch, name: string): MoodleValue {
  return variables[name]?.(state, launch);
}
