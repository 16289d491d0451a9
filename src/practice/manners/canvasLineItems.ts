import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { makeAssignment, makeLineItem } from '../coursework.ts';
import { findResult, lineItemsIn, removeLineItem, resultsFor, resultsOf } from '../gradebook.ts';
import { param, queryText, requireScope, sendAs, ServiceError } from '../http.ts';
import { personOf } from '../state.ts';
import type { Assignment, LineItem, LmsCourse, MannerState, Result } from '../state.ts';
import { media, scope } from '../uris.ts';
import { canvasPage, openCourse } from './canvasRoster.ts';

// AGS line items and results of Canvas (line_items_controller.rb). A line item made without resourceLinkId is a
// new, published assignment; dates are not permitted parameters and are dropped; a coupled one cannot be deleted.

const submissionTypeKey = 'https://canvas.instructure.com/lti/submission_type';
const gone = 'The specified resource does not exist.';

const Body = z.object({
  scoreMaximum: z.number().nonnegative(),
  label: z.string().trim().min(1).max(255),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
  [submissionTypeKey]: z
    .object({ type: z.enum(['none', 'external_tool']), external_tool_url: z.string().optional() })
    .optional(),
});
type Body = z.infer<typeof Body>;

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ServiceError(422, `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not right'}`);
}

function assignmentBehind(state: MannerState, item: LineItem): Assignment | null {
  return item.assignmentId === null ? null : (state.assignments.get(item.assignmentId) ?? null);
}

function shown(state: MannerState, item: LineItem, withLaunchUrl: boolean): Record<string, unknown> {
  const assignment = assignmentBehind(state, item);
  return {
    id: canvasLineItemUrl(state, item),
    scoreMaximum: item.scoreMaximum,
    label: item.label,
    ...(item.tag !== null && { tag: item.tag }),
    ...(item.resourceId !== null && { resourceId: item.resourceId }),
    ...(assignment && { resourceLinkId: assignment.linkId }),
    ...(item.submissionType !== null && { [submissionTypeKey]: item.submissionType }),
    ...(withLaunchUrl &&
      assignment?.launchable && { 'https://canvas.instructure.com/lti/launch_url': assignment.url }),
  };
}

export function canvasLineItemUrl(state: MannerState, item: LineItem): string {
  return `${state.base}/api/lti/courses/${item.courseId}/line_items/${item.id}`;
}

/** The line item of a request: 404 when it is gone, 412 when it belongs to another client. */
export function canvasItem(state: MannerState, req: Request, clientId: string): LineItem {
  const course = openCourse(state, req);
  const item = state.lineItems.get(param(req, 'item'));
  if (!item || item.courseId !== course.id) throw new ServiceError(404, gone);
  if (item.clientId !== clientId)
    throw new ServiceError(412, 'Tool does not have permission to view line_item');
  return item;
}

export function canvasListItems(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.lineItem, scope.lineItemRead]);
    const course = openCourse(state, req);
    const [tag, resourceId, linkId] = ['tag', 'resource_id', 'resource_link_id'].map((name) =>
      queryText(req, name),
    );
    const fitting = lineItemsIn(state, course.id, clientId).filter(
      (item) =>
        (tag === null || item.tag === tag) &&
        (resourceId === null || item.resourceId === resourceId) &&
        (linkId === null || assignmentBehind(state, item)?.linkId === linkId),
    );
    const url = `${state.base}/api/lti/courses/${course.id}/line_items`;
    const some = canvasPage(req, res, fitting, { usual: 10, largest: 100, url });
    const include = req.query.include;
    const withLaunchUrl = Array.isArray(include) ? include.includes('launch_url') : include === 'launch_url';
    const body = some.map((item) => shown(state, item, withLaunchUrl));
    sendAs(res, 200, media.lineItems, body);
  };
}

function linkedAssignment(
  state: MannerState,
  course: LmsCourse,
  clientId: string,
  linkId: string,
): Assignment {
  const found = [...state.assignments.values()].find(
    (one) => one.linkId === linkId && one.courseId === course.id && one.clientId === clientId,
  );
  if (!found) throw new ServiceError(404, gone);
  const hasItems = lineItemsIn(state, course.id, clientId).some((item) => item.assignmentId === found.id);
  if (!hasItems) throw new ServiceError(412, '');
  return found;
}

function newAssignment(state: MannerState, course: LmsCourse, clientId: string, body: Body): Assignment {
  const type = body[submissionTypeKey];
  return makeAssignment(
    state,
    { course, tool: { clientId } },
    {
      kind: 'assignment',
      madeBy: 'tool',
      title: body.label,
      launchable: type?.type === 'external_tool',
      url: type?.external_tool_url ?? null,
    },
  );
}

export function canvasCreateItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.lineItem]);
    const course = openCourse(state, req);
    const body = parse(Body, req.body);
    const assignment =
      body.resourceLinkId === undefined
        ? newAssignment(state, course, clientId, body)
        : linkedAssignment(state, course, clientId, body.resourceLinkId);
    const item = makeLineItem(
      state,
      { courseId: course.id, clientId, assignment, coupled: false },
      {
        label: body.label,
        scoreMaximum: body.scoreMaximum,
        resourceId: body.resourceId ?? null,
        tag: body.tag ?? null,
        submissionType: body[submissionTypeKey] ?? null,
      },
    );
    sendAs(res, 201, media.lineItem, shown(state, item, false));
  };
}

export function canvasGetItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.lineItem, scope.lineItemRead]);
    sendAs(res, 200, media.lineItem, shown(state, canvasItem(state, req, clientId), false));
  };
}

const Changes = Body.partial();

/** PUT changes what is sent; label and points of the assignment follow. */
export function canvasPutItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.lineItem]);
    const item = canvasItem(state, req, clientId);
    const { label, scoreMaximum, tag, resourceId } = parse(Changes, req.body);
    const assignment = assignmentBehind(state, item);
    if (label !== undefined) item.label = label;
    if (label !== undefined && assignment) assignment.title = label;
    if (scoreMaximum !== undefined) item.scoreMaximum = scoreMaximum;
    if (tag !== undefined) item.tag = tag;
    if (resourceId !== undefined) item.resourceId = resourceId;
    sendAs(res, 200, media.lineItem, shown(state, item, false));
  };
}

export function canvasDeleteItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.lineItem]);
    const item = canvasItem(state, req, clientId);
    // head :unauthorized, an empty body
    if (item.coupled) return void res.status(401).end();
    const assignment = assignmentBehind(state, item);
    removeLineItem(state, item);
    if (assignment?.madeBy === 'tool') state.assignments.delete(assignment.id);
    res.status(204).end();
  };
}

function shownResult(state: MannerState, item: LineItem, result: Result): Record<string, unknown> {
  const url = canvasLineItemUrl(state, item);
  return {
    id: `${url}/results/${result.id}`,
    userId: personOf(state, result.personKey).sub,
    resultScore: result.score,
    resultMaximum: item.scoreMaximum,
    comment: result.comments.at(-1) ?? null,
    scoreOf: url,
  };
}

export function canvasResults(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.resultRead]);
    const item = canvasItem(state, req, clientId);
    const results = resultsFor(state, item, queryText(req, 'user_id'));
    const url = `${canvasLineItemUrl(state, item)}/results`;
    const some = canvasPage(req, res, results, { usual: 10, largest: 100, url });
    const body = some.map((one) => shownResult(state, item, one));
    sendAs(res, 200, media.results, body);
  };
}

/** One result by its number, the address a score's answer names. */
export function canvasOneResult(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.resultRead]);
    const item = canvasItem(state, req, clientId);
    const result = resultsOf(state, item).find((one) => one.id === param(req, 'result'));
    if (!result || !findResult(state, item.id, result.personKey)) throw new ServiceError(404, gone);
    sendAs(res, 200, 'application/vnd.ims.lis.v2.result+json', shownResult(state, item, result));
  };
}
