import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { changeGoal, closeGoal, createGoal, dropGoal } from '../../../src/goals/goal.service.ts';
import { formOf } from '../../../src/goals/goalForm.ts';
import type { Goal } from '../../../src/goals/goal.ts';
import { addStep, checkIn, reorderSteps, tickStep } from '../../../src/goals/step.service.ts';
import { listOfPerson } from '../../../src/jobs/outbox.store.ts';
import { approvePlan } from '../../../src/plans/decision.service.ts';
import { getPlan, openPlan, submitPlan } from '../../../src/plans/plan.service.ts';
import { PROFILE_KEYS } from '../../../src/plans/plan.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import { startReview } from '../../../src/plans/review.service.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/shared/errors.ts';
import { aGoalForm, later, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aSchool, type School } from '../../support/storedSchool.ts';

useDatabase();

async function withGoal(): Promise<School & { goal: Goal }> {
  const school = await aSchool();
  await openPlan(school.institution, school.student.person, NOW);
  const { goal } = await createGoal(school.student, school.student.person, aGoalForm(), NOW);
  return { ...school, goal };
}

async function sent(): Promise<School & { goal: Goal }> {
  const school = await withGoal();
  const { student } = school;
  for (const key of PROFILE_KEYS)
    await saveProfilePart(student, student.person, key, { text: 'Mine', finished: true }, 0, NOW);
  await submitPlan(student, student.person, NOW);
  return school;
}

async function inUse(): Promise<School & { goal: Goal }> {
  const school = await sent();
  await startReview(school.advisor, school.student.person, NOW);
  const { goals } = await approvePlan(school.advisor, school.student.person, '', NOW);
  return { ...school, goal: goals[0] as Goal };
}

describe('writing a goal', () => {
  it('begins the plan and is kept whole', async () => {
    const { institution, student, goal } = await withGoal();
    const plan = await getPlan(institution, student.person);
    expect(plan.state).toBe('draft');
    expect(plan.goals).toEqual([goal]);
    expect(goal).toMatchObject({ status: 'proposed', proposedBy: student.person, version: 1 });
    expect(formOf(goal)).toMatchObject({ ...aGoalForm(), steps: [{ title: 'Join the robotics club' }, {}] });
  });

  it('keeps the words of two tabs, and takes a repeated post as one', async () => {
    const { student, goal } = await withGoal();
    const form = formOf(goal);
    const save = (why: string) =>
      changeGoal(student, student.person, goal.id, { form: { ...form, why }, version: 1 }, NOW);
    await save('First');
    await expect(save('Second')).rejects.toMatchObject({
      name: 'VersionConflict',
      stored: { words: { why: 'First' }, version: 2 },
      yours: { why: 'Second', steps: 'Join the robotics club (2026-10-12)\nOrder parts (2026-11-09)' },
    });
    expect((await save('First')).goal.version).toBe(2);
  });

  it('holds 20 goals and says so beyond', async () => {
    const { student } = await withGoal();
    for (let count = 1; count < 20; count += 1)
      await createGoal(student, student.person, aGoalForm({ finished: false }), NOW);
    await expect(createGoal(student, student.person, aGoalForm(), NOW)).rejects.toThrow(
      'A plan holds 20 goals.',
    );
  });

  it('is refused to families and strangers, and while the plan is with the advisor', async () => {
    const { student, family, advisor } = await sent();
    await expect(createGoal(family, student.person, aGoalForm(), NOW)).rejects.toThrow(Forbidden);
    const stranger = { ...student, person: 'stranger' };
    await expect(createGoal(stranger, student.person, aGoalForm(), NOW)).rejects.toThrow(NotFound);
    await expect(createGoal(student, student.person, aGoalForm(), NOW)).rejects.toThrow(Conflict);
    const { goal } = await createGoal(advisor, student.person, aGoalForm(), NOW);
    expect(goal.proposedBy).toBe(advisor.person);
  });
});

describe('a goal in a plan that is in use', () => {
  it('moves the plan to amending when its date changes, and keeps the grade at 99 meanwhile', async () => {
    const { institution, student, goal } = await inUse();
    const form = { ...formOf(goal), by: '2027-05-01' };
    const { plan } = await changeGoal(
      student,
      student.person,
      goal.id,
      { form, version: goal.version },
      later(1),
    );
    expect(plan).toMatchObject({ state: 'amending', revision: 2 });
    const [grade] = await listOfPerson(institution, student.person);
    expect(grade).toMatchObject({
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      scoreGiven: 99,
    });
    expect((await submitPlan(student, student.person, later(2))).state).toBe('submitted');
  });

  it('stays in use when words that were not agreed change, or staff corrects with a reason', async () => {
    const { student, advisor, goal } = await inUse();
    const why = { ...formOf(goal), why: 'Because I like it.' };
    const own = await changeGoal(student, student.person, goal.id, { form: why, version: goal.version }, NOW);
    expect(own.plan.state).toBe('active');
    const statement = { ...why, statement: 'Build a robot arm' };
    const change = { form: statement, version: own.goal.version, reason: 'The fair was called off.' };
    const corrected = await changeGoal(advisor, student.person, goal.id, change, NOW);
    expect([corrected.plan.state, corrected.goal.statement]).toEqual(['active', 'Build a robot arm']);
  });

  it('starts with the first tick and takes check-ins with values in every state', async () => {
    const { institution, student, advisor, goal } = await inUse();
    const step = goal.steps[0]?.id ?? '';
    const ticked = await tickStep(student, student.person, goal.id, { step, done: true }, later(1));
    expect(ticked.goal).toMatchObject({
      status: 'in_progress',
      steps: [{ doneAt: later(1) }, { doneAt: null }],
    });
    const [started] = await historyOf(institution, student.person, { actions: ['goal.started'], limit: 5 });
    expect(started).toMatchObject({
      actor: 'system',
      object: goal.id,
      changes: [{ field: 'status', from: 'agreed', to: 'in_progress' }],
    });
    const back = await tickStep(student, student.person, goal.id, { step, done: false }, later(2));
    expect(back.goal.steps[0]?.doneAt).toBeNull();
    const said = await checkIn(
      advisor,
      student.person,
      goal.id,
      { text: 'Two of three', value: 2 },
      later(3),
    );
    expect(said.goal.checkIns).toMatchObject([{ by: advisor.person, value: 2, at: later(3) }]);
    expect((await getPlan(institution, student.person)).state).toBe('active');
  });

  it('can be closed with what came of it, once', async () => {
    const { student, goal } = await inUse();
    const close = () =>
      closeGoal(student, student.person, goal.id, { outcome: 'achieve', words: 'It works!' }, NOW);
    const { plan, goal: closed } = await close();
    expect([plan.state, closed.status, closed.outcome]).toEqual(['active', 'achieved', 'It works!']);
    await expect(close()).rejects.toThrow('This goal is reached, so it cannot be marked as reached.');
    const late = checkIn(student, student.person, goal.id, { text: 'More', value: null }, NOW);
    await expect(late).rejects.toThrow('nothing can be added');
  });

  it('can be let go with a reason, which asks for a new approval', async () => {
    const { institution, student, goal } = await inUse();
    await expect(dropGoal(student, student.person, goal.id, ' ', NOW)).rejects.toThrow(Invalid);
    const { plan, goal: dropped } = await dropGoal(
      student,
      student.person,
      goal.id,
      'I like nursing more',
      NOW,
    );
    expect([plan.state, dropped.status, dropped.outcome]).toEqual([
      'amending',
      'dropped',
      'I like nursing more',
    ]);
    expect(plan.summary).toMatchObject({ done: 3, missing: ['agreedGoal', 'advisorApproval'] });
    const [event] = await historyOf(institution, student.person, { limit: 1, actions: ['goal.dropped'] });
    expect(event?.changes).toEqual([{ field: 'goal', from: goal.statement, to: 'I like nursing more' }]);
  });
});

describe('steps', () => {
  it('are added at the end and put in another order', async () => {
    const { student, goal } = await withGoal();
    const step = { title: ' Show it to the club ', due: '2027-01-15' };
    const added = await addStep(student, student.person, goal.id, step, NOW);
    expect(added.goal.steps.map(({ title }) => title)).toEqual([
      'Join the robotics club',
      'Order parts',
      'Show it to the club',
    ]);
    const ids = added.goal.steps.map(({ id }) => id).toReversed();
    const turned = await reorderSteps(student, student.person, goal.id, ids, NOW);
    expect(turned.goal.steps.map(({ id }) => id)).toEqual(ids);
    for (const wrong of [ids.slice(1), [...ids, 'x'], [ids[0], ids[0], ids[1]] as string[]])
      await expect(reorderSteps(student, student.person, goal.id, wrong, NOW)).rejects.toThrow(Conflict);
  });

  it('are ticked by two hands at once without losing one', async () => {
    const { student, goal } = await withGoal();
    await Promise.all(
      goal.steps.map(({ id }) => tickStep(student, student.person, goal.id, { step: id, done: true }, NOW)),
    );
    const { goals } = await getPlan(student.institution, student.person);
    expect(goals[0]?.steps.every(({ doneAt }) => doneAt !== null)).toBe(true);
  });

  it('are the student’s to tick even while the plan is with the advisor, and not the family’s', async () => {
    const { student, family, goal } = await sent();
    const step = goal.steps[0]?.id ?? '';
    const { plan } = await tickStep(student, student.person, goal.id, { step, done: true }, NOW);
    expect(plan.state).toBe('submitted');
    await expect(tickStep(family, student.person, goal.id, { step, done: false }, NOW)).rejects.toThrow(
      Forbidden,
    );
    await expect(addStep(student, student.person, goal.id, { title: 'New', due: null }, NOW)).rejects.toThrow(
      Conflict,
    );
  });

  it('refuse an empty check-in, and the 61st', async () => {
    const { student, goal } = await withGoal();
    const say = (text: string) => checkIn(student, student.person, goal.id, { text, value: null }, NOW);
    await expect(say(' ')).rejects.toThrow(Invalid);
    for (let count = 0; count < 60; count += 1) await say(`Week ${count}`);
    await expect(say('One more')).rejects.toThrow('A goal holds 60 check-ins.');
  });
});
