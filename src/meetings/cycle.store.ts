import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import { QUESTION_KEYS, type ReviewCycle } from './cycle.ts';

type CycleDoc = Omit<ReviewCycle, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const Answers = new Schema(
  Object.fromEntries(QUESTION_KEYS.map((key) => [key, { type: String, default: '' }])),
  bare,
);
const SelfReview = new Schema(
  {
    answers: { type: Answers, default: () => ({}) },
    finished: { type: Boolean, default: false },
    version: { type: Number, default: 0 },
    changedAt: { type: Date, default: null },
  },
  bare,
);
const Family = new Schema(
  {
    text: { type: String, required: true },
    who: { type: String, default: '' },
    toldOn: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  bare,
);
const Said = new Schema(
  {
    text: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  bare,
);
const SignedOff = new Schema(
  { by: { type: String, required: true }, at: { type: Date, required: true } },
  bare,
);
const under = (prefix: string, names: readonly string[]): string[] =>
  names.map((name) => `${prefix}.${name}`);

const Cycles = defineModel<CycleDoc>({
  name: 'reviewCycles',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    year: { type: Number, required: true },
    period: { type: Number, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    state: { type: String, required: true },
    selfReview: { type: SelfReview, required: true },
    family: { type: Family, default: null },
    familyNone: { type: Said, default: null },
    advisor: { type: Said, default: null },
    signedOff: { type: SignedOff, default: null },
    createdAt: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, person: 1, year: -1, period: -1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'person',
        'year',
        'period',
        'from',
        'to',
        'state',
        'createdAt',
        ...under('signedOff', ['by', 'at']),
      ],
      purpose: 'say how far the regular review of a plan is',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        ...under('selfReview', ['finished', 'version', 'changedAt']),
        ...QUESTION_KEYS.map((key) => `selfReview.answers.${key}`),
        ...under('advisor', ['text', 'by', 'at']),
      ],
      purpose: 'prepare the talk about a plan: how student and advisor see the time since the last one',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        ...under('family', ['text', 'who', 'toldOn', 'by', 'at']),
        ...under('familyNone', ['text', 'by', 'at']),
      ],
      purpose: 'hear the family in the review of a plan',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** From grade 6 to after school, reviewed monthly. */
const MOST = 120;

/** A student's cycles, newest first. */
export async function listCycles(institution: string, person: string): Promise<ReviewCycle[]> {
  const docs = await Cycles.find({ institution, person })
    .sort({ year: -1, period: -1 })
    .limit(MOST)
    .lean<CycleDoc[]>();
  return docs.map(plain);
}

/** Writes a cycle, the first time or over the one of its period. */
export async function saveCycle({ id, ...cycle }: ReviewCycle): Promise<void> {
  const { institution, person, year, period, ...rest } = cycle;
  await Cycles.updateOne(
    { institution, person, year, period },
    { $set: rest, $setOnInsert: { _id: id } },
    { upsert: true },
  );
}
