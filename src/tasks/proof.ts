import type { MessageKey } from '../shared/i18n.ts';
import type { TaskKind } from './template.ts';

/** Kinds of task that are done somewhere else in the plan. */
export const PROOF_KINDS = ['upload', 'inventory', 'experience', 'meeting'] as const;
export type ProofKind = (typeof PROOF_KINDS)[number];

/** What must be there before a task is handed in, and what is there. */
export interface Proof {
  kind: ProofKind;
  things: ProofThing[];
}

export interface ProofThing {
  id: string;
  title: string;
}

/** @returns null for a kind that is done by writing */
export function proofKind(kind: TaskKind): ProofKind | null {
  return PROOF_KINDS.find((one) => one === kind) ?? null;
}

export function isMet(proof: Pick<Proof, 'things'> | null): boolean {
  return proof === null || proof.things.length > 0;
}

/** Why a task cannot be handed in yet. */
export const PROOF_MISSING = {
  upload: 'tasks.error.proof.upload',
  inventory: 'tasks.error.proof.inventory',
  experience: 'tasks.error.proof.experience',
  meeting: 'tasks.error.proof.meeting',
} as const satisfies Record<ProofKind, MessageKey>;
