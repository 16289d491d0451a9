import { Schema } from 'mongoose';
import { Conflict } from '../shared/errors.ts';
import { defineModel, newId, plain } from '../shared/model.ts';
import type { PlanReview } from './review.ts';
import { say } from './say.ts';

type ReviewDoc = Omit<PlanReview, 'id'> & { _id: string };

const Answer = new Schema(
  {
    section: { type: String, required: true },
    answer: { type: String, required: true },
    comment: { type: String, default: '' },
    version: { type: Number, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false, id: false },
);

const Reviews = defineModel<ReviewDoc>({
  name: 'reviews',
  tenancy: 'institution',
  fields: {
    plan: { type: String, required: true },
    person: { type: String, required: true },
    revision: { type: Number, required: true },
    outcome: { type: String, required: true },
    version: { type: Number, required: true },
    answers: { type: [Answer], default: [] },
    note: { type: String, default: '' },
    startedBy: { type: String, required: true },
    startedAt: { type: Date, required: true },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
  },
  indexes: [
    [{ institution: 1, plan: 1, startedAt: -1 }],
    [
      { institution: 1, plan: 1 },
      { unique: true, partialFilterExpression: { outcome: 'open' }, name: 'oneOpen' },
    ],
  ],
  registry: [
    {
      fields: ['plan', 'person', 'revision', 'outcome', 'version', 'startedBy', 'startedAt', 'note'],
      purpose: 'an advisor’s draft until the decision: the student sees nothing of it before',
      audience: 'staff',
      retention: 'with the plan',
    },
    {
      fields: ['section', 'answer', 'comment', 'version', 'by', 'at'].map((name) => `answers.${name}`),
      purpose: 'what the advisor answered section by section',
      audience: 'staff',
      retention: 'with the plan',
    },
    {
      fields: ['decidedBy', 'decidedAt'],
      purpose: 'who decided on a plan, and when',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

export async function addReview(review: Omit<PlanReview, 'id'>): Promise<PlanReview> {
  const doc = { _id: newId(), ...review };
  await Reviews.insertMany([doc], { lean: true });
  return plain(doc);
}

export async function findOpenReview(institution: string, plan: string): Promise<PlanReview | null> {
  const doc = await Reviews.findOne({ institution, plan, outcome: 'open' }).lean<ReviewDoc>();
  return doc && plain(doc);
}

/** Newest first. */
export async function listReviews(institution: string, plan: string, limit: number): Promise<PlanReview[]> {
  const docs = await Reviews.find({ institution, plan })
    .sort({ startedAt: -1 })
    .limit(limit)
    .lean<ReviewDoc[]>();
  return docs.map(plain);
}

/** @throws Conflict when another advisor wrote in it first. */
export async function updateReview(
  read: Pick<PlanReview, 'institution' | 'id' | 'version'>,
  change: Partial<Omit<PlanReview, 'id' | 'institution' | 'version'>>,
): Promise<PlanReview> {
  const { institution, id, version } = read;
  const doc = await Reviews.findOneAndUpdate(
    { institution, _id: id, version },
    { $set: change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<ReviewDoc>();
  if (!doc) throw new Conflict(say('plans.error.changed'), `review ${id} is no longer at version ${version}`);
  return plain(doc);
}
