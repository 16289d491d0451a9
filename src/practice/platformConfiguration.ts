import { canvasGuid } from './manners/canvasClaims.ts';
import { canvasVariableNames } from './manners/canvasVariables.ts';
import { moodleVariableNames } from './manners/moodleVariables.ts';
import type { MannerState } from './state.ts';
import { platformConfigurationKey } from './uris.ts';

function messagesSupported(state: MannerState): unknown[] {
  if (state.manner === 'moodle') {
    return [
      { type: 'LtiResourceLinkRequest' },
      { type: 'LtiDeepLinkingRequest', placements: ['ContentArea'] },
    ];
  }
  return [
    {
      type: 'LtiResourceLinkRequest',
      placements: ['account_navigation', 'course_navigation', 'student_context_card', 'user_navigation'],
    },
    {
      type: 'LtiDeepLinkingRequest',
      placements: [
        'assignment_selection',
        'course_assignments_menu',
        'link_selection',
        'module_index_menu_modal',
      ],
    },
  ];
}

function platformPart(state: MannerState): Record<string, unknown> {
  const canvas = state.manner === 'canvas';
  return {
    product_family_code: state.manner,
    version: canvas ? 'vCloud' : '4.5.6 (Build: 20250811)',
    messages_supported: messagesSupported(state),
    variables: canvas ? canvasVariableNames : moodleVariableNames,
    ...(canvas && {
      ['https://canvas.instructure.com/lti/account_name']: state.school.name,
      ['https://canvas.instructure.com/lti/account_lti_guid']: canvasGuid(state),
    }),
  };
}

/** The document at the openid-configuration address (Dynamic Registration 1.0, 3.4). */
export function platformConfiguration(state: MannerState): Record<string, unknown> {
  const { paths, supportedScopes, manner } = state.rules;
  const canvas = manner === 'canvas';
  return {
    issuer: state.base,
    authorization_endpoint: state.base + paths.authorize,
    registration_endpoint: state.base + paths.registration,
    jwks_uri: state.base + paths.jwks,
    token_endpoint: state.base + paths.token,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    scopes_supported: canvas ? supportedScopes : [...supportedScopes, 'openid'],
    response_types_supported: ['id_token'],
    subject_types_supported: canvas ? ['public'] : ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: [
      'sub',
      'iss',
      'name',
      'given_name',
      'family_name',
      'email',
      ...(canvas ? ['picture', 'locale'] : []),
    ],
    ...(canvas && { authorization_server: new URL(state.origin).host }),
    [platformConfigurationKey]: platformPart(state),
  };
}
