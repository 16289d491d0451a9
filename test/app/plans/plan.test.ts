import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { listOfPerson } from '../../../src/jobs/outbox.store.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { endExemption, exemptComponent, resumePlan, setPlanAside } from '../../../src/plans/aside.service.ts';
import { addComment, listCommentsFor, replyToComment } from '../../../src/plans/comment.service.ts';
import { approvePlan, lastApproved, returnPlan, undoApproval } from '../../../src/plans/decision.service.ts';
import {
  getPlan,
  listPlanRows,
  openPlan,
  sendPlanGrade,
  submitPlan,
  withdrawPlan,
} from '../../../src/plans/plan.service.ts';
import { updatePlan } from '../../../src/plans/plan.store.ts';
import { PROFILE_KEYS, type Plan } from '../../../src/plans/plan.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import { getReview, saveReviewAnswer, startReview } from '../../../src/plans/review.service.ts';
import { VersionConflict } from '../../../src/plans/versionConflict.ts';
import { hashOf } from '../../../src/shared/crypto.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/shared/errors.ts';
import { aGoalForm, later, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aSchool, type School } from '../../support/storedSchool.ts';

useDatabase();

const done = { text: 'I explain things well.', finished: true };

async function written(student: Actor): Promise<Plan> {
  await openPlan(student.institution, student.person, NOW);
  for (const key of PROFILE_KEYS) await saveProfilePart(student, student.person, key, done, 0, NOW);
  return (await createGoal(student, student.person, aGoalForm(), NOW)).plan;
}

async function inReview({ student, advisor }: School): Promise<void> {
  await written(student);
  await submitPlan(student, student.person, NOW);
  await startReview(advisor, student.person, NOW);
}

async function active(school: School): Promise<Plan> {
  await inReview(school);
  return approvePlan(school.advisor, school.student.person, '', NOW);
}

const gradeOf = async ({ institution, student }: School) =>
  (await listOfPerson(institution, student.person))[0];

const actionsOf = async ({ institution, student }: School): Promise<string[]> =>
  (await historyOf(institution, student.person, { limit: 100 })).map(({ action }) => action);

describe('opening a plan', () => {
  it('makes one plan of twenty launches at once', async () => {
    const { institution, student } = await aSchool();
    const plans = await Promise.all(
      Array.from({ length: 20 }, () => openPlan(institution, student.person, NOW)),
    );
    expect(new Set(plans.map(({ id }) => id)).size).toBe(1);
    expect(plans[0]).toMatchObject({ state: 'not_started', summary: { progress: 0, done: 0, total: 4 } });
    expect(await historyOf(institution, student.person, { limit: 10 })).toHaveLength(1);
  });

  it('finds nothing in another institution', async () => {
    const [here, there] = [await aSchool(), await aSchool()];
    await openPlan(here.institution, here.student.person, NOW);
    await expect(getPlan(there.institution, here.student.person)).rejects.toThrow(NotFound);
  });
});

describe('writing the profile', () => {
  it('begins the plan, counts what is finished and remembers who wrote what', async () => {
    const school = await aSchool();
    const { institution, student } = school;
    await openPlan(institution, student.person, NOW);
    const plan = await saveProfilePart(student, student.person, 'strengths', done, 0, later(1));
    expect(plan).toMatchObject({
      state: 'draft',
      lastActivityAt: later(1),
      summary: { progress: 25, done: 1 },
    });
    const [event] = await historyOf(institution, student.person, { limit: 1, actions: ['profile.changed'] });
    expect(event?.changes).toEqual([
      { field: 'text', from: '', to: done.text },
      { field: 'finished', from: false, to: true },
    ]);
  });

  it('never loses the words of either of two tabs', async () => {
    const { institution, student } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const save = (text: string, version: number) =>
      saveProfilePart(student, student.person, 'strengths', { text, finished: false }, version, NOW);
    await save('From the first tab', 0);
    const conflict = await save('From the second tab', 0).catch((error: unknown) => error);
    expect(conflict).toBeInstanceOf(VersionConflict);
    expect(conflict).toMatchObject({
      status: 409,
      stored: { words: { text: 'From the first tab' }, version: 1, at: NOW },
      yours: { text: 'From the second tab' },
    });
    const plan = await save('From both tabs', 1);
    expect(plan.profile.strengths).toMatchObject({ text: 'From both tabs', version: 2 });
  });

  it('lets two tabs write two parts at once, and takes a repeated post as one', async () => {
    const { institution, student } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const save = (key: 'strengths' | 'interests') =>
      saveProfilePart(student, student.person, key, done, 0, NOW);
    await Promise.all([save('strengths'), save('interests'), save('strengths')]);
    const { profile, version } = await getPlan(institution, student.person);
    expect([profile.strengths.version, profile.interests.version, version]).toEqual([1, 1, 3]);
  });

  it('lets exactly one of ten racing tabs win', async () => {
    const { institution, student } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const saves = Array.from({ length: 10 }, (_, n) =>
      saveProfilePart(student, student.person, 'strengths', { text: `Tab ${n}`, finished: false }, 0, NOW),
    );
    const results = await Promise.allSettled(saves);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const losers = results.filter((result) => result.status === 'rejected');
    expect(losers.every(({ reason }) => reason instanceof VersionConflict)).toBe(true);
  });

  it('refuses an empty part as finished, a too long one, strangers and families', async () => {
    const { institution, student, family } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const save = (actor: Actor, text: string, finished = false) =>
      saveProfilePart(actor, student.person, 'strengths', { text, finished }, 0, NOW);
    await expect(save(student, ' ', true)).rejects.toThrow(Invalid);
    await expect(save(student, 'x'.repeat(5_001))).rejects.toThrow(Invalid);
    await expect(save({ ...student, person: 'someone-else' }, 'Hi')).rejects.toThrow(NotFound);
    await expect(save(family, 'Hi')).rejects.toThrow(Forbidden);
  });

  it('marks an edit by staff, and takes a correction only with a reason', async () => {
    const school = await aSchool();
    const { institution, student, advisor, administrator } = school;
    await openPlan(institution, student.person, NOW);
    await saveProfilePart(advisor, student.person, 'strengths', done, 0, NOW);
    const correction = { text: 'Corrected.', finished: true, reason: 'A name had to go.' };
    await expect(
      saveProfilePart(administrator, student.person, 'strengths', { ...correction, reason: null }, 1, NOW),
    ).rejects.toThrow(Forbidden);
    await saveProfilePart(administrator, student.person, 'strengths', correction, 1, NOW);
    expect(await actionsOf(school)).toEqual(
      expect.arrayContaining(['profile.changedByStaff', 'profile.corrected']),
    );
    expect((await getPlan(institution, student.person)).lastActivityAt).toBeNull();
  });
});

describe('from a draft to a plan in use', () => {
  it('is refused in words until everything required is finished', async () => {
    const { institution, student } = await aSchool();
    await openPlan(institution, student.person, NOW);
    await saveProfilePart(student, student.person, 'strengths', { ...done, finished: false }, 0, NOW);
    const refusal = await submitPlan(student, student.person, NOW).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      fields: [
        { field: 'strengths', message: 'My strengths is not marked as finished.' },
        { field: 'improvements', message: 'What I want to get better at is still empty.' },
        { field: 'interests', message: 'What I enjoy is still empty.' },
        { field: 'agreedGoal', message: 'My goal is still empty.' },
      ],
    });
  });

  it('queues the advisor and the grade with the first time it is sent', async () => {
    const school = await aSchool();
    const { student } = school;
    await written(student);
    expect(await gradeOf(school)).toBeUndefined();
    const plan = await submitPlan(student, student.person, later(5));
    expect(plan).toMatchObject({ state: 'submitted', submittedAt: later(5), needsAdvisorSince: later(5) });
    expect(await gradeOf(school)).toMatchObject({
      course: school.course,
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      scoreGiven: 75,
      scoreMaximum: 100,
      submittedAt: later(5),
    });
  });

  it('sends nothing to a course where no advisor turned the grade on', async () => {
    const school = await aSchool({ planGrade: false });
    await active(school);
    expect(await gradeOf(school)).toBeUndefined();
    await sendPlanGrade(school.institution, school.student.person, school.course, NOW);
    expect(await gradeOf(school)).toMatchObject({ scoreGiven: 100, activityProgress: 'Completed' });
  });

  it('can be taken back until the review begins, then not', async () => {
    const school = await aSchool();
    const { student, advisor } = school;
    await written(student);
    await submitPlan(student, student.person, NOW);
    await expect(
      saveProfilePart(student, student.person, 'strengths', { text: 'x', finished: false }, 1, NOW),
    ).rejects.toThrow('cannot be edited now');
    const back = await withdrawPlan(student, student.person, NOW);
    expect(back).toMatchObject({ state: 'draft', needsAdvisorSince: null, submittedAt: NOW });
    await submitPlan(student, student.person, NOW);
    await startReview(advisor, student.person, NOW);
    await expect(withdrawPlan(student, student.person, NOW)).rejects.toThrow(Conflict);
  });

  it('is in use with its goals agreed, frozen and graded 100 when an advisor approves it', async () => {
    const school = await aSchool();
    const plan = await active(school);
    expect(plan).toMatchObject({
      state: 'active',
      approvedBy: school.advisor.person,
      needsAdvisorSince: null,
    });
    expect(plan.goals[0]).toMatchObject({ status: 'agreed', agreedRevision: 1 });
    expect(await gradeOf(school)).toMatchObject({
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      scoreGiven: 100,
      comment: '4 of 4 parts of the plan are finished.',
    });
    const snapshot = await lastApproved(plan);
    expect(snapshot?.content.goals[0]?.statement).toBe(aGoalForm().statement);
    const stored = await mongoose.connection.collection('snapshots').findOne({});
    expect(hashOf(String(stored?.['content']))).toBe(snapshot?.hash);
    expect(await actionsOf(school)).toEqual(
      expect.arrayContaining([
        'plan.begun',
        'plan.submitted',
        'plan.reviewStarted',
        'plan.approved',
        'goal.agreed',
        'plan.activated',
      ]),
    );
  });

  it('shows the student nothing of a review before the decision, then every comment', async () => {
    const school = await aSchool();
    const { student, advisor } = school;
    await inReview(school);
    const section = 'strengths' as const;
    await saveReviewAnswer(
      advisor,
      student.person,
      { section, answer: 'change', comment: 'Say more.' },
      0,
      NOW,
    );
    expect(await listCommentsFor(student, student.person)).toEqual([]);
    await expect(getReview(student, student.person)).rejects.toThrow(Forbidden);
    const told = await historyOf(school.institution, student.person, {
      limit: 1,
      actions: ['review.answered'],
    });
    expect(told[0]?.changes).toEqual([]);
    const plan = await returnPlan(advisor, student.person, 'Nearly there.', NOW);
    expect(plan.state).toBe('returned');
    expect(plan.profile.strengths).toMatchObject({ finished: false, asked: true });
    expect(plan.summary.missing).toEqual(['strengths', 'agreedGoal', 'advisorApproval']);
    expect((await listCommentsFor(student, student.person)).map(({ text }) => text).toSorted()).toEqual([
      'Nearly there.',
      'Say more.',
    ]);
    expect(await gradeOf(school)).toMatchObject({ scoreGiven: 50, activityProgress: 'InProgress' });
  });

  it('goes round again: changed, sent, approved', async () => {
    const school = await aSchool();
    const { student, advisor } = school;
    await inReview(school);
    const answer = { section: 'interests' as const, answer: 'change' as const, comment: 'Which ones?' };
    await saveReviewAnswer(advisor, student.person, answer, 0, NOW);
    await returnPlan(advisor, student.person, '', NOW);
    await expect(submitPlan(student, student.person, NOW)).rejects.toThrow('still needs the change');
    await saveProfilePart(student, student.person, 'interests', { text: 'Chess.', finished: true }, 1, NOW);
    await submitPlan(student, student.person, NOW);
    await startReview(advisor, student.person, NOW);
    expect((await approvePlan(advisor, student.person, '', NOW)).state).toBe('active');
  });

  it('keeps the words of two advisors who answer the same section', async () => {
    const school = await aSchool();
    const { student, advisor } = school;
    await inReview(school);
    const say = (comment: string, version: number) =>
      saveReviewAnswer(
        advisor,
        student.person,
        { section: 'interests', answer: 'none', comment },
        version,
        NOW,
      );
    await say('One', 0);
    await expect(say('Two', 0)).rejects.toMatchObject({
      stored: { words: { comment: 'One' }, version: 1 },
      yours: { comment: 'Two' },
    });
    expect((await say('Both', 1)).answers).toMatchObject([{ comment: 'Both', version: 2 }]);
  });

  it('is not returned without a change, nor approved with one, nor decided by others', async () => {
    const school = await aSchool();
    const { student, advisor, administrator } = school;
    await inReview(school);
    await expect(returnPlan(advisor, student.person, 'Hm', NOW)).rejects.toThrow(Invalid);
    await saveReviewAnswer(
      advisor,
      student.person,
      { section: 'strengths', answer: 'change', comment: '' },
      0,
      NOW,
    );
    await expect(returnPlan(advisor, student.person, '', NOW)).rejects.toThrow(Invalid);
    await expect(approvePlan(advisor, student.person, '', NOW)).rejects.toThrow(Invalid);
    await expect(approvePlan(administrator, student.person, '', NOW)).rejects.toThrow(Forbidden);
    await expect(approvePlan(student, student.person, '', NOW)).rejects.toThrow(Forbidden);
    expect((await getPlan(school.institution, student.person)).state).toBe('in_review');
  });

  it('is approved once when two advisors press at the same time', async () => {
    const school = await aSchool();
    await inReview(school);
    const press = () => approvePlan(school.advisor, school.student.person, '', NOW);
    const results = await Promise.allSettled([press(), press()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await mongoose.connection.collection('snapshots').countDocuments()).toBe(1);
  });

  it('can be taken back after approval: goals, grade and draft as before, the frozen copy kept', async () => {
    const school = await aSchool();
    const { student, advisor } = school;
    await active(school);
    const plan = await undoApproval(advisor, student.person, later(1));
    expect(plan).toMatchObject({ state: 'in_review', revision: 2, approvedAt: null });
    expect(plan.goals[0]?.status).toBe('proposed');
    expect(await lastApproved(plan)).toBeNull();
    expect(await mongoose.connection.collection('snapshots').countDocuments()).toBe(1);
    expect(await gradeOf(school)).toMatchObject({ scoreGiven: 75, activityProgress: 'InProgress' });
    const again = await approvePlan(advisor, student.person, '', later(2));
    expect((await lastApproved(again))?.revision).toBe(2);
  });

  it('leaves nothing behind when one part of a change fails', async () => {
    const school = await aSchool();
    await inReview(school);
    await mongoose.connection.collection('snapshots').insertOne({
      institution: school.institution,
      plan: (await getPlan(school.institution, school.student.person)).id,
      revision: 1,
    } as never);
    await expect(approvePlan(school.advisor, school.student.person, 'Well done', NOW)).rejects.toThrow(
      /E11000/,
    );
    expect((await getPlan(school.institution, school.student.person)).state).toBe('in_review');
    expect(await actionsOf(school)).not.toContain('plan.approved');
    expect(await listCommentsFor(school.student, school.student.person)).toEqual([]);
    expect(await gradeOf(school)).toMatchObject({ scoreGiven: 75 });
  });
});

describe('setting a plan aside', () => {
  it('needs a reason, is reversible and sends no grade', async () => {
    const school = await aSchool();
    const { student, advisor } = school;
    await inReview(school);
    await expect(setPlanAside(advisor, student.person, 'hold', ' ', NOW)).rejects.toThrow(Invalid);
    await expect(setPlanAside(student, student.person, 'waive', 'No', NOW)).rejects.toThrow(Forbidden);
    const aside = await setPlanAside(advisor, student.person, 'transfer', 'Moved to another school', NOW);
    expect(aside).toMatchObject({ state: 'transferred', resumeTo: 'in_review', needsAdvisorSince: null });
    const back = await resumePlan(advisor, student.person, 'Came back', later(9));
    expect(back).toMatchObject({
      state: 'in_review',
      resumeTo: null,
      asideReason: null,
      needsAdvisorSince: later(9),
    });
    expect((await getReview(advisor, student.person)).outcome).toBe('open');
  });

  it('takes a part out of the count and back in', async () => {
    const { institution, student, advisor } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const less = await exemptComponent(advisor, student.person, 'interests', 'Done on paper', NOW);
    expect(less.summary.total).toBe(3);
    await expect(exemptComponent(student, student.person, 'strengths', 'No', NOW)).rejects.toThrow(Forbidden);
    const more = await endExemption(advisor, student.person, 'interests', 'It was not', NOW);
    expect(more.summary.total).toBe(4);
  });
});

describe('talking about a plan', () => {
  it('puts a student’s question in the queue, and takes it out when an advisor answers', async () => {
    const { institution, student, advisor } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const question = { section: 'strengths' as const, text: 'Is this enough?', visibility: 'plan' as const };
    const comment = await addComment(student, student.person, question, later(1));
    expect((await getPlan(institution, student.person)).needsAdvisorSince).toEqual(later(1));
    const reply = await replyToComment(advisor, student.person, comment.id, 'Nearly.', later(2));
    expect(reply).toMatchObject({ section: 'strengths', replyTo: comment.id, visibility: 'plan' });
    expect((await getPlan(institution, student.person)).needsAdvisorSince).toBeNull();
  });

  it('keeps staff comments among staff, in the history too', async () => {
    const { institution, student, advisor, administrator, family } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const note = { section: 'plan' as const, text: 'Call home.', visibility: 'staff' as const };
    const comment = await addComment(advisor, student.person, note, NOW);
    expect(await listCommentsFor(student, student.person)).toEqual([]);
    expect(await listCommentsFor(family, student.person)).toEqual([]);
    expect(await listCommentsFor(administrator, student.person)).toHaveLength(1);
    await expect(replyToComment(student, student.person, comment.id, 'Hm', NOW)).rejects.toThrow(NotFound);
    await expect(addComment(student, student.person, note, NOW)).rejects.toThrow(Forbidden);
    const [event] = await historyOf(institution, student.person, { limit: 1, actions: ['comment.added'] });
    expect(event?.changes).toEqual([]);
  });

  it('refuses an empty comment, families, and sections that are gone', async () => {
    const { institution, student, family } = await aSchool();
    await openPlan(institution, student.person, NOW);
    const say = (actor: Actor, section: 'plan' | `goal:${string}`, text: string) =>
      addComment(actor, student.person, { section, text, visibility: 'plan' }, NOW);
    await expect(say(student, 'plan', ' ')).rejects.toThrow(Invalid);
    await expect(say(family, 'plan', 'Hello')).rejects.toThrow(Forbidden);
    await expect(say(student, 'goal:gone', 'Hello')).rejects.toThrow(Conflict);
  });
});

describe('the plan store', () => {
  it('refuses a write over a version that is no longer stored', async () => {
    const { institution, student } = await aSchool();
    const plan = await openPlan(institution, student.person, NOW);
    await updatePlan(plan, { lastActivityAt: NOW });
    await expect(updatePlan(plan, { lastActivityAt: NOW })).rejects.toThrow(Conflict);
  });

  it('lists caseload rows without the plans’ words', async () => {
    const { institution, student } = await aSchool();
    await written(student);
    const rows = await listPlanRows(institution, [student.person], ['draft']);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.summary).toMatchObject({ progress: 100, grade: 75, done: 4, total: 4 });
    expect(JSON.stringify(rows)).not.toContain(done.text);
    expect(await listPlanRows(institution, [student.person], ['active'])).toEqual([]);
  });

  it('answers its hot queries from an index', async () => {
    const { institution, student } = await aSchool();
    await written(student);
    const plans = mongoose.connection.collection('plans');
    const comments = mongoose.connection.collection('comments');
    const queries = [
      plans.find({ institution, person: student.person }),
      plans.find({ institution, person: { $in: [student.person] }, state: { $in: ['draft'] } }),
      comments.find({ institution, plan: 'x' }).sort({ at: -1 }),
    ];
    for (const query of queries) {
      const explained = await query.explain('queryPlanner');
      const winner = JSON.stringify((explained['queryPlanner'] as { winningPlan: object }).winningPlan);
      expect(winner).not.toMatch(/COLLSCAN|"SORT"/);
    }
  });
});
