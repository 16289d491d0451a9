/**
 * How every change of a task is made: load, decide by pure rules, then save the task, its audit event and
 * its grade row in one transaction.
 */
import { record } from '../audit/audit.service.ts';
import type { Change } from '../audit/event.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Actor } from '../people/actor.ts';
import { NotFound } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { getLink } from './link.service.ts';
import { findTask, updateTask } from './task.store.ts';
import { HISTORY_LIMIT, type Task, type TaskLink } from './task.ts';
import { taskGrade, type GradedEvent } from './taskGrade.ts';

/** What a use case makes of a task; `null` leaves it as it is. */
export interface TaskChange {
  fields: Partial<Task>;
  action: string;
  changes: Change[];
  /** In the page's history with these words; without, the change is not told there. */
  told?: string;
  graded?: GradedEvent;
}

/** @throws NotFound when there is no such task, or it is another student's. */
export async function getTask(actor: Actor, id: string): Promise<Task> {
  const task = await findTask(actor.institution, id);
  if (!task || (actor.role === 'student' && task.person !== actor.person)) throw new NotFound(`task ${id}`);
  return task;
}

/** One use case on one task. `decide` is pure; it runs again when MongoDB asks for a retry. */
export async function changeTask(
  actor: Actor,
  id: string,
  now: Date,
  decide: (task: Task, link: TaskLink) => TaskChange | null,
): Promise<Task> {
  return inTransaction(async () => {
    const task = await getTask(actor, id);
    const link = await getLink(task.institution, task.link);
    const change = decide(task, link);
    return change ? applyChange(actor, task, link, change, now) : task;
  });
}

/** Saves a decided change of a task; call it inside a transaction. */
export async function applyChange(
  actor: Actor,
  task: Task,
  link: TaskLink,
  change: TaskChange,
  now: Date,
): Promise<Task> {
  const history = change.told === undefined ? task.history : withEntry(actor, task, change, now);
  const after = await updateTask(task, { ...change.fields, history, changedAt: now });
  await record({
    institution: task.institution,
    actor: actor.person,
    action: change.action,
    subject: task.person,
    object: { kind: 'task', id: task.id },
    changes: change.changes,
    via: actor.via,
    at: now,
  });
  const grade = change.graded ? taskGrade(change.graded, after, link, now) : null;
  if (grade) await enqueue(grade);
  return after;
}

function withEntry(actor: Actor, task: Task, change: TaskChange, at: Date): Task['history'] {
  const entry = {
    at,
    by: actor.person,
    state: change.fields.state ?? task.state,
    comment: change.told ?? '',
  };
  return [...task.history, entry].slice(-HISTORY_LIMIT);
}
