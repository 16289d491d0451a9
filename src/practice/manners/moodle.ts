import { Router } from 'express';
import { pointsOf, textCustom } from '../contentItems.ts';
import type { ContentItem } from '../contentItems.ts';
import { makeAssignment } from '../coursework.ts';
import { lettersOf, secretDigits } from '../ids.ts';
import { nextNumber, roleIn } from '../state.ts';
import type { Launch, MannerState, Tool } from '../state.ts';
import { media, scope } from '../uris.ts';
import { moodleClaims } from './moodleClaims.ts';
import { onlyType, sendMoodleError } from './moodleHttp.ts';
import {
  moodleCreateItem,
  moodleDeleteItem,
  moodleGetItem,
  moodleListItems,
  moodlePutItem,
  moodleResults,
} from './moodleLineItems.ts';
import { moodleRoster } from './moodleRoster.ts';
import { moodlePostScore } from './moodleScores.ts';
import type { ItemDecision, MannerRules } from './manner.ts';

// The manner of Moodle 4.5, measured against a running site.

function services(state: MannerState): Router {
  const router = Router();
  const items = '/mod/lti/services.php/:course/lineitems';
  const roster = '/mod/lti/services.php/CourseSection/:course/bindings/:type/memberships';
  router.get(roster, onlyType(media.roster), moodleRoster(state));
  router.get(items, onlyType(media.lineItems), moodleListItems(state));
  router.post(items, onlyType(media.lineItem), moodleCreateItem(state));
  router.get(`${items}/:item/lineitem`, onlyType(media.lineItem), moodleGetItem(state));
  router.put(`${items}/:item/lineitem`, onlyType(media.lineItem), moodlePutItem(state));
  router.delete(`${items}/:item/lineitem`, moodleDeleteItem(state));
  router.post(`${items}/:item/lineitem/scores`, onlyType(media.score), moodlePostScore(state));
  router.get(`${items}/:item/lineitem/results`, onlyType(media.results), moodleResults(state));
  router.use(sendMoodleError);
  return router;
}

/** Dates are dropped; resourceId, tag, submissionReview and custom are kept. */
function decide(_state: MannerState, item: ContentItem): ItemDecision {
  if (item.type !== 'ltiResourceLink')
    return { kind: 'refuse', reason: `The type ${item.type} is not accepted.` };
  if (item.lineItem && pointsOf(item) === null)
    return { kind: 'refuse', reason: 'Maximum grade is missing.' };
  return {
    kind: 'make',
    graded: item.lineItem !== undefined,
    keepIds: true,
    assignment: {
      title: item.title ?? item.lineItem?.label ?? 'Untitled',
      text: item.text ?? null,
      url: item.url ?? null,
      custom: textCustom(item),
      newTab: false,
    },
  };
}

function refuseLaunch({ person, course }: Launch): string | null {
  if (person.kind === 'administrator') return null;
  if (!course) return 'The tool opens from a course only.';
  return roleIn(course, person.key) ? null : 'You cannot enrol yourself in this course.';
}

/** The preconfigured tool as an ungraded activity in every course: Moodle has no course navigation. */
function addActivities(state: MannerState, tool: Tool): void {
  for (const course of state.courses.values()) {
    const there = [...state.assignments.values()].some(
      (one) => one.courseId === course.id && one.clientId === tool.clientId && one.madeBy === 'school',
    );
    if (!there)
      makeAssignment(state, { course, tool }, { kind: 'link', madeBy: 'school', title: 'Learning plan' });
  }
}

function messageHint(_state: MannerState, launch: Launch): string {
  const number = secretDigits();
  if (launch.message === 'deep')
    return JSON.stringify({ launchid: `ltilaunch_ContentItemSelectionRequest${number}` });
  const link = launch.assignment?.linkId ?? '0';
  return JSON.stringify({ cmid: Number(launch.assignment?.id ?? 0), launchid: `ltilaunch${link}_${number}` });
}

export const moodle: MannerRules = {
  manner: 'moodle',
  title: 'Moodle manner',
  idTokenSeconds: 60,
  loginMethod: 'POST',
  storage: 'none',
  supportedScopes: [scope.lineItemRead, scope.resultRead, scope.score, scope.lineItem, scope.roster],
  paths: {
    services: '/mod/lti/services.php',
    authorize: '/mod/lti/auth.php',
    token: '/mod/lti/token.php',
    jwks: '/mod/lti/certs.php',
    openidConfiguration: '/mod/lti/openid-configuration.php',
    registration: '/mod/lti/openid-registration.php',
  },
  token: {
    contentType: 'text/html',
    maxAge: null,
    maxAhead: 20,
    singleUseIds: false,
    clientStatus: 400,
    claimStatus: 400,
  },
  coursePlacement: 'activity',
  deepLinkPlacement: 'deep_link',
  deepLink: {
    path: '/mod/lti/contentitem_return.php',
    returnUrl: (state, session) =>
      `${state.base}/mod/lti/contentitem_return.php?${new URLSearchParams({
        course: session.courseId,
        id: state.tools.get(session.clientId)?.typeId ?? '',
        sesskey: session.token,
      }).toString()}`,
    maxAge: null,
    maxAhead: 20,
    nonceMissing: 'nonce is required',
    singleUse: false,
    decide,
  },
  personIds: (person, index) => {
    // 1 is Moodle's guest and 2 its administrator.
    const userId = person.kind === 'administrator' ? '2' : String(3 + index);
    return { sub: userId, userId, legacyId: '' };
  },
  courseIds: (_course, index) => ({ id: String(2 + index), contextId: String(2 + index) }),
  toolIds: (_state, number, domain) => {
    const typeId = String(number + 1);
    return { clientId: lettersOf(15, 'moodle', domain, typeId), deploymentId: typeId, typeId };
  },
  assignmentIds: (state) => {
    const linkId = String(nextNumber(state, 'link', 1));
    return { id: String(Number(linkId) + 3), linkId };
  },
  lineItemId: (state) => String(nextNumber(state, 'gradeItem', 2)),
  loginHint: (person) => person.userId,
  messageHint,
  loginExtras: (_state, { launch }) => ({ lti_deployment_id: launch.tool.deploymentId }),
  claims: moodleClaims,
  refuseLaunch,
  onToolActive: addActivities,
  services,
};
