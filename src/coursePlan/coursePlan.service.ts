/** What a student does with their own course plan. */
import type { Actor } from '../people/actor.ts';
import { findIn, type CourseTag, type Term } from '../pathways/catalogue.ts';
import type { Plan } from '../plans/plan.ts';
import { say } from '../plans/say.ts';
import { Conflict, Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { changeCourses, replanned } from './change.service.ts';
import { LIMITS, type OptionAnswer } from './coursePlan.ts';
import {
  entryFrom,
  entryIn,
  isGrade,
  openEntry,
  placeText,
  undone,
  withEntry,
  withMoved,
  withoutEntry,
  withSwapped,
  type Place,
} from './entryEdit.ts';

/** Grade level, told once: 6–12. @throws Invalid */
export async function tellGrade(actor: Actor, student: string, grade: number, now: Date): Promise<Plan> {
  if (!isGrade(grade)) throw new Invalid([{ field: 'grade', message: say('coursePlan.error.tellGrade') }]);
  return changeCourses(actor, student, now, ({ plan }) =>
    plan.grade === grade
      ? null
      : { action: 'plan.gradeTold', changes: [{ field: 'grade', from: plan.grade, to: grade }], grade },
  );
}

/** @throws Invalid as `entryFrom` and `withEntry` do, or for a year that is over. */
export async function planCourse(
  actor: Actor,
  student: string,
  { code, ...place }: Place & { code: string },
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => {
    refusePast(place, around.grade);
    const rest = { id: newId(), state: 'planned', note: '', by: actor.person, at: now } as const;
    const entry = entryFrom(around.catalogue, code, place, rest);
    return {
      courses: replanned(courses, withEntry(courses.entries, entry)),
      action: 'coursePlan.planned',
      object: { kind: 'courseEntry', id: entry.id },
      changes: [{ field: 'course', from: null, to: entry.title }, placed(null, place)],
      material: true,
    };
  });
}

function refusePast({ grade }: Place, now: number | null): void {
  if (now === null || grade >= now) return;
  throw new Invalid([{ field: 'grade', message: say('coursePlan.error.past', { grade }) }]);
}

function placed(from: Place | null, to: Place | null) {
  return { field: 'place', from: from && placeText(from), to: to && placeText(to) };
}

/** @throws NotFound, Conflict for a record, Invalid for a place where it is not offered. */
export async function moveCourse(
  actor: Actor,
  student: string,
  id: string,
  place: { grade: number; term: Term },
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => {
    const before = openEntry(courses, id);
    if (before.grade === place.grade && before.term === place.term) return null;
    refusePast(place, around.grade);
    return {
      courses: replanned(courses, withMoved(courses, id, place, around.catalogue)),
      action: 'coursePlan.moved',
      object: { kind: 'courseEntry', id },
      changes: [{ field: 'course', from: before.title, to: before.title }, placed(before, place)],
      material: true,
    };
  });
}

/** Two planned courses change places. */
export async function swapCourses(
  actor: Actor,
  student: string,
  { a, b }: { a: string; b: string },
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => ({
    courses: replanned(courses, withSwapped(courses, a, b, around.catalogue)),
    action: 'coursePlan.swapped',
    object: { kind: 'courseEntry', id: a },
    changes: [{ field: 'course', from: entryIn(courses, a).title, to: entryIn(courses, b).title }],
    material: true,
  }));
}

export async function removeCourse(actor: Actor, student: string, id: string, now: Date): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses }) => {
    const entry = openEntry(courses, id);
    return {
      courses: replanned(courses, withoutEntry(courses.entries, id)),
      action: 'coursePlan.removed',
      object: { kind: 'courseEntry', id },
      changes: [{ field: 'course', from: entry.title, to: null }, placed(entry, null)],
      material: true,
    };
  });
}

/** Takes back the last change of planned courses; again takes that back. @throws Conflict with nothing to undo */
export async function undoCourses(actor: Actor, student: string, now: Date): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses }) => {
    const entries = undone(courses);
    if (entries === null) throw new Conflict(say('coursePlan.error.nothingToUndo'));
    const titles = (all: typeof entries): string =>
      all.flatMap((one) => (one.state === 'planned' ? [one.title] : [])).join(', ');
    return {
      courses: replanned(courses, entries),
      action: 'coursePlan.undone',
      changes: [{ field: 'courses', from: titles(courses.entries), to: titles(entries) }],
      material: true,
    };
  });
}

/** The student takes a suggestion into the plan, or says no. @throws NotFound, Conflict when it was answered */
export async function answerSuggestion(
  actor: Actor,
  student: string,
  id: string,
  answer: 'accept' | 'decline',
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => {
    const entry = entryIn(courses, id);
    if (entry.state !== 'suggested') throw new Conflict(say('coursePlan.error.answered'));
    if (answer === 'accept') refusePast(entry, around.grade);
    const others = withoutEntry(courses.entries, id);
    const accepted = { ...entry, state: 'planned' as const, at: now };
    return {
      courses: answer === 'accept' ? replanned(courses, withEntry(others, accepted)) : { entries: others },
      action: answer === 'accept' ? 'coursePlan.suggestionAccepted' : 'coursePlan.suggestionDeclined',
      object: { kind: 'courseEntry', id },
      changes: [{ field: 'course', from: null, to: entry.title }],
      ...(answer === 'accept' ? { material: true } : {}),
    };
  });
}

/** Says which catalogue course an LMS course is; code null: it carries no credit. @throws Invalid */
export async function matchCourse(
  actor: Actor,
  student: string,
  { course, code }: { course: string; code: string | null },
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => {
    const lms = around.lms.find(({ id }) => id === course);
    const offered = findIn(around.catalogue, code);
    if (!lms || (code !== null && !offered))
      throw new Invalid([{ field: `code-${course}`, message: say('coursePlan.error.unknown') }]);
    const others = courses.matches.filter((one) => one.course !== course).slice(-LIMITS.matches + 1);
    return {
      courses: { matches: [...others, { course, code: offered?.code ?? null }] },
      action: 'coursePlan.matched',
      changes: [{ field: 'course', from: lms.title, to: offered?.title ?? null }],
      when: 'open',
    };
  });
}

/** The pathway and college sets (and which graduation set) the student wants to be measured by. @throws Invalid */
export async function chooseSets(
  actor: Actor,
  student: string,
  keys: readonly string[],
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses, around }) => {
    if (keys.length > LIMITS.sets)
      throw new Invalid([{ field: 'sets', message: say('coursePlan.error.sets', { limit: LIMITS.sets }) }]);
    const sets = keys.flatMap((key) => {
      const kept = courses.sets.find((one) => one.key === key);
      const current = around.current.find((one) => one.key === key);
      return kept ?? (current ? [{ key, version: current.version }] : []);
    });
    const names = (chosen: readonly { key: string }[]): string =>
      chosen.flatMap(({ key }) => around.versions.find((one) => one.key === key)?.name ?? []).join(', ');
    const isSame = sets.length === courses.sets.length && sets.every((one) => courses.sets.includes(one));
    if (isSame) return null;
    return {
      courses: { sets },
      action: 'coursePlan.setsChosen',
      changes: [{ field: 'requirementSets', from: names(courses.sets), to: names(sets) }],
      material: true,
    };
  });
}

/** What the student thinks of each course option. */
export type OptionForm = Pick<OptionAnswer, 'tag' | 'answer' | 'why'>;

/** Keeps the moment of answers that are the same as before. */
export async function answerOptions(
  actor: Actor,
  student: string,
  answers: readonly OptionForm[],
  now: Date,
): Promise<Plan> {
  return changeCourses(actor, student, now, ({ courses }) => {
    const kept = (tag: CourseTag): OptionAnswer | undefined => courses.options.find((one) => one.tag === tag);
    const options = answers.map((one) => {
      const before = kept(one.tag);
      return before?.answer === one.answer && before.why === one.why ? before : { ...one, at: now };
    });
    const changed = options.filter((one) => !courses.options.includes(one));
    if (changed.length === 0) return null;
    return {
      courses: {
        options: [
          ...courses.options.filter(({ tag }) => !answers.some((one) => one.tag === tag)),
          ...options,
        ],
      },
      action: 'coursePlan.optionsAnswered',
      changes: changed.map(({ tag, answer, why }) => ({
        field: tag,
        from: kept(tag)?.answer ?? null,
        to: why === '' ? answer : `${answer}: ${why}`,
      })),
    };
  });
}
