import { defineModel, plain } from '../shared/model.ts';

/** Guardian–student, from an LMS's mentor launch or (later) an invitation. Ends by itself; a launch renews it. */
export interface Relationship {
  id: string;
  institution: string;
  guardian: string;
  student: string;
  source: 'launch';
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
    expiresAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, guardian: 1, student: 1 }, { unique: true }],
    [{ expiresAt: 1 }, { expireAfterSeconds: 0 }],
  ],
  registry: [
    {
      fields: ['guardian', 'student', 'source', 'expiresAt'],
      purpose: 'let a family see their own child’s plan',
      audience: 'staff',
      retention: 'while enrolled',
    },
  ],
});

/** The children a guardian has now, as the LMS said at this launch; others it no longer named are dropped. */
export async function replaceWards(
  institution: string,
  guardian: string,
  students: readonly string[],
  expiresAt: Date,
): Promise<void> {
  await Relationships.deleteMany({
    institution,
    guardian,
    source: 'launch',
    student: { $nin: [...students] },
  });
  for (const student of students)
    await Relationships.updateOne(
      { institution, guardian, student },
      { $set: { source: 'launch', expiresAt } },
      { upsert: true },
    );
}

export async function listWards(institution: string, guardian: string, now: Date): Promise<Relationship[]> {
  const docs = await Relationships.find({ institution, guardian, expiresAt: { $gt: now } }).lean<
    RelationshipDoc[]
  >();
  return docs.map(plain);
}
