import { Schema } from 'mongoose';
import { Conflict } from '../shared/errors.ts';
import { defineModel, isDuplicate } from '../shared/model.ts';
import { say } from '../plans/say.ts';
import { emptyExploration, type Exploration } from './exploration.ts';

type ExplorationDoc = Exploration & { _id: string };

const bare = { _id: false, id: false } as const;
const SAVED = {
  kind: { type: String, required: true },
  option: { type: String, required: true },
  title: { type: String, required: true },
  why: { type: String, default: '' },
  goal: { type: String, default: null },
  savedAt: { type: Date, required: true },
};
const DROPPED = {
  ...SAVED,
  droppedAt: { type: Date, required: true },
  reason: { type: String, default: '' },
};
const CHOSEN = {
  cluster: { type: String, required: true },
  title: { type: String, required: true },
  why: { type: String, default: '' },
  at: { type: Date, required: true },
};
const under = (prefix: string, fields: object): string[] =>
  Object.keys(fields).map((name) => `${prefix}.${name}`);

const Explorations = defineModel<ExplorationDoc>({
  name: 'explorations',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    saved: { type: [new Schema(SAVED, bare)], default: [] },
    dropped: { type: [new Schema(DROPPED, bare)], default: [] },
    cluster: { type: new Schema(CHOSEN, bare), default: null },
    version: { type: Number, required: true },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'person',
        ...under('saved', SAVED),
        ...under('dropped', DROPPED),
        ...under('cluster', CHOSEN),
        'version',
      ],
      purpose: 'the careers, programmes and cluster a student looked into, and why',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** What the student saved; an empty one when there is nothing yet. */
export async function findExploration(institution: string, person: string): Promise<Exploration> {
  const doc = await Explorations.findOne({ institution, person }).lean<ExplorationDoc>();
  if (!doc) return emptyExploration(institution, person);
  const { saved, dropped, cluster, version } = doc;
  return { institution, person, saved, dropped, cluster, version };
}

/** @throws Conflict when another write came first. */
export async function saveExploration(after: Exploration): Promise<void> {
  const { institution, person, saved, dropped, cluster, version } = after;
  try {
    const result = await Explorations.updateOne(
      { institution, person, ...(version > 0 ? { version } : {}) },
      version > 0
        ? { $set: { saved, dropped, cluster, version: version + 1 } }
        : { $setOnInsert: { saved, dropped, cluster, version: 1 } },
      { upsert: version === 0 },
    );
    if (result.modifiedCount + result.upsertedCount === 1) return;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  throw new Conflict(
    say('plans.error.changed'),
    `exploration of ${person} is no longer at version ${version}`,
  );
}
