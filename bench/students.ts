/** Plans as students have them in November: the profile written, three goals with steps and a check-in. */
import { emptyForm, type GoalForm } from '../src/goals/goalForm.ts';
import { createGoal } from '../src/goals/goal.service.ts';
import { checkIn, tickStep } from '../src/goals/step.service.ts';
import type { Actor } from '../src/people/actor.ts';
import { openPlan } from '../src/plans/plan.service.ts';
import { saveProfilePart } from '../src/plans/profile.service.ts';

const PARTS = {
  strengths:
    'I finish what I start, people ask me to explain chemistry, and I notice when somebody is left out.',
  improvements:
    'I begin essays the evening before. I want to plan them a week ahead and show a draft to somebody.',
  interests: 'Rivers and what lives in them, repairing bicycles, and the school radio on Thursdays.',
} as const;

const DAY = 24 * 60 * 60_000;

/** @param student the person's id */
export async function fillPlan(institution: string, student: string, now: Date): Promise<void> {
  const actor: Actor = { institution, person: student, role: 'student', via: null };
  await openPlan(institution, student, now);
  for (const [key, text] of Object.entries(PARTS))
    await saveProfilePart(actor, student, key as keyof typeof PARTS, { text, finished: true }, 0, now);
  for (const kind of ['academic', 'career', 'personal'] as const) {
    const { goal } = await createGoal(actor, student, goalOf(kind, now), now);
    const [first] = goal.steps;
    if (first) await tickStep(actor, student, goal.id, { step: first.id, done: true }, now);
    await checkIn(
      actor,
      student,
      goal.id,
      { text: 'Two of four done, the third is hard.', value: null },
      now,
    );
  }
}

function goalOf(kind: GoalForm['kind'], now: Date): GoalForm {
  const day = (after: number): string => new Date(now.getTime() + after * DAY).toISOString().slice(0, 10);
  return {
    ...emptyForm(kind),
    statement: `Read and sum up one article a week until spring, and talk about it in class (${kind}).`,
    why: 'Because the course I want to take next year asks for it.',
    baseline: 'One a month at most.',
    measure: 'Summaries in my folder.',
    by: day(120),
    strategies: 'Wednesdays after lunch, in the library.',
    supports: [{ who: 'Ms. Brannigan', what: 'Reads the first two and says what to look for.' }],
    steps: [7, 21, 45, 90].map((after) => ({
      id: null,
      title: `Summary due in ${after} days`,
      due: day(after),
    })),
    finished: true,
  };
}
