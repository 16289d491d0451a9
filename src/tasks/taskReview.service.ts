import { isStaffRole, type Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Forbidden, Invalid } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { getLink } from './link.service.ts';
import { assignedTask } from './task.service.ts';
import type { Task, TaskLink } from './task.ts';
import { applyChange, changeTask } from './taskChange.service.ts';
import { lastEnded } from './attempt.ts';
import { choicesFrom, rubricPoints, type RubricForm } from './rubric.ts';
import { moveTask } from './taskMove.ts';
import { getTemplate } from './template.ts';

/** Longest comment on a task, in UTF-16 units. */
const LONGEST = 2_000;

/** An advisor opens what was handed in: from here the student cannot take it back. Twice is once. */
export async function startTaskReview(actor: Actor, taskId: string, now: Date): Promise<Task> {
  if (actor.role !== 'advisor') throw new Forbidden(`${actor.role} may not review a task`);
  return changeTask(actor, taskId, now, (task) =>
    task.state === 'submitted' && task.seenAt === null
      ? { fields: { seenAt: now }, action: 'task.reviewStarted', changes: [] }
      : null,
  );
}

/** Gives the task back for a change. @throws Invalid without a comment that says what. */
export async function returnTask(actor: Actor, taskId: string, comment: string, now: Date): Promise<Task> {
  return giveBack(actor, taskId, comment, now, { event: 'return', action: 'task.returned' });
}

/** Opens a decided task again for the student. @throws Invalid without a comment that says what for. */
export async function reopenTask(actor: Actor, taskId: string, comment: string, now: Date): Promise<Task> {
  return giveBack(actor, taskId, comment, now, { event: 'reopen', action: 'task.reopened' });
}

/** The student writes again; what was decided before is no more. */
async function giveBack(
  actor: Actor,
  taskId: string,
  comment: string,
  now: Date,
  { event, action }: { event: 'return' | 'reopen'; action: string },
): Promise<Task> {
  return changeTask(actor, taskId, now, (task) => {
    const state = moveTask(task, event, actor.role);
    const words = wordsFrom('comment', comment);
    return {
      fields: {
        state,
        comment: words,
        decidedAt: now,
        decidedBy: actor.person,
        points: null,
        excuse: null,
        rubric: [],
        attempts: lastEnded(task, 'returned', words),
      },
      action,
      changes: [{ field: 'comment', from: null, to: words }],
      told: words,
      graded: 'returned',
    };
  });
}

/** What an advisor says when they accept. */
export interface Acceptance {
  points?: number | null;
  comment?: string;
  /** Levels of the template's rubric, by criterion. */
  rubric?: RubricForm;
}

/**
 * Accepts the task, for all its points unless fewer are given or a rubric says how many. A comment is optional.
 * @throws Invalid for points out of range, or a rubric without a level where the score follows from it
 */
export async function verifyTask(
  actor: Actor,
  taskId: string,
  decision: Acceptance,
  now: Date,
): Promise<Task> {
  return changeTask(actor, taskId, now, (task, link) => {
    const state = moveTask(task, 'verify', actor.role);
    const template = getTemplate(task.template);
    const rubric = template.rubric ? choicesFrom(template.rubric, decision.rubric ?? {}) : [];
    const points =
      template.rubric?.gives === 'score'
        ? rubricPoints(template.rubric, rubric, link.points)
        : pointsOf(decision.points ?? link.points, link);
    const comment = shortEnough('comment', (decision.comment ?? '').trim());
    return {
      fields: {
        state,
        points,
        comment,
        rubric,
        decidedAt: now,
        decidedBy: actor.person,
        attempts: lastEnded(task, 'verified', comment),
      },
      action: 'task.verified',
      changes: [{ field: 'points', from: task.points, to: points }],
      told: comment,
      graded: 'verified',
    };
  });
}

function pointsOf(points: number, link: TaskLink): number {
  if (Number.isFinite(points) && points >= 0 && points <= link.points) return points;
  throw new Invalid([{ field: 'points', message: say('tasks.error.points', { max: link.points }) }]);
}

/** Excuses a student from an assignment, with a reason, opened or not. Nothing is sent to the gradebook. */
export async function excuseTask(
  actor: Actor,
  linkId: string,
  student: string,
  reason: string,
  now: Date,
): Promise<Task> {
  if (!isStaffRole(actor.role)) throw new Forbidden(`${actor.role} may not excuse`);
  const words = wordsFrom('reason', reason);
  return inTransaction(async () => {
    const link = await getLink(actor.institution, linkId);
    const task = await assignedTask(link, student, now);
    const fields = {
      state: moveTask(task, 'excuse', actor.role),
      excuse: words,
      decidedAt: now,
      decidedBy: actor.person,
    };
    const changes = [{ field: 'reason', from: null, to: words }];
    const change = { fields, action: 'task.excused', changes, told: words, graded: 'excused' as const };
    return applyChange(actor, task, link, change, now);
  });
}

function wordsFrom(field: 'comment' | 'reason', text: string): string {
  const words = text.trim();
  if (words === '') throw new Invalid([{ field, message: say(`tasks.error.${field}`) }]);
  return shortEnough(field, words);
}

function shortEnough(field: 'comment' | 'reason', words: string): string {
  if (words.length <= LONGEST) return words;
  throw new Invalid([{ field, message: say('tasks.error.tooLong', { limit: LONGEST }) }]);
}
