import { expand } from '../custom.ts';
import { hexOf, secret } from '../ids.ts';
import { openDeepLink, placementOf } from '../launch.ts';
import type { Claims } from '../signing.ts';
import { lineItemOf } from '../state.ts';
import type { Launch, LmsCourse, MannerState, Tool } from '../state.ts';
import { claim, role, scope } from '../uris.ts';
import {
  moodleItem,
  moodleItems,
  moodleMemberships,
  moodleShortRole,
  moodleSourcedId,
  moodleVariable,
} from './moodleVariables.ts';
import type { MoodleValue } from './moodleVariables.ts';

// Moodle 4.5 id_token claims, after messages recorded from a running site.

function rolesOf(launch: Launch): string[] {
  const membership = moodleShortRole(launch) === 'Instructor' ? role.instructor : role.learner;
  if (launch.person.kind !== 'administrator') return [membership];
  return [role.institutionAdministrator, membership, role.systemAdministrator];
}

// Custom parameters of these names land in the AGS claim and overwrite it.
const agsNames: Record<string, string> = {
  lineitem_url: 'lineitem',
  lineitems_url: 'lineitems',
  results_url: 'results',
  scores_url: 'scores',
};

/** NRPS is offered only where the tool is used in the course already. */
function moodleUses(state: MannerState, course: LmsCourse, tool: Tool): boolean {
  return [...state.assignments.values()].some(
    (one) => one.courseId === course.id && one.clientId === tool.clientId,
  );
}

function serviceClaims(state: MannerState, launch: Launch, custom: Record<string, MoodleValue>): Claims {
  const { tool, course, assignment } = launch;
  if (!course) return {};
  const item = assignment && lineItemOf(state, assignment);
  const ags = tool.scopes.filter((one) => one.includes('/lti-ags/'));
  const taken = Object.entries(agsNames).flatMap(([name, member]) =>
    name in custom ? [[member, custom[name]]] : [],
  );
  return {
    ...(ags.length > 0 && {
      [claim.ags]: {
        scope: ags,
        lineitems: moodleItems(state, course.id, tool),
        ...(item && { lineitem: moodleItem(state, item, tool) }),
        ...Object.fromEntries(taken),
      },
    }),
    ...(tool.scopes.includes(scope.roster) &&
      moodleUses(state, course, tool) && {
        [claim.nrps]: {
          context_memberships_url: moodleMemberships(state, course.id, tool),
          service_versions: ['1.0', '2.0'],
        },
      }),
  };
}

function customOf(state: MannerState, launch: Launch): Record<string, MoodleValue> {
  const { tool, course, assignment } = launch;
  const given = { ...tool.custom, ...placementOf(launch)?.custom, ...assignment?.custom };
  const custom = expand(given, (name) => moodleVariable(state, launch, name));
  const withRoster = course && tool.scopes.includes(scope.roster) && moodleUses(state, course, tool);
  return {
    ...custom,
    ...(withRoster && { context_memberships_url: moodleMemberships(state, course.id, tool) }),
  };
}

function visible(custom: Record<string, MoodleValue>): Claims {
  return Object.fromEntries(Object.entries(custom).filter(([name]) => !(name in agsNames)));
}

function deepLinkSettings(state: MannerState, launch: Launch): Claims {
  const session = openDeepLink(state, launch, true);
  return {
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['frame', 'iframe', 'window'],
    accept_copy_advice: false,
    accept_multiple: true,
    accept_unsigned: false,
    auto_create: false,
    can_confirm: false,
    deep_link_return_url: state.rules.deepLink.returnUrl(state, session),
    title: launch.tool.name,
    text: '',
  };
}

function messageClaims(state: MannerState, launch: Launch): Claims {
  const { assignment, course } = launch;
  if (launch.message === 'deep') {
    return {
      [claim.deepLinkSettings]: deepLinkSettings(state, launch),
      [claim.launchPresentation]: { locale: 'en' },
    };
  }
  const sourcedId = moodleSourcedId(launch);
  const query = new URLSearchParams({
    course: course?.id ?? '1',
    launch_container: '3',
    instanceid: assignment?.linkId ?? '0',
    sesskey: secret(8),
  });
  return {
    [claim.resourceLink]: {
      title: assignment?.title ?? launch.tool.name,
      description: assignment?.text ?? '',
      id: assignment?.linkId ?? '0',
    },
    ...(sourcedId !== null && {
      [claim.basicOutcome]: {
        lis_result_sourcedid: sourcedId,
        lis_outcome_service_url: `${state.base}/mod/lti/service.php`,
      },
    }),
    [claim.launchPresentation]: {
      locale: 'en',
      document_target: 'iframe',
      return_url: `${state.base}/mod/lti/return.php?${query.toString()}`,
    },
  };
}

function personalClaims({ person, tool }: Launch): Claims {
  if (tool.privacy === 'anonymous') return {};
  return {
    given_name: person.given,
    family_name: person.family,
    name: person.name,
    [claim.ext]: { user_username: person.username, lms: 'moodle-2' },
    ...(person.email !== null && { email: person.email }),
  };
}

/** The claims Moodle sends for a launch. There is no `azp` and no `locale` at the top. */
export function moodleClaims(state: MannerState, launch: Launch): Claims {
  const { person, course } = launch;
  const custom = customOf(state, launch);
  return {
    sub: person.sub,
    [claim.lis]: { person_sourcedid: person.sisId ?? '', course_section_sourcedid: course?.sisId ?? '' },
    [claim.roles]: rolesOf(launch),
    [claim.context]: {
      id: course?.contextId ?? '1',
      label: course?.label ?? state.school.shortName,
      title: course?.title ?? state.school.name,
      type: ['CourseSection'],
    },
    ...messageClaims(state, launch),
    ...personalClaims(launch),
    [claim.toolPlatform]: {
      product_family_code: 'moodle',
      version: '2024100706',
      guid: hexOf(32, 'moodle', state.school.name),
      name: state.school.shortName,
      description: state.school.name,
    },
    [claim.custom]: visible(custom),
    ...serviceClaims(state, launch, custom),
  };
}
