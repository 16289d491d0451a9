import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manner } from '../../src/practice/lms.ts';
import { claim, role } from '../../src/practice/uris.ts';
import { authQuery, launch, register, setStage } from './fakeTool.ts';
import type { Stage } from './fakeTool.ts';

let stage: Stage;
beforeAll(async () => void (stage = await setStage()));
afterAll(() => stage.stop());

const request = { person: 'student01', course: 'advisory' };

/** Field values of the page that form-posts to the tool. */
function fieldsOf(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/name="([^"]+)"\s+value="([^"]*)"/g)].map((one) => [one[1]!, one[2]!]),
  );
}

describe.each(['canvas', 'schoology', 'moodle'] satisfies Manner[])(
  'the authorization endpoint of %s',
  (manner) => {
    const handle = () => stage.lms.manners[manner];
    const authorize = (query: Record<string, string>, person: string | null = 'student01') =>
      fetch(`${handle().settings().authorizationEndpoint}?${new URLSearchParams(query).toString()}`, {
        headers: person === null ? {} : { cookie: handle().signIn(person) },
      });

    test('posts a signed id_token and the state to the redirect_uri, once', async () => {
      const query = authQuery(handle(), request);
      const page = await (await authorize(query)).text();
      expect(page).toContain(`action="${stage.tool.origin}/launch"`);
      const fields = fieldsOf(page);
      expect(fields.state).toBe('state-1');
      const keys = (await (await fetch(handle().settings().jwksUri)).json()) as JSONWebKeySet;
      const { payload } = await jwtVerify(fields.id_token!, createLocalJWKSet(keys), {
        issuer: handle().issuer,
        audience: handle().settings().clientId,
      });
      expect(payload.nonce).toBe(query.nonce);
      expect(payload.exp! - payload.iat!).toBe(manner === 'moodle' ? 60 : 3600);
      const again = fieldsOf(await (await authorize(query)).text());
      expect(again).toEqual({
        error: 'launch_no_longer_valid',
        error_description: expect.any(String),
        state: 'state-1',
      });
    });

    test('says login_required without the session, or with somebody else’s', async () => {
      const none = fieldsOf(await (await authorize(authQuery(handle(), request), null)).text());
      expect(none).toMatchObject({ error: 'login_required', state: 'state-1' });
      const other = fieldsOf(await (await authorize(authQuery(handle(), request), 'student02')).text());
      expect(other).toMatchObject({ error: 'login_required', state: 'state-1' });
    });

    test.each([
      ['client_id', 'nobody'],
      ['redirect_uri', 'http://evil.example/launch'],
    ])('answers a wrong %s itself', async (name, value) => {
      const answer = await authorize(authQuery(handle(), request, { [name]: value }));
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain('<form id="auto"');
    });

    test('a trailing slash makes another redirect_uri', async () => {
      const answer = await authorize(
        authQuery(handle(), request, { redirect_uri: `${stage.tool.origin}/launch/` }),
      );
      expect(answer.status).toBe(400);
    });

    test.each([
      ['scope', 'profile', 'invalid_scope'],
      ['response_type', 'code', 'unsupported_response_type'],
      ['response_mode', 'query', 'invalid_request'],
      ['prompt', 'login', 'invalid_request'],
      ['nonce', '', 'invalid_request'],
      ['login_hint', 'somebody', 'login_required'],
      ['lti_message_hint', 'made-up', 'launch_no_longer_valid'],
    ])('refuses %s = "%s" with %s', async (name, value, error) => {
      const fields = fieldsOf(
        await (await authorize(authQuery(handle(), request, { [name]: value }))).text(),
      );
      expect(fields).toMatchObject({ error, state: 'state-1' });
      expect(fields.id_token).toBeUndefined();
    });

    test('begins launches from its own page for the signed-in person only', async () => {
      const course = handle().course('advisory').id;
      const page = `${handle().issuer}/launch?course=${course}`;
      const stranger = await fetch(page, { headers: { cookie: handle().signIn('student40') } });
      expect(stranger.status).toBe(403);
      const nobody = await fetch(page, { redirect: 'manual' });
      expect([nobody.status, nobody.headers.get('location')]).toEqual([
        303,
        expect.stringContaining(`/${manner}?to=`),
      ]);
      const member = await fetch(page, {
        headers: { cookie: handle().signIn('student01') },
        redirect: 'manual',
      });
      expect(member.status).toBe(manner === 'schoology' ? 302 : 200);
      const deep = await fetch(`${page}&message=deep`, { headers: { cookie: handle().signIn('student01') } });
      expect(deep.status).toBe(403);
    });
  },
);

describe('claims', () => {
  test('Canvas: roles, mentor scope, test student, account launch', async () => {
    const { canvas } = stage.lms.manners;
    const parent = await launch(canvas, { person: 'parent1', course: 'advisory' });
    expect(parent[claim.roles]).toContain(role.mentor);
    // student29, the other child, is not in the advisory course
    expect(parent[claim.roleScopeMentor]).toEqual([canvas.person('student01').sub]);
    const assistant = await launch(canvas, { person: 'assistant1', course: 'advisory' });
    expect(assistant[claim.roles]).toEqual(expect.arrayContaining([role.assistant, role.instructor]));
    const test = await launch(canvas, { person: 'teststudent', course: 'advisory' });
    expect(test[claim.roles]).toContain(role.testUser);
    const account = await launch(canvas, { person: 'admin1', placement: 'account_navigation' });
    expect(account[claim.context]).toMatchObject({ type: ['Account'] });
    expect(account[claim.nrps]).toBeUndefined();
    const inCourse = await launch(canvas, { person: 'admin1', course: 'advisory' });
    expect(inCourse[claim.roles]).toEqual([role.institutionAdministrator, role.systemUser]);
  });

  test('Canvas: a dropped student arrives without a membership role', async () => {
    const { canvas } = stage.lms.manners;
    canvas.drop('biology', 'student05');
    const claims = await launch(canvas, { person: 'student05', course: 'biology' });
    expect(claims[claim.roles]).toEqual([role.institutionStudent, role.systemUser]);
    canvas.enrol('biology', 'student05');
  });

  test('Moodle: an assistant is Instructor at launch, parents are not in the course', async () => {
    const { moodle } = stage.lms.manners;
    const assistant = await launch(moodle, { person: 'assistant1', course: 'advisory' });
    expect(assistant[claim.roles]).toEqual([role.instructor]);
    expect(assistant[claim.roleScopeMentor]).toBeUndefined();
    expect(moodle.course('advisory').members.has('parent1')).toBe(false);
  });

  test('Schoology: a parent is a Mentor without a scope', async () => {
    const claims = await launch(stage.lms.manners.schoology, { person: 'parent1', course: 'advisory' });
    expect(claims[claim.roles]).toEqual([role.mentor]);
    expect(claims[claim.roleScopeMentor]).toBeUndefined();
  });

  test('the same student has one SIS id everywhere and another sub in each LMS', () => {
    const shapes = {
      canvas: /^[0-9a-f]{8}-[0-9a-f]{4}-4/,
      schoology: /^\d+::[0-9a-f]{16}$/,
      moodle: /^\d+$/,
    };
    for (const handle of Object.values(stage.lms.manners)) {
      const student = handle.person('student01');
      expect(student.sisId).toBe('S-0001');
      expect(student.sub).toMatch(shapes[handle.manner]);
    }
  });

  test('variables: known ones are replaced, unknown ones stay as they are', async () => {
    const custom = {
      who: '$User.id',
      sis: '$Canvas.user.sisSourceId',
      uid: '$com.schoology.User.uniqueId',
      nope: '$Nope.x',
      text: 'plain',
    };
    const { canvas, schoology, moodle } = stage.lms.manners;
    for (const handle of [canvas, schoology, moodle]) register(handle, stage.tool, custom);
    const of = async (handle: typeof canvas) => (await launch(handle, request))[claim.custom];
    expect(await of(canvas)).toMatchObject({
      sis: 'S-0001',
      uid: '$com.schoology.User.uniqueId',
      nope: '$Nope.x',
      text: 'plain',
    });
    expect(await of(schoology)).toMatchObject({ sis: '$Canvas.user.sisSourceId', uid: 'S-0001' });
    expect(await of(moodle)).toMatchObject({
      who: moodle.person('student01').userId,
      sis: '$Canvas.user.sisSourceId',
    });
  });

  test('forged launches: overrides change claims, header and key', async () => {
    const { canvas } = stage.lms.manners;
    const forge = canvas.launchForm({
      ...request,
      overrides: (claims, header) => {
        header.kid = 'unknown';
        return { ...claims, aud: 'somebody' };
      },
    });
    const { fields } = await forge(authQuery(canvas, request));
    const [head, body] = fields.id_token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(head!)).toMatchObject({ kid: 'unknown', alg: 'RS256' });
    expect(JSON.parse(body!)).toMatchObject({ aud: 'somebody' });
    expect(await canvas.signToken({ a: 1 }, { alg: 'none' })).toMatch(/^[^.]+\.[^.]+\.$/);
  });

  test('a new signing key is published next to the old one', async () => {
    const { moodle } = stage.lms.manners;
    const before = moodle.publicKeys().map((key) => key.kid);
    const kid = await moodle.rotateKeys();
    expect(moodle.publicKeys().map((key) => key.kid)).toEqual([...before, kid]);
    const { fields } = await moodle.launchForm(request)(authQuery(moodle, request));
    const header = JSON.parse(Buffer.from(fields.id_token.split('.')[0]!, 'base64url').toString()) as {
      kid: string;
    };
    expect(header.kid).toBe(kid);
    moodle.retireOldKeys();
    expect(moodle.publicKeys()).toHaveLength(1);
  });
});
