import { Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import { sendAs, ServiceError } from '../http.ts';
import type { MannerState } from '../state.ts';
import { media } from '../uris.ts';
import {
  schoologyCreateItem,
  schoologyDeleteItem,
  schoologyGetItem,
  schoologyListItems,
  schoologyPutItem,
} from './schoologyLineItems.ts';
import { schoologyRoster } from './schoologyRoster.ts';
import { schoologyPostScore, schoologyResults } from './schoologyScores.ts';

function sendError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (!(error instanceof ServiceError)) return next(error);
  sendAs(res, error.status, media.json, { statusCode: error.status, message: error.message });
}

/** The service endpoints of the Schoology manner. */
export function schoologyRouter(state: MannerState): Router {
  const router = Router();
  const root = '/lti-service/tool/:client/services';
  const items = `${root}/assignment-grade/v2p0/sections/:section/lineitems`;
  router.get(`${root}/names-roles/v2p0/membership/:section`, schoologyRoster(state));
  router.get(items, schoologyListItems(state));
  router.post(items, schoologyCreateItem(state));
  router.get(`${items}/:item`, schoologyGetItem(state));
  router.put(`${items}/:item`, schoologyPutItem(state));
  router.delete(`${items}/:item`, schoologyDeleteItem(state));
  router.post(`${items}/:item/scores`, schoologyPostScore(state));
  router.get(`${items}/:item/results`, schoologyResults(state));
  router.use(sendError);
  return router;
}
