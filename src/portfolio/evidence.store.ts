import { Schema } from 'mongoose';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, plain } from '../shared/model.ts';
import { LIMITS, type Evidence } from './evidence.ts';

type EvidenceDoc = Omit<Evidence, 'id'> & { _id: string };

const File = new Schema(
  {
    id: { type: String, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    bytes: { type: Number, required: true },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
  },
  { _id: false, id: false },
);

const Items = defineModel<EvidenceDoc>({
  name: 'evidence',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    kind: { type: String, required: true },
    title: { type: String, required: true },
    reflection: { type: String, default: '' },
    alt: { type: String, default: '' },
    day: { type: String, required: true },
    file: { type: File, default: null },
    url: { type: String, default: null },
    text: { type: String, default: '' },
    goals: { type: [String], default: [] },
    skills: { type: [String], default: [] },
    courses: { type: [String], default: [] },
    tasks: { type: [String], default: [] },
    audience: { type: String, required: true },
    capstone: { type: Boolean, default: false },
    confirmedBy: { type: String, default: null },
    confirmedAt: { type: Date, default: null },
    archivedAt: { type: Date, default: null },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  // A student's portfolio, newest first; at most LIMITS.items.
  indexes: [[{ institution: 1, person: 1, day: -1, _id: -1 }]],
  registry: [
    {
      fields: ['person', 'kind', 'title', 'reflection', 'alt', 'day', 'url', 'text'],
      purpose: 'show what the student can do, in their own words',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['file.id', 'file.name', 'file.type', 'file.bytes', 'file.width', 'file.height'],
      purpose: 'show the file without looking it up',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['goals', 'skills', 'courses', 'tasks', 'audience', 'capstone', 'confirmedBy', 'confirmedAt'],
      purpose: 'say what it is evidence of, who may see it and who confirmed it',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['archivedAt', 'version', 'createdAt', 'changedAt'],
      purpose: 'put a piece away and back, and tell two tabs apart',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

export async function addItem(evidence: Evidence): Promise<void> {
  const { id, ...fields } = evidence;
  await Items.insertMany([{ _id: id, ...fields }]);
}

export async function findItem(institution: string, id: string): Promise<Evidence | null> {
  const doc = await Items.findOne({ institution, _id: id }).lean<EvidenceDoc>();
  return doc && plain(doc);
}

/** A student's whole portfolio, newest first, put away pieces included. */
export async function listItems(institution: string, person: string): Promise<Evidence[]> {
  const docs = await Items.find({ institution, person })
    .sort({ day: -1, _id: -1 })
    .limit(LIMITS.items)
    .lean<EvidenceDoc[]>();
  return docs.map(plain);
}

/**
 * One atomic write; the filter holds the version that was read.
 * @throws Conflict when somebody else wrote first
 */
export async function updateItem(
  { institution, person, id, version }: Evidence,
  change: Partial<Omit<Evidence, 'id' | 'institution' | 'person' | 'version' | 'createdAt'>>,
): Promise<Evidence> {
  const doc = await Items.findOneAndUpdate(
    { institution, person, _id: id, version },
    { $set: change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<EvidenceDoc>();
  if (!doc)
    throw new Conflict(say('plans.error.changed'), `evidence ${id} is no longer at version ${version}`);
  return plain(doc);
}
