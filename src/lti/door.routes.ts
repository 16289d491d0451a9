import { z } from 'zod';
import type { Response } from 'express';
import { SESSION_COOKIE } from '../sessions/session.ts';
import { startSession } from '../sessions/session.service.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { openInNewTabPage, storageGetPage, storagePutPage } from '../shared/system.page.ts';
import { allowFormTargets, allowFraming } from '../web/headers.ts';
import { route, type Declaration } from '../web/route.ts';
import { consumeContinuation, type SessionFields } from './continuation.store.ts';
import { answerLaunch, beginLogin, takeLogin, type Door, type LaunchAnswer } from './door.ts';
import { cookieOf, cookiesWork, clearLoginCookie, setLoginCookie, setSessionCookie } from './doorCookies.ts';
import { doorFrames, startOf } from './doorFrames.ts';
import { BadLaunch } from './idToken.ts';
import type { Keys } from './keys.service.ts';
import { LoginParams, loginCookieName, type LoginRecord } from './login.ts';
import type { Platform } from './platform.ts';

const STORAGE_TIMEOUT_MS = 1_500;

/**
 * An id_token, or the LMS's refusal (OpenID Connect Core 3.1.2.6). Anything else beside it is ignored. A state that
 * is missing or malformed is an unknown one: 401.
 */
const LaunchForm = z.union([
  z.object({
    state: z.string().default(''),
    id_token: z.string().min(1).max(100_000),
    proof: z.string().optional(),
  }),
  z.object({ state: z.string().default(''), error: z.string().min(1) }),
]);
type LaunchForm = z.output<typeof LaunchForm>;

/** The LMS has no session in this frame, for want of cookies of its own; any other refusal a new tab would not cure. */
const SIGN_IN_FAILED = new Set(['login_required', 'interaction_required']);

const Continuation = z.object({ code: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) });

/** The door's routes. They have no session yet, so each proves itself: by the login it answers, or a one-time code. */
export function doorRoutes(door: Door, keys: Keys): Declaration[] {
  const login = (params: LoginParams, res: Response, now: Date): Promise<void> =>
    showLogin(door, params, res, now);
  return [
    route({
      method: 'get',
      path: paths.login,
      who: { of: 'anyone' },
      changes: [],
      query: LoginParams,
      handle: ({ query, res, now }) => login(query, res, now),
    }),
    route({
      method: 'post',
      path: paths.login,
      who: { of: 'anyone' },
      changes: [],
      protection: 'lti',
      form: LoginParams,
      handle: ({ form, res, now }) => login(form, res, now),
    }),
    route({
      method: 'post',
      path: paths.launch,
      who: { of: 'anyone' },
      changes: ['launch.accepted'],
      protection: 'lti',
      form: LaunchForm,
      handle: ({ form, res, now }) => launch(door, form, res, now),
    }),
    route({
      method: 'post',
      path: paths.continue,
      who: { of: 'anyone' },
      changes: [],
      protection: 'own-secret',
      form: Continuation,
      handle: async ({ form, res, now }) => {
        const continuation = await consumeContinuation(form.code, now);
        if (!continuation) throw new BadLaunch('the code is unknown, spent or older than a minute');
        await arrive(res, continuation.session, continuation.target, now);
      },
    }),
    route({
      method: 'get',
      path: paths.keys,
      who: { of: 'anyone' },
      changes: [],
      handle: async ({ res }) => {
        res.set('Cache-Control', 'public, max-age=300').json(await keys.publicKeySet());
      },
    }),
  ];
}

async function launch(door: Door, form: LaunchForm, res: Response, now: Date): Promise<void> {
  allowFraming(res, ['*']);
  const cookie = cookieOf(res.req, loginCookieName(form.state));
  if (cookie !== undefined) clearLoginCookie(res, form.state);
  if ('error' in form) return refusedByLms(form, res, now);
  const proofs = { state: form.state, cookie, storage: form.proof };
  await show(await answerLaunch(door, form.id_token, proofs, now), form, res, now);
}

/** Straight on where cookies are known to work; else the LMS's storage is given the proof first, where it has one. */
async function showLogin(door: Door, params: LoginParams, res: Response, now: Date): Promise<void> {
  const asked = { params, startedAt: startOf(res.req, door.publicUrl) };
  const { login, platform, next } = await beginLogin(door, asked, now);
  setLoginCookie(res, login);
  const target = params.lti_storage_target;
  if (target === undefined || cookiesWork(res.req)) return res.redirect(302, next);
  allowFraming(res, doorFrames(platform, login.record));
  page(
    res,
    'system/storage-put',
    storagePutPage(wordsOf(res), {
      ...storageAt(target, platform, login.record.id),
      value: login.browserSecret,
      next,
    }),
  );
}

async function show(
  answer: LaunchAnswer,
  form: { state: string; id_token: string },
  res: Response,
  now: Date,
): Promise<void> {
  switch (answer.kind) {
    case 'arrived':
      return arrive(res, answer.session, answer.target, now);
    case 'newTab':
      allowFraming(res, answer.session.frameAncestors);
      return page(
        res,
        'system/openInNewTab',
        openInNewTabPage(wordsOf(res), formOf(paths.continue, { code: answer.code })),
      );
    case 'askStorage': {
      allowNewTab(res, answer);
      const storage = storageAt(answer.target, answer.platform, answer.login.id);
      const proof = formOf(paths.launch, { state: form.state, id_token: form.id_token });
      const fallback = formOf(paths.login, answer.login.params);
      return page(res, 'system/storage-get', storageGetPage(wordsOf(res), { storage, proof, fallback }));
    }
    case 'restart':
      return showRestart(answer, res);
  }
}

function showRestart(start: { login: LoginRecord; platform: Platform }, res: Response): void {
  allowNewTab(res, start);
  const form = formOf(paths.login, start.login.params);
  page(res, 'system/openInNewTab', openInNewTabPage(wordsOf(res), form), { status: 401 });
}

/** The button's post is redirected to the LMS, and browsers check form-action along the way. */
function allowNewTab(res: Response, { login, platform }: { login: LoginRecord; platform: Platform }): void {
  allowFraming(res, doorFrames(platform, login));
  allowFormTargets(res, [new URL(platform.authorizationEndpoint).origin]);
}

/** A session begins: a new id always, and the address that follows has nothing secret in it. */
async function arrive(res: Response, fields: SessionFields, target: string, now: Date): Promise<void> {
  const { token } = await startSession(fields, now, cookieOf(res.req, SESSION_COOKIE));
  setSessionCookie(res, token);
  allowFraming(res, fields.frameAncestors);
  res.redirect(303, target);
}

/** The LMS itself refused, e.g. where it sees no cookies of its own. The state is spent first (lms.md 6.26). */
async function refusedByLms(
  { state, error }: LaunchForm & { error: string },
  res: Response,
  now: Date,
): Promise<void> {
  const taken = await takeLogin(state, now);
  if (!SIGN_IN_FAILED.has(error)) throw new BadLaunch(`the LMS refused: ${error.slice(0, 60)}`);
  showRestart(taken, res);
}

function storageAt(target: string, platform: Platform, key: string) {
  const origin = new URL(platform.authorizationEndpoint).origin;
  return { target, origin, key: `waymark_${key.slice(0, 24)}`, timeoutMs: STORAGE_TIMEOUT_MS };
}

function formOf(action: string, fields: Record<string, string | undefined>) {
  const present = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return { action, fields: present.map(([name, value]) => ({ name, value })) };
}
