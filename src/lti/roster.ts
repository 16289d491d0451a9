import { z } from 'zod';
import { LmsError } from '../shared/errors.ts';
import { callLibrary, type Wire } from './call.ts';
import { memberPage } from './ltijs.ts';
import { walk } from './pages.ts';
import type { Connection } from './platform.ts';
import { profileOf } from './profiles.ts';
import type { Profile } from './profiles/profile.ts';
import { SCOPES } from './scopes.ts';

/** One person of a roster page (NRPS 2.0 section 2.2). Absent members were not released by the LMS. */
export interface Member {
  sub: string;
  /** As sent: full role URIs, or the short names of Moodle ("Learner"). */
  roles: string[];
  status: 'Active' | 'Inactive' | 'Deleted';
  name?: string;
  given?: string;
  family?: string;
  email?: string;
  /** `lis_person_sourcedid`: the person in the school's information system. */
  sisId?: string;
  /** The LMS's own id, the same in all its courses, where the roster tells it. */
  lmsUserId?: string;
  /** Custom parameters of this member; only with `rlid`. */
  custom?: Record<string, string>;
}

export interface RosterPage {
  members: Member[];
  contextId: string;
}

export type RosterPages = (
  connection: Connection,
  membershipsUrl: string,
  options?: { rlid?: string },
) => AsyncGenerator<RosterPage>;

/** Some LMSs send null, numbers, empty strings or the unexpanded `$Variable` for what they do not know. */
const Text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => (value ? value : undefined))
  .catch(undefined);

const Message = z.object({
  'https://purl.imsglobal.org/spec/lti/claim/custom': z.record(z.string(), z.unknown()).nullish().catch(null),
});

const RawMember = z.object({
  user_id: z.union([z.string().min(1).max(255), z.number().transform(String)]),
  roles: z.array(z.string().max(255)).max(100),
  status: z.enum(['Active', 'Inactive', 'Deleted']).catch('Active'),
  name: Text,
  given_name: Text,
  family_name: Text,
  email: Text,
  lis_person_sourcedid: Text,
  message: z.array(Message).nullish().catch(null),
});

const Container = z.object({
  context: z.object({ id: z.union([z.string().min(1), z.number().transform(String)]) }),
  members: z.array(RawMember).max(5_000),
});

/**
 * Reads a course's roster page by page. Every page is checked before it is given out; whoever reads must take
 * the roster as complete only when the iteration ends without an error.
 * @throws LmsError blocked-origin, bad-answer (loop, truncated, HTML, another course) and those of a call
 */
export function createRosterPages(wire: Wire): RosterPages {
  return async function* (connection, membershipsUrl, { rlid } = {}) {
    const profile = profileOf(connection.platform.family);
    const purpose = { call: 'roster', scopes: [SCOPES.roster] } as const;
    const read = async (url: string): Promise<{ page: RosterPage; link: string | string[] | undefined }> => {
      const answer = await callLibrary(wire, connection, purpose, (call) => memberPage(call, url));
      return { page: readPage(answer.body, profile), link: answer.headers.link };
    };
    let contextId: string | undefined;
    const pages = walk(firstPage(membershipsUrl, profile.rosterPageSize, rlid), read);
    for await (const page of pages) {
      contextId ??= page.contextId;
      if (page.contextId !== contextId) throw bad('a page of another course');
      yield page;
    }
  };
}

function firstPage(membershipsUrl: string, limit: number, rlid: string | undefined): string {
  if (!URL.canParse(membershipsUrl)) throw bad('the roster has no address');
  const url = new URL(membershipsUrl);
  url.searchParams.set('limit', String(limit));
  if (rlid !== undefined) url.searchParams.set('rlid', rlid);
  return url.href;
}

function readPage(body: unknown, profile: Profile): RosterPage {
  const parsed = Container.safeParse(body);
  if (!parsed.success) throw bad('the roster page has another shape');
  const { context, members } = parsed.data;
  return { contextId: context.id, members: members.map((raw) => memberOf(raw, profile)) };
}

function memberOf(raw: z.output<typeof RawMember>, profile: Profile): Member {
  const custom = customOf(raw.message ?? []);
  return defined({
    sub: raw.user_id,
    roles: raw.roles,
    status: raw.status,
    name: raw.name,
    given: raw.given_name,
    family: raw.family_name,
    email: raw.email,
    sisId: raw.lis_person_sourcedid,
    lmsUserId: custom && profile.lmsUserId(custom),
    custom,
  });
}

/** Values that start with `$` are variables the LMS does not know (LTI 1.3 Core, appendix B). */
function customOf(messages: readonly z.output<typeof Message>[]): Record<string, string> | undefined {
  const entries = messages
    .flatMap((message) => Object.entries(message['https://purl.imsglobal.org/spec/lti/claim/custom'] ?? {}))
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([key, value]) => [key, String(value)] as const)
    .filter(([, value]) => value !== '' && !value.startsWith('$'));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function defined(fields: { [K in keyof Member]: Member[K] | undefined }): Member {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

const bad = (detail: string): LmsError => new LmsError('bad-answer', { retry: true, detail });
