/** How every change of a course plan is saved: with the plan's standings and events, in one transaction. */
import type { Change } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { listPlanRows } from '../plans/plan.service.ts';
import { having, unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { standingsWith, type StandingNow } from '../plans/standing.ts';
import { courseFactsOf } from './courseFacts.service.ts';
import type { CourseFacts } from './courseFacts.ts';
import { saveCoursePlan } from './coursePlan.store.ts';
import type { CoursePlan, Entry } from './coursePlan.ts';
import { measure, pinnedSets } from './measure.ts';

/** What an edit makes of a course plan; null: nothing to do. */
export interface CourseEdit {
  courses?: Partial<Omit<CoursePlan, 'id' | 'institution' | 'person'>>;
  action: string;
  changes: Change[];
  /** Id of the thing that was changed; the course plan's own by default. */
  object?: { kind: string; id: string };
  /** Changes what was agreed (planned courses, chosen sets). */
  material?: boolean;
  /** Facts that may come in at any time: completed courses, what staff decide. */
  when?: 'writing' | 'open';
  /** The grade level, when it was told. */
  grade?: number;
  reason?: string | null;
}

/**
 * One edit of one student's course plan. `decide` sees everything it is measured by.
 * @throws as `changePlan` and `editingPart` do.
 */
export async function changeCourses(
  actor: Actor,
  student: string,
  now: Date,
  decide: (facts: CourseFacts) => CourseEdit | null,
): Promise<Plan> {
  return changePlan(actor, student, now, async (plan) => {
    const facts = await courseFactsOf(plan, now);
    const edit = decide(facts);
    if (!edit) return unchanged(plan);
    const { courses, around } = after(facts, edit, now);
    await saveCoursePlan(courses, now);
    const { standings } = measure(courses, around);
    const { action, changes, material, when, reason } = edit;
    const change = editingPart(plan, actor, {
      part: 'coursePlan',
      object: edit.object ?? { kind: 'coursePlan', id: plan.id },
      action,
      changes,
      standings,
      now,
      ...(material ? { material } : {}),
      ...(when ? { when } : {}),
      ...(reason ? { reason } : {}),
    });
    return edit.grade === undefined ? change : having(change, { grade: edit.grade });
  });
}

/** The plan after the edit: measured from now on by the versions of today. */
function after(
  { courses, around }: CourseFacts,
  edit: CourseEdit,
  now: Date,
): Pick<CourseFacts, 'courses' | 'around'> {
  const changed = { ...courses, ...edit.courses, changedAt: now };
  const grade = edit.grade ?? around.grade;
  const known = { ...around, grade };
  return { courses: { ...changed, sets: pinnedSets(changed, known) }, around: known };
}

/** Planned courses after a change, with what "Undo" goes back to. */
export function replanned({ entries }: CoursePlan, after: Entry[]): Pick<CoursePlan, 'entries' | 'previous'> {
  return { entries: after, previous: entries.filter(({ state }) => state === 'planned') };
}

/**
 * What the courses of a plan are worth as it stands, for a feature that changes what they are measured by in its own
 * `changePlan`: a goal that selects requirement sets.
 */
export async function courseStandingsOf(plan: Plan, now: Date): Promise<StandingNow[]> {
  const { courses, around } = await courseFactsOf(plan, now);
  return measure(courses, around).standings;
}

/**
 * Tells the plan again what its courses are worth, after something around it changed: the roster, the catalogue, a
 * goal's requirement sets. Writes nothing where nothing is different.
 */
export async function recomputeCourses(institution: string, student: string, now: Date): Promise<void> {
  const system: Actor = { institution, person: 'system', role: 'administrator', via: null };
  await changePlan(system, student, now, async (plan) => {
    const standings = standingsWith(plan, await courseStandingsOf(plan, now), now);
    const isSame = standings.every((one) => plan.standings.includes(one));
    return isSame && standings.length === plan.standings.length
      ? unchanged(plan)
      : having(unchanged(plan), { standings });
  });
}

/** The same for the students of a course, after a roster run; those without a plan are passed over. */
export async function recomputeStudents(
  institution: string,
  students: readonly string[],
  now: Date,
): Promise<void> {
  for (const { person } of await listPlanRows(institution, students))
    await recomputeCourses(institution, person, now);
}
