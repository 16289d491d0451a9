import type { Router } from 'express';
import type { SchoolCourse, SchoolPerson } from '../school.ts';
import type { Claims } from '../signing.ts';
import type {
  Assignment,
  DeepLinkSession,
  Launch,
  LmsPerson,
  Manner,
  MannerState,
  PendingLaunch,
  Tool,
} from '../state.ts';
import type { ContentItem } from '../contentItems.ts';

interface PersonIds {
  readonly sub: string;
  readonly userId: string;
  readonly legacyId: string;
}

/** What an LMS makes of a content item, or why it makes nothing of it. */
export type ItemDecision =
  | {
      readonly kind: 'make';
      readonly assignment: Partial<Assignment>;
      readonly graded: boolean;
      readonly keepIds: boolean;
    }
  | { readonly kind: 'refuse'; readonly reason: string };

interface DeepLinkManner {
  readonly path: string;
  returnUrl(state: MannerState, session: DeepLinkSession): string;
  /** Bounds on `iat` of the response in seconds; null where the LMS does not look. */
  readonly maxAge: number | null;
  readonly maxAhead: number | null;
  readonly nonceMissing: string;
  /** Whether the same return URL may be answered again. */
  readonly singleUse: boolean;
  decide(state: MannerState, item: ContentItem): ItemDecision;
}

interface TokenManner {
  /** Canvas and Schoology say JSON; Moodle says text/html. */
  readonly contentType: string;
  /** Seconds an assertion's `iat` may lie in the past and in the future. */
  readonly maxAge: number | null;
  readonly maxAhead: number;
  readonly singleUseIds: boolean;
  /** Status for a client or signature that is not known or not right. */
  readonly clientStatus: 400 | 401;
  /** Status for claims that are missing or out of bounds. */
  readonly claimStatus: 400 | 401;
}

/** Shapes and manners of one LMS: everything that is not the same in all three. */
export interface MannerRules {
  readonly manner: Manner;
  readonly title: string;
  readonly idTokenSeconds: number;
  readonly loginMethod: 'GET' | 'POST';
  /** How the LMS page answers platform-storage messages. */
  readonly storage: 'forwarding' | 'parent' | 'none';
  readonly supportedScopes: readonly string[];
  readonly paths: {
    /** Where the roster and grade services live. */
    readonly services: string;
    readonly authorize: string;
    readonly token: string;
    readonly jwks: string;
    readonly openidConfiguration: string | null;
    readonly registration: string | null;
  };
  readonly token: TokenManner;
  /** The placement of the tool in a course, and the one that adds assignments. */
  readonly coursePlacement: string;
  readonly deepLinkPlacement: string;
  personIds(person: SchoolPerson, index: number): PersonIds;
  courseIds(course: SchoolCourse, index: number): { id: string; contextId: string };
  /** Ids of the `number`-th tool (from 0) with this domain. */
  toolIds(
    state: MannerState,
    number: number,
    domain: string,
  ): Pick<Tool, 'clientId' | 'deploymentId' | 'typeId'>;
  assignmentIds(state: MannerState): Pick<Assignment, 'id' | 'linkId'>;
  /** Id of a new line item; of the assignment it comes with, if any. */
  lineItemId(state: MannerState, assignment: Assignment | null): string;
  loginHint(person: LmsPerson): string;
  messageHint(state: MannerState, launch: Launch): string;
  /** Parameters of the login initiation beyond those every LMS sends. */
  loginExtras(state: MannerState, pending: PendingLaunch): Record<string, string>;
  /** Claims of the id_token beyond iss, aud, iat, exp and nonce. */
  claims(state: MannerState, launch: Launch): Claims;
  /** Why this person cannot open this, in the LMS's words; null when they may. */
  refuseLaunch(launch: Launch): string | null;
  readonly deepLink: DeepLinkManner;
  /** Called when a tool has become active, for what the LMS then puts into courses. */
  onToolActive(state: MannerState, tool: Tool): void;
  /** NRPS and AGS endpoints under this LMS's own paths. */
  services(state: MannerState): Router;
}
