import type { JWK } from 'jose';
import { parameterFault, readAuthRequest, trustedClient } from './authorize.ts';
import { assignmentsIn } from './coursework.ts';
import type { Fault } from './faults.ts';
import { gradebookRows, lockGrade, overrideGrade } from './gradebook.ts';
import type { GradebookRow } from './gradebook.ts';
import { beginLaunch, idTokenClaims, loginParamsOf, makeLaunch } from './launch.ts';
import type { LaunchRequest } from './launch.ts';
import { startRegistration } from './registration.ts';
import { signClaims } from './signing.ts';
import type { Claims, SignOptions } from './signing.ts';
import { startSession } from './session.ts';
import { courseOf, personOf, Unknown } from './state.ts';
import type { Assignment, LmsCourse, LmsPerson, MannerState, RequestRecord, Tool } from './state.ts';
import { activateTool, registerByHand, settingsFor } from './tools.ts';
import type { PlatformSettings, ToolRegistration } from './tools.ts';

// What tests, benches and the demo may do to one manner without a browser: look at everything, act as the
// school's staff, begin launches, and forge tokens.

export interface LaunchFormRequest extends LaunchRequest {
  /** Last word on the claims: return other ones, or change them in place; also the header and key. */
  readonly overrides?: (
    claims: Claims,
    header: { -readonly [K in keyof SignOptions]: SignOptions[K] },
  ) => Claims | void;
}

interface LaunchForm {
  readonly action: string;
  readonly fields: { readonly id_token: string; readonly state: string };
}

type AuthorizeQuery = string | URL | URLSearchParams | Readonly<Record<string, string>>;

interface LoginStart {
  readonly method: 'GET' | 'POST';
  /** The tool's login initiation URL. */
  readonly url: string;
  readonly params: Record<string, string>;
}

export interface MannerHandle {
  readonly manner: MannerState['manner'];
  readonly issuer: string;
  readonly people: readonly LmsPerson[];
  readonly courses: readonly LmsCourse[];
  readonly state: MannerState;
  /** Every service call so far (token, key set, roster, grades, registration), oldest first. */
  readonly requests: readonly RequestRecord[];
  person(key: string): LmsPerson;
  /** By LMS id or school key. */
  course(idOrKey: string): LmsCourse;
  tools(): Tool[];
  gradebook(courseId: string): GradebookRow[];
  /** Assignments (with a line item) of a course. */
  assignments(courseId: string): Assignment[];
  /** Plain links of a course, such as Moodle's ungraded activity. */
  links(courseId: string): Assignment[];
  publish(assignmentId: string): void;
  drop(courseId: string, personKey: string): void;
  enrol(courseId: string, personKey: string): void;
  conclude(courseId: string): void;
  /** A teacher types a grade; null takes it away. */
  override(lineItemId: string, personKey: string, score: number | null): void;
  lock(lineItemId: string, personKey: string, locked: boolean): void;
  rotateKeys(): Promise<string>;
  retireOldKeys(): void;
  publicKeys(): JWK[];
  failNext(fault: Fault): void;
  clearFaults(): void;
  registerTool(registration: ToolRegistration): PlatformSettings;
  settings(clientId?: string): PlatformSettings;
  /** The tool's registration URL with configuration and token, as the admin page opens it. */
  registrationUrl(toolUrl: string): Promise<string>;
  activate(clientId: string): void;
  /** A signed-in session; the `Cookie` header to send to the LMS. */
  signIn(personKey: string): string;
  loginParams(request: LaunchRequest): LoginStart;
  /** Answers an authorization request without a browser or a session, as the endpoint would. */
  launchForm(request: LaunchFormRequest): (query: AuthorizeQuery) => Promise<LaunchForm>;
  signToken(claims: Claims, options?: SignOptions): Promise<string>;
}

function paramsOf(query: AuthorizeQuery): Record<string, string> {
  if (query instanceof URLSearchParams) return Object.fromEntries(query);
  if (query instanceof URL) return Object.fromEntries(query.searchParams);
  if (typeof query === 'string') return Object.fromEntries(new URL(query).searchParams);
  return { ...query };
}

async function answerLaunch(
  state: MannerState,
  request: LaunchFormRequest,
  query: AuthorizeQuery,
): Promise<LaunchForm> {
  const auth = readAuthRequest(paramsOf(query));
  if (!auth) throw new Error('This is not an authorization request.');
  const client = trustedClient(state, auth);
  if (typeof client === 'string')
    throw new Error(`The practice LMS refuses this authorization request: ${client}`);
  const fault = parameterFault(auth);
  if (fault)
    throw new Error(`The practice LMS refuses this authorization request: ${fault.error_description}`);
  const launch = makeLaunch(state, { clientId: client.clientId, ...request });
  const claims = idTokenClaims(state, launch, auth.nonce);
  const options: { -readonly [K in keyof SignOptions]: SignOptions[K] } = {};
  const final = request.overrides?.(claims, options) ?? claims;
  const id_token = await signClaims(state, final, options);
  return { action: auth.redirect_uri, fields: { id_token, state: auth.state } };
}

function beginLogin(state: MannerState, request: LaunchRequest): LoginStart {
  const pending = beginLaunch(state, makeLaunch(state, request), null);
  return {
    method: state.rules.loginMethod,
    url: pending.launch.tool.loginUrl,
    params: loginParamsOf(state, pending),
  };
}

function setEnrolment(state: MannerState, courseId: string, personKey: string, active: boolean): void {
  const course = courseOf(state, courseId);
  const person = personOf(state, personKey);
  const membership = course.members.get(person.key);
  if (membership) membership.active = active;
  else if (active) course.members.set(person.key, { role: 'student', active });
}

function assignmentOf(state: MannerState, id: string): Assignment {
  const assignment = state.assignments.get(id);
  if (!assignment) throw new Unknown(`The practice LMS has no assignment ${id}.`);
  return assignment;
}

/** The programmatic handle of one manner. */
export function handleFor(state: MannerState): MannerHandle {
  const inCourse = (courseId: string, kind: Assignment['kind']) =>
    assignmentsIn(state, courseOf(state, courseId).id).filter((one) => one.kind === kind);
  return {
    manner: state.manner,
    issuer: state.base,
    state,
    requests: state.requests,
    people: [...state.people.values()],
    courses: [...state.courses.values()],
    person: (key) => personOf(state, key),
    course: (idOrKey) => courseOf(state, idOrKey),
    tools: () => [...state.tools.values()],
    gradebook: (courseId) => gradebookRows(state, courseOf(state, courseId).id),
    assignments: (courseId) => inCourse(courseId, 'assignment'),
    links: (courseId) => inCourse(courseId, 'link'),
    publish: (assignmentId) => void (assignmentOf(state, assignmentId).published = true),
    drop: (courseId, personKey) => setEnrolment(state, courseId, personKey, false),
    enrol: (courseId, personKey) => setEnrolment(state, courseId, personKey, true),
    conclude: (courseId) => void (courseOf(state, courseId).concluded = true),
    override: (lineItemId, personKey, score) => overrideGrade(state, lineItemId, personKey, score),
    lock: (lineItemId, personKey, locked) => lockGrade(state, lineItemId, personKey, locked),
    rotateKeys: () => state.keys.rotate(),
    retireOldKeys: () => state.keys.retireOld(),
    publicKeys: () => state.keys.publicSet().keys,
    failNext: (fault) => state.faults.add(fault),
    clearFaults: () => state.faults.clear(),
    registerTool: (registration) => registerByHand(state, registration),
    settings: (clientId) => settingsFor(state, toolNamed(state, clientId)),
    registrationUrl: (toolUrl) => startRegistration(state, toolUrl),
    activate: (clientId) => void activateTool(state, clientId),
    signIn: (personKey) => startSession(state, personOf(state, personKey).key).cookie,
    loginParams: (request) => beginLogin(state, request),
    launchForm: (request) => (query) => answerLaunch(state, request, query),
    signToken: (claims, options) => signClaims(state, claims, options),
  };
}

function toolNamed(state: MannerState, clientId: string | undefined): Tool {
  const tool = clientId === undefined ? [...state.tools.values()].at(-1) : state.tools.get(clientId);
  if (!tool) throw new Unknown('No such tool is registered.');
  return tool;
}
