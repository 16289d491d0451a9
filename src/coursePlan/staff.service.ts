/** What staff do with a student's course plan: suggest, record, decide. */
import type { Actor } from '../people/actor.ts';
import { findIn, type Term } from '../pathways/catalogue.ts';
import type { RequirementRule, RequirementSet } from '../pathways/requirement.ts';
import { isMark } from '../pathways/mark.ts';
import type { Plan } from '../plans/plan.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid, NotFound, type FieldError } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { changeCourses } from './change.service.ts';
import type { CourseFacts } from './courseFacts.ts';
import { LIMITS, type Entry } from './coursePlan.ts';
import { entryFrom, entryIn, placeText, withEntry, withoutEntry } from './entryEdit.ts';
import { setsFor } from './measure.ts';

const wrong = (field: string, message: string): Invalid => new Invalid([{ field, message }]);

/** A course the advisor would plan; the student accepts or declines. @throws Invalid */
export async function suggestCourse(
  actor: Actor,
  student: string,
  form: { code: string; grade: number; term: Term; note: string },
  now: Date,
): Promise<Plan> {
  const { code, grade, term, note } = form;
  return changeCourses(actor, student, now, ({ courses, around }) => {
    const rest = { id: newId(), state: 'suggested', note, by: actor.person, at: now } as const;
    const entry = entryFrom(around.catalogue, code, { grade, term }, rest);
    return {
      courses: { entries: withEntry(courses.entries, entry) },
      action: 'coursePlan.suggested',
      object: { kind: 'courseEntry', id: entry.id },
      changes: [
        { field: 'course', from: null, to: entry.title },
        { field: 'place', from: null, to: placeText(entry) },
      ],
      when: 'open',
    };
  });
}

/** A completed course as staff or a transcript state it; without a code it is a course of another school. */
export interface CompletedForm {
  code: string | null;
  title: string;
  subject: string;
  credits: number;
  grade: number;
  term: Term;
  mark: string | null;
}

/** @throws Invalid for an unknown mark or course, or when the plan is full. */
export async function recordCompleted(
  actor: Actor,
  student: string,
  form: CompletedForm,
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, (facts) => {
    const entry = completedEntry(facts, form, { by: actor.person, importId: null, at: now });
    return {
      courses: { entries: withEntry(facts.courses.entries, entry) },
      action: 'coursePlan.completed',
      object: { kind: 'courseEntry', id: entry.id },
      changes: [{ field: 'course', from: null, to: told(entry) }],
      when: 'open',
    };
  });
}

/** The record of a completed course; what the catalogue knows is taken from it, credits as they were earned. */
export function completedEntry(
  { around }: Pick<CourseFacts, 'around'>,
  form: CompletedForm,
  origin: Pick<Entry, 'by' | 'importId' | 'at'>,
): Entry {
  const course = findIn(around.catalogue, form.code);
  if (form.code !== null && !course) throw wrong('code', say('coursePlan.error.unknown'));
  if (!course && form.title === '') throw wrong('title', say('coursePlan.error.title'));
  if (form.mark !== null && !isMark(form.mark)) throw wrong('mark', say('coursePlan.error.mark'));
  const { credits, grade, term, mark } = form;
  return {
    ...origin,
    id: newId(),
    code: course?.code ?? null,
    title: course?.title ?? form.title,
    subject: course?.subject ?? form.subject,
    credits,
    grade,
    term,
    mark,
    state: 'completed',
    note: '',
  };
}

function told({ title, mark }: Pick<Entry, 'title' | 'mark'>): string {
  return mark === null ? title : `${title} (${mark})`;
}

/** Takes out a completed course or a suggestion that staff entered by mistake. */
export async function withdrawEntry(actor: Actor, student: string, id: string, now: Date): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses }) => {
    const entry = entryIn(courses, id);
    if (entry.state === 'planned') throw new Conflict(say('coursePlan.error.theirs', { title: entry.title }));
    return {
      courses: {
        entries: withoutEntry(courses.entries, id),
        substitutions: courses.substitutions.filter(({ record }) => record !== id),
      },
      action: entry.state === 'completed' ? 'coursePlan.recordRemoved' : 'coursePlan.suggestionWithdrawn',
      object: { kind: 'courseEntry', id },
      changes: [{ field: 'course', from: told(entry), to: null }],
      when: 'open',
    };
  });
}

/** A line of one of the student's sets, as a form names it: set key and rule id. */
export interface LineName {
  set: string;
  rule: string;
}

function lineIn(
  { courses, around }: CourseFacts,
  { set, rule }: LineName,
): { set: RequirementSet; rule: RequirementRule } {
  const found = setsFor(courses, around).find(({ key }) => key === set);
  const line = found?.rules.find(({ id }) => id === rule);
  if (!found || !line) throw new NotFound(`line ${rule} of set ${set}`);
  return { set: found, rule: line };
}

/** Beside its field: no reason, no course, no open place. */
function decisionProblems(facts: CourseFacts, reason: string): FieldError[] {
  const { substitutions, waivers } = facts.courses;
  const full = substitutions.length + waivers.length >= LIMITS.decisions;
  return [
    ...(reason === '' ? [{ field: 'reason', message: say('coursePlan.error.reason') }] : []),
    ...(full
      ? [{ field: 'reason', message: say('coursePlan.error.decisions', { limit: LIMITS.decisions }) }]
      : []),
  ];
}

/** This course of the student counts for that line. @throws Invalid without a reason, or when it does so already */
export async function substitute(
  actor: Actor,
  student: string,
  form: LineName & { record: string; forCode: string | null; reason: string },
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, (facts) => {
    const { set, rule } = lineIn(facts, form);
    const problems = decisionProblems(facts, form.reason);
    if (problems.length > 0) throw new Invalid(problems);
    const entry = entryIn(facts.courses, form.record);
    const { substitutions } = facts.courses;
    if (substitutions.some((one) => one.set === set.key && one.record === entry.id))
      throw wrong('record', say('coursePlan.error.substituted', { title: entry.title }));
    const forCode = forCodeOf(rule, form.forCode);
    const made = { id: newId(), set: set.key, rule: rule.id, record: entry.id, forCode };
    return {
      courses: {
        substitutions: [...substitutions, { ...made, reason: form.reason, by: actor.person, at: now }],
      },
      action: 'coursePlan.substituted',
      object: { kind: 'substitution', id: made.id },
      changes: [
        { field: rule.label, from: null, to: entry.title },
        { field: 'reason', from: null, to: form.reason },
      ],
      when: 'open',
    };
  });
}

/** A line that names courses must say in whose place; one code needs no choice. @throws Invalid */
function forCodeOf({ need }: RequirementRule, code: string | null): string | null {
  if (need.kind === 'credits') return null;
  const [only] = need.codes;
  if (need.codes.length === 1 && only !== undefined) return only;
  if (need.kind === 'anyOf') return code;
  if (code === null || !need.codes.includes(code)) throw wrong('forCode', say('coursePlan.error.forCode'));
  return code;
}

/** The line is not asked of this student, or so much less. @throws Invalid */
export async function waive(
  actor: Actor,
  student: string,
  form: LineName & { amount: number | null; reason: string },
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, (facts) => {
    const { set, rule } = lineIn(facts, form);
    const problems = decisionProblems(facts, form.reason);
    if (problems.length > 0) throw new Invalid(problems);
    const { amount, reason } = form;
    const made = { id: newId(), set: set.key, rule: rule.id, amount, reason, by: actor.person, at: now };
    return {
      courses: { waivers: [...facts.courses.waivers, made] },
      action: 'coursePlan.waived',
      object: { kind: 'waiver', id: made.id },
      changes: [
        { field: rule.label, from: null, to: amount },
        { field: 'reason', from: null, to: reason },
      ],
      when: 'open',
    };
  });
}

/** Takes a substitution or waiver back. @throws NotFound */
export async function withdrawDecision(actor: Actor, student: string, id: string, now: Date): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses }) => {
    const gone = [...courses.substitutions, ...courses.waivers].find((one) => one.id === id);
    if (!gone) throw new NotFound(`decision ${id}`);
    return {
      courses: {
        substitutions: courses.substitutions.filter((one) => one.id !== id),
        waivers: courses.waivers.filter((one) => one.id !== id),
      },
      action: 'coursePlan.decisionWithdrawn',
      object: { kind: 'courseDecision', id },
      changes: [{ field: 'reason', from: gone.reason, to: null }],
      when: 'open',
    };
  });
}

/** Which help or credit recovery the student gets, or that none is needed. @throws Invalid */
export async function recordSupport(
  actor: Actor,
  student: string,
  form: { needed: boolean; text: string },
  now: Date,
): Promise<Plan> {
  if (form.needed && form.text === '') throw wrong('text', say('coursePlan.error.support'));
  return changeCourses(actor, student, now, ({ courses }) => {
    const { support } = courses;
    if (support?.needed === form.needed && support.text === form.text) return null;
    return {
      courses: { support: { ...form, by: actor.person, at: now } },
      action: 'coursePlan.supportRecorded',
      changes: [
        { field: 'support', from: support?.text ?? null, to: form.text || say('coursePlan.support.none') },
      ],
      when: 'open',
    };
  });
}

/** Measures the student by the newest version of a set from now on. */
export async function useNewestSet(actor: Actor, student: string, key: string, now: Date): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => {
    const newest = around.current.find((one) => one.key === key);
    if (!newest) throw new NotFound(`current version of ${key}`);
    const before = courses.sets.find((one) => one.key === key);
    if (before?.version === newest.version) return null;
    const others = courses.sets.filter((one) => one.key !== key);
    return {
      courses: { sets: [...others, { key, version: newest.version }] },
      action: 'coursePlan.setsChosen',
      changes: [{ field: newest.name, from: before?.version ?? null, to: newest.version }],
      material: true,
      when: 'open',
    };
  });
}
