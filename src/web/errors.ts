import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { BadLaunch } from '../lti/idToken.ts';
import { KeysUnavailable } from '../lti/jwks.ts';
import { UnknownPlatform, WaitingDeployment } from '../lti/refusals.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import type { Session } from '../sessions/session.ts';
import { AppError, Conflict, Forbidden, Invalid, LmsError, NotFound, SignedOut } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { page, wordsOf, type Words } from '../shared/page.ts';
import * as system from '../shared/system.page.ts';
import { tooMuchText } from './body.ts';
import { StaleForm } from './csrf.ts';
import { allowFraming } from './headers.ts';

/**
 * The one place where an error becomes an answer: a status, a page in plain words and a short reference
 * that is also in the log. Expected errors are information; `error` means that a person must act.
 */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    if (res.headersSent) return next(thrown);
    const error = toAppError(thrown);
    const reference = randomBytes(4).toString('hex').toUpperCase();
    logged(log, error, thrown, { reference, req });
    res.set('X-Reference', reference);
    if (!res.locals['session']) allowFraming(res, ['*']);
    if (error.status === 503) res.set('Retry-After', '30');
    if (req.get('x-autosave') === '1') return answerAutosave(error, reference, res);
    answer(error, reference, req, res);
  };
}

/** What `public/js/autosave.ts` reads: with 412 both texts, so that a person can choose. */
function answerAutosave(error: AppError, reference: string, res: Response): void {
  const { message } = error;
  if (!(error instanceof VersionConflict)) return void res.status(error.status).json({ message, reference });
  const { version, words } = error.stored;
  res.status(412).json({ version, fields: words, message });
}

/** Body-parser and router errors carry a status of their own; anything else is a fault of ours: 500. */
function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  if (status === 413) return tooMuchText('body too large');
  if (status === 404) return new NotFound('unreadable path');
  if (status !== null && status < 500) return new Invalid([], { status: 400, detail: 'unreadable request' });
  if (isDatabaseTrouble(thrown))
    return new AppError(
      'Busy',
      503,
      'Waymark could not save or read just now. Nothing is lost: try again in a minute.',
      'database',
    );
  return new AppError('Fault', 500, 'Something went wrong on our side. Nothing you saved is lost.', 'fault');
}

function statusOf(thrown: unknown): number | null {
  const status: unknown =
    typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : null;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : null;
}

function isDatabaseTrouble(thrown: unknown): boolean {
  const name = thrown instanceof Error ? thrown.name : '';
  return /^Mongo(ose)?(ServerSelection|Network|NetworkTimeout|WaitQueueTimeout|PoolCleared|NotConnected|WriteConcern)/.test(
    name,
  );
}

function logged(
  log: Log,
  error: AppError,
  thrown: unknown,
  { reference, req }: { reference: string; req: Request },
): void {
  const facts = {
    reference,
    error: error.name,
    status: error.status,
    detail: error.detail,
    method: req.method,
    route: routeOf(req),
  };
  if (error.status === 500)
    log.error({ ...facts, stack: thrown instanceof Error ? thrown.stack : String(thrown) }, 'fault');
  else log.info(facts, 'refused');
}

/** The declared path, never the address with its ids. */
function routeOf(req: Request): string {
  const route: unknown = req.route;
  return typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'none';
}

function answer(error: AppError, reference: string, req: Request, res: Response): void {
  const words = wordsOf(res);
  const { status, message } = error;
  const session = res.locals['session'] as Session | undefined;
  const home = session ? '/' : null;
  const returnUrl = session?.returnUrl ?? null;
  if (error instanceof StaleForm) {
    const kept = Object.values(error.kept).join('\n\n') || null;
    return page(res, 'system/sessionEnded', system.sessionEndedPage(words, { kept, returnUrl }), { status });
  }
  if (error instanceof SignedOut)
    return page(
      res,
      'system/sessionEnded',
      system.sessionEndedPage(words, { kept: keptOf(req), returnUrl }),
      { status },
    );
  if (error instanceof NotFound)
    return page(res, 'system/notFound', system.notFoundPage(words, home), { status });
  if (error instanceof WaitingDeployment) {
    const facts = { platform: error.platform.name, reference };
    return page(res, 'system/notApproved', system.notApprovedPage(words, facts), { status });
  }
  if (error instanceof Forbidden)
    return page(res, 'system/noAccess', system.noAccessPage(words, { message }), { status });
  if (error instanceof BadLaunch || error instanceof UnknownPlatform || isLaunchProblem(error, req))
    return page(res, 'system/reopenFromCourse', system.reopenFromCoursePage(words, { reference, message }), {
      status,
    });
  if (error instanceof Conflict)
    return page(res, 'system/error', system.conflictPage(words, { message, back: home }), { status });
  page(
    res,
    'system/error',
    system.errorPage(words, { kind: kindOf(error), message: plainMessage(error, words), reference, home }),
    { status },
  );
}

function isLaunchProblem(error: AppError, req: Request): boolean {
  return error instanceof Invalid && req.path.startsWith('/lti/l');
}

function kindOf(error: AppError): 'error' | 'busy' | 'lms' | 'refused' {
  if (error instanceof LmsError || error instanceof KeysUnavailable) return 'lms';
  if (error.status === 503) return 'busy';
  return error.status < 500 ? 'refused' : 'error';
}

function plainMessage(error: AppError, { t }: Words): string | null {
  if (!(error instanceof Invalid)) return error.message;
  return error.fields.length > 0 ? error.message : t('system.refused.body');
}

/** What was typed into a form whose session ended meanwhile: shown back to the one who typed it. */
function keptOf(req: Request): string | null {
  const body: unknown = req.body;
  if (req.method !== 'POST' || typeof body !== 'object' || body === null) return null;
  const typed = Object.entries(body).filter(
    ([name, value]) => !name.startsWith('_') && typeof value === 'string' && value.length > 0,
  );
  return typed.length > 0 ? typed.map(([, value]) => value as string).join('\n\n') : null;
}
