import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import type { CourseRole, Enrolment } from './course.ts';

type EnrolmentDoc = Omit<Enrolment, 'id'> & { _id: string };

const Enrolments = defineModel<EnrolmentDoc>({
  name: 'enrolments',
  tenancy: 'institution',
  fields: {
    course: { type: String, required: true },
    person: { type: String, required: true },
    sub: { type: String, required: true },
    role: { type: String, required: true },
    active: { type: Boolean, required: true },
    source: { type: String, required: true },
    seenAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, course: 1, person: 1 }, { unique: true }],
    [{ institution: 1, person: 1, active: 1 }],
    [{ institution: 1, course: 1, role: 1, active: 1 }],
  ],
  registry: [
    {
      fields: ['course', 'person', 'sub', 'role', 'active', 'source', 'seenAt'],
      purpose: 'know who takes and teaches which course, and who may therefore see a plan',
      audience: 'staff',
      retention: 'while enrolled',
    },
  ],
});

type Seen = Pick<Enrolment, 'institution' | 'course' | 'person' | 'sub' | 'role'>;

/** One person came in by a launch: their role here is certain now. @returns true when anything changed. */
export async function saveLaunchEnrolment(seen: Seen, now: Date): Promise<boolean> {
  const { institution, course, person, ...rest } = seen;
  const same = await Enrolments.findOne({ institution, course, person }).lean<EnrolmentDoc>();
  if (same?.active && same.role === rest.role && same.sub === rest.sub && same.source === 'launch')
    return false;
  const set = { ...rest, active: true, source: 'launch' as const, seenAt: now };
  await Enrolments.updateOne({ institution, course, person }, { $set: set }, { upsert: true }).catch(
    unlessDuplicate,
  );
  return true;
}

function unlessDuplicate(error: unknown): void {
  // The same person's other tab wrote the same enrolment a moment ago.
  if (!isDuplicate(error)) throw error;
}

/** Writes what a roster page changed; `pageChanges` found out what that is. */
export async function writeEnrolments(changes: readonly EnrolmentChange[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const operations = changes.map(({ institution, course, person, ...set }) => ({
    updateOne: {
      filter: { institution, course, person },
      update: { $set: { ...set, seenAt: now } },
      upsert: true,
    },
  }));
  await Enrolments.bulkWrite(operations as never, { ordered: false });
}
export type EnrolmentChange = Pick<Enrolment, 'institution' | 'course' | 'person'> &
  Partial<Pick<Enrolment, 'sub' | 'role' | 'active' | 'source'>>;

export async function listEnrolments(institution: string, course: string): Promise<Enrolment[]> {
  return (await Enrolments.find({ institution, course }).lean<EnrolmentDoc[]>()).map(plain);
}

export async function listActive(
  institution: string,
  filter: { person?: string; courses?: readonly string[]; roles?: readonly CourseRole[] },
): Promise<Enrolment[]> {
  const query = {
    institution,
    active: true,
    ...(filter.person ? { person: filter.person } : {}),
    ...(filter.courses ? { course: { $in: [...filter.courses] } } : {}),
    ...(filter.roles ? { role: { $in: [...filter.roles] } } : {}),
  };
  // The driver's first batch is 101: a caseload of 400 would take two round trips.
  return (await Enrolments.find(query).batchSize(1_000).lean<EnrolmentDoc[]>()).map(plain);
}

export async function findEnrolment(
  institution: string,
  course: string,
  person: string,
): Promise<Enrolment | null> {
  const doc = await Enrolments.findOne({ institution, course, person }).lean<EnrolmentDoc>();
  return doc && plain(doc);
}
