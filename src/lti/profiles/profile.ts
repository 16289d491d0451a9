import type { LmsError } from '../../shared/errors.ts';
import type { RefusalRule } from '../refusal.ts';
import type { ContentItem, NewLineItem, Score } from '../score.ts';
import type { LmsFamily } from '../platform.ts';

/** The manners of one LMS: data and small pure functions. Nothing else in `src/` asks which LMS it talks to. */
export interface Profile {
  family: LmsFamily;
  /** Members a roster page may hold: NRPS `limit`. */
  rosterPageSize: number;
  /**
   * Origins that belong to the platform although no registration names them, as `https://*.example.com`:
   * hosted LMSs serve each school from a host of its own.
   */
  originsOf(issuer: string): readonly string[];
  /** Hosts, besides the issuer's own, that may serve the OpenID configuration of an issuer. */
  configurationHosts(issuer: string): readonly string[];
  /** What this LMS needs in a dynamic registration beside the standard fields. */
  registration(offer: ToolOffer): ToolConfiguration;
  /** What this LMS must be posted for a score, or null when posting would do harm (a grade would be erased). */
  scoreBody(score: Score): Record<string, unknown> | null;
  /** A changed body to post once more after a refusal, or null. */
  secondTry(body: Record<string, unknown>, refusal: LmsError): Record<string, unknown> | null;
  /** Body of a new line item: no `id`, no nulls. @param launchUrl where the column leads, in an LMS that has that */
  lineItemBody(item: NewLineItem, launchUrl: string): Record<string, unknown>;
  contentItem(item: ContentItem): Record<string, unknown>;
  /** The person's id that is the same in all courses of this LMS, out of the custom parameters. */
  lmsUserId(custom: Record<string, string>): string | undefined;
  /** Whether its administrators come as Instructor into courses they do not teach: then only the roster tells. */
  administratorsComeAsTeachers: boolean;
  refusals: readonly RefusalRule[];
}

/** What Waymark offers at its registration. */
export interface ToolOffer {
  name: string;
  /** Absolute addresses. */
  launchUrl: string;
  logoUrl: string;
  /** Message types and their placements the platform says it has; empty when it does not say. */
  placements: ReadonlyMap<string, readonly string[]>;
}

/** The LMS's part of `lti-tool-configuration` (LTI Dynamic Registration 1.0 section 4). */
interface ToolConfiguration {
  claims: readonly string[];
  customParameters: Record<string, string>;
  messages: Record<string, unknown>[];
  extras: Record<string, unknown>;
}
