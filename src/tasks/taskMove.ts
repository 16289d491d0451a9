import type { ActorRole } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Conflict, Forbidden } from '../shared/errors.ts';
import type { Task, TaskState } from './task.ts';

/** What can happen to a task. `accept`: its template needs no person. */
export type TaskEvent =
  'open' | 'save' | 'handIn' | 'withdraw' | 'return' | 'verify' | 'accept' | 'excuse' | 'expire' | 'reopen';

export type TaskMover = ActorRole | 'system';

interface Move {
  from: readonly TaskState[];
  to: TaskState;
  who: readonly TaskMover[];
}

const UNDECIDED = ['assigned', 'opened', 'in_progress', 'submitted', 'returned'] as const;

/** assigned → opened → in_progress → submitted → returned | verified | excused | expired (product.md, States). */
export const TASK_MOVES: Record<TaskEvent, Move> = {
  open: { from: ['assigned'], to: 'opened', who: ['student'] },
  save: { from: ['opened', 'in_progress', 'returned'], to: 'in_progress', who: ['student'] },
  handIn: { from: ['opened', 'in_progress', 'returned'], to: 'submitted', who: ['student'] },
  withdraw: { from: ['submitted'], to: 'in_progress', who: ['student'] },
  return: { from: ['submitted'], to: 'returned', who: ['advisor'] },
  verify: { from: ['submitted'], to: 'verified', who: ['advisor'] },
  accept: { from: ['submitted'], to: 'verified', who: ['system'] },
  excuse: { from: [...UNDECIDED, 'expired'], to: 'excused', who: ['advisor', 'administrator', 'system'] },
  expire: { from: ['assigned', 'opened', 'in_progress', 'returned'], to: 'expired', who: ['system'] },
  reopen: { from: ['verified', 'excused', 'expired'], to: 'returned', who: ['advisor'] },
};

/**
 * The state after an event. Work on a returned task leaves it "returned" until it is handed in again.
 * @throws Forbidden when this is never theirs to do, Conflict in words when the state does not allow it.
 */
export function moveTask(task: Pick<Task, 'state'>, event: TaskEvent, by: TaskMover): TaskState {
  const { from, to, who } = TASK_MOVES[event];
  if (!who.includes(by)) throw new Forbidden(`${by} may not ${event} a task`);
  if (!from.includes(task.state)) throw refusal(task.state, event);
  return event === 'save' && task.state === 'returned' ? 'returned' : to;
}

/** Whether `moveTask` would go through: which buttons a page shows. */
export function mayMoveTask(task: Pick<Task, 'state'>, event: TaskEvent, by: TaskMover): boolean {
  const { from, who } = TASK_MOVES[event];
  return from.includes(task.state) && who.includes(by);
}

function refusal(state: TaskState, event: TaskEvent): Conflict {
  const allowed = TASK_MOVES[event].from.map((from) => say(TASK_STATE_LABEL[from]));
  const list = new Intl.ListFormat(say.locale, { type: 'disjunction' }).format(allowed);
  return new Conflict(
    say('tasks.error.move', {
      event: say(`tasks.event.${event}`),
      state: say(TASK_STATE_LABEL[state]),
      allowed: list,
    }),
    `${event} from ${state}`,
  );
}

export const TASK_STATE_LABEL = {
  assigned: 'tasks.state.assigned',
  opened: 'tasks.state.opened',
  in_progress: 'tasks.state.inProgress',
  submitted: 'tasks.state.submitted',
  returned: 'tasks.state.returned',
  verified: 'tasks.state.verified',
  excused: 'tasks.state.excused',
  expired: 'tasks.state.expired',
} as const satisfies Record<TaskState, string>;
