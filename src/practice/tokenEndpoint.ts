import { decodeJwt } from 'jose';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { secret } from './ids.ts';
import type { Claims } from './signing.ts';
import type { MannerState, Tool } from './state.ts';
import { ToolTokenError, verifyToolJwt } from './toolKeys.ts';

// client_credentials with private_key_jwt (1EdTech Security Framework 1.0, 4.1). Bounds on iat, use of
// jti, statuses and the answer's content type differ by LMS: see `TokenManner`.

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const tokenSeconds = 3600;

const Form = z.object({
  grant_type: z.string().optional(),
  client_assertion_type: z.string().optional(),
  client_assertion: z.string().optional(),
  scope: z.string().optional(),
});

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

function readForm(req: Request): { assertion: string; scope: string } {
  const form = Form.safeParse(req.body ?? {});
  if (!form.success) throw new Refusal(400, 'invalid_request', 'The form is not readable.');
  const { grant_type, client_assertion_type, client_assertion, scope } = form.data;
  if (grant_type !== 'client_credentials') {
    throw new Refusal(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
  }
  if (client_assertion_type !== assertionType || !client_assertion) {
    throw new Refusal(400, 'invalid_request', 'A client_assertion of type jwt-bearer is required.');
  }
  return { assertion: client_assertion, scope: scope ?? '' };
}

function clientOf(state: MannerState, assertion: string): Tool {
  const { clientStatus } = state.rules.token;
  let subject: string | undefined;
  try {
    subject = decodeJwt(assertion).sub;
  } catch {
    throw new Refusal(state.rules.token.claimStatus, 'invalid_request', 'The assertion is not a JWT.');
  }
  const tool = subject === undefined ? undefined : state.tools.get(subject);
  if (!tool) throw new Refusal(clientStatus, 'invalid_client', 'unknown client');
  return tool;
}

async function verified(state: MannerState, tool: Tool, assertion: string): Promise<Claims> {
  try {
    return await verifyToolJwt(tool, assertion);
  } catch (error) {
    if (!(error instanceof ToolTokenError)) throw error;
    throw new Refusal(state.rules.token.clientStatus, 'invalid_client', error.message);
  }
}

function audienceFits(aud: unknown, endpoint: string): boolean {
  return aud === endpoint || (Array.isArray(aud) && aud.includes(endpoint));
}

/** Why the claims of an assertion are not acceptable, or null. */
function faultIn(state: MannerState, tool: Tool, claims: Claims): string | null {
  const { maxAge, maxAhead } = state.rules.token;
  const now = state.now() / 1000;
  const { iss, sub, aud, exp, iat, jti } = claims;
  if (iss !== tool.clientId || sub !== tool.clientId) return 'iss and sub must be the client_id';
  if (!audienceFits(aud, state.base + state.rules.paths.token)) return "the 'aud' is not this token endpoint";
  if (typeof exp !== 'number' || typeof iat !== 'number') return "the 'exp' and 'iat' must be numbers";
  if (exp <= now) return "the 'exp' is in the past";
  if (maxAge !== null && iat < now - maxAge) return `the 'iat' must be less than ${maxAge} seconds old`;
  if (iat > now + maxAhead) return "the 'iat' must not be in the future";
  if (typeof jti !== 'string' || jti === '') return "the 'jti' is required";
  return null;
}

function useOnce(state: MannerState, tool: Tool, claims: Claims): void {
  const { singleUseIds, claimStatus } = state.rules.token;
  if (!singleUseIds) return;
  for (const [id, until] of state.usedIds) if (until < state.now()) state.usedIds.delete(id);
  const id = `${tool.clientId} ${String(claims.jti)}`;
  if (state.usedIds.has(id))
    throw new Refusal(claimStatus, 'invalid_request', "the 'jti' has already been used");
  state.usedIds.set(id, Number(claims.exp) * 1000);
}

function grantedScopes(tool: Tool, asked: string): string[] {
  const granted = asked.split(/\s+/).filter((scope) => tool.scopes.includes(scope));
  if (granted.length === 0)
    throw new Refusal(400, 'invalid_scope', 'None of the scopes is granted to this client.');
  return [...new Set(granted)];
}

async function grant(state: MannerState, req: Request): Promise<Record<string, unknown>> {
  const form = readForm(req);
  const tool = clientOf(state, form.assertion);
  const claims = await verified(state, tool, form.assertion);
  const fault = faultIn(state, tool, claims);
  if (fault) throw new Refusal(state.rules.token.claimStatus, 'invalid_request', fault);
  const scopes = grantedScopes(tool, form.scope);
  useOnce(state, tool, claims);
  const token = secret(32);
  state.tokens.set(token, { clientId: tool.clientId, scopes, expiresAt: state.now() + tokenSeconds * 1000 });
  return { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, scope: scopes.join(' ') };
}

function send(state: MannerState, res: Response, status: number, body: unknown): void {
  res.status(status).setHeader('Content-Type', `${state.rules.token.contentType}; charset=utf-8`);
  res.setHeader('Cache-Control', 'no-store');
  res.end(JSON.stringify(body));
}

/** `POST` of the token endpoint. */
export function tokenEndpoint(state: MannerState): RequestHandler {
  return async (req, res) => {
    try {
      send(state, res, 200, await grant(state, req));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(state, res, error.status, { error: error.code, error_description: error.message });
    }
  };
}
