import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Invalid } from '../../../src/shared/errors.ts';
import { handedInAgain, lastEnded } from '../../../src/tasks/attempt.ts';
import { AssignPost, typedAssign } from '../../../src/tasks/assignForm.ts';
import { assignPage } from '../../../src/tasks/assign.page.ts';
import { isMet, proofKind } from '../../../src/tasks/proof.ts';
import { choicesFrom, rubricPoints, type Rubric } from '../../../src/tasks/rubric.ts';
import { ATTEMPT_LIMIT, mayWork, type Task } from '../../../src/tasks/task.ts';
import { checkHandIn } from '../../../src/tasks/taskAnswers.ts';
import { taskPage, type TaskFacts } from '../../../src/tasks/task.page.ts';
import { getTemplate, listTemplates, TASK_KINDS } from '../../../src/tasks/template.ts';
import { levelsIn, typedDecision } from '../../../src/tasks/verifyForm.ts';
import { aLink, anId, aTask, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const rubricOf = (id: string): Rubric => {
  const { rubric } = getTemplate(id);
  if (!rubric) throw new Error(`${id} has no rubric`);
  return rubric;
};
const SCORED = rubricOf('best-work');
const TOLD = rubricOf('compare-careers');

function facts(task: Partial<Task> = {}, rest: Partial<TaskFacts> = {}): TaskFacts {
  const made = aTask({ template: 'best-work', ...task });
  return {
    task: made,
    link: aLink({ template: made.template }),
    template: getTemplate(made.template),
    course: 'Advisory 10',
    names: new Map(),
    lms: { name: 'Canvas', showsHandIn: true },
    proof: null,
    choice: [],
    zone: 'America/Chicago',
    now: NOW,
    ...rest,
  };
}
const shown = (given: TaskFacts): string => renderPage('tasks/show', taskPage(words, given));

test('every kind has a template, and its kind says whether it is done elsewhere in the plan', () => {
  const kinds = new Set(listTemplates().map(({ kind }) => kind));
  expect([...TASK_KINDS].filter((kind) => !kinds.has(kind))).toEqual([]);
  expect(TASK_KINDS.filter((kind) => proofKind(kind) !== null)).toEqual([
    'upload',
    'inventory',
    'experience',
    'meeting',
  ]);
});

describe('a rubric', () => {
  test('gives all points for the best levels, none for the lowest, and never more or less', () => {
    const best = SCORED.criteria.map(({ key, levels }) => ({ criterion: key, level: levels.length - 1 }));
    expect(rubricPoints(SCORED, best, 10)).toBe(10);
    expect(rubricPoints(SCORED, [], 10)).toBe(0);
    expect(rubricPoints({ gives: 'score', criteria: [] }, [], 10)).toBe(10);
    const levels = fc.tuple(...SCORED.criteria.map((one) => fc.nat(one.levels.length - 1)));
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 1_000 }), (chosen, points) => {
        const choices = chosen.map((level, nth) => ({ criterion: SCORED.criteria[nth]?.key ?? '', level }));
        const given = rubricPoints(SCORED, choices, points);
        expect(given).toBeGreaterThanOrEqual(0);
        expect(given).toBeLessThanOrEqual(points);
      }),
    );
  });

  test('asks for every level where the score follows from them, and for none where it only tells', () => {
    expect(() => choicesFrom(SCORED, { work: 3 })).toThrow(Invalid);
    expect(() => choicesFrom(SCORED, { work: 4, words: 0 })).toThrow(Invalid);
    expect(choicesFrom(SCORED, { words: 0, work: 3, other: 1 })).toEqual([
      { criterion: 'work', level: 3 },
      { criterion: 'words', level: 0 },
    ]);
    expect(choicesFrom(TOLD, {})).toEqual([]);
    expect(() => choicesFrom(TOLD, { facts: -1 })).toThrow(Invalid);
  });

  test('is read from the form as typed', () => {
    expect(levelsIn({ 'rubric.work': '2', 'rubric.words': '' })).toMatchObject({ work: 2, words: null });
    expect(typedDecision({ 'rubric.work': '2', comment: 'Yes' })).toMatchObject({
      comment: 'Yes',
      levels: { work: '2' },
    });
  });
});

describe('hand-ins', () => {
  const answers = [{ question: 'proud', text: 'First' }];

  test('are kept with what became of each, at most ten', () => {
    const task = { attempts: handedInAgain({ attempts: [] }, { answers, shown: ['Arm'] }, NOW) };
    const back = { attempts: lastEnded(task, 'returned', 'More, please.') };
    expect(back.attempts).toEqual([
      { at: NOW, answers, shown: ['Arm'], ended: 'returned', comment: 'More, please.' },
    ]);
    expect(lastEnded(back, 'verified')).toEqual(back.attempts);
    const many = Array.from({ length: 15 }).reduce<{ attempts: Task['attempts'] }>(
      (all, _, n) => ({ attempts: handedInAgain(all, { answers, shown: [] }, later(n)) }),
      { attempts: [] },
    );
    expect(many.attempts).toHaveLength(ATTEMPT_LIMIT);
    expect(many.attempts.at(-1)?.at).toEqual(later(14));
    expect(lastEnded({ attempts: [] }, 'returned')).toEqual([]);
  });

  test('wait until what belongs in the plan is there', () => {
    const template = getTemplate('best-work');
    const long = [{ question: 'proud', text: 'word '.repeat(20) }];
    const none = { kind: 'upload' as const, things: [] };
    expect(isMet(none)).toBe(false);
    expect(isMet(null)).toBe(true);
    expect(() => checkHandIn(long, template, none)).toThrow(Invalid);
    checkHandIn(long, template, { ...none, things: [{ id: anId(), title: 'Arm' }] });
  });
});

describe('the student’s page', () => {
  test('of a task that was given inside Waymark can be written before it is opened, and names no gradebook', () => {
    const given = facts({ state: 'assigned' }, { link: aLink({ place: 'waymark' }) });
    expect(mayWork(given.task)).toBe(true);
    const html = shown(given);
    expect(html).toContain('nothing goes to a gradebook');
    expect(html).not.toContain('gradebook in Canvas');
    expect(html).toContain('name="proud"');
  });

  test('leads to where the rest is done, and lists what is there', () => {
    const none = facts({}, { proof: { kind: 'upload', things: [] } });
    expect(shown(none)).toContain(`/portfolio/new?task=${none.task.id}`);
    const there = facts({}, { proof: { kind: 'upload', things: [{ id: anId(), title: 'Robot arm' }] } });
    expect(shown(there)).toContain('Robot arm');
  });

  test('says that any one of a choice is enough, and shows the chosen levels and earlier hand-ins', () => {
    const html = shown(
      facts(
        {
          state: 'verified',
          points: 7,
          rubric: [{ criterion: 'work', level: 2 }],
          attempts: [{ at: NOW, answers: [], shown: ['Arm'], ended: 'returned', comment: 'More.' }],
        },
        { choice: [{ task: { id: anId(), state: 'excused' }, title: 'Visit a college' }] },
      ),
    );
    for (const text of [
      'Any one of these is enough',
      'Visit a college',
      'Chosen by your advisor',
      'sent back',
    ])
      expect(html).toContain(text);
  });
});

describe('giving tasks', () => {
  test('one ticked box and several are read alike; what no form sends is refused', () => {
    expect(AssignPost.parse({ templates: 'visit', people: anId() }).templates).toEqual(['visit']);
    expect(AssignPost.safeParse({ templates: 'no-such' }).success).toBe(false);
    expect(AssignPost.safeParse({ due: '2026-02-30' }).success).toBe(false);
    expect(typedAssign({ templates: ['visit'], due: 'x' })).toMatchObject({ templates: ['visit'], due: 'x' });
  });

  test('the form for one student asks for no others', () => {
    const page = assignPage(
      words,
      {
        action: '/x',
        back: { href: '/y', label: 'Back' },
        title: 'Give tasks to Zosia',
        templates: listTemplates(),
        students: null,
      },
      AssignPost.parse({}),
    );
    expect(page.whom).toBeNull();
    expect(renderPage('assignments/new', page)).toContain('Any one of them is enough');
  });
});
