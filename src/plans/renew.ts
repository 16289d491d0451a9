import { isAgreed, isLive, type Goal } from '../goals/goal.ts';
import { moveGoal } from '../goals/goalStatus.ts';
import { COMPONENTS } from './component.ts';
import type { Plan, ProfilePart } from './plan.ts';

/** Goals that can go on in the next school year, with what came of them so far. */
export function carriableGoals({ goals }: Pick<Plan, 'goals'>): Goal[] {
  return goals.filter((goal) => isLive(goal) || goal.status === 'partly' || goal.status === 'not_achieved');
}

/** Whether a school year has begun that this plan was not made for. */
export function isOfEarlierYear({ year }: Pick<Plan, 'year'>, current: number): boolean {
  return year < current;
}

/** Highest grade level that is counted on; a repeated year is corrected by staff. */
const LAST_GRADE = 12;

/**
 * What a plan holds at the beginning of its next school year. Nothing is asked again needlessly: texts stay and
 * wait for "still true?"; what must be done each year is open again; goals that go on begin as new proposals
 * beside the old ones, which are kept as carried.
 * @param keep ids of the goals that go on
 */
export function renewedFields(
  plan: Plan,
  { year, keep }: { year: number; keep: ReadonlySet<string> },
  now: Date,
  makeId: () => string,
): Pick<Plan, 'year' | 'grade' | 'profile' | 'goals' | 'standings' | 'askedParts' | 'exemptions'> {
  const grade = plan.grade === null ? null : Math.min(plan.grade + year - plan.year, LAST_GRADE);
  return {
    year,
    grade,
    profile: Object.fromEntries(
      Object.entries(plan.profile).map(([key, part]) => [key, toConfirm(part)]),
    ) as Plan['profile'],
    goals: goalsNextYear(plan.goals, keep, now, makeId),
    standings: plan.standings.filter(({ component }) => !COMPONENTS[component].yearly),
    askedParts: [],
    exemptions: [],
  };
}

function toConfirm(part: ProfilePart): ProfilePart {
  return part.finished
    ? { ...part, finished: false, asked: false, toConfirm: true, version: part.version + 1 }
    : part;
}

function goalsNextYear(
  goals: readonly Goal[],
  keep: ReadonlySet<string>,
  now: Date,
  makeId: () => string,
): Goal[] {
  return goals.flatMap((goal) => {
    if (goal.status === 'proposed') return keep.has(goal.id) ? [goal] : [ended(goal, now)];
    if (!keep.has(goal.id)) return [isLive(goal) ? ended(goal, now) : goal];
    return [{ ...moveGoal(goal, 'carry'), changedAt: now }, nextOf(goal, now, makeId)];
  });
}

/** Not chosen to go on: an agreed goal ends as not achieved, a proposal is let go; neither is lost. */
function ended(goal: Goal, now: Date): Goal {
  return { ...moveGoal(goal, isAgreed(goal) ? 'miss' : 'drop'), changedAt: now };
}

/** The same goal for the new year: what is done stays with the old one, the date must be set anew. */
function nextOf(goal: Goal, now: Date, makeId: () => string): Goal {
  return {
    ...goal,
    id: makeId(),
    by: null,
    steps: goal.steps
      .filter(({ doneAt }) => doneAt === null)
      .map((step) => ({ ...step, id: makeId(), due: null })),
    checkIns: [],
    status: 'proposed',
    outcome: null,
    finished: false,
    asked: false,
    agreedRevision: null,
    carriedFrom: goal.id,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
}
