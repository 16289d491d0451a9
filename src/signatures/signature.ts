/**
 * Who signs a plan, in which order, and how each one settles it. A signature is bound to one snapshot by its
 * SHA-256: requested → viewed → signed | declined | paper | waived; void when the plan was approved anew.
 */
import type { ActorRole } from '../people/actor.ts';
import type { Framework, SignerRole } from '../plans/framework.ts';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';

export type SignatureState = 'requested' | 'viewed' | 'signed' | 'declined' | 'paper' | 'waived' | 'void';
export type SignatureEvent = 'view' | 'sign' | 'decline' | 'paper' | 'waive' | 'void';
export type WaiverGround = 'adult' | 'attempts';

export interface Signature {
  id: string;
  institution: string;
  plan: string;
  /** The student. */
  person: string;
  revision: number;
  /** Of the snapshot: SHA-256 of its canonical JSON, base64url. */
  hash: string;
  /** The framework's order, from 0. */
  place: number;
  role: SignerRole;
  required: boolean;
  state: SignatureState;
  /** What it was before it became void. */
  was: Exclude<SignatureState, 'void'> | null;
  requestedAt: Date;
  viewedAt: Date | null;
  settledAt: Date | null;
  /** Who settled it here; for paper and waiver the member of staff who recorded it. */
  by: string | null;
  /** The signer's name: of the account, or as it stands on the paper. */
  name: string | null;
  /** Why it was declined or waived. */
  reason: string | null;
  ground: WaiverGround | null;
  /** Calendar day on the paper, in the school's zone. */
  paperDay: string | null;
  /** The scanned paper: id of a file. */
  scan: string | null;
  voidedAt: Date | null;
}

const OPEN = ['requested', 'viewed'] as const;

export const SIGNATURE_MOVES: Record<
  SignatureEvent,
  { from: readonly SignatureState[]; to: SignatureState }
> = {
  view: { from: ['requested'], to: 'viewed' },
  sign: { from: OPEN, to: 'signed' },
  decline: { from: OPEN, to: 'declined' },
  paper: { from: OPEN, to: 'paper' },
  waive: { from: OPEN, to: 'waived' },
  void: { from: [...OPEN, 'signed', 'declined', 'paper', 'waived'], to: 'void' },
};

/** @throws Conflict in words when the signature's state does not allow it */
export function moveSignature(signature: Signature, event: SignatureEvent): Signature {
  const { from, to } = SIGNATURE_MOVES[event];
  if (from.includes(signature.state)) return { ...signature, state: to };
  throw new Conflict(
    say('signatures.error.move', { state: say(SIGNATURE_LABEL[signature.state]) }),
    `signature ${signature.id}: ${event} in ${signature.state}`,
  );
}

/** The signature counts: nobody waits for it any more. */
export function isSettled({ state }: Pick<Signature, 'state'>): boolean {
  return state === 'signed' || state === 'paper' || state === 'waived';
}

export function isOpen({ state }: Pick<Signature, 'state'>): boolean {
  return state === 'requested' || state === 'viewed';
}

/** Every required one counts. */
export function areAllSettled(signatures: readonly Signature[]): boolean {
  return signatures.every((one) => !one.required || isSettled(one));
}

/** Open, and every required one before it counts. Optional ones hold nobody up. */
export function isInTurn(signature: Signature, all: readonly Signature[]): boolean {
  return (
    isOpen(signature) && all.every((one) => one.place >= signature.place || !one.required || isSettled(one))
  );
}

/** In which capacity somebody signs for themselves; `other` signs on paper only. */
const SIGNS_AS: Record<SignerRole, ActorRole | null> = {
  student: 'student',
  family: 'family',
  advisor: 'advisor',
  school: 'administrator',
  other: null,
};

export function signsAs(role: SignerRole, actor: ActorRole): boolean {
  return SIGNS_AS[role] === actor;
}

/** The framework's signers in its order, as they are asked for one snapshot. */
export function signersOf({
  signatures,
}: Pick<Framework, 'signatures'>): Pick<Signature, 'place' | 'role' | 'required'>[] {
  return signatures.map(({ role, required }, place) => ({ place, role, required }));
}

/** The first characters of a hash: enough to compare two papers by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

export const SIGNATURE_LABEL = {
  requested: 'signatures.state.requested',
  viewed: 'signatures.state.viewed',
  signed: 'signatures.state.signed',
  declined: 'signatures.state.declined',
  paper: 'signatures.state.paper',
  waived: 'signatures.state.waived',
  void: 'signatures.state.void',
} as const satisfies Record<SignatureState, string>;

export const SIGNATURE_LIMITS = { name: 120, reason: 500 } as const;
