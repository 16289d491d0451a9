import type { Platform } from '../../src/lti/platform.ts';

/** A registered LMS on https, as the door knows it. */
export function aPlatform(change: Partial<Platform> = {}): Platform {
  return {
    id: 'a'.repeat(24),
    issuer: 'https://lms.example',
    clientId: 'client-1',
    family: 'generic',
    name: 'An LMS',
    authorizationEndpoint: 'https://lms.example/auth?kept=1',
    tokenEndpoint: 'https://lms.example/token',
    tokenAudience: 'https://lms.example/token',
    jwksUri: 'https://lms.example/keys',
    origins: ['https://lms.example'],
    status: 'active',
    invitedBy: 'b'.repeat(24),
    createdAt: new Date(0),
    ...change,
  };
}

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
export const TOOL = 'https://waymark.example';

/** Claims of a small, right launch. */
export function aLaunch(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sub: 'student-1',
    [`${LTI}message_type`]: 'LtiResourceLinkRequest',
    [`${LTI}version`]: '1.3.0',
    [`${LTI}deployment_id`]: '1',
    [`${LTI}target_link_uri`]: `${TOOL}/lti/launch`,
    [`${LTI}resource_link`]: { id: 'link-1' },
    [`${LTI}roles`]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
    ...change,
  };
}

/** Name of an LTI core claim. */
export const lti = (name: string): string => LTI + name;
