/**
 * Turns declarations into an Express router. Each call goes: session, origin and token, parameters, right,
 * form, idempotency, handler. What a handler sees is parsed and allowed.
 */
import {
  Router,
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { z } from 'zod';
import type { Viewer } from '../people/viewer.ts';
import type { Session } from '../sessions/session.ts';
import { Forbidden, Invalid, NotFound, SignedOut } from '../shared/errors.ts';
import { decide } from './access.ts';
import { assertOwnPost, assertToken } from './csrf.ts';
import { once } from './idempotency.ts';
import type { Call, Declaration } from './route.ts';
import { isMultipart, receiveForm } from './upload.ts';

/** All declarations of a mounted app, for the start check and the matrix. */
const MOUNTED = Symbol('declarations');

export interface MountSettings {
  publicOrigin: string;
  clock: () => Date;
}

/** @throws when two routes share method and path, or a post declares no protection it can have. */
export function mountRoutes(declarations: readonly Declaration[], settings: MountSettings): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const seen = new Set<string>();
  for (const declaration of declarations) {
    const name = `${declaration.method} ${declaration.path}`;
    if (seen.has(name)) throw new Error(`The route ${name} is declared twice.`);
    assertSound(declaration, name);
    seen.add(name);
    router[declaration.method](declaration.path, declared(declaration, handlerOf(declaration, settings)));
  }
  return router;
}

function assertSound(declaration: Declaration, name: string): void {
  if (declaration.method === 'get' && declaration.changes.length > 0)
    throw new Error(`${name}: a GET changes nothing.`);
  if (
    declaration.who.of === 'anyone' &&
    declaration.method === 'post' &&
    (declaration.protection ?? 'form') === 'form'
  )
    throw new Error(`${name}: a post by anyone must name how it is protected.`);
  if (declaration.who.of !== 'anyone' && (declaration.protection ?? 'form') !== 'form')
    throw new Error(`${name}: what needs a session is protected by that session's form token.`);
}

function declared(declaration: Declaration, handler: RequestHandler): RequestHandler {
  return Object.assign(handler, { [MOUNTED]: declaration });
}

/** The declaration behind an Express handler; undefined means somebody mounted a route past the declarations. */
export function declarationOf(handler: unknown): Declaration | undefined {
  return (handler as { [MOUNTED]?: Declaration })[MOUNTED];
}

function handlerOf(declaration: Declaration, settings: MountSettings): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction) => {
    try {
      await serve(declaration, settings, req, res);
    } catch (error) {
      next(error);
    }
  };
}

async function serve(
  declaration: Declaration,
  settings: MountSettings,
  req: Request,
  res: Response,
): Promise<void> {
  const session = res.locals['session'] as Session | undefined;
  const isPost = declaration.method === 'post';
  const protection = declaration.protection ?? 'form';
  if (declaration.who.of !== 'anyone' && !session) throw new SignedOut();
  if (isPost && protection !== 'lti') assertOwnPost(req, settings.publicOrigin);
  const upload = isPost && session && isMultipart(req) ? declaration.upload : undefined;
  if (isPost && protection === 'form' && session && !upload)
    assertToken(session, bodyOf(req), req.get('x-csrf-token'));
  const params = parsePath(declaration.params, req.params);
  const query = parseQuery(declaration.query, req.query);
  const viewer = session ? viewerOf(session) : null;
  const now = settings.clock();
  const decision = viewer ? await decide(declaration, viewer, params, now) : NO_DECISION;
  if (viewer?.testUser && isPost && declaration.changes.length > 0)
    throw new Forbidden('a test user', STUDENT_VIEW);
  const call = {
    ...decision,
    params,
    query,
    viewer,
    session,
    now,
    res,
    file: { is: 'none' },
    ...autosaveOf(req),
  } as unknown as Call;
  if (!isPost) return declaration.handle({ ...call, form: {} });
  if (upload && session) {
    const { body, file, release } = await receiveForm(upload, { req, res, session, now });
    const sent = { ...call, file };
    try {
      return await once(session, body['_key'], now, res, () => attempt(declaration, sent, body));
    } finally {
      await release();
    }
  }
  const work = (): Promise<void> => attempt(declaration, call, bodyOf(req));
  if (protection !== 'form' || !session || call.isAutosave) return work();
  return once(session, bodyOf(req)['_key'], call.now, res, work);
}

/** Canvas Student View (lms.md 6.4): a sandbox, no storage, no score. */
const STUDENT_VIEW = 'This is Student View. You can look around, but nothing is saved.';

const NO_DECISION = { relation: 'none', standing: 'none', student: '' } as const;

/** Bad input and a service's `Invalid` show the form again, with what was typed. */
async function attempt(declaration: Declaration, call: Call, body: Record<string, unknown>): Promise<void> {
  try {
    const form = declaration.form
      ? parseForm(declaration.form, body, declaration.protection === 'lti' ? 400 : 422)
      : {};
    await declaration.handle({ ...call, form });
  } catch (error) {
    if (!(error instanceof Invalid) || !declaration.onInvalid || call.isAutosave) throw error;
    await declaration.onInvalid({ ...call, form: {} }, error, body);
  }
}

function bodyOf(req: Request): Record<string, unknown> {
  const body: unknown = req.body;
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function autosaveOf(req: Request): { isAutosave: boolean; ifMatch: number | null } {
  const version = /^"(\d{1,9})"$/.exec(req.get('if-match') ?? '')?.[1];
  return {
    isAutosave: req.get('x-autosave') === '1',
    ifMatch: version === undefined ? null : Number(version),
  };
}

function viewerOf(session: Session): Viewer {
  const { institution, person, name, administrator, testUser, masquerader, standing } = session;
  return { institution, person, name, administrator, testUser, masquerader, launchedAs: standing };
}

function parsePath(schema: z.ZodType | undefined, params: object): Record<string, string> {
  const parsed = schema?.safeParse(params);
  if (parsed && !parsed.success) throw new NotFound('the path does not fit');
  return (parsed?.data ?? params) as Record<string, string>;
}

function parseQuery(schema: z.ZodType | undefined, query: object): unknown {
  const parsed = schema?.safeParse(query);
  if (parsed && !parsed.success) throw new Invalid(fieldErrors(parsed.error), { status: 400 });
  return parsed?.data ?? {};
}

function parseForm(schema: z.ZodType, body: Record<string, unknown>, status: 400 | 422): unknown {
  const { _csrf: _token, _key: _once, ...typed } = body;
  const parsed = schema.safeParse(typed);
  if (!parsed.success) throw new Invalid(fieldErrors(parsed.error), { status });
  return parsed.data;
}

/** zod's issues as field messages. Schemas carry the sentences; see `messages/en`. */
export function fieldErrors(error: z.ZodError): { field: string; message: string }[] {
  return error.issues.map(({ path, message }) => ({ field: path.join('.') || 'form', message }));
}

/** @throws when a handler was mounted past the declarations: nothing may answer that nobody decided about. */
export function assertAllDeclared(app: Express): void {
  const undeclared = layersOf(app.router as unknown as Layered).filter(({ route }) =>
    route?.stack.some(({ handle }) => !declarationOf(handle)),
  );
  if (undeclared.length > 0)
    throw new Error(`Routes without a declaration: ${undeclared.map(({ route }) => route?.path).join(', ')}`);
}

/** Routers within routers too. */
function layersOf({ stack }: Layered): Layered['stack'] {
  return stack.flatMap((layer) => [
    layer,
    ...(layer.handle?.stack ? layersOf({ stack: layer.handle.stack }) : []),
  ]);
}

interface Layered {
  stack: { handle?: { stack?: Layered['stack'] }; route?: { path: string; stack: { handle: unknown }[] } }[];
}
