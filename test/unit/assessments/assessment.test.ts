import { describe, expect, test } from 'vitest';
import {
  assessmentStandings,
  inOrder,
  isSameTest,
  type Assessment,
} from '../../../src/assessments/assessment.ts';
import { AssessmentPost, NewAssessment } from '../../../src/assessments/assessmentForm.ts';
import { assessmentEditPage } from '../../../src/assessments/assessmentEdit.page.ts';
import { assessmentListPage } from '../../../src/assessments/assessmentList.page.ts';
import { staffAssessmentsPage } from '../../../src/assessments/assessmentStaff.page.ts';
import { assessmentLines } from '../../../src/assessments/assessments.part.ts';
import { aGoal, anId, aPlan, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script>`;

function aResult(overrides: Partial<Assessment> = {}): Assessment {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    kind: 'state',
    name: 'State math test',
    subject: 'Math',
    date: '2026-09-14',
    year: 2026,
    score: '2460',
    level: 'Proficient',
    tells: '',
    goals: [],
    source: 'student',
    enteredBy: anId(),
    importId: null,
    archivedAt: null,
    version: 1,
    createdAt: NOW,
    changedAt: NOW,
    ...overrides,
  };
}

describe('what results are worth', () => {
  const worth = (...all: Assessment[]) => assessmentStandings(all, 2026)[0];

  test.each([
    ['nothing', [], 0, false],
    ['a result without words', [aResult()], 0.5, false],
    ['a result with words', [aResult({ tells: 'I need fractions.' })], 1, false],
    ['one that the school entered', [aResult({ tells: 'Yes.', source: 'import' })], 1, true],
    ['one of last year', [aResult({ tells: 'Yes.', year: 2025 })], 0, false],
    ['one that was put away', [aResult({ tells: 'Yes.', archivedAt: NOW })], 0, false],
  ])('%s', (_, all, credit, verified) => {
    expect(worth(...all)).toEqual({ component: 'academic.assessment', credit, verified });
  });

  test('a further result never lowers it', () => {
    const told = aResult({ tells: 'Yes.', source: 'staff' });
    expect(worth(told, aResult())).toEqual(worth(told));
  });
});

test('results stand with the newest day first', () => {
  const [a, b, c] = [
    aResult({ date: '2026-01-01' }),
    aResult({ date: '2026-09-14', createdAt: NOW }),
    aResult({ date: '2026-09-14', createdAt: later(1) }),
  ];
  expect(inOrder([a, b, c])).toEqual([c, b, a]);
});

test('the same test of the same day is one result, however its name is written', () => {
  const one = aResult();
  expect(isSameTest(one, { ...one, name: ' state MATH test' })).toBe(true);
  expect(isSameTest(one, { ...one, date: '2026-09-15' })).toBe(false);
});

describe('the form', () => {
  const form = { kind: 'state', name: 'Math', date: '2026-09-14', score: '12' };

  test.each([
    ['a day that does not exist', { ...form, date: '2026-02-30' }, 'date'],
    ['neither score nor level', { ...form, score: ' ' }, 'score'],
    ['no name', { ...form, name: '  ' }, 'name'],
    ['no kind', { ...form, kind: '' }, 'kind'],
    ['a name too long', { ...form, name: 'x'.repeat(121) }, 'name'],
  ])('refuses %s', (_, given, field) => {
    const parsed = NewAssessment.safeParse(given);
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  test('a level alone is enough, and of a school’s result only the words count', () => {
    expect(NewAssessment.parse({ ...form, score: '', level: 'Proficient' }).level).toBe('Proficient');
    expect(AssessmentPost.parse({ tells: 'I need fractions.', _version: '3' })).toMatchObject({
      facts: null,
      version: 3,
    });
  });
});

describe('the pages', () => {
  test('an empty list says what will be here; a full one says where each result comes from', () => {
    expect(renderPage('assessments/list', assessmentListPage(words, []))).toContain('No result yet');
    const html = renderPage(
      'assessments/list',
      assessmentListPage(words, [aResult({ name: HOSTILE, source: 'import' }), aResult({ archivedAt: NOW })]),
    );
    expect(html).not.toContain(HOSTILE);
    for (const text of ['From school records', 'Say what it tells you', '1 result that you put away'])
      expect(html).toContain(text);
  });

  test('the facts of a school’s result cannot be typed over; its words can', () => {
    const goal = aGoal();
    const facts = { one: aResult({ source: 'import' }), plan: aPlan({ goals: [goal] }), now: NOW };
    const html = renderPage('assessments/edit', assessmentEditPage(words, facts));
    expect(html).not.toContain('name="score"');
    expect(html).toContain('name="tells"');
    expect(html).toContain('State math test, September 14, 2026: 2460, Proficient.');
    expect(html).toContain(goal.statement);
  });

  test('a plan that is being read offers no goal, and says why', () => {
    const facts = { one: aResult(), plan: aPlan({ goals: [aGoal()], state: 'in_review' }), now: NOW };
    const { baseline } = assessmentEditPage(words, facts);
    expect(baseline?.form).toBeNull();
    expect(baseline?.why).toContain('cannot be changed now');
  });

  test('a new result keeps what was typed beside what is wrong with it', () => {
    const typed = { kind: 'state', name: HOSTILE, subject: '', date: 'x', score: '', level: '', tells: '' };
    const problem = { form: 'about' as const, fields: [{ field: 'date', message: 'No date.' }], typed };
    const html = renderPage(
      'assessments/edit',
      assessmentEditPage(words, { one: null, plan: aPlan(), now: NOW }, problem),
    );
    expect(html).not.toContain(HOSTILE);
    expect(html).toContain('href="#date"');
  });

  test('staff who only read can enter nothing', () => {
    const facts = {
      student: { id: anId(), name: 'Zosia' },
      all: [aResult()],
      goals: new Map(),
      mayWrite: false,
    };
    expect(staffAssessmentsPage(words, facts).add).toBeNull();
    const html = renderPage('assessments/staff', staffAssessmentsPage(words, { ...facts, mayWrite: true }));
    expect(html).toContain('They have not said what it tells them.');
    expect(html).toContain('Enter a result');
  });

  test('families read the result, not what it tells the student', () => {
    const lines = assessmentLines(words, aResult({ tells: 'I need fractions.' }));
    expect(lines.map(({ audience }) => audience)).toEqual(['family', 'plan']);
  });
});
