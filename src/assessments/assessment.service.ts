import { changesBetween, type Change } from '../audit/event.ts';
import { editingGoal, goalIn } from '../goals/goalChange.ts';
import { applyForm, formOf } from '../goals/goalForm.ts';
import { LIMITS as GOAL_LIMITS } from '../goals/goal.ts';
import { refuseOver } from '../goals/goalStatus.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { isStaffRole, type Actor } from '../people/actor.ts';
import { editKind } from '../plans/editing.ts';
import { editingPart } from '../plans/partEdit.ts';
import { having, unchanged, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import type { Plan } from '../plans/plan.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Forbidden, Invalid, NotFound } from '../shared/errors.ts';
import { dayIn } from '../shared/format.ts';
import { newId } from '../shared/model.ts';
import { schoolYearOf } from '../shared/schoolYear.ts';
import {
  assessmentStandings,
  inOrder,
  isKept,
  LIMITS,
  mayChangeFacts,
  textsOf,
  type Assessment,
  type AssessmentFacts,
} from './assessment.ts';
import * as store from './assessment.store.ts';

export { listAssessments as assessmentRecordsOf } from './assessment.store.ts';

/** A student's results that were not put away, the newest first. */
export async function assessmentsOf(institution: string, student: string): Promise<Assessment[]> {
  return inOrder((await store.listAssessments(institution, student)).filter(isKept));
}

/** @throws NotFound when the student has no such result */
export async function getAssessment(institution: string, student: string, id: string): Promise<Assessment> {
  const found = await store.findAssessment(institution, id);
  if (!found || found.person !== student) throw new NotFound(`assessment ${id}`);
  return found;
}

/** What is entered: the facts and, by the student, what they say to it. */
export type AssessmentForm = AssessmentFacts & Pick<Assessment, 'tells'>;

/**
 * Enters a result; possible in every state of the plan. The same form sent twice is stopped by the form's own key.
 * @throws Invalid over the limit of a plan, or for a day that is still to come
 */
export async function addAssessment(
  actor: Actor,
  student: string,
  form: AssessmentForm,
  now: Date,
  importId: string | null = null,
): Promise<Assessment> {
  const time = await timeOf(actor.institution, now);
  refuseFuture(form, time.today);
  const one: Assessment = {
    ...form,
    tells: actor.role === 'student' ? form.tells : '',
    id: newId(),
    institution: actor.institution,
    person: student,
    year: schoolYearOf(form.date, time.yearStarts),
    goals: [],
    source: importId !== null ? 'import' : isStaffRole(actor.role) ? 'staff' : 'student',
    enteredBy: actor.person,
    importId,
    archivedAt: null,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
  await changePlan(actor, student, now, async (plan) => {
    const all = await store.listAssessments(actor.institution, student);
    if (all.filter(isKept).length >= LIMITS.results) throw full();
    await store.insertAssessment(one);
    const changes = [{ field: 'result', from: null, to: [one.name, one.score].filter(Boolean).join(': ') }];
    return edit(plan, actor, { action: 'assessment.added', one, changes }, [...all, one], now);
  });
  return one;
}

function full(): Invalid {
  return new Invalid([{ field: 'name', message: say('assessments.error.full', { limit: LIMITS.results }) }]);
}

const FACTS = ['kind', 'name', 'subject', 'date', 'score', 'level'] as const;
const FIELDS = [...FACTS, 'tells'] as const;

/**
 * Saves the student's words and, where they entered it themselves, the facts. The same again writes nothing.
 * @param version what the writer saw
 * @throws VersionConflict with both texts when another tab or an import changed it since
 */
export async function changeAssessment(
  actor: Actor,
  id: string,
  { form, version }: { form: AssessmentForm; version: number },
  now: Date,
): Promise<Assessment> {
  const time = await timeOf(actor.institution, now);
  return change(actor, actor.person, id, now, (before) => {
    const { tells, ...facts } = form;
    const after = mayChangeFacts(before)
      ? { ...before, ...facts, tells, year: schoolYearOf(facts.date, time.yearStarts) }
      : { ...before, tells };
    if (changesBetween<AssessmentForm>(before, after, FIELDS).length === 0) return null;
    refuseFuture(after, time.today);
    if (before.version !== version) {
      const stored = { words: textsOf(before), version: before.version, at: before.changedAt };
      throw new VersionConflict(stored, textsOf(after));
    }
    return { action: 'assessment.changed', after };
  });
}

/** Puts a result away or takes it back; nothing is deleted. What the school entered, only staff put away. */
export async function archiveAssessment(
  actor: Actor,
  student: string,
  id: string,
  away: boolean,
  now: Date,
): Promise<Assessment> {
  return change(actor, student, id, now, (before) => {
    const isOwn = (before.source === 'student') === (actor.role === 'student');
    if (!isOwn) throw new Forbidden(`${actor.role} may not put away what ${before.source} entered`);
    if (isKept(before) !== away) return null;
    const action = away ? 'assessment.archived' : 'assessment.restored';
    return { action, after: { ...before, archivedAt: away ? now : null } };
  });
}

type ImportedFacts = AssessmentFacts & Pick<Assessment, 'importId'>;

/** An import says something else of a result that it made before. @returns what was there; null: the same */
export async function reimportAssessment(
  actor: Actor,
  student: string,
  id: string,
  { facts, importId }: { facts: AssessmentFacts; importId: string },
  now: Date,
): Promise<ImportedFacts | null> {
  let was: ImportedFacts | null = null;
  await change(actor, student, id, now, (before) => {
    const { kind, name, subject, date, score, level } = before;
    const after = { ...before, ...facts, importId };
    const isSame = changesBetween<AssessmentFacts>(before, after, FACTS).length === 0;
    was = isSame ? null : { kind, name, subject, date, score, level, importId: before.importId };
    return isSame ? null : { action: 'assessment.imported', after };
  });
  return was;
}

interface ImportedPlace {
  student: string;
  id: string;
  importId: string;
}

/** Takes back what an import changed, unless somebody changed it since. @returns whether it was */
export async function restoreImported(
  actor: Actor,
  { student, id, importId }: ImportedPlace,
  was: ImportedFacts,
  now: Date,
): Promise<boolean> {
  let done = false;
  await change(actor, student, id, now, (before) => {
    done = before.importId === importId;
    return done ? { action: 'assessment.importUndone', after: { ...before, ...was } } : null;
  });
  return done;
}

/** Takes back a result that an import made; one that the student has said something to is put away instead. */
export async function removeImported(
  actor: Actor,
  { student, id, importId }: ImportedPlace,
  now: Date,
): Promise<boolean> {
  let done = false;
  await changePlan(actor, student, now, async (plan) => {
    const one = await store.findAssessment(actor.institution, id);
    done = one !== null && one.person === student && one.importId === importId && isKept(one);
    if (!one || !done) return unchanged(plan);
    if (one.tells === '' && one.goals.length === 0) await store.removeAssessment(actor.institution, id);
    else await save(one, { ...one, archivedAt: now }, now);
    const all = await store.listAssessments(actor.institution, student);
    const changes = [{ field: 'result', from: one.name, to: null }];
    return edit(plan, actor, { action: 'assessment.importUndone', one, changes }, all, now);
  });
  return done;
}

interface Edited {
  action: string;
  after: Assessment;
}

/** One change of one result, with the standings of all. `decide` is pure; null: nothing to do. */
async function change(
  actor: Actor,
  student: string,
  id: string,
  now: Date,
  decide: (before: Assessment) => Edited | null,
): Promise<Assessment> {
  let result: Assessment | null = null;
  await changePlan(actor, student, now, async (plan) => {
    const before = await getAssessment(actor.institution, student, id);
    const edited = decide(before);
    result = edited?.after ?? before;
    if (!edited) return unchanged(plan);
    await save(before, edited.after, now);
    const all = await store.listAssessments(actor.institution, student);
    const changes = changesBetween<Assessment>(before, edited.after, [...FIELDS, 'archivedAt']);
    return edit(plan, actor, { action: edited.action, one: before, changes }, all, now);
  });
  return result ?? getAssessment(actor.institution, student, id);
}

async function save(before: Assessment, after: Assessment, now: Date): Promise<void> {
  const { id: _id, institution: _institution, person: _person, version: _version, ...fields } = after;
  await store.updateAssessment(before, { ...fields, changedAt: now });
}

function edit(
  plan: Plan,
  actor: Actor,
  { action, one, changes }: { action: string; one: Assessment; changes: Change[] },
  all: readonly Assessment[],
  now: Date,
): PlanChange {
  return editingPart(plan, actor, {
    part: 'assessments',
    when: 'open',
    action,
    object: { kind: 'assessment', id: one.id },
    changes,
    standings: assessmentStandings(all, plan.year),
    now,
  });
}

/**
 * Makes a result the starting point of a goal: `words` go below what the goal's baseline says already. A goal may be
 * written only while the plan may. Pressed twice is pressed once.
 * @throws Invalid when the baseline would be too long; Conflict when the goal has ended or the plan is being read
 */
export async function useAsBaseline(
  actor: Actor,
  id: string,
  { goal: goalId, words }: { goal: string; words: string },
  now: Date,
): Promise<void> {
  await changePlan(actor, actor.person, now, async (plan) => {
    const one = await getAssessment(actor.institution, actor.person, id);
    const goal = goalIn(plan, goalId);
    const isSaid = goal.baseline.split('\n').includes(words);
    if (isSaid && one.goals.includes(goal.id)) return unchanged(plan);
    const kind = editKind(plan, actor, null);
    refuseOver(goal);
    if (!one.goals.includes(goal.id))
      await save(one, { ...one, goals: [...one.goals, goal.id].slice(-LIMITS.goals) }, now);
    const told = { action: 'assessment.usedForGoal', object: { kind: 'assessment', id: one.id } };
    const changes = [{ field: 'goal', from: null, to: goal.statement }];
    if (isSaid) return having(unchanged(plan), {}, { ...told, changes });
    const baseline = [goal.baseline, words].filter(Boolean).join('\n');
    if (baseline.length > GOAL_LIMITS.text)
      throw new Invalid([
        { field: 'goal', message: say('goals.error.tooLong', { limit: GOAL_LIMITS.text }) },
      ]);
    const after = applyForm(goal, { ...formOf(goal), baseline }, now, newId);
    return having(editingGoal(plan, goal, after, { kind, actor, reason: null }), {}, { ...told, changes });
  });
}

async function timeOf(institution: string, now: Date): Promise<{ today: string; yearStarts: string }> {
  const { zone, yearStarts } = await settingsOf(institution);
  return { today: dayIn(now, zone), yearStarts };
}

function refuseFuture({ date }: Pick<Assessment, 'date'>, today: string): void {
  if (date > today) throw new Invalid([{ field: 'date', message: say('assessments.error.future') }]);
}
