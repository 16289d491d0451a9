import type { z } from 'zod';
import { Forbidden, Invalid } from '../shared/errors.ts';
import type { PersonFacts } from '../people/person.ts';
import { claim, Claims, isSane, type DeepLinkingClaims } from './claims.ts';
import { problemWith } from './outboundAgent.ts';
import type { LmsFamily, Platform } from './platform.ts';
import { originsFor, profileOf } from './profiles.ts';
import { meaningOf, type RoleMeaning } from './roles.ts';

/** What every launch says, whatever its message type: the claims become this once, at the door. */
interface LaunchBase {
  deploymentId: string;
  /** Null: an anonymous launch. */
  person: PersonFacts | null;
  roles: RoleMeaning;
  course: LaunchedContext | null;
  /** Subs of the students an observer may see; none when the claim is absent. */
  mentees: string[];
  masquerader: string | null;
  returnUrl: string | null;
  frame: boolean;
}

export interface LaunchedContext {
  contextId: string;
  title: string | null;
  label: string | null;
  nrpsUrl: string | null;
  lineItemsUrl: string | null;
  scopes: string[] | null;
}

export type Launch =
  | (LaunchBase & {
      kind: 'resource';
      resourceLinkId: string;
      /** Our own id of the deep-linked task, put into `custom` when it was made (lms.md 6.1). */
      link: string | null;
      lineItem: string | null;
    })
  | (LaunchBase & { kind: 'deepLink'; settings: DeepLinkSettings })
  | (LaunchBase & { kind: 'privacy' });

export interface DeepLinkSettings {
  returnUrl: string;
  acceptTypes: string[];
  acceptMultiple: boolean;
  acceptLineItem: boolean;
  data: string | null;
}

/** Name of the custom parameter that carries a deep link's own id; lower case, for Schoology folds it. */
export const LINK_PARAMETER = 'waymark_link';

/**
 * Parameters our registrations ask an LMS to fill in (`profiles/`), read only of that LMS and where it has no claim
 * for the same: whoever makes a link may write any parameter into it, and would open it as another person.
 */
const SIS_ID_PARAMETER: Partial<Record<LmsFamily, string>> = { schoology: 'sgy_user_uid' };
const MASQUERADER_PARAMETER: Partial<Record<LmsFamily, string>> = { canvas: 'canvas_masquerading_user_id' };

/**
 * Turns verified claims into a `Launch`.
 * @throws Invalid (400) for missing, wrongly typed or foreign claims; Forbidden (403) for a deployment that
 * cannot be one.
 */
export function toLaunch(payload: unknown, platform: Platform, publicUrl: string): Launch {
  if (!isSane(payload)) throw badClaims('nesting, keys or characters');
  assertDeployment((payload as Record<string, unknown> | null)?.[claim.deploymentId]);
  const parsed = Claims.safeParse(payload);
  if (!parsed.success) throw badClaims(parsed.error.issues.map(({ path }) => path.join('.')).join(', '));
  assertOwnTarget(parsed.data[claim.target], publicUrl);
  return { ...baseOf(parsed.data, platform), ...messageOf(parsed.data, platform) } as Launch;
}

/** The number 1 is not the deployment "1" (Security Framework 5.1.3 compares exactly). */
function assertDeployment(id: unknown): void {
  if (id === undefined || id === null || typeof id === 'string') return;
  throw new Forbidden(
    'the deployment id is no text',
    'Your school’s LMS opened this in a way Waymark does not know. Tell your administrator.',
  );
}

function badClaims(detail: string): Invalid {
  const message = 'The link from your LMS is not complete. Tell your teacher or administrator.';
  return new Invalid([{ field: 'id_token', message }], {
    status: 400,
    detail: `claims: ${detail.slice(0, 300)}`,
  });
}

/** The signed target must be ours; it is compared as parsed, so `//host`, `\` and userinfo do not slip by. */
function assertOwnTarget(target: string | null | undefined, publicUrl: string): void {
  if (!target) return;
  const url = URL.canParse(target) ? new URL(target) : null;
  const own = new URL(publicUrl);
  // `blob:` addresses have the origin of the page that made them.
  const isOwn = url?.origin === own.origin && url.protocol === own.protocol;
  if (!isOwn || url.username !== '' || url.password !== '') throw badClaims('target_link_uri is not ours');
}

function baseOf(claims: Claims, platform: Platform): LaunchBase {
  const roles = meaningOf(claims[claim.roles]);
  const custom = presentOf(claims[claim.custom]);
  return {
    deploymentId: claims[claim.deploymentId],
    person: personOf(claims, platform, roles),
    roles,
    course: contextOf(claims),
    mentees: roles.role === 'mentor' ? (claims[claim.mentor] ?? claims[claim.mentorMisspelt] ?? []) : [],
    masquerader: parameterOf(custom, MASQUERADER_PARAMETER[platform.family]),
    returnUrl: claims[claim.presentation]?.return_url ?? null,
    frame: claims[claim.presentation]?.document_target !== 'window',
  };
}

function personOf(claims: Claims, platform: Platform, roles: RoleMeaning): PersonFacts | null {
  if (!claims.sub) return null;
  const custom = presentOf(claims[claim.custom]);
  const signed = claims[claim.lis]?.person_sourcedid ?? null;
  return {
    sub: claims.sub,
    name: claims.name,
    given: claims.given_name,
    family: claims.family_name,
    email: claims.email,
    sisId: signed ?? parameterOf(custom, SIS_ID_PARAMETER[platform.family]),
    sisIdUnsigned: !signed,
    lmsUserId: profileOf(platform.family).lmsUserId(custom) ?? null,
    locale: localeOf(claims[claim.presentation]?.locale ?? claims.locale),
    zone: zoneOf(custom['user_timezone'] ?? null),
    testUser: roles.testUser,
  };
}

/** Account launches carry a context that is no course (Canvas: the bare word `Account`). */
function contextOf(claims: Claims): LaunchedContext | null {
  const context = claims[claim.context];
  if (!context || context.type?.some((type) => type === 'Account')) return null;
  const endpoint = claims[claim.endpoint];
  return {
    contextId: context.id,
    title: context.title,
    label: context.label,
    nrpsUrl: claims[claim.nrps]?.context_memberships_url ?? null,
    lineItemsUrl: endpoint?.lineitems ?? null,
    scopes: endpoint?.scope ?? null,
  };
}

function messageOf(claims: Claims, platform: Platform) {
  if (claim.resourceLink in claims)
    return {
      kind: 'resource',
      resourceLinkId: claims[claim.resourceLink].id,
      link: claims[claim.custom]?.[LINK_PARAMETER] ?? null,
      lineItem: claims[claim.endpoint]?.lineitem ?? null,
    } as const;
  if (claim.deepLink in claims)
    return { kind: 'deepLink', settings: settingsOf(claims[claim.deepLink], platform) } as const;
  return { kind: 'privacy' } as const;
}

function settingsOf(
  settings: z.output<typeof DeepLinkingClaims>[typeof claim.deepLink],
  platform: Platform,
): DeepLinkSettings {
  assertReturn(settings.deep_link_return_url, platform);
  return {
    returnUrl: settings.deep_link_return_url,
    acceptTypes: settings.accept_types,
    acceptMultiple: settings.accept_multiple ?? false,
    acceptLineItem: settings.accept_lineitem ?? true,
    data: settings.data ?? null,
  };
}

/** Said before a teacher chooses tasks, not after: the answer goes to the platform's own origins only (A30). */
function assertReturn(address: string, platform: Platform): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  // An http origin is registered only under the development setting.
  const rules = { origins: originsFor(platform), allowInsecure: true };
  if (!url || problemWith(url, rules) !== null) throw badClaims('deep_link_return_url is not the platform’s');
}

/** Custom parameters that have a value. */
function presentOf(custom: Record<string, string | null> | null | undefined): Record<string, string> {
  const present = Object.entries(custom ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as Record<string, string>;
}

function parameterOf(custom: Record<string, string>, name: string | undefined): string | null {
  return (name === undefined ? undefined : custom[name]) ?? null;
}

/** `es_mx` (Moodle) → `es-MX`; what Intl does not know is dropped. */
function localeOf(text: string | null | undefined): string | null {
  try {
    return text ? (Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** Zones that launches named, by what Intl calls them: to ask it costs more than the rest of the claims. */
const zones = new Map<string, string | null>();
const MOST_ZONES = 2_000;

function zoneOf(text: string | null): string | null {
  if (!text) return null;
  const known = zones.get(text);
  if (known !== undefined) return known;
  const zone = canonicalZone(text);
  // Anybody who makes a link may write a zone, so what is kept has an end.
  if (zones.size < MOST_ZONES && text.length <= 64) zones.set(text, zone);
  return zone;
}

function canonicalZone(text: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
