import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manner } from '../../src/practice/lms.ts';
import { claim } from '../../src/practice/uris.ts';
import { beginDeepLink, launch, now, postDeepLink, setStage, taskItem } from './fakeTool.ts';
import type { Stage } from './fakeTool.ts';

let stage: Stage;
beforeAll(async () => void (stage = await setStage()));
afterAll(() => stage.stop());

describe.each(['canvas', 'schoology', 'moodle'] satisfies Manner[])('deep linking in %s', (manner) => {
  const handle = () => stage.lms.manners[manner];
  const titles = () =>
    handle()
      .assignments('advisory')
      .map((one) => one.title);

  test('makes a graded assignment that launches with its own custom values and line item', async () => {
    const { url, response } = await beginDeepLink(handle(), [taskItem()]);
    expect((await postDeepLink(stage, url, response)).status).toBe(200);
    const made = handle().assignments('advisory').at(-1)!;
    expect(made).toMatchObject({ title: 'Visit one campus', published: manner !== 'canvas' });
    expect(made.dueAt).toBe(manner === 'moodle' ? null : '2027-01-15T06:00:00Z');
    const claims = await launch(handle(), { person: 'student01', assignment: made.id });
    const key = manner === 'schoology' ? 'task_id' : 'Task_Id';
    const { sub, userId } = handle().person('student01');
    expect(claims[claim.custom]).toMatchObject({ [key]: 't1', who: manner === 'canvas' ? sub : userId });
    expect(claims[claim.targetLinkUri]).toBe('http://tool.example/launch?task=1');
    expect(claims[claim.resourceLink]).toMatchObject({ id: made.linkId, title: 'Visit one campus' });
    const [item] = [...handle().state.lineItems.values()].slice(-1);
    expect((claims[claim.ags] as { lineitem: string }).lineitem).toContain(`/${item?.id}`);
    // Schoology is not known to keep resourceId and tag of deep-linked items
    expect(item?.resourceId).toBe(manner === 'schoology' ? null : 'task:1');
  });

  test('takes several items at once, and an empty answer', async () => {
    const several = await beginDeepLink(handle(), [
      taskItem({ title: 'A', lineItem: { scoreMaximum: 1 } }),
      taskItem({ title: 'B', lineItem: { scoreMaximum: 1 } }),
    ]);
    await postDeepLink(stage, several.url, several.response);
    expect(titles().slice(-2)).toEqual(['A', 'B']);
    const before = titles().length;
    const none = await beginDeepLink(handle(), []);
    expect((await postDeepLink(stage, none.url, none.response)).status).toBe(200);
    expect(titles()).toHaveLength(before);
  });

  test('an item without points fails alone', async () => {
    const bad = taskItem({ title: 'Bad', lineItem: { label: 'Bad' } });
    const { url, response } = await beginDeepLink(handle(), [
      bad,
      taskItem({ title: 'Good', lineItem: { scoreMaximum: 2 } }),
    ]);
    const page = await (await postDeepLink(stage, url, response)).text();
    expect(page).toContain('Not added');
    expect(titles()).toContain('Good');
    expect(titles()).not.toContain('Bad');
  });

  test.each([
    ['without nonce', { nonce: undefined }],
    ['of another client', { iss: 'nobody' }],
    ['for another audience', { aud: 'https://elsewhere.example' }],
    ['of another deployment', { [claim.deploymentId]: 'x' }],
    ['that is no deep-linking response', { [claim.messageType]: 'LtiResourceLinkRequest' }],
    ['that has expired', { exp: now() - 5 }],
    ['from the future', { iat: now() + 300 }],
    ['with unreadable items', { [claim.deepLinkItems]: 'many' }],
  ])('refuses a response %s', async (_name, changes) => {
    const { url, response } = await beginDeepLink(handle(), [taskItem({ title: 'Never' })]);
    const answer = await postDeepLink(stage, url, { ...response, ...changes });
    expect(answer.status).toBe(400);
    expect(titles()).not.toContain('Never');
  });

  test('refuses an unsigned response and an unknown return address', async () => {
    const { url, response } = await beginDeepLink(handle(), [taskItem()]);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = `${part({ alg: 'none', kid: 'tool-1' })}.${part(response)}.`;
    const unsigned = await fetch(url, { method: 'POST', body: new URLSearchParams({ JWT: forged }) });
    expect(unsigned.status).toBe(400);
    const elsewhere = await postDeepLink(stage, url.replace(/[^/=]{8}$/, 'AAAAAAAA'), response);
    expect(elsewhere.status).toBe(400);
  });
});

test('Canvas refuses a response signed more than five minutes ago, Moodle does not look', async () => {
  const { canvas, moodle } = stage.lms.manners;
  const old = { iat: now() - 400 };
  const first = await beginDeepLink(canvas, [taskItem()]);
  expect((await postDeepLink(stage, first.url, { ...first.response, ...old })).status).toBe(400);
  const second = await beginDeepLink(moodle, [taskItem()]);
  expect((await postDeepLink(stage, second.url, { ...second.response, ...old })).status).toBe(200);
});

test('Canvas takes one item from assignment_selection, and only text in custom', async () => {
  const { canvas } = stage.lms.manners;
  const items = [
    taskItem({ title: 'First', lineItem: { scoreMaximum: 1 } }),
    taskItem({ title: 'Second', lineItem: { scoreMaximum: 1 } }),
  ];
  const { url, response, settings } = await beginDeepLink(canvas, items, 'assignment_selection');
  expect(settings).toMatchObject({ accept_multiple: false });
  await postDeepLink(stage, url, response);
  const titles = canvas.assignments('advisory').map((one) => one.title);
  expect(titles).toContain('First');
  expect(titles).not.toContain('Second');
  const numbers = await beginDeepLink(canvas, [
    taskItem({ title: 'Numbers', custom: { n: 1 }, lineItem: { scoreMaximum: 1 } }),
  ]);
  await postDeepLink(stage, numbers.url, numbers.response);
  expect(canvas.assignments('advisory').map((one) => one.title)).not.toContain('Numbers');
});

test('Schoology says what it misses, echoes data, and takes each return address once', async () => {
  const { schoology } = stage.lms.manners;
  const { url, response } = await beginDeepLink(schoology, [taskItem()]);
  const missing = await (await postDeepLink(stage, url, { ...response, nonce: undefined })).text();
  expect(missing).toContain('Invalid parameter: nonce is required');
  expect((await postDeepLink(stage, url, { ...response, [claim.deepLinkData]: 'other' })).status).toBe(400);
  expect((await postDeepLink(stage, url, response)).status).toBe(200);
  expect((await postDeepLink(stage, url, response)).status).toBe(400);
});

test('Schoology sends no app-level parameters with a deep-linked launch', async () => {
  const { schoology } = stage.lms.manners;
  schoology.registerTool({
    loginUrl: `${stage.tool.origin}/login`,
    launchUrls: [`${stage.tool.origin}/launch`],
    jwksUrl: `${stage.tool.origin}/keys`,
    customParameters: { app_level: 'yes' },
  });
  const { url, response } = await beginDeepLink(schoology, [taskItem()]);
  await postDeepLink(stage, url, response);
  const made = schoology.assignments('advisory').at(-1)!;
  const deep = await launch(schoology, { person: 'student01', assignment: made.id });
  expect(deep[claim.custom]).not.toHaveProperty('app_level');
  const app = await launch(schoology, { person: 'student01', course: 'advisory' });
  expect(app[claim.custom]).toMatchObject({ app_level: 'yes' });
});
