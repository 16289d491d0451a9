import { Schema } from 'mongoose';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, isDuplicate } from '../shared/model.ts';
import { emptyResume, type Resume } from './resume.ts';

type ResumeDoc = Resume & { _id: string };

const ENTRY = {
  id: { type: String, required: true },
  kind: { type: String, required: true },
  title: { type: String, required: true },
  place: { type: String, default: '' },
  from: { type: String, default: null },
  to: { type: String, default: null },
  archivedAt: { type: Date, default: null },
};

const Resumes = defineModel<ResumeDoc>({
  name: 'resumes',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    profile: { type: String, default: '' },
    entries: { type: [new Schema(ENTRY, { _id: false, id: false })], default: [] },
    picks: { type: [String], default: [] },
    lookedAt: { type: Date, default: null },
    version: { type: Number, required: true },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'person',
        'profile',
        ...Object.keys(ENTRY).map((name) => `entries.${name}`),
        'picks',
        'lookedAt',
        'version',
      ],
      purpose: 'a student’s activity log and what of it goes into their résumé; no address, phone or e-mail',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** The student's résumé; an empty one when there is nothing yet. */
export async function findResume(institution: string, person: string): Promise<Resume> {
  const doc = await Resumes.findOne({ institution, person }).lean<ResumeDoc>();
  if (!doc) return emptyResume(institution, person);
  const { _id, ...rest } = doc;
  return rest;
}

/** @throws Conflict when another write came first. */
export async function saveResume({ institution, person, version, ...fields }: Resume): Promise<void> {
  try {
    const result = await Resumes.updateOne(
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
  throw new Conflict(say('plans.error.changed'), `résumé of ${person} is no longer at version ${version}`);
}
