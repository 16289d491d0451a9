/** What the pages of reviews and meetings show, read from their stores side by side. */
import { frameworkOf } from '../frameworks/framework.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { namesOf } from '../people/names.service.ts';
import { ownPlan } from '../plans/ownPlan.service.ts';
import type { Plan } from '../plans/plan.ts';
import { getPlan } from '../plans/plan.service.ts';
import { reviewsOf } from './change.service.ts';
import { listContacts } from './contact.store.ts';
import { attemptsIn } from './contact.ts';
import { listQuestions } from './question.store.ts';
import type { ReviewFacts, StaffReviewFacts } from './reviewFacts.ts';

/** The viewer's own reviews; a Canvas test student has none. */
export async function ownReviews(viewer: Viewer, now: Date): Promise<ReviewFacts> {
  return factsOf(await ownPlan(viewer, now), now);
}

/** @throws NotFound when the student has no plan */
export async function studentReviews(
  institution: string,
  student: string,
  now: Date,
): Promise<StaffReviewFacts> {
  const plan = await getPlan(institution, student);
  const contacts = await listContacts(institution, student);
  const facts = await factsOf(
    plan,
    now,
    contacts.map(({ by }) => by),
  );
  const { yearStarts } = await settingsOf(institution);
  return { ...facts, contacts, attempts: attemptsIn(contacts, facts.cycle.year, yearStarts) };
}

async function factsOf(plan: Plan, now: Date, more: readonly string[] = []): Promise<ReviewFacts> {
  const { institution, person } = plan;
  const [reviews, questions, { reviewsPerYear: perYear }] = await Promise.all([
    reviewsOf(plan, now),
    listQuestions(institution, person),
    frameworkOf(plan),
  ]);
  const { family, familyNone, advisor } = reviews.cycle;
  const writers = [family?.by, familyNone?.by, advisor?.by].filter((by) => by !== undefined);
  const names = await namesOf(institution, [person, ...writers, ...more]);
  return { ...reviews, perYear, questions, names };
}
