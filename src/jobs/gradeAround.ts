import { listCourses } from '../courses/course.service.ts';
import type { Course, Enrolment } from '../courses/course.ts';
import { enrolmentsOf } from '../courses/enrolment.service.ts';
import type { OutboxRow } from './outbox.ts';

type Of = Pick<OutboxRow, 'institution' | 'course' | 'person'>;

/** Course and enrolment of each of some grades. */
export interface Around {
  course(row: Of): Course | null;
  enrolment(row: Of): Enrolment | null;
}

/** Reads them for all grades at once: they are mostly of one course. */
export async function readAround(rows: readonly Of[]): Promise<Around> {
  const courses = new Map<string, Course>();
  const enrolments = new Map<string, Enrolment>();
  for (const institution of new Set(rows.map((row) => row.institution))) {
    const own = rows.filter((row) => row.institution === institution);
    const ids = [...new Set(own.map(({ course }) => course))];
    const people = [...new Set(own.map(({ person }) => person))];
    const [found, enrolled] = await Promise.all([
      listCourses(institution, ids),
      enrolmentsOf(institution, ids, people),
    ]);
    for (const course of found) courses.set(course.id, course);
    for (const one of enrolled) enrolments.set(keyOf(one), one);
  }
  return {
    course: ({ course }) => courses.get(course) ?? null,
    enrolment: (row) => enrolments.get(keyOf(row)) ?? null,
  };
}

function keyOf({ course, person }: Pick<Of, 'course' | 'person'>): string {
  return `${course} ${person}`;
}
