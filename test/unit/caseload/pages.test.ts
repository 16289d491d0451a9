import { describe, expect, it } from 'vitest';
import {
  caseloadPage,
  emptyCaseloadPage,
  linkTo,
  type CaseQuery,
} from '../../../src/caseload/caseload.page.ts';
import type { Case } from '../../../src/caseload/caseload.ts';
import type { Course } from '../../../src/courses/course.ts';
import type { LmsFamily } from '../../../src/lti/platform.ts';
import { contentOf } from '../../../src/plans/snapshot.ts';
import { starter } from '../../../src/plans/framework.ts';
import { overviewPage } from '../../../src/plans/overview.page.ts';
import type { OverviewFacts } from '../../../src/plans/overviewFacts.ts';
import type { Plan, PlanState } from '../../../src/plans/plan.ts';
import { reviewPage } from '../../../src/plans/review.page.ts';
import type { ReviewFacts } from '../../../src/plans/reviewFacts.ts';
import { nextInQueue } from '../../../src/plans/reviewStanding.ts';
import { PLAN_MOVES } from '../../../src/plans/transition.ts';
import { aGoal, anId, aLink, aPart, aTask, aWholePlan, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';
import { aCase, daysAgo } from './aCase.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const RAW = /<script>|<b x=|alert\(1\)<\/script>/;

const STATES = [...new Set(Object.values(PLAN_MOVES).flatMap(({ from, to }) => [...from, to]))].filter(
  (state): state is PlanState => state !== 'sentFrom' && state !== 'resumeTo',
);

function aCourse(overrides: Partial<Course> = {}): Course {
  return {
    id: anId(),
    institution: anId(),
    platform: anId(),
    deploymentId: '1',
    contextId: 'c1',
    title: 'Advisory 10',
    label: 'ADV',
    advisory: true,
    planGrade: true,
    nrpsUrl: null,
    lineItemsUrl: null,
    scopes: [],
    planLineItem: null,
    roster: { status: 'never', at: null, members: 0, problem: null },
    lastLaunchAt: NOW,
    ...overrides,
  };
}

const everything: CaseQuery = { course: null, view: 'all', q: '', sort: 'needs', after: '' };

function caseload(cases: readonly Case[], query: Partial<CaseQuery> = {}, courses = [aCourse()]) {
  const families = new Map<string, LmsFamily>();
  return caseloadPage(words, { courses, families, cases, query: { ...everything, ...query }, now: NOW });
}

describe('courses of one title', () => {
  const [canvas, moodle, other] = [aCourse(), aCourse(), aCourse({ title: 'Homeroom' })];
  const families = new Map<string, LmsFamily>([
    [canvas.platform, 'canvas'],
    [moodle.platform, 'moodle'],
  ]);

  it('are told apart by their LMS in the filter and on the overview', () => {
    const courses = [canvas, moodle, other];
    const page = caseloadPage(words, { courses, families, cases: [aCase({})], query: everything, now: NOW });
    const labels = ['Advisory 10 (Canvas)', 'Advisory 10 (Moodle)', 'Homeroom'];
    expect(page.filter.selects[0]?.options.slice(1).map(({ label }) => label)).toEqual(labels);
    const overview = overviewPage(words, overviewFacts({ courses, families }));
    expect(overview.courses.map(({ title }) => title)).toEqual(labels);
  });
});

describe('the caseload page', () => {
  it('says why each student stands where they stand, and offers one action', () => {
    const waits = aCase({ name: 'Nguyen, Minh', state: 'submitted', needsAdvisorSince: daysAgo(1), done: 4 });
    const page = caseload([waits]);
    expect(page.lede).toBe('1 student. One student is waiting for you.');
    const html = renderPage('caseload/index', page);
    expect(html).toContain('Ready to review');
    expect(html).toContain('Sent to you yesterday');
    expect(html).toContain(`href="/students/${waits.person}/review"`);
  });

  it.each(STATES)('prints a student whose plan is %s', (state) => {
    const html = renderPage('caseload/index', caseload([aCase({ state, hasPlan: state !== 'not_started' })]));
    expect(html).not.toMatch(/undefined|\[object/);
  });

  it('offers to check a hand-in and to answer a question', () => {
    const task = anId();
    const html = renderPage(
      'caseload/index',
      caseload([
        aCase({ name: 'A', handIns: [{ task, since: daysAgo(3) }] }),
        aCase({ name: 'B', needsAdvisorSince: daysAgo(0) }),
      ]),
    );
    expect(html).toContain(`/tasks/${task}/review`);
    expect(html).toContain('Handed in a task 3 days ago');
    expect(html).toContain('Wrote to you today');
  });

  it('keeps the choice in every address, and the search out of the tiles', () => {
    const course = aCourse();
    const page = caseload([aCase({ courses: [course.id] })], { course: course.id, q: 'maya', sort: 'name' }, [
      course,
      aCourse({ title: 'Advisory 11' }),
    ]);
    expect(page.tags.map(({ label }) => label)).toEqual(['Advisory 10', '“maya”']);
    expect(page.tags[1]?.href).toBe(`/caseload?course=${course.id}&sort=name`);
    expect(page.tiles[1]?.href).toBe(`/caseload?course=${course.id}&view=waiting&sort=name`);
    expect(linkTo(everything)).toBe('/caseload');
  });

  it('says so when nobody fits', () => {
    const page = caseload([aCase({})], { q: 'nobody' });
    expect(page.table).toBeNull();
    expect(renderPage('caseload/index', page)).toContain('No student fits what you searched for.');
  });

  it('gives pages of fifty', () => {
    const page = caseload(Array.from({ length: 120 }, (_, index) => aCase({ name: `S ${index}` })));
    expect(page.table?.rows).toHaveLength(50);
    expect(page.pager).toMatchObject({ from: 1, to: 50, total: 120, previous: null });
    expect(page.pager?.next).toMatch(/^\/caseload\?after=/);
  });

  it('prints hostile names as words', () => {
    const hostile = caseload([aCase({ name: HOSTILE, sisId: HOSTILE })], { q: HOSTILE.slice(0, 5) });
    expect(renderPage('caseload/index', hostile)).not.toMatch(RAW);
  });

  it('tells how students get here', () => {
    expect(renderPage('caseload/empty', emptyCaseloadPage(words, []))).toContain('marked as advisory');
    expect(renderPage('caseload/empty', emptyCaseloadPage(words, [aCourse()]))).toContain('Advisory 10');
  });
});

const student = { id: anId(), name: 'Maya Okafor', given: 'Maya', sisId: 'S-0042' };
const advisor = anId();

function reviewFacts(overrides: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    student,
    plan: aWholePlan({ state: 'in_review', person: student.id, submittedAt: daysAgo(1) }),
    parts: [],
    viewer: { person: advisor, isAdvisor: true },
    review: null,
    approved: null,
    asked: [],
    comments: [],
    names: new Map([[student.id, student.name]]),
    queue: [],
    show: 'changes',
    now: NOW,
    typed: null,
    problem: null,
    errors: [],
    ...overrides,
  };
}

const review = (overrides: Partial<ReviewFacts> = {}): string =>
  renderPage('reviews/show', reviewPage(words, reviewFacts(overrides)));

/** The plan as it was approved, then changed. */
function amended(): { before: Plan; after: Plan } {
  const before = aWholePlan({ state: 'active', person: student.id });
  const goals = before.goals.map((goal) => ({ ...goal, by: '2027-05-01', why: `${goal.why} Truly.` }));
  const added = aGoal({ kind: 'personal', statement: 'Swim a mile' });
  return { before, after: { ...before, state: 'in_review', goals: [...goals, added] } };
}

describe('the review page', () => {
  it.each(STATES)('prints a plan that is %s, to advisors and to readers', (state) => {
    const plan = aWholePlan({
      state,
      resumeTo: ['on_hold', 'transferred', 'waived'].includes(state) ? 'draft' : null,
    });
    expect(review({ plan })).not.toMatch(/undefined|\[object/);
    const read = review({ plan, viewer: { person: advisor, isAdvisor: false } });
    expect(read).not.toMatch(/<textarea|Approve plan/);
  });

  it('shows the whole plan where none was approved before', () => {
    const html = review();
    expect(html).toContain('No version has been approved before');
    expect(html).not.toContain('<ins>');
    expect(html).toContain('My strengths');
    expect(html).toContain('Build a robot arm for the spring science fair');
  });

  it('marks what changed, in words too, and folds what stayed the same', () => {
    const { before, after } = amended();
    const html = review({ plan: after, approved: { content: contentOf(before, []), at: daysAgo(30) } });
    expect(html).toContain('2 sections have changed');
    expect(html).toContain('<ins><span class="was">Added </span>May 1, 2027</ins>');
    expect(html).toContain('<del><span class="was">Removed </span>March 14, 2027</del>');
    expect(html).toContain('3 sections are the same');
    expect(html).toMatch(/New<\/span>/);
  });

  it('shows everything on request, and names goals that were left out', () => {
    const { before, after } = amended();
    const approved = { content: contentOf(before, []), at: daysAgo(30) };
    const page = reviewPage(words, reviewFacts({ plan: { ...after, goals: [] }, approved, show: 'all' }));
    expect(page.summary.text).toBe('Left out since then: Build a robot arm for the spring science fair.');
    expect(page.sections).toHaveLength(3);
    expect(page.same).toBeNull();
  });

  it('never folds away a section in which a change is asked for', () => {
    const { before, after } = amended();
    const answers = [
      {
        section: 'strengths',
        answer: 'change',
        comment: 'More.',
        version: 1,
        by: advisor,
        at: NOW,
      } as const,
    ];
    const page = reviewPage(
      words,
      reviewFacts({
        plan: after,
        approved: { content: contentOf(before, []), at: daysAgo(30) },
        review: {
          id: anId(),
          institution: after.institution,
          plan: after.id,
          person: student.id,
          revision: 1,
          outcome: 'open',
          version: 3,
          answers: [...answers],
          note: '',
          startedBy: advisor,
          startedAt: NOW,
          decidedBy: null,
          decidedAt: null,
        },
      }),
    );
    expect(page.sections.map(({ section }) => section)).toContain('strengths');
    expect(page.draft?.changes).toBe(1);
    expect(page.draft?.returnLabel).toBe('Send back with 1 change');
    expect(JSON.parse(page.draft?.returnLabels ?? '[]')[2]).toBe('Send back with 2 changes');
  });

  it('ties a problem to the box it is about', () => {
    const html = review({ errors: [{ field: 'strengths', message: 'Say what should change.' }] });
    expect(html).toContain('href="#comment.strengths"');
    expect(html).toContain('id="comment.strengths"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('<title>Error: ');
  });

  it('keeps both texts after two people wrote, and what was typed too late', () => {
    const both = review({
      typed: {
        note: '',
        openNext: true,
        sections: new Map([['strengths', { answer: null, comment: 'My words' }]]),
        theirs: new Map([['strengths', 'Their words']]),
      },
    });
    expect(both).toContain('My words');
    expect(both).toContain('Their words');
    const late = review({ problem: { message: 'Too late.', kept: 'My long comment' } });
    expect(late).toContain('My long comment');
    expect(late).toContain('role="alert"');
  });

  it('prints hostile words as words', () => {
    const goal = aGoal({ statement: HOSTILE, why: HOSTILE, steps: [] });
    const plan = aWholePlan({ state: 'in_review', goals: [goal] });
    const profile = { ...plan.profile, strengths: aPart({ text: HOSTILE }) };
    const comments = [
      {
        section: 'strengths',
        author: student.id,
        authorRole: 'student',
        text: HOSTILE,
        at: NOW,
        visibility: 'plan',
      },
    ] as const;
    const named = { ...student, name: HOSTILE, given: HOSTILE };
    expect(review({ plan: { ...plan, profile }, comments, student: named })).not.toMatch(RAW);
  });

  it('goes round the queue, and ends where nobody else waits', () => {
    const queue = ['a', 'b', 'c'].map((person) => ({ person, name: person, since: NOW }));
    expect(nextInQueue(queue, 'a')?.person).toBe('b');
    expect(nextInQueue(queue, 'c')?.person).toBe('a');
    expect(nextInQueue(queue, 'x')?.person).toBe('a');
    expect(nextInQueue(queue.slice(0, 1), 'a')).toBeNull();
    expect(nextInQueue([], 'a')).toBeNull();
  });
});

function overviewFacts(overrides: Partial<OverviewFacts> = {}): OverviewFacts {
  return {
    student,
    plan: aWholePlan({ state: 'submitted', submittedAt: daysAgo(1) }),
    framework: starter,
    viewer: { person: advisor, isAdvisor: true },
    comments: [],
    tasks: [],
    courses: [],
    families: new Map(),
    ownCourses: new Set(),
    grades: [],
    history: [],
    names: new Map([[student.id, student.name]]),
    now: NOW,
    typed: null,
    errors: [],
    ...overrides,
  };
}

const overview = (overrides: Partial<OverviewFacts> = {}): string =>
  renderPage('reviews/overview', overviewPage(words, overviewFacts(overrides)));

describe('the student overview', () => {
  it.each(STATES)('prints a student whose plan is %s', (state) => {
    const resumeTo = ['on_hold', 'transferred', 'waived'].includes(state) ? 'draft' : null;
    expect(overview({ plan: aWholePlan({ state, resumeTo }) })).not.toMatch(/undefined|\[object/);
  });

  it('prints a student who never came', () => {
    const html = overview({ plan: null });
    expect(html).toContain('Maya has not opened Waymark yet');
    expect(html).not.toContain('<textarea');
  });

  it('shows tasks, courses and what became of grades, in plain words', () => {
    const course = aCourse();
    const link = aLink({ course: course.id, dueAt: daysAgo(1) });
    const html = overview({
      courses: [course],
      ownCourses: new Set([course.id]),
      tasks: [
        { task: aTask({ link: link.id, state: 'opened' }), link },
        { task: aTask({ state: 'verified', points: 8 }), link: aLink({ title: 'Log ten hours' }) },
      ],
      grades: [
        {
          id: anId(),
          course: course.id,
          item: { kind: 'plan' },
          status: 'failed',
          reason: 'grade.reason.missingScope',
          retries: false,
          scoreGiven: 75,
          scoreMaximum: 100,
          at: NOW,
        },
      ],
    });
    expect(html).toContain('Overdue');
    expect(html).toContain('8 of 10 points');
    expect(html).toContain('75 of 100. The LMS has not allowed Waymark to write grades.');
    expect(html).toContain(`href="/courses/${course.id}"`);
  });

  it('tells the log once for many saves, and leaves the advisor’s drafts out', () => {
    const saved = (minutes: number) => ({
      at: later(-minutes),
      actor: student.id,
      action: 'profile.changed',
      kind: 'profile',
      object: 'strengths',
      changes: [],
    });
    const noted = { ...saved(4), action: 'review.noted', kind: 'review', object: 'r' };
    const page = overviewPage(words, overviewFacts({ history: [saved(1), saved(2), saved(3), noted] }));
    expect(page.history).toHaveLength(1);
    expect(page.history[0]?.chunks.map(({ text }) => text).join('')).toBe('Maya Okafor wrote My strengths');
  });

  it('marks comments that only staff can read', () => {
    const said = { section: 'strengths', author: advisor, authorRole: 'advisor', at: NOW } as const;
    const html = overview({ comments: [{ ...said, text: 'Ask the counselor.', visibility: 'staff' }] });
    expect(html).toContain('only staff can read this');
    expect(html).toContain('about My strengths');
  });

  it('prints hostile words as words', () => {
    const goal = aGoal({ statement: HOSTILE });
    const link = aLink({ title: HOSTILE });
    const facts = {
      student: { ...student, name: HOSTILE, given: HOSTILE, sisId: HOSTILE },
      plan: aWholePlan({ state: 'on_hold', resumeTo: 'draft', asideReason: HOSTILE, goals: [goal] }),
      tasks: [{ task: aTask({}), link }],
      courses: [aCourse({ title: HOSTILE })],
    } as const;
    expect(overview(facts)).not.toMatch(RAW);
  });
});
