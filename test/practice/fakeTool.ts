import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { startPracticeLms } from '../../src/practice/lms.ts';
import type { MannerHandle, PracticeLms } from '../../src/practice/lms.ts';
import { claim, scope } from '../../src/practice/uris.ts';
import { pairSource } from '../support/keyPairs.ts';

// A tool of a few lines: one key pair, its key set over HTTP, and what it signs.

export interface FakeTool {
  readonly origin: string;
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>, key?: CryptoKey): Promise<string>;
  stop(): Promise<void>;
}

export const now = () => Math.floor(Date.now() / 1000);

async function startTool(makePair = pairSource()): Promise<FakeTool> {
  const { privateKey, publicKey } = await makePair();
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'tool-1', alg: 'RS256', use: 'sig' }];
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    sign: (claims, header = {}, key = privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'tool-1', ...header }).sign(key),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function register(
  handle: MannerHandle,
  tool: FakeTool,
  customParameters: Record<string, string> = {},
) {
  return handle.registerTool({
    loginUrl: `${tool.origin}/login`,
    launchUrls: [`${tool.origin}/launch`],
    jwksUrl: `${tool.origin}/keys`,
    customParameters,
  });
}

export interface Stage {
  readonly lms: PracticeLms;
  readonly tool: FakeTool;
  stop(): Promise<void>;
}

/** A practice LMS with the fake tool registered in each manner. */
export async function setStage(): Promise<Stage> {
  const makePair = pairSource();
  const [lms, tool] = await Promise.all([startPracticeLms({ makePair }), startTool(makePair)]);
  for (const handle of Object.values(lms.manners)) register(handle, tool);
  return { lms, tool, stop: async () => void (await Promise.all([lms.stop(), tool.stop()])) };
}

export function assertionClaims(
  handle: MannerHandle,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  const { clientId, tokenEndpoint } = handle.settings();
  const iat = now();
  return {
    iss: clientId,
    sub: clientId,
    aud: tokenEndpoint,
    iat,
    exp: iat + 240,
    jti: randomUUID(),
    ...changes,
  };
}

export async function askToken(
  handle: MannerHandle,
  assertion: string,
  changes: Record<string, string> = {},
): Promise<Response> {
  const form = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: Object.values(scope).join(' '),
    ...changes,
  };
  return fetch(handle.settings().tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) });
}

/** An Authorization header with every scope this LMS grants. */
export async function bearer(
  stage: Stage,
  handle: MannerHandle,
  scopes?: string,
): Promise<Record<string, string>> {
  const assertion = await stage.tool.sign(assertionClaims(handle));
  const answer = await askToken(handle, assertion, scopes === undefined ? {} : { scope: scopes });
  const { access_token } = (await answer.json()) as { access_token: string };
  return { authorization: `Bearer ${access_token}` };
}

/** The claims of a launch, made without a browser. */
export async function launch(
  handle: MannerHandle,
  request: Parameters<MannerHandle['launchForm']>[0],
): Promise<Record<string, unknown>> {
  const { fields } = await handle.launchForm(request)(authQuery(handle, request));
  return JSON.parse(Buffer.from(fields.id_token.split('.')[1]!, 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

export function authQuery(
  handle: MannerHandle,
  request: Parameters<MannerHandle['loginParams']>[0],
  changes: Record<string, string> = {},
): Record<string, string> {
  const { params } = handle.loginParams(request);
  const tool = handle.tools().at(-1)!;
  return {
    client_id: tool.clientId,
    redirect_uri: tool.redirectUris[0]!,
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    nonce: randomUUID(),
    state: 'state-1',
    login_hint: params.login_hint!,
    lti_message_hint: params.lti_message_hint!,
    ...changes,
  };
}

/** Begins deep linking as the advisor; gives the return URL and the claims of an acceptable response. */
export async function beginDeepLink(handle: MannerHandle, items: readonly unknown[], placement?: string) {
  const request = { person: 'advisor1', course: 'advisory', message: 'deep' as const, placement };
  const claims = await launch(handle, request);
  const settings = claims[claim.deepLinkSettings] as { deep_link_return_url: string; data?: string };
  const response: Record<string, unknown> = {
    iss: handle.settings().clientId,
    aud: handle.issuer,
    iat: now(),
    exp: now() + 120,
    nonce: randomUUID(),
    [claim.deploymentId]: handle.settings().deploymentId,
    [claim.messageType]: 'LtiDeepLinkingResponse',
    [claim.version]: '1.3.0',
    [claim.deepLinkItems]: items,
    ...(settings.data !== undefined && { [claim.deepLinkData]: settings.data }),
  };
  return { url: settings.deep_link_return_url, response, settings };
}

export async function postDeepLink(
  stage: Stage,
  url: string,
  claims: Record<string, unknown>,
): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams({ JWT: await stage.tool.sign(claims) }) });
}

/** A graded item as an advisor's choice would make it. */
export function taskItem(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'ltiResourceLink',
    url: 'http://tool.example/launch?task=1',
    title: 'Visit one campus',
    custom: { Task_Id: 't1', who: '$User.id' },
    lineItem: { label: 'Visit one campus', scoreMaximum: 10, resourceId: 'task:1', tag: 'task' },
    submission: { endDateTime: '2027-01-15T06:00:00Z' },
    ...changes,
  };
}
