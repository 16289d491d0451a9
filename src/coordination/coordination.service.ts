import { coursesOf, taughtCourses } from '../courses/enrolment.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { isStaffRole, type Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import { unchanged } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Forbidden } from '../shared/errors.ts';
import { checked, textsOf } from './coordinationForm.ts';
import { coordinationStanding, type Coordination, type OtherPlan } from './coordination.ts';
import { findCoordination, saveCoordination } from './coordination.store.ts';

export { findCoordination as coordinationOf } from './coordination.store.ts';

/**
 * Whether this teacher has the student on their caseload: in a course that the school marked as advisory. Where the
 * school lets every teacher see plans, the others still do not see whether there is an IEP.
 */
export async function isOnCaseload(institution: string, staff: string, student: string): Promise<boolean> {
  const advisory = (await coursesOf(institution, student)).filter(({ advisory: is }) => is);
  const taught = new Set((await taughtCourses(institution, staff)).map(({ id }) => id));
  return advisory.some(({ id }) => taught.has(id));
}

/**
 * Staff say which other plans there are. The same said on the same day is said once; on a later day it is checked again.
 * Possible in every state of the plan.
 * @param version what the writer saw
 * @throws Invalid for what looks like the content of a plan; VersionConflict with both when someone else saved it since
 */
export async function checkOtherPlans(
  actor: Actor,
  student: string,
  { plans: typed, version }: { plans: readonly OtherPlan[]; version: number },
  now: Date,
): Promise<void> {
  if (!isStaffRole(actor.role)) throw new Forbidden(`${actor.role} may not say which other plans there are`);
  const said = checked(typed);
  const { zone } = await settingsOf(actor.institution);
  await changePlan(actor, student, now, async (plan) => {
    const before = await findCoordination(actor.institution, student);
    const goals = new Set(plan.goals.map(({ id }) => id));
    const plans = said.map((one) => ({ ...one, goals: one.goals.filter((id) => goals.has(id)) }));
    const isSame = JSON.stringify(plans) === JSON.stringify(before.plans);
    if (isSame && isSameDay(before.checkedAt, now, zone)) return unchanged(plan);
    if (!isSame && before.version !== version) throw conflict(before, plans);
    const after: Coordination = { ...before, plans, checkedAt: now, checkedBy: actor.person };
    await saveCoordination(after);
    return editingPart(plan, actor, {
      part: 'coordination',
      when: 'open',
      action: 'coordination.checked',
      object: { kind: 'coordination', id: student },
      // History is read by more people than this page: it says that it changed, never which plan there is.
      changes: isSame ? [] : [{ field: 'otherPlans', from: null, to: null }],
      standings: [coordinationStanding(after)],
      now,
    });
  });
}

function isSameDay(at: Date | null, now: Date, zone: string): boolean {
  return at !== null && schoolDay(at, zone) === schoolDay(now, zone);
}

function conflict(before: Coordination, plans: OtherPlan[]): VersionConflict {
  return new VersionConflict(
    { words: textsOf(before), version: before.version, at: before.checkedAt },
    textsOf({ plans }),
  );
}
