import mongoose, { type Model } from 'mongoose';
import { plain } from '../shared/model.ts';
// The collections are declared there, with their guard against queries without a school.
import './grant.store.ts';
import './person.store.ts';
import type { Person } from './person.ts';

type PersonDoc = Omit<Person, 'id'> & { _id: string };

const people = (): Model<PersonDoc> => mongoose.model<PersonDoc>('people');

/** A school's people with this SIS id or e-mail address, in any case of letters. */
export async function findByIdOrEmail(
  institution: string,
  wanted: { sisId?: string; email?: string },
): Promise<Person[]> {
  const either = [
    ...(wanted.sisId ? [{ sisId: wanted.sisId }] : []),
    ...(wanted.email ? [{ email: wanted.email }] : []),
  ];
  if (either.length === 0) return [];
  const docs = await people()
    .find({ institution, $or: either })
    .collation({ locale: 'en', strength: 2 })
    .limit(5)
    .lean<PersonDoc[]>();
  return docs.map(plain);
}

/** @returns whether there was such a grant. */
export async function removeGrant(
  institution: string,
  person: string,
  right: 'administrator',
): Promise<boolean> {
  const removed = await mongoose.model('grants').deleteOne({ institution, person, right });
  return removed.deletedCount === 1;
}
