import { Schema } from 'mongoose';
import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import { Conflict } from '../shared/errors.ts';
import { SET_LIMITS, type RequirementSet } from './requirement.ts';

type SetDoc = Omit<RequirementSet, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;

const NeedSchema = new Schema(
  {
    kind: { type: String, required: true },
    credits: { type: Number },
    count: { type: Number },
    subjects: { type: [String], default: undefined },
    codes: { type: [String], default: undefined },
  },
  bare,
);

const Rule = new Schema(
  {
    id: { type: String, required: true },
    label: { type: String, required: true },
    need: { type: NeedSchema, required: true },
    minMark: { type: String, default: null },
    byGrade: { type: Number, default: null },
    shared: { type: Boolean, default: false },
  },
  bare,
);

const Sets = defineModel<SetDoc>({
  name: 'requirementSets',
  tenancy: 'institution',
  fields: {
    key: { type: String, required: true },
    version: { type: Number, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    citation: { type: String, default: '' },
    rules: { type: [Rule], default: [] },
    status: { type: String, required: true },
    importId: { type: String, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, key: 1, version: 1 }, { unique: true }],
    [{ institution: 1, status: 1, kind: 1 }],
  ],
  registry: [
    {
      fields: [
        'key',
        'version',
        'name',
        'kind',
        'citation',
        'status',
        'importId',
        'createdBy',
        'createdAt',
        ...['id', 'label', 'minMark', 'byGrade', 'shared'].map((name) => `rules.${name}`),
        ...['kind', 'credits', 'count', 'subjects', 'codes'].map((name) => `rules.need.${name}`),
      ],
      purpose: 'what a school, a pathway or a college asks, for the audit of course plans',
      audience: 'plan',
      retention: 'with the institution',
    },
  ],
});

/** The newest version of each set that is in use, by kind and name. */
export async function listCurrentSets(institution: string): Promise<RequirementSet[]> {
  const docs = await Sets.find({ institution, status: 'current' })
    .sort({ kind: 1, name: 1 })
    .limit(SET_LIMITS.sets)
    .lean<SetDoc[]>();
  return docs.map(plain);
}

/** The versions that plans are measured by, retired ones too. */
export async function findVersions(
  institution: string,
  wanted: readonly { key: string; version: number }[],
): Promise<RequirementSet[]> {
  if (wanted.length === 0) return [];
  const any = wanted.map(({ key, version }) => ({ key, version }));
  return (await Sets.find({ institution, $or: any }).lean<SetDoc[]>()).map(plain);
}

/** All versions of one set, newest first. */
export async function listVersions(institution: string, key: string): Promise<RequirementSet[]> {
  const docs = await Sets.find({ institution, key }).sort({ version: -1 }).limit(100).lean<SetDoc[]>();
  return docs.map(plain);
}

export async function findSet(institution: string, id: string): Promise<RequirementSet | null> {
  const doc = await Sets.findOne({ institution, _id: id }).lean<SetDoc>();
  return doc && plain(doc);
}

/** @throws Conflict when this version was made meanwhile. */
export async function addSet(set: RequirementSet): Promise<void> {
  const { id, ...fields } = set;
  try {
    await Sets.insertMany([{ _id: id, ...fields }], { lean: true });
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict('Somebody else changed this set a moment ago. Open it again.');
    throw error;
  }
}

export async function changeSetStatus(
  institution: string,
  id: string,
  status: RequirementSet['status'],
): Promise<void> {
  await Sets.updateOne({ institution, _id: id }, { $set: { status } });
}

export async function removeSet(institution: string, id: string): Promise<void> {
  await Sets.deleteOne({ institution, _id: id });
}
