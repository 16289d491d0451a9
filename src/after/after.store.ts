import { Schema } from 'mongoose';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, isDuplicate } from '../shared/model.ts';
import { emptyAfter, type AfterPlan } from './after.ts';

type AfterDoc = AfterPlan & { _id: string };

const bare = { _id: false, id: false } as const;
/** Paths of embedded fields; `steps` is a list of its own. */
const under = (prefix: string, fields: object): string[] =>
  Object.keys(fields)
    .filter((name) => name !== 'steps')
    .map((name) => `${prefix}.${name}`);

const STEP = {
  id: { type: String, required: true },
  title: { type: String, required: true },
  due: { type: String, default: null },
  doneAt: { type: Date, default: null },
};
const OPTION = {
  kind: { type: String, required: true },
  what: { type: String, default: '' },
  why: { type: String, default: '' },
  steps: { type: [new Schema(STEP, bare)], default: [] },
  chosenAt: { type: Date, required: true },
};
const DROPPED = {
  ...OPTION,
  droppedAt: { type: Date, required: true },
  reason: { type: String, default: '' },
};
const APPLICATION = {
  id: { type: String, required: true },
  where: { type: String, required: true },
  programme: { type: String, default: null },
  kind: { type: String, required: true },
  deadline: { type: String, default: null },
  status: { type: String, required: true },
  needs: { type: [String], default: [] },
  done: { type: [String], default: [] },
  createdAt: { type: Date, required: true },
  changedAt: { type: Date, required: true },
  archivedAt: { type: Date, default: null },
};
const NOT_APPLYING = { why: { type: String, required: true }, at: { type: Date, required: true } };
const AID = {
  step: { type: String, required: true },
  answer: { type: String, required: true },
  due: { type: String, default: null },
  at: { type: Date, required: true },
};
const OWN_AID = { id: { type: String, required: true }, title: { type: String, required: true } };

const AfterPlans = defineModel<AfterDoc>({
  name: 'afterPlans',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    options: { type: [new Schema(OPTION, bare)], default: [] },
    dropped: { type: [new Schema(DROPPED, bare)], default: [] },
    applications: { type: [new Schema(APPLICATION, bare)], default: [] },
    notApplying: { type: new Schema(NOT_APPLYING, bare), default: null },
    aid: { type: [new Schema(AID, bare)], default: [] },
    ownAid: { type: [new Schema(OWN_AID, bare)], default: [] },
    version: { type: Number, required: true },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'person',
        ...under('options', OPTION),
        ...under('options.steps', STEP),
        ...under('dropped', DROPPED),
        ...under('dropped.steps', STEP),
        'version',
      ],
      purpose: 'what a student plans for after school, with steps, and what they let go',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [...under('applications', APPLICATION), ...under('notApplying', NOT_APPLYING)],
      purpose: 'where a student applies, or why they do not',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [...under('aid', AID), ...under('ownAid', OWN_AID)],
      purpose: 'which steps to pay for it are done; no sums and no income',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** What the student plans; an empty one when there is nothing yet. */
export async function findAfter(institution: string, person: string): Promise<AfterPlan> {
  const doc = await AfterPlans.findOne({ institution, person }).lean<AfterDoc>();
  if (!doc) return emptyAfter(institution, person);
  const { _id, ...rest } = doc;
  return rest;
}

/** @throws Conflict when another write came first. */
export async function saveAfter({ institution, person, version, ...fields }: AfterPlan): Promise<void> {
  try {
    const result = await AfterPlans.updateOne(
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
    `after-school plan of ${person} is no longer at version ${version}`,
  );
}
