/** How every write of the reviews is made: in the plan's transaction, with the cycle's state and standings told. */
import type { Change } from '../audit/event.ts';
import { frameworkOf } from '../frameworks/framework.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import type { PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { newId } from '../shared/model.ts';
import { listCycles, saveCycle } from './cycle.store.ts';
import { blankCycle, stateOf, type ReviewCycle } from './cycle.ts';
import { listMeetings } from './meeting.store.ts';
import type { Meeting } from './meeting.ts';
import { periodAt, type Period } from './period.ts';
import type { Reviews } from './reviewFacts.ts';
import { meetingStandings } from './standings.ts';

export async function reviewsOf(plan: Plan, now: Date): Promise<Reviews> {
  const { institution, person } = plan;
  const { zone, yearStarts } = await settingsOf(institution);
  const { reviewsPerYear } = await frameworkOf(plan);
  const periodOf = (day: string): Period => periodAt(day, reviewsPerYear, yearStarts);
  const cycles = await listCycles(institution, person);
  const meetings = await listMeetings(institution, person);
  const today = schoolDay(now, zone);
  const cycle = cycleOf({ plan, cycles, now }, periodOf(today));
  return { plan, zone, today, cycle, cycles, meetings, periodOf, now };
}

/** The stored cycle of a period, else an empty one. */
export function cycleOf(
  { plan, cycles, now }: Pick<Reviews, 'plan' | 'cycles' | 'now'>,
  period: Period,
): ReviewCycle {
  const found = cycles.find((one) => one.year === period.year && one.period === period.period);
  const { institution, person } = plan;
  return found ?? blankCycle({ id: newId(), institution, person }, period, now);
}

/** What a use case did: the cycle it changed, the meetings as they are now, and what the log says. */
export interface ReviewEdit {
  cycle: ReviewCycle;
  meetings?: readonly Meeting[];
  action: string;
  object: { kind: string; id: string };
  changes: Change[];
}

/**
 * Saves a cycle in the state that follows from what is there, and tells the plan. A use case may start from
 * another change of the plan (a step added to a goal).
 */
export async function keepReviews(
  reviews: Reviews,
  actor: Actor,
  edit: ReviewEdit,
  from: PlanChange | null = null,
): Promise<PlanChange> {
  const { plan, now } = reviews;
  const meetings = edit.meetings ?? reviews.meetings;
  const cycle = inState(edit.cycle, meetings);
  await saveCycle(cycle);
  const current = cycle.id === reviews.cycle.id ? cycle : inState(reviews.cycle, meetings);
  const { action, object, changes } = edit;
  const standings = meetingStandings(current, meetings);
  const part = { part: 'reviews', when: 'open', action, object, changes, standings, now } as const;
  const edited = editingPart(from?.plan ?? plan, actor, part);
  return { ...edited, actions: [...(from?.actions ?? []), ...edited.actions] };
}

function inState(cycle: ReviewCycle, meetings: readonly Meeting[]): ReviewCycle {
  const own = meetings.filter(({ year, period }) => year === cycle.year && period === cycle.period);
  const state = stateOf(
    cycle,
    own.map((meeting) => meeting.state),
  );
  return { ...cycle, state };
}

/** One use case on one student's reviews, in one transaction. */
export async function changeReviews(
  actor: Actor,
  student: string,
  now: Date,
  decide: (reviews: Reviews) => Promise<PlanChange>,
): Promise<Plan> {
  return changePlan(actor, student, now, async (plan) => decide(await reviewsOf(plan, now)));
}
