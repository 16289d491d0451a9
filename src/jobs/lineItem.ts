import type { Course } from '../courses/course.ts';
import { claimColumn, forgetColumn, settleColumn } from '../courses/course.service.ts';
import type { Grades } from '../lti/grades.ts';
import type { Connection } from '../lti/platform.ts';
import { findLink, rememberLineItem } from '../tasks/link.service.ts';
import type { GradeItem } from './grade.ts';
import type { OutboxRow } from './outbox.ts';

/** `tag` and the beginning of `resourceId` of every column of ours, to tell them from other tools' (lms.md 6.3). */
export const TAG = 'waymark';
const PLAN_RESOURCE = 'waymark:plan';
const PLAN_LABEL = 'Learning plan';
const PLAN_MAXIMUM = 100;

/** Longer than token, search and creation may take (15 s a call); a worker that died holds the column no longer. */
const CLAIM_MS = 90_000;

/**
 * The address of the column a grade belongs in. The plan's is looked for by resource id before it is made,
 * for a copied course brings its columns along (AGS 2.0 3.2.15); a task's came with its deep link.
 *
 * @returns null when the task's column is not known and cannot be found: it is never made anew silently.
 */
export async function lineItemFor(
  grades: Grades,
  connection: Connection,
  course: Course,
  item: GradeItem,
  now: Date,
): Promise<string | null> {
  return item.kind === 'plan'
    ? planLineItem(grades, connection, course, now)
    : taskLineItem(grades, connection, course, item.link);
}

async function planLineItem(
  grades: Grades,
  connection: Connection,
  course: Course,
  now: Date,
): Promise<string | null> {
  if (course.planLineItem) return course.planLineItem;
  if (!course.lineItemsUrl) return null;
  const until = new Date(now.getTime() + CLAIM_MS);
  if (!(await claimColumn(course.institution, course.id, now, until))) throw new ColumnBusy();
  let found: string | null = null;
  try {
    found = await findOrMakeColumn(grades, connection, { ...course, lineItemsUrl: course.lineItemsUrl });
  } finally {
    const isSettled = await settleColumn(course.institution, course.id, found, until);
    // Too slow: the column of the worker that took over counts, and this grade finds it in a second.
    if (!isSettled) found = null;
  }
  if (found === null) throw new ColumnBusy();
  return found;
}

/** Another worker is finding or making the column at this moment: this grade waits a second. */
export class ColumnBusy extends Error {
  constructor() {
    super('The column is being made.');
    this.name = 'ColumnBusy';
  }
}

async function findOrMakeColumn(
  grades: Grades,
  connection: Connection,
  { lineItemsUrl, scopes }: { lineItemsUrl: string; scopes: string[] },
): Promise<string> {
  const wanted = { resourceId: PLAN_RESOURCE, tag: TAG };
  const column = { ...wanted, label: PLAN_LABEL, scoreMaximum: PLAN_MAXIMUM };
  const found =
    (await grades.findLineItem(connection, lineItemsUrl, wanted, scopes)) ??
    (await grades.createLineItem(connection, lineItemsUrl, column, scopes));
  return found.id;
}

async function taskLineItem(
  grades: Grades,
  connection: Connection,
  course: Course,
  id: string,
): Promise<string | null> {
  const link = await findLink(course.institution, id);
  if (!link) return null;
  if (link.lineItem || !course.lineItemsUrl) return link.lineItem;
  const found = await grades.findLineItem(
    connection,
    course.lineItemsUrl,
    { resourceId: resourceIdOf(link.uuid), tag: TAG },
    course.scopes,
  );
  if (found) await rememberLineItem(course.institution, link.id, found.id);
  return found?.id ?? null;
}

/** The `resourceId` of a deep-linked task's column. */
export function resourceIdOf(uuid: string): string {
  return `waymark:task:${uuid}`;
}

/** The LMS says the column is gone: a person decides whether a new one is made (lms.md 6.2). */
export async function forgetLineItem(
  { institution, course, item }: Pick<OutboxRow, 'institution' | 'course' | 'item'>,
  lineItem: string,
): Promise<void> {
  if (item.kind === 'plan') await forgetColumn(institution, course, lineItem);
  else await rememberLineItem(institution, item.link, null);
}
