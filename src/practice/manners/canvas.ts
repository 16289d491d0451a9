import { Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { hasTextCustom, pointsOf, textCustom } from '../contentItems.ts';
import type { ContentItem } from '../contentItems.ts';
import { param, requireScope, sendAs, ServiceError } from '../http.ts';
import { hexOf, secret, uuidOf } from '../ids.ts';
import { nextNumber, roleIn } from '../state.ts';
import type { Launch, MannerState } from '../state.ts';
import { media, scope } from '../uris.ts';
import { canvasClaims } from './canvasClaims.ts';
import {
  canvasCreateItem,
  canvasDeleteItem,
  canvasGetItem,
  canvasListItems,
  canvasOneResult,
  canvasPutItem,
  canvasResults,
} from './canvasLineItems.ts';
import { canvasRoster } from './canvasRoster.ts';
import { canvasPostScore } from './canvasScores.ts';
import type { ItemDecision, MannerRules } from './manner.ts';

// The manner of Canvas: what canvas-lms does, as far as it is documented or was read in its source.

const errorTypes: Record<number, string> = { 400: 'bad_request', 401: 'unauthorized', 404: 'not_found' };

function sendError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (!(error instanceof ServiceError)) return next(error);
  const type = errorTypes[error.status] ?? 'unprocessable_entity';
  const body = error.message === '' ? undefined : { errors: { type, message: error.message } };
  sendAs(res, error.status, media.json, body);
}

/** Canvas tells the cost of each call; the practice bucket never runs dry by itself (see failNext). */
function throttleHeaders(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader('X-Request-Cost', '0.31');
  res.setHeader('X-Rate-Limit-Remaining', '699.2');
  next();
}

const Notice = z.object({ notice_type: z.string().min(1), handler: z.union([z.literal(''), z.url()]) });

function putNoticeHandler(state: MannerState) {
  return (req: Request, res: Response) => {
    const { clientId } = requireScope(state, req, [scope.notices]);
    const tool = state.tools.get(clientId)!;
    const parsed = Notice.safeParse(req.body);
    if (tool.typeId !== param(req, 'tool'))
      throw new ServiceError(404, 'The specified resource does not exist.');
    if (!parsed.success) throw new ServiceError(400, 'notice_type and handler are required');
    const { notice_type, handler } = parsed.data;
    if (handler !== '' && new URL(handler).host !== tool.domain) {
      throw new ServiceError(400, 'handler must be on the domain of the tool');
    }
    state.noticeHandlers.set(`${clientId} ${notice_type}`, handler);
    sendAs(res, 200, media.json, { notice_type, handler });
  };
}

function services(state: MannerState): Router {
  const router = Router();
  const items = '/api/lti/courses/:course/line_items';
  router.use('/api/lti', throttleHeaders);
  router.get('/api/lti/courses/:course/names_and_roles', canvasRoster(state));
  router.get(items, canvasListItems(state));
  router.post(items, canvasCreateItem(state));
  router.get(`${items}/:item`, canvasGetItem(state));
  router.put(`${items}/:item`, canvasPutItem(state));
  router.delete(`${items}/:item`, canvasDeleteItem(state));
  router.post(`${items}/:item/scores`, canvasPostScore(state));
  router.get(`${items}/:item/results`, canvasResults(state));
  router.get(`${items}/:item/results/:result`, canvasOneResult(state));
  router.put('/api/lti/notice-handlers/:tool', putNoticeHandler(state));
  router.use(sendError);
  return router;
}

/** Each item with a line item becomes an unpublished assignment; one without points fails by itself. */
function decide(_state: MannerState, item: ContentItem): ItemDecision {
  if (item.type !== 'ltiResourceLink')
    return { kind: 'refuse', reason: `The type ${item.type} is not accepted.` };
  if (!hasTextCustom(item)) return { kind: 'refuse', reason: 'Every custom value must be text.' };
  if (item.lineItem && pointsOf(item) === null) {
    return { kind: 'refuse', reason: 'lineItem.scoreMaximum must be a number above zero.' };
  }
  return {
    kind: 'make',
    graded: item.lineItem !== undefined,
    keepIds: true,
    assignment: {
      text: item.text ?? null,
      url: item.url ?? null,
      custom: textCustom(item),
      published: false,
      newTab: item.window?.targetName === '_blank',
      opensAt: item.available?.startDateTime ?? null,
      locksAt: item.available?.endDateTime ?? null,
      dueAt: item.submission?.endDateTime ?? null,
    },
  };
}

function refuseLaunch({ person, course, assignment }: Launch): string | null {
  if (!course)
    return person.kind === 'administrator' ? null : 'Unauthorized: the account needs an administrator.';
  const member = roleIn(course, person.key);
  if (!member && person.kind !== 'administrator') return 'Unauthorized: you are not enrolled in this course.';
  const teaches = member === 'teacher' || member === 'assistant' || person.kind === 'administrator';
  return assignment && !assignment.published && !teaches ? 'This assignment is not published.' : null;
}

export const canvas: MannerRules = {
  manner: 'canvas',
  title: 'Canvas manner',
  idTokenSeconds: 3600,
  loginMethod: 'POST',
  storage: 'forwarding',
  supportedScopes: [
    scope.lineItem,
    scope.lineItemRead,
    scope.resultRead,
    scope.score,
    scope.roster,
    scope.canvasProgress,
    scope.notices,
  ],
  paths: {
    services: '/api/lti',
    authorize: '/api/lti/authorize_redirect',
    token: '/login/oauth2/token',
    jwks: '/api/lti/security/jwks',
    openidConfiguration: '/api/lti/security/openid-configuration',
    registration: '/api/lti/registrations',
  },
  token: {
    contentType: 'application/json',
    maxAge: 300,
    maxAhead: 30,
    singleUseIds: true,
    clientStatus: 401,
    claimStatus: 400,
  },
  coursePlacement: 'course_navigation',
  deepLinkPlacement: 'course_assignments_menu',
  deepLink: {
    path: '/courses/:course/deep_linking_response',
    returnUrl: (state, session) =>
      `${state.base}/courses/${session.courseId}/deep_linking_response?${new URLSearchParams({
        modal: 'true',
        placement: session.placement,
        data: session.token,
      }).toString()}`,
    maxAge: 300,
    maxAhead: 30,
    nonceMissing: 'the nonce is required',
    singleUse: false,
    decide,
  },
  personIds: (person, index) => ({
    sub: uuidOf('canvas', person.key),
    userId: `17000000000${48_101 + index}`,
    legacyId: hexOf(40, 'canvas', person.key),
  }),
  courseIds: (course, index) => ({
    id: String(48_120 + index),
    contextId: hexOf(40, 'canvas', 'course', course.key),
  }),
  toolIds: (_state, number, domain) => {
    const typeId = String(873 + number);
    return {
      // Above 2^53 on purpose: a client id is text.
      clientId: String(170_000_000_000_000_412n + BigInt(number)),
      deploymentId: `${typeId}:${hexOf(40, 'deployment', domain, typeId)}`,
      typeId,
    };
  },
  assignmentIds: (state) => {
    const id = String(nextNumber(state, 'assignment', 771_201));
    return { id, linkId: uuidOf('canvas', 'link', id) };
  },
  lineItemId: (state) => String(nextNumber(state, 'lineItem', 66_011)),
  loginHint: (person) => hexOf(40, 'login', person.sub),
  messageHint: () => `${secret(12)}.${secret(24)}.${secret(12)}`,
  loginExtras: (_state, { launch }) => ({
    deployment_id: launch.tool.deploymentId,
    lti_deployment_id: launch.tool.deploymentId,
    canvas_region: 'us-east-1',
    canvas_environment: 'production',
    lti_storage_target: 'post_message_forwarding',
  }),
  claims: canvasClaims,
  refuseLaunch,
  onToolActive: () => undefined,
  services,
};
