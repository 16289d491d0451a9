import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createGrades } from '../../../src/lti/grades.ts';
import { createKeys } from '../../../src/lti/keys.service.ts';
import type { Platform } from '../../../src/lti/platform.ts';
import type { Score } from '../../../src/lti/score.ts';
import { SCOPES } from '../../../src/lti/scopes.ts';
import { createTokens } from '../../../src/lti/tokens.service.ts';
import { createSealer, newToken } from '../../../src/shared/crypto.ts';
import { useDatabase } from '../../support/db.ts';
import { aConnection, json, serve, withTokens, type Seen } from '../../support/lmsServer.ts';

useDatabase({ emptyAfterEach: false });

const sealer = createSealer([Buffer.from(newToken(32), 'base64url').toString('base64')]);
const tokens = createTokens({ keys: createKeys(sealer), sealer, allowInsecure: true });
const grades = createGrades({ tokens, allowInsecure: true }, 'https://tool.example/lti/launch');

const ALL = [SCOPES.lineItem, SCOPES.lineItemReadonly, SCOPES.score, SCOPES.result];
const score: Score = {
  userId: 'u1',
  activityProgress: 'Completed',
  gradingProgress: 'FullyGraded',
  scoreGiven: 80,
  scoreMaximum: 100,
  timestamp: new Date('2026-09-21T15:04:05.123Z'),
  firstPost: true,
  newAttempt: true,
};

function anLms(answer: (seen: Seen, response: ServerResponse, origin: string) => void) {
  return serve(withTokens((seen, response) => answer(seen, response, `http://${seen.headers.host}`)));
}
const services = (seen: readonly Seen[]) => seen.filter(({ url }) => url !== '/token');
const scopesAsked = (seen: readonly Seen[]) =>
  seen.filter(({ url }) => url === '/token').map(({ body }) => new URLSearchParams(body).get('scope'));

describe('line items', () => {
  test('the item with our resource id is found among those of others, by a list filtered at the LMS', async () => {
    const lms = await anLms((_, response, origin) =>
      json(response, [
        { id: `${origin}/items/1`, label: 'Other', scoreMaximum: 1, resourceId: 'other' },
        { id: 'odd' },
        { id: `${origin}/items/2`, label: 'Copy', scoreMaximum: 1, resourceId: 'ilp:1', tag: 'x' },
        { id: `${origin}/items/3?type_id=1`, label: 'Ours', scoreMaximum: 1, resourceId: 'ilp:1', tag: 't' },
      ]),
    );
    const wanted = { resourceId: 'ilp:1', tag: 't' };
    const url = `${lms.origin}/items?type_id=1`;
    const found = await grades.findLineItem(aConnection(lms.origin), url, wanted, ALL);
    expect(found?.id).toBe(`${lms.origin}/items/3?type_id=1`);
    expect(services(lms.seen)[0]).toMatchObject({
      url: '/items?type_id=1&resource_id=ilp%3A1',
      headers: { accept: 'application/vnd.ims.lis.v2.lineitemcontainer+json' },
    });
  });

  test('none, or only those of others, is null', async () => {
    const lms = await anLms((_, response) => json(response, []));
    const wanted = { resourceId: 'ilp:1' };
    expect(await grades.findLineItem(aConnection(lms.origin), `${lms.origin}/items`, wanted, ALL)).toBeNull();
  });

  test('an item on a later page is found', async () => {
    const lms = await anLms((seen, response, origin) => {
      const ours = { id: `${origin}/items/9`, label: 'Ours', scoreMaximum: 1, resourceId: 'ilp:1' };
      if (seen.url.includes('page=2')) json(response, [ours]);
      else json(response, [], { headers: { link: `<${origin}/items?page=2>; rel="next"` } });
    });
    const wanted = { resourceId: 'ilp:1' };
    const found = await grades.findLineItem(aConnection(lms.origin), `${lms.origin}/items`, wanted, ALL);
    expect(found?.id).toBe(`${lms.origin}/items/9`);
  });

  test('an item at another origin is refused', async () => {
    const lms = await anLms((_, response) =>
      json(response, [{ id: 'https://evil.example/1', label: 'x', scoreMaximum: 1, resourceId: 'ilp:1' }]),
    );
    const find = grades.findLineItem(
      aConnection(lms.origin),
      `${lms.origin}/items`,
      { resourceId: 'ilp:1' },
      ALL,
    );
    await expect(find).rejects.toMatchObject({ reason: 'blocked-origin' });
  });

  test('a new item is sent without id and nulls, in the exact media type', async () => {
    const lms = await anLms((seen, response, origin) =>
      json(response, { ...(JSON.parse(seen.body) as object), id: `${origin}/items/7` }, { status: 201 }),
    );
    const item = { label: 'Learning plan', scoreMaximum: 100, resourceId: 'ilp:plan', tag: 'ilp-plan' };
    const made = await grades.createLineItem(
      aConnection(lms.origin),
      `${lms.origin}/items?type_id=1`,
      item,
      ALL,
    );
    expect(made.id).toBe(`${lms.origin}/items/7`);
    const [sent] = services(lms.seen);
    expect(sent).toMatchObject({
      method: 'POST',
      url: '/items?type_id=1',
      headers: {
        'content-type': 'application/vnd.ims.lis.v2.lineitem+json',
        accept: 'application/vnd.ims.lis.v2.lineitem+json',
      },
    });
    expect(JSON.parse(sent?.body ?? '')).toEqual(item);
  });

  test('an update reads first and sends everything back, known or not', async () => {
    const stored = {
      label: 'Old',
      scoreMaximum: 10,
      resourceId: 'ilp:1',
      tag: 't',
      resourceLinkId: '5',
      submissionReview: { url: 'https://tool.example/r' },
    };
    const lms = await anLms((seen, response, origin) => {
      if (seen.method === 'GET') json(response, { ...stored, id: `${origin}/items/1` });
      else response.writeHead(204).end();
    });
    const changed = await grades.updateLineItem(
      aConnection(lms.origin),
      `${lms.origin}/items/1`,
      { label: 'New' },
      ALL,
    );
    expect(changed).toMatchObject({ label: 'New', resourceLinkId: '5' });
    const [read, put] = services(lms.seen);
    expect(read?.headers.accept).toBe('application/vnd.ims.lis.v2.lineitem+json');
    expect(JSON.parse(put?.body ?? '')).toEqual({ ...stored, label: 'New', id: `${lms.origin}/items/1` });
  });

  test('the token asks only for what the launch granted', async () => {
    const lms = await anLms((_, response) => json(response, []));
    const connection = aConnection(lms.origin);
    const find = (scopes: string[]) =>
      grades.findLineItem(connection, `${lms.origin}/items`, { resourceId: 'ilp:1' }, scopes);
    await find([SCOPES.lineItem]);
    await find([SCOPES.lineItemReadonly, SCOPES.lineItem]);
    expect(scopesAsked(lms.seen)).toEqual([SCOPES.lineItem, SCOPES.lineItemReadonly]);
    await expect(find([SCOPES.score])).rejects.toMatchObject({ reason: 'missing-scope', retry: false });
    await expect(grades.postScore(connection, `${lms.origin}/items/1`, score, [])).rejects.toMatchObject({
      reason: 'missing-scope',
      detail: 'the LMS did not grant score',
    });
  });
});

describe('scores', () => {
  test.each([200, 201, 202, 204])('%d is a success', async (status) => {
    const lms = await anLms((_, response) => json(response, undefined, { status }));
    const sent = await grades.postScore(
      aConnection(lms.origin),
      `${lms.origin}/items/1/?type_id=1`,
      score,
      ALL,
    );
    expect(sent).toBe('sent');
    expect(services(lms.seen)[0]).toMatchObject({
      method: 'POST',
      url: '/items/1/scores?type_id=1',
      headers: { 'content-type': 'application/vnd.ims.lis.v1.score+json' },
    });
    expect(JSON.parse(services(lms.seen)[0]?.body ?? '')).toMatchObject({
      timestamp: '2026-09-21T15:04:05.123Z',
      scoreGiven: 80,
    });
  });

  test('what would erase a grade is not sent', async () => {
    const lms = await anLms((_, response) => json(response, undefined));
    const pending = { ...score, gradingProgress: 'PendingManual' as const };
    const sent = await grades.postScore(
      aConnection(lms.origin, { family: 'moodle' }),
      `${lms.origin}/1`,
      pending,
      ALL,
    );
    expect(sent).toBe('skipped');
    expect(lms.seen).toHaveLength(0);
  });

  test('a sign-in page with status 200 is no acceptance', async () => {
    const lms = await anLms((_, response) =>
      response.writeHead(200).end('<!doctype html><title>Sign in</title>'),
    );
    const sent = grades.postScore(aConnection(lms.origin), `${lms.origin}/1`, score, ALL);
    await expect(sent).rejects.toMatchObject({ reason: 'bad-answer', retry: true });
  });

  test('Canvas’s error catalogue ends in the reasons our pages know', async () => {
    const path = new URL('../../fixtures/lms/canvas.ags.errors.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(path, 'utf8')) as {
      cases: { status: number | string; text: string }[];
    };
    const reasons = await Promise.all(
      cases.map(async ({ status, text }) => {
        const code = Number.parseInt(String(status).replace('4xx', '422'), 10);
        const lms = await anLms((_, response) =>
          json(response, { errors: { message: text } }, { status: code }),
        );
        const connection = aConnection(lms.origin, { family: 'canvas' });
        const error: unknown = await grades.postScore(connection, `${lms.origin}/1`, score, ALL).then(
          () => 'sent',
          (e: unknown) => e,
        );
        const { reason, retry } = error as { reason: string; retry: boolean };
        return [code, text.slice(0, 30), reason, retry];
      }),
    );
    expect(reasons).toEqual([
      [422, 'User not found in course or is', 'not-in-course', false],
      [400, 'Provided timestamp of ... befo', 'stale-timestamp', true],
      [400, 'Provided submitted_at timestam', 'refused', true],
      [422, 'The maximum number of allowed ', 'refused', false],
      [422, 'ScoreMaximum not supplied when', 'refused', false],
      [422, "cannot be zero if line item's ", 'refused', false],
      [422, 'cannot be changed at this time', 'unpublished', true],
      [422, 'This course has concluded', 'locked', false],
      [404, 'The specified resource does no', 'not-found', false],
      [412, 'Tool does not have permission ', 'forbidden', false],
      [412, '', 'forbidden', false],
      [403, '403 Forbidden (Rate Limit Exce', 'throttled', true],
      [504, 'file url timed out', 'server-error', true],
    ]);
  });

  test.each([
    ['moodle', 400, 'not-in-course', false],
    ['moodle', 409, 'stale-timestamp', true],
    ['moodle', 500, 'locked', true],
    ['moodle', 404, 'not-found', false],
    ['schoology', 409, 'stale-timestamp', true],
    ['schoology', 422, 'refused', false],
    ['generic', 403, 'forbidden', false],
    ['generic', 429, 'throttled', true],
    ['generic', 502, 'server-error', true],
    ['generic', 418, 'refused', false],
  ] as [Platform['family'], number, string, boolean][])(
    '%s %d is %s',
    async (family, status, reason, retry) => {
      const lms = await anLms((_, response) =>
        json(response, {}, { status, headers: { 'retry-after': '7' } }),
      );
      const sent = grades.postScore(aConnection(lms.origin, { family }), `${lms.origin}/1`, score, ALL);
      await expect(sent).rejects.toMatchObject({ reason, retry, httpStatus: status, retryAfterMs: 7_000 });
    },
  );

  test('where Canvas has no attempts left, the same score goes without a new one', async () => {
    const lms = await anLms((seen, response) => {
      const extension = (JSON.parse(seen.body) as Record<string, { new_submission: boolean }>)[
        'https://canvas.instructure.com/lti/submission'
      ];
      if (extension?.new_submission)
        json(
          response,
          { errors: 'The maximum number of allowed attempts has been reached' },
          { status: 422 },
        );
      else json(response, {});
    });
    const connection = aConnection(lms.origin, { family: 'canvas' });
    expect(await grades.postScore(connection, `${lms.origin}/1`, score, ALL)).toBe('sent');
    expect(services(lms.seen)).toHaveLength(2);
  });

  test('a token the LMS has forgotten is renewed once', async () => {
    const lms = await anLms((seen, response) => {
      if (seen.headers.authorization === 'Bearer token-1') json(response, {}, { status: 401 });
      else json(response, {});
    });
    const connection = aConnection(lms.origin);
    expect(await grades.postScore(connection, `${lms.origin}/1`, score, ALL)).toBe('sent');
    expect(await grades.postScore(connection, `${lms.origin}/1`, score, ALL)).toBe('sent');
    expect(services(lms.seen)).toHaveLength(3);
  });
});

describe('results', () => {
  test('the result of one person is read, also from an LMS that gives all', async () => {
    const lms = await anLms((_, response) =>
      json(response, [
        { userId: 'u2', resultScore: 1, resultMaximum: 1 },
        { userId: 'u1', resultScore: 0.5, resultMaximum: 1, comment: null },
      ]),
    );
    const result = await grades.readResult(aConnection(lms.origin), `${lms.origin}/1/?type_id=1`, 'u1', ALL);
    expect(result).toEqual({ score: 0.5, maximum: 1, comment: null, at: null });
    expect(services(lms.seen)[0]).toMatchObject({
      url: '/1/results?user_id=u1&type_id=1',
      headers: { accept: 'application/vnd.ims.lis.v2.resultcontainer+json' },
    });
    expect(scopesAsked(lms.seen)).toEqual([SCOPES.result]);
  });

  test('nobody’s result is null, and a page of HTML is an error', async () => {
    const lms = await anLms((seen, response) => {
      if (seen.url.startsWith('/1/')) json(response, []);
      else response.writeHead(200).end('<html>');
    });
    const connection = aConnection(lms.origin);
    expect(await grades.readResult(connection, `${lms.origin}/1`, 'u1', ALL)).toBeNull();
    await expect(grades.readResult(connection, `${lms.origin}/2`, 'u1', ALL)).rejects.toMatchObject({
      reason: 'bad-answer',
    });
  });
});
