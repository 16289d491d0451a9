import { decodeJwt } from 'jose';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { sendAs } from './http.ts';
import { secret } from './ids.ts';
import { platformConfiguration } from './platformConfiguration.ts';
import { signOwnToken } from './signing.ts';
import type { MannerState, Placement, Privacy, Tool } from './state.ts';
import { putTool, toolOnDomain } from './tools.ts';
import { media, toolConfigurationKey } from './uris.ts';

// Dynamic registration (LTI Dynamic Registration 1.0) of Canvas and Moodle: the platform configuration, the
// registration endpoint and the token that ties both to the administrator who pasted the tool's URL.

const tokenSeconds = 3600;
const canvasPrefix = 'https://canvas.instructure.com/lti/';
const privacyKey = 'https://canvas.instructure.com/lti/privacy_level';

const Message = z.looseObject({
  type: z.enum(['LtiResourceLinkRequest', 'LtiDeepLinkingRequest']),
  target_link_uri: z.string().optional(),
  label: z.string().optional(),
  placements: z.array(z.string()).optional(),
  custom_parameters: z.record(z.string(), z.string()).optional(),
});

const ToolConfiguration = z.looseObject({
  domain: z.string().min(1),
  secondary_domains: z.array(z.string()).optional(),
  target_link_uri: z.url().optional(),
  custom_parameters: z.record(z.string(), z.string()).optional(),
  claims: z.array(z.string()),
  messages: z.array(Message).min(1),
  [privacyKey]: z.enum(['public', 'name_only', 'email_only', 'anonymous']).optional(),
});
type ToolConfiguration = z.infer<typeof ToolConfiguration>;

const Registration = z.looseObject({
  application_type: z.literal('web'),
  grant_types: z
    .array(z.string())
    .refine((types) => types.includes('client_credentials') && types.includes('implicit')),
  response_types: z.array(z.string()).refine((types) => types.includes('id_token')),
  initiate_login_uri: z.url(),
  redirect_uris: z.array(z.url()).min(1),
  client_name: z.string().min(1),
  jwks_uri: z.url(),
  token_endpoint_auth_method: z.literal('private_key_jwt'),
  scope: z.string().default(''),
  [toolConfigurationKey]: ToolConfiguration,
});
type Registration = z.infer<typeof Registration>;

/** The address the administrator's page opens in its frame: the tool's URL with configuration and token. */
export async function startRegistration(state: MannerState, toolUrl: string): Promise<string> {
  const { openidConfiguration } = state.rules.paths;
  if (openidConfiguration === null) throw new Error(`${state.rules.title} has no dynamic registration.`);
  const url = new URL(toolUrl);
  const known = toolOnDomain(state, url.host);
  const sub = known?.clientId ?? secret(9);
  const token = await signOwnToken(state, { sub, scope: 'reg', jti: secret() }, tokenSeconds);
  state.registrationTokens.add(token);
  // Canvas puts the token into the configuration's own address as well.
  const query = state.manner === 'canvas' ? `?registration_token=${token}` : '';
  url.searchParams.set('openid_configuration', state.base + openidConfiguration + query);
  url.searchParams.set('registration_token', token);
  return url.href;
}

/** Id of a registration token of ours that is neither expired nor used; null otherwise. */
function openToken(state: MannerState, req: Request): string | null {
  const token = /^Bearer\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
  if (token === undefined || !state.registrationTokens.has(token)) return null;
  try {
    const { exp, jti } = decodeJwt(token);
    const live = exp !== undefined && exp * 1000 > state.now();
    return live && jti !== undefined && !state.usedIds.has(jti) ? jti : null;
  } catch {
    return null;
  }
}

/** `GET` of the platform configuration; Canvas wants the registration token, Moodle does not ask. */
export function openidConfigurationEndpoint(state: MannerState): RequestHandler {
  return (req, res) => {
    const fromQuery = typeof req.query.registration_token === 'string' ? req.query.registration_token : null;
    if (fromQuery !== null && !req.get('authorization')) req.headers.authorization = `Bearer ${fromQuery}`;
    if (state.manner === 'canvas' && openToken(state, req) === null) {
      return sendAs(res, 401, media.json, { errors: [{ message: 'Invalid registration token' }] });
    }
    sendAs(res, 200, media.json, platformConfiguration(state));
  };
}

/** Without a privacy level Canvas derives one from the claims that were asked for. */
function privacyOf(state: MannerState, tool: ToolConfiguration): Privacy {
  if (state.manner !== 'canvas') return tool.claims.includes('name') ? 'public' : 'anonymous';
  const level = tool[privacyKey];
  if (level !== undefined) return level;
  const [name, email] = [tool.claims.includes('name'), tool.claims.includes('email')];
  if (name && email) return 'public';
  return name ? 'name_only' : email ? 'email_only' : 'anonymous';
}

function placementsOf(state: MannerState, request: Registration): Map<string, Placement> {
  const tool = request[toolConfigurationKey];
  const home = tool.target_link_uri ?? request.redirect_uris[0]!;
  const { coursePlacement, deepLinkPlacement } = state.rules;
  const usual = (type: string) => [type === 'LtiDeepLinkingRequest' ? deepLinkPlacement : coursePlacement];
  const entries = tool.messages.flatMap((message) => {
    const named = state.manner === 'canvas' ? (message.placements ?? []) : usual(message.type);
    return named.map((name): [string, Placement] => [
      name.replace(canvasPrefix, ''),
      {
        url: message.target_link_uri || home,
        label: message.label ?? request.client_name,
        custom: message.custom_parameters ?? {},
      },
    ]);
  });
  return new Map(entries);
}

/** Hosts of the redirect URIs and targets must be the tool's own domain or a secondary one. */
function foreignHost(request: Registration): string | null {
  const tool = request[toolConfigurationKey];
  const own = [tool.domain, ...(tool.secondary_domains ?? [])];
  const targets = tool.messages.flatMap((message) => message.target_link_uri || []);
  const urls = [
    ...request.redirect_uris,
    ...(tool.target_link_uri === undefined ? [] : [tool.target_link_uri]),
    ...targets,
  ];
  return urls.find((url) => !URL.canParse(url) || !own.includes(new URL(url).host)) ?? null;
}

function store(state: MannerState, request: Registration): Tool {
  const tool = request[toolConfigurationKey];
  const asked = request.scope.split(/\s+/);
  // Moodle hides a new tool until the administrator activates it; Canvas enables it in the same dialogue.
  const known = state.manner === 'moodle' ? toolOnDomain(state, tool.domain) : null;
  const fresh = state.manner === 'moodle' ? 'pending' : 'active';
  return putTool(
    state,
    {
      name: request.client_name,
      loginUrl: request.initiate_login_uri,
      redirectUris: request.redirect_uris,
      launchUrl: tool.target_link_uri ?? request.redirect_uris[0]!,
      jwksUrl: request.jwks_uri,
      domain: tool.domain,
      custom: tool.custom_parameters ?? {},
      scopes: state.rules.supportedScopes.filter((scope) => asked.includes(scope)),
      privacy: privacyOf(state, tool),
      placements: placementsOf(state, request),
      status: known?.status ?? fresh,
    },
    known,
  );
}

function answerOf(state: MannerState, request: Registration, tool: Tool): Record<string, unknown> {
  const scope = tool.scopes.join(' ');
  if (state.manner === 'canvas') {
    return {
      ...request,
      scope,
      client_id: tool.clientId,
      registration_client_uri: `${state.base}/api/lti/registrations/${tool.typeId}`,
      deployment_id: tool.deploymentId,
    };
  }
  return {
    ...request,
    scope,
    client_id: tool.clientId,
    [toolConfigurationKey]: {
      ...request[toolConfigurationKey],
      version: '1.3.0',
      deployment_id: tool.deploymentId,
      target_link_uri: tool.launchUrl,
    },
  };
}

function refuse(state: MannerState, res: Response, status: number, problems: readonly string[]): void {
  const body =
    state.manner === 'canvas' ? { errors: problems.map((message) => ({ message })) } : { error: problems[0] };
  sendAs(res, status, media.json, body);
}

/** `POST` of the registration endpoint: 401 for a bad, old or used token, 422 (Moodle 400) for a bad request. */
export function registrationEndpoint(state: MannerState): RequestHandler {
  return (req, res) => {
    const tokenId = openToken(state, req);
    if (tokenId === null) return refuse(state, res, 401, ['Invalid registration token']);
    const badRequest = state.manner === 'canvas' ? 422 : 400;
    const parsed = Registration.safeParse(req.body);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      return refuse(state, res, badRequest, problems);
    }
    const foreign = foreignHost(parsed.data);
    if (foreign !== null) return refuse(state, res, badRequest, [`${foreign} is not on the tool's domain`]);
    state.usedIds.set(tokenId, state.now() + tokenSeconds * 1000);
    const tool = store(state, parsed.data);
    sendAs(res, 200, media.json, answerOf(state, parsed.data, tool));
  };
}
