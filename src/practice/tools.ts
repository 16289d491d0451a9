import type { MannerState, Placement, Privacy, Tool } from './state.ts';
import { nextNumber, Unknown } from './state.ts';

/** What an administrator types in by hand (Schoology's only way, possible in all three). */
export interface ToolRegistration {
  readonly name?: string;
  readonly loginUrl: string;
  /** Redirect URIs, matched exactly; the first one is opened by default. */
  readonly launchUrls: readonly string[];
  readonly jwksUrl: string;
  readonly deepLinkUrl?: string;
  readonly customParameters?: Readonly<Record<string, string>>;
  /** Host of the tool; default: of its login URL. */
  readonly domain?: string;
  readonly privacy?: Privacy;
  /** Default: everything this LMS supports. */
  readonly scopes?: readonly string[];
}

/** What the tool has to know about this LMS. */
export interface PlatformSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly deploymentId: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly accountName: string;
}

export type NewTool = Omit<Tool, 'clientId' | 'deploymentId' | 'typeId'>;

/** Adds a tool under new ids, or in place of one it updates, which keeps its ids. */
export function putTool(state: MannerState, details: NewTool, updates: Tool | null): Tool {
  const ids = updates ?? state.rules.toolIds(state, nextNumber(state, 'tool', 0), details.domain);
  const { clientId, deploymentId, typeId } = ids;
  const tool: Tool = { ...details, clientId, deploymentId, typeId };
  state.tools.set(clientId, tool);
  if (tool.status === 'active') state.rules.onToolActive(state, tool);
  return tool;
}

/** Makes a tool available in courses. */
export function activateTool(state: MannerState, clientId: string): Tool {
  const tool = state.tools.get(clientId);
  if (!tool) throw new Unknown(`No tool has the client id ${clientId}.`);
  tool.status = 'active';
  state.rules.onToolActive(state, tool);
  return tool;
}

/** A tool of the same host that is registered already, or null. */
export function toolOnDomain(state: MannerState, domain: string): Tool | null {
  return [...state.tools.values()].find((tool) => tool.domain === domain) ?? null;
}

function usualPlacements(state: MannerState, registration: ToolRegistration): Map<string, Placement> {
  const home = { url: registration.launchUrls[0] ?? '', label: 'Learning plan', custom: {} };
  const picker = { ...home, url: registration.deepLinkUrl ?? home.url };
  const { coursePlacement, deepLinkPlacement, manner } = state.rules;
  const more: [string, Placement][] =
    manner === 'canvas'
      ? [
          ['account_navigation', home],
          ['student_context_card', home],
          ['assignment_selection', picker],
        ]
      : [];
  return new Map([[coursePlacement, home], [deepLinkPlacement, picker], ...more]);
}

/** Registers a tool by hand; it is active at once. */
export function registerByHand(state: MannerState, registration: ToolRegistration): PlatformSettings {
  const { loginUrl, launchUrls, deepLinkUrl, jwksUrl } = registration;
  const redirectUris = [...new Set([...launchUrls, ...(deepLinkUrl === undefined ? [] : [deepLinkUrl])])];
  const supported = state.rules.supportedScopes;
  const tool = putTool(
    state,
    {
      name: registration.name ?? 'Learning plan',
      loginUrl,
      redirectUris,
      launchUrl: launchUrls[0] ?? '',
      jwksUrl,
      domain: registration.domain ?? new URL(loginUrl).host,
      custom: registration.customParameters ?? {},
      scopes: registration.scopes?.filter((scope) => supported.includes(scope)) ?? supported,
      privacy: registration.privacy ?? 'public',
      placements: usualPlacements(state, registration),
      status: 'active',
    },
    null,
  );
  return settingsFor(state, tool);
}

/** The settings of this LMS for one tool. */
export function settingsFor(state: MannerState, tool: Tool): PlatformSettings {
  const { authorize, token, jwks } = state.rules.paths;
  return {
    issuer: state.base,
    clientId: tool.clientId,
    deploymentId: tool.deploymentId,
    authorizationEndpoint: state.base + authorize,
    tokenEndpoint: state.base + token,
    jwksUri: state.base + jwks,
    accountName: state.school.name,
  };
}
