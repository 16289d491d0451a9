import { pointsOf, textCustom } from '../contentItems.ts';
import type { ContentItem } from '../contentItems.ts';
import { hexOf, secret } from '../ids.ts';
import { nextNumber, roleIn } from '../state.ts';
import type { Launch } from '../state.ts';
import { scope } from '../uris.ts';
import { schoologyClaims } from './schoologyClaims.ts';
import { schoologyRouter } from './schoologyServices.ts';
import type { ItemDecision, MannerRules } from './manner.ts';

// The manner of Schoology: registration by hand only, one issuer for all districts, launches by GET.

function lowerCaseKeys(custom: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(custom).map(([key, value]) => [key.toLowerCase(), value]));
}

/** resourceId and tag of a deep-linked item are not known to survive; the fixtures show them empty. */
function decide(_state: unknown, item: ContentItem): ItemDecision {
  const isLink = item.type === 'link';
  if (!isLink && item.type !== 'ltiResourceLink') {
    return { kind: 'refuse', reason: `The type ${item.type} is not accepted.` };
  }
  if (item.lineItem && pointsOf(item) === null)
    return { kind: 'refuse', reason: '"scoreMaximum" must be a number' };
  return {
    kind: 'make',
    graded: !isLink && item.lineItem !== undefined,
    keepIds: false,
    assignment: {
      text: item.text ?? null,
      url: item.url ?? null,
      custom: lowerCaseKeys(textCustom(item)),
      launchable: !isLink,
      opensAt: item.available?.startDateTime ?? null,
      locksAt: item.available?.endDateTime ?? null,
      dueAt: item.submission?.endDateTime ?? null,
    },
  };
}

function refuseLaunch({ person, course }: Launch): string | null {
  if (!course || person.kind === 'administrator') return null;
  return roleIn(course, person.key) ? null : 'You do not have access to this course section.';
}

export const schoology: MannerRules = {
  manner: 'schoology',
  title: 'Schoology manner',
  idTokenSeconds: 3600,
  loginMethod: 'GET',
  storage: 'parent',
  supportedScopes: [scope.lineItem, scope.resultRead, scope.score, scope.roster],
  paths: {
    services: '/lti-service',
    authorize: '/lti-service/authorize-redirect',
    token: '/lti-service/access-token',
    jwks: '/lti-service/.well-known/jwks',
    openidConfiguration: null,
    registration: null,
  },
  token: {
    contentType: 'application/json',
    maxAge: 300,
    maxAhead: 60,
    singleUseIds: true,
    clientStatus: 401,
    claimStatus: 401,
  },
  coursePlacement: 'course_app',
  deepLinkPlacement: 'deep_link',
  deepLink: {
    path: '/lti-service/deep-link-response/:token',
    returnUrl: (state, session) => `${state.base}/lti-service/deep-link-response/${session.token}`,
    maxAge: null,
    maxAhead: 60,
    nonceMissing: 'Invalid parameter: nonce is required',
    singleUse: true,
    decide,
  },
  personIds: (person, index) => {
    const userId = String(117_550_021 + index * 37);
    return { sub: `${userId}::${hexOf(16, 'schoology', person.key)}`, userId, legacyId: '' };
  },
  courseIds: (_course, index) => {
    const id = String(7_512_203_318 + index * 11);
    return { id, contextId: id };
  },
  toolIds: (_state, number) => {
    const clientId = String(7_204_419_856 + number * 113);
    return { clientId, deploymentId: `${clientId}-${6_613_907_724 + number}`, typeId: clientId };
  },
  // A deep-linked material, its resource link and its line item share one number.
  assignmentIds: (state) => {
    const id = String(nextNumber(state, 'material', 8_604_205_395));
    return { id, linkId: id };
  },
  lineItemId: (state, assignment) => assignment?.id ?? String(nextNumber(state, 'material', 8_604_205_395)),
  loginHint: (person) => person.userId,
  messageHint: () => secret(24),
  loginExtras: (_state, { launch }) => ({
    lti_deployment_id: launch.tool.deploymentId,
    lti_storage_target: '_parent',
  }),
  claims: schoologyClaims,
  refuseLaunch,
  onToolActive: () => undefined,
  services: schoologyRouter,
};
