import { Schema } from 'mongoose';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, plain } from '../shared/model.ts';
import { LIMITS, type Experience } from './experience.ts';
import type { NoActivity } from './experienceStanding.ts';

type ExperienceDoc = Omit<Experience, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const HOURS = {
  id: { type: String, required: true },
  day: { type: String, required: true },
  hours: { type: Number, required: true },
  note: { type: String, default: '' },
};
const SUPERVISOR = { name: { type: String, default: '' }, contact: { type: String, default: '' } };
const CONFIRMED = {
  how: { type: String, required: true },
  by: { type: String, required: true },
  at: { type: Date, required: true },
  note: { type: String, default: '' },
  hours: { type: Number, required: true },
};
const under = (prefix: string, fields: object): string[] =>
  Object.keys(fields).map((name) => `${prefix}.${name}`);

const Experiences = defineModel<ExperienceDoc>({
  name: 'experiences',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    kind: { type: String, required: true },
    title: { type: String, default: '' },
    organisation: { type: String, default: '' },
    from: { type: String, default: null },
    to: { type: String, default: null },
    hours: { type: [new Schema(HOURS, bare)], default: [] },
    supervisor: { type: new Schema(SUPERVISOR, bare), default: { name: '', contact: '' } },
    reflection: { type: String, default: '' },
    skills: { type: [String], default: [] },
    goal: { type: String, default: null },
    opportunity: { type: String, default: null },
    state: { type: String, required: true },
    confirmed: { type: new Schema(CONFIRMED, bare), default: null },
    asked: { type: String, default: null },
    version: { type: Number, required: true },
    formVersion: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    archivedAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, person: 1, createdAt: -1 }]],
  registry: [
    {
      fields: [
        'person',
        'kind',
        'title',
        'organisation',
        'from',
        'to',
        ...under('hours', HOURS),
        'reflection',
        'skills',
        'goal',
        'opportunity',
        'state',
        ...under('confirmed', CONFIRMED),
        'asked',
        'version',
        'formVersion',
        'createdAt',
        'changedAt',
        'archivedAt',
      ],
      purpose: 'what a student did at work, in service and in clubs, and who confirmed it',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [...under('supervisor', SUPERVISOR)],
      purpose: 'whom an advisor can ask whether an experience took place',
      audience: 'staff',
      retention: 'with the plan',
    },
  ],
});

interface NoActivityDoc extends NoActivity {
  _id: string;
  institution: string;
  person: string;
}

const NoActivities = defineModel<NoActivityDoc>({
  name: 'noActivities',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    why: { type: String, required: true },
    at: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['person', 'why', 'at'],
      purpose: 'why a student has no activity outside class',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** Everything a student recorded, put-away ones too, the newest first. */
export async function listExperiences(institution: string, person: string): Promise<Experience[]> {
  const docs = await Experiences.find({ institution, person })
    .sort({ createdAt: -1 })
    .limit(LIMITS.experiences * 2)
    .lean<ExperienceDoc[]>();
  return docs.map(plain);
}

export async function findExperience(institution: string, id: string): Promise<Experience | null> {
  const doc = await Experiences.findOne({ institution, _id: id }).lean<ExperienceDoc>();
  return doc && plain(doc);
}

export async function insertExperience({ id, ...rest }: Experience): Promise<void> {
  await Experiences.insertMany([{ _id: id, ...rest }], { lean: true });
}

/** @throws Conflict when somebody else wrote since it was read. */
export async function replaceExperience(before: Experience, after: Experience): Promise<void> {
  const { id, institution, person: _person, ...fields } = after;
  const result = await Experiences.updateOne(
    { institution, _id: id, version: before.version },
    { $set: fields },
  );
  if (result.matchedCount === 1) return;
  throw new Conflict(
    say('plans.error.changed'),
    `experience ${id} is no longer at version ${before.version}`,
  );
}

export async function findNoActivity(institution: string, person: string): Promise<NoActivity | null> {
  const doc = await NoActivities.findOne({ institution, person }).lean<NoActivityDoc>();
  return doc && { why: doc.why, at: doc.at };
}

/** @param none null: the student has an activity after all */
export async function saveNoActivity(
  institution: string,
  person: string,
  none: NoActivity | null,
): Promise<void> {
  if (none) await NoActivities.updateOne({ institution, person }, { $set: none }, { upsert: true });
  else await NoActivities.deleteOne({ institution, person });
}
