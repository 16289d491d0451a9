import { describe, expect, test } from 'vitest';
import { dueWords, taskPage, type TaskFacts, type TaskTyped } from '../../../src/tasks/task.page.ts';
import { getTemplate, listTemplates } from '../../../src/tasks/template.ts';
import type { Task, TaskLink } from '../../../src/tasks/task.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aLink, anId, aTask, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const ADVISOR = anId();

function facts(
  task: Partial<Task> = {},
  link: Partial<TaskLink> = {},
  rest: Partial<TaskFacts> = {},
): TaskFacts {
  const made = aTask(task);
  return {
    task: made,
    link: aLink({ createdBy: ADVISOR, ...link }),
    template: getTemplate(made.template),
    course: 'Advisory 10',
    names: new Map([[ADVISOR, 'Ottilie Brannigan']]),
    lms: { name: 'Canvas', showsHandIn: true },
    proof: null,
    choice: [],
    zone: 'America/Chicago',
    now: NOW,
    ...rest,
  };
}

const shown = (given: TaskFacts, after: TaskTyped | null = null): string =>
  renderPage('tasks/show', taskPage(words, given, after));

const states = (given: TaskFacts) => taskPage(words, given).path?.map(({ state }) => state) ?? null;

describe('a task to write', () => {
  test('shows what to do, the questions, what it is worth and what handing in does', () => {
    const html = shown(facts());
    expect(html).toContain('Plan task from Ottilie Brannigan. Advisory 10');
    expect(html).toContain('Ask at least five questions.');
    expect(html).toContain('<label for="learned">What did you learn about the job?</label>');
    expect(html).toContain('10, when it is accepted');
    expect(html).toContain('Canvas shows it as handed in');
    expect(html).toContain('your grade out of 10 points goes to the gradebook in Canvas');
    expect(html).toMatch(/formaction="\/tasks\/[0-9a-f]{24}\/hand-in"/);
  });

  test('promises only what the LMS shows', () => {
    const lms = { name: 'Moodle', showsHandIn: false };
    expect(shown(facts({}, {}, { lms }))).not.toContain('shows it as handed in');
  });

  test('is ready for every template there is', () => {
    for (const { id, questions } of listTemplates()) {
      const page = taskPage(words, facts({ template: id }));
      expect(page.work?.fields.map(({ name }) => name)).toEqual(questions.map(({ key }) => key));
      expect(page.todo.items.length).toBeGreaterThan(0);
    }
    expect(taskPage(words, facts({ template: 'service-hours' })).todo.length).toBe('About 10 hours');
  });

  test('with problems keeps the words and links to each question', () => {
    const problems = [{ field: 'learned', message: 'Write a little more.' }];
    const html = shown(facts(), { typed: { learned: 'Short' }, problems });
    expect(html).toContain('<title>Error: Talk to someone about their job | Waymark</title>');
    expect(html).toContain('Fix this one thing, then hand it in.');
    expect(html).toContain(
      '<a href="#learned">“What did you learn about the job?”: Write a little more.</a>',
    );
    expect(html).toMatch(/id="learned"[^>]*aria-invalid="true"[^>]*>\nShort</);
  });

  test('that is late says so, and can still be handed in', () => {
    const page = taskPage(words, facts({}, { dueAt: later(-60) }));
    expect(page.status).toMatchObject({ label: 'Overdue', tone: 'stop' });
    expect(page.facts[0]?.label).toBe('Was due');
    expect(page.work?.handIn.paragraphs[0]).toContain('You can still hand it in.');
  });

  test('is due where the school is, and names the zone to somebody elsewhere', () => {
    const link = aLink({ dueAt: new Date('2026-10-10T04:59:59Z') });
    expect(dueWords(words, { link, zone: 'America/Chicago' })).toBe('Friday, October 9, 11:59 PM');
    expect(dueWords(words, { link, zone: 'America/New_York' })).toBe('Saturday, October 10, 12:59 AM (EDT)');
    expect(dueWords(words, { link: aLink(), zone: 'America/Chicago' })).toBe('No due date');
  });
});

describe('where a task is', () => {
  test.each([
    ['opened', ['current', 'todo', 'todo']],
    ['in_progress', ['current', 'todo', 'todo']],
    ['submitted', ['done', 'current', 'todo']],
    ['returned', ['done', 'done', 'current', 'todo']],
    ['verified', ['done', 'done', 'done']],
    ['excused', null],
    ['expired', null],
  ] as const)('%s', (state, expected) => {
    expect(states(facts({ state, submittedAt: NOW, decidedAt: NOW }))).toEqual(expected);
  });

  test('a handed-in task can be taken back until it is opened', () => {
    const waiting = facts({ state: 'submitted', submittedAt: NOW });
    expect(taskPage(words, waiting).next?.withdraw?.action).toBe(paths.takeBack(waiting.task.id));
    expect(shown(waiting)).not.toContain('data-autosave');
    const seen = facts({ state: 'submitted', submittedAt: NOW, seenAt: NOW });
    expect(taskPage(words, seen).next?.withdraw).toBeNull();
    expect(shown(seen)).toContain('it cannot be taken back any more');
  });

  test('a returned task shows who asked for what', () => {
    const back = {
      state: 'returned',
      comment: 'Add one surprise.',
      decidedBy: ADVISOR,
      decidedAt: NOW,
    } as const;
    const html = shown(facts({ ...back, submittedAt: NOW }));
    expect(html).toContain('Ottilie Brannigan asked for a change');
    expect(html).toContain('Add one surprise.');
    expect(html).toContain('Hand in again');
  });

  test('an accepted task shows its points, what was said and what was written', () => {
    const answers = [{ question: 'learned', text: 'He starts at six.' }];
    const html = shown(
      facts({ state: 'verified', points: 8, comment: 'Good.', decidedBy: ADVISOR, answers }),
    );
    expect(html).toContain('8 of 10');
    expect(html).toContain('What Ottilie Brannigan said');
    expect(html).toContain('He starts at six.');
    expect(html).toContain('Nothing written');
  });

  test('a closed task and an excused one say why there is nothing to do', () => {
    expect(shown(facts({ state: 'expired' }))).toContain('This task is closed.');
    expect(shown(facts({ state: 'excused', excuse: 'Moved here in May' }))).toContain('Moved here in May');
  });

  test('its history is told from the newest to the day it was assigned', () => {
    const person = anId();
    const entry = (state: 'opened' | 'submitted' | 'returned', by: string) => ({
      at: NOW,
      by,
      state,
      comment: '',
    });
    const history = [entry('opened', person), entry('submitted', person), entry('returned', ADVISOR)];
    const { log } = taskPage(words, facts({ person, history }));
    expect(log.map(({ chunks }) => chunks.map(({ text }) => text).join(''))).toEqual([
      'Ottilie Brannigan returned it with a comment',
      'You handed it in',
      'You opened it',
      'Ottilie Brannigan assigned it',
    ]);
  });
});

test('hostile words are words', () => {
  const answers = [{ question: 'learned', text: HOSTILE }];
  const link = { title: HOSTILE };
  const rest = {
    course: HOSTILE,
    names: new Map([[ADVISOR, HOSTILE]]),
    lms: { name: HOSTILE, showsHandIn: true },
  };
  for (const state of ['returned', 'verified', 'submitted'] as const) {
    const html = shown(
      facts({ state, answers, comment: HOSTILE, decidedBy: ADVISOR, decidedAt: NOW }, link, rest),
    );
    expect(html).not.toMatch(/<script>|<b x=/);
  }
});
