import { Conflict } from '../shared/errors.ts';
import { say } from '../plans/say.ts';
import { isLive, type Goal, type GoalStatus } from './goal.ts';

/** What can happen to a goal. `reopen` is the undone approval of a plan. */
export type GoalEvent =
  'agree' | 'start' | 'achieve' | 'achievePartly' | 'miss' | 'drop' | 'carry' | 'reopen';

interface Move {
  from: readonly GoalStatus[];
  to: GoalStatus;
}

/** proposed → agreed → in_progress → achieved | partly | not_achieved | dropped | carried (product.md, States). */
export const GOAL_MOVES: Record<GoalEvent, Move> = {
  agree: { from: ['proposed'], to: 'agreed' },
  start: { from: ['agreed'], to: 'in_progress' },
  achieve: { from: ['agreed', 'in_progress'], to: 'achieved' },
  achievePartly: { from: ['agreed', 'in_progress'], to: 'partly' },
  miss: { from: ['agreed', 'in_progress'], to: 'not_achieved' },
  drop: { from: ['proposed', 'agreed', 'in_progress'], to: 'dropped' },
  carry: { from: ['agreed', 'in_progress', 'partly', 'not_achieved'], to: 'carried' },
  reopen: { from: ['agreed', 'in_progress'], to: 'proposed' },
};

/** @throws Conflict in words when the goal's status does not allow it. */
export function moveGoal(goal: Goal, event: GoalEvent): Goal {
  const { from, to } = GOAL_MOVES[event];
  if (from.includes(goal.status)) return { ...goal, status: to };
  throw new Conflict(
    say('goals.error.move', { status: say(STATUS_LABEL[goal.status]), event: say(EVENT_LABEL[event]) }),
    `goal ${goal.id}: ${event} from ${goal.status}`,
  );
}

/** @throws Conflict when the goal has ended: nothing is added to it any more. */
export function refuseOver(goal: Goal): void {
  if (!isLive(goal)) throw new Conflict(say('goals.error.over', { status: say(STATUS_LABEL[goal.status]) }));
}

/** Work has begun: an agreed goal goes on to "in progress"; any other stays what it is. */
export function started(goal: Goal): Goal {
  return goal.status === 'agreed' ? moveGoal(goal, 'start') : goal;
}

export const STATUS_LABEL = {
  proposed: 'goals.status.proposed',
  agreed: 'goals.status.agreed',
  in_progress: 'goals.status.inProgress',
  achieved: 'goals.status.achieved',
  partly: 'goals.status.partly',
  not_achieved: 'goals.status.notAchieved',
  dropped: 'goals.status.dropped',
  carried: 'goals.status.carried',
} as const satisfies Record<GoalStatus, string>;

const EVENT_LABEL = {
  agree: 'goals.event.agree',
  start: 'goals.event.start',
  achieve: 'goals.event.achieve',
  achievePartly: 'goals.event.achievePartly',
  miss: 'goals.event.miss',
  drop: 'goals.event.drop',
  carry: 'goals.event.carry',
  reopen: 'goals.event.reopen',
} as const satisfies Record<GoalEvent, string>;
