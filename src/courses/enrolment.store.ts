import { defineModel, isDuplicate, newId, plain } from '../shared/model.ts';
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
  const added = changes.filter(isWhole);
  const changed = changes.filter((one) => !isWhole(one));
  // Somebody else wrote some of them: then each is looked up.
  if (!(await insertEnrolments(added, now))) changed.push(...added);
  if (changed.length === 0) return;
  const operations = changed.map(({ institution, course, person, ...set }) => ({
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

/** Probably new: it says all that is known of an enrolment. */
function isWhole({ sub, role, active, source }: EnrolmentChange): boolean {
  return [sub, role, active, source].every((field) => field !== undefined);
}

/**
 * Inserts them together: the server writes a batch of inserts many times as fast as upserts one by one.
 * @returns false when one of them is there already
 */
async function insertEnrolments(added: readonly EnrolmentChange[], now: Date): Promise<boolean> {
  if (added.length === 0) return true;
  const docs = added.map((one) => ({ _id: newId(), ...one, seenAt: now }));
  try {
    await Enrolments.insertMany(docs, { lean: true, ordered: false });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function listEnrolments(institution: string, course: string): Promise<Enrolment[]> {
  return (await Enrolments.find({ institution, course }).lean<EnrolmentDoc[]>()).map(plain);
}

export async function listActive(
  institution: string,
  filter: { person?: string; courses?: readonly string[]; roles?: readonly CourseRole[] },
): Promise<Membership[]> {
  const query = {
    institution,
    active: true,
    ...(filter.person ? { person: filter.person } : {}),
    ...(filter.courses ? { course: { $in: [...filter.courses] } } : {}),
    ...(filter.roles ? { role: { $in: [...filter.roles] } } : {}),
  };
  // The driver's first batch is 101: a caseload of 400 would take two round trips.
  return Enrolments.find(query).select('-_id course person role').batchSize(1_000).lean<Membership[]>();
}

/** Who is what in which course: all that most questions need, at a third of the cost. */
export type Membership = Pick<Enrolment, 'course' | 'person' | 'role'>;

/** Whether anybody has one of these roles, in these courses where they are named. */
export async function isAnyActive(
  institution: string,
  roles: readonly CourseRole[],
  courses?: readonly string[],
): Promise<boolean> {
  const within = courses ? { course: { $in: [...courses] } } : {};
  return (
    (await Enrolments.findOne({ institution, active: true, role: { $in: [...roles] }, ...within }).lean()) !==
    null
  );
}

export async function findEnrolment(
  institution: string,
  course: string,
  person: string,
): Promise<Enrolment | null> {
  const doc = await Enrolments.findOne({ institution, course, person }).lean<EnrolmentDoc>();
  return doc && plain(doc);
}

/** What some people are in some courses, active or not. */
export async function listEnrolmentsOf(
  institution: string,
  courses: readonly string[],
  people: readonly string[],
): Promise<Enrolment[]> {
  const query = { institution, course: { $in: [...courses] }, person: { $in: [...people] } };
  return (await Enrolments.find(query).batchSize(1_000).lean<EnrolmentDoc[]>()).map(plain);
}
