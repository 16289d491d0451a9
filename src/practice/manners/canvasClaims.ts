import { expand } from '../custom.ts';
import { hexOf } from '../ids.ts';
import { childrenIn, openDeepLink, placementOf } from '../launch.ts';
import type { Claims } from '../signing.ts';
import { lineItemOf, roleIn } from '../state.ts';
import type { Launch, LmsPerson, MannerState, Tool } from '../state.ts';
import { claim, role, scope } from '../uris.ts';
import { canvasVariable } from './canvasVariables.ts';

// Canvas id_token claims (lib/lti/messages/jwt_message.rb, resource_link_request.rb, deep_linking_request.rb).
// Names and e-mail follow the tool's privacy level; service claims exist only in courses.

export const canvasGuid = (state: MannerState): string =>
  `${hexOf(40, 'guid', state.school.name)}:canvas-lms`;
const accountContextId = (state: MannerState) => hexOf(40, 'account', state.school.name);

/** Whether Canvas may tell this tool names, e-mail addresses, or everything. */
export const tells = {
  name: (tool: Tool) => tool.privacy === 'public' || tool.privacy === 'name_only',
  email: (tool: Tool) => tool.privacy === 'public' || tool.privacy === 'email_only',
  all: (tool: Tool) => tool.privacy === 'public',
};

/** Membership roles by enrolment, as Canvas sends them in launches and rosters. */
export function canvasMembershipRoles(kind: ReturnType<typeof roleIn>): string[] {
  if (kind === 'teacher') return [role.instructor];
  if (kind === 'assistant') return [role.assistant, role.instructor];
  if (kind === 'observer') return [role.mentor];
  return kind === 'student' || kind === 'testStudent' ? [role.learner] : [];
}

function institutionRoles(person: LmsPerson): string[] {
  if (person.kind === 'administrator') return [role.institutionAdministrator];
  if (person.kind === 'parent') return [role.institutionObserver];
  if (person.kind === 'teacher' || person.kind === 'assistant') return [role.institutionInstructor];
  return [role.institutionStudent];
}

function rolesOf({ person, course }: Launch): string[] {
  const membership = canvasMembershipRoles(roleIn(course, person.key));
  const test = person.kind === 'testStudent' ? [role.testUser] : [];
  return [...institutionRoles(person), ...membership, ...test, role.systemUser];
}

/** Picture address in the shape of Canvas's thumbnails. */
export function pictureOf(state: MannerState, person: LmsPerson): string {
  return `${state.base}/images/thumbnails/${person.userId.slice(-5)}/${hexOf(6, person.key)}`;
}

function personalClaims(state: MannerState, { person, tool, course }: Launch): Claims {
  return {
    ...(tells.all(tool) && { picture: pictureOf(state, person) }),
    ...(tells.email(tool) && person.email !== null && { email: person.email }),
    ...(tells.name(tool) && {
      name: person.name,
      given_name: person.given,
      family_name: person.family,
      [claim.lis]: {
        person_sourcedid: person.sisId ?? '$Person.sourcedId',
        course_offering_sourcedid: course?.sisId ?? '$CourseSection.sourcedId',
      },
    }),
  };
}

function contextClaim(state: MannerState, { course }: Launch): Claims {
  if (!course) return { id: accountContextId(state), title: state.school.name, type: ['Account'] };
  const type = ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering'];
  return { id: course.contextId, label: course.label, title: course.title, type };
}

function returnUrl(state: MannerState, { course, assignment, message }: Launch): string {
  if (!course) return `${state.base}/accounts/17`;
  const home = `${state.base}/courses/${course.id}`;
  if (message === 'deep') return `${home}/external_content/success/external_tool_dialog`;
  return assignment ? `${home}/assignments/${assignment.id}` : home;
}

/** Custom parameters of the tool, its placement and the link, later ones winning, with variables replaced. */
function canvasCustom(state: MannerState, launch: Launch): Claims {
  const custom = { ...launch.tool.custom, ...placementOf(launch)?.custom, ...launch.assignment?.custom };
  return expand(custom, (name) => canvasVariable(state, launch, name));
}

function serviceClaims(state: MannerState, launch: Launch): Claims {
  const { tool, course } = launch;
  const ags = tool.scopes.filter((one) => one.includes('/lti-ags/'));
  const api = `${state.base}/api/lti/courses/${course?.id}`;
  const item = launch.assignment && lineItemOf(state, launch.assignment);
  return {
    ...(course &&
      ags.length > 0 && {
        [claim.ags]: {
          scope: ags,
          lineitems: `${api}/line_items`,
          ...(item && { lineitem: `${api}/line_items/${item.id}` }),
        },
      }),
    ...(course &&
      tool.scopes.includes(scope.roster) && {
        [claim.nrps]: { context_memberships_url: `${api}/names_and_roles`, service_versions: ['2.0'] },
      }),
    ...(tool.scopes.includes(scope.notices) && { [claim.notices]: noticesClaim(state, tool) }),
  };
}

function noticesClaim(state: MannerState, tool: Tool): Claims {
  return {
    service_versions: ['1.0'],
    platform_notification_service_url: `${state.base}/api/lti/notice-handlers/${tool.typeId}`,
    scope: [scope.notices],
    notice_types_supported: [
      'LtiHelloWorldNotice',
      'LtiAssetProcessorSubmissionNotice',
      'LtiContextCopyNotice',
    ],
  };
}

/** role_scope_mentor: only at privacy `public`, in a course, for observers linked there; omitted when empty. */
function mentorClaim(state: MannerState, { tool, person, course }: Launch): Claims {
  const linked = roleIn(course, person.key) === 'observer' ? childrenIn(state, person, course) : [];
  if (linked.length === 0 || !tells.all(tool)) return {};
  return { [claim.roleScopeMentor]: linked.map((child) => child.sub) };
}

function resourceLink(state: MannerState, { course, assignment }: Launch): Claims {
  // Without a ResourceLink of its own a launch carries the context's id (canvas-lms issue 1944).
  if (assignment) return { id: assignment.linkId, description: assignment.text, title: assignment.title };
  const id = course?.contextId ?? accountContextId(state);
  return { id, description: null, title: course?.title ?? state.school.name };
}

/** assignment_selection takes one item; the menus and link_selection take many. */
function deepLinkSettings(state: MannerState, launch: Launch): Claims {
  const multiple = launch.placement !== 'assignment_selection';
  const session = openDeepLink(state, launch, multiple);
  return {
    deep_link_return_url: state.rules.deepLink.returnUrl(state, session),
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['iframe', 'window'],
    accept_media_types: 'application/vnd.ims.lti.v1.ltilink',
    auto_create: false,
    accept_multiple: multiple,
  };
}

/** The claims Canvas sends for a launch. */
export function canvasClaims(state: MannerState, launch: Launch): Claims {
  const { person, tool } = launch;
  return {
    azp: tool.clientId,
    sub: person.sub,
    locale: 'en',
    ...(launch.message === 'deep'
      ? { [claim.deepLinkSettings]: deepLinkSettings(state, launch) }
      : { [claim.resourceLink]: resourceLink(state, launch) }),
    ...personalClaims(state, launch),
    [claim.context]: contextClaim(state, launch),
    [claim.toolPlatform]: {
      guid: canvasGuid(state),
      name: state.school.name,
      version: 'cloud',
      product_family_code: 'canvas',
    },
    [claim.launchPresentation]: {
      document_target: 'iframe',
      return_url: returnUrl(state, launch),
      locale: 'en',
      height: 800,
      width: 800,
    },
    [claim.roles]: rolesOf(launch),
    [claim.custom]: canvasCustom(state, launch),
    ...serviceClaims(state, launch),
    [claim.legacyUserId]: person.legacyId,
    [claim.lti1p1]: { user_id: person.legacyId },
    [claim.canvasPlacement]: launch.placement,
    ...mentorClaim(state, launch),
    // The card of a student carries the local Canvas id, not the sub.
    ...(launch.about && { [claim.canvasStudentId]: launch.about.userId.slice(-5).replace(/^0+/, '') }),
  };
}
