import { record } from '../audit/audit.service.ts';
import { inTransaction } from '../shared/mongo.ts';
import { gradeStatus, type GradeStatus } from './gradeStatus.ts';
import type { OutboxRow } from './outbox.ts';
import { listOfCourse, requeue } from './outbox.store.ts';

/** A grade of a course with whose it is, and when it is tried next. */
export interface CourseGrade extends GradeStatus {
  person: string;
  attempts: number;
  nextAt: Date;
}

/** Most grades a course page looks at. */
const MOST_GRADES = 2_000;

const ORDER: Record<GradeStatus['status'], number> = { failed: 0, waiting: 1, leftAlone: 2, sent: 3 };

/** How far the grades of a course got; those that need a person first. */
export async function gradesOfCourse(institution: string, course: string): Promise<CourseGrade[]> {
  const rows = await listOfCourse(institution, course, MOST_GRADES);
  return rows
    .map((row) => ({
      ...gradeStatus(row),
      person: row.person,
      attempts: row.attempts,
      nextAt: row.nextAt,
    }))
    .toSorted((a, b) => ORDER[a.status] - ORDER[b.status] || b.at.getTime() - a.at.getTime());
}

/** A person can ask for another try of what failed, and of what the worker would try later by itself. */
function isRetryable({ status, retries }: Pick<GradeStatus, 'status' | 'retries'>): boolean {
  return status === 'failed' || retries;
}

interface By {
  institution: string;
  person: string;
  via: string | null;
}

/**
 * Puts a course's failed grade back into the queue, or all of them. What is on its way already stays as it is, so
 * asking twice is asking once. @param row an outbox row; null: all that failed @returns how many
 */
export async function retryGrades(by: By, course: string, row: string | null, now: Date): Promise<number> {
  const grades = await gradesOfCourse(by.institution, course);
  const wanted = grades.filter((one) => (row === null ? one.status === 'failed' : one.id === row));
  let asked = 0;
  for (const grade of wanted.filter(isRetryable)) if (await retry(by, course, grade.id, now)) asked += 1;
  return asked;
}

async function retry(by: By, course: string, id: string, now: Date): Promise<OutboxRow | null> {
  return inTransaction(async () => {
    const row = await requeue(by.institution, course, id, now);
    if (!row) return null;
    await record({
      institution: by.institution,
      actor: by.person,
      action: 'grade.requeued',
      subject: row.person,
      object: { kind: 'grade', id },
      via: by.via,
      at: now,
    });
    return row;
  });
}
