import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, plain } from '../shared/model.ts';
import { LIMITS, type Assessment } from './assessment.ts';

type AssessmentDoc = Omit<Assessment, 'id'> & { _id: string };

const Assessments = defineModel<AssessmentDoc>({
  name: 'assessments',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    kind: { type: String, required: true },
    name: { type: String, required: true },
    subject: { type: String, default: '' },
    date: { type: String, required: true },
    year: { type: Number, required: true },
    score: { type: String, default: '' },
    level: { type: String, default: '' },
    tells: { type: String, default: '' },
    goals: { type: [String], default: [] },
    source: { type: String, required: true },
    enteredBy: { type: String, required: true },
    importId: { type: String, default: null },
    archivedAt: { type: Date, default: null },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, person: 1, date: -1 }]],
  registry: [
    {
      fields: ['person', 'kind', 'name', 'subject', 'date', 'year', 'score', 'level'],
      purpose: 'results of tests, as a starting point of goals and for reviews',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['tells', 'goals'],
      purpose: 'what a result tells the student, and which goals start from it',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['source', 'enteredBy', 'importId', 'archivedAt', 'version', 'createdAt', 'changedAt'],
      purpose: 'know who entered a result, and take an import back',
      audience: 'staff',
      retention: 'with the plan',
    },
  ],
});

/** Every result of a student, put-away ones too, the newest day first. */
export async function listAssessments(institution: string, person: string): Promise<Assessment[]> {
  const docs = await Assessments.find({ institution, person })
    .sort({ date: -1 })
    .limit(LIMITS.results * 2)
    .lean<AssessmentDoc[]>();
  return docs.map(plain);
}

export async function findAssessment(institution: string, id: string): Promise<Assessment | null> {
  const doc = await Assessments.findOne({ institution, _id: id }).lean<AssessmentDoc>();
  return doc && plain(doc);
}

export async function insertAssessment({ id, ...one }: Assessment): Promise<void> {
  await Assessments.insertMany([{ _id: id, ...one }], { lean: true });
}

/** One atomic write over the version that was read. @throws Conflict when somebody else wrote first */
export async function updateAssessment(
  { institution, id, version }: Pick<Assessment, 'institution' | 'id' | 'version'>,
  change: Partial<Omit<Assessment, 'id' | 'institution' | 'person' | 'version'>>,
): Promise<void> {
  const done = await Assessments.updateOne(
    { institution, _id: id, version },
    { $set: change, $inc: { version: 1 } },
  );
  if (done.matchedCount === 0) throw new Conflict(say('plans.error.changed'), `assessment ${id}`);
}

/** Takes back a row that an import made. */
export async function removeAssessment(institution: string, id: string): Promise<void> {
  await Assessments.deleteOne({ institution, _id: id });
}
