import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendAs, ServiceError } from '../http.ts';
import { media } from '../uris.ts';

// services.php of Moodle picks a resource by path and media type; a type it has nothing for is "No handler found".
// Errors repeat the request, and put the reason on the status line.

/** Thrown by the score endpoint: media type of scores, an empty list as the body. */
export class ScoreRefusal extends ServiceError {
  override name = 'ScoreRefusal';
}

function pathOf(req: Request): string {
  return req.path.replace(/^.*\/services\.php/, '');
}

/** Refuses a GET whose Accept, or a POST or PUT whose Content-Type, is not the resource's own. */
export function onlyType(mediaType: string): RequestHandler {
  return (req, _res, next) => {
    const reading = req.method === 'GET';
    const given = (reading ? req.get('accept') : req.get('content-type')) ?? '';
    const fits = given.includes(mediaType) || (reading && (given === '' || given.includes('*/*')));
    if (fits) return next();
    const types = reading ? `${given} ` : ` ${given.split(';')[0]}`;
    throw new ServiceError(400, `No handler found for ${pathOf(req)} ${types}`);
  };
}

/** Header text may hold Latin-1 only; Moodle sends whatever it has, Node would refuse it. */
function reasonPhrase(message: string): string {
  return message.replace(/[^\x20-\x7e]/g, '?').slice(0, 2_000);
}

export function sendMoodleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (!(error instanceof ServiceError)) return next(error);
  res.statusMessage = reasonPhrase(error.message);
  if (error instanceof ScoreRefusal) return sendAs(res, error.status, media.score, []);
  sendAs(res, error.status, media.json, {
    status: error.status,
    reason: error.message,
    request: {
      method: req.method,
      url: req.originalUrl,
      accept: req.get('accept') ?? '*/*',
      contentType: req.get('content-type') ?? '',
    },
  });
}
