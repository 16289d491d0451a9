import type { FaultList } from './faults.ts';
import type { KeyRing } from './keys.ts';
import type { MannerRules } from './manners/manner.ts';
import type { CourseRole, School, SchoolPerson } from './school.ts';

// Everything one manner of the practice LMS remembers. It lives in memory only.

export type Manner = 'canvas' | 'schoology' | 'moodle';
export type Privacy = 'public' | 'name_only' | 'email_only' | 'anonymous';
export type MessageType = 'resource' | 'deep';

/** A person of the school with the ids this LMS gives them. */
export interface LmsPerson extends SchoolPerson {
  readonly name: string;
  /** The `sub` of the id_token. */
  readonly sub: string;
  /** The number the LMS itself uses: Canvas global id, Schoology uid, Moodle user id. */
  readonly userId: string;
  /** Canvas `lti11_legacy_user_id`; unused elsewhere. */
  readonly legacyId: string;
}

export interface Membership {
  role: CourseRole;
  active: boolean;
}

export interface LmsCourse {
  /** The id in this LMS's own URLs. */
  readonly id: string;
  /** `context.id` of the claims. */
  readonly contextId: string;
  readonly key: string;
  readonly title: string;
  readonly label: string;
  readonly sisId: string;
  readonly members: Map<string, Membership>;
  concluded: boolean;
}

export interface Placement {
  readonly url: string;
  readonly label: string;
  readonly custom: Readonly<Record<string, string>>;
}

export interface Tool {
  readonly clientId: string;
  readonly deploymentId: string;
  /** Moodle's `type_id`, and the number in Canvas's deployment id. */
  readonly typeId: string;
  readonly name: string;
  readonly loginUrl: string;
  readonly redirectUris: readonly string[];
  readonly launchUrl: string;
  readonly jwksUrl: string;
  readonly domain: string;
  readonly custom: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
  readonly privacy: Privacy;
  /** By placement name: `course_navigation`, `course_assignments_menu`, `course_app`, `deep_link` ... */
  readonly placements: ReadonlyMap<string, Placement>;
  status: 'pending' | 'active';
}

/** A thing in a course that opens the tool: an assignment (with a line item) or a plain link. */
export interface Assignment {
  readonly id: string;
  /** `resource_link.id` of its launches. */
  readonly linkId: string;
  readonly courseId: string;
  readonly clientId: string;
  readonly kind: 'assignment' | 'link';
  readonly madeBy: 'deepLink' | 'tool' | 'school';
  title: string;
  text: string | null;
  url: string | null;
  custom: Readonly<Record<string, string>>;
  published: boolean;
  launchable: boolean;
  newTab: boolean;
  opensAt: string | null;
  locksAt: string | null;
  dueAt: string | null;
  allowedAttempts: number | null;
}

export interface LineItem {
  readonly id: string;
  readonly courseId: string;
  readonly clientId: string;
  /** True when it came with an assignment, not from the tool's own POST. */
  readonly coupled: boolean;
  label: string;
  scoreMaximum: number;
  resourceId: string | null;
  tag: string | null;
  assignmentId: string | null;
  submissionReview: unknown;
  submissionType: unknown;
}

/** What the gradebook holds for one student in one line item. */
export interface Result {
  readonly id: string;
  readonly lineItemId: string;
  readonly personKey: string;
  /** In points of the line item; null when there is no grade. */
  score: number | null;
  comments: string[];
  activityProgress: string | null;
  gradingProgress: string | null;
  /** Time of the last score that was taken, in ms. */
  timestamp: number | null;
  submittedAt: string | null;
  attempts: number;
  gradedBy: 'tool' | 'teacher' | null;
  overridden: boolean;
  locked: boolean;
}

/** A launch that has begun in the LMS and waits for the tool to come to the authorization endpoint. */
export interface PendingLaunch {
  readonly launch: Launch;
  readonly loginHint: string;
  readonly messageHint: string;
  /** The LMS session it began in; null when a test began it without a browser. */
  readonly sessionId: string | null;
  readonly expiresAt: number;
}

export interface DeepLinkSession {
  readonly token: string;
  readonly courseId: string;
  readonly clientId: string;
  readonly personKey: string;
  readonly placement: string;
  readonly multiple: boolean;
  readonly expiresAt: number;
  used: boolean;
}

/** One launch: who opens what, where. The manner turns it into claims. */
export interface Launch {
  readonly tool: Tool;
  readonly person: LmsPerson;
  readonly course: LmsCourse | null;
  readonly assignment: Assignment | null;
  readonly message: MessageType;
  readonly placement: string | null;
  /** The student whose card was opened (Canvas `student_context_card`). */
  readonly about: LmsPerson | null;
  /** The administrator acting as `person` (Canvas). */
  readonly masquerader: LmsPerson | null;
}

export interface AccessToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export interface RequestRecord {
  readonly at: number;
  readonly method: string;
  /** Path and query below the LMS's origin. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

export interface MannerState {
  readonly manner: Manner;
  readonly rules: MannerRules;
  readonly school: School;
  /** Origin of the server, without a trailing slash. */
  readonly origin: string;
  /** `${origin}/${manner}`: issuer and root of every URL of this manner. */
  readonly base: string;
  readonly now: () => number;
  readonly keys: KeyRing;
  readonly people: Map<string, LmsPerson>;
  /** The same people by `sub` and by the LMS's own number. */
  readonly accounts: Map<string, LmsPerson>;
  readonly courses: Map<string, LmsCourse>;
  readonly tools: Map<string, Tool>;
  readonly assignments: Map<string, Assignment>;
  readonly lineItems: Map<string, LineItem>;
  readonly results: Map<string, Result>;
  readonly tokens: Map<string, AccessToken>;
  /** Assertion and registration-token ids already used, with the ms at which they may be forgotten. */
  readonly usedIds: Map<string, number>;
  /** Registration tokens given out; a token that is not among them was not made here. */
  readonly registrationTokens: Set<string>;
  readonly pending: Map<string, PendingLaunch>;
  readonly deepLinks: Map<string, DeepLinkSession>;
  /** Session cookie → person key. */
  readonly sessions: Map<string, string>;
  readonly noticeHandlers: Map<string, string>;
  readonly requests: RequestRecord[];
  readonly faults: FaultList;
  readonly counters: Map<string, number>;
}

/** Thrown when a page or a test names something this LMS does not have; a page answers 404. */
export class Unknown extends Error {
  override name = 'Unknown';
  readonly status = 404;
}

/** The next number of a sequence of this LMS (assignments, line items ...), starting at `first`. */
export function nextNumber(state: MannerState, sequence: string, first: number): number {
  const number = (state.counters.get(sequence) ?? first - 1) + 1;
  state.counters.set(sequence, number);
  return number;
}

/** The person behind a key of the school; throws on an unknown key, which is a test's mistake. */
export function personOf(state: MannerState, key: string): LmsPerson {
  const person = state.people.get(key);
  if (!person) throw new Unknown(`The practice school has nobody called ${key}.`);
  return person;
}

/** The course with this LMS id or school key; throws on an unknown one. */
export function courseOf(state: MannerState, idOrKey: string): LmsCourse {
  const course = findCourse(state, idOrKey);
  if (!course) throw new Unknown(`The practice school has no course ${idOrKey}.`);
  return course;
}

/** The course with this LMS id or school key, or null. */
function findCourse(state: MannerState, idOrKey: string): LmsCourse | null {
  const byId = state.courses.get(idOrKey);
  if (byId) return byId;
  return [...state.courses.values()].find((course) => course.key === idOrKey) ?? null;
}

/** The active role of a person in a course, or null when they are not (or no longer) in it. */
export function roleIn(course: LmsCourse | null, personKey: string): CourseRole | null {
  const membership = course?.members.get(personKey);
  return membership?.active ? membership.role : null;
}

/** The tool a launch uses: the one named, else the newest active one. */
export function toolOf(state: MannerState, clientId?: string): Tool {
  const tool = clientId === undefined ? activeTools(state).at(-1) : state.tools.get(clientId);
  if (!tool) throw new Unknown(`No active tool is registered with the ${state.manner} manner.`);
  return tool;
}

/** Tools an administrator has made available, oldest first. */
export function activeTools(state: MannerState): Tool[] {
  return [...state.tools.values()].filter((tool) => tool.status === 'active');
}

/** The line item of an assignment, or null for a plain link. */
export function lineItemOf(state: MannerState, assignment: Assignment): LineItem | null {
  return [...state.lineItems.values()].find((item) => item.assignmentId === assignment.id) ?? null;
}
