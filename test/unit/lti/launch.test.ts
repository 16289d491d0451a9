import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINK_PARAMETER, toLaunch, type Launch } from '../../../src/lti/launch.ts';
import type { Platform } from '../../../src/lti/platform.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { aLaunch, aPlatform, lti, TOOL } from '../../support/aLaunch.ts';

const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';
const launchOf = (change: Record<string, unknown> = {}, platform: Platform = aPlatform()): Launch =>
  toLaunch(aLaunch(change), platform, TOOL);
const statusOf = (payload: unknown): number => {
  try {
    toLaunch(payload, aPlatform(), TOOL);
    return 200;
  } catch (error) {
    return error instanceof AppError ? error.status : 500;
  }
};

it('the smallest launch has nobody’s name, no course and no services', () => {
  expect(launchOf()).toMatchObject({
    kind: 'resource',
    deploymentId: '1',
    course: null,
    mentees: [],
    link: null,
    lineItem: null,
    returnUrl: null,
    person: { sub: 'student-1', name: null, email: null, sisId: null, lmsUserId: null, testUser: false },
  });
  expect(launchOf({ sub: null }).person).toBeNull();
});

describe('who somebody is comes from claims, not from what a link may hold (A21)', () => {
  const custom = {
    [lti('custom')]: {
      canvas_user_sis_id: 's',
      sgy_user_uid: 's',
      person_sourcedid: 's',
      canvas_masquerading_user_id: '9',
      role: 'Instructor',
      [LINK_PARAMETER]: 'l',
    },
  };
  it.each([
    ['canvas', null, '9'],
    ['moodle', null, null],
    ['generic', null, null],
    ['schoology', 's', null],
  ] as const)('%s', (family, sisId, masquerader) => {
    expect(launchOf(custom, aPlatform({ family }))).toMatchObject({
      person: { sisId },
      masquerader,
      link: 'l',
      roles: { role: 'student' },
    });
  });

  it('the SIS id claim counts for every LMS, and before a parameter', () => {
    const both = { ...custom, [lti('lis')]: { person_sourcedid: 'real' } };
    for (const family of ['canvas', 'schoology', 'moodle', 'generic'] as const)
      expect(launchOf(both, aPlatform({ family })).person?.sisId).toBe('real');
  });
});

describe('a mentor’s list (A25, A26)', () => {
  const mentor = [`http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor`];
  it.each([
    ['of a mentor', mentor, { [lti('role_scope_mentor')]: ['a', 7] }, ['a', '7']],
    ['misspelt', mentor, { 'https://purlimsglobal.org/spec/lti/claim/role_scope_mentor': ['a'] }, ['a']],
    [
      'both: the right one',
      mentor,
      {
        [lti('role_scope_mentor')]: ['b'],
        'https://purlimsglobal.org/spec/lti/claim/role_scope_mentor': ['a'],
      },
      ['b'],
    ],
    ['none', mentor, {}, []],
    ['of a student', ['Learner'], { [lti('role_scope_mentor')]: ['a'] }, []],
    ['of nobody', [], { [lti('role_scope_mentor')]: ['a'] }, []],
    ['of a mentor who teaches', [...mentor, 'Instructor'], { [lti('role_scope_mentor')]: ['a'] }, []],
  ])('%s', (_name, roles, claims, mentees) => {
    expect(launchOf({ [lti('roles')]: roles, ...claims }).mentees).toEqual(mentees);
  });
});

describe('where the person is', () => {
  it('languages and zones we know are kept, others are none', () => {
    const of = (locale: unknown, user_timezone: unknown) =>
      launchOf({ locale, [lti('custom')]: { user_timezone } }).person;
    expect(of('es_mx', 'America/Chicago')).toMatchObject({ locale: 'es-MX', zone: 'America/Chicago' });
    expect(of('not a language', 'Mars/Olympus')).toMatchObject({ locale: null, zone: null });
    expect(of('$Message.locale', '$X')).toMatchObject({ locale: null, zone: null });
  });

  it('an account of the LMS is no course', () => {
    expect(launchOf({ [lti('context')]: { id: 'c', type: ['Account'] } }).course).toBeNull();
    expect(launchOf({ [lti('context')]: { id: 'c' } }).course).toMatchObject({
      contextId: 'c',
      title: null,
      nrpsUrl: null,
    });
  });
});

describe('deep linking', () => {
  const settings = {
    deep_link_return_url: 'https://lms.example/back?x=1',
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['iframe'],
  };
  const deep = (change: object = {}, more: Record<string, unknown> = {}): Launch =>
    launchOf({
      [lti('message_type')]: 'LtiDeepLinkingRequest',
      [lti('resource_link')]: undefined,
      [lti('target_link_uri')]: undefined,
      [DL]: { ...settings, ...change },
      ...more,
    });

  it('needs no target and no resource link', () => {
    expect(deep()).toMatchObject({
      kind: 'deepLink',
      settings: { acceptMultiple: false, acceptLineItem: true, data: null },
    });
    expect(
      deep(
        { accept_multiple: 'true', accept_lineitem: 'false', data: 'd' },
        { [lti('target_link_uri')]: '' },
      ),
    ).toMatchObject({ settings: { acceptMultiple: true, acceptLineItem: false, data: 'd' } });
  });

  it.each([
    'https://evil.example/',
    'http://lms.example/back',
    'https://lms.example:444/',
    'https://lms.example.evil.example/',
    'https://u@lms.example/',
    'javascript:alert(1)',
    'blob:https://lms.example/x',
    '//lms.example/',
    'back',
    '',
  ])('never answers to %s (A30)', (deep_link_return_url) => {
    expect(() => deep({ deep_link_return_url })).toThrow(AppError);
  });

  it('answers to a school’s own host of a hosted LMS', () => {
    const canvas = aPlatform({
      family: 'canvas',
      issuer: 'https://canvas.instructure.com',
      origins: ['https://sso.canvaslms.com'],
    });
    const change = {
      [lti('message_type')]: 'LtiDeepLinkingRequest',
      [DL]: { ...settings, deep_link_return_url: 'https://school.instructure.com/back' },
    };
    expect(launchOf(change, canvas)).toMatchObject({ kind: 'deepLink' });
    expect(() =>
      launchOf(
        { ...change, [DL]: { ...settings, deep_link_return_url: 'https://evilinstructure.com/' } },
        canvas,
      ),
    ).toThrow(AppError);
  });
});

describe('statuses (quality.md A17 to A19, A22)', () => {
  it.each<[string, unknown, number]>([
    ['a good launch', aLaunch(), 200],
    ['no deployment', aLaunch({ [lti('deployment_id')]: undefined }), 400],
    ['a deployment that is a number', aLaunch({ [lti('deployment_id')]: 1 }), 403],
    ['a target elsewhere', aLaunch({ [lti('target_link_uri')]: 'https://evil.example/' }), 400],
    [
      'a target that says us as the user',
      aLaunch({ [lti('target_link_uri')]: 'https://waymark.example@evil.example/' }),
      400,
    ],
    ['a target on http', aLaunch({ [lti('target_link_uri')]: 'http://waymark.example/' }), 400],
    [
      'a target on the usual port, said',
      aLaunch({ [lti('target_link_uri')]: 'https://waymark.example:443/x' }),
      200,
    ],
    ['a target in capitals', aLaunch({ [lti('target_link_uri')]: 'HTTPS://WAYMARK.example/x' }), 200],
    ['nothing', {}, 400],
    ['null', null, 400],
    ['a list', [], 400],
    ['text', 'x', 400],
  ])('%s', (_name, payload, status) => {
    expect(statusOf(payload)).toBe(status);
  });

  it('whatever is sent: taken, 400 or 403, and nothing else', () => {
    const names = fc.constantFrom(
      ...Object.keys(aLaunch()),
      lti('context'),
      lti('custom'),
      lti('launch_presentation'),
      DL,
      'locale',
      'name',
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })).map(aLaunch)),
        (payload) => {
          expect([200, 400, 403]).toContain(statusOf(payload));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('no target is ever ours by accident', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => TOOL + text),
        ),
        (target) => {
          const isOwn = URL.canParse(target) && new URL(target).host === 'waymark.example';
          expect(statusOf(aLaunch({ [lti('target_link_uri')]: target })) === 200 && !isOwn).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
