import { describe, expect, it } from 'vitest';
import { Invalid } from '../../../src/shared/errors.ts';
import type { PlanState } from '../../../src/plans/plan.ts';
import {
  mayMove,
  PLAN_MOVES,
  STATE_LABEL,
  transition,
  type Mover,
  type PlanEvent,
} from '../../../src/plans/transition.ts';
import { aPlan, outcomeOf } from '../../support/build.ts';

const events = Object.keys(PLAN_MOVES) as PlanEvent[];
const states = Object.keys(STATE_LABEL) as PlanState[];
const movers: Mover[] = ['student', 'advisor', 'administrator', 'family', 'system'];
const by = (mover: Mover) => (mover === 'system' ? mover : { role: mover });

function path(start: PlanState, ...steps: [PlanEvent, Mover][]): PlanState[] {
  let plan = aPlan({ state: start });
  return steps.map(([event, mover]) => {
    plan = { ...plan, ...transition(plan, event, by(mover), 'reason') };
    return plan.state;
  });
}

describe('the states of a plan', () => {
  it('go from nothing to a plan in use', () => {
    expect(
      path(
        'not_started',
        ['begin', 'student'],
        ['submit', 'student'],
        ['startReview', 'advisor'],
        ['approve', 'advisor'],
        ['activate', 'system'],
        ['amend', 'student'],
        ['submit', 'student'],
      ),
    ).toEqual(['draft', 'submitted', 'in_review', 'approved', 'active', 'amending', 'submitted']);
  });

  it('go over signing where the framework signs, and back when somebody declines', () => {
    expect(path('approved', ['requestSignatures', 'system'], ['activate', 'system'])).toEqual([
      'signing',
      'active',
    ]);
    expect(path('signing', ['declineSignature', 'family'])).toEqual(['returned']);
  });

  it('come to an end over a review', () => {
    expect(
      path('active', ['reviewDue', 'system'], ['close', 'advisor'], ['archive', 'administrator']),
    ).toEqual(['review_due', 'closed', 'archived']);
  });

  it.each(['draft', 'returned', 'amending'] as const)(
    'lead a plan taken back to where it was: %s',
    (state) => {
      expect(path(state, ['submit', 'student'], ['withdraw', 'student'])).toEqual(['submitted', state]);
    },
  );

  it.each(['hold', 'transfer', 'waive'] as const)(
    'remember where a plan was before staff set it aside: %s',
    (event) => {
      const [aside, back] = path('in_review', [event, 'advisor'], ['resume', 'administrator']);
      expect(aside).toMatch(/on_hold|transferred|waived/);
      expect(back).toBe('in_review');
    },
  );

  it('still know where a sent plan came from after it was on hold', () => {
    expect(
      path(
        'returned',
        ['submit', 'student'],
        ['hold', 'advisor'],
        ['resume', 'advisor'],
        ['withdraw', 'student'],
      ),
    ).toEqual(['submitted', 'on_hold', 'submitted', 'returned']);
  });

  it('move only as the table says, whoever tries, from every state', () => {
    for (const event of events)
      for (const state of states)
        for (const mover of movers) {
          const { from, who } = PLAN_MOVES[event];
          const refused = who.includes(mover) ? 'Conflict' : 'Forbidden';
          const allowed = from.includes(state) && who.includes(mover);
          const outcome = outcomeOf(() => typeof transition(aPlan({ state }), event, by(mover), 'why').state);
          expect(outcome).toBe(allowed ? 'string' : refused);
          expect(mayMove(aPlan({ state }), event, mover)).toBe(allowed);
        }
  });

  it('are refused with a message that names them in words', () => {
    expect(() => transition(aPlan({ state: 'in_review' }), 'withdraw', { role: 'student' })).toThrow(
      'This plan is in review, so it cannot be taken back now. That is possible while a plan is sent to the advisor.',
    );
    expect(() => transition(aPlan({ state: 'active' }), 'submit', { role: 'student' })).toThrow(
      'being written, sent back for a change, or being changed',
    );
  });

  it('want a reason from staff who set a plan aside', () => {
    expect(() => transition(aPlan(), 'hold', { role: 'advisor' })).toThrow(Invalid);
    expect(transition(aPlan(), 'hold', { role: 'advisor' }, 'Moved away').asideReason).toBe('Moved away');
  });
});
