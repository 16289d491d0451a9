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
import { say } from '../plans/say.ts';
import { getLink, listLinksOfGroup } from './link.service.ts';
import { findTask, findTaskOf, updateTask } from './task.store.ts';
import { HISTORY_LIMIT, type Task, type TaskLink } from './task.ts';
import { mayMoveTask, moveTask } from './taskMove.ts';
import { taskGrade, type GradedEvent } from './taskGrade.ts';

/** What a use case makes of a task; `null` leaves it as it is. */
export interface TaskChange {
  fields: Partial<Task>;
  action: string;
  changes: Change[];
  /** In the page's history with these words; without, the change is not told there. */
  told?: string;
  graded?: GradedEvent;
  /** What follows from it by itself, in the same write. */
  follows?: Pick<TaskChange, 'fields' | 'action' | 'changes'>;
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
  const { follows } = change;
  const fields = { ...change.fields, ...follows?.fields, history: historyAfter(actor, task, change, now) };
  const after = await updateTask(task, { ...fields, changedAt: now });
  const event = { institution: task.institution, subject: task.person, at: now };
  const object = { kind: 'task', id: task.id };
  const { action, changes } = change;
  await record(
    { ...event, object, actor: actor.person, action, changes, via: actor.via },
    ...(follows
      ? [{ ...event, object, actor: 'system', action: follows.action, changes: follows.changes }]
      : []),
  );
  if (after.state === 'verified' && task.state !== 'verified') await excuseOthers(actor, after, link, now);
  // Assigned inside Waymark: there is no column that could take a grade.
  if (link.place === 'waymark') return after;
  const grade = change.graded ? taskGrade(change.graded, after, link, now) : null;
  if (grade) await enqueue(grade);
  return after;
}

function historyAfter(actor: Actor, task: Task, change: TaskChange, at: Date): Task['history'] {
  const { told, fields, follows } = change;
  if (told === undefined) return task.history;
  const state = fields.state ?? task.state;
  const entry = { at, by: actor.person, state, comment: told };
  const then = { at, by: 'system', state: follows?.fields.state ?? state, comment: '' };
  return [...task.history, entry, ...(follows ? [then] : [])].slice(-HISTORY_LIMIT);
}

/**
 * Any one task of a choice is enough: the student's others are excused, in words. What they handed in there, or had
 * accepted, stays.
 */
async function excuseOthers(actor: Actor, done: Task, link: TaskLink, now: Date): Promise<void> {
  if (link.group === null) return;
  const links = await listLinksOfGroup(link.institution, link.group);
  const system: Actor = { ...actor, person: 'system', via: null };
  for (const other of links.filter(({ id }) => id !== link.id)) {
    const task = await findTaskOf(link.institution, other.id, done.person);
    if (!task || task.state === 'submitted' || !mayMoveTask(task, 'excuse', 'system')) continue;
    const reason = say('tasks.choice.excused', { title: link.title });
    const fields = {
      state: moveTask(task, 'excuse', 'system'),
      excuse: reason,
      decidedAt: now,
      decidedBy: null,
    };
    const changes = [{ field: 'reason', from: null, to: reason }];
    await applyChange(system, task, other, { fields, action: 'task.excused', changes, told: reason }, now);
  }
}
