import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manner } from '../../src/practice/lms.ts';
import { startPracticeLms } from '../../src/practice/lms.ts';
import { beginDeepLink, postDeepLink, setStage, taskItem } from './fakeTool.ts';
import type { Stage } from './fakeTool.ts';

let stage: Stage;
beforeAll(async () => void (stage = await setStage()));
afterAll(() => stage.stop());

describe.each(['canvas', 'schoology', 'moodle'] satisfies Manner[])('the pages of %s', (manner) => {
  const handle = () => stage.lms.manners[manner];
  const course = () => `${handle().issuer}/courses/${handle().course('advisory').id}`;
  const as = (person: string) => ({
    headers: { cookie: handle().signIn(person) },
    redirect: 'manual' as const,
  });
  const send = (person: string, url: string, form: Record<string, string>, origin = stage.lms.url) => {
    const headers = { cookie: handle().signIn(person), origin };
    return fetch(url, { method: 'POST', headers, redirect: 'manual', body: new URLSearchParams(form) });
  };

  test('signing in sets a session that goes where it was asked, inside this LMS only', async () => {
    const to = `/${manner}/courses`;
    const good = await fetch(`${handle().issuer}/sign-in?as=student01&to=${to}`, { redirect: 'manual' });
    expect([good.status, good.headers.get('location')]).toEqual([303, to]);
    expect(good.headers.getSetCookie().join()).toMatch(/SameSite=None.*SameSite=Lax/s);
    const away = await fetch(`${handle().issuer}/sign-in?as=student01&to=//evil.example/`, {
      redirect: 'manual',
    });
    expect(away.headers.get('location')).toBe(to);
    expect((await fetch(`${handle().issuer}/sign-in?as=nobody`)).status).toBe(404);
  });

  test('a teacher publishes and grades; the student sees only their own grade', async () => {
    const { url, response } = await beginDeepLink(handle(), [taskItem()]);
    await postDeepLink(stage, url, response);
    const made = handle().assignments('advisory').at(-1)!;
    const publish = `${course()}/assignments/${made.id}/publish`;
    expect((await send('student01', publish, {})).status).toBe(403);
    expect((await send('advisor1', publish, {})).status).toBe(303);
    expect((await fetch(`${course()}/assignments/${made.id}`, as('student01'))).status).toBe(200);
    const [item] = [...handle().state.lineItems.values()].slice(-1);
    const form = { item: item!.id, person: 'student01', score: '7' };
    expect((await send('advisor1', `${course()}/gradebook`, form, 'http://evil.example')).status).toBe(403);
    expect((await send('advisor1', `${course()}/gradebook`, { ...form, score: 'many' })).status).toBe(422);
    expect((await send('advisor1', `${course()}/gradebook`, form)).status).toBe(303);
    expect(handle().gradebook('advisory')).toContainEqual(
      expect.objectContaining({ score: 7, gradedBy: 'teacher' }),
    );
    const own = await (await fetch(`${course()}/gradebook`, as('student01'))).text();
    expect(own).toContain('7 of 10');
    expect(own).not.toContain('Nguyễn');
  });

  test('the roster is for teachers; dropping a student closes the course to them', async () => {
    expect((await fetch(`${course()}/roster`, as('student01'))).status).toBe(403);
    expect(
      (await send('advisor1', `${course()}/roster`, { person: 'student28', change: 'drop' })).status,
    ).toBe(303);
    expect((await fetch(course(), as('student28'))).status).toBe(403);
    await send('advisor1', `${course()}/roster`, { person: 'student28', change: 'add' });
    expect((await fetch(course(), as('student28'))).status).toBe(200);
    expect(
      (await send('advisor1', `${course()}/roster`, { person: 'advisor2', change: 'drop' })).status,
    ).toBe(422);
  });

  test('only the administrator registers tools', async () => {
    const tools = `${handle().issuer}/admin/tools`;
    expect((await fetch(tools, as('advisor1'))).status).toBe(403);
    expect((await fetch(tools, as('admin1'))).status).toBe(200);
    const form = {
      name: 'By hand',
      loginUrl: 'http://tool.example/login',
      launchUrls: 'http://tool.example/launch',
      jwksUrl: 'x',
    };
    expect((await send('admin1', tools, form)).status).toBe(422);
    expect((await send('admin1', tools, { ...form, jwksUrl: 'http://tool.example/keys' })).status).toBe(303);
    const made = handle().tools().at(-1)!;
    expect(made).toMatchObject({ name: 'By hand', status: 'active' });
    handle().state.tools.delete(made.clientId);
  });

  test('every invented name is escaped and every page says its language', async () => {
    const page = await (await fetch(`${handle().issuer}/`)).text();
    expect(page).toContain('lang="en"');
    expect(page).toContain('D&#39;Arcy');
  });
});

test('a Canvas student does not find an assignment before it is published', async () => {
  const { canvas } = stage.lms.manners;
  const { url, response } = await beginDeepLink(canvas, [taskItem()]);
  await postDeepLink(stage, url, response);
  const made = canvas.assignments('advisory').at(-1)!;
  const page = `${canvas.issuer}/courses/${made.courseId}/assignments/${made.id}`;
  const status = async (person: string) =>
    (await fetch(page, { headers: { cookie: canvas.signIn(person) } })).status;
  expect([await status('student01'), await status('advisor1')]).toEqual([404, 200]);
  canvas.publish(made.id);
  expect(await status('student01')).toBe(200);
});

test('strange requests are answered below 500 and the server lives', async () => {
  const { url } = stage.lms;
  const answers = await Promise.all([
    fetch(`${url}//evil.example/`),
    fetch(`${url}/canvas/api/lti/authorize_redirect?client_id[$ne]=x&client_id=a&client_id=b`),
    fetch(`${url}/moodle/mod/lti/token.php`, {
      method: 'POST',
      body: '{"a":',
      headers: { 'content-type': 'application/json' },
    }),
    fetch(`${url}/canvas/login/oauth2/token`, { method: 'POST', body: 'x'.repeat(2_000_000) }),
    fetch(`${url}/schoology/lti-service/deep-link-response/x`, {
      method: 'POST',
      body: new URLSearchParams({ JWT: 'a b' }),
    }),
    fetch(`${url}/canvas/courses/%00`, { redirect: 'manual' }),
    fetch(`${url}/canvas/launch?course=nope&assignment=nope`, { redirect: 'manual' }),
    fetch(`${url}/canvas/launch?course=nope`, {
      headers: { cookie: stage.lms.manners.canvas.signIn('student01') },
    }),
  ]);
  expect(answers.map((one) => one.status).filter((status) => status >= 500)).toEqual([]);
  expect((await fetch(url)).status).toBe(200);
});

test('two servers live side by side, with the same ids of people and other keys; stopping is fast', async () => {
  const other = await startPracticeLms();
  expect(other.url).not.toBe(stage.lms.url);
  expect(other.manners.canvas.person('student01').sub).toBe(stage.lms.manners.canvas.person('student01').sub);
  expect(other.manners.canvas.publicKeys()[0]?.kid).not.toBe(stage.lms.manners.canvas.publicKeys()[0]?.kid);
  const begun = Date.now();
  const hanging = fetch(`${other.url}/canvas/login/oauth2/token`, { method: 'POST', body: 'grant_type=x' });
  other.manners.canvas.failNext({ delayMs: 60_000, path: 'token' });
  await Promise.allSettled([hanging, other.stop()]);
  expect(Date.now() - begun).toBeLessThan(2_000);
});
