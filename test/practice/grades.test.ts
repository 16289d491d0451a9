import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MannerHandle } from '../../src/practice/lms.ts';
import { claim, media, scope } from '../../src/practice/uris.ts';
import { bearer, beginDeepLink, launch, postDeepLink, setStage, taskItem } from './fakeTool.ts';
import type { Stage } from './fakeTool.ts';

let stage: Stage;
beforeAll(async () => void (stage = await setStage()));
afterAll(() => stage.stop());

/** What service calls answer with: line items, results and errors, as far as these tests look. */
interface Body {
  id: string;
  message?: string;
  errors?: { message: string };
  [member: string]: unknown;
}

interface Call {
  status: number;
  reason: string;
  type: string | null;
  link: string | null;
  body: Body;
}

async function call(
  handle: MannerHandle,
  method: string,
  url: string,
  options: { body?: unknown; type?: string; accept?: string; scopes?: string } = {},
): Promise<Call> {
  const headers: Record<string, string> = await bearer(stage, handle, options.scopes);
  if (options.accept !== undefined) headers.accept = options.accept;
  if (options.body !== undefined) headers['content-type'] = options.type ?? media.lineItem;
  const answer = await fetch(url, {
    method,
    headers,
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    reason: answer.statusText,
    type: answer.headers.get('content-type'),
    link: answer.headers.get('link'),
    body: (text === '' || text.startsWith('<') ? text : JSON.parse(text)) as Body,
  };
}

/** `/scores` and `/results` go before the query (Moodle has one). */
function suffixed(url: string, suffix: string): string {
  const made = new URL(url);
  made.pathname += suffix;
  return made.href;
}

async function lineItemsUrl(handle: MannerHandle): Promise<string> {
  const claims = await launch(handle, { person: 'advisor1', course: 'advisory' });
  return (claims[claim.ags] as { lineitems: string }).lineitems;
}

let clock = Date.now() - 600_000;
/** A score with a time that rises by two seconds each call. */
function score(
  handle: MannerHandle,
  person: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  clock += 2_000;
  return {
    userId: handle.person(person).sub,
    activityProgress: 'Completed',
    gradingProgress: 'FullyGraded',
    timestamp: new Date(clock).toISOString(),
    scoreGiven: 8,
    scoreMaximum: 10,
    ...changes,
  };
}

async function createItem(handle: MannerHandle, changes: Record<string, unknown> = {}): Promise<Call> {
  const body = { label: 'Plan progress', scoreMaximum: 100, resourceId: 'plan', tag: 'plan', ...changes };
  return call(handle, 'POST', await lineItemsUrl(handle), { body });
}

const post = (handle: MannerHandle, item: string, body: unknown) =>
  call(handle, 'POST', suffixed(item, '/scores'), { body, type: media.score });

const cellOf = (handle: MannerHandle, label: string, person: string) =>
  handle.gradebook('advisory').find((row) => row.label === label && row.person === person);

describe('Canvas', () => {
  const handle = () => stage.lms.manners.canvas;
  const submission = 'https://canvas.instructure.com/lti/submission';
  let item: string;
  beforeAll(
    async () =>
      void (item = (await createItem(handle(), { label: 'Canvas column', resourceId: 'c1' })).body
        .id as string),
  );

  test('makes, finds, changes and deletes a line item of the tool’s own', async () => {
    const made = await createItem(handle(), {
      label: 'Short-lived',
      resourceId: 'short',
      endDateTime: '2027-01-01T00:00:00Z',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      label: 'Short-lived',
      resourceId: 'short',
      resourceLinkId: expect.any(String),
    });
    expect(made.body).not.toHaveProperty('endDateTime');
    const list = `${await lineItemsUrl(handle())}?resource_id=short`;
    expect((await call(handle(), 'GET', list)).body).toHaveLength(1);
    await call(handle(), 'PUT', made.body.id, { body: { label: 'Renamed' } });
    expect((await call(handle(), 'GET', made.body.id)).body).toMatchObject({
      label: 'Renamed',
      resourceId: 'short',
    });
    expect((await call(handle(), 'DELETE', made.body.id)).status).toBe(204);
    expect((await call(handle(), 'GET', made.body.id)).status).toBe(404);
  });

  test('refuses a line item without points, and the context id as a link', async () => {
    expect((await createItem(handle(), { scoreMaximum: undefined })).status).toBe(422);
    const context = handle().course('advisory').contextId;
    expect((await createItem(handle(), { resourceLinkId: context })).status).toBe(404);
  });

  test('scales a final score and appends comments', async () => {
    expect((await post(handle(), item, score(handle(), 'student01', { comment: 'one' }))).status).toBe(200);
    await post(handle(), item, score(handle(), 'student01', { scoreGiven: 9, comment: 'two' }));
    const cell = cellOf(handle(), 'Canvas column', 'student01');
    expect(cell).toMatchObject({ score: 90, comments: ['one', 'two'], gradedBy: 'tool', attempts: 2 });
  });

  test('every score is a new attempt unless it says no, or tells the same submission', async () => {
    const submittedAt = new Date(clock).toISOString();
    await post(handle(), item, score(handle(), 'student02', { submission: { submittedAt } }));
    await post(handle(), item, score(handle(), 'student02', { submission: { submittedAt } }));
    await post(handle(), item, score(handle(), 'student02', { [submission]: { new_submission: false } }));
    expect(cellOf(handle(), 'Canvas column', 'student02')?.attempts).toBe(1);
  });

  test('a score that is not final clears the grade, unless preserve_score', async () => {
    const pending = {
      activityProgress: 'InProgress',
      gradingProgress: 'Pending',
      scoreGiven: undefined,
      scoreMaximum: undefined,
    };
    await post(handle(), item, score(handle(), 'student03'));
    await post(
      handle(),
      item,
      score(handle(), 'student03', { ...pending, [submission]: { preserve_score: true } }),
    );
    expect(cellOf(handle(), 'Canvas column', 'student03')?.score).toBe(80);
    await post(handle(), item, score(handle(), 'student03', pending));
    expect(cellOf(handle(), 'Canvas column', 'student03')?.score).toBeNull();
  });

  test('prioritize_non_tool_grade leaves any grade alone, also the tool’s own', async () => {
    const first = { [submission]: { prioritize_non_tool_grade: true } };
    await post(handle(), item, score(handle(), 'student04', first));
    await post(handle(), item, score(handle(), 'student04', { ...first, scoreGiven: 1 }));
    expect(cellOf(handle(), 'Canvas column', 'student04')?.score).toBe(80);
  });

  test.each([
    ['a teacher', { userId: 'advisor1' }, 422],
    ['the test student', { userId: 'teststudent' }, 422],
    ['someone not in the course', { userId: 'student60' }, 422],
  ])('refuses a score for %s', async (_name, { userId }, status) => {
    const answer = await post(handle(), item, score(handle(), userId));
    expect([answer.status, answer.body.errors?.message]).toEqual([
      status,
      'User not found in course or is not a student',
    ]);
  });

  test('refuses wrong points, wrong times and missing fields, and leaves no trace', async () => {
    const answers = [
      await post(handle(), item, score(handle(), 'student05', { scoreMaximum: undefined })),
      await post(handle(), item, score(handle(), 'student05', { scoreMaximum: 0 })),
      await post(handle(), item, score(handle(), 'student05', { scoreGiven: -1 })),
      await post(handle(), item, score(handle(), 'student05', { timestamp: undefined })),
      await post(handle(), item, score(handle(), 'student05', { timestamp: 'yesterday' })),
      await post(
        handle(),
        item,
        score(handle(), 'student05', {
          submission: { submittedAt: new Date(Date.now() + 3e5).toISOString() },
        }),
      ),
    ];
    expect(answers.map((one) => one.status)).toEqual([422, 422, 422, 400, 400, 400]);
    expect(cellOf(handle(), 'Canvas column', 'student05')).toBeUndefined();
  });

  test('refuses an older time, takes an equal one', async () => {
    const first = score(handle(), 'student06');
    await post(handle(), item, first);
    expect((await post(handle(), item, first)).status).toBe(200);
    const older = await post(handle(), item, { ...first, timestamp: '2026-01-01T00:00:00Z' });
    expect(older.status).toBe(400);
    expect(older.body.errors?.message).toContain('before last updated timestamp');
  });

  test('an unpublished assignment takes no score until it is published; its line item stays', async () => {
    const { url, response } = await beginDeepLink(handle(), [
      taskItem({ lineItem: { label: 'DL task', scoreMaximum: 10, resourceId: 'dl' } }),
    ]);
    await postDeepLink(stage, url, response);
    const [made] = (await call(handle(), 'GET', `${await lineItemsUrl(handle())}?resource_id=dl`))
      .body as unknown as { id: string }[];
    const refused = await post(handle(), made!.id, score(handle(), 'student01'));
    expect(refused.status).toBe(422);
    expect(refused.body.errors?.message).toContain('still unpublished');
    const assignment = handle()
      .assignments('advisory')
      .find((one) => one.title === 'DL task')!;
    handle().publish(assignment.id);
    expect((await post(handle(), made!.id, score(handle(), 'student01'))).status).toBe(200);
    expect((await call(handle(), 'DELETE', made!.id)).status).toBe(401);
  });

  test('attempts that are used up refuse another one', async () => {
    const assignment = handle()
      .assignments('advisory')
      .find((one) => one.title === 'Canvas column')!;
    assignment.allowedAttempts = 1;
    await post(handle(), item, score(handle(), 'student08'));
    const second = await post(handle(), item, score(handle(), 'student08'));
    expect([second.status, second.body.errors?.message]).toEqual([
      422,
      expect.stringContaining('maximum number of allowed attempts'),
    ]);
    expect(
      (await post(handle(), item, score(handle(), 'student08', { [submission]: { new_submission: false } })))
        .status,
    ).toBe(200);
    assignment.allowedAttempts = null;
  });

  test('results: by user, with what a teacher typed', async () => {
    await post(handle(), item, score(handle(), 'student09'));
    const { lineItemId } = cellOf(handle(), 'Canvas column', 'student09')!;
    handle().override(lineItemId, 'student09', 55);
    const results = `${item}/results?user_id=${handle().person('student09').sub}`;
    const { body, type } = await call(handle(), 'GET', results);
    expect(type).toContain(media.results);
    expect(body).toEqual([expect.objectContaining({ resultScore: 55, resultMaximum: 100, scoreOf: item })]);
  });

  test('another client’s line item is not to be seen', async () => {
    handle().registerTool({
      loginUrl: 'http://other.example/login',
      launchUrls: ['http://other.example/l'],
      jwksUrl: `${stage.tool.origin}/keys`,
    });
    expect((await call(handle(), 'GET', item)).status).toBe(412);
    handle().state.tools.delete(handle().settings().clientId);
  });

  test('a concluded course answers 404', async () => {
    const url = `${handle().issuer}/api/lti/courses/${handle().course('biology').id}/line_items`;
    expect((await call(handle(), 'GET', url)).status).toBe(200);
    handle().conclude('biology');
    expect((await call(handle(), 'GET', url)).status).toBe(404);
  });
});

describe('Schoology', () => {
  const handle = () => stage.lms.manners.schoology;
  let item: string;
  beforeAll(
    async () =>
      void (item = (await createItem(handle(), { label: 'Schoology column', resourceId: 's1' })).body
        .id as string),
  );

  test('a new line item must not carry an id, nor a null', async () => {
    const withId = await createItem(handle(), { id: 'x' });
    expect([withId.status, withId.body.message]).toEqual([400, '"id" is not allowed']);
    expect((await createItem(handle(), { tag: null })).status).toBe(400);
    expect((await createItem(handle(), { label: undefined })).status).toBe(400);
  });

  test('PUT takes the whole body, id included, and forgets what is left out', async () => {
    const made = (await createItem(handle(), { label: 'For PUT', resourceId: 'put' })).body;
    expect((await call(handle(), 'PUT', made.id, { body: { scoreMaximum: 5 } })).status).toBe(400);
    const changed = await call(handle(), 'PUT', made.id, {
      body: { id: made.id, label: 'Changed', scoreMaximum: 5 },
    });
    expect(changed.body).toMatchObject({ label: 'Changed', scoreMaximum: 5, resourceId: '', tag: '' });
  });

  test('an AGS column has nothing to open', async () => {
    expect(
      handle()
        .assignments('advisory')
        .some((one) => one.title === 'Schoology column'),
    ).toBe(false);
  });

  test('only a final score touches the grade; a comment can stand alone; old times change nothing', async () => {
    expect((await post(handle(), item, score(handle(), 'student01'))).status).toBe(204);
    await post(
      handle(),
      item,
      score(handle(), 'student01', { gradingProgress: 'Pending', scoreGiven: undefined }),
    );
    expect(cellOf(handle(), 'Schoology column', 'student01')).toMatchObject({
      score: 80,
      gradingProgress: 'Pending',
    });
    await post(
      handle(),
      item,
      score(handle(), 'student01', { scoreGiven: 2, timestamp: '2026-01-01T00:00:00Z' }),
    );
    expect(cellOf(handle(), 'Schoology column', 'student01')?.score).toBe(80);
    await post(handle(), item, score(handle(), 'student01', { scoreGiven: undefined, comment: 'Missing' }));
    expect(cellOf(handle(), 'Schoology column', 'student01')).toMatchObject({
      score: null,
      comment: 'Missing',
    });
  });

  test('refuses more than the maximum and people who are not students there', async () => {
    expect((await post(handle(), item, score(handle(), 'student02', { scoreGiven: 11 }))).status).toBe(400);
    expect((await post(handle(), item, score(handle(), 'advisor1'))).status).toBe(404);
  });

  test('another tool’s path is forbidden, and a slash at the end is the same line item', async () => {
    const { clientId } = handle().settings();
    expect((await call(handle(), 'GET', item.replace(clientId, '999'))).status).toBe(403);
    expect((await call(handle(), 'GET', `${item}/`)).status).toBe(200);
  });
});

describe('Moodle', () => {
  const handle = () => stage.lms.manners.moodle;
  const label = 'Moodle column';
  let item: string;
  beforeAll(
    async () =>
      void (item = (await createItem(handle(), { label, resourceId: 'm1', scoreMaximum: 20 })).body
        .id as string),
  );

  test('addresses of line items carry the type id in the query', () => {
    expect(item).toMatch(/\/mod\/lti\/services\.php\/2\/lineitems\/\d+\/lineitem\?type_id=1$/);
  });

  test('the list wants exactly its media type; POST echoes, GET tells what was kept', async () => {
    const list = await lineItemsUrl(handle());
    const loose = await call(handle(), 'GET', list, { accept: '*/*' });
    expect([loose.status, loose.reason]).toEqual([400, 'No context or unsupported content type']);
    const body = {
      label: 'Dated',
      scoreMaximum: 10,
      resourceId: 'd',
      tag: 't',
      endDateTime: '2026-12-01T00:00:00Z',
    };
    const made = await call(handle(), 'POST', list, { body });
    expect(made).toMatchObject({ status: 201, body });
    const kept = await call(handle(), 'GET', made.body.id, { accept: media.lineItem });
    expect(kept.body).toEqual({
      id: made.body.id,
      label: 'Dated',
      scoreMaximum: 10,
      resourceId: 'd',
      tag: 't',
    });
    expect((await call(handle(), 'POST', list, { body, type: 'application/json' })).reason).toBe(
      'No handler found for /2/lineitems  application/json',
    );
    expect((await call(handle(), 'POST', list, { body: { ...body, resourceLinkId: '999' } })).status).toBe(
      403,
    );
    expect((await call(handle(), 'POST', list, { body: { scoreMaximum: 1 } })).reason).toBe(
      'No label or Score Maximum',
    );
  });

  test('reading wants lineitem.readonly, writing wants lineitem', async () => {
    const write = await call(handle(), 'GET', item, { scopes: scope.lineItem });
    expect([write.status, write.body]).toEqual([401, expect.objectContaining({ reason: 'Unauthorized' })]);
    const body = { label: 'x', scoreMaximum: 1 };
    expect((await call(handle(), 'PUT', item, { body, scopes: scope.lineItemRead })).status).toBe(401);
  });

  test('PUT forgets what is left out', async () => {
    const made = (await createItem(handle(), { label: 'For PUT', resourceId: 'p' })).body;
    await call(handle(), 'PUT', made.id, { body: { label: 'For PUT', scoreMaximum: 50 } });
    expect((await call(handle(), 'GET', made.id)).body).toMatchObject({
      scoreMaximum: 50,
      resourceId: '',
      tag: '',
    });
  });

  test('its Link header for line items cannot be parsed, and results with limit are a 404 page', async () => {
    const list = await lineItemsUrl(handle());
    const page = await call(handle(), 'GET', `${list}&limit=1`, { accept: media.lineItems });
    expect(page.body).toHaveLength(1);
    expect(page.link).toContain('&amp;limit=1');
    const results = `${suffixed(item, '/results')}&limit=5`;
    const missing = await call(handle(), 'GET', results, { accept: media.results });
    expect([missing.status, missing.type]).toEqual([404, 'text/html; charset=utf-8']);
  });

  test('a score that is not FullyGraded erases grade and feedback, with 200', async () => {
    const first = await post(handle(), item, score(handle(), 'student01', { comment: 'well done' }));
    expect([first.status, first.body]).toEqual([200, '']);
    expect(cellOf(handle(), label, 'student01')).toMatchObject({ score: 16, comment: 'well done' });
    expect(
      (await post(handle(), item, score(handle(), 'student01', { gradingProgress: 'PendingManual' }))).status,
    ).toBe(200);
    expect(cellOf(handle(), label, 'student01')).toMatchObject({ score: null, comment: null });
  });

  test('times must rise by whole seconds', async () => {
    const first = score(handle(), 'student02', { timestamp: '2026-11-01T10:00:00.100Z' });
    await post(handle(), item, first);
    const inside = await post(handle(), item, { ...first, timestamp: '2026-11-01T10:00:00.900Z' });
    expect([inside.status, inside.body]).toEqual([409, []]);
    expect(inside.reason).toContain('Refusing score with an earlier timestamp');
    expect((await post(handle(), item, { ...first, timestamp: '2026-11-01T10:00:01.000Z' })).status).toBe(
      200,
    );
  });

  test('over the maximum is clipped; an override stays; a lock is 500', async () => {
    await post(handle(), item, score(handle(), 'student03', { scoreGiven: 25, scoreMaximum: 20 }));
    const cell = cellOf(handle(), label, 'student03')!;
    expect(cell.score).toBe(20);
    handle().override(cell.lineItemId, 'student03', 7);
    expect((await post(handle(), item, score(handle(), 'student03'))).status).toBe(200);
    expect(cellOf(handle(), label, 'student03')?.score).toBe(7);
    handle().lock(cell.lineItemId, 'student03', true);
    expect((await post(handle(), item, score(handle(), 'student03'))).status).toBe(500);
  });

  test('teacher, unknown person and missing maximum: 400 with the body in the reason', async () => {
    const answers = [
      await post(handle(), item, score(handle(), 'advisor1')),
      await post(handle(), item, score(handle(), 'student01', { userId: '9999' })),
      await post(handle(), item, score(handle(), 'student04', { scoreMaximum: undefined })),
    ];
    expect(answers.map((one) => one.status)).toEqual([400, 400, 400]);
    expect(answers[0]?.reason).toMatch(/^Incorrect score received\{/);
  });

  test('deleting the item of a deep-linked activity leaves the activity', async () => {
    const { url, response } = await beginDeepLink(handle(), [taskItem()]);
    await postDeepLink(stage, url, response);
    const list = `${await lineItemsUrl(handle())}&resource_id=${encodeURIComponent('task:1')}`;
    const [made] = (await call(handle(), 'GET', list, { accept: media.lineItems })).body as unknown as {
      id: string;
      ltiLinkId: string;
    }[];
    expect(made?.ltiLinkId).toMatch(/^\d+$/);
    expect((await call(handle(), 'DELETE', made!.id)).status).toBe(204);
    expect(
      handle()
        .assignments('advisory')
        .some((one) => one.title === 'Visit one campus'),
    ).toBe(true);
    expect((await call(handle(), 'DELETE', made!.id)).reason).toContain("doesn't exist");
  });
});
