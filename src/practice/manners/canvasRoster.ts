import type { Request, RequestHandler, Response } from 'express';
import { expand } from '../custom.ts';
import { param, queryNumber, queryText, requireScope, sendAs, ServiceError } from '../http.ts';
import type { Claims } from '../signing.ts';
import { personOf, roleIn } from '../state.ts';
import type { Assignment, LmsCourse, LmsPerson, MannerState, Tool } from '../state.ts';
import { claim, media, scope } from '../uris.ts';
import { canvasMembershipRoles, pictureOf, tells } from './canvasClaims.ts';
import { canvasVariable } from './canvasVariables.ts';

// NRPS of Canvas (names_and_roles_controller.rb, memberships_provider.rb): pages of at most 50, active members
// only, one row a person, observers without whom they observe, `rlid` with member-level custom values.

const largestPage = 50;
const refusedLink = 'Tool does not have access to rlid or rlid does not exist';

/** An active course this tool may see; 404 otherwise (`Course.not_completed.find`). */
export function openCourse(state: MannerState, req: Request): LmsCourse {
  const course = state.courses.get(param(req, 'course'));
  if (!course || course.concluded) throw new ServiceError(404, 'The specified resource does not exist.');
  return course;
}

interface Linked {
  readonly wanted: boolean;
  readonly assignment: Assignment | null;
}

function linkOf(state: MannerState, course: LmsCourse, clientId: string, rlid: string | null): Linked {
  if (rlid === null) return { wanted: false, assignment: null };
  if (rlid === course.contextId) return { wanted: true, assignment: null };
  const found = [...state.assignments.values()].find(
    (one) => one.linkId === rlid && one.courseId === course.id,
  );
  if (!found) throw new ServiceError(400, refusedLink);
  if (found.clientId !== clientId) {
    throw new ServiceError(400, 'Requested ResourceLink bound to unexpected external tool');
  }
  return { wanted: true, assignment: found };
}

function matchesRole(roles: readonly string[], wanted: string | null): boolean {
  if (wanted === null) return true;
  return roles.some((one) => one === wanted || one.endsWith(`#${wanted}`));
}

function rosterOf(state: MannerState, course: LmsCourse, wantedRole: string | null): LmsPerson[] {
  return [...course.members.keys()]
    .filter((key) => {
      const kind = roleIn(course, key);
      return kind !== null && kind !== 'testStudent' && matchesRole(canvasMembershipRoles(kind), wantedRole);
    })
    .map((key) => personOf(state, key));
}

/** One member as one tool may see them. */
interface Listed {
  tool: Tool;
  person: LmsPerson;
  course: LmsCourse;
  link: Linked;
}

function messageOf(state: MannerState, { tool, person, course, link: { assignment } }: Listed): Claims {
  const launch = {
    tool,
    person,
    course,
    assignment,
    message: 'resource',
    placement: null,
    about: null,
    masquerader: null,
  } as const;
  return {
    [claim.messageType]: 'LtiResourceLinkRequest',
    locale: 'en',
    [claim.custom]: expand({ ...tool.custom, ...assignment?.custom }, (name) =>
      canvasVariable(state, launch, name),
    ),
    [claim.legacyUserId]: person.legacyId,
    [claim.lti1p1]: { user_id: person.legacyId },
  };
}

function memberOf(state: MannerState, listed: Listed): Claims {
  const { tool, person, course, link } = listed;
  return {
    status: 'Active',
    ...(tells.name(tool) && { name: person.name }),
    ...(tells.all(tool) && { picture: pictureOf(state, person) }),
    ...(tells.name(tool) && { given_name: person.given, family_name: person.family }),
    ...(tells.email(tool) && person.email !== null && { email: person.email }),
    ...(tells.name(tool) && person.sisId !== null && { lis_person_sourcedid: person.sisId }),
    user_id: person.sub,
    lti11_legacy_user_id: person.legacyId,
    roles: canvasMembershipRoles(roleIn(course, person.key)),
    ...(link.wanted && { message: [messageOf(state, listed)] }),
  };
}

/** Page numbers and sizes of a Canvas list, and its Link header with every filter kept inside. */
export function canvasPage<T>(
  req: Request,
  res: Response,
  list: readonly T[],
  sizes: { usual: number; largest: number; url: string },
): T[] {
  const asked = queryNumber(req, 'per_page', 1) ?? queryNumber(req, 'limit', 1) ?? sizes.usual;
  const size = Math.min(asked, sizes.largest);
  const number = queryNumber(req, 'page', 1) ?? 1;
  const last = Math.max(1, Math.ceil(list.length / size));
  const filters = new URLSearchParams(req.originalUrl.split('?')[1] ?? '');
  for (const name of ['page', 'per_page', 'limit']) filters.delete(name);
  const link = (rel: string, page: number) => {
    const query = new URLSearchParams([...filters, ['page', String(page)], ['per_page', String(size)]]);
    return `<${sizes.url}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    link('current', number),
    ...(number < last ? [link('next', number + 1)] : []),
    ...(number > 1 ? [link('prev', number - 1)] : []),
    link('first', 1),
    link('last', last),
  ];
  res.setHeader('Link', links.join(','));
  return list.slice((number - 1) * size, number * size);
}

/** `GET /api/lti/courses/:course/names_and_roles` */
export function canvasRoster(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.roster]);
    const course = openCourse(state, req);
    const tool = state.tools.get(clientId)!;
    const link = linkOf(state, course, clientId, queryText(req, 'rlid'));
    const url = `${state.base}/api/lti/courses/${course.id}/names_and_roles`;
    const everyone = rosterOf(state, course, queryText(req, 'role'));
    const some = canvasPage(req, res, everyone, { usual: largestPage, largest: largestPage, url });
    sendAs(res, 200, media.roster, {
      id: state.origin + req.originalUrl,
      context: { id: course.contextId, label: course.label, title: course.title },
      members: some.map((person) => memberOf(state, { tool, person, course, link })),
    });
  };
}
