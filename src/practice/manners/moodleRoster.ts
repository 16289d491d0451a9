import type { RequestHandler } from 'express';
import { param, queryNumber, queryText, requireScope, sendAs, ServiceError } from '../http.ts';
import { hexOf } from '../ids.ts';
import type { Claims } from '../signing.ts';
import { personOf, roleIn } from '../state.ts';
import type { LmsCourse, LmsPerson, MannerState, Tool } from '../state.ts';
import { claim, media, role, scope } from '../uris.ts';
import { moodleMemberships } from './moodleVariables.ts';

// NRPS of Moodle 4.5, as recorded: short role names, the whole course without `limit`, `next` without the role
// filter, a role it does not know does not filter, suspended members left out.

/** In the roster a non-editing teacher is a Learner, unlike in a launch. */
function shortRole(course: LmsCourse, key: string): 'Instructor' | 'Learner' {
  return roleIn(course, key) === 'teacher' ? 'Instructor' : 'Learner';
}

function listed(state: MannerState, course: LmsCourse, wanted: string | null): LmsPerson[] {
  const present = [...course.members.keys()].filter((key) => roleIn(course, key) !== null);
  const known = wanted === role.learner ? 'Learner' : wanted === role.instructor ? 'Instructor' : wanted;
  const filtering = known === 'Learner' || known === 'Instructor';
  return present
    .filter((key) => !filtering || shortRole(course, key) === known)
    .map((key) => personOf(state, key))
    .sort((a, b) => a.family.localeCompare(b.family) || a.given.localeCompare(b.given));
}

function messageOf(state: MannerState, tool: Tool, person: LmsPerson, linkId: string): Claims {
  const data = { instanceid: linkId, userid: person.userId, typeid: tool.typeId };
  return {
    [claim.messageType]: 'LtiResourceLinkRequest',
    [claim.basicOutcome]: {
      lis_result_sourcedid: JSON.stringify({ data, hash: hexOf(64, 'result', linkId, person.key) }),
      lis_outcome_service_url: `${state.base}/mod/lti/service.php`,
    },
  };
}

function memberOf(
  state: MannerState,
  tool: Tool,
  course: LmsCourse,
  person: LmsPerson,
  linkId: string | null,
): Claims {
  const named = tool.privacy !== 'anonymous';
  return {
    status: 'Active',
    roles: [shortRole(course, person.key)],
    ...(linkId !== null && { message: [messageOf(state, tool, person, linkId)] }),
    user_id: person.userId,
    ...(named && { lis_person_sourcedid: person.sisId ?? '' }),
    ...(named && { name: person.name, given_name: person.given, family_name: person.family }),
    ...(named && person.email !== null && { email: person.email }),
    ...(named && { ext_user_username: person.username }),
  };
}

/** `GET /mod/lti/services.php/CourseSection/:course/bindings/:type/memberships` */
export function moodleRoster(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.roster]);
    const tool = state.tools.get(clientId)!;
    const course = state.courses.get(param(req, 'course'));
    if (!course || tool.typeId !== param(req, 'type')) throw new ServiceError(404, 'Not Found');
    const rlid = queryText(req, 'rlid');
    const everyone = listed(state, course, queryText(req, 'role'));
    const limit = queryNumber(req, 'limit', 1) ?? everyone.length;
    const from = queryNumber(req, 'from', 0) ?? 0;
    const url = moodleMemberships(state, course.id, tool);
    if (from + limit < everyone.length) {
      // The role filter is left out of `next`, as measured.
      const rest = rlid === null ? '' : `&rlid=${encodeURIComponent(rlid)}`;
      res.setHeader('Link', `<${url}?limit=${limit}&from=${from + limit}${rest}>; rel="next"`);
    }
    sendAs(res, 200, media.roster, {
      id: url,
      context: { id: course.contextId, label: course.label, title: course.title },
      members: everyone.slice(from, from + limit).map((one) => memberOf(state, tool, course, one, rlid)),
    });
  };
}
