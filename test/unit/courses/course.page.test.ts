import { describe, expect, it } from 'vitest';
import { coursePage, type CourseFacts } from '../../../src/courses/course.page.ts';
import { courseListPage } from '../../../src/courses/courseList.page.ts';
import { anId, aLink, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';
import { aCourse, aGrade, aRoster } from './fixtures.ts';

const HOSTILE = `"><script>alert(1)</script>`;

function facts(overrides: Partial<CourseFacts> = {}): CourseFacts {
  return {
    course: aCourse(),
    counts: { students: 28, teachers: 2, observers: 11 },
    lms: 'Canvas',
    family: 'canvas',
    isConnected: true,
    links: [],
    grades: [],
    names: new Map(),
    isAdvisor: true,
    show: null,
    now: later(60),
    ...overrides,
  };
}

const textOf = (overrides: Partial<CourseFacts>): string =>
  renderPage('courses/show', coursePage(words, facts(overrides)));

describe('the roster of a course, in words', () => {
  it.each([
    [aRoster({ status: 'never', at: null }), 'has not been read yet'],
    [aRoster({ status: 'running' }), 'is reading the roster now'],
    [aRoster({ members: 30 }), 'Last read: Today at 9:00 AM. 30 people.'],
    [aRoster({ status: 'failed', problem: 'lms.throttled' }), 'Canvas was busy. Last try: Today'],
    [aRoster({ status: 'failed', problem: 'something new' }), 'Canvas had a problem of its own.'],
  ])('%o', (roster, said) => {
    expect(textOf({ course: aCourse({ roster }) })).toContain(said);
  });

  it('asks a person where half the members are gone', () => {
    const html = textOf({
      course: aCourse({ roster: aRoster({ status: 'needs-a-person', members: 12 }) }),
    });
    expect(html).toContain('Half of this course is gone');
    expect(html).toContain('now lists 12 people');
    expect(html).toContain('name="confirmed" value="1"');
    expect(textOf({})).not.toContain('name="confirmed"');
  });

  it('offers no reading where the LMS shares no roster', () => {
    const { roster } = coursePage(words, facts({ course: aCourse({ nrpsUrl: null }) }));
    expect(roster.form).toBeNull();
    expect(roster.text).toContain('does not share');
  });
});

describe('the plan grade of a course', () => {
  it('is a switch for advisors', () => {
    const { plan } = coursePage(words, facts({ course: aCourse({ planGrade: true }) }));
    expect(plan.form?.on).toBe(true);
  });

  it('is told, not offered, to teachers who do not advise, and without a gradebook', () => {
    expect(coursePage(words, facts({ isAdvisor: false })).assign).toBeNull();
    expect(coursePage(words, facts({ isAdvisor: false })).plan).toMatchObject({
      form: null,
      why: expect.stringContaining('Advisors turn it on'),
    });
    const course = aCourse({ lineItemsUrl: null });
    expect(coursePage(words, facts({ course })).plan.why).toContain('no grade can be sent');
  });
});

describe('the grades of a course', () => {
  const person = anId();
  const names = new Map([[person, 'Maya Okafor']]);

  it('say why each is where it is, and offer another try only where it helps', () => {
    const html = textOf({
      names,
      grades: [
        aGrade({ person, status: 'failed', reason: 'grade.reason.notInCourse' }),
        aGrade({ person, status: 'leftAlone', reason: 'grade.reason.override' }),
        aGrade({ person, status: 'sent' }),
      ],
    });
    expect(html).toContain('The student is no longer in this course.');
    expect(html).toContain('ours was not written over it');
    expect(html.match(/Try again/g)).toHaveLength(1);
    expect(html).toContain('One grade did not reach Canvas');
  });

  it('are filtered by a tile, which then leads back to all', () => {
    const grades = [aGrade({ person, status: 'failed' }), aGrade({ person })];
    const { grades: part } = coursePage(words, facts({ names, grades, show: 'failed' }));
    expect(part.table?.rows).toHaveLength(1);
    expect(part.tiles.find(({ current }) => current)?.href).not.toContain('show=');
  });

  it('sum up in their columns', () => {
    const link = aLink({ title: 'Set my life goal', resourceLinkId: 'r1', points: 10 });
    const task = { kind: 'task', link: link.id } as const;
    const { columns } = coursePage(
      words,
      facts({
        links: [link, aLink({ resourceLinkId: null })],
        grades: [aGrade({ item: task, status: 'failed' }), aGrade({ status: 'waiting' })],
      }),
    );
    expect(columns.items.map(({ status }) => status.label)).toEqual([
      '1 waiting',
      '1 not sent',
      'Not opened yet',
    ]);
  });

  it('print names as words', () => {
    const html = textOf({
      names: new Map([[person, `Maya ${HOSTILE}`]]),
      grades: [aGrade({ person })],
      course: aCourse({ title: HOSTILE }),
    });
    expect(html).not.toContain('<script>alert');
  });
});

describe('the list of courses', () => {
  it('names each course with its students and its roster', () => {
    const course = aCourse();
    const counts = new Map([[course.id, { students: 1, teachers: 1, observers: 0 }]]);
    const model = courseListPage(words, {
      courses: [course],
      counts,
      families: new Map([[course.platform, 'moodle' as const]]),
      isAll: false,
      now: NOW,
    });
    expect(model.items[0]).toMatchObject({
      title: course.title,
      sub: expect.stringContaining('Moodle. 1 student.'),
    });
    expect(renderPage('courses/list', model)).toContain('Advisory');
  });

  it('says how a course gets there when there is none', () => {
    const model = courseListPage(words, {
      courses: [],
      counts: new Map(),
      families: new Map(),
      isAll: false,
      now: NOW,
    });
    expect(renderPage('courses/list', model)).toContain('Open Waymark once from a course you teach');
  });
});
