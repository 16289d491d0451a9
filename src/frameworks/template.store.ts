import { Schema } from 'mongoose';
import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import type { Template } from './template.ts';

type TemplateDoc = Omit<Template, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const Component = new Schema(
  {
    key: { type: String, required: true },
    on: { type: Boolean, required: true },
    required: { type: Boolean, required: true },
    weight: { type: Number, required: true },
    needsVerification: { type: Boolean, required: true },
  },
  bare,
);
const Section = new Schema(
  { key: { type: String, required: true }, weight: { type: Number, required: true } },
  bare,
);
const Signature = new Schema(
  {
    role: { type: String, required: true },
    required: { type: Boolean, required: true },
    condition: { type: String, default: null },
  },
  bare,
);
const Milestone = new Schema(
  { grade: { type: Number, default: null }, what: { type: String, required: true } },
  bare,
);

const OWN =
  'key version status name presets grades reviewsPerYear saved createdAt changedBy publishedAt retiredAt'.split(
    ' ',
  );
const under = (list: string, names: string): string[] => names.split(' ').map((name) => `${list}.${name}`);
const MEMBERS = [
  ...under('components', 'key on required weight needsVerification'),
  ...under('sections', 'key weight'),
  ...under('signatures', 'role required condition'),
  ...under('milestones', 'grade what'),
];

const Templates = defineModel<TemplateDoc>({
  name: 'templates',
  tenancy: 'institution',
  fields: {
    key: { type: String, required: true },
    version: { type: Number, required: true },
    status: { type: String, required: true },
    name: { type: String, required: true },
    presets: { type: [String], default: [] },
    grades: { type: [Number], default: null },
    components: { type: [Component], default: [] },
    sections: { type: [Section], default: [] },
    signatures: { type: [Signature], default: [] },
    reviewsPerYear: { type: Number, required: true },
    milestones: { type: [Milestone], default: [] },
    saved: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    changedBy: { type: String, required: true },
    publishedAt: { type: Date, default: null },
    retiredAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, key: 1, version: 1 }, { unique: true }]],
  registry: [
    {
      fields: [...OWN, ...MEMBERS],
      purpose: 'say what the school’s plan holds, how it counts and who signs, version by version',
      audience: 'plan',
      retention: 'with the institution',
    },
  ],
});

/** Every version, newest first. */
export async function listTemplates(institution: string): Promise<Template[]> {
  const docs = await Templates.find({ institution }).sort({ key: 1, version: -1 }).lean<TemplateDoc[]>();
  return docs.map(plain);
}

export async function findTemplate(institution: string, id: string): Promise<Template | null> {
  const doc = await Templates.findOne({ institution, _id: id }).lean<TemplateDoc>();
  return doc && plain(doc);
}

export async function findVersion(
  institution: string,
  key: string,
  version: number,
): Promise<Template | null> {
  const doc = await Templates.findOne({ institution, key, version }).lean<TemplateDoc>();
  return doc && plain(doc);
}

/** The version new plans get: the latest that is published. */
export async function findPublished(institution: string, key: string): Promise<Template | null> {
  const doc = await Templates.findOne({ institution, key, status: 'published' })
    .sort({ version: -1 })
    .lean<TemplateDoc>();
  return doc && plain(doc);
}

/** @returns null when this version was made by somebody else meanwhile */
export async function addTemplate(template: Omit<Template, 'id'>): Promise<Template | null> {
  try {
    const [doc] = await Templates.insertMany([template], { lean: true });
    return doc ? plain(doc as unknown as TemplateDoc) : null;
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

/** @returns null when it was saved by somebody else since, or is no longer what it was. */
export async function updateTemplate(
  before: Pick<Template, 'institution' | 'id' | 'saved' | 'status'>,
  fields: Partial<Omit<Template, 'id' | 'institution' | 'key' | 'version'>>,
): Promise<Template | null> {
  const { institution, id, saved, status } = before;
  const doc = await Templates.findOneAndUpdate(
    { institution, _id: id, saved, status },
    { $set: { ...fields, saved: saved + 1 } },
    { returnDocument: 'after' },
  ).lean<TemplateDoc>();
  return doc && plain(doc);
}
