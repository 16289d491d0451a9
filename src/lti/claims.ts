/** The claims of an id_token as they may come: tolerant of what we do not need, strict on what we read. */
import { z } from 'zod';

const isClean = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

/** Ids are at most 255 characters (Core 1.3); some LMSs send numbers, which above 2^53 would run into each other. */
const IdText = z
  .union([z.string(), z.int().transform(String)])
  .refine((text) => text.length > 0 && text.length <= 255 && isClean(text), 'not an id');

const Words = z.string().max(4_000).refine(isClean, 'not text');
const Optional = Words.nullish().transform((text) => usable(text));
/** An address as it stands in a URL bar: browsers and parsers disagree on what blanks and backslashes in it mean. */
const WebAddress = z.string().regex(/^[^\s\\\p{C}]{1,2000}$/u, 'not an address');
const OptionalAddress = z.string().max(2_000).refine(isClean).nullish();

/** A `custom` value: strings; numbers and booleans are taken as text; `$Variable` is an unexpanded one: absent. */
const CustomValue = z
  .union([z.string().max(10_000), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? null : usable(String(value))));

function usable(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed.startsWith('$') ? null : trimmed;
}

const ENDPOINT = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';
const NRPS = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice';
const DEEP_LINK = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';
const MENTOR = 'https://purl.imsglobal.org/spec/lti/claim/role_scope_mentor';
/** Misspelt in early certification material and sent by some LMSs. */
const MENTOR_MISSPELT = 'https://purlimsglobal.org/spec/lti/claim/role_scope_mentor';

const lti = <N extends string>(name: N) => `https://purl.imsglobal.org/spec/lti/claim/${name}` as const;

const Roles = z
  .union([z.array(z.string().max(500)).max(200), z.string().transform((): string[] => [])])
  .nullish()
  .transform((roles) => roles ?? []);

const base = {
  sub: IdText.nullish(),
  name: Optional,
  given_name: Optional,
  family_name: Optional,
  email: Optional,
  locale: Optional,
  [lti('version')]: z.literal('1.3.0'),
  [lti('deployment_id')]: z.string().min(1).max(255).refine(isClean),
  [lti('roles')]: Roles,
  [lti('context')]: z
    .looseObject({ id: IdText, title: Optional, label: Optional, type: z.array(z.string()).nullish() })
    .nullish(),
  [lti('custom')]: z.record(z.string().max(255), CustomValue).nullish(),
  [lti('lis')]: z.looseObject({ person_sourcedid: Optional }).nullish(),
  [lti('launch_presentation')]: z
    .looseObject({ return_url: OptionalAddress, locale: Optional, document_target: Optional })
    .nullish(),
  [lti('tool_platform')]: z
    .looseObject({ guid: Optional, name: Optional, product_family_code: Optional })
    .nullish(),
  [ENDPOINT]: z
    .looseObject({
      scope: z.array(z.string().max(500)).max(50).nullish(),
      lineitems: OptionalAddress,
      lineitem: OptionalAddress,
    })
    .nullish(),
  [NRPS]: z.looseObject({ context_memberships_url: WebAddress }).nullish(),
  [MENTOR]: z.array(IdText).max(500).nullish(),
  [MENTOR_MISSPELT]: z.array(IdText).max(500).nullish(),
};

export const ResourceLinkClaims = z.object({
  ...base,
  [lti('message_type')]: z.literal('LtiResourceLinkRequest'),
  [lti('target_link_uri')]: WebAddress,
  [lti('resource_link')]: z.looseObject({ id: IdText, title: Optional }),
});

export const DeepLinkingClaims = z.object({
  ...base,
  [lti('message_type')]: z.literal('LtiDeepLinkingRequest'),
  [lti('target_link_uri')]: z.union([WebAddress, z.literal('')]).nullish(),
  [DEEP_LINK]: z.looseObject({
    deep_link_return_url: WebAddress,
    accept_types: z.array(z.string().max(100)).max(50),
    accept_presentation_document_targets: z.array(z.string().max(100)).max(50),
    accept_multiple: z.union([z.boolean(), z.stringbool()]).nullish(),
    accept_lineitem: z.union([z.boolean(), z.stringbool()]).nullish(),
    data: z.string().max(20_000).nullish(),
  }),
});

/** The privacy launch of LTI 1.3 (draft): no resource, opens the page on what is kept. */
export const PrivacyClaims = z.object({
  ...base,
  [lti('message_type')]: z.literal('DataPrivacyLaunchRequest'),
  [lti('target_link_uri')]: z.union([WebAddress, z.literal('')]).nullish(),
});

export const Claims = z.discriminatedUnion(lti('message_type'), [
  ResourceLinkClaims,
  DeepLinkingClaims,
  PrivacyClaims,
]);
export type Claims = z.output<typeof Claims>;

export const claim = {
  messageType: lti('message_type'),
  deploymentId: lti('deployment_id'),
  roles: lti('roles'),
  context: lti('context'),
  custom: lti('custom'),
  lis: lti('lis'),
  presentation: lti('launch_presentation'),
  toolPlatform: lti('tool_platform'),
  target: lti('target_link_uri'),
  resourceLink: lti('resource_link'),
  endpoint: ENDPOINT,
  nrps: NRPS,
  deepLink: DEEP_LINK,
  mentor: MENTOR,
  mentorMisspelt: MENTOR_MISSPELT,
} as const;

const MAX_DEPTH = 12;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses nesting and keys that no LMS sends and some libraries stumble over. */
export function isSane(value: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (typeof value === 'string') return isClean(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, inner]) => isClean(key) && !FORBIDDEN_KEYS.has(key) && isSane(inner, depth + 1),
  );
}
