import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { idTokenClaims } from './launch.ts';
import { autoSubmitPage, messagePage } from './pages/layout.ts';
import { sessionOf } from './session.ts';
import type { LmsSession } from './session.ts';
import { signClaims } from './signing.ts';
import type { MannerState, PendingLaunch, Tool } from './state.ts';

// The OIDC authorization endpoint. An unknown client or a redirect_uri that is not registered is answered here and
// nowhere else (an open redirector otherwise); every other refusal is form-posted to the tool with its state.

const AuthRequest = z.object({
  client_id: z.string().default(''),
  redirect_uri: z.string().default(''),
  scope: z.string().default(''),
  response_type: z.string().default(''),
  response_mode: z.string().default(''),
  prompt: z.string().default(''),
  nonce: z.string().default(''),
  state: z.string().default(''),
  login_hint: z.string().default(''),
  lti_message_hint: z.string().default(''),
});
export type AuthRequest = z.infer<typeof AuthRequest>;

interface OidcError {
  readonly error: string;
  readonly error_description: string;
}

const fail = (error: string, error_description: string): OidcError => ({ error, error_description });

/** Reads an authorization request from a query or form; null when a parameter was sent twice. */
export function readAuthRequest(values: unknown): AuthRequest | null {
  const parsed = AuthRequest.safeParse(values);
  return parsed.success ? parsed.data : null;
}

/** The tool of a request, when its redirect_uri is exactly one that was registered. */
export function trustedClient(state: MannerState, auth: AuthRequest): Tool | string {
  const tool = state.tools.get(auth.client_id);
  if (!tool) return 'Unknown client_id.';
  if (!tool.redirectUris.includes(auth.redirect_uri)) return 'Invalid redirect_uri.';
  return tool;
}

/** What is wrong with the parameters themselves (LTI Security Framework 5.1.1.2), or null. */
export function parameterFault(auth: AuthRequest): OidcError | null {
  if (auth.response_type !== 'id_token')
    return fail('unsupported_response_type', 'response_type must be id_token');
  if (!auth.scope.split(/\s+/).includes('openid')) return fail('invalid_scope', 'scope must be openid');
  if (auth.response_mode !== 'form_post') return fail('invalid_request', 'response_mode must be form_post');
  if (auth.prompt !== 'none') return fail('invalid_request', 'prompt must be none');
  if (auth.nonce === '') return fail('invalid_request', 'nonce is required');
  if (auth.state === '') return fail('invalid_request', 'state is required');
  return null;
}

function sessionFault(
  auth: AuthRequest,
  session: LmsSession | null,
  pending: PendingLaunch | null,
): OidcError | null {
  if (!session) return fail('login_required', 'Must have an active user session');
  if (!pending)
    return fail('launch_no_longer_valid', 'The launch has either expired or already been consumed');
  const { launch, loginHint, sessionId } = pending;
  if (launch.tool.clientId !== auth.client_id) {
    return fail('unauthorized_client', 'Client not authorized in requested context');
  }
  const sameSession = sessionId === null || sessionId === session.id;
  if (auth.login_hint !== loginHint || session.person.key !== launch.person.key || !sameSession) {
    return fail('login_required', 'The signed-in user is not the one who began this launch');
  }
  return null;
}

function findPending(state: MannerState, auth: AuthRequest): PendingLaunch | null {
  for (const [hint, old] of state.pending) if (old.expiresAt <= state.now()) state.pending.delete(hint);
  return state.pending.get(auth.lti_message_hint) ?? null;
}

async function respond(state: MannerState, req: Request, auth: AuthRequest): Promise<Record<string, string>> {
  const pending = findPending(state, auth);
  const fault = parameterFault(auth) ?? sessionFault(auth, sessionOf(state, req), pending);
  if (fault || !pending) return { ...(fault ?? fail('server_error', '')), state: auth.state };
  // One launch, one use: a repeated hint finds nothing.
  state.pending.delete(pending.messageHint);
  const id_token = await signClaims(state, idTokenClaims(state, pending.launch, auth.nonce));
  return { id_token, state: auth.state };
}

function refuse(res: Response, reason: string): void {
  res.status(400).send(messagePage('This launch was refused', reason));
}

/** `GET` and `POST` of the authorization endpoint. */
export function authorizationEndpoint(state: MannerState): RequestHandler {
  return async (req, res) => {
    const auth = readAuthRequest(req.method === 'POST' ? req.body : req.query);
    if (!auth) return refuse(res, 'A parameter is missing or was sent more than once.');
    const tool = trustedClient(state, auth);
    if (typeof tool === 'string') return refuse(res, tool);
    res.setHeader('Cache-Control', 'no-store');
    res.send(
      autoSubmitPage({ action: auth.redirect_uri, method: 'POST', fields: await respond(state, req, auth) }),
    );
  };
}
