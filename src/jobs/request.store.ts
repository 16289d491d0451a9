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

/** Asks once however often it is called: the soonest time counts, and a confirmation stays until a run ended. */
export async function putRequest({
  institution,
  course,
  confirmed,
  dueAt,
}: Omit<RosterRequest, 'id'>): Promise<void> {
  await Requests.updateOne(
    { institution, course },
    { $min: { dueAt }, $max: { confirmed } },
    { upsert: true },
  );
}

/**
 * Takes the oldest due request. It stays stored, due again at `leasedUntil`: when this process dies, another one
 * finds it then. Whoever took it ends or postpones it.
 */
export async function takeRequest(now: Date, leasedUntil: Date): Promise<RosterRequest | null> {
  const doc = await Requests.findOneAndUpdate(
    { dueAt: { $lte: now } },
    { $set: { dueAt: leasedUntil } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  ).lean<RequestDoc>();
  return doc && plain(doc);
}

/** The run is over. A request made while it ran stays. */
export async function endRequest({ id, institution, dueAt }: RosterRequest): Promise<void> {
  await Requests.deleteOne({ _id: id, institution, dueAt });
}

/** The run could not begin: it is tried again at `until`, or sooner where somebody asked meanwhile. */
export async function postponeRequest({ id, institution, dueAt }: RosterRequest, until: Date): Promise<void> {
  await Requests.updateOne({ _id: id, institution, dueAt }, { $set: { dueAt: until } });
}

/** How many roster runs are due now, of all schools. */
export async function countDueRequests(now: Date): Promise<number> {
  return Requests.countDocuments({ dueAt: { $lte: now } });
}
