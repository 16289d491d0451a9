import { defineModel, isDuplicate } from '../shared/model.ts';

interface KeyDoc {
  _id: string;
  institution: string;
  person: string;
  state: 'started' | 'done';
  location: string | null;
  at: Date;
}

const Keys = defineModel<KeyDoc>({
  name: 'idempotencyKeys',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    state: { type: String, required: true },
    location: { type: String, default: null },
    at: { type: Date, required: true },
  },
  indexes: [[{ at: 1 }, { expireAfterSeconds: 24 * 3600 }]],
  registry: [
    {
      fields: ['person', 'state', 'location', 'at'],
      purpose: 'a form sent twice has one effect',
      audience: 'system',
      retention: 'days',
    },
  ],
});

/** @returns what an earlier post with this key did, or null when this is the first. */
export async function claimKey(
  key: { id: string; institution: string; person: string },
  now: Date,
): Promise<Pick<KeyDoc, 'state' | 'location' | 'at'> | null> {
  const { id, institution, person } = key;
  try {
    await Keys.insertMany([{ _id: id, institution, person, state: 'started', location: null, at: now }], {
      lean: true,
    });
    return null;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return Keys.findOne({ institution, _id: id }).lean<KeyDoc>();
  }
}

export async function finishKey(institution: string, id: string, location: string | null): Promise<void> {
  await Keys.updateOne({ institution, _id: id }, { $set: { state: 'done', location } });
}

/** The post did nothing (bad input, refused): the same form may be sent again. */
export async function releaseKey(institution: string, id: string): Promise<void> {
  await Keys.deleteOne({ institution, _id: id });
}
