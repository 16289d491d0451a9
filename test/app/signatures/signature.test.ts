import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { changeGoal } from '../../../src/goals/goal.service.ts';
import { formOf } from '../../../src/goals/goalForm.ts';
import { logContact } from '../../../src/meetings/contact.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { approvePlan, lastApproved, undoApproval } from '../../../src/plans/decision.service.ts';
import type { SignerRole } from '../../../src/plans/framework.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Plan } from '../../../src/plans/plan.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/shared/errors.ts';
import {
  currentOf,
  declineSignature,
  listSignatures,
  openSignature,
  recordPaper,
  signAs,
  waiveSignature,
} from '../../../src/signatures/signature.service.ts';
import type { Signature } from '../../../src/signatures/signature.ts';
import { later, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { planToSign, sendForReview, type Signers } from '../../support/signing.ts';
import { aSchool, type School } from '../../support/storedSchool.ts';

useDatabase();

const ALL: Signers = [
  { role: 'student', required: true },
  { role: 'family', required: true },
  { role: 'advisor', required: true },
];

const send = sendForReview;

/** A plan that waits for its signatures. */
async function signing(signers: Signers = ALL): Promise<School> {
  const school = await aSchool();
  await planToSign(school, signers, NOW);
  return school;
}

const planOf = ({ institution, student }: School): Promise<Plan> => getPlan(institution, student.person);

async function rows(school: School): Promise<Signature[]> {
  const plan = await planOf(school);
  return currentOf(plan, await listSignatures(school.institution, plan.id));
}

async function row(school: School, role: SignerRole): Promise<string> {
  return (await rows(school)).find((one) => one.role === role)?.id ?? '';
}

const signs = async (school: School, actor: Actor, role: SignerRole) =>
  signAs(actor, school.student.person, await row(school, role), { name: 'Name', agreed: true }, later(5));

const paper = { name: 'Chidi Okafor', day: '2026-10-05', scan: null };

describe('signatures', () => {
  it('are asked for in the framework’s order, bound to the snapshot, and put the plan into use', async () => {
    const school = await signing();
    const { student, advisor } = school;
    const frozen = await lastApproved(await planOf(school));
    expect((await rows(school)).map(({ role, state, hash }) => [role, state, hash])).toEqual(
      ALL.map(({ role }) => [role, 'requested', frozen?.hash]),
    );
    await expect(signs(school, advisor, 'advisor')).rejects.toThrow(Conflict);
    await openSignature(student, student.person, await row(school, 'student'), later(1));
    expect((await rows(school))[0]).toMatchObject({ state: 'viewed', viewedAt: later(1) });
    expect((await signs(school, student, 'student')).state).toBe('signing');
    await recordPaper(advisor, student.person, await row(school, 'family'), paper, later(6));
    expect((await signs(school, advisor, 'advisor')).state).toBe('active');
    const events = await historyOf(school.institution, student.person, { limit: 100 });
    const actions = events.map(({ action }) => action);
    for (const action of ['signature.requested', 'signature.viewed', 'signature.signed', 'signature.paper'])
      expect(actions).toContain(action);
    expect(events.find(({ action }) => action === 'plan.activated')).toMatchObject({ actor: 'system' });
  });

  it('are one’s own: nobody signs for another, and not without agreeing', async () => {
    const school = await signing();
    const { student, advisor, administrator } = school;
    const own = await row(school, 'student');
    for (const actor of [advisor, administrator])
      await expect(signs(school, actor, 'student')).rejects.toThrow(Conflict);
    await expect(signAs(student, student.person, own, { name: 'Name', agreed: false }, NOW)).rejects.toThrow(
      Invalid,
    );
    await expect(
      recordPaper(student, student.person, await row(school, 'family'), paper, NOW),
    ).rejects.toThrow(Forbidden);
    expect((await rows(school)).every(({ state }) => state === 'requested')).toBe(true);
  });

  it('given twice at once are one, and the family signs by its own door', async () => {
    const school = await signing();
    const { student, family } = school;
    const both = await Promise.allSettled([1, 2].map(() => signs(school, student, 'student')));
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await rows(school))[0]?.state).toBe('signed');
    await signs(school, family, 'family');
    expect((await rows(school))[1]).toMatchObject({ state: 'signed', by: family.person });
  });

  it('of the family can be waived: of age, or after attempts on three days', async () => {
    const school = await signing(ALL.slice(1, 2));
    const { student, advisor } = school;
    const id = await row(school, 'family');
    const waive = () =>
      waiveSignature(advisor, student.person, id, { ground: 'attempts', reason: 'No answer' }, NOW);
    await expect(waive()).rejects.toThrow('There are 0 so far.');
    const call = (day: string) =>
      logContact(advisor, student.person, { day, how: 'phone', outcome: 'noAnswer', note: '' }, NOW);
    for (const day of ['2026-10-01', '2026-10-01', '2026-10-02']) await call(day);
    await expect(waive()).rejects.toThrow('There are 2 so far.');
    await call('2026-10-03');
    expect((await waive()).state).toBe('active');
    expect((await rows(school))[0]).toMatchObject({
      state: 'waived',
      ground: 'attempts',
      reason: 'No answer',
    });
  });

  it('declined send the plan back with the reason, and the next approval asks anew', async () => {
    const school = await signing();
    const { student, advisor, family } = school;
    await signs(school, student, 'student');
    const before = await planOf(school);
    await declineSignature(family, student.person, await row(school, 'family'), 'Too much', later(9));
    const plan = await planOf(school);
    expect(plan).toMatchObject({ state: 'returned', revision: before.revision + 1, approvedAt: null });
    expect(plan.goals[0]?.status).toBe('proposed');
    const all = await listSignatures(school.institution, plan.id);
    expect(all.map(({ role, state, was }) => [role, state, was])).toEqual([
      ['student', 'void', 'signed'],
      ['family', 'declined', null],
      ['advisor', 'void', 'requested'],
    ]);
    await send(school, later(20));
    expect((await approvePlan(advisor, student.person, '', later(21))).state).toBe('signing');
    expect((await rows(school)).map(({ state }) => state)).toEqual(['requested', 'requested', 'requested']);
  });

  it('hold the approval: it can be undone until the first one, not after', async () => {
    const school = await signing();
    const { student, advisor } = school;
    await undoApproval(advisor, student.person, later(1));
    expect(await rows(school)).toEqual([]);
    await approvePlan(advisor, student.person, '', later(2));
    await signs(school, student, 'student');
    await expect(undoApproval(advisor, student.person, later(9))).rejects.toThrow(Conflict);
  });

  it('become void with a material change’s next approval, not with the change itself', async () => {
    const school = await signing(ALL.slice(0, 1));
    const { student, advisor } = school;
    expect((await signs(school, student, 'student')).state).toBe('active');
    const [goal] = (await planOf(school)).goals;
    if (!goal) throw new Error('no goal');
    const form = { ...formOf(goal), statement: 'Build two robot arms' };
    await changeGoal(student, student.person, goal.id, { form, version: goal.version }, later(30));
    const plan = await planOf(school);
    expect(plan.state).toBe('amending');
    const kept = await listSignatures(school.institution, plan.id);
    expect(kept.map(({ state }) => state)).toEqual(['signed']);
    await send(school, later(40));
    await approvePlan(advisor, student.person, '', later(50));
    const all = await listSignatures(school.institution, plan.id);
    expect(all.map(({ revision, state, was }) => [revision, state, was])).toEqual([
      [2, 'requested', null],
      [1, 'void', 'signed'],
    ]);
    expect(all[0]?.hash).not.toBe(all[1]?.hash);
  });

  it('that nobody requires hold nothing up', async () => {
    const school = await signing([{ role: 'family', required: false }]);
    const { student, advisor } = school;
    expect((await planOf(school)).state).toBe('active');
    await declineSignature(advisor, student.person, await row(school, 'family'), 'On holiday', later(5));
    expect((await planOf(school)).state).toBe('active');
  });

  it('are not another student’s', async () => {
    const [here, there] = [await signing(), await signing()];
    const id = await row(there, 'student');
    await expect(
      signAs(here.student, here.student.person, id, { name: '', agreed: true }, NOW),
    ).rejects.toThrow(NotFound);
  });
});
