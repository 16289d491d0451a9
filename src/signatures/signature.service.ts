/** Settling a signature: by one's own account, on paper, by waiver, or by declining. */
import { settingsOf } from '../institutions/settings.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { keepFile } from '../files/file.service.ts';
import { attemptsIn, GOOD_FAITH } from '../meetings/contact.ts';
import { listContacts } from '../meetings/contact.service.ts';
import { isStaffRole, type Actor } from '../people/actor.ts';
import { addComments, commentOf } from '../plans/comment.service.ts';
import { approvalTakenBack, approvedContent } from '../plans/decision.service.ts';
import type { Plan } from '../plans/plan.ts';
import { having, moved, unchanged, type PlanAction, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../shared/errors.ts';
import { voidSignatures } from './request.service.ts';
import {
  areAllSettled,
  isInTurn,
  moveSignature,
  signsAs,
  SIGNATURE_LIMITS,
  type Signature,
  type SignatureEvent,
  type WaiverGround,
} from './signature.ts';
import { listSignatures, replaceSignature } from './signature.store.ts';

export { listSignatures } from './signature.store.ts';

/** The present revision's signatures, in signing order. */
export function currentOf(plan: Pick<Plan, 'revision'>, all: readonly Signature[]): Signature[] {
  return all.filter(({ revision, state }) => revision === plan.revision && state !== 'void');
}

/** Who signs it opens what they sign. Twice is once. @throws Conflict when it is another's to sign */
export async function openSignature(actor: Actor, student: string, id: string, now: Date): Promise<void> {
  await changePlan(actor, student, now, async (plan) => {
    const { one } = await found(plan, id);
    if (!signsAs(one.role, actor.role)) throw new Conflict(say('signatures.error.notYours'));
    if (one.state !== 'requested') return unchanged(plan);
    await replaceSignature({ ...moveSignature(one, 'view'), viewedAt: now });
    return { plan, actions: [told('signature.viewed', one)] };
  });
}

/**
 * Signs as oneself: the student, the advisor, an administrator for the school, or the family by its own door. When
 * every required signature counts, the plan comes into use in the same write.
 * @param name the signer's, as it shall stand under the plan
 * @throws Conflict for another's, out of turn, or when the snapshot is another one
 */
export async function signAs(
  actor: Actor,
  student: string,
  id: string,
  { name, agreed }: { name: string; agreed: boolean },
  now: Date,
): Promise<Plan> {
  if (!agreed) throw new Invalid([{ field: 'agree', message: say('signatures.error.agree') }]);
  return changePlan(actor, student, now, async (plan) => {
    const { one, all } = await found(plan, id);
    if (!signsAs(one.role, actor.role)) throw new Conflict(say('signatures.error.notYours'));
    if (one.state === 'signed' && one.by === actor.person) return unchanged(plan);
    await refuseOtherThanFrozen(plan, one);
    const signed = { ...settled(plan, one, all, 'sign', actor, now), name: nameOf(name) };
    return settle(plan, signed, all, told('signature.signed', one));
  });
}

/** A signature on paper, recorded by staff. `scan`: id of a file that has arrived, or null. */
export interface Paper {
  name: string;
  day: string;
  scan: string | null;
}

/** @throws Forbidden to all but staff, Invalid for a day that is to come */
export async function recordPaper(
  actor: Actor,
  student: string,
  id: string,
  { name, day, scan }: Paper,
  now: Date,
): Promise<Plan> {
  refuseOthersThanStaff(actor);
  const { zone } = await settingsOf(actor.institution);
  if (!isDay(day) || day > schoolDay(now, zone))
    throw new Invalid([{ field: 'day', message: say('signatures.error.day') }]);
  if (name.trim() === '') throw new Invalid([{ field: 'name', message: say('signatures.error.name') }]);
  return changePlan(actor, student, now, async (plan) => {
    const { one, all } = await found(plan, id);
    const file = scan === null ? null : await keepFile(actor, scan);
    const kept = {
      ...settled(plan, one, all, 'paper', actor, now),
      name: nameOf(name),
      paperDay: day,
      scan: file?.id ?? null,
    };
    return settle(plan, kept, all, told('signature.paper', one, { field: 'paperDay', to: day }));
  });
}

/**
 * Goes on without the family's signature: the student is of age, or the school tried in good faith.
 * @throws Conflict when too few attempts are on record; Invalid without a reason
 */
export async function waiveSignature(
  actor: Actor,
  student: string,
  id: string,
  { ground, reason }: { ground: WaiverGround; reason: string },
  now: Date,
): Promise<Plan> {
  refuseOthersThanStaff(actor);
  const why = reasonOf(reason);
  return changePlan(actor, student, now, async (plan) => {
    const { one, all } = await found(plan, id);
    if (one.role !== 'family') throw new Conflict(say('signatures.error.waiveWho'));
    if (ground === 'attempts') await refuseTooFewAttempts(plan);
    const waived = { ...settled(plan, one, all, 'waive', actor, now), ground, reason: why };
    return settle(plan, waived, all, told('signature.waived', one, { field: 'reason', to: why }));
  });
}

async function refuseTooFewAttempts({ institution, person, year }: Plan): Promise<void> {
  const { yearStarts } = await settingsOf(institution);
  const attempts = attemptsIn(await listContacts(institution, person), year, yearStarts);
  if (attempts < GOOD_FAITH)
    throw new Invalid([
      { field: 'ground', message: say('signatures.error.attempts', { have: attempts, needed: GOOD_FAITH }) },
    ]);
}

/**
 * Does not sign, with the reason. A required one sends the plan back: its approval is over, the other signatures
 * of it are void, and the reason stands among the plan's comments. Staff may record it for the family or others.
 */
export async function declineSignature(
  actor: Actor,
  student: string,
  id: string,
  reason: string,
  now: Date,
): Promise<Plan> {
  const why = reasonOf(reason);
  return changePlan(actor, student, now, async (plan) => {
    const { one, all } = await found(plan, id);
    const forOthers = isStaffRole(actor.role) && (one.role === 'family' || one.role === 'other');
    if (!signsAs(one.role, actor.role) && !forOthers) throw new Conflict(say('signatures.error.notYours'));
    const declined = { ...settled(plan, one, all, 'decline', actor, now), reason: why };
    await replaceSignature(declined);
    const action = told('signature.declined', one, { field: 'reason', to: why });
    if (!one.required) return { plan, actions: [action] };
    return declinedPlan(plan, declined, { actor, why, action, now });
  });
}

async function declinedPlan(
  plan: Plan,
  declined: Signature,
  { actor, why, action, now }: { actor: Actor; why: string; action: PlanAction; now: Date },
): Promise<PlanChange> {
  const back = await approvalTakenBack(having(unchanged(plan), {}, action), actor, why, now);
  const voided = await voidSignatures(plan, now, declined.id);
  const role = say(`signatures.role.${declined.role}`);
  const text = say('signatures.declinedComment', { role, reason: why });
  const { institution, person } = plan;
  await addComments([commentOf({ institution, plan: plan.id, person }, actor, 'plan', text, now)]);
  return { ...back, actions: [...back.actions, ...voided] };
}

/** @throws NotFound for one that is not this plan's */
async function found(plan: Plan, id: string): Promise<{ one: Signature; all: Signature[] }> {
  const every = await listSignatures(plan.institution, plan.id);
  const one = every.find((signature) => signature.id === id);
  if (!one) throw new NotFound(`signature ${id}`);
  return { one, all: currentOf(plan, every) };
}

function settled(
  plan: Plan,
  one: Signature,
  all: readonly Signature[],
  event: SignatureEvent,
  actor: Actor,
  now: Date,
): Signature {
  const after = moveSignature(one, event);
  const asked = plan.state === 'signing' || (!one.required && plan.state === 'active');
  if (!asked || one.revision !== plan.revision) throw new Conflict(say('signatures.error.notAsked'));
  if (!isInTurn(one, all)) throw new Conflict(say('signatures.error.turn'));
  return { ...after, viewedAt: one.viewedAt ?? now, settledAt: now, by: actor.person };
}

/** Saves it; when nobody required is missing any more, the plan comes into use. */
async function settle(
  plan: Plan,
  after: Signature,
  all: readonly Signature[],
  action: PlanAction,
): Promise<PlanChange> {
  await replaceSignature(after);
  const now = all.map((one) => (one.id === after.id ? after : one));
  const change = having(unchanged(plan), {}, action);
  return plan.state === 'signing' && areAllSettled(now) ? moved(change, 'activate', 'system') : change;
}

/** What is signed is the very text that was frozen. */
async function refuseOtherThanFrozen(plan: Plan, { revision, hash }: Signature): Promise<void> {
  const frozen = await approvedContent(plan, revision);
  if (!frozen?.intact || frozen.hash !== hash) throw new Conflict(say('signatures.error.other'));
}

function told(
  action: string,
  { id, role, hash }: Signature,
  more?: { field: string; to: string },
): PlanAction {
  const changes = [
    { field: 'role', from: null, to: role },
    { field: 'snapshot', from: null, to: hash },
    ...(more ? [{ ...more, from: null }] : []),
  ];
  return { action, object: { kind: 'signature', id }, changes };
}

function nameOf(name: string): string {
  return name.replaceAll(/\s+/g, ' ').trim().slice(0, SIGNATURE_LIMITS.name);
}

function reasonOf(reason: string): string {
  const words = reason.trim();
  const limit = SIGNATURE_LIMITS.reason;
  if (words === '') throw new Invalid([{ field: 'reason', message: say('signatures.error.reason') }]);
  if (words.length > limit)
    throw new Invalid([{ field: 'reason', message: say('meetings.error.tooLong', { limit }) }]);
  return words;
}

function refuseOthersThanStaff({ role }: Actor): void {
  if (!isStaffRole(role)) throw new Forbidden(`${role} may not record signatures`);
}
