import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Claims, isSane } from '../../../src/lti/claims.ts';
import { aLaunch, lti, TOOL } from '../../support/aLaunch.ts';

const parses = (change: Record<string, unknown>): boolean => Claims.safeParse(aLaunch(change)).success;
const parsed = (change: Record<string, unknown>): Record<string, unknown> =>
  Claims.parse(aLaunch(change)) as Record<string, unknown>;

describe('what may be left out, or be odd', () => {
  it.each([
    [{}],
    [{ sub: undefined }],
    [{ sub: null }],
    [{ [lti('roles')]: null }],
    [{ [lti('roles')]: 'Instructor' }],
    [{ [lti('context')]: null }],
    [{ [lti('context')]: { id: 7, title: null, type: null, extra: {} } }],
    [{ [lti('custom')]: { a: 1, b: true, c: null, d: '$X' } }],
    [{ [lti('lis')]: { person_sourcedid: null, course_section_sourcedid: {} } }],
    [{ [lti('launch_presentation')]: { return_url: '', locale: null, height: 7 } }],
    [{ [lti('role_scope_mentor')]: [] }],
    [{ 'https://example.com/x': { deep: [{}] } }],
  ])('%j', (change) => {
    expect(parses(change)).toBe(true);
  });

  it('a value that the LMS did not fill in is none', () => {
    expect(parsed({ name: '$Person.name.full', email: '', locale: ' ' })).toMatchObject({
      name: null,
      email: null,
      locale: null,
    });
    expect(parsed({ [lti('custom')]: { a: '$X', b: 7 } })).toMatchObject({
      [lti('custom')]: { a: null, b: '7' },
    });
  });

  it('roles that are text are no roles', () => {
    expect(parsed({ [lti('roles')]: 'Instructor' })).toMatchObject({ [lti('roles')]: [] });
  });

  it('claims we do not read are dropped', () => {
    expect(parsed({ isAdmin: true, roles: ['Instructor'] })).not.toHaveProperty('isAdmin');
  });
});

describe('ids', () => {
  it.each([1, 0, Number.MAX_SAFE_INTEGER])('%d is taken as text', (sub) => {
    expect(parsed({ sub })).toMatchObject({ sub: String(sub) });
  });
  it.each([
    1.5,
    Number.MAX_SAFE_INTEGER + 1,
    2 ** 60,
    Number.NaN,
    '',
    'x'.repeat(256),
    true,
    {},
    ['x'],
    'a\u0000',
    '\ud800',
  ])('%j is none', (sub) => {
    expect(parses({ sub })).toBe(false);
  });
});

it.each([`${TOOL}\\x`, ` ${TOOL}`, `${TOOL}/a b`, `${TOOL}/\n`, `${TOOL}/\u0007`, '', 'x'.repeat(2_001)])(
  'an address like %j is none',
  (target) => {
    expect(parses({ [lti('target_link_uri')]: target })).toBe(false);
  },
);

describe('what no LMS sends', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
  it.each<[string, unknown, boolean]>([
    ['a launch', aLaunch(), true],
    ['ten levels', nested(10), true],
    ['thirteen levels', nested(13), false],
    ['NUL', { a: ['x\u0000'] }, false],
    ['half a character', { a: { b: '\udc00' } }, false],
    ['a whole one of two halves', { a: '\ud83d\ude00' }, true],
    ['__proto__', JSON.parse('{"a":{"__proto__":{}}}'), false],
    ['constructor', { constructor: 1 }, false],
    ['prototype', { a: [{ prototype: 1 }] }, false],
    ['a key with NUL', { 'a\u0000': 1 }, false],
    ['a key with half a character', { '\ud800': 1 }, false],
  ])('%s', (_name, value, sane) => {
    expect(isSane(value)).toBe(sane);
  });

  it('nesting of a hundred thousand does not overflow', () => {
    expect(isSane(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toBe(false);
  });
});

it('no claims whatever break the parser, and what it lets through has the shape it says', () => {
  const names = fc.constantFrom(
    ...Object.keys(aLaunch()),
    lti('context'),
    lti('custom'),
    lti('lis'),
    lti('launch_presentation'),
    lti('role_scope_mentor'),
    'name',
    'email',
  );
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })), (change) => {
      const result = Claims.safeParse(aLaunch(change));
      const roles: unknown = result.success ? result.data[lti('roles') as keyof typeof result.data] : [];
      expect(Array.isArray(roles)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
