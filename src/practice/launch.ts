import { secret } from './ids.ts';
import { courseOf, personOf, roleIn, toolOf, Unknown } from './state.ts';
import type {
  Assignment,
  DeepLinkSession,
  Launch,
  LmsCourse,
  LmsPerson,
  MannerState,
  MessageType,
  PendingLaunch,
  Placement,
} from './state.ts';
import type { Claims } from './signing.ts';
import { claim } from './uris.ts';

export interface LaunchRequest {
  readonly person: string;
  /** LMS id or school key of the course; absent for launches outside a course. */
  readonly course?: string | undefined;
  readonly assignment?: string | undefined;
  readonly message?: MessageType | undefined;
  /** Overrides the manner's usual placement. */
  readonly placement?: string | undefined;
  readonly clientId?: string | undefined;
  /** Key of the student whose card is opened. */
  readonly about?: string | undefined;
  /** Key of the administrator acting as the person. */
  readonly masquerader?: string | undefined;
}

const pendingMs = 5 * 60_000;
const deepLinkMs = 60 * 60_000;

function assignmentOf(state: MannerState, id: string): Assignment {
  const assignment = state.assignments.get(id);
  if (!assignment) throw new Unknown(`The practice LMS has no assignment ${id}.`);
  return assignment;
}

function usualPlacement(state: MannerState, request: LaunchRequest): string | null {
  if (request.placement) return request.placement;
  if (request.message === 'deep') return state.rules.deepLinkPlacement;
  if (request.assignment !== undefined) return null;
  return state.rules.coursePlacement;
}

/** Moodle has no course navigation: there the tool opens from the activity the school put into the course. */
function courseActivity(state: MannerState, request: LaunchRequest): string | undefined {
  if (request.assignment !== undefined || request.message === 'deep' || request.course === undefined)
    return undefined;
  if (state.rules.coursePlacement !== 'activity') return undefined;
  const { clientId } = toolOf(state, request.clientId);
  const courseId = courseOf(state, request.course).id;
  const own = (one: Assignment) =>
    one.courseId === courseId && one.clientId === clientId && one.madeBy === 'school';
  return [...state.assignments.values()].find(own)?.id;
}

/** Resolves a request of a page or a test into a launch; throws when something it names does not exist. */
export function makeLaunch(state: MannerState, request: LaunchRequest): Launch {
  const assignmentId = request.assignment ?? courseActivity(state, request);
  const assignment = assignmentId === undefined ? null : assignmentOf(state, assignmentId);
  const courseId = request.course ?? assignment?.courseId;
  return {
    tool: toolOf(state, request.clientId ?? assignment?.clientId),
    person: personOf(state, request.person),
    course: courseId === undefined ? null : courseOf(state, courseId),
    assignment,
    message: request.message ?? 'resource',
    placement: usualPlacement(state, request),
    about: request.about === undefined ? null : personOf(state, request.about),
    masquerader: request.masquerader === undefined ? null : personOf(state, request.masquerader),
  };
}

/** The placement a launch comes from, as the tool registered it. */
export function placementOf(launch: Launch): Placement | null {
  return launch.placement === null ? null : (launch.tool.placements.get(launch.placement) ?? null);
}

/** `target_link_uri` of a launch: the assignment's own URL, else the placement's, else the tool's. */
function targetOf(launch: Launch): string {
  if (launch.assignment) return launch.assignment.url ?? launch.tool.launchUrl;
  return placementOf(launch)?.url ?? launch.tool.launchUrl;
}

/** Begins a launch: remembers it under an unguessable message hint that can be used once, for five minutes. */
export function beginLaunch(state: MannerState, launch: Launch, sessionId: string | null): PendingLaunch {
  const pending: PendingLaunch = {
    launch,
    loginHint: state.rules.loginHint(launch.person),
    messageHint: state.rules.messageHint(state, launch),
    sessionId,
    expiresAt: state.now() + pendingMs,
  };
  state.pending.set(pending.messageHint, pending);
  return pending;
}

/** The parameters of the third-party login initiation. */
export function loginParamsOf(state: MannerState, pending: PendingLaunch): Record<string, string> {
  return {
    iss: state.base,
    login_hint: pending.loginHint,
    target_link_uri: targetOf(pending.launch),
    client_id: pending.launch.tool.clientId,
    lti_message_hint: pending.messageHint,
    ...state.rules.loginExtras(state, pending),
  };
}

/** Opens the way back for a deep-linking response: an unguessable token in the return URL. */
export function openDeepLink(state: MannerState, launch: Launch, multiple: boolean): DeepLinkSession {
  if (!launch.course) throw new Error('Deep linking starts in a course.');
  const session: DeepLinkSession = {
    token: secret(),
    courseId: launch.course.id,
    clientId: launch.tool.clientId,
    personKey: launch.person.key,
    placement: launch.placement ?? state.rules.deepLinkPlacement,
    multiple,
    expiresAt: state.now() + deepLinkMs,
    used: false,
  };
  state.deepLinks.set(session.token, session);
  return session;
}

/** The whole payload of an id_token for this launch, with times in seconds. */
export function idTokenClaims(state: MannerState, launch: Launch, nonce: string): Claims {
  const iat = Math.floor(state.now() / 1000);
  return {
    iss: state.base,
    aud: launch.tool.clientId,
    iat,
    exp: iat + state.rules.idTokenSeconds,
    nonce,
    [claim.version]: '1.3.0',
    [claim.deploymentId]: launch.tool.deploymentId,
    [claim.targetLinkUri]: targetOf(launch),
    [claim.messageType]: launch.message === 'deep' ? 'LtiDeepLinkingRequest' : 'LtiResourceLinkRequest',
    ...state.rules.claims(state, launch),
  };
}

/** Children of a parent who are active students of a course. */
export function childrenIn(state: MannerState, parent: LmsPerson, course: LmsCourse | null): LmsPerson[] {
  if (!course) return [];
  const present = parent.children.filter((key) => roleIn(course, key) === 'student');
  return present.map((key) => personOf(state, key));
}
