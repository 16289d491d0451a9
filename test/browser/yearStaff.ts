/** What an advisor and an administrator do with one student's plan, on the product's own pages. */
import { paths } from '../../src/shared/paths.ts';
import type { Desk } from '../support/frameDesk.ts';
import { sign } from './yearStudent.ts';

/** Goes from the student's overview to one of the pages about them. */
async function about(desk: Desk, person: string, name: string): Promise<void> {
  await desk.open(paths.student(person));
  await desk.press(desk.frame.getByRole('link', { name, exact: true }).first());
}

export async function confirmExperience(desk: Desk, person: string): Promise<void> {
  await about(desk, person, 'Experiences');
  await desk.frame.getByRole('radio', { name: 'I asked the supervisor' }).check();
  await desk.press(desk.frame.getByRole('button', { name: /^Confirm/ }));
}

export async function sayNoOtherPlans(desk: Desk, person: string): Promise<void> {
  await about(desk, person, 'Other plans');
  await desk.choose('None of these');
}

/** Plans a meeting for a moment that is over, and records that it was held. */
export async function holdMeeting(desk: Desk, person: string, day: string): Promise<void> {
  const { frame } = desk;
  await about(desk, person, 'Reviews and meetings');
  await frame.getByLabel('Date', { exact: true }).fill(day);
  await frame.getByLabel('Place').fill('Room 12');
  await desk.choose('Plan the meeting');
  await desk.choose('Open the meeting');
  await frame.getByLabel('New decision').fill('Robotics in grade 10');
  await desk.choose('Add decision');
  // The student's own name stands first, then the family, then the advisor.
  await frame.locator('#came').getByRole('checkbox').first().check();
  await frame.locator('#came').getByRole('checkbox').last().check();
  await desk.choose('The meeting was held');
}

export async function approve(desk: Desk, person: string): Promise<void> {
  await desk.open(paths.review(person));
  await desk.choose('Begin the review');
  await desk.choose('Approve plan');
}

export async function recordPaper(desk: Desk, person: string, day: string): Promise<void> {
  const { frame } = desk;
  await about(desk, person, 'Signatures');
  await desk.press(frame.getByRole('link', { name: /^Record it: .*Family$/ }));
  await frame.getByRole('heading', { name: 'Signed on paper' }).click();
  await frame.getByLabel('Name on the paper').fill('Ines Castellanos');
  await frame.getByLabel('Date on the paper').fill(day);
  await desk.choose('Record the paper');
}

export async function signFor(desk: Desk, person: string): Promise<void> {
  await desk.open(paths.studentSignatures(person));
  await sign(desk);
}
