import { beforeAll, describe, expect, it } from 'vitest';
import { removeDeployment, forgetKnown } from '../../../src/lti/known.service.ts';
import { deactivatePlatform } from '../../../src/lti/platform.service.ts';
import { setDeployment, setPlatformStatus } from '../../../src/lti/platform.store.ts';
import { claim, role } from '../../../src/practice/uris.ts';
import type { MannerHandle } from '../../../src/practice/handle.ts';
import type { Claims, SignOptions } from '../../../src/practice/signing.ts';
import {
  countIn,
  countStored,
  findIn,
  launch,
  MANNERS,
  postForm,
  postLaunch,
  rostersAreIn,
  sessionCookieOf,
  sessionOf,
  startLogin,
  tokenFor,
  type LaunchRequest,
} from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';

/** Launches as real LMSs send them, odd ones too: all get in, and none with more rights than it proves. */

const school = useSchool();
const seconds = (): number => Math.floor(Date.now() / 1000);
type Header = { -readonly [K in keyof SignOptions]: SignOptions[K] };

interface Case {
  name: string;
  /** Who opens it; `somebody` unless named: an account that was never seen before. */
  person?: string;
  claims?: (claims: Claims, tool: string) => Claims | void;
  header?: (header: Header, lms: MannerHandle) => void;
  message?: 'deep';
  standing: 'student' | 'staff' | 'family' | 'other';
  path: RegExp;
  enrolled?: string | null;
}

const set =
  (name: string, value: unknown) =>
  (claims: Claims): void => {
    claims[name] = value;
  };
const without =
  (...names: string[]) =>
  (claims: Claims): void => {
    for (const name of names) delete claims[name];
  };
const roles = (...list: unknown[]) => set(claim.roles, list);

const PLAN = /^\/plan$/;
const STAFF = /^\/caseload$/;
const NOWHERE = /^\/welcome$/;

const nothing = { standing: 'other', path: NOWHERE, enrolled: null } as const;
const student = { standing: 'student', path: PLAN, enrolled: 'student' } as const;
const teacher = { standing: 'staff', path: STAFF, enrolled: 'teacher' } as const;

const roleCases: Case[] = [
  { name: 'no roles', claims: roles(), ...nothing },
  { name: 'roles left out', claims: without(claim.roles), ...nothing },
  { name: 'roles null', claims: set(claim.roles, null), ...nothing },
  { name: 'roles as text', claims: set(claim.roles, 'Instructor'), ...nothing },
  { name: 'an unknown role', claims: roles('http://example.com/roles#Instructor'), ...nothing },
  {
    name: 'a role of an evil host',
    claims: roles('https://evil.example/vocab/lis/v2/membership#Instructor'),
    ...nothing,
  },
  { name: 'an empty role', claims: roles(''), ...nothing },
  {
    name: 'a role that is a name of JavaScript',
    claims: roles('constructor', '__proto__', 'toString'),
    ...nothing,
  },
  { name: 'only a system role', claims: roles(role.systemUser), ...nothing },
  { name: 'a system administrator', claims: roles(role.systemAdministrator), ...nothing },
  { name: 'a teacher of the institution', claims: roles(role.institutionInstructor), ...nothing },
  { name: 'a student of the institution', claims: roles(role.institutionStudent), ...nothing },
  { name: 'an administrator of the institution', claims: roles(role.institutionAdministrator), ...nothing },
  {
    name: 'an administrator of the course',
    claims: roles(role.administrator),
    ...nothing,
  },
  {
    name: 'a content developer',
    claims: roles('http://purl.imsglobal.org/vocab/lis/v2/membership#ContentDeveloper'),
    ...nothing,
  },
  { name: 'an old institution role', claims: roles('urn:lti:instrole:ims/lis/Instructor'), ...nothing },
  { name: 'an old system role', claims: roles('urn:lti:sysrole:ims/lis/Administrator'), ...nothing },
  { name: 'one short role', claims: roles('Learner'), ...student },
  { name: 'a short role in capitals', claims: roles('LEARNER'), ...student },
  { name: 'an old role', claims: roles('urn:lti:role:ims/lis/Learner'), ...student },
  { name: 'an old role with a part', claims: roles('urn:lti:role:ims/lis/Learner/GuestLearner'), ...student },
  {
    name: 'a part of a role',
    claims: roles('http://purl.imsglobal.org/vocab/lis/v2/membership/Learner#Instructor'),
    ...student,
  },
  {
    name: 'a student who is staff of the institution',
    claims: roles(role.institutionAdministrator, role.institutionInstructor, role.learner),
    ...student,
  },
  {
    name: 'several roles',
    claims: roles(role.institutionStudent, role.learner, role.instructor, role.systemUser),
    ...teacher,
  },
  { name: 'a short teacher', claims: roles('Instructor'), ...teacher },
  {
    name: 'a lecturer',
    claims: roles('http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#Lecturer'),
    ...teacher,
  },
  { name: 'an assistant', claims: roles(role.instructor, role.assistant), ...teacher, enrolled: 'assistant' },
  {
    name: 'a mentor',
    claims: roles(role.mentor),
    standing: 'family',
    path: /^\/family$/,
    enrolled: 'mentor',
  },
  {
    name: 'a test user',
    claims: roles(role.learner, role.testUser),
    standing: 'student',
    path: PLAN,
    enrolled: null,
  },
  {
    name: 'a test user who says to be a teacher',
    claims: roles(role.instructor, role.testUser),
    standing: 'staff',
    path: STAFF,
    enrolled: null,
  },
];

const learner = roles(role.learner);
const also =
  (...changes: ((claims: Claims) => void)[]) =>
  (claims: Claims): void => {
    learner(claims);
    for (const change of changes) change(claims);
  };

const shapes: Case[] = [
  {
    name: 'no name and no address',
    claims: also(without('name', 'given_name', 'family_name', 'email', 'picture', claim.lis)),
    ...student,
  },
  {
    name: 'names that are null or empty',
    claims: also(set('name', null), set('given_name', ''), set('family_name', ' ')),
    ...student,
  },
  { name: 'a name of 4,000 characters', claims: also(set('name', 'n'.repeat(4_000))), ...student },
  { name: 'a name with markup', claims: also(set('name', '<script>alert(1)</script>')), ...student },
  {
    name: 'unexpanded variables',
    claims: also(set('name', '$Person.name.full'), set(claim.lis, { person_sourcedid: '$Person.sourcedId' })),
    ...student,
  },
  {
    name: 'no course',
    claims: also(without(claim.context, claim.nrps, claim.ags)),
    ...student,
    enrolled: null,
  },
  {
    name: 'a null course',
    claims: also(set(claim.context, null), set(claim.nrps, null), set(claim.ags, null)),
    ...student,
    enrolled: null,
  },
  {
    name: 'an account in place of a course',
    claims: also(set(claim.context, { id: 'account', title: 'A', type: ['Account'] })),
    ...student,
    enrolled: null,
  },
  {
    name: 'a teacher without a course',
    claims: (claims) => {
      roles(role.instructor)(claims);
      without(claim.context)(claims);
    },
    ...teacher,
    enrolled: null,
  },
  {
    name: 'a course without a title',
    claims: also(set(claim.context, { id: 'untitled' })),
    ...student,
    enrolled: null,
  },
  { name: 'no services', claims: also(without(claim.nrps, claim.ags)), ...student },
  {
    name: 'custom numbers, truths and nulls',
    claims: also(
      set(claim.custom, { a: 7, b: 1.5, c: true, d: null, e: '$X', canvas_user_id: 4711, lms_user_id: 4711 }),
    ),
    ...student,
  },
  { name: 'no custom', claims: also(without(claim.custom)), ...student },
  { name: 'custom null', claims: also(set(claim.custom, null)), ...student },
  { name: 'a sub that is a number', claims: also(set('sub', 90_210)), ...student },
  {
    name: 'a sub of 255 characters',
    claims: also((claims) => set('sub', `${String(claims['sub'])}${'x'.repeat(255)}`.slice(0, 255))(claims)),
    ...student,
  },
  {
    name: 'a sub that looks like an operator',
    claims: also((claims) => set('sub', `$where.${String(claims['sub'])}`)(claims)),
    ...student,
  },
  { name: 'no presentation', claims: also(without(claim.launchPresentation)), ...student },
  { name: 'no platform', claims: also(without(claim.toolPlatform)), ...student },
  {
    name: 'claims we do not know',
    claims: also(
      set('https://example.com/claim', {
        errors: { errors: {} },
        validation_context: null,
        'a.b': [1, '$x'],
      }),
    ),
    ...student,
  },
  {
    name: 'an unknown language',
    claims: also(set('locale', 'xx_klingon_?'), set(claim.launchPresentation, { locale: 'not a language' })),
    ...student,
  },
  { name: 'an unknown zone', claims: also(set(claim.custom, { user_timezone: 'Mars/Olympus' })), ...student },
  { name: 'aud as a list of us', claims: also((claims) => set('aud', [claims['aud']])(claims)), ...student },
  { name: 'azp is us', claims: also((claims) => set('azp', claims['aud'])(claims)), ...student },
  {
    name: 'two of us and azp',
    claims: also((claims) => {
      claims['azp'] = claims['aud'];
      claims['aud'] = [claims['aud'], claims['aud']];
    }),
    ...student,
  },
  {
    name: 'a clock 50 s ahead',
    claims: also((claims) => {
      claims['iat'] = seconds() + 50;
      claims['nbf'] = seconds() + 50;
      claims['exp'] = seconds() + 350;
    }),
    ...student,
  },
  {
    name: 'a clock 50 s behind',
    claims: also((claims) => {
      claims['iat'] = seconds() - 110;
      claims['exp'] = seconds() - 50;
    }),
    ...student,
  },
  {
    name: 'a header without typ',
    claims: also(),
    header: (header) => {
      header.header = { typ: undefined };
    },
    ...student,
  },
  {
    name: 'a real signature beside hints where keys are',
    claims: also(),
    header: (header, lms) => {
      header.header = {
        jku: `${lms.issuer}/evil-keys`,
        x5u: `${lms.issuer}/evil-keys`,
        jwk: { kty: 'oct', k: 'AAAA' },
      };
    },
    ...student,
  },
  {
    name: 'another page of ours as target',
    claims: (claims, tool) => {
      learner(claims);
      set(claim.targetLinkUri, `${tool}/admin?x=1#y`)(claims);
    },
    ...student,
  },
  {
    name: 'a privacy launch',
    claims: also(
      set(claim.messageType, 'DataPrivacyLaunchRequest'),
      without(claim.resourceLink, claim.targetLinkUri),
    ),
    standing: 'student',
    path: /^\/privacy$/,
  },
];

const rightsFromNowhere: Case[] = [
  {
    name: 'a role in custom',
    claims: also(
      set(claim.custom, {
        role: 'Instructor',
        roles: 'Instructor',
        canvas_roles: 'TeacherEnrollment',
        administrator: true,
      }),
    ),
    ...student,
  },
  {
    name: 'a role in ext',
    claims: also(
      set(claim.ext, { roles: [role.instructor] }),
      set('roles', [role.instructor]),
      set('role', 'admin'),
    ),
    ...student,
  },
  { name: 'mentees of one who is no mentor', claims: also(set(claim.roleScopeMentor, ['x'])), ...student },
];

const deepLinks: Case[] = [
  {
    name: 'deep linking',
    message: 'deep',
    claims: roles(role.instructor),
    standing: 'staff',
    path: /^\/lti\/deep-link\/[0-9a-f]{24}$/,
  },
  {
    name: 'deep linking without a target',
    message: 'deep',
    claims: (claims) => {
      roles(role.instructor)(claims);
      without(claim.targetLinkUri)(claims);
    },
    standing: 'staff',
    path: /^\/lti\/deep-link\//,
  },
  {
    name: 'deep linking with an empty target',
    message: 'deep',
    claims: (claims) => {
      roles(role.instructor)(claims);
      set(claim.targetLinkUri, '')(claims);
    },
    standing: 'staff',
    path: /^\/lti\/deep-link\//,
  },
  {
    name: 'deep linking by an assistant',
    message: 'deep',
    claims: roles(role.assistant),
    standing: 'staff',
    path: /^\/lti\/deep-link\//,
  },
  { name: 'deep linking by a student', message: 'deep', claims: learner, standing: 'student', path: NOWHERE },
  {
    name: 'deep linking by nobody in particular',
    message: 'deep',
    claims: roles(),
    standing: 'other',
    path: NOWHERE,
  },
  {
    name: 'deep linking by an administrator',
    message: 'deep',
    claims: roles(role.institutionAdministrator),
    standing: 'other',
    path: NOWHERE,
  },
  {
    name: 'deep linking without a course',
    message: 'deep',
    claims: (claims) => {
      roles(role.instructor)(claims);
      without(claim.context)(claims);
    },
    standing: 'staff',
    path: NOWHERE,
  },
];

const cases = [...roleCases, ...shapes, ...rightsFromNowhere, ...deepLinks];

let visitors = 0;
/** An account nobody saw before, so that what it may do is what this launch says. */
const newcomer = (claims: Claims): void => {
  visitors += 1;
  claims['sub'] = `visitor-${visitors}`;
  claims['email'] = `visitor-${visitors}@school.example`;
  delete claims[claim.lis];
  delete claims[claim.roleScopeMentor];
  const {
    canvas_user_id: _id,
    canvas_user_sis_id: _sis,
    lms_user_id: _lms,
    sgy_user_uid: _uid,
    ...custom
  } = (claims[claim.custom] ?? {}) as Claims;
  claims[claim.custom] = custom;
};

describe.each(MANNERS)('a launch in the %s manner is accepted', (manner) => {
  let lms: MannerHandle;
  beforeAll(async () => {
    lms = school.lms.manners[manner];
    await rostersAreIn();
  });

  async function enrolmentOf(person: string): Promise<string | null> {
    const course = await school.course('advisory', manner);
    const [enrolment] = await findIn('enrolments', { institution: school.institution, course, person });
    return (enrolment?.['role'] as string | undefined) ?? null;
  }

  it.each([
    ['student01', '/plan'],
    ['advisor1', '/caseload'],
  ])('as it sends it: %s comes to %s', async (person, path) => {
    const response = await launch(school, lms, { person, course: 'advisory' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(path);
    expect(sessionCookieOf(response)).toBeDefined();
  });

  // Each LMS gets a third of them in the short run: what is told apart here is the same code for all.
  const turn = MANNERS.indexOf(manner);
  const mine = process.env['LONG'] === '1' ? cases : cases.filter((_, index) => index % 3 === turn);

  it.each(mine)('with $name: as $standing', async (one) => {
    const request: LaunchRequest = {
      person: 'advisor1',
      course: 'advisory',
      message: one.message,
      overrides: (claims, header) => {
        newcomer(claims);
        one.header?.(header, lms);
        return one.claims?.(claims, school.tool);
      },
    };
    const response = await launch(school, lms, request);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(one.path);
    const session = await sessionOf(response);
    expect(session).toMatchObject({
      standing: one.standing,
      administrator: false,
      institution: school.institution,
    });
    const enrolled = await enrolmentOf(session?.person ?? '');
    expect(enrolled).toBe(one.enrolled === undefined ? enrolled : one.enrolled);
    expect(await countIn('relationships', { person: session?.person })).toBe(0);
  });

  it.each([[], ['http://example.com/roles#Instructor'], [role.institutionInstructor], [role.administrator]])(
    'and a teacher who comes back as %j has no rights left (A20, B5)',
    async (...left) => {
      const as = async (...list: string[]): Promise<Response> => {
        const overrides = (claims: Claims): void => {
          newcomer(claims);
          claims['sub'] = `demoted-${left.join()}`;
          roles(...list)(claims);
        };
        return launch(school, lms, { person: 'advisor1', course: 'advisory', overrides });
      };
      const teaching = await sessionOf(await as(role.instructor));
      expect(await enrolmentOf(teaching?.person ?? '')).toBe('teacher');
      const demoted = await as(...left.flat());
      expect(await enrolmentOf(teaching?.person ?? '')).not.toBe('teacher');
      const cookie = sessionCookieOf(demoted) ?? '';
      expect(
        (await fetch(`${school.tool}/caseload`, { headers: { cookie }, redirect: 'manual' })).status,
      ).toBe(403);
    },
  );

  it('and roles beside the token count for nothing', async () => {
    const request: LaunchRequest = { person: 'student03', course: 'advisory' };
    const login = await startLogin(lms, request);
    const form = await tokenFor(lms, request, login);
    const response = await postForm(
      `${school.tool}/lti/launch?roles=Instructor&role=admin&iss=evil&state=x`,
      {
        ...form,
        roles: 'Instructor',
        role: 'administrator',
        user_id: 'admin1',
        iss: 'evil',
        ext_roles: 'Instructor',
      },
      { cookie: `${login.cookie}; role=admin; administrator=true` },
    );
    expect(response.headers.get('location')).toBe('/plan');
    expect(await sessionOf(response)).toMatchObject({ standing: 'student', administrator: false });
  });

  it('and no key was fetched from where a token said', () => {
    expect(lms.requests.filter(({ path }) => path.includes('evil'))).toEqual([]);
  });

  it('a test user is told so and saves nothing', async () => {
    const request: LaunchRequest = {
      person: 'student01',
      course: 'advisory',
      overrides: (claims) => {
        newcomer(claims);
        roles(role.learner, role.testUser)(claims);
      },
    };
    const response = await launch(school, lms, request);
    expect(await sessionOf(response)).toMatchObject({ testUser: true });
  });

  it('a session that was there before ends, and its id is never used again (A6)', async () => {
    const request: LaunchRequest = { person: 'student04', course: 'advisory' };
    const first = sessionCookieOf(await launch(school, lms, request)) ?? '';
    const login = await startLogin(lms, request);
    const form = await tokenFor(lms, request, login);
    const second = await postLaunch(school, form, `${login.cookie}; ${first}`);
    expect(sessionCookieOf(second)).not.toBe(first);
    expect((await fetch(`${school.tool}/`, { headers: { cookie: first }, redirect: 'manual' })).status).toBe(
      401,
    );
  });

  it('a session id of an attacker’s choice is not taken (A6)', async () => {
    const request: LaunchRequest = { person: 'student04', course: 'advisory' };
    const login = await startLogin(lms, request);
    const fixed = `__Host-waymark=${'f'.repeat(43)}`;
    const response = await postLaunch(
      school,
      await tokenFor(lms, request, login),
      `${fixed}; ${login.cookie}`,
    );
    expect(sessionCookieOf(response)).not.toBe(fixed);
    expect((await fetch(`${school.tool}/`, { headers: { cookie: fixed }, redirect: 'manual' })).status).toBe(
      401,
    );
  });

  it('a removed deployment ends its sessions and takes no launch (A17, B7)', async () => {
    const request: LaunchRequest = { person: 'student05', course: 'advisory' };
    const cookie = sessionCookieOf(await launch(school, lms, request)) ?? '';
    const [deployment] = await findIn('deployments', { deploymentId: lms.tools().at(-1)?.deploymentId });
    const id = String(deployment?.['_id']);
    await removeDeployment(id);
    const stored = await countStored();
    expect((await launch(school, lms, request)).status).toBe(403);
    expect((await fetch(`${school.tool}/`, { headers: { cookie }, redirect: 'manual' })).status).toBe(401);
    expect(await countStored()).toEqual(stored);
    await setDeployment(id, { institution: school.institution, status: 'approved' });
    forgetKnown();
    expect((await launch(school, lms, request)).status).toBe(303);
  });
});

describe('an LMS out of use (B7)', () => {
  it('ends its sessions and takes no launch; the others go on', async () => {
    const request: LaunchRequest = { person: 'student06', course: 'advisory' };
    const { canvas, moodle } = school.lms.manners;
    const see = async (cookie: string): Promise<number> =>
      (await fetch(`${school.tool}/`, { headers: { cookie }, redirect: 'manual' })).status;
    const here = sessionCookieOf(await launch(school, moodle, request)) ?? '';
    const there = sessionCookieOf(await launch(school, canvas, request)) ?? '';
    const [platform] = await findIn('platforms', { clientId: moodle.tools().at(-1)?.clientId });
    const id = String(platform?.['_id']);
    await deactivatePlatform(id, new Date());
    forgetKnown();
    expect(await see(here)).toBe(401);
    expect(await see(there)).toBe(303);
    expect((await startLogin(moodle, request)).response.status).toBe(400);
    expect(await findIn('auditEvents', { object: id, action: 'platform.deactivated' })).toMatchObject([
      { actor: 'operator' },
    ]);
    await setPlatformStatus(id, 'active');
    forgetKnown();
    expect((await launch(school, moodle, request)).status).toBe(303);
  });
});

describe('whom a mentor may see (A25)', () => {
  const mentees = async (change: (claims: Claims) => void): Promise<unknown[]> => {
    const lms = school.lms.manners.canvas;
    const overrides = (claims: Claims): void => {
      newcomer(claims);
      roles(role.mentor)(claims);
      change(claims);
    };
    const response = await launch(school, lms, { person: 'parent1', course: 'advisory', overrides });
    const session = await sessionOf(response);
    const rows = await findIn('relationships', { guardian: session?.person });
    return rows.map(({ student: id }) => id);
  };
  const subOf = (key: string): string => school.lms.manners.canvas.person(key).sub;

  it('those of the signed list and nobody else', async () => {
    expect(
      await mentees(set(claim.roleScopeMentor, [subOf('student01'), subOf('student02'), 'unknown'])),
    ).toHaveLength(2);
    const misspelt = 'https://purlimsglobal.org/spec/lti/claim/role_scope_mentor';
    expect(await mentees(set(misspelt, [subOf('student01')]))).toEqual([await school.person('student01')]);
  });

  it('nobody without a list, with an empty one, or with ids of another LMS', async () => {
    expect(await mentees(() => {})).toEqual([]);
    expect(await mentees(set(claim.roleScopeMentor, []))).toEqual([]);
    expect(await mentees(set(claim.roleScopeMentor, null))).toEqual([]);
    expect(
      await mentees(set(claim.roleScopeMentor, [school.lms.manners.moodle.person('student01').sub])),
    ).toEqual([]);
  });
});

describe('who is who (A24)', () => {
  const personOf = async (
    manner: (typeof MANNERS)[number],
    change: (claims: Claims) => void,
  ): Promise<string> => {
    const overrides = (claims: Claims): void => {
      newcomer(claims);
      learner(claims);
      change(claims);
    };
    const response = await launch(school, school.lms.manners[manner], {
      person: 'student01',
      course: 'advisory',
      overrides,
    });
    return (await sessionOf(response))?.person ?? '';
  };

  it('the same sub of two LMSs is two people, the same sub of one LMS is one', async () => {
    const sub = set('sub', 'same-sub');
    const canvas = await personOf('canvas', sub);
    expect(await personOf('moodle', sub)).not.toBe(canvas);
    expect(await personOf('canvas', sub)).toBe(canvas);
  });

  it('nobody is recognised by an e-mail address or a name', async () => {
    const same = (claims: Claims): void => {
      claims['email'] = 'same@school.example';
      claims['name'] = 'Same Name';
    };
    const [first, second] = [await personOf('canvas', same), await personOf('canvas', same)];
    expect(first).not.toBe(second);
  });

  it('the same SIS id is the same person, whichever LMS says it first', async () => {
    const sis = set(claim.lis, { person_sourcedid: 'sis-of-one' });
    const [canvas, early] = [await personOf('canvas', sis), await personOf('moodle', set('sub', 'late-sis'))];
    expect(await personOf('schoology', sis)).toBe(canvas);
    expect(early).not.toBe(canvas);
    const both = (claims: Claims): void => {
      sis(claims);
      claims['sub'] = 'late-sis';
    };
    expect(await personOf('moodle', both)).toBe(canvas);
  });

  it.each(MANNERS)('a parameter written into a link of %s makes nobody another person', async (manner) => {
    const { sisId } = school.lms.manners.canvas.person('student01');
    const forged = set(claim.custom, { canvas_user_sis_id: sisId, sis_id: sisId, person_sourcedid: sisId });
    expect(await personOf(manner, forged)).not.toBe(await school.person('student01'));
  });
});

describe('where a session may be framed and goes back to', () => {
  const sessionWith = async (return_url: unknown) => {
    const overrides = (claims: Claims): void => {
      newcomer(claims);
      claims[claim.launchPresentation] = { return_url };
    };
    return sessionOf(
      await launch(school, school.lms.manners.canvas, { person: 'student01', course: 'advisory', overrides }),
    );
  };
  const lms = (): string => new URL(school.lms.manners.canvas.issuer).origin;

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'not an address',
    '',
    'ftp://a.example/',
    'blob:https://a.example/x',
  ])('not by %j', async (address) => {
    const session = await sessionWith(address);
    expect(session).toMatchObject({ returnUrl: null });
    expect(session?.frameAncestors).toEqual([lms()]);
  });

  it('the school’s own host as the signed launch names it, and no policy can be smuggled in', async () => {
    const own = await sessionWith('https://plans.school.example/x');
    expect(own?.frameAncestors).toEqual([lms(), 'https://plans.school.example']);
    for (const host of [
      'a.example;sandbox',
      'a.example,b',
      '*',
      '*.example',
      "'self'",
      'a.example%3bsandbox',
    ])
      expect((await sessionWith(`https://${host}/`))?.frameAncestors).toEqual([lms()]);
  });
});
