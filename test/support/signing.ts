import { draftFromPresets, publishTemplate, saveDraft } from '../../src/frameworks/template.service.ts';
import { createGoal } from '../../src/goals/goal.service.ts';
import type { Actor } from '../../src/people/actor.ts';
import { approvePlan } from '../../src/plans/decision.service.ts';
import { movePlanTo } from '../../src/plans/framework.service.ts';
import type { SignerRole } from '../../src/plans/framework.ts';
import { getPlan, openPlan, submitPlan } from '../../src/plans/plan.service.ts';
import { PROFILE_KEYS } from '../../src/plans/plan.ts';
import { saveProfilePart } from '../../src/plans/profile.service.ts';
import { startReview } from '../../src/plans/review.service.ts';
import { aGoalForm } from './build.ts';

export type Signers = readonly { role: SignerRole; required: boolean }[];

interface People {
  student: Actor;
  advisor: Actor;
  administrator: Actor;
}

/** A written plan under a framework of the school that these people sign; approved, so that it waits for them. */
export async function planToSign(people: People, signers: Signers, now: Date): Promise<void> {
  const { student, advisor } = people;
  await openPlan(student.institution, student.person, now);
  for (const key of PROFILE_KEYS)
    await saveProfilePart(student, student.person, key, { text: 'I explain well.', finished: true }, 0, now);
  await createGoal(student, student.person, aGoalForm({ by: '2099-03-14' }), now);
  await underFramework(people, signers, now);
  await sendForReview(people, now);
  await approvePlan(advisor, student.person, '', now);
}

export async function sendForReview({ student, advisor }: People, at: Date): Promise<void> {
  await submitPlan(student, student.person, at);
  await startReview(advisor, student.person, at);
}

async function underFramework(
  { student, administrator }: People,
  signers: Signers,
  now: Date,
): Promise<void> {
  const { institution, person } = administrator;
  const actor = { institution, person, via: null };
  const draft = await draftFromPresets(actor, ['us-ky-ilp'], now);
  const components = draft.components.map((one) => ({
    ...one,
    on: one.key === 'career.goal',
    required: one.key === 'career.goal',
  }));
  const signatures = signers.map((one) => ({ ...one, condition: null }));
  const saved = await saveDraft(actor, draft.id, { ...draft, components, signatures }, 0, now);
  const { key, version } = await publishTemplate(actor, saved.id, now);
  const plan = await getPlan(institution, student.person);
  await movePlanTo(plan, { framework: key, version }, { by: person, mark: null }, now);
}
