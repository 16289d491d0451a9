import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import { Conflict } from '../shared/errors.ts';
import { CATALOGUE_LIMITS, codeKey, type CatalogueCourse } from './catalogue.ts';

type CourseDoc = Omit<CatalogueCourse, 'id'> & { _id: string; codeKey: string };

const Offered = defineModel<CourseDoc>({
  name: 'catalogueCourses',
  tenancy: 'institution',
  fields: {
    code: { type: String, required: true },
    /** The code without case and signs: two spellings are one course. */
    codeKey: { type: String, required: true },
    sisId: { type: String, default: null },
    title: { type: String, required: true },
    subject: { type: String, required: true },
    credits: { type: Number, required: true },
    grades: { type: [Number], default: [] },
    terms: { type: [String], default: [] },
    prerequisites: { type: [[String]], default: [] },
    tags: { type: [String], default: [] },
    repeatable: { type: Boolean, default: false },
    active: { type: Boolean, default: true },
    importId: { type: String, default: null },
    changedAt: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, codeKey: 1 }, { unique: true }], [{ institution: 1, importId: 1 }]],
  registry: [
    {
      fields: [
        'code',
        'codeKey',
        'sisId',
        'title',
        'subject',
        'credits',
        'grades',
        'terms',
        'prerequisites',
        'tags',
        'repeatable',
        'active',
        'importId',
        'changedAt',
      ],
      purpose: 'the courses a school offers, for course plans; says nothing about people',
      audience: 'plan',
      retention: 'with the institution',
    },
  ],
});

/** All of it, by title: a catalogue holds at most 2,000 courses. */
export async function listOffered(institution: string): Promise<CatalogueCourse[]> {
  const docs = await Offered.find({ institution })
    .sort({ title: 1, _id: 1 })
    .limit(CATALOGUE_LIMITS.courses)
    .batchSize(CATALOGUE_LIMITS.courses)
    .lean<CourseDoc[]>();
  return docs.map(toCourse);
}

export async function findOffered(institution: string, id: string): Promise<CatalogueCourse | null> {
  const doc = await Offered.findOne({ institution, _id: id }).lean<CourseDoc>();
  return doc && toCourse(doc);
}

export async function countOffered(institution: string): Promise<number> {
  return Offered.countDocuments({ institution });
}

/** @throws Conflict when another course has this code. */
export async function saveOffered(course: CatalogueCourse): Promise<void> {
  const { id, institution, ...fields } = course;
  try {
    await Offered.updateOne(
      { institution, _id: id },
      { $set: { ...fields, codeKey: codeKey(fields.code) } },
      { upsert: true },
    );
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(`Another course has the code ${fields.code}.`);
    throw error;
  }
}

export async function removeOffered(institution: string, id: string): Promise<void> {
  await Offered.deleteOne({ institution, _id: id });
}

function toCourse(doc: CourseDoc): CatalogueCourse {
  const { codeKey: _key, ...course } = plain(doc);
  return course;
}
