import { record } from '../audit/audit.service.ts';
import { changesBetween } from '../audit/event.ts';
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import * as store from './catalogue.store.ts';
import { CATALOGUE_LIMITS, catalogueOf, type Catalogue, type CatalogueCourse } from './catalogue.ts';

export { findOffered, listOffered } from './catalogue.store.ts';

/** What an administrator types of a course. */
export type CourseForm = Omit<CatalogueCourse, 'id' | 'institution' | 'importId' | 'changedAt'>;

const FIELDS = [
  ...(['code', 'sisId', 'title', 'subject', 'credits', 'grades', 'terms', 'prerequisites'] as const),
  ...(['tags', 'repeatable', 'active'] as const),
];

/** A catalogue changes a few times a year and is read with every course plan: kept for 15 s. */
const KEEP_MS = 15_000;
const MOST_KEPT = 200;
const kept = new Map<string, { value: KeptCatalogue; until: number }>();

interface KeptCatalogue {
  offered: readonly CatalogueCourse[];
  catalogue: Catalogue;
}

/** The school's catalogue, as list and by code; at most 15 s old in other processes. */
export async function catalogueFor(institution: string): Promise<KeptCatalogue> {
  const entry = kept.get(institution);
  if (entry && entry.until > Date.now()) return entry.value;
  const offered = await store.listOffered(institution);
  const value = { offered, catalogue: catalogueOf(offered) };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(institution, { value, until: Date.now() + KEEP_MS });
  return value;
}

/** @throws NotFound */
export async function getOffered(institution: string, id: string): Promise<CatalogueCourse> {
  const course = await store.findOffered(institution, id);
  if (!course) throw new NotFound(`catalogue course ${id}`);
  return course;
}

/**
 * Adds a course (`id` null) or changes it. Plans keep the title and credits they took over when it was planned;
 * the audit reads prerequisites, grades and terms as they are now.
 * @throws Invalid when the catalogue is full; Conflict when the code is taken.
 */
export async function saveCourse(
  actor: Actor,
  id: string | null,
  form: CourseForm,
  now: Date,
): Promise<CatalogueCourse> {
  const { institution } = actor;
  const saved = await inTransaction(async () => {
    const before = id === null ? null : await getOffered(institution, id);
    if (before === null && (await store.countOffered(institution)) >= CATALOGUE_LIMITS.courses)
      throw new Invalid([
        { field: 'code', message: say('catalogue.error.full', { limit: CATALOGUE_LIMITS.courses }) },
      ]);
    const course = { ...form, id: id ?? newId(), institution, importId: null, changedAt: now };
    await store.saveOffered(course);
    await record({
      institution,
      actor: actor.person,
      action: before ? 'catalogue.changed' : 'catalogue.added',
      subject: null,
      object: { kind: 'catalogueCourse', id: course.id },
      changes: before
        ? changesBetween(before, course, FIELDS)
        : [{ field: 'code', from: null, to: course.code }],
      via: actor.via,
      at: now,
    });
    return course;
  });
  kept.delete(institution);
  return saved;
}

/** Writes courses of an import, without an event each: the import is one. */
export async function writeCourses(courses: readonly CatalogueCourse[]): Promise<void> {
  for (const course of courses) await store.saveOffered(course);
  for (const { institution } of courses) kept.delete(institution);
}

/** Takes back what an import added. */
export async function removeCourse(institution: string, id: string): Promise<void> {
  await store.removeOffered(institution, id);
  kept.delete(institution);
}
