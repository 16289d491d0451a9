import { describe, expect, test } from 'vitest';
import { addCoursePage } from '../../../src/coursePlan/addCourse.page.ts';
import type { CourseFacts } from '../../../src/coursePlan/courseFacts.ts';
import { coursePlanPage } from '../../../src/coursePlan/coursePlan.page.ts';
import { emptyCoursePlan, type Entry } from '../../../src/coursePlan/coursePlan.ts';
import { entryPage } from '../../../src/coursePlan/entry.page.ts';
import { courseOptionsPage } from '../../../src/coursePlan/options.page.ts';
import { staffCoursePage } from '../../../src/coursePlan/staff.page.ts';
import { courseSupportPage } from '../../../src/coursePlan/support.page.ts';
import { importListPage, importPage, newImportPage } from '../../../src/imports/import.page.ts';
import type { ImportRun } from '../../../src/imports/import.ts';
import { cataloguePage, offeredPage, typedCourse } from '../../../src/pathways/catalogue.page.ts';
import { catalogueOf } from '../../../src/pathways/catalogue.ts';
import { catalogueImport } from '../../../src/pathways/catalogueImport.service.ts';
import { requirementSetPage, requirementsPage, typedSet } from '../../../src/pathways/requirement.page.ts';
import type { PageModel } from '../../../src/shared/page.ts';
import { aPlan, NOW } from '../../support/build.ts';
import { aCourse, aRecord, aRule, aSet, credits } from '../../support/courses.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script>`;
const names = new Map([['advisor', `Ms. Alvarez${HOSTILE}`]]);
const PERSON = {
  id: 'a'.repeat(24),
  institution: 'b'.repeat(24),
  name: `Maya${HOSTILE}`,
  given: 'Maya',
  family: '',
  email: null,
  sisId: null,
  locale: null,
  zone: null,
  testUser: false,
  createdAt: NOW,
};

function anEntry(overrides: Partial<Entry>): Entry {
  const { state: _state, ...record } = aRecord();
  return { ...record, state: 'planned', note: '', by: 'advisor', importId: null, at: NOW, ...overrides };
}

/** Every kind of card, problem, line and decision, with hostile words where people type. */
function someFacts(overrides: Partial<CourseFacts['plan']> = {}): CourseFacts {
  const offered = [
    aCourse({ code: 'A', title: `Algebra${HOSTILE}`, tags: ['advanced'] }),
    aCourse({ code: 'B', prerequisites: [['A']], terms: ['fall', 'spring'], credits: 0.5 }),
  ];
  const rule = aRule(credits(4, ['Math']), { label: `Math${HOSTILE}`, minMark: 'C', byGrade: 11 });
  const named = aRule({ kind: 'anyOf', count: 2, codes: ['A', 'Z'] }, { shared: true });
  const sets = [
    aSet([rule, named], { key: 'grad', citation: `Law${HOSTILE}` }),
    aSet([named], { kind: 'pathway' }),
  ];
  const decided = { set: 'grad', rule: rule.id, reason: `Why${HOSTILE}`, by: 'advisor', at: NOW };
  const courses = {
    id: 'x',
    ...emptyCoursePlan(PERSON.institution, PERSON.id),
    entries: [
      anEntry({ id: 'p', code: 'B', grade: 10, term: 'fall' }),
      anEntry({ id: 'd', state: 'completed', mark: 'D', grade: 9 }),
      anEntry({ id: 's', state: 'suggested', code: 'A', grade: 11, note: `Try${HOSTILE}` }),
    ],
    previous: [],
    sets: [{ key: 'grad', version: 1 }],
    options: [{ tag: 'advanced' as const, answer: 'later' as const, why: `Not yet${HOSTILE}`, at: NOW }],
    support: { needed: true, text: `Tutoring${HOSTILE}`, by: 'advisor', at: NOW },
    substitutions: [{ id: 'u', record: 'd', forCode: null, ...decided }],
    waivers: [{ id: 'w', amount: 0.5, ...decided }],
    changedAt: NOW,
  };
  return {
    plan: aPlan({ grade: 10, ...overrides }),
    courses,
    around: {
      offered,
      catalogue: catalogueOf(offered),
      lms: [{ id: 'c'.repeat(24), title: `Period 1${HOSTILE}`, label: '', advisory: false }],
      current: [{ ...(sets[0] as (typeof sets)[0]), version: 2 }, ...sets.slice(1)],
      versions: sets,
      goalSets: [],
      grade: overrides.grade === undefined ? 10 : overrides.grade,
      half: 'fall',
    },
  };
}

const RUN: ImportRun = {
  id: 'd'.repeat(24),
  institution: PERSON.institution,
  target: 'catalogue',
  file: `courses${HOSTILE}.csv`,
  status: 'checked',
  text: '',
  counts: { added: 1, changed: 0, same: 2, bad: 600 },
  problems: [{ line: 3, message: `code is "${HOSTILE}"` }],
  by: 'admin',
  at: NOW,
  doneAt: null,
  undoneAt: null,
};

const problems = [{ field: 'grade', message: `Wrong${HOSTILE}` }];
const search = { grade: 10, term: null, line: '', q: HOSTILE, subject: '', page: 1 };
const shown = { names, now: NOW, view: null };
const facts = someFacts();
const set = facts.around.current[0] ?? null;
const pages: [string, PageModel][] = [
  ['coursePlan/show', coursePlanPage(words, { ...facts, ...shown })],
  ['coursePlan/show', coursePlanPage(words, { ...someFacts({ grade: null }), ...shown, problems })],
  [
    'coursePlan/show',
    coursePlanPage(words, { ...someFacts({ state: 'submitted' }), ...shown, view: 'middle' }),
  ],
  ['coursePlan/add', addCoursePage(words, facts, { ...search, q: '' }, problems)],
  ['coursePlan/add', addCoursePage(words, facts, search)],
  ['coursePlan/entry', entryPage(words, facts, 'p', problems)],
  ['coursePlan/entry', entryPage(words, facts, 'd')],
  ['coursePlan/options', courseOptionsPage(words, facts, { advanced: 'x' }, problems)],
  ['coursePlan/support', courseSupportPage(words, facts, names, NOW)],
  ['coursePlan/staff', staffCoursePage(words, { ...facts, student: PERSON, names, view: null, acts: true })],
  ['coursePlan/staff', staffCoursePage(words, { ...facts, student: PERSON, names, view: null, acts: false })],
  ['pathways/catalogue', cataloguePage(words, facts.around.offered, { q: '', page: 1 })],
  ['pathways/catalogue', cataloguePage(words, [], { q: HOSTILE, page: 1 })],
  ['pathways/offered', offeredPage(words, null, typedCourse(facts.around.offered[0] ?? null), problems)],
  ['pathways/requirements', requirementsPage(words, facts.around.current)],
  [
    'pathways/set',
    requirementSetPage(words, {
      set,
      versions: facts.around.versions,
      typed: typedSet(set),
      errors: problems,
    }),
  ],
  ['imports/index', importListPage(words, [catalogueImport], [RUN], NOW)],
  ['imports/new', newImportPage(words, catalogueImport, { problems, typed: HOSTILE })],
  ['imports/show', importPage(words, catalogueImport, RUN, NOW)],
  ['imports/show', importPage(words, catalogueImport, { ...RUN, status: 'done' }, NOW)],
];

describe('pages of courses, catalogue and imports', () => {
  test.each(pages)('%s prints every field, and hostile words as words', (view, model) => {
    const html = renderPage(view, model);
    expect(html).not.toMatch(/<script>|undefined|\[object/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).not.toMatch(/ style=| on\w+="/);
  });

  test('the course plan says what to fix first, and a locked one offers nothing to press', () => {
    const open = coursePlanPage(words, { ...facts, ...shown });
    expect(open.fixes[0]?.href).toContain('/plan/courses/add?grade=10&q=Algebra');
    expect(open.fixes[0]?.text).toMatch(/^Add Algebra.* before it$/);
    expect(open.sets[0]?.newer?.text).toContain('version 1');
    const locked = coursePlanPage(words, { ...someFacts({ state: 'submitted' }), ...shown });
    expect(locked.fixes.every(({ href, form }) => href === null && form === null)).toBe(true);
    expect(locked.undo).toBeNull();
  });
});
