import { expand } from '../custom.ts';
import { openDeepLink, placementOf } from '../launch.ts';
import type { Claims } from '../signing.ts';
import { lineItemOf, roleIn } from '../state.ts';
import type { Launch, MannerState } from '../state.ts';
import { claim, role, scope } from '../uris.ts';

// Schoology id_token claims. Endpoints, variables and limits are documented; role URIs, tool_platform and parents as
// launchers are not confirmed by any captured token, and follow the fixtures.

type Variable = (state: MannerState, launch: Launch) => string | undefined;

const variables: Record<string, Variable> = {
  'com.schoology.Launch.domain': ({ origin }) => new URL(origin).host,
  'User.id': (_, { person }) => person.userId,
  'User.username': (_, { person }) => person.username,
  'com.schoology.User.preferredName': (_, { person }) => person.given,
  'com.schoology.User.uniqueId': (_, { person }) => person.sisId ?? '',
  'com.schoology.User.timezone': ({ school }) => school.timezone,
  'com.schoology.School.id': () => '9001188',
  'com.schoology.Primary.Building.id': () => '9001201',
  'com.schoology.Context.Building.id': () => '9001201',
  'CourseSection.title': (_, { course }) => course?.title,
  'CourseSection.sourceSectionId': (_, { course }) => course?.sisId,
  'com.schoology.CourseSection.id': (_, { course }) => course?.id,
  'ResourceLink.title': (_, { assignment, course }) => assignment?.title ?? course?.title,
  'com.schoology.Assignment.id': (_, { assignment }) => assignment?.id,
  'com.schoology.Assignment.dueDateIso': (_, { assignment }) => assignment?.dueAt ?? undefined,
  'com.schoology.Assignment.dueDate': (_, { assignment }) => assignment?.dueAt?.slice(0, 10),
  'com.schoology.Assignment.scoreMaximum': (state, { assignment }) => {
    const item = assignment && lineItemOf(state, assignment);
    return item ? String(item.scoreMaximum) : undefined;
  },
};

function rolesOf({ person, course }: Launch): string[] {
  if (person.kind === 'administrator') return [role.administrator, role.institutionAdministrator];
  const kind = roleIn(course, person.key);
  if (kind === 'teacher') return [role.instructor];
  if (kind === 'assistant') return [role.assistant, role.instructor];
  if (kind === 'observer') return [role.mentor];
  return kind === 'student' ? [role.learner] : [];
}

/** App-level parameters come with the app itself only; a deep-linked launch has just its own, keys in lower case. */
function customOf(state: MannerState, launch: Launch): Claims {
  const custom = launch.assignment
    ? launch.assignment.custom
    : launch.message === 'deep'
      ? {}
      : { ...launch.tool.custom, ...placementOf(launch)?.custom };
  return expand(custom, (name) => variables[name]?.(state, launch));
}

/** Root of one tool's services, with the client id in the path. */
export function schoologyServices(state: MannerState, clientId: string): string {
  return `${state.base}/lti-service/tool/${clientId}/services`;
}

function serviceClaims(state: MannerState, launch: Launch): Claims {
  const { tool, course, assignment } = launch;
  if (!course) return {};
  const root = schoologyServices(state, tool.clientId);
  const lineitems = `${root}/assignment-grade/v2p0/sections/${course.id}/lineitems`;
  const item = assignment && lineItemOf(state, assignment);
  const ags = tool.scopes.filter((one) => one.includes('/lti-ags/'));
  return {
    ...(ags.length > 0 && {
      [claim.ags]: { scope: ags, lineitems, ...(item && { lineitem: `${lineitems}/${item.id}` }) },
    }),
    ...(tool.scopes.includes(scope.roster) && {
      [claim.nrps]: {
        context_memberships_url: `${root}/names-roles/v2p0/membership/${course.id}`,
        service_versions: ['2.0'],
      },
    }),
  };
}

function resourceLink({ person, course, assignment, tool }: Launch): Claims {
  if (assignment) return { id: assignment.linkId, title: assignment.title };
  return { id: course?.id ?? `user-${person.userId}`, title: tool.name };
}

function deepLinkSettings(state: MannerState, launch: Launch): Claims {
  const session = openDeepLink(state, launch, true);
  return {
    deep_link_return_url: state.rules.deepLink.returnUrl(state, session),
    accept_types: ['ltiResourceLink', 'link'],
    accept_presentation_document_targets: ['iframe', 'window'],
    accept_multiple: true,
    auto_create: true,
    data: session.token,
  };
}

function contextClaim({ course }: Launch): Claims {
  if (!course) return {};
  const type = ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection'];
  return { [claim.context]: { id: course.contextId, label: course.label, title: course.title, type } };
}

/** The claims Schoology sends for a launch. */
export function schoologyClaims(state: MannerState, launch: Launch): Claims {
  const { person, tool, course } = launch;
  const named = tool.privacy !== 'anonymous';
  return {
    azp: tool.clientId,
    sub: person.sub,
    ...(named && { name: person.name, given_name: person.given, family_name: person.family }),
    ...(named && person.email !== null && { email: person.email }),
    [claim.roles]: rolesOf(launch),
    ...contextClaim(launch),
    [claim.toolPlatform]: {
      guid: 'riverbend.schoology.example',
      name: state.school.name,
      product_family_code: 'schoology',
      version: '1.0',
    },
    [claim.launchPresentation]: {
      document_target: 'iframe',
      return_url: course ? `${state.base}/courses/${course.id}` : `${state.base}/courses`,
      locale: 'en',
    },
    ...serviceClaims(state, launch),
    [claim.custom]: customOf(state, launch),
    ...(launch.message === 'deep'
      ? { [claim.deepLinkSettings]: deepLinkSettings(state, launch) }
      : { [claim.resourceLink]: resourceLink(launch) }),
  };
}
