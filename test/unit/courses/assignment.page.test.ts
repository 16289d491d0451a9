import { describe, expect, it } from 'vitest';
import { assignmentPage, type AssignmentFacts } from '../../../src/tasks/assignment.page.ts';
import { getTemplate } from '../../../src/tasks/template.ts';
import { verifyPage, type VerifyFacts } from '../../../src/tasks/verify.page.ts';
import { aLink, anId, aTask, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';
import { aGrade } from './fixtures.ts';

const template = getTemplate('career-interview');
const HOSTILE = `"><script>alert(1)</script>`;

function facts(overrides: Partial<AssignmentFacts> = {}): AssignmentFacts {
  return {
    link: aLink(),
    template,
    course: { id: anId(), title: 'Advisory' },
    students: [],
    tasks: [],
    grades: [],
    isAdvisor: true,
    show: null,
    refused: null,
    now: later(120),
    ...overrides,
  };
}

const student = (name: string, isHere = true) => ({ person: anId(), name, isHere });

describe('an assignment before its staff', () => {
  const [anna, ben, cem, dina] = ['Anna', 'Ben', 'Cem', 'Dina'].map((name) => student(name)) as [
    ReturnType<typeof student>,
    ReturnType<typeof student>,
    ReturnType<typeof student>,
    ReturnType<typeof student>,
  ];
  const students = [anna, ben, cem, dina];
  const tasks = [
    aTask({ person: ben.person, state: 'submitted', submittedAt: later(30) }),
    aTask({ person: dina.person, state: 'submitted', submittedAt: later(5) }),
    aTask({ person: cem.person, state: 'verified', points: 8, decidedAt: later(40) }),
  ];

  it('puts those who wait first, the longest wait on top', () => {
    const { table, tiles } = assignmentPage(words, facts({ students, tasks }));
    expect(table?.rows.map(({ who }) => who.name)).toEqual(['Dina', 'Ben', 'Anna', 'Cem']);
    expect(tiles.map(({ count }) => count)).toEqual(['2', '0', '1', '1']);
  });

  it('links to the work only for advisors, and only where there is work', () => {
    const html = renderPage('assignments/show', assignmentPage(words, facts({ students, tasks })));
    expect(html.match(/href="\/tasks\/[0-9a-f]{24}\/review"/g)).toHaveLength(3);
    const teacher = assignmentPage(words, facts({ students, tasks, isAdvisor: false }));
    expect(renderPage('assignments/show', teacher)).not.toContain('/review"');
    expect(teacher.note).toContain('Only advisors');
  });

  it('says who is late, who has left, and how far the grade got', () => {
    const gone = student('Emil', false);
    const { table } = assignmentPage(
      words,
      facts({
        link: aLink({ dueAt: later(60) }),
        students: [anna, cem, gone],
        tasks: [...tasks, aTask({ person: gone.person })],
        grades: [aGrade({ person: cem.person, status: 'failed', reason: 'grade.reason.notInCourse' })],
      }),
    );
    const subs = Object.fromEntries(table?.rows.map(({ who }) => [who.name, who.sub]) ?? []);
    expect(subs).toEqual({ Anna: 'late', Cem: null, Emil: 'no longer in the course' });
    expect(JSON.stringify(table)).toContain('The student is no longer in this course.');
  });

  it('shows one group, with the way back to all', () => {
    const page = assignmentPage(words, facts({ students, tasks, show: 'done' }));
    expect(page.table?.rows).toHaveLength(1);
    expect(page.list.showAll?.href).toBe(page.tiles.find(({ current }) => current)?.href);
    const none = renderPage('assignments/show', assignmentPage(words, facts({ students, show: 'done' })));
    expect(none).toContain('Nobody is in this group now.');
  });
});

function one(overrides: Partial<VerifyFacts> = {}): VerifyFacts {
  return {
    task: aTask({ state: 'submitted', submittedAt: NOW, seenAt: NOW }),
    link: aLink(),
    template,
    course: 'Advisory',
    student: { name: 'Maya Okafor', given: 'Maya' },
    names: new Map(),
    grade: null,
    proof: null,
    next: null,
    typed: null,
    errors: [],
    problem: null,
    now: later(60),
    ...overrides,
  };
}

const html = (overrides: Partial<VerifyFacts>): string =>
  renderPage('assignments/verify', verifyPage(words, one(overrides)));

describe('a task before an advisor', () => {
  it('shows the answers, and the decisions of what was handed in', () => {
    const [question] = template.questions;
    const answers = [{ question: question?.key ?? '', text: `A nurse. ${HOSTILE}` }];
    const text = html({ task: aTask({ state: 'submitted', submittedAt: NOW, seenAt: NOW, answers }) });
    expect(text).toContain('A nurse.');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('Nothing written');
    for (const value of ['verify', 'return', 'excuse']) expect(text).toContain(`name="do" value="${value}"`);
    expect(text).not.toContain('value="reopen"');
    expect(text).not.toContain('value="start"');
  });

  it('can be kept while it is read', () => {
    const text = html({ task: aTask({ state: 'submitted', submittedAt: NOW, seenAt: null }) });
    expect(text).toContain('Maya can still take this back');
    expect(text).toContain('value="start"');
  });

  it('says that an unfinished one may still change, and offers only to excuse it', () => {
    const page = verifyPage(words, one({ task: aTask({ state: 'in_progress' }) }));
    expect(page.early).toContain('has not handed this in');
    expect(page.decide).toBeNull();
    expect(page.excuse).not.toBeNull();
    expect(page.facts[0]?.value).toBe('Not yet');
  });

  it('can be opened again once it is accepted', () => {
    const task = aTask({ state: 'verified', points: 9, submittedAt: NOW, decidedAt: later(5) });
    const page = verifyPage(words, one({ task }));
    expect(page.decide?.buttons.map(({ value }) => value)).toEqual(['reopen']);
    expect(page.decide?.points).toBeNull();
    expect(page.facts[2]?.value).toBe('9 of 10');
  });

  it('keeps what was typed when something is missing or came too late', () => {
    const typed = { comment: 'Almost.', points: '12', reason: '', levels: {} };
    const errors = [{ field: 'points', message: 'Points go from 0 to 10.' }];
    const text = html({ typed, errors });
    expect(text).toContain('Almost.');
    expect(text).toContain('value="12"');
    expect(text).toContain('href="#points"');
    expect(html({ typed, problem: 'This task is returned for a change.' })).toContain('This was not saved');
  });

  it('tells what happened in sentences, the newest first', () => {
    const advisor = anId();
    const history = [
      { at: NOW, by: anId(), state: 'submitted' as const, comment: '' },
      { at: later(3), by: advisor, state: 'verified' as const, comment: 'Well told.' },
    ];
    const page = verifyPage(
      words,
      one({
        task: aTask({ state: 'verified', history }),
        names: new Map([[advisor, 'Rosa Alvarez']]),
      }),
    );
    const sentences = page.history.entries.map(({ chunks }) => chunks.map(({ text }) => text).join(''));
    expect(sentences).toEqual(['Rosa Alvarez accepted it: Well told.', 'Somebody handed it in']);
  });
});
