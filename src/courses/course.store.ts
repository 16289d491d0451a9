import { defineModel, plain } from '../shared/model.ts';
import type { Course, RosterState } from './course.ts';

type CourseDoc = Omit<Course, 'id'> & { _id: string; fingerprint: string };

const Courses = defineModel<CourseDoc>({
  name: 'courses',
  tenancy: 'institution',
  fields: {
    platform: { type: String, required: true },
    deploymentId: { type: String, required: true },
    contextId: { type: String, required: true },
    title: { type: String, required: true },
    label: { type: String, default: '' },
    advisory: { type: Boolean, default: false },
    planGrade: { type: Boolean, default: false },
    nrpsUrl: { type: String, default: null },
    lineItemsUrl: { type: String, default: null },
    scopes: { type: [String], default: [] },
    planLineItem: { type: String, default: null },
    /** Until when a worker looks for the plan's column, and makes it where there is none. */
    columnClaimedUntil: { type: Date, default: null },
    roster: {
      status: { type: String, default: 'never' },
      at: { type: Date, default: null },
      members: { type: Number, default: 0 },
      problem: { type: String, default: null },
    },
    lastLaunchAt: { type: Date, required: true },
    /** Hash of what the last launch said, so that an unchanged launch writes nothing. */
    fingerprint: { type: String, default: '' },
  },
  indexes: [
    [{ institution: 1, platform: 1, contextId: 1 }, { unique: true }],
    [{ institution: 1, 'roster.at': 1 }],
  ],
  registry: [
    {
      fields: ['platform', 'deploymentId', 'contextId', 'title', 'label', 'lastLaunchAt', 'fingerprint'],
      purpose: 'recognise the LMS course and name it on pages',
      audience: 'plan',
      retention: 'with the institution',
    },
    {
      fields: ['advisory', 'planGrade'],
      purpose: 'say whose teachers advise, and whether plans are graded there',
      audience: 'staff',
      retention: 'with the institution',
    },
    {
      fields: ['nrpsUrl', 'lineItemsUrl', 'scopes', 'planLineItem', 'columnClaimedUntil'],
      purpose: 'read the roster and post grades',
      audience: 'operator',
      retention: 'with the connection',
    },
    {
      fields: ['roster.status', 'roster.at', 'roster.members', 'roster.problem'],
      purpose: 'show how fresh the roster is',
      audience: 'staff',
      retention: 'with the institution',
    },
  ],
});

/** What a launch says of its course. */
export type CourseFacts = Pick<
  Course,
  | 'institution'
  | 'platform'
  | 'deploymentId'
  | 'contextId'
  | 'title'
  | 'label'
  | 'nrpsUrl'
  | 'lineItemsUrl'
  | 'scopes'
>;

export async function findCourseByContext(
  institution: string,
  platform: string,
  contextId: string,
): Promise<(Course & { fingerprint: string }) | null> {
  const doc = await Courses.findOne({ institution, platform, contextId }).lean<CourseDoc>();
  return doc && plain(doc);
}

/** Writes what the launch said; two first launches at once make one course. */
export async function saveCourse(
  facts: Partial<CourseFacts> & CourseKey,
  fingerprint: string,
  now: Date,
): Promise<Course> {
  const { institution, platform, contextId, ...rest } = facts;
  const doc = await Courses.findOneAndUpdate(
    { institution, platform, contextId },
    { $set: { ...rest, fingerprint, lastLaunchAt: now } },
    { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
  ).lean<CourseDoc>();
  return plain(doc as CourseDoc);
}
type CourseKey = Pick<Course, 'institution' | 'platform' | 'contextId'>;

export async function findCourse(institution: string, id: string): Promise<Course | null> {
  const doc = await Courses.findOne({ institution, _id: id }).lean<CourseDoc>();
  return doc && plain(doc);
}

export async function listCourses(institution: string, ids?: readonly string[]): Promise<Course[]> {
  const filter = { institution, ...(ids ? { _id: { $in: [...ids] } } : {}) };
  return (await Courses.find(filter).sort({ title: 1 }).limit(2_000).lean<CourseDoc[]>()).map(plain);
}

/** Every course whose LMS lets us read a roster, one after the other: a district has tens of thousands. */
export async function* connectedCourses(institution: string): AsyncGenerator<Course> {
  const docs = Courses.find({ institution, nrpsUrl: { $ne: null } }).lean<CourseDoc[]>();
  for await (const doc of docs.cursor()) yield plain(doc as CourseDoc);
}

/** @returns the changed course, or null when there is none. */
export async function changeCourse(
  institution: string,
  id: string,
  change: Partial<Pick<Course, 'advisory' | 'planGrade' | 'planLineItem'>>,
): Promise<Course | null> {
  const doc = await Courses.findOneAndUpdate(
    { institution, _id: id },
    { $set: change },
    { returnDocument: 'after' },
  ).lean<CourseDoc>();
  return doc && plain(doc);
}

export async function saveRosterState(institution: string, id: string, roster: RosterState): Promise<void> {
  await Courses.updateOne({ institution, _id: id }, { $set: { roster } });
}

/** Takes the roster run of a course unless another is running (and not stuck since `stuckBefore`). */
export async function claimRosterRun(
  institution: string,
  id: string,
  now: Date,
  stuckBefore: Date,
): Promise<boolean> {
  const claimed = await Courses.updateOne(
    {
      institution,
      _id: id,
      $or: [{ 'roster.status': { $ne: 'running' } }, { 'roster.at': { $lt: stuckBefore } }],
    },
    { $set: { 'roster.status': 'running', 'roster.at': now } },
  );
  return claimed.modifiedCount === 1;
}

/**
 * Takes the right to find or make the course's "Learning plan" column: two workers at once would make two.
 * @returns false while another worker holds it
 */
export async function claimColumn(institution: string, id: string, now: Date, until: Date): Promise<boolean> {
  const claimed = await Courses.updateOne(
    {
      institution,
      _id: id,
      planLineItem: null,
      $or: [{ columnClaimedUntil: null }, { columnClaimedUntil: { $lt: now } }],
    },
    { $set: { columnClaimedUntil: until } },
  );
  return claimed.modifiedCount === 1;
}

/**
 * The column is known (or could not be had, null): the claim that ran `until` then ends.
 * @returns false when it had run out and another worker took it: that one's column counts
 */
export async function settleColumn(
  institution: string,
  id: string,
  planLineItem: string | null,
  until: Date,
): Promise<boolean> {
  const settled = await Courses.updateOne(
    { institution, _id: id, columnClaimedUntil: until },
    { $set: { planLineItem, columnClaimedUntil: null } },
  );
  return settled.matchedCount === 1;
}

/** The LMS has this column no more; one that was found or made since stays known. */
export async function forgetColumn(institution: string, id: string, planLineItem: string): Promise<void> {
  await Courses.updateOne({ institution, _id: id, planLineItem }, { $set: { planLineItem: null } });
}
