import type { Assignment, LineItem, LmsCourse, MannerState, Tool } from './state.ts';

/** Adds an assignment or link to a course; published and launchable unless said otherwise. */
export function makeAssignment(
  state: MannerState,
  where: { course: LmsCourse; tool: Pick<Tool, 'clientId'> },
  details: Partial<Assignment> & Pick<Assignment, 'kind' | 'madeBy' | 'title'>,
): Assignment {
  const made: Assignment = {
    text: null,
    url: null,
    custom: {},
    published: true,
    launchable: true,
    newTab: false,
    opensAt: null,
    locksAt: null,
    dueAt: null,
    allowedAttempts: null,
    ...details,
    ...state.rules.assignmentIds(state),
    courseId: where.course.id,
    clientId: where.tool.clientId,
  };
  state.assignments.set(made.id, made);
  return made;
}

/** Adds a line item (a gradebook column) to a course. */
export function makeLineItem(
  state: MannerState,
  where: { courseId: string; clientId: string; assignment: Assignment | null; coupled: boolean },
  details: { label: string; scoreMaximum: number } & Partial<
    Pick<LineItem, 'resourceId' | 'tag' | 'submissionReview' | 'submissionType'>
  >,
): LineItem {
  const made: LineItem = {
    id: state.rules.lineItemId(state, where.assignment),
    courseId: where.courseId,
    clientId: where.clientId,
    coupled: where.coupled,
    assignmentId: where.assignment?.id ?? null,
    label: details.label,
    scoreMaximum: details.scoreMaximum,
    resourceId: details.resourceId ?? null,
    tag: details.tag ?? null,
    submissionReview: details.submissionReview ?? null,
    submissionType: details.submissionType ?? null,
  };
  state.lineItems.set(made.id, made);
  return made;
}

/** Assignments and links of a course, in the order they were made. */
export function assignmentsIn(state: MannerState, courseId: string): Assignment[] {
  return [...state.assignments.values()].filter((assignment) => assignment.courseId === courseId);
}
