import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areAllSettled,
  isInTurn,
  isOpen,
  isSettled,
  moveSignature,
  shortHash,
  SIGNATURE_MOVES,
  signersOf,
  signsAs,
  type Signature,
  type SignatureEvent,
  type SignatureState,
} from '../../../src/signatures/signature.ts';
import { outcomeOf } from '../../support/build.ts';
import { aSignature } from './aSignature.ts';

const STATES: SignatureState[] = ['requested', 'viewed', 'signed', 'declined', 'paper', 'waived', 'void'];
const EVENTS = Object.keys(SIGNATURE_MOVES) as SignatureEvent[];

describe('a signature', () => {
  it('moves only as its table says', () => {
    for (const event of EVENTS)
      for (const state of STATES) {
        const { from, to } = SIGNATURE_MOVES[event];
        const expected = from.includes(state) ? to : 'Conflict';
        expect(outcomeOf(() => moveSignature(aSignature({ state }), event).state)).toBe(expected);
      }
    expect(() => moveSignature(aSignature({ state: 'signed' }), 'decline')).toThrow(
      'This signature is signed, so this cannot be done now.',
    );
  });

  it('once settled is never open again, and once void stays void', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 20 }), (events) => {
        let one = aSignature();
        for (const event of events) {
          const before = one;
          if (SIGNATURE_MOVES[event].from.includes(one.state)) one = moveSignature(one, event);
          expect(isOpen(before) || !isOpen(one)).toBe(true);
          expect(before.state !== 'void' || one.state === 'void').toBe(true);
          expect(!isSettled(one) || isSettled(before) || isOpen(before)).toBe(true);
        }
      }),
    );
  });

  it('is given as oneself: other people sign on paper only', () => {
    const roles = ['student', 'family', 'advisor', 'school', 'other'] as const;
    const actors = ['student', 'family', 'advisor', 'administrator'] as const;
    const may = roles.map((role) => actors.filter((actor) => signsAs(role, actor)));
    expect(may).toEqual([['student'], ['family'], ['advisor'], ['administrator'], []]);
  });
});

describe('the order of signers', () => {
  const signatures = [
    { role: 'student', required: true },
    { role: 'family', required: false },
    { role: 'advisor', required: true },
    { role: 'school', required: true },
  ] as const;

  it('is the framework’s', () => {
    expect(signersOf({ signatures }).map(({ place, role }) => [place, role])).toEqual([
      [0, 'student'],
      [1, 'family'],
      [2, 'advisor'],
      [3, 'school'],
    ]);
  });

  it('holds: whoever signs in turn leads to all, and never past a required one', () => {
    const event = fc.constantFrom<SignatureEvent>('sign', 'paper', 'waive', 'view');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), event), { maxLength: 40 }), (tries) => {
        let all = signersOf({ signatures }).map((signer) => aSignature(signer));
        for (const [place, move] of tries) {
          const one = all[place] as Signature;
          if (!isInTurn(one, all) || !SIGNATURE_MOVES[move].from.includes(one.state)) continue;
          all = all.with(place, moveSignature(one, move));
          const settled = all.map((each) => isSettled(each));
          expect(settled[3] ? settled[2] && settled[0] : true).toBe(true);
          expect(settled[2] ? settled[0] : true).toBe(true);
        }
        expect(areAllSettled(all)).toBe(all.every((each) => !each.required || isSettled(each)));
      }),
    );
  });

  it('shows of a hash what can be compared by eye', () => {
    expect(shortHash('abcdefghijklmnopqrstuvwxyz')).toBe('abcdefghijkl');
  });
});
