import type { z } from 'zod';
import { Invalid } from '../shared/errors.ts';
import type { PersonFacts } from '../people/person.ts';
import { claim, Claims, isSane, type DeepLinkingClaims } from './claims.ts';
import type { Platform } from './platform.ts';
import { profileOf } from './profiles.ts';
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

/** Parameters our registrations ask each LMS to fill in (`profiles/`). */
const SIS_ID_PARAMETERS = ['canvas_user_sis_id', 'sgy_user_uid'];
const MASQUERADER_PARAMETERS = ['canvas_masquerading_user_id'];

/**
 * Turns verified claims into a `Launch`.
 * @throws Invalid (400) for missing, wrongly typed or foreign claims.
 */
export function toLaunch(payload: unknown, platform: Platform, publicUrl: string): Launch {
  const parsed = isSane(payload) ? Claims.safeParse(payload) : null;
  if (!parsed?.success) throw badClaims(parsed?.error?.issues.map(({ path }) => path.join('.')).join(', '));
  assertOwnTarget(parsed.data[claim.target], publicUrl);
  return { ...baseOf(parsed.data, platform), ...messageOf(parsed.data) } as Launch;
}

function badClaims(detail = 'nesting, keys or characters'): Invalid {
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
  const isOwn = url?.origin === new URL(publicUrl).origin && url.username === '' && url.password === '';
  if (!isOwn) throw badClaims('target_link_uri is not ours');
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
    masquerader: firstOf(custom, MASQUERADER_PARAMETERS),
    returnUrl: claims[claim.presentation]?.return_url ?? null,
    frame: claims[claim.presentation]?.document_target !== 'window',
  };
}

function personOf(claims: Claims, platform: Platform, roles: RoleMeaning): PersonFacts | null {
  if (!claims.sub) return null;
  const custom = presentOf(claims[claim.custom]);
  return {
    sub: claims.sub,
    name: claims.name,
    given: claims.given_name,
    family: claims.family_name,
    email: claims.email,
    sisId: claims[claim.lis]?.person_sourcedid ?? firstOf(custom, SIS_ID_PARAMETERS),
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

function messageOf(claims: Claims) {
  if (claim.resourceLink in claims)
    return {
      kind: 'resource',
      resourceLinkId: claims[claim.resourceLink].id,
      link: claims[claim.custom]?.[LINK_PARAMETER] ?? null,
      lineItem: claims[claim.endpoint]?.lineitem ?? null,
    } as const;
  if (claim.deepLink in claims)
    return { kind: 'deepLink', settings: settingsOf(claims[claim.deepLink]) } as const;
  return { kind: 'privacy' } as const;
}

function settingsOf(settings: z.output<typeof DeepLinkingClaims>[typeof claim.deepLink]): DeepLinkSettings {
  return {
    returnUrl: settings.deep_link_return_url,
    acceptTypes: settings.accept_types,
    acceptMultiple: settings.accept_multiple ?? false,
    acceptLineItem: settings.accept_lineitem ?? true,
    data: settings.data ?? null,
  };
}

/** Custom parameters that have a value. */
function presentOf(custom: Record<string, string | null> | null | undefined): Record<string, string> {
  const present = Object.entries(custom ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as Record<string, string>;
}

function firstOf(custom: Record<string, string>, names: readonly string[]): string | null {
  return names.map((name) => custom[name]).find((value) => value !== undefined) ?? null;
}

/** `es_mx` (Moodle) → `es-MX`; what Intl does not know is dropped. */
function localeOf(text: string | null | undefined): string | null {
  try {
    return text ? (Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null) : null;
  } catch {
    return null;
  }
}

function zoneOf(text: string | null): string | null {
  try {
    return text ? new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone : null;
  } catch {
    return null;
  }
}
