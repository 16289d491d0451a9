import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditOf, type AuditInput } from '../../../src/pathways/audit.ts';
import type { LineAudit } from '../../../src/pathways/line.ts';
import type { RequirementRule } from '../../../src/pathways/requirement.ts';
import { NOW } from '../../support/build.ts';
import { aCourse, anAudit, aRecord, aRule, aSet, credits } from '../../support/courses.ts';

function linesOf(input: AuditInput): LineAudit[] {
  return auditOf(input).sets.flatMap(({ lines }) => lines);
}

function stateOf(rule: RequirementRule, overrides: Partial<AuditInput>): string | undefined {
  return linesOf(anAudit({ ...overrides, sets: [aSet([rule])] }))[0]?.state;
}

describe('an empty plan', () => {
  test('is not started, never met, whatever the sets ask', () => {
    expect(auditOf(anAudit({ sets: [aSet([aRule(credits(4))])] })).state).toBe('notStarted');
    expect(auditOf(anAudit({ sets: [aSet([])] })).state).toBe('notStarted');
    expect(auditOf(anAudit()).state).toBe('notStarted');
  });

  test('still says what each line asks', () => {
    const [line] = linesOf(anAudit({ sets: [aSet([aRule(credits(4, ['Math']))])] }));
    expect(line).toMatchObject({ state: 'missing', needed: 4, missing: 4, unit: 'credits' });
    expect(line?.why).toEqual([{ kind: 'short', amount: 4, unit: 'credits' }]);
  });
});

describe('a line that asks credits', () => {
  const rule = aRule(credits(2, ['Math']));
  const done = (overrides = {}) => aRecord({ state: 'completed', mark: 'B', ...overrides });

  test.each([
    ['met', [done(), done()]],
    ['inProgress', [done(), aRecord({ state: 'current' })]],
    ['planned', [done(), aRecord()]],
    ['missing', [done()]],
    ['missing', [done(), aRecord({ subject: 'Art' })]],
  ] as const)('is %s', (state, courses) => {
    expect(stateOf(rule, { courses })).toBe(state);
  });

  test('reads the subject without case and spacing, and a named course of another subject', () => {
    const courses = [done({ subject: ' MATH ' }), done({ subject: 'Science', code: 'stat-1' })];
    expect(stateOf(aRule(credits(2, ['math'], ['STAT 1'])), { courses })).toBe('met');
  });

  test('counts half credits to the border and not a bit less', () => {
    const halves = [1, 2, 3].map(() => done({ credits: 0.5 }));
    expect(stateOf(aRule(credits(1.5, ['Math'])), { courses: halves })).toBe('met');
    expect(stateOf(aRule(credits(1.51, ['Math'])), { courses: halves })).toBe('missing');
    const thirds = [1, 2, 3].map(() => done({ credits: 1 / 3 }));
    expect(stateOf(aRule(credits(1, ['Math'])), { courses: thirds })).toBe('met');
  });

  test('asking nothing is met as soon as there is a course', () => {
    expect(stateOf(aRule(credits(0)), { courses: [aRecord()] })).toBe('met');
  });
});

describe('no course counts twice within a set', () => {
  test('what one line does not need of a course is left to the electives', () => {
    const courses = [aRecord({ credits: 1, state: 'completed', mark: 'A' })];
    const [math, electives] = linesOf(
      anAudit({ courses, sets: [aSet([aRule(credits(0.5, ['Math'])), aRule(credits(1))])] }),
    );
    expect([math?.completed, electives?.completed]).toEqual([0.5, 0.5]);
    expect(electives).toMatchObject({ state: 'missing', missing: 0.5 });
  });

  test('a narrow line chooses before a wide one, in whatever order they stand', () => {
    const courses = [aRecord({ code: 'ALG' }), aRecord({ code: 'ART', subject: 'Art' })];
    const [electives, named] = linesOf(
      anAudit({ courses, sets: [aSet([aRule(credits(1)), aRule({ kind: 'courses', codes: ['ALG'] })])] }),
    );
    expect(named?.counted.map(({ record }) => record.code)).toEqual(['ALG']);
    expect(electives?.counted.map(({ record }) => record.code)).toEqual(['ART']);
  });

  test('unless the line may share, and never between two sets', () => {
    const courses = [aRecord({ code: 'ALG' })];
    const lines = (shared: boolean) =>
      linesOf(
        anAudit({
          courses,
          sets: [
            aSet([aRule(credits(1, ['Math'])), aRule(credits(1, [], ['ALG']), { shared })]),
            aSet([aRule(credits(1, ['Math']))]),
          ],
        }),
      ).map(({ state }) => state);
    expect(lines(true)).toEqual(['planned', 'planned', 'planned']);
    expect(lines(false).toSorted()).toEqual(['missing', 'planned', 'planned']);
  });

  test('two lines of one list share out the courses so that both are kept', () => {
    const courses = [aRecord({ code: 'A' }), aRecord({ code: 'B' })];
    const rules = [
      aRule({ kind: 'anyOf', count: 1, codes: ['A', 'B'] }),
      aRule({ kind: 'anyOf', count: 1, codes: ['A', 'C'] }),
    ];
    expect(linesOf(anAudit({ courses, sets: [aSet(rules)] })).map(({ state }) => state)).toEqual([
      'planned',
      'planned',
    ]);
  });

  test('a course taken again replaces, unless it may be repeated for credit', () => {
    const twice = [
      aRecord({ code: 'CHOIR', state: 'completed', mark: 'B' }),
      aRecord({ code: 'CHOIR', grade: 10 }),
    ];
    const rule = aRule(credits(2));
    expect(stateOf(rule, { courses: twice })).toBe('missing');
    const offered = [aCourse({ code: 'CHOIR', repeatable: true })];
    const [line] = linesOf(anAudit({ offered, courses: twice, sets: [aSet([rule])] }));
    expect(line?.state).toBe('planned');
  });
});

describe('lines that name courses', () => {
  test('say which are open', () => {
    const courses = [aRecord({ code: 'us-hist', state: 'completed', mark: 'C' })];
    const [line] = linesOf(
      anAudit({ courses, sets: [aSet([aRule({ kind: 'courses', codes: ['USHIST', 'GOV'] })])] }),
    );
    expect(line).toMatchObject({ state: 'missing', needed: 2, completed: 1, missing: 1, unit: 'courses' });
    expect(line?.why).toEqual([{ kind: 'without', codes: ['GOV'] }]);
    expect(line?.fix).toMatchObject({ kind: 'add', codes: ['GOV'], unit: 'courses' });
  });

  test('any two of a list count no course twice', () => {
    const rule = aRule({ kind: 'anyOf', count: 2, codes: ['A', 'B', 'C'] });
    const same = [aRecord({ code: 'A' }), aRecord({ code: 'A', grade: 10 })];
    expect(stateOf(rule, { courses: same })).toBe('missing');
    expect(stateOf(rule, { courses: [...same, aRecord({ code: 'C' })] })).toBe('planned');
  });
});

describe('marks', () => {
  const rule = aRule(credits(1, ['Math']), { minMark: 'C' });
  const withMark = (mark: string | null) => [aRecord({ state: 'completed', mark })];

  test.each([
    ['A+', 'met'],
    ['C', 'met'],
    ['C-', 'missing'],
    ['70', 'met'],
    ['69.9', 'missing'],
    ['P', 'met'],
    ['D', 'missing'],
    ['F', 'missing'],
    [null, 'missing'],
  ] as const)('a C is asked and %s is %s', (mark, state) => {
    expect(stateOf(rule, { courses: withMark(mark) })).toBe(state);
  });

  test.each([
    ['F', 'missing'],
    ['59', 'missing'],
    ['60', 'met'],
    ['D-', 'met'],
    ['W', 'missing'],
    [null, 'met'],
  ] as const)('any pass is asked and %s is %s', (mark, state) => {
    expect(stateOf(aRule(credits(1)), { courses: withMark(mark) })).toBe(state);
  });

  test('why names the course that was too low, and asks for a mark that is not known', () => {
    const [low] = linesOf(anAudit({ courses: withMark('D'), sets: [aSet([rule])] }));
    expect(low?.why).toContainEqual({
      kind: 'refused',
      refusal: expect.objectContaining({ why: 'lowMark' }) as unknown,
    });
    const [unknown] = linesOf(anAudit({ courses: withMark(null), sets: [aSet([rule])] }));
    expect(unknown?.fix).toMatchObject({ kind: 'askMark' });
  });
});

describe('a deadline', () => {
  const rule = aRule(credits(1, ['Math']), { byGrade: 10 });

  test('binds what is planned: too late does not count, and the fix moves it', () => {
    const late = aRecord({ grade: 11 });
    const [line] = linesOf(anAudit({ courses: [late], sets: [aSet([rule])] }));
    expect(line).toMatchObject({ state: 'missing', fix: { kind: 'move', record: late.id, grade: 10 } });
    expect(stateOf(rule, { courses: [aRecord({ grade: 10 })] })).toBe('planned');
  });

  test('that has passed lets a later course count: better late than never', () => {
    expect(stateOf(rule, { grade: 11, courses: [aRecord({ grade: 11 })] })).toBe('planned');
    expect(stateOf(rule, { courses: [aRecord({ grade: 11, state: 'completed', mark: 'B' })] })).toBe('met');
  });
});

describe('what staff decide', () => {
  const rule = aRule({ kind: 'courses', codes: ['BIO'] });
  const set = aSet([rule, aRule(credits(1))]);
  const decided = { id: 'x', set: set.key, rule: rule.id, reason: 'Transfer', by: 'p', at: NOW };
  const other = aRecord({ code: null, subject: 'Science', state: 'completed', mark: 'B' });

  test('a substitution counts, with its reason, and only there', () => {
    const substitutions = [{ ...decided, record: other.id, forCode: 'BIO' }];
    const [line, electives] = linesOf(anAudit({ courses: [other], sets: [set], substitutions }));
    expect(line).toMatchObject({ state: 'met', why: [{ kind: 'substituted', reason: 'Transfer' }] });
    expect(electives?.state).toBe('missing');
  });

  test('a substituted course that was failed does not', () => {
    const failed = { ...other, mark: 'F' };
    const substitutions = [{ ...decided, record: other.id, forCode: 'BIO' }];
    expect(linesOf(anAudit({ courses: [failed], sets: [set], substitutions }))[0]?.state).toBe('missing');
  });

  test.each([
    [null, 0, 'met'],
    [1, 0, 'met'],
    [0.5, 0.5, 'missing'],
    [9, 0, 'met'],
  ] as const)('a waiver of %s leaves %s', (amount, needed, state) => {
    const line = aRule(credits(1, ['Science']));
    const only = aSet([line]);
    const waivers = [{ ...decided, set: only.key, rule: line.id, amount }];
    const [audited] = linesOf(anAudit({ courses: [aRecord()], sets: [only], waivers }));
    expect(audited).toMatchObject({ needed, state });
    expect(audited?.why.some(({ kind }) => kind === 'waived')).toBe(true);
  });
});

describe('the sum of a set', () => {
  test('is in credits, with lines that name courses at what those courses carry', () => {
    const offered = [aCourse({ code: 'GOV', credits: 0.5 })];
    const courses = [aRecord({ state: 'completed', mark: 'A', credits: 1 })];
    const set = aSet([aRule(credits(2, ['Math'])), aRule({ kind: 'courses', codes: ['GOV'] })]);
    const [audited] = auditOf(anAudit({ offered, courses, sets: [set] })).sets;
    expect(audited?.totals).toEqual({ needed: 2.5, completed: 1, current: 0, planned: 0, missing: 1.5 });
  });
});

const SUBJECTS = ['Math', 'English', 'Art'];
const aState = fc.constantFrom('completed', 'current', 'planned');
const someRecord = fc.record({
  subject: fc.constantFrom(...SUBJECTS),
  credits: fc.constantFrom(0.5, 1, 2),
  grade: fc.integer({ min: 6, max: 12 }),
  term: fc.constantFrom('year', 'fall', 'spring'),
  state: aState,
  mark: fc.constantFrom(null, 'A', 'C', 'D', 'F', '70'),
});
const someCodes = fc.uniqueArray(
  fc.integer({ min: 0, max: 12 }).map((nth) => `K${nth}`),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const someNeed = fc.oneof(
  fc
    .record({ credits: fc.constantFrom(0, 0.5, 1, 3), subjects: fc.subarray(SUBJECTS) })
    .map((one) => credits(one.credits, one.subjects)),
  someCodes.map((codes) => ({ kind: 'courses' as const, codes })),
  someCodes.map((codes) => ({ kind: 'anyOf' as const, count: Math.ceil(codes.length / 2), codes })),
);
const someRule = fc
  .record({
    need: someNeed,
    minMark: fc.constantFrom(null, 'C'),
    byGrade: fc.constantFrom(null, 10),
    shared: fc.boolean(),
  })
  .map(({ need, ...rest }) => aRule(need, rest));
const someInput = fc
  .record({ courses: fc.array(someRecord, { maxLength: 12 }), rules: fc.array(someRule, { maxLength: 6 }) })
  .map(({ courses, rules }) =>
    anAudit({
      courses: courses.map((one, nth) => aRecord({ ...one, code: `K${nth}` })),
      sets: [aSet(rules)],
    }),
  );
const BETTER = ['missing', 'planned', 'inProgress', 'met'];

describe('whatever the courses and sets are', () => {
  test('one more completed course makes no line worse', () => {
    fc.assert(
      fc.property(someInput, someRecord, (input, more) => {
        const before = linesOf(input);
        const added = aRecord({ ...more, state: 'completed', code: `K${input.courses.length}` });
        const after = linesOf({ ...input, courses: [...input.courses, added] });
        for (const [nth, line] of before.entries())
          expect(BETTER.indexOf(after[nth]?.state ?? '')).toBeGreaterThanOrEqual(BETTER.indexOf(line.state));
      }),
      { numRuns: 400 },
    );
  });

  test('no credit is counted twice by lines that do not share', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const shares = linesOf(input)
          .filter(({ shared }) => !shared)
          .flatMap(({ counted }) => counted);
        for (const record of input.courses) {
          const used = shares.filter((one) => one.record.id === record.id).reduce((a, b) => a + b.credits, 0);
          expect(used).toBeLessThanOrEqual(record.credits + 1e-9);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('what is counted and what is missing make up what is needed, and an open line says why', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        for (const line of linesOf(input)) {
          const have = line.completed + line.current + line.planned;
          expect(have + line.missing).toBeCloseTo(line.needed, 6);
          expect(line.state === 'missing').toBe(line.missing > 0);
          expect(line.state === 'missing').toBe(line.fix !== null && line.why.length > 0);
        }
      }),
    );
  });

  test('the same input in another order gives the same lines', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const turned = { ...input, courses: input.courses.toReversed() };
        expect(linesOf(turned)).toEqual(
          linesOf(input).map((line) => ({ ...line, why: expect.anything() as unknown })),
        );
      }),
    );
  });
});
