import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { makeLineItem } from '../coursework.ts';
import { lineItemsIn, removeLineItem, resultsFor } from '../gradebook.ts';
import { param, queryNumber, queryText, requireScope, sendAs, ServiceError } from '../http.ts';
import type { Claims } from '../signing.ts';
import { personOf } from '../state.ts';
import type { Assignment, LineItem, LmsCourse, MannerState, Tool } from '../state.ts';
import { media, scope } from '../uris.ts';
import { moodleItem, moodleItems } from './moodleVariables.ts';

// AGS line items and results of Moodle 4.5, as recorded. Addresses carry `?type_id=`; PUT forgets what is left out;
// a POST or PUT is answered with the body that came, a GET with what was kept.

const Body = z.looseObject({
  label: z.string().min(1),
  scoreMaximum: z.number().positive(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
  submissionReview: z.unknown().optional(),
});

function readBody(body: unknown): z.infer<typeof Body> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) throw new ServiceError(400, 'No label or Score Maximum');
  return parsed.data;
}

interface Scene {
  readonly tool: Tool;
  readonly course: LmsCourse;
}

/** The tool and course of a request; an address with another tool's type id is not its own. */
export function moodleScene(state: MannerState, req: Request, accepted: readonly string[]): Scene {
  const { clientId } = requireScope(state, req, accepted);
  const tool = state.tools.get(clientId)!;
  const typeId = queryText(req, 'type_id');
  if (typeId !== null && typeId !== tool.typeId) throw new ServiceError(403, 'Forbidden');
  const course = state.courses.get(param(req, 'course'));
  if (!course) throw new ServiceError(404, "Not Found: Course doesn't exist");
  return { tool, course };
}

/** The line item of a request, or Moodle's 404. */
export function moodleFind(state: MannerState, req: Request, { tool, course }: Scene): LineItem {
  const id = param(req, 'item');
  const item = state.lineItems.get(id);
  if (!item || item.courseId !== course.id)
    throw new ServiceError(404, `Not Found: Grade item ${id} doesn't exist`);
  if (item.clientId !== tool.clientId) throw new ServiceError(403, 'Forbidden');
  return item;
}

function linkOf(state: MannerState, item: LineItem): Assignment | null {
  return item.assignmentId === null ? null : (state.assignments.get(item.assignmentId) ?? null);
}

function shown(state: MannerState, item: LineItem, tool: Tool): Claims {
  const link = linkOf(state, item);
  return {
    id: moodleItem(state, item, tool),
    label: item.label,
    scoreMaximum: item.scoreMaximum,
    resourceId: item.resourceId ?? '',
    tag: item.tag ?? '',
    ...(link && { resourceLinkId: link.linkId, ltiLinkId: link.linkId }),
    ...(item.submissionReview !== null && { submissionReview: item.submissionReview }),
  };
}

/** Moodle's Link header as measured: typographic quotes and `&amp;`, which no parser understands. */
function brokenLink(res: Response, url: string, from: number, limit: number, count: number): void {
  const link = (rel: string, start: number) =>
    `<${url}&amp;limit=${limit}&amp;from=${start}>; rel=\u00e2\u0080\u009c${rel}\u00e2\u0080\u009d`;
  const next = from + limit < count ? [link('next', from + limit)] : [];
  const prev = from > 0 ? [link('prev', Math.max(0, from - limit))] : [];
  const links = [link('first', 0), ...prev, link('canonical', from), ...next, link('last', count)];
  res.setHeader('Link', links.join(', '));
}

export function moodleListItems(state: MannerState): RequestHandler {
  return (req, res) => {
    if (!(req.get('accept') ?? media.lineItems).includes(media.lineItems)) {
      throw new ServiceError(400, 'No context or unsupported content type');
    }
    const { tool, course } = moodleScene(state, req, [scope.lineItemRead]);
    const [tag, resourceId, linkId] = ['tag', 'resource_id', 'resource_link_id'].map((name) =>
      queryText(req, name),
    );
    const fitting = lineItemsIn(state, course.id, tool.clientId).filter(
      (item) =>
        (tag === null || item.tag === tag) &&
        (resourceId === null || item.resourceId === resourceId) &&
        (linkId === null || linkOf(state, item)?.linkId === linkId),
    );
    const limit = queryNumber(req, 'limit', 1);
    const from = queryNumber(req, 'from', 0) ?? 0;
    if (limit !== null) brokenLink(res, moodleItems(state, course.id, tool), from, limit, fitting.length);
    const body = fitting
      .slice(from, from + (limit ?? fitting.length))
      .map((item) => shown(state, item, tool));
    sendAs(res, 200, media.lineItems, body);
  };
}

export function moodleCreateItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const { tool, course } = moodleScene(state, req, [scope.lineItem]);
    const body = readBody(req.body);
    const link = [...state.assignments.values()].find((one) => one.linkId === body.resourceLinkId);
    const own = link && link.courseId === course.id && link.clientId === tool.clientId;
    if (body.resourceLinkId !== undefined && !own) throw new ServiceError(403, 'Forbidden');
    const { label, scoreMaximum, resourceId = null, tag = null, submissionReview = null } = body;
    const where = { courseId: course.id, clientId: tool.clientId, assignment: link ?? null, coupled: false };
    const item = makeLineItem(state, where, { label, scoreMaximum, resourceId, tag, submissionReview });
    sendAs(res, 201, media.lineItem, { ...body, id: moodleItem(state, item, tool) });
  };
}

export function moodleGetItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = moodleScene(state, req, [scope.lineItemRead]);
    sendAs(res, 200, media.lineItem, shown(state, moodleFind(state, req, scene), scene.tool));
  };
}

export function moodlePutItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = moodleScene(state, req, [scope.lineItem]);
    const item = moodleFind(state, req, scene);
    const body = readBody(req.body);
    item.label = body.label;
    item.scoreMaximum = body.scoreMaximum;
    item.resourceId = body.resourceId ?? null;
    item.tag = body.tag ?? null;
    item.submissionReview = body.submissionReview ?? null;
    // A link the tool made is forgotten when it is not sent again; an activity keeps its own column.
    if (!item.coupled && body.resourceLinkId === undefined) item.assignmentId = null;
    sendAs(res, 200, media.lineItem, { ...body, id: moodleItem(state, item, scene.tool) });
  };
}

/** Takes the column away; the activity of a deep-linked item stays. */
export function moodleDeleteItem(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = moodleScene(state, req, [scope.lineItem]);
    removeLineItem(state, moodleFind(state, req, scene));
    res.status(204).end();
  };
}

const notFoundPage =
  '<!DOCTYPE html><html lang="en"><head><title>Error</title></head><body>Not found</body></html>';

export function moodleResults(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = moodleScene(state, req, [scope.resultRead]);
    const item = moodleFind(state, req, scene);
    if (queryText(req, 'limit') !== null) return void res.status(404).type('html').send(notFoundPage);
    const body = resultsFor(state, item, queryText(req, 'user_id')).map((one) => ({
      id: moodleItem(state, item, scene.tool, `/results/${personOf(state, one.personKey).userId}/result`),
      userId: personOf(state, one.personKey).userId,
      ...(one.score !== null && { resultScore: one.score, resultMaximum: item.scoreMaximum }),
      ...(one.comments.length > 0 && { comment: one.comments.at(-1) }),
      ...(one.timestamp !== null && { timestamp: new Date(one.timestamp).toISOString() }),
      scoreOf: moodleItem(state, item, scene.tool),
    }));
    sendAs(res, 200, media.results, body);
  };
}
