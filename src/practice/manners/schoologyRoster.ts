import type { Request, RequestHandler } from 'express';
import { param, queryNumber, queryText, requireScope, sendAs, ServiceError } from '../http.ts';
import type { Claims } from '../signing.ts';
import { personOf, roleIn } from '../state.ts';
import type { LmsCourse, LmsPerson, MannerState } from '../state.ts';
import { media, role, scope } from '../uris.ts';
import { schoologyServices } from './schoologyClaims.ts';

// NRPS of Schoology: exactly its media type in Accept, at most 100 a page, `next` alone in the Link header.

/** The client of a request; its id must be the one in the path. */
export function schoologyClient(state: MannerState, req: Request, accepted: readonly string[]): string {
  const { clientId } = requireScope(state, req, accepted);
  if (clientId !== param(req, 'client')) throw new ServiceError(403, 'Forbidden');
  return clientId;
}

/** The course section of a request; 404 when it is gone or over. */
export function schoologySection(state: MannerState, req: Request): LmsCourse {
  const course = state.courses.get(param(req, 'section'));
  if (!course || course.concluded) throw new ServiceError(404, 'Section not found');
  return course;
}

function memberRoles(course: LmsCourse, person: LmsPerson): string[] {
  const kind = roleIn(course, person.key);
  if (kind === 'teacher') return [role.instructor];
  return kind === 'assistant' ? [role.assistant, role.instructor] : [role.learner];
}

function memberOf(course: LmsCourse, person: LmsPerson, named: boolean): Claims {
  const roles = memberRoles(course, person);
  // Names withheld by the app's privacy setting: user_id and roles only, status absent means Active.
  if (!named) return { user_id: person.sub, roles };
  return {
    user_id: person.sub,
    status: 'Active',
    name: person.name,
    given_name: person.given,
    family_name: person.family,
    ...(person.email !== null && { email: person.email }),
    ...(person.sisId !== null && { lis_person_sourcedid: person.sisId }),
    roles,
  };
}

/** `GET …/names-roles/v2p0/membership/:section` */
export function schoologyRoster(state: MannerState): RequestHandler {
  return (req, res) => {
    const clientId = schoologyClient(state, req, [scope.roster]);
    if (req.get('accept') !== media.roster)
      throw new ServiceError(400, 'handleNamesRoles: Invalid Accept Header');
    const course = schoologySection(state, req);
    const tool = state.tools.get(clientId)!;
    const wanted = queryText(req, 'role');
    const listed = [...course.members.keys()]
      .filter((key) => ['student', 'teacher', 'assistant'].includes(roleIn(course, key) ?? ''))
      .map((key) => personOf(state, key))
      .filter(
        (one) =>
          wanted === null ||
          memberRoles(course, one).some((uri) => uri === wanted || uri.endsWith(`#${wanted}`)),
      );
    const size = Math.min(queryNumber(req, 'limit', 1) ?? 100, 100);
    const start = queryNumber(req, 'start', 0) ?? 0;
    const url = `${schoologyServices(state, clientId)}/names-roles/v2p0/membership/${course.id}`;
    if (start + size < listed.length) {
      const filter = wanted === null ? '' : `role=${encodeURIComponent(wanted)}&`;
      res.setHeader('Link', `<${url}?${filter}limit=${size}&start=${start + size}>; rel="next"`);
    }
    sendAs(res, 200, media.roster, {
      id: url,
      context: { id: course.contextId, title: course.title },
      members: listed
        .slice(start, start + size)
        .map((one) => memberOf(course, one, tool.privacy !== 'anonymous')),
    });
  };
}
