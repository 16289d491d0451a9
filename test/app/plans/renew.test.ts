import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { approvePlan, lastApproved } from '../../../src/plans/decision.service.ts';
import { getPlan, openPlan, submitPlan } from '../../../src/plans/plan.service.ts';
import { PROFILE_KEYS, type Plan } from '../../../src/plans/plan.ts';
import { changePlan } from '../../../src/plans/planChange.service.ts';
import { editingPart } from '../../../src/plans/partEdit.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import { renewPlan } from '../../../src/plans/renew.service.ts';
import { startReview } from '../../../src/plans/review.service.ts';
import { Conflict } from '../../../src/shared/errors.ts';
import { aGoalForm, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aSchool, type School } from '../../support/storedSchool.ts';

useDatabase();

const NEXT_YEAR = new Date('2027-09-06T14:00:00Z');
const done = { text: 'I explain things well.', finished: true };

async function written({ institution, student }: School): Promise<Plan> {
  await openPlan(institution, student.person, NOW);
  for (const key of PROFILE_KEYS) await saveProfilePart(student, student.person, key, done, 0, NOW);
  return (await createGoal(student, student.person, aGoalForm(), NOW)).plan;
}

async function inUse(school: School): Promise<Plan> {
  const { student, advisor } = school;
  await written(school);
  await submitPlan(student, student.person, NOW);
  await startReview(advisor, student.person, NOW);
  return approvePlan(advisor, student.person, '', NOW);
}

describe('a new school year', () => {
  it('goes on with every text to confirm and the chosen goals, and keeps what was agreed', async () => {
    const school = await aSchool();
    const { student } = school;
    const before = await inUse(school);
    const [goal] = before.goals;
    const plan = await renewPlan(student, student.person, [goal!.id], NEXT_YEAR);
    expect([plan.state, plan.year, plan.firstYear, plan.submittedAt]).toEqual(['draft', 2027, 2026, null]);
    expect(plan.profile.strengths).toMatchObject({ text: done.text, finished: false, toConfirm: true });
    expect(plan.goals.map(({ status, carriedFrom }) => [status, carriedFrom])).toEqual([
      ['carried', null],
      ['proposed', goal!.id],
    ]);
    expect((await lastApproved(plan))?.content.goals[0]?.statement).toBe(goal!.statement);
    const actions = (await historyOf(school.institution, student.person, { limit: 5 })).map((e) => e.action);
    expect(actions).toEqual(expect.arrayContaining(['plan.renewed', 'plan.begunAgain']));
  });

  it('takes "still true" for an answer', async () => {
    const school = await aSchool();
    const { student } = school;
    await inUse(school);
    const plan = await renewPlan(student, student.person, [], NEXT_YEAR);
    const { version } = plan.profile.strengths;
    const after = await saveProfilePart(student, student.person, 'strengths', done, version, NEXT_YEAR);
    expect(after.profile.strengths).toMatchObject({ finished: true, toConfirm: false });
  });

  it('ends goals that do not go on, and opens what is asked each year', async () => {
    const school = await aSchool();
    const { student, institution } = school;
    await written(school);
    await changePlan(student, student.person, NOW, (plan) =>
      editingPart(plan, student, {
        part: 'skills',
        action: { noun: 'skills' },
        object: { kind: 'skills', id: 's' },
        changes: [],
        standings: [
          { component: 'skills.employability', credit: 1, verified: false },
          { component: 'career.cluster', credit: 1, verified: false },
        ],
        now: NOW,
      }),
    );
    const plan = await renewPlan(student, student.person, [], NEXT_YEAR);
    expect(plan.goals.map(({ status }) => status)).toEqual(['dropped']);
    const begun = plan.standings.filter(({ credit }) => credit > 0).map(({ component }) => component);
    expect(begun).toEqual(['career.cluster']);
    expect((await getPlan(institution, student.person)).summary.done).toBe(0);
  });

  it('is refused twice, before it begins, and while an advisor reads', async () => {
    const school = await aSchool();
    const { student } = school;
    await written(school);
    await expect(renewPlan(student, student.person, [], NOW)).rejects.toThrow(Conflict);
    await submitPlan(student, student.person, NOW);
    await expect(renewPlan(student, student.person, [], NEXT_YEAR)).rejects.toThrow(Conflict);
  });

  it('turns on the school’s own first day', async () => {
    const school = await aSchool();
    const { student } = school;
    await written(school);
    const lastEvening = new Date('2027-07-01T03:59:00Z');
    await expect(renewPlan(student, student.person, [], lastEvening)).rejects.toThrow(Conflict);
    expect((await renewPlan(student, student.person, [], new Date('2027-07-01T04:01:00Z'))).year).toBe(2027);
  });
});
