import { describe, expect, it } from 'vitest';
import { Invalid, NotFound } from '../../../src/shared/errors.ts';
import { translator } from '../../../src/shared/i18n.ts';
import { isTaskOverdue, isWritable, type TaskState } from '../../../src/tasks/task.ts';
import { answersFrom, checkDraft, checkHandIn, countWords } from '../../../src/tasks/taskAnswers.ts';
import { taskGrade } from '../../../src/tasks/taskGrade.ts';
import {
  mayMoveTask,
  moveTask,
  TASK_MOVES,
  TASK_STATE_LABEL,
  type TaskEvent,
  type TaskMover,
} from '../../../src/tasks/taskMove.ts';
import { getTemplate, listTemplates } from '../../../src/tasks/template.ts';
import { aLink, aTask, later, NOW, outcomeOf } from '../../support/build.ts';

const t = translator('en');
const states = Object.keys(TASK_STATE_LABEL) as TaskState[];

describe('the task templates', () => {
  it('all say what to do, what is handed in and what it is worth', () => {
    expect(listTemplates().length).toBeGreaterThanOrEqual(8);
    for (const template of listTemplates()) {
      const texts = [template.title, template.summary, template.check, template.part, ...template.todo];
      for (const key of texts) expect(t(key)).not.toBe('');
      for (const { label, hint } of template.questions) expect(t(label) + t(hint)).not.toBe('');
      expect(template.points).toBeGreaterThan(0);
      expect(template.questions.some(({ minWords }) => minWords > 0)).toBe(true);
      expect(new Set(template.questions.map(({ key }) => key)).size).toBe(template.questions.length);
    }
    expect(() => getTemplate('no-such')).toThrow(NotFound);
  });
});

describe('the states of a task', () => {
  it('move only as the table says, whoever tries, from every state', () => {
    const movers: TaskMover[] = ['student', 'advisor', 'administrator', 'family', 'system'];
    for (const event of Object.keys(TASK_MOVES) as TaskEvent[])
      for (const state of states)
        for (const mover of movers) {
          const { from, who } = TASK_MOVES[event];
          const allowed = from.includes(state) && who.includes(mover);
          expect(mayMoveTask({ state }, event, mover)).toBe(allowed);
          const refused = who.includes(mover) ? 'Conflict' : 'Forbidden';
          const outcome = outcomeOf(() => states.includes(moveTask({ state }, event, mover)));
          expect(outcome).toBe(allowed ? true : refused);
        }
  });

  it('stay "returned" while the student works on it', () => {
    expect(moveTask({ state: 'returned' }, 'save', 'student')).toBe('returned');
    expect(moveTask({ state: 'opened' }, 'save', 'student')).toBe('in_progress');
    expect(states.filter((state) => isWritable({ state }))).toEqual(['opened', 'in_progress', 'returned']);
  });

  it('are named when refused', () => {
    expect(() => moveTask({ state: 'verified' }, 'handIn', 'student')).toThrow(
      'This task is accepted, so it cannot be handed in now. That is possible while a task is opened, in progress, or returned for a change.',
    );
  });

  it('tell whether it is overdue by the clock', () => {
    const due = aLink({ dueAt: later(10) });
    expect(isTaskOverdue(aTask(), due, later(9))).toBe(false);
    expect(isTaskOverdue(aTask(), due, later(11))).toBe(true);
    expect(isTaskOverdue(aTask({ state: 'submitted' }), due, later(11))).toBe(false);
    expect(isTaskOverdue(aTask(), aLink(), later(11))).toBe(false);
  });
});

describe('the answers', () => {
  const template = getTemplate('career-interview');
  const whole = {
    learned: 'He starts at six and walks five miles a day. The training took two years and was paid.',
    surprise: 'He writes reports every day.',
  };

  it('are those of the template’s questions, others are left out', () => {
    const answers = answersFrom({ ...whole, evil: 'x' }, template);
    expect(answers.map(({ question }) => question)).toEqual(['who', 'learned', 'surprise']);
  });

  it('may be short as a draft and must be enough to hand in', () => {
    const thin = answersFrom({ learned: 'A lot.' }, template);
    expect(() => checkDraft(thin)).not.toThrow();
    const attempt = () => checkHandIn(thin, template);
    expect(attempt).toThrow(Invalid);
    expect(attempt).toThrow('Write a little more here: 15 words or more.');
    expect(() => checkHandIn(answersFrom(whole, template), template)).not.toThrow();
  });

  it('are refused when too long', () => {
    expect(() => checkDraft(answersFrom({ who: 'x'.repeat(10_001) }, template))).toThrow(Invalid);
  });

  it('are counted in words in any script', () => {
    expect(countWords('Two words.')).toBe(2);
    expect(countWords('我喜欢机器人')).toBeGreaterThan(1);
    expect(countWords(' … ')).toBe(0);
  });
});

describe('what a task’s column says', () => {
  const link = aLink({ points: 20 });
  const task = aTask({ state: 'submitted', submittedAt: NOW });

  it.each([
    ['submitted', 'Submitted', 'PendingManual'],
    ['withdrawn', 'InProgress', 'Pending'],
    ['returned', 'InProgress', 'Pending'],
  ] as const)('%s: %s / %s without a score', (event, activityProgress, gradingProgress) => {
    expect(taskGrade(event, task, link, NOW)).toMatchObject({
      course: link.course,
      item: { kind: 'task', link: link.id },
      activityProgress,
      gradingProgress,
      scoreGiven: null,
      scoreMaximum: 20,
      submittedAt: NOW,
    });
  });

  it('accepted: Completed / FullyGraded with its points and when it was handed in', () => {
    expect(taskGrade('verified', { ...task, points: 15 }, link, later(5))).toMatchObject({
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      scoreGiven: 15,
      submittedAt: NOW,
      decidedAt: later(5),
      comment: 'Talk to someone about their job: accepted.',
    });
  });

  it('excused: nothing', () => {
    expect(taskGrade('excused', task, link, NOW)).toBeNull();
  });
});
