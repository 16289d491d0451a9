import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import { emptyCoursePlan, type CoursePlan } from './coursePlan.ts';

type CoursePlanDoc = Omit<CoursePlan, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const text = { type: String, default: '' };
const orNull = { type: String, default: null };
const required = { type: String, required: true };
const when = { type: Date, required: true };

const EntrySchema = new Schema(
  {
    id: required,
    code: orNull,
    title: required,
    subject: text,
    credits: { type: Number, required: true },
    grade: { type: Number, required: true },
    term: required,
    state: required,
    mark: orNull,
    note: text,
    by: required,
    importId: orNull,
    at: when,
  },
  bare,
);
const Chosen = new Schema({ key: required, version: { type: Number, required: true } }, bare);
const MatchSchema = new Schema({ course: required, code: orNull }, bare);
const Option = new Schema({ tag: required, answer: required, why: text, at: when }, bare);
const SupportSchema = new Schema(
  { needed: { type: Boolean, required: true }, text, by: required, at: when },
  bare,
);
const SubstitutionSchema = new Schema(
  {
    id: required,
    set: required,
    rule: required,
    record: required,
    forCode: orNull,
    reason: required,
    by: required,
    at: when,
  },
  bare,
);
const WaiverSchema = new Schema(
  {
    id: required,
    set: required,
    rule: required,
    amount: { type: Number, default: null },
    reason: required,
    by: required,
    at: when,
  },
  bare,
);

const under = (prefix: string, names: readonly string[]): string[] =>
  names.map((name) => `${prefix}.${name}`);
const ENTRY = [
  'id',
  'code',
  'title',
  'subject',
  'credits',
  'grade',
  'term',
  'state',
  'mark',
  'note',
  'by',
  'importId',
  'at',
];

const CoursePlans = defineModel<CoursePlanDoc>({
  name: 'coursePlans',
  tenancy: 'institution',
  fields: {
    person: required,
    entries: { type: [EntrySchema], default: [] },
    previous: { type: [EntrySchema], default: null },
    sets: { type: [Chosen], default: [] },
    matches: { type: [MatchSchema], default: [] },
    options: { type: [Option], default: [] },
    support: { type: SupportSchema, default: null },
    substitutions: { type: [SubstitutionSchema], default: [] },
    waivers: { type: [WaiverSchema], default: [] },
    changedAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'person',
        'changedAt',
        ...under('entries', ENTRY),
        ...under('previous', ENTRY),
        ...under('matches', ['course', 'code']),
      ],
      purpose: 'the courses a student has taken, takes and plans to take',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: under('sets', ['key', 'version']),
      purpose: 'what the course plan is measured by: graduation, a pathway, a college',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: under('options', ['tag', 'answer', 'why', 'at']),
      purpose: 'which course options the student considers',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        ...under('support', ['needed', 'text', 'by', 'at']),
        ...under('substitutions', ['id', 'set', 'rule', 'record', 'forCode', 'reason', 'by', 'at']),
        ...under('waivers', ['id', 'set', 'rule', 'amount', 'reason', 'by', 'at']),
      ],
      purpose: 'what staff decided for this student: help to catch up, substitutions, waivers',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** The student's course plan; an empty one where nothing was entered yet. */
export async function findCoursePlan(institution: string, person: string): Promise<CoursePlan> {
  const doc = await CoursePlans.findOne({ institution, person }).lean<CoursePlanDoc>();
  return doc ? plain(doc) : { id: '', ...emptyCoursePlan(institution, person) };
}

/** Writes it whole; called inside the plan's transaction, which keeps two writers apart. */
export async function saveCoursePlan({ id: _id, ...plan }: CoursePlan, now: Date): Promise<void> {
  const { institution, person, ...fields } = plan;
  await CoursePlans.updateOne(
    { institution, person },
    { $set: { ...fields, changedAt: now } },
    { upsert: true },
  );
}
