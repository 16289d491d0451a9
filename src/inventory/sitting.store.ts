import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import { LETTERS } from './riasec.ts';
import type { Sitting } from './sitting.ts';

type SittingDoc = Omit<Sitting, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const Given = new Schema(
  { item: { type: String, required: true }, value: { type: Number, required: true } },
  bare,
);
const Result = new Schema(
  Object.fromEntries(LETTERS.map((letter) => [letter, { type: Number, required: true }])),
  bare,
);

const Sittings = defineModel<SittingDoc>({
  name: 'inventorySittings',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    bank: { type: String, default: null },
    status: { type: String, required: true },
    answers: { type: [Given], default: [] },
    scores: { type: Result, default: null },
    code: { type: String, default: null },
    from: { type: String, default: null },
    reason: { type: String, default: null },
    year: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
  },
  indexes: [
    [{ institution: 1, person: 1, startedAt: -1 }],
    // Two starts at once are one sitting.
    [
      { institution: 1, person: 1 },
      { unique: true, partialFilterExpression: { status: 'open' }, name: 'oneOpen' },
    ],
  ],
  registry: [
    {
      fields: ['person', 'bank', 'status', 'year', 'startedAt', 'endedAt', 'from'],
      purpose:
        'say when a student answered which interest questions, so that they are not asked again needlessly',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['answers.item', 'answers.value', ...LETTERS.map((letter) => `scores.${letter}`), 'code'],
      purpose: 'self-exploration: what a student likes to do, as a starting point for a talk',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['reason'],
      purpose: 'say why a student did not answer the interest questions this year',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** More than a student can have made in seven years at the limit of one year. */
const MOST = 100;

/** A student's sittings, newest first. */
export async function listSittings(institution: string, person: string): Promise<Sitting[]> {
  const docs = await Sittings.find({ institution, person })
    .sort({ startedAt: -1 })
    .limit(MOST)
    .lean<SittingDoc[]>();
  return docs.map(plain);
}

export async function insertSitting({ id, ...sitting }: Sitting): Promise<void> {
  await Sittings.insertMany([{ _id: id, ...sitting }], { lean: true });
}

/** Writes a sitting over the one with its id. */
export async function replaceSitting({ id, institution, person, ...sitting }: Sitting): Promise<void> {
  await Sittings.updateOne({ institution, person, _id: id }, { $set: sitting });
}
