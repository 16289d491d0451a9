import { describe, expect, test } from 'vitest';
import { problemWith } from '../../../src/lti/outboundAgent.ts';
import { nextLink, walk } from '../../../src/lti/pages.ts';
import { retryAfter } from '../../../src/lti/refusal.ts';
import { below, withoutSlash } from '../../../src/lti/serviceUrl.ts';

describe('addresses below a line item', () => {
  test.each([
    ['https://lms.example/items/1', 'https://lms.example/items/1/scores'],
    ['https://lms.example/items/1/', 'https://lms.example/items/1/scores'],
    [
      'http://m.example/2/lineitems/2/lineitem?type_id=1',
      'http://m.example/2/lineitems/2/lineitem/scores?type_id=1',
    ],
    ['https://lms.example/items/1/?a=b%2Fc&d', 'https://lms.example/items/1/scores?a=b%2Fc&d'],
  ])('%s', (item, scores) => {
    expect(below(item, 'scores')).toBe(scores);
  });

  test('a slash at the end is no part of the address', () => {
    expect(withoutSlash('https://a.example/items/1//?b=1')).toBe('https://a.example/items/1?b=1');
  });
});

describe('the next page', () => {
  test.each([
    ['<https://a/2>; rel="next"', 'https://a/2'],
    [
      '<https://a/1>; rel="current",<https://a/2?x=1,2>; rel="next",<https://a/9>; rel="last"',
      'https://a/2?x=1,2',
    ],
    ['<https://a/2>; title="x"; rel=next', 'https://a/2'],
    ['<https://a/2>; rel="first next"', 'https://a/2'],
    ['<https://a/2>; rel="nextish"', null],
    ['<https://a/2>; rel=“next”', null],
    ['', null],
    [undefined, null],
  ])('%s', (header, next) => {
    expect(nextLink(header)).toBe(next);
  });

  test('a header of 16 KB is read in no time, whatever is in it', () => {
    for (const part of ['<', '; rel="', ' ', '<>; rel=next x', ';', '<a>; rel="a ']) {
      const started = performance.now();
      nextLink(part.repeat(16_384 / part.length));
      expect(performance.now() - started).toBeLessThan(50);
    }
  });

  test('pages come in order and end', async () => {
    const links = new Map([
      ['https://a/r', '<https://a/r?p=2>; rel="next"'],
      ['https://a/r?p=2', '</r?p=3>; rel="next"'],
    ]);
    const pages: string[] = [];
    for await (const page of walk('https://a/r', async (url) => ({ page: url, link: links.get(url) })))
      pages.push(page);
    expect(pages).toEqual(['https://a/r', 'https://a/r?p=2', 'https://a/r?p=3']);
  });
});

describe('where requests may go', () => {
  const rules = { origins: ['https://lms.example', 'https://*.instructure.com'], allowInsecure: false };
  test.each([
    ['https://lms.example/x', true],
    ['https://school.instructure.com/x', true],
    ['https://a.b.instructure.com/x', true],
    ['https://lms.example:444/x', false],
    ['https://instructure.com.evil.test/x', false],
    ['https://evilinstructure.com/x', false],
    ['https://school.instructure.com:8443/x', false],
    ['http://lms.example/x', false],
    ['https://lms.example@evil.test/x', false],
  ])('%s: %s', (address, may) => {
    expect(problemWith(new URL(address), rules) === null).toBe(may);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-09-01T12:00:00Z');
  test.each([
    ['30', 30_000],
    ['0', 0],
    ['99999999', 3_600_000],
    ['Tue, 01 Sep 2026 12:01:00 GMT', 60_000],
    ['Tue, 01 Sep 2026 11:00:00 GMT', undefined],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });
});
