import { defineModel } from '../shared/model.ts';

interface KeyDoc {
  _id: string;
  institution: string;
  owner: string;
  wrapped: string;
}

const DataKeys = defineModel<KeyDoc>({
  name: 'dataKeys',
  tenancy: 'institution',
  fields: { owner: { type: String, required: true }, wrapped: { type: String, required: true } },
  indexes: [[{ institution: 1, owner: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['owner', 'wrapped'],
      purpose: 'seal a person’s words in the log, so that they can be erased there',
      audience: 'system',
      retention: 'while enrolled',
    },
  ],
});

/**
 * The wrapped key of `owner` (a person id, or `institution`); two processes at once get the same one.
 * Read before write, for the upsert inside a running transaction would conflict needlessly.
 */
export async function findOrAddKey(institution: string, owner: string, make: () => string): Promise<string> {
  const found = await DataKeys.findOne({ institution, owner }).lean<KeyDoc>();
  if (found) return found.wrapped;
  const made = await DataKeys.findOneAndUpdate(
    { institution, owner },
    { $setOnInsert: { wrapped: make() } },
    { upsert: true, returnDocument: 'after' },
  ).lean<KeyDoc>();
  return (made as KeyDoc).wrapped;
}
