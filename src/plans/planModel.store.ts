import { Schema } from 'mongoose';
import { defineModel } from '../shared/model.ts';
import { WRITTEN_KEYS, type Plan } from './plan.ts';

export type PlanDoc = Omit<Plan, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;

const Part = new Schema(
  {
    text: { type: String, default: '' },
    finished: { type: Boolean, default: false },
    asked: { type: Boolean, default: false },
    toConfirm: { type: Boolean, default: false },
    version: { type: Number, default: 0 },
    changedAt: { type: Date, default: null },
    changedBy: { type: String, default: null },
  },
  bare,
);

const Target = new Schema(
  {
    from: { type: Number, default: null },
    to: { type: Number, required: true },
    unit: { type: String, default: '' },
  },
  bare,
);

const Support = new Schema({ what: { type: String, default: '' }, who: { type: String, default: '' } }, bare);

const Step = new Schema(
  {
    id: { type: String, required: true },
    title: { type: String, default: '' },
    due: { type: String, default: null },
    doneAt: { type: Date, default: null },
  },
  bare,
);

const CheckIn = new Schema(
  {
    id: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    text: { type: String, default: '' },
    value: { type: Number, default: null },
  },
  bare,
);

const Goal = new Schema(
  {
    id: { type: String, required: true },
    kind: { type: String, required: true },
    statement: { type: String, default: '' },
    why: { type: String, default: '' },
    baseline: { type: String, default: '' },
    measure: { type: String, default: '' },
    target: { type: Target, default: null },
    by: { type: String, default: null },
    strategies: { type: String, default: '' },
    supports: { type: [Support], default: [] },
    steps: { type: [Step], default: [] },
    checkIns: { type: [CheckIn], default: [] },
    status: { type: String, required: true },
    outcome: { type: String, default: null },
    finished: { type: Boolean, default: false },
    asked: { type: Boolean, default: false },
    agreedRevision: { type: Number, default: null },
    carriedFrom: { type: String, default: null },
    replaces: { type: String, default: null },
    requirementSets: { type: [String], default: [] },
    proposedBy: { type: String, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  bare,
);

const Exemption = new Schema(
  {
    component: { type: String, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  bare,
);

const Told = new Schema(
  {
    component: { type: String, required: true },
    credit: { type: Number, required: true },
    verified: { type: Boolean, required: true },
    at: { type: Date, required: true },
  },
  bare,
);

const under = (prefix: string, names: readonly string[]): string[] =>
  names.map((name) => `${prefix}.${name}`);
const PART_FIELDS = ['text', 'finished', 'asked', 'toConfirm', 'version', 'changedAt', 'changedBy'];

const IDENTITY =
  'person framework frameworkVersion migration year firstYear grade texts version revision createdAt'.split(
    ' ',
  );

/** One document a student: profile and goals are embedded, for a page shows them at once. */
export const Plans = defineModel<PlanDoc>({
  name: 'plans',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    framework: { type: String, required: true },
    frameworkVersion: { type: Number, required: true },
    migration: { type: String, default: null },
    state: { type: String, required: true },
    resumeTo: { type: String, default: null },
    sentFrom: { type: String, default: null },
    asideReason: { type: String, default: null },
    version: { type: Number, required: true },
    revision: { type: Number, required: true },
    year: { type: Number, required: true },
    firstYear: { type: Number, required: true },
    grade: { type: Number, default: null },
    texts: { type: [String], required: true },
    profile: Object.fromEntries(WRITTEN_KEYS.map((key) => [key, { type: Part, required: true }])),
    goals: { type: [Goal], default: [] },
    standings: { type: [Told], default: [] },
    askedParts: { type: [String], default: [] },
    exemptions: { type: [Exemption], default: [] },
    submittedAt: { type: Date, default: null },
    approvedAt: { type: Date, default: null },
    approvedBy: { type: String, default: null },
    lastActivityAt: { type: Date, default: null },
    needsAdvisorSince: { type: Date, default: null },
    summary: {
      progress: { type: Number, default: null },
      grade: { type: Number, default: null },
      done: { type: Number, required: true },
      total: { type: Number, required: true },
      missing: { type: [String], default: [] },
    },
    createdAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, person: 1 }, { unique: true }],
    // The caseload: who waits for an advisor, longest first; and counts by state.
    [{ institution: 1, needsAdvisorSince: 1, person: 1 }],
    [{ institution: 1, state: 1, person: 1 }],
    // Moving plans to another version of the school's definition.
    [{ institution: 1, framework: 1, frameworkVersion: 1, person: 1 }],
  ],
  registry: [
    {
      fields: IDENTITY,
      purpose: 'say whose plan it is and by which framework',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['state', 'sentFrom', 'submittedAt', 'approvedAt', 'approvedBy'],
      purpose: 'lead the plan from writing over review to use',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        'resumeTo',
        'asideReason',
        'exemptions.component',
        'exemptions.reason',
        'exemptions.by',
        'exemptions.at',
      ],
      purpose: 'say why staff set a plan aside or took a part out of the count',
      audience: 'staff',
      retention: 'with the plan',
    },
    {
      fields: WRITTEN_KEYS.flatMap((key) => under(`profile.${key}`, PART_FIELDS)),
      purpose: 'self-exploration: the student’s own words about themselves',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        ...under('goals', ['id', 'kind', 'statement', 'why', 'baseline', 'measure', 'by', 'strategies']),
        ...under('goals.target', ['from', 'to', 'unit']),
        ...under('goals.supports', ['what', 'who']),
        ...under('goals.steps', ['id', 'title', 'due', 'doneAt']),
        ...under('goals.checkIns', ['id', 'at', 'by', 'text', 'value']),
        ...under('goals', ['status', 'outcome', 'finished', 'asked', 'agreedRevision', 'carriedFrom']),
        ...under('goals', ['replaces', 'requirementSets']),
        ...under('goals', ['proposedBy', 'version', 'createdAt', 'changedAt']),
      ],
      purpose: 'what the student wants, with whose help, in which steps, and how far it is',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [...under('standings', ['component', 'credit', 'verified', 'at']), 'askedParts'],
      purpose: 'how far each part of the plan is, and which the advisor asked to change',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        'lastActivityAt',
        'needsAdvisorSince',
        ...under('summary', ['progress', 'grade', 'done', 'total', 'missing']),
      ],
      purpose: 'tell an advisor who is next',
      audience: 'staff',
      retention: 'with the plan',
    },
  ],
});
