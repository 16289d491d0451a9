import { defineModel, plain } from '../shared/model.ts';

/** Guardian–student, from an LMS's mentor launch or (later) an invitation. Ends by itself; a launch renews it. */
export interface Relationship {
  id: string;
  institution: string;
  guardian: string;
  student: string;
  source: 'launch';
  /** The course whose launch named the student. */
  course: string | null;
  expiresAt: Date;
}
type RelationshipDoc = Omit<Relationship, 'id'> & { _id: string };

const Relationships = defineModel<RelationshipDoc>({
  name: 'relationships',
  tenancy: 'institution',
  fields: {
    guardian: { type: String, required: true },
    student: { type: String, required: true },
    source: { type: String, required: true },
    course: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, guardian: 1, student: 1 }, { unique: true }],
    [{ expiresAt: 1 }, { expireAfterSeconds: 0 }],
  ],
  registry: [
    {
      fields: ['guardian', 'student', 'source', 'course', 'expiresAt'],
      purpose: 'let a family see their own child’s plan',
      audience: 'staff',
      retention: 'while enrolled',
    },
  ],
});

/**
 * The children a launch in one course named; those it no longer names there are dropped. Children in other
 * courses stay: an LMS names only those of the launch's course (Canvas, lms.md 1.2).
 */
export async function replaceWards(
  guardian: { institution: string; person: string; course: string | null },
  students: readonly string[],
  expiresAt: Date,
): Promise<void> {
  const { institution, person, course } = guardian;
  await Relationships.deleteMany({ institution, guardian: person, course, student: { $nin: [...students] } });
  for (const student of students)
    await Relationships.updateOne(
      { institution, guardian: person, student },
      { $set: { source: 'launch', course, expiresAt } },
      { upsert: true },
    );
}

export async function listWards(institution: string, guardian: string, now: Date): Promise<Relationship[]> {
  const docs = await Relationships.find({ institution, guardian, expiresAt: { $gt: now } }).lean<
    RelationshipDoc[]
  >();
  return docs.map(plain);
}
