/** Dynamic registration, its pure part: what a platform's configuration must say and what Waymark answers. */
import { z } from 'zod';
import { familyOf, originsOf, type LmsFamily, type Platform } from './platform.ts';
import { profileOf } from './profiles.ts';
import type { ToolOffer } from './profiles/profile.ts';
import { SCOPES } from './scopes.ts';

const TOOL_NAME = 'Learning plan';
const DESCRIPTION = 'Individual learning plans: goals, tasks and reviews, inside the course.';
const PLATFORM_CONFIGURATION = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
const TOOL_CONFIGURATION = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

const Endpoint = z.url({ protocol: /^https?$/ }).max(2_000);
const Supported = z.array(z.string().max(1_000)).max(500).optional();

const MessageType = z.looseObject({
  type: z.string().max(200),
  placements: z.array(z.string().max(300)).max(100).nullish().catch(null),
});

/**
 * OpenID configuration of an LMS (LTI Dynamic Registration 1.0 section 3.5). Many LMSs leave required members out,
 * so a list that is missing is not held against it; one that is there must hold what LTI needs.
 */
export type PlatformConfiguration = z.output<typeof PlatformConfiguration>;
export const PlatformConfiguration = z
  .looseObject({
    issuer: Endpoint,
    authorization_endpoint: Endpoint,
    token_endpoint: Endpoint,
    jwks_uri: Endpoint,
    registration_endpoint: Endpoint,
    authorization_server: z.string().max(500).optional(),
    response_types_supported: Supported.refine(includes('id_token'), 'must offer id_token'),
    id_token_signing_alg_values_supported: Supported.refine(includes('RS256'), 'must offer RS256'),
    token_endpoint_auth_methods_supported: Supported.refine(
      includes('private_key_jwt'),
      'must offer private_key_jwt',
    ),
    token_endpoint_auth_signing_alg_values_supported: Supported.refine(includes('RS256'), 'must offer RS256'),
    scopes_supported: Supported,
    [PLATFORM_CONFIGURATION]: z
      .looseObject({
        product_family_code: z.string().max(100).optional(),
        messages_supported: z.array(MessageType).max(50).optional().catch(undefined),
      })
      .optional(),
  })
  .refine(({ issuer }) => issuer === withoutFragment(issuer), {
    path: ['issuer'],
    message: 'has a fragment',
  });

function includes(wanted: string): (list: string[] | undefined) => boolean {
  return (list) => list === undefined || list.includes(wanted);
}

const withoutFragment = (url: string): string => url.split('#')[0] as string;

/** The LMS's answer: only what Waymark stores. Canvas puts the deployment at the top, Moodle inside. */
export type RegistrationAnswer = z.output<typeof RegistrationAnswer>;
export const RegistrationAnswer = z
  .looseObject({
    client_id: z.union([z.string().min(1).max(255), z.number().int().transform(String)]),
    deployment_id: z.string().min(1).max(255).nullish().catch(null),
    [TOOL_CONFIGURATION]: z
      .looseObject({ deployment_id: z.string().min(1).max(255).nullish().catch(null) })
      .optional(),
  })
  .transform((answer) => ({
    clientId: answer.client_id,
    deploymentId: answer.deployment_id ?? answer[TOOL_CONFIGURATION]?.deployment_id ?? null,
  }));

/** The addresses under which an LMS reaches Waymark. @param publicUrl without a trailing slash */
export function toolUrls(publicUrl: string) {
  return {
    login: `${publicUrl}/lti/login`,
    launch: `${publicUrl}/lti/launch`,
    keys: `${publicUrl}/lti/keys`,
    register: `${publicUrl}/lti/register`,
    logo: `${publicUrl}/assets/logo.svg`,
  };
}

export function familyIn(configuration: PlatformConfiguration): LmsFamily {
  return familyOf(configuration[PLATFORM_CONFIGURATION]?.product_family_code);
}

/** What Waymark posts to the registration endpoint (section 3.5.2 and 4), in the manner of that LMS. */
export function registrationBody(
  publicUrl: string,
  configuration: PlatformConfiguration,
): Record<string, unknown> {
  const urls = toolUrls(publicUrl);
  const tool = profileOf(familyIn(configuration)).registration(offerTo(configuration, publicUrl));
  return {
    application_type: 'web',
    grant_types: ['client_credentials', 'implicit'],
    response_types: ['id_token'],
    initiate_login_uri: urls.login,
    redirect_uris: [urls.launch],
    client_name: TOOL_NAME,
    client_uri: publicUrl,
    logo_uri: urls.logo,
    jwks_uri: urls.keys,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: scopesFor(configuration.scopes_supported).join(' '),
    [TOOL_CONFIGURATION]: {
      domain: new URL(publicUrl).host,
      target_link_uri: urls.launch,
      description: DESCRIPTION,
      custom_parameters: tool.customParameters,
      claims: tool.claims,
      messages: tool.messages,
      ...tool.extras,
    },
  };
}

function offerTo(configuration: PlatformConfiguration, publicUrl: string): ToolOffer {
  const messages = configuration[PLATFORM_CONFIGURATION]?.messages_supported ?? [];
  const { launch, logo } = toolUrls(publicUrl);
  return {
    name: TOOL_NAME,
    launchUrl: launch,
    logoUrl: logo,
    placements: new Map(messages.map(({ type, placements }) => [type, placements ?? []])),
  };
}

/** Asking for a scope the LMS does not know makes some refuse the whole registration. */
function scopesFor(supported: readonly string[] | undefined): string[] {
  const all: string[] = Object.values(SCOPES);
  return supported === undefined ? all : all.filter((scope) => supported.includes(scope));
}

/** The platform to store: inactive until a person approves it. */
export function platformFrom(
  configuration: PlatformConfiguration,
  clientId: string,
  made: Pick<Platform, 'invitedBy' | 'createdAt'>,
): Omit<Platform, 'id'> {
  const { issuer, authorization_endpoint, token_endpoint, jwks_uri } = configuration;
  return {
    issuer,
    clientId,
    family: familyIn(configuration),
    name: new URL(issuer).host,
    authorizationEndpoint: authorization_endpoint,
    tokenEndpoint: token_endpoint,
    tokenAudience: audienceIn(configuration),
    jwksUri: jwks_uri,
    origins: originsOf([issuer, authorization_endpoint, token_endpoint, jwks_uri]),
    status: 'inactive',
    ...made,
  };
}

/** Brightspace names its token audience here as an address; Canvas a bare host, which is not its audience. */
function audienceIn({ authorization_server, token_endpoint }: PlatformConfiguration): string {
  return authorization_server && URL.canParse(authorization_server) ? authorization_server : token_endpoint;
}

/** A platform an administrator copied by hand (Schoology, or where dynamic registration is switched off). */
export type ManualPlatform = z.output<typeof ManualPlatform>;
export const ManualPlatform = z.strictObject({
  issuer: Endpoint,
  clientId: z.string().min(1).max(255),
  family: z.enum(['canvas', 'schoology', 'moodle', 'generic']).default('generic'),
  name: z.string().trim().min(1).max(200).optional(),
  authorizationEndpoint: Endpoint,
  tokenEndpoint: Endpoint,
  /** `aud` of the token request where it is not the token endpoint (Brightspace). */
  tokenAudience: z.string().min(1).max(2_000).optional(),
  jwksUri: Endpoint,
  /** Further origins of this LMS: the school's own host. */
  origins: z.array(Endpoint).max(20).default([]),
  deploymentId: z.string().min(1).max(255).optional(),
});

export function platformFromManual(
  manual: ManualPlatform,
  made: Pick<Platform, 'invitedBy' | 'createdAt'>,
): Omit<Platform, 'id'> {
  const { issuer, clientId, family, authorizationEndpoint, tokenEndpoint, jwksUri } = manual;
  return {
    issuer,
    clientId,
    family,
    name: manual.name ?? new URL(issuer).host,
    authorizationEndpoint,
    tokenEndpoint,
    tokenAudience: manual.tokenAudience ?? tokenEndpoint,
    jwksUri,
    origins: originsOf([issuer, authorizationEndpoint, tokenEndpoint, jwksUri, ...manual.origins]),
    status: 'inactive',
    ...made,
  };
}
