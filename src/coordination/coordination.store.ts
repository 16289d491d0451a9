import { Schema } from 'mongoose';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, isDuplicate } from '../shared/model.ts';
import { emptyCoordination, type Coordination } from './coordination.ts';

type CoordinationDoc = Coordination & { _id: string };

const PLAN = {
  kind: { type: String, required: true },
  exists: { type: String, required: true },
  where: { type: String, default: '' },
  askName: { type: String, default: '' },
  askRole: { type: String, default: '' },
  goals: { type: [String], default: [] },
};

const Coordinations = defineModel<CoordinationDoc>({
  name: 'coordinations',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    plans: { type: [new Schema(PLAN, { _id: false, id: false })], default: [] },
    checkedAt: { type: Date, default: null },
    checkedBy: { type: String, default: null },
    version: { type: Number, required: true },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'person',
        ...Object.keys(PLAN).map((name) => `plans.${name}`),
        'checkedAt',
        'checkedBy',
        'version',
      ],
      purpose:
        'whether a student has an IEP, 504 or other plan, where it is kept and whom to ask; never what is in it',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** What staff said of other plans; an empty one when nobody did yet. */
export async function findCoordination(institution: string, person: string): Promise<Coordination> {
  const doc = await Coordinations.findOne({ institution, person }).lean<CoordinationDoc>();
  if (!doc) return emptyCoordination(institution, person);
  const { _id, ...rest } = doc;
  return rest;
}

/** @throws Conflict when another write came first. */
export async function saveCoordination(after: Coordination): Promise<void> {
  const { institution, person, version, ...fields } = after;
  try {
    const result = await Coordinations.updateOne(
      { institution, person, ...(version > 0 ? { version } : {}) },
      version > 0
        ? { $set: { ...fields, version: version + 1 } }
        : { $setOnInsert: { ...fields, version: 1 } },
      { upsert: version === 0 },
    );
    if (result.modifiedCount + result.upsertedCount === 1) return;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  throw new Conflict(
    say('plans.error.changed'),
    `coordination of ${person} is no longer at version ${version}`,
  );
}
