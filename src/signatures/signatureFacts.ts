import type { approvedContent } from '../plans/decision.service.ts';
import type { Plan } from '../plans/plan.ts';
import type { Signature } from './signature.ts';

type Frozen = NonNullable<Awaited<ReturnType<typeof approvedContent>>>;

/** What the pages of signatures show. */
export interface SignatureFacts {
  plan: Plan;
  /** The framework asks for signatures at all. */
  asks: boolean;
  current: readonly Signature[];
  /** Of earlier versions, and those that were let go. */
  earlier: readonly Signature[];
  /** The version that is to be signed; null before the approval. */
  frozen: Frozen | null;
  names: ReadonlyMap<string, string>;
  /** Days of this school year with an attempt to reach the family. */
  attempts: number;
  zone: string;
}
