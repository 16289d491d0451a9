import { describe, expect, test } from 'vitest';
import {
  familyIn,
  platformFrom,
  PlatformConfiguration,
  RegistrationAnswer,
  registrationBody,
} from '../../../src/lti/registration.ts';
import { fixture } from '../../support/fixture.ts';

const PUBLIC = 'https://ilp.tool.example';
const TOOL = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const LTI = 'https://canvas.instructure.com/lti';

const configuration = (name: string): PlatformConfiguration =>
  PlatformConfiguration.parse(fixture<{ body: object }>(name).body);
const canvas = configuration('canvas.dynreg.openid-configuration');
const moodle = configuration('moodle.dynreg.openid-configuration');
const documented = fixture<{ request: Record<string, unknown>; response: object }>(
  'canvas.dynreg.registration',
);

interface Tool {
  domain: string;
  target_link_uri: string;
  custom_parameters: Record<string, string>;
  claims: string[];
  messages: { type: string; placements?: string[]; target_link_uri: string }[];
  [extension: string]: unknown;
}
const toolOf = (body: Record<string, unknown>): Tool => body[TOOL] as Tool;

describe('what Canvas is sent', () => {
  const body = registrationBody(PUBLIC, canvas);

  test('has every standard field of the documented request, with the same fixed values', () => {
    for (const name of ['application_type', 'response_types', 'token_endpoint_auth_method', 'grant_types'])
      expect(body[name]).toEqual(documented.request[name]);
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(Object.keys(documented.request).filter((key) => key !== 'contacts')),
    );
    expect(body).toMatchObject({
      initiate_login_uri: `${PUBLIC}/lti/login`,
      redirect_uris: [`${PUBLIC}/lti/launch`],
      jwks_uri: `${PUBLIC}/lti/keys`,
    });
  });

  test('asks only for variables that Canvas documents, under the documented names', () => {
    const known = toolOf(documented.request).custom_parameters;
    for (const [name, variable] of Object.entries(toolOf(body).custom_parameters))
      expect([name, variable]).toEqual([name, known[name]]);
  });

  test('says the privacy level, which Canvas would else guess', () => {
    expect(toolOf(body)).toMatchObject({ [`${LTI}/privacy_level`]: 'public', [`${LTI}/vendor`]: 'Waymark' });
    expect(toolOf(body).claims).not.toContain('picture');
  });

  test('offers course and account navigation and the four pickers that this Canvas has', () => {
    const placements = toolOf(body).messages.map(({ type, placements: at }) => [type, at]);
    expect(placements).toEqual([
      ['LtiResourceLinkRequest', ['course_navigation']],
      ['LtiResourceLinkRequest', ['account_navigation']],
      [
        'LtiDeepLinkingRequest',
        ['assignment_selection', 'course_assignments_menu', 'module_index_menu_modal', 'link_selection'],
      ],
    ]);
  });

  test('asks for the five scopes of the product, of those Canvas has', () => {
    expect(String(body['scope']).split(' ')).toHaveLength(5);
    const few = registrationBody(PUBLIC, { ...canvas, scopes_supported: ['openid'] });
    expect(few['scope']).toBe('');
  });
});

describe('what Moodle is sent', () => {
  const tool = toolOf(registrationBody('http://127.0.0.1:3300', moodle));

  test('names the domain with its port, and one message of each kind', () => {
    expect(tool.domain).toBe('127.0.0.1:3300');
    expect(tool.messages.map(({ type }) => type)).toEqual([
      'LtiResourceLinkRequest',
      'LtiDeepLinkingRequest',
    ]);
  });

  test('never names a parameter that overwrites the AGS claim, and asks only for claims Moodle has', () => {
    for (const name of ['lineitem_url', 'results_url', 'scores_url'])
      expect(Object.keys(tool.custom_parameters)).not.toContain(name);
    const supported = (moodle as Record<string, unknown>)['claims_supported'] as string[];
    for (const claim of tool.claims) expect(supported).toContain(claim);
  });
});

describe('what is stored', () => {
  const made = { invitedBy: 'a'.repeat(24), createdAt: new Date(0) };

  test('the endpoints of the configuration, the token address as audience, all origins, inactive', () => {
    expect(platformFrom(canvas, 'c', made)).toMatchObject({
      family: 'canvas',
      tokenAudience: 'https://sso.canvaslms.com/login/oauth2/token',
      origins: ['https://canvas.instructure.com', 'https://sso.canvaslms.com'],
      status: 'inactive',
    });
    expect(familyIn(moodle)).toBe('moodle');
  });

  test('an audience that is an address of its own is kept (Brightspace)', () => {
    const separate = { ...moodle, authorization_server: 'https://api.brightspace.com/auth/token' };
    expect(platformFrom(separate, 'c', made).tokenAudience).toBe('https://api.brightspace.com/auth/token');
  });

  test('a client id stays text, whatever its size, and the deployment is found where each LMS puts it', () => {
    expect(RegistrationAnswer.parse(documented.response)).toEqual({
      clientId: '170000000000412',
      deploymentId: '873:4c1f0b7a9e2d36580ab71c94d3e85f026b7719aa',
    });
    expect(RegistrationAnswer.parse({ client_id: 'x', [TOOL]: { deployment_id: '1' } }).deploymentId).toBe(
      '1',
    );
    expect(RegistrationAnswer.parse({ client_id: 'x' }).deploymentId).toBeNull();
    expect(RegistrationAnswer.safeParse({}).success).toBe(false);
  });
});
