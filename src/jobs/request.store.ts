import { defineModel, plain } from '../shared/model.ts';

/** A roster run that somebody waits for: the first launch into a course, or a teacher's button. */
export interface RosterRequest {
  id: string;
  institution: string;
  course: string;
  /** A person said that a roster half as long as before is right. */
  confirmed: boolean;
  dueAt: Date;
}
type RequestDoc = Omit<RosterRequest, 'id'> & { _id: string };

const Requests = defineModel<RequestDoc>({
  name: 'rosterRequests',
  tenancy: { global: 'the worker takes due requests of every school; each names its institution' },
  fields: {
    institution: { type: String, required: true },
    course: { type: String, required: true },
    confirmed: { type: Boolean, default: false },
    dueAt: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, course: 1 }, { unique: true }], [{ dueAt: 1 }]],
  registry: [
    {
      fields: ['course', 'confirmed', 'dueAt'],
      purpose: 'read a course’s roster when somebody waits for it',
      audience: 'system',
      retention: 'minutes',
    },
  ],
});

export async function putRequest({
  institution,
  course,
  confirmed,
  dueAt,
}: Omit<RosterRequest, 'id'>): Promise<void> {
  await Requests.updateOne(
    { institution, course },
    { $setOnInsert: { dueAt }, $set: { confirmed } },
    { upsert: true },
  );
}

/** Takes the oldest due request away. */
export async function takeRequest(now: Date): Promise<RosterRequest | null> {
  const doc = await Requests.findOneAndDelete(
    { dueAt: { $lte: now } },
    { sort: { dueAt: 1 } },
  ).lean<RequestDoc>();
  return doc && plain(doc);
}

/** How many roster runs are due now, of all schools. */
export async function countDueRequests(now: Date): Promise<number> {
  return Requests.countDocuments({ dueAt: { $lte: now } });
}
