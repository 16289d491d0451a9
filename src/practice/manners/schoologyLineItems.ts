import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { makeLineItem } from '../coursework.ts';
import { lineItemsIn, removeLineItem } from '../gradebook.ts';
import { param, queryNumber, queryText, sendAs, ServiceError } from '../http.ts';
import type { Claims } from '../signing.ts';
import type { LineItem, MannerState } from '../state.ts';
import { media, scope } from '../uris.ts';
import { schoologyServices } from './schoologyClaims.ts';
import { schoologyClient, schoologySection } from './schoologyRoster.ts';

// AGS line items of Schoology. Bodies are judged strictly: `id` is not allowed, nor is a null.

const LineItemBody = z.strictObject({
  label: z.string().trim().min(1),
  scoreMaximum: z.number().positive(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
  startDateTime: z.string().optional(),
  endDateTime: z.string().optional(),
  gradesReleased: z.boolean().optional(),
});

/** Reads a body in the words of Schoology’s validator. */
export function schoologyBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') throw new ServiceError(400, `"${issue.keys[0]}" is not allowed`);
  throw new ServiceError(400, `"${issue.path.join('.')}" ${issue.message}`);
}

export function schoologyItemUrl(state: MannerState, item: LineItem): string {
  const root = schoologyServices(state, item.clientId);
  return `${root}/assignment-grade/v2p0/sections/${item.courseId}/lineitems/${item.id}`;
}

function shown(state: MannerState, item: LineItem): Claims {
  return {
    id: schoologyItemUrl(state, item),
    label: item.label,
    scoreMaximum: item.scoreMaximum,
    resourceId: item.resourceId ?? '',
    tag: item.tag ?? '',
    ...(item.assignmentId !== null && { resourceLinkId: item.assignmentId }),
  };
}

export function schoologyItemOf(state: MannerState, req: Request, clientId: string): LineItem {
  const item = state.lineItems.get(param(req, 'item'));
  if (!item || item.clientId !== clientId || item.courseId !== schoologySection(state, req).id) {
    throw new ServiceError(404, 'Line item not found');
  }
  return item;
}

export function schoologyListItems(state: MannerState): RequestHandler {
  return (req, res) => {
    const clientId = schoologyClient(state, req, [scope.lineItem]);
    const [tag, resourceId, linkId] = ['tag', 'resource_id', 'resource_link_id'].map((name) =>
      queryText(req, name),
    );
    const fitting = lineItemsIn(state, schoologySection(state, req).id, clientId).filter(
      (item) =>
        (tag === null || item.tag === tag) &&
        (resourceId === null || item.resourceId === resourceId) &&
        (linkId === null || item.assignmentId === linkId),
    );
    const limited = fitting.slice(0, queryNumber(req, 'limit', 1) ?? fitting.length);
    const body = limited.map((item) => shown(state, item));
    sendAs(res, 200, media.lineItems, body);
  };
}

export function schoologyCreateItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const clientId = schoologyClient(state, req, [scope.lineItem]);
    const course = schoologySection(state, req);
    const body = schoologyBody(LineItemBody, req.body);
    const assignment = body.resourceLinkId === undefined ? null : state.assignments.get(body.resourceLinkId);
    if (assignment === undefined || (assignment && assignment.courseId !== course.id)) {
      throw new ServiceError(404, 'Resource link not found');
    }
    // A column made through AGS is not launchable: it has no assignment behind it.
    const { label, scoreMaximum, resourceId = null, tag = null } = body;
    const where = { courseId: course.id, clientId, assignment: null, coupled: false };
    const item = makeLineItem(state, where, { label, scoreMaximum, resourceId, tag });
    sendAs(res, 201, media.lineItem, shown(state, item));
  };
}

export function schoologyGetItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const item = schoologyItemOf(state, req, schoologyClient(state, req, [scope.lineItem]));
    sendAs(res, 200, media.lineItem, shown(state, item));
  };
}

/** PUT takes the whole current body (with its id); what is left out is gone. */
export function schoologyPutItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const item = schoologyItemOf(state, req, schoologyClient(state, req, [scope.lineItem]));
    const body = schoologyBody(LineItemBody.extend({ id: z.string().optional() }), req.body);
    item.label = body.label;
    item.scoreMaximum = body.scoreMaximum;
    item.resourceId = body.resourceId ?? null;
    item.tag = body.tag ?? null;
    sendAs(res, 200, media.lineItem, shown(state, item));
  };
}

export function schoologyDeleteItem(state: MannerState): RequestHandler {
  return (req, res) => {
    removeLineItem(state, schoologyItemOf(state, req, schoologyClient(state, req, [scope.lineItem])));
    res.status(204).end();
  };
}
