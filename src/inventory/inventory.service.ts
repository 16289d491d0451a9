/** What a student does with an interest inventory: start, answer, end, say that it is still true, skip, put away. */
import { changesBetween, type Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import type { StandingNow } from '../plans/standing.ts';
import { Conflict, Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { findBank, getBank, offeredBanks } from './bank.service.ts';
import { carriedOver, type ItemBank } from './bank.ts';
import { isScorable, type Answer, type Scores } from './riasec.ts';
import * as rules from './sitting.ts';
import type { Done, Sitting } from './sitting.ts';
import { insertSitting, listSittings, replaceSitting } from './sitting.store.ts';

export { listSittings } from './sitting.store.ts';

/** The newest result of a student, for matching careers; null: never answered. */
export async function interestsOf(
  institution: string,
  student: string,
): Promise<{ scores: Scores; code: string; takenAt: Date } | null> {
  const [last] = rules.doneOf(await listSittings(institution, student));
  return last ? { scores: last.scores, code: last.code, takenAt: last.endedAt } : null;
}

/** What the student's sittings are worth in a school year: for a plan that goes over into a new year. */
export async function interestStandingsOf(
  institution: string,
  student: string,
  year: number,
): Promise<StandingNow[]> {
  const sittings = await listSittings(institution, student);
  return rules.interestStandings(sittings, year, await openBank(sittings));
}

/**
 * Begins to answer. An open sitting is gone on with instead.
 * @param begin `carry`: with the newest answers filled in, `fresh`: empty
 * @throws Invalid for a bank the school does not offer, Conflict after too many sittings in one year
 */
export async function startSitting(
  actor: Actor,
  student: string,
  { bank: id, begin }: { bank: string; begin: 'fresh' | 'carry' },
  now: Date,
): Promise<void> {
  const bank = await choiceOf(actor.institution, student, id, begin);
  await changePlan(actor, student, now, async (plan) => {
    const sittings = await listSittings(plan.institution, student);
    if (rules.openOf(sittings)) return unchanged(plan);
    refuseTooMany(sittings, plan);
    const from = begin === 'carry' ? rules.doneOf(sittings)[0] : undefined;
    const sitting = { ...blank(plan, now), bank: bank.id, ...(await filledFrom(from, bank)) };
    await insertSitting(sitting);
    return edited(plan, actor, { sitting, all: [sitting, ...sittings], bank, verb: 'begun', now });
  });
}

/** A bank once answered may be answered again for as long as the school offers it; "change some" also later. */
async function choiceOf(institution: string, student: string, id: string, begin: string): Promise<ItemBank> {
  const offered = (await offeredBanks(institution)).find((bank) => bank.id === id);
  if (offered) return offered;
  const mine =
    begin === 'carry' && (await listSittings(institution, student)).some(({ bank }) => bank === id);
  const bank = mine ? await findBank(institution, id) : null;
  if (!bank) throw new Invalid([{ field: 'bank', message: say('inventory.error.bank') }]);
  return bank;
}

async function filledFrom(
  from: Done | undefined,
  bank: ItemBank,
): Promise<Pick<Sitting, 'answers' | 'from'>> {
  const old = from && (await findBank(from.institution, from.bank));
  return from && old
    ? { answers: carriedOver(old, from.answers, bank), from: from.id }
    : { answers: [], from: null };
}

/** Keeps answers of the open sitting. @returns the sitting as it is now. @throws Conflict when none is open. */
export async function saveAnswers(
  actor: Actor,
  student: string,
  answers: readonly Answer[],
  now: Date,
): Promise<Sitting> {
  return changeOpen(actor, student, now, 'answered', (before, bank) =>
    rules.withAnswers(before, bank, answers),
  );
}

/** Ends the open sitting with a result. @throws Invalid when too little was answered to say anything. */
export async function endSitting(actor: Actor, student: string, now: Date): Promise<Sitting> {
  return changeOpen(actor, student, now, 'finished', (before, bank, plan) => {
    if (!isScorable(bank, before.answers))
      throw new Invalid([{ field: 'form', message: say('inventory.error.tooFew') }]);
    return rules.ended(before, bank, plan.year, now);
  });
}

/** Puts the open sitting away without a result; what was answered stays in the record. */
export async function putAway(actor: Actor, student: string, now: Date): Promise<void> {
  await changeOpen(actor, student, now, 'putAway', (before) => ({ ...before, status: 'away', endedAt: now }));
}

type Verb = 'begun' | 'answered' | 'finished' | 'putAway' | 'confirmed' | 'skipped';

async function changeOpen(
  actor: Actor,
  student: string,
  now: Date,
  verb: Verb,
  decide: (before: Sitting, bank: ItemBank, plan: Plan) => Sitting,
): Promise<Sitting> {
  const result: { sitting?: Sitting } = {};
  await changePlan(actor, student, now, async (plan) => {
    const sittings = await listSittings(plan.institution, student);
    const before = rules.openOf(sittings);
    if (!before) throw new Conflict(say('inventory.error.noneOpen'));
    const bank = await getBank(plan.institution, before.bank);
    const sitting = decide(before, bank, plan);
    result.sitting = sitting;
    const changes = changesBetween(before as Sitting, sitting, ['status', 'code', 'answers']);
    if (changes.length === 0) return unchanged(plan);
    await replaceSitting(sitting);
    const all = sittings.map((one) => (one.id === sitting.id ? sitting : one));
    return edited(plan, actor, { sitting, all, bank, verb, changes, now });
  });
  return result.sitting as Sitting;
}

/**
 * The newest answers are still true: they count for this school year, without being asked again. Said twice is said once.
 * @throws Conflict when there are none
 */
export async function confirmLast(actor: Actor, student: string, now: Date): Promise<void> {
  await changePlan(actor, student, now, async (plan) => {
    const sittings = await listSittings(plan.institution, student);
    const [last] = rules.doneOf(sittings);
    if (!last) throw new Conflict(say('inventory.error.nothingToConfirm'));
    if (last.year === plan.year) return unchanged(plan);
    refuseTooMany(sittings, plan);
    const { bank, answers, scores, code } = last;
    const done = { bank, answers, scores, code, from: last.id, status: 'confirmed' as const, endedAt: now };
    const sitting: Sitting = { ...blank(plan, now), ...done };
    await insertSitting(sitting);
    return edited(plan, actor, { sitting, all: [sitting, ...sittings], bank: null, verb: 'confirmed', now });
  });
}

/**
 * Leaves the questions out this year and says why. Saying it again changes the reason.
 * @throws Invalid without a reason, Conflict when this year is done already
 */
export async function skipYear(actor: Actor, student: string, reason: string, now: Date): Promise<void> {
  checkReason(reason);
  await changePlan(actor, student, now, async (plan) => {
    const sittings = await listSittings(plan.institution, student);
    if (rules.stageOf(sittings, plan.year) === 'done') throw new Conflict(say('inventory.error.doneAlready'));
    const before = rules.skipOf(sittings, plan.year);
    if (before?.reason === reason) return unchanged(plan);
    const sitting: Sitting = { ...(before ?? blank(plan, now)), status: 'skipped', reason, endedAt: now };
    await (before ? replaceSitting(sitting) : insertSitting(sitting));
    const changes = [{ field: 'reason', from: before?.reason ?? null, to: reason }];
    const all = [sitting, ...sittings.filter(({ id }) => id !== sitting.id)];
    return edited(plan, actor, { sitting, all, bank: await openBank(all), verb: 'skipped', changes, now });
  });
}

function checkReason(reason: string): void {
  const limit = rules.SITTING_LIMITS.reason;
  const problem =
    reason === ''
      ? say('inventory.error.reason')
      : reason.length > limit
        ? say('inventory.error.tooLong', { limit })
        : null;
  if (problem !== null) throw new Invalid([{ field: 'reason', message: problem }]);
}

function refuseTooMany(sittings: readonly Sitting[], { year }: Plan): void {
  if (rules.mayStart(sittings, year)) return;
  throw new Conflict(say('inventory.error.tooMany', { limit: rules.SITTING_LIMITS.perYear }));
}

function blank({ institution, person, year }: Plan, now: Date): Sitting {
  const nothing = {
    bank: null,
    answers: [],
    scores: null,
    code: null,
    from: null,
    reason: null,
    endedAt: null,
  };
  return { id: newId(), institution, person, year, status: 'open', startedAt: now, ...nothing };
}

async function openBank(sittings: readonly Sitting[]): Promise<ItemBank | null> {
  const open = rules.openOf(sittings);
  return open && findBank(open.institution, open.bank);
}

interface Edit {
  sitting: Sitting;
  /** All sittings as they are after it. */
  all: readonly Sitting[];
  /** Of the open sitting. */
  bank: ItemBank | null;
  verb: Verb;
  changes?: Change[];
  now: Date;
}

function edited(plan: Plan, actor: Actor, { sitting, all, bank, verb, changes = [], now }: Edit): PlanChange {
  return editingPart(plan, actor, {
    part: 'inventory',
    action: `interests.${verb}`,
    object: { kind: 'inventorySitting', id: sitting.id },
    changes,
    standings: rules.interestStandings(all, plan.year, bank),
    now,
  });
}
