import type { Actor, ActorRole } from '../people/actor.ts';
import { Conflict, Forbidden, Invalid } from '../shared/errors.ts';
import type { Plan, PlanState } from './plan.ts';
import { say } from './say.ts';

/** What can happen to a plan. */
export type PlanEvent =
  | 'begin'
  | 'submit'
  | 'withdraw'
  | 'startReview'
  | 'return'
  | 'approve'
  | 'undoApproval'
  | 'requestSignatures'
  | 'declineSignature'
  | 'activate'
  | 'amend'
  | 'reviewDue'
  | 'close'
  | 'archive'
  | 'renew'
  | 'hold'
  | 'transfer'
  | 'waive'
  | 'resume';

/** `system`: follows by itself from another event or from the calendar. */
export type Mover = ActorRole | 'system';

interface Move {
  from: readonly PlanState[];
  /** `sentFrom` and `resumeTo`: back to the state that was remembered. */
  to: PlanState | 'sentFrom' | 'resumeTo';
  who: readonly Mover[];
  needsReason?: true;
}

const RUNNING = [
  'not_started',
  'draft',
  'submitted',
  'in_review',
  'returned',
  'approved',
  'signing',
  'active',
  'amending',
  'review_due',
] as const;
const STAFF = ['advisor', 'administrator'] as const;
const aside = (to: 'on_hold' | 'transferred' | 'waived'): Move => ({
  from: RUNNING,
  to,
  who: STAFF,
  needsReason: true,
});

/** The whole of product.md, States, as data. An amended plan in `review_due` is amended like an active one. */
export const PLAN_MOVES: Record<PlanEvent, Move> = {
  begin: { from: ['not_started'], to: 'draft', who: ['student', 'advisor', 'administrator'] },
  submit: { from: ['draft', 'returned', 'amending'], to: 'submitted', who: ['student'] },
  withdraw: { from: ['submitted'], to: 'sentFrom', who: ['student'] },
  startReview: { from: ['submitted'], to: 'in_review', who: ['advisor'] },
  return: { from: ['in_review'], to: 'returned', who: ['advisor'] },
  approve: { from: ['in_review'], to: 'approved', who: ['advisor'] },
  undoApproval: { from: ['approved', 'signing', 'active'], to: 'in_review', who: ['advisor'] },
  requestSignatures: { from: ['approved'], to: 'signing', who: ['system'] },
  declineSignature: { from: ['signing'], to: 'returned', who: ['student', 'family', ...STAFF] },
  activate: { from: ['approved', 'signing'], to: 'active', who: ['system'] },
  amend: { from: ['active', 'review_due'], to: 'amending', who: ['student', 'advisor'] },
  reviewDue: { from: ['active'], to: 'review_due', who: ['system'] },
  close: { from: ['active', 'review_due'], to: 'closed', who: [...STAFF, 'system'] },
  archive: { from: ['closed'], to: 'archived', who: ['administrator', 'system'] },
  /** A new school year: the plan goes on as a draft; what was agreed is kept in its snapshot. */
  renew: {
    from: ['draft', 'returned', 'approved', 'active', 'amending', 'review_due', 'closed'],
    to: 'draft',
    who: ['student', ...STAFF, 'system'],
  },
  hold: aside('on_hold'),
  transfer: aside('transferred'),
  waive: aside('waived'),
  resume: {
    from: ['on_hold', 'transferred', 'waived'],
    to: 'resumeTo',
    who: STAFF,
    needsReason: true,
  },
};

type Stateful = Pick<Plan, 'state' | 'resumeTo' | 'sentFrom'>;
export type Standing = Pick<Plan, 'state' | 'resumeTo' | 'sentFrom' | 'asideReason'>;

/**
 * The plan's fields after an event. @param reason staff's words, where the event needs some.
 * @throws Forbidden when this is never theirs to do, Conflict in words when the state does not allow it,
 * Invalid when the reason is missing.
 */
export function transition(
  plan: Stateful,
  event: PlanEvent,
  by: Pick<Actor, 'role'> | 'system',
  reason = '',
): Standing {
  const move = PLAN_MOVES[event];
  const mover = by === 'system' ? by : by.role;
  if (!move.who.includes(mover)) throw new Forbidden(`${mover} may not ${event} a plan`);
  if (!move.from.includes(plan.state)) throw refusal(plan.state, event);
  if (move.needsReason && reason === '')
    throw new Invalid([{ field: 'reason', message: say('plans.error.reason') }]);
  return standingAfter(plan, event, targetOf(plan, move), reason);
}

/** Whether `transition` would go through, reasons aside: which buttons a page shows. */
export function mayMove(plan: Stateful, event: PlanEvent, by: Mover): boolean {
  const { from, who } = PLAN_MOVES[event];
  return from.includes(plan.state) && who.includes(by);
}

function targetOf(plan: Stateful, { to }: Move): PlanState {
  if (to === 'sentFrom') return plan.sentFrom ?? 'draft';
  if (to === 'resumeTo') return plan.resumeTo ?? 'draft';
  return to;
}

function standingAfter(plan: Stateful, event: PlanEvent, state: PlanState, reason: string): Standing {
  const goesAside = event === 'hold' || event === 'transfer' || event === 'waive';
  return {
    state,
    resumeTo: goesAside ? plan.state : null,
    sentFrom: event === 'submit' ? plan.state : plan.sentFrom,
    asideReason: goesAside ? reason : null,
  };
}

function refusal(state: PlanState, event: PlanEvent): Conflict {
  const allowed = PLAN_MOVES[event].from.map((from) => say(STATE_LABEL[from]));
  const list = new Intl.ListFormat(say.locale, { type: 'disjunction' }).format(allowed);
  return new Conflict(
    say('plans.error.move', {
      event: say(EVENT_LABEL[event]),
      state: say(STATE_LABEL[state]),
      allowed: list,
    }),
    `${event} from ${state}`,
  );
}

export const STATE_LABEL = {
  not_started: 'plans.state.notStarted',
  draft: 'plans.state.draft',
  submitted: 'plans.state.submitted',
  in_review: 'plans.state.inReview',
  returned: 'plans.state.returned',
  approved: 'plans.state.approved',
  signing: 'plans.state.signing',
  active: 'plans.state.active',
  amending: 'plans.state.amending',
  review_due: 'plans.state.reviewDue',
  closed: 'plans.state.closed',
  archived: 'plans.state.archived',
  on_hold: 'plans.state.onHold',
  transferred: 'plans.state.transferred',
  waived: 'plans.state.waived',
} as const satisfies Record<PlanState, string>;

const EVENT_LABEL = {
  begin: 'plans.event.begin',
  submit: 'plans.event.submit',
  withdraw: 'plans.event.withdraw',
  startReview: 'plans.event.startReview',
  return: 'plans.event.return',
  approve: 'plans.event.approve',
  undoApproval: 'plans.event.undoApproval',
  requestSignatures: 'plans.event.requestSignatures',
  declineSignature: 'plans.event.declineSignature',
  activate: 'plans.event.activate',
  amend: 'plans.event.amend',
  reviewDue: 'plans.event.reviewDue',
  close: 'plans.event.close',
  archive: 'plans.event.archive',
  renew: 'plans.event.renew',
  hold: 'plans.event.hold',
  transfer: 'plans.event.transfer',
  waive: 'plans.event.waive',
  resume: 'plans.event.resume',
} as const satisfies Record<PlanEvent, string>;
