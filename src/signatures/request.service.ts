/** Asking for signatures and letting go of them: called by the plan's decisions, inside their transaction. */
import type { Framework } from '../plans/framework.ts';
import type { Plan } from '../plans/plan.ts';
import type { PlanAction } from '../plans/planChange.ts';
import { newId } from '../shared/model.ts';
import { insertSignatures, listSignatures, replaceSignature } from './signature.store.ts';
import { isSettled, moveSignature, signersOf, type Signature } from './signature.ts';

type OfPlan = Pick<Plan, 'institution' | 'id' | 'revision'>;

/**
 * Asks the framework's signers for one snapshot; those of earlier revisions become void and are kept.
 * @param hash of the snapshot just frozen @returns what the log says of it
 */
export async function requestSignatures(
  plan: Plan,
  framework: Framework,
  hash: string,
  now: Date,
): Promise<PlanAction[]> {
  const voided = await voidSignatures(plan, now);
  const signers = signersOf(framework);
  if (signers.length === 0) return voided;
  const { institution, id, person, revision } = plan;
  await insertSignatures(
    signers.map((signer) => ({
      ...BLANK,
      ...signer,
      id: newId(),
      institution,
      plan: id,
      person,
      revision,
      hash,
      requestedAt: now,
    })),
  );
  const roles = signers.map(({ role }) => role).join(', ');
  const changes = [
    { field: 'roles', from: null, to: roles },
    { field: 'snapshot', from: null, to: hash },
  ];
  return [...voided, { action: 'signature.requested', changes, bySystem: true }];
}

const BLANK = {
  state: 'requested',
  was: null,
  viewedAt: null,
  settledAt: null,
  by: null,
  name: null,
  reason: null,
  ground: null,
  paperDay: null,
  scan: null,
  voidedAt: null,
} as const;

/** Every signature of the plan that is not void yet becomes void. @param except stays as it is */
export async function voidSignatures(
  { institution, id }: OfPlan,
  now: Date,
  except: string | null = null,
): Promise<PlanAction[]> {
  const all = await listSignatures(institution, id);
  const standing = all.filter((one) => one.state !== 'void' && one.id !== except);
  for (const one of standing) await replaceSignature(voided(one, now));
  return standing.map((one) => ({
    action: 'signature.voided',
    object: { kind: 'signature', id: one.id },
    changes: [
      { field: 'role', from: null, to: one.role },
      { field: 'state', from: one.state, to: 'void' },
    ],
    bySystem: true,
  }));
}

function voided(one: Signature, now: Date): Signature {
  return { ...moveSignature(one, 'void'), was: one.state === 'void' ? one.was : one.state, voidedAt: now };
}

/** Whether anybody has settled the plan's present revision: from then on its approval stands. */
export async function isAnySettled({ institution, id, revision }: OfPlan): Promise<boolean> {
  const all = await listSignatures(institution, id);
  return all.some((one) => one.revision === revision && isSettled(one));
}
